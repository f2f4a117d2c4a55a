//! One place: its cameras, each with state, hours and the record of 90 days. The player's script is loaded here only.

use leptos::prelude::*;

use super::{camera::CameraCard, list::PATH};
use crate::{
    assets::Assets,
    parts::{Crumb, Description, Frame, Request, portal, refused},
    ports::{Kitchen, PortError},
    text::camera as say,
};

/// One place.
#[component]
pub fn KitchenPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    let assets = expect_context::<Assets>();
    Suspend::new(async move {
        let Some(id) = request.id() else { return refused(&PortError::NotFound) };
        let kitchen = match portal.kitchens.kitchen(id).await {
            Ok(kitchen) => kitchen,
            Err(error) => return refused(&error),
        };
        let Kitchen { line, cameras, district } = kitchen;
        let name = line.name.clone();
        let title = say::title_of(&name);
        let about = say::about(&name, cameras.len());
        let plays = cameras.iter().any(|camera| camera.line.plays);
        let average = say::average(
            district.district.as_deref(),
            district.uptime.live,
            district.uptime.expected,
            district.cameras,
        );
        let cards = cameras.into_iter().map(|camera| view! { <CameraCard camera=camera place=name.clone() /> });
        let cards = cards.collect_view();
        let words = say::player().to_string();
        view! {
            <Description title=title text=about path=format!("{PATH}/{}", line.operator) />
            <Frame crumbs=vec![Crumb::to(PATH, say::TITLE), Crumb::here(&name)]>
                <h1>{name.clone()}</h1>
                <p class="meta">{line.address.clone().map(|address| view! { <span>{address}</span> })}</p>
                <p role="status">{say::of_place(line.live(), line.in_hours(), line.cameras.len())}</p>
                <p><a href=format!("/operators/{}", line.operator)>{say::TO_OPERATOR}</a></p>
                <aside class="declaration"><p>{say::TOLD}</p><p>{say::CAVEAT}</p></aside>
                {plays.then(|| view! { <noscript><p class="remark">{say::NO_SCRIPT}</p></noscript> })}
                <div class="cameras" data-player="" data-hls=assets.hls.clone() data-words=words>{cards}</div>
                <section aria-labelledby="average">
                    <h2 id="average">{say::UPTIME}</h2>
                    <p>{say::UPTIME_OF} " " {say::uptime(line.uptime.live, line.uptime.expected)} "；" {average} "。"</p>
                    <p class="note">{say::UPTIME_HOW}</p>
                </section>
                {(plays && !assets.kitchen.is_empty()).then(|| view! { <script type="module" src=assets.kitchen.clone()></script> })}
            </Frame>
        }
        .into_any()
    })
}
