//! All places that show themselves, with their state now.

use leptos::prelude::*;

use crate::{
    domain::camera::Setting,
    parts::{CameraMark, Crumb, Description, Frame, Pager, Request, portal, refused},
    ports::{DistrictUptime, KitchenLine, KitchenList, KitchenQuery, KitchenSort, PortError, PortResult},
    text::camera as say,
};

/// Places a page.
const PAGE: usize = 30;
pub(super) const PATH: &str = "/kitchens";
const SORTS: [(&str, KitchenSort, &str); 3] = [
    ("", KitchenSort::Live, say::BY_LIVE),
    ("name", KitchenSort::Name, say::BY_NAME),
    ("uptime", KitchenSort::Uptime, say::BY_UPTIME),
];

fn query(request: &Request) -> PortResult<KitchenQuery> {
    let setting = request.get("setting").map(|code| Setting::from_code(code).ok_or(PortError::Invalid("setting")));
    let sort = request.get("sort").unwrap_or_default();
    let sort = SORTS.iter().find(|(code, ..)| *code == sort).ok_or(PortError::Invalid("sort"))?.1;
    Ok(KitchenQuery {
        district: request.get("district").map(str::to_owned),
        setting: setting.transpose()?,
        live: request.get("live").is_some(),
        sort,
    })
}

/// The list.
#[component]
pub fn KitchensPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let read = async {
            let query = query(&request)?;
            let list = portal.kitchens.kitchens(&query, request.get("after"), PAGE).await?;
            PortResult::Ok((query, list))
        };
        let (query, list) = match read.await {
            Ok(read) => read,
            Err(error) => return refused(&error),
        };
        let is_asked = query != KitchenQuery { sort: query.sort, ..KitchenQuery::default() };
        let is_empty = list.items.is_empty();
        let counts = say::counts(list.places, list.cameras, list.in_hours, list.live);
        let lines = list.items.iter().cloned().map(place).collect_view();
        let averages = list.averages.clone();
        let next = list.next.clone();
        view! {
            <Description title=say::TITLE.into() text=say::LEAD.into() path=PATH.into() />
            <Frame crumbs=vec![Crumb::here(say::TITLE)]>
                <h1>{say::TITLE}</h1>
                <p class="lead">{say::LEAD}</p>
                <p class="note">{say::NOT_LISTED} {say::CAVEAT}</p>
                {(is_asked || !is_empty).then(|| view! { <Filters query=query list=list /> })}
                <h2 class="sr-only">{say::TITLE}</h2>
                {if is_empty {
                    let words = if is_asked { say::NONE } else { say::EMPTY };
                    view! {
                        <section class="card message">
                            <p>{words}</p>
                            {is_asked.then(|| view! { <p><a class="button quiet" href=PATH>{say::NO_FILTER}</a></p> })}
                        </section>
                    }.into_any()
                } else {
                    view! { <p role="status">{counts}</p> <ul class="plain-list kitchens">{lines}</ul> }.into_any()
                }}
                <Pager next=next />
                {(!averages.is_empty()).then(|| view! { <Averages averages=averages /> })}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Filters(query: KitchenQuery, list: KitchenList) -> impl IntoView {
    let names = list.averages.iter().filter_map(|one| one.district.clone());
    // a district that is asked for stays in the list, also where nothing is in it any more
    let asked =
        query.district.clone().filter(|asked| !list.averages.iter().any(|one| one.district.as_ref() == Some(asked)));
    let districts = names.chain(asked).map(|name| {
        let is = query.district.as_ref() == Some(&name);
        view! { <option value=name.clone() selected=is>{name.clone()}</option> }
    });
    let settings = Setting::ALL.iter().map(|setting| {
        let is = query.setting == Some(*setting);
        view! { <option value=setting.code() selected=is>{say::setting(*setting)}</option> }
    });
    let sorts = SORTS.map(|(code, sort, name)| {
        view! { <option value=code selected=sort == query.sort>{name}</option> }
    });
    view! {
        <form class="kitchen-filters no-print" action=PATH>
            <label>{say::DISTRICT}
                <select name="district"><option value="">{say::ALL}</option>{districts.collect_view()}</select>
            </label>
            <label>{say::SETTING}
                <select name="setting"><option value="">{say::ALL}</option>{settings.collect_view()}</select>
            </label>
            <label>{say::SORT}<select name="sort">{sorts}</select></label>
            <label class="check-line"><input type="checkbox" name="live" value="1" checked=query.live />{say::ONLY_LIVE}</label>
            <button>{say::SHOW}</button>
        </form>
    }
}

fn place(line: KitchenLine) -> impl IntoView {
    let counts = say::of_place(line.live(), line.in_hours(), line.cameras.len());
    let settings = line.settings.iter().map(|setting| view! { <span>{say::setting(*setting)}</span> }).collect_view();
    let cameras = line.cameras.iter().map(|camera| {
        let mark = if camera.plays {
            view! { <CameraMark shown=camera.shown /> }.into_any()
        } else {
            view! { <span class="note">{say::ELSEWHERE}</span> }.into_any()
        };
        view! { <li><span>{camera.position.clone()}</span> {mark}</li> }
    });
    view! {
        <li class="card kitchen-line">
            <h3><a href=format!("{PATH}/{}", line.operator)>{line.name.clone()}</a></h3>
            <p class="meta">{settings} {line.address.clone().map(|address| view! { <span>{address}</span> })}</p>
            <p>{counts}</p>
            <ul class="camera-marks">{cameras.collect_view()}</ul>
            <p class="note">{say::UPTIME} " " {say::uptime(line.uptime.live, line.uptime.expected)}</p>
        </li>
    }
}

#[component]
fn Averages(averages: Vec<DistrictUptime>) -> impl IntoView {
    let rows = averages.into_iter().map(|one| {
        let share = say::percent(one.uptime.live, one.uptime.expected).unwrap_or_else(|| say::NO_UPTIME.to_owned());
        let time = format!("{} / {}", say::hours(one.uptime.live), say::hours(one.uptime.expected));
        let class = if one.district.is_none() { "total" } else { "" };
        view! {
            <tr class=class>
                <th scope="row" data-label=say::DISTRICT><span>{one.district.unwrap_or_else(|| say::WHOLE.to_owned())}</span></th>
                <td data-label=say::CAMERAS><span>{one.cameras}</span></td>
                <td data-label=say::UPTIME><span>{share}</span></td>
                <td data-label=say::TIME><span>{time}</span></td>
            </tr>
        }
    });
    let heads = [say::DISTRICT, say::CAMERAS, say::UPTIME, say::TIME].map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <section aria-labelledby="averages" class="kitchen-averages">
            <h2 id="averages">{say::AVERAGES}</h2>
            <p class="note">{say::UPTIME_HOW}</p>
            <div class="table-frame" role="region" tabindex="0" aria-label=say::AVERAGES_TABLE>
                <table class="counts">
                    <caption class="sr-only">{say::AVERAGES}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
