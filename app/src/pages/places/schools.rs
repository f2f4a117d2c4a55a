//! School canteens for parents: grade, live state, last inspection.

use leptos::prelude::*;

use crate::{
    parts::{Crumb, Description, Frame, Pager, Request, portal, refused},
    ports::{OperatorEntry, Pictures, PortError, PortResult, SchoolLine, SchoolList, SchoolQuery, SchoolSort},
    text::{self, operator, place as say},
};

const PATH: &str = "/schools";
/// Canteens a page.
const PAGE: usize = 50;
const SORTS: [(&str, SchoolSort); 4] = [
    ("", SchoolSort::Name),
    ("grade", SchoolSort::Grade),
    ("live", SchoolSort::Live),
    ("inspected", SchoolSort::Inspected),
];

fn query(request: &Request) -> PortResult<SchoolQuery> {
    let sort = request.get("sort").unwrap_or_default();
    let sort = SORTS.iter().find(|(code, _)| *code == sort).ok_or(PortError::Invalid("sort"))?.1;
    Ok(SchoolQuery {
        text: request.get("q").unwrap_or_default().trim().to_owned(),
        district: request.get("district").map(str::to_owned),
        sort,
    })
}

/// The list.
#[component]
pub fn SchoolsPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let read = async {
            let query = query(&request)?;
            let list = portal.schools.schools(&query, request.get("after"), PAGE).await?;
            PortResult::Ok((query, list))
        };
        let (query, list) = match read.await {
            Ok(read) => read,
            Err(error) => return refused(&error),
        };
        let is_asked = !query.text.is_empty() || query.district.is_some();
        let (total, next) = (list.total, list.next.clone());
        let sort = query.sort;
        view! {
            <Description title=say::SCHOOLS.into() text=say::SCHOOLS_LEAD.into() path=PATH.into() />
            <Frame crumbs=vec![Crumb::to("/places", say::TITLE), Crumb::here(say::SCHOOLS)]>
                <h1>{say::SCHOOLS}</h1>
                <p class="lead">{say::SCHOOLS_LEAD}</p>
                <p class="note">{say::SCHOOLS_NOTE}</p>
                <Filters query=query list=list.clone() />
                {if total == 0 {
                    let words = if is_asked { say::NOTHING } else { say::EMPTY };
                    view! {
                        <section class="card message">
                            <p>{words}</p>
                            {is_asked.then(|| view! { <p><a class="button quiet" href=PATH>{say::NO_FILTER}</a></p> })}
                        </section>
                    }.into_any()
                } else {
                    view! { <p role="status">{say::schools(total)}</p> <Table items=list.items sort=sort request=request.clone() /> }.into_any()
                }}
                <Pager next=next />
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Filters(query: SchoolQuery, list: SchoolList) -> impl IntoView {
    let asked = query.district.clone().filter(|asked| list.districts.iter().all(|(name, _)| name != asked));
    let all: Vec<(String, usize)> = list.districts.into_iter().chain(asked.map(|name| (name, 0))).collect();
    let districts = all.into_iter().map(|(name, count)| {
        let is = query.district.as_ref() == Some(&name);
        let shown = say::counted(&name, count as u64);
        view! { <option value=name selected=is>{shown}</option> }
    });
    let sorts = SORTS.map(|(code, sort)| {
        view! { <option value=code selected=sort == query.sort>{say::sort(sort)}</option> }
    });
    view! {
        <form class="place-filters no-print" action=PATH role="search">
            <label class="wide">{say::SCHOOL_NAME}
                <input type="search" name="q" value=query.text.clone() maxlength="100" autocomplete="off" />
            </label>
            <label>{say::DISTRICT}
                <select name="district"><option value="">{say::ALL}</option>{districts.collect_view()}</select>
            </label>
            <label>{say::SORT}<select name="sort">{sorts}</select></label>
            <button>{say::FIND}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Table(items: Vec<SchoolLine>, sort: SchoolSort, request: Request) -> impl IntoView {
    let head = |name: &'static str, by: SchoolSort| {
        let code = SORTS.iter().find(|(_, known)| *known == by).map_or("", |(code, _)| *code);
        let href = request.with("sort", (!code.is_empty()).then_some(code));
        let is = sort == by;
        let order =
            is.then_some(if matches!(by, SchoolSort::Name | SchoolSort::Grade) { "ascending" } else { "descending" });
        view! { <th scope="col" aria-sort=order><a href=href>{name} {is.then(|| view! { <span aria-hidden="true">" ↓"</span> })}</a></th> }
    };
    let heads = [
        head(say::SCHOOL, SchoolSort::Name),
        head(say::YEARLY, SchoolSort::Grade),
        head(say::LIVE, SchoolSort::Live),
        head(say::INSPECTED, SchoolSort::Inspected),
    ];
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=say::SCHOOLS>
            <table class="schools">
                <caption class="sr-only">{say::SCHOOLS}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{items.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn none() -> AnyView {
    view! { <span class="none"><span aria-hidden="true">{say::NONE}</span><span class="sr-only">{say::NOT_GIVEN}</span></span> }
        .into_any()
}

fn row(line: SchoolLine) -> AnyView {
    let place = [line.district, line.address].into_iter().flatten().next_back();
    view! {
        <tr>
            <th scope="row" data-label=say::SCHOOL>
                <span><a href=format!("/operators/{}", line.operator)>{line.name}</a> {place.map(|text| view! { <small>{text}</small> })}</span>
            </th>
            <td data-label=say::YEARLY>{line.yearly.as_ref().map_or_else(none, yearly)}</td>
            <td data-label=say::LIVE>{line.pictures.map_or_else(none, |pictures| live(line.operator, pictures))}</td>
            <td data-label=say::INSPECTED>{line.inspection.as_ref().map_or_else(none, inspected)}</td>
        </tr>
    }
    .into_any()
}

/// The yearly grade and nothing else: never a bare letter, which three other scales have too.
fn yearly(entry: &OperatorEntry) -> AnyView {
    let code = entry.entry.value("grade").unwrap_or_default();
    let said = || entry.entry.said("grade").unwrap_or_default().to_owned();
    let shown = operator::yearly(code).map_or_else(said, str::to_owned);
    let day = entry.entry.on.map(|on| view! { <small>{text::day(on)}</small> });
    view! { <span class="school-yearly"><a href=entry.entry.path()>{say::OF_YEAR} {shown}</a> {day}</span> }.into_any()
}

fn live(operator: uuid::Uuid, pictures: Pictures) -> AnyView {
    let shown = match pictures {
        Pictures { live, cameras, .. } if live > 0 => say::live(live, cameras),
        Pictures { in_hours: 0, .. } => say::OUT_OF_HOURS.to_owned(),
        _ => say::NONE_LIVE.to_owned(),
    };
    let class = if pictures.live > 0 { "school-live is" } else { "school-live" };
    view! { <span class=class><a href=format!("/kitchens/{operator}")>{shown}</a></span> }.into_any()
}

fn inspected(entry: &OperatorEntry) -> AnyView {
    let day = entry.entry.on.map(|on| view! { <time datetime=on.to_string()>{text::day(on)}</time> });
    let result = entry.entry.said("result").map(str::to_owned);
    view! { <span><a href=entry.entry.path()>{day}</a> {result.map(|text| view! { <small>{text}</small> })}</span> }
        .into_any()
}
