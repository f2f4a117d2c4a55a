//! Places: a list and a map side by side. Without script the map is drawn by the server.

mod drawing;
mod gate;
mod schools;

use leptos::prelude::*;

pub use drawing::{Dot, draw};
pub use gate::GatePage;
pub use schools::SchoolsPage;

use self::drawing::Counts;
use crate::{
    assets::Assets,
    parts::{Crumb, Description, Frame, Pager, Request, portal, refused},
    ports::{FacetCount, Fragment, MapGround, PlaceHit, PlaceQuery, PlacesFound, PortError, PortResult},
    text::{operator, place as say},
};

const PATH: &str = "/places";
/// What of its address the page looks at: others, which those who share links add, are nothing to it. A position is looked
/// at to be refused: it has no place in an address.
const PARAMETERS: [&str; 7] = ["q", "district", "kind", "after", "lat", "lon", "metres"];
/// The parameter of the switch between list and map
const VIEW: &str = "view";

/// The page.
#[component]
pub fn PlacesPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let read = async {
            let pairs = request.pairs.iter().filter(|(name, _)| PARAMETERS.contains(&name.as_str()));
            let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
            let query = PlaceQuery::from_pairs(pairs).map_err(|_| PortError::Invalid("query"))?;
            PortResult::Ok((query.clone(), portal.places.places(query).await?))
        };
        let (query, found) = match read.await {
            Ok(read) => read,
            Err(error) => return refused(&error),
        };
        let shows_map = request.get(VIEW) == Some("map");
        let class = if shows_map { "places shows-map" } else { "places" };
        let status = say::found(found.total, &query.text);
        let better = found.did_you_mean.clone().map(|better| (request.with("q", Some(&better)), better));
        let next = found.next.clone();
        let ground = portal.map.clone();
        let assets = expect_context::<Assets>();
        let script = assets.places.clone();
        view! {
            <Description title=say::TITLE.into() text=say::LEAD.into() path=PATH.into() />
            <Frame crumbs=vec![Crumb::here(say::TITLE)]>
                <h1>{say::TITLE}</h1>
                <p class="lead">{say::LEAD} " " <a href="/schools">{say::SCHOOLS}</a></p>
                <Filters query=query.clone() found=found.clone() />
                <div class=class>
                    <div class="places-head">
                        <p role="status" id="places-status">{status}</p>
                        <Switch request=request.clone() shows_map=shows_map />
                    </div>
                    <div class="places-list">
                        <Near />
                        {better.map(|(href, better)| view! { <p class="better">{say::BETTER}<a href=href>{better}</a></p> })}
                        <List found=found.clone() is_asked=is_asked(&query) />
                        <Pager next=next />
                        <p class="note">{say::NOT_ADVICE}</p>
                    </div>
                    <Map ground=ground found=found request=request.clone() assets=assets />
                </div>
            </Frame>
            {(!script.is_empty()).then(|| view! { <script type="module" src=script.clone()></script> })}
        }
        .into_any()
    })
}

fn is_asked(query: &PlaceQuery) -> bool {
    !query.text.is_empty() || !query.district.is_empty() || !query.kind.is_empty()
}

/// Values with their counts; what is chosen stays, also where nothing has it.
fn options(counts: &[FacetCount], chosen: &[String], name: impl Fn(&str) -> String) -> AnyView {
    let missing = chosen.iter().filter(|value| counts.iter().all(|count| count.value != **value));
    let missing = missing.map(|value| FacetCount { value: value.clone(), count: 0 });
    let all: Vec<FacetCount> = counts.iter().cloned().chain(missing).collect();
    all.into_iter()
        .map(|one| {
            let is = chosen.contains(&one.value);
            let shown = say::counted(&name(&one.value), one.count);
            view! { <option value=one.value selected=is>{shown}</option> }
        })
        .collect_view()
        .into_any()
}

#[component]
fn Filters(query: PlaceQuery, found: PlacesFound) -> impl IntoView {
    let kinds: Vec<String> = query.kind.iter().map(|kind| kind.code().to_owned()).collect();
    view! {
        <form class="place-filters no-print" action=PATH role="search" id="place-filters">
            <label class="wide">{say::BOX}
                <input type="search" name="q" value=query.text placeholder=say::EXAMPLE maxlength="100" autocomplete="off" />
            </label>
            <label>{say::DISTRICT}
                <select name="district"><option value="">{say::ALL}</option>{options(&found.districts, &query.district, str::to_owned)}</select>
            </label>
            <label>{say::KIND}
                <select name="kind"><option value="">{say::ALL}</option>{options(&found.kinds, &kinds, say::kind)}</select>
            </label>
            <button>{say::FIND}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Switch(request: Request, shows_map: bool) -> impl IntoView {
    let current = |is: bool| is.then_some("page");
    view! {
        <nav class="tabs small no-print places-switch" aria-label=say::VIEWS>
            <a href=request.with(VIEW, None) aria-current=current(!shows_map)>{say::LIST}</a>
            <a href=request.with(VIEW, Some("map")) aria-current=current(shows_map)>{say::MAP}</a>
        </nav>
    }
    .into_any()
}

/// The button of the script; without script it stays hidden.
#[component]
fn Near() -> impl IntoView {
    view! {
        <div class="near no-print" hidden id="near">
            <button type="button" class="button quiet" id="near-button" aria-describedby="near-note">{say::NEAR}</button>
            <p class="note" id="near-note">{say::NEAR_NOTE}</p>
            <p role="status" id="near-status"></p>
        </div>
    }
    .into_any()
}

fn marked(fragments: Vec<Fragment>) -> AnyView {
    let piece = |piece: Fragment| {
        if piece.hit { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
    };
    fragments.into_iter().map(piece).collect_view().into_any()
}

fn line(hit: PlaceHit) -> AnyView {
    let at = hit.point.map(|point| {
        let (lat, lon) = point.degrees();
        format!("{lon},{lat}")
    });
    let kind = hit.kind.map(|kind| view! { <span class="tag">{operator::kind(kind)}</span> });
    view! {
        <li class="card place-line" data-id=hit.id.to_string() data-at=at>
            <h3><a href=format!("/operators/{}", hit.id)>{marked(hit.name)}</a></h3>
            <p class="meta">{kind} {hit.district.map(|name| view! { <span>{name}</span> })} {hit.address.map(|text| view! { <span>{text}</span> })}</p>
        </li>
    }
    .into_any()
}

#[component]
fn List(found: PlacesFound, is_asked: bool) -> impl IntoView {
    if found.hits.is_empty() {
        let words = if is_asked { say::NOTHING } else { say::EMPTY };
        return view! {
            <section class="card message" id="places-found">
                <p>{words}</p>
                {is_asked.then(|| view! { <p><a class="button quiet" href=PATH>{say::NO_FILTER}</a></p> })}
            </section>
        }
        .into_any();
    }
    let mut hits = found.hits;
    let rest = hits.split_off(found.relaxed_after.unwrap_or(hits.len()).min(hits.len()));
    let has_rest = !rest.is_empty();
    view! {
        <h2 class="sr-only">{say::LIST}</h2>
        <div id="places-found">
            <ol class="plain-list">{hits.into_iter().map(line).collect_view()}</ol>
            {has_rest.then(|| view! { <p class="relaxed">{say::RELAXED}</p> <ol class="plain-list">{rest.into_iter().map(line).collect_view()}</ol> })}
        </div>
    }
    .into_any()
}

#[component]
fn Map(ground: std::sync::Arc<MapGround>, found: PlacesFound, request: Request, assets: Assets) -> impl IntoView {
    let dot = |hit: &PlaceHit| {
        Some(Dot { href: format!("/operators/{}", hit.id), name: hit.plain_name(), point: hit.point? })
    };
    let dots: Vec<Dot> = found.hits.iter().filter_map(dot).collect();
    let counts = Counts { districts: &found.districts, request: &request };
    let drawn = draw(ground.districts.as_deref(), &dots, Some(&counts));
    let note = match (&drawn, &ground.districts) {
        (None, _) => say::NO_POINTS,
        (Some(_), Some(_)) => say::DRAWN_NOTE,
        (Some(_), None) => say::DOTS_NOTE,
    };
    let [script, worker, style] = assets.map;
    let points = request.query_of(&["q", "district", "kind"]);
    let settings = serde_json::json!({
        "script": script, "worker": worker, "style": style,
        "points": format!("/api/v1/places.geojson{points}"),
        "districts": ground.districts.is_some().then_some("/api/v1/districts.geojson"),
        "tiles": ground.tiles, "attribution": ground.attribution, "maxZoom": ground.max_zoom, "words": say::words(),
    });
    let can_open = !script.is_empty();
    view! {
        <section class="places-map" id="places-map" aria-label=say::MAP data-map=settings.to_string()>
            <p class="no-print" id="map-open" hidden>
                {can_open.then(|| view! { <button type="button" class="button quiet" id="map-button">{say::OPEN_MAP}</button> })}
                <span role="status" id="map-status"></span>
            </p>
            <div class="live-map" id="live-map" hidden></div>
            <div class="drawn" id="drawn">
                {drawn.map(|svg| view! { <div inner_html=svg></div> })}
                <p class="note">{note}</p>
            </div>
        </section>
    }
    .into_any()
}
