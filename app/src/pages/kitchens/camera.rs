//! The card of one camera.

use leptos::prelude::*;

use super::strip::Strip;
use crate::{
    domain::{camera::Setting, stream::Shown},
    parts::CameraMark,
    ports::Camera,
    text::camera as say,
};

/// One camera.
#[component]
pub fn CameraCard(
    /// The camera
    camera: Camera,
    /// Name of its place
    place: String,
) -> impl IntoView {
    let id = camera.line.id;
    let (heading, name) = (format!("camera-{id}"), camera.line.position.clone());
    let rests = matches!(camera.line.shown, Shown::OutOfHours | Shown::Maintenance);
    let way = match (camera.line.plays, rests) {
        (true, false) => view! {
            <button type="button" class="button watch" data-watch="" hidden>
                <span data-label="">{say::WATCH}</span><span class="sr-only">"：" {name.clone()}</span>
            </button>
        }
        .into_any(),
        (true, true) => ().into_any(),
        (false, _) => {
            view! { <a class="button quiet watch" href=format!("/leaving?to={id}") rel="nofollow">{say::ELSEWHERE}</a> }
                .into_any()
        }
    };
    let state = if camera.line.plays || rests {
        view! { <CameraMark shown=camera.line.shown long=true /> }.into_any()
    } else {
        view! { <span class="note">{say::ELSEWHERE_WHY}</span> }.into_any()
    };
    let is_open = camera.line.plays && !rests;
    let strip =
        camera.line.plays.then(|| view! { <Strip days=camera.days.clone() today=camera.today name=name.clone() /> });
    view! {
        <article
            class="card camera"
            aria-labelledby=heading.clone()
            data-camera=is_open.then(|| id.to_string())
            data-name=name.clone()
            data-mark=format!("{place} {name}")
        >
            <div class="screen" data-screen="">
                <Poster setting=camera.position.setting() />
                {camera.demo.then(|| view! { <p class="demo-mark">{say::DEMO}</p> })}
                {way}
            </div>
            <h2 id=heading.clone()>{name.clone()}</h2>
            <p>{state}</p>
            {is_open.then(|| view! { <p class="said" role="status" data-said=""></p> })}
            <Facts camera=camera />
            {strip}
        </article>
    }
}

#[component]
fn Facts(camera: Camera) -> impl IntoView {
    let described = camera.described.clone().unwrap_or_else(|| say::described(camera.position));
    let mended = camera.mended.as_ref().filter(|_| camera.line.shown == Shown::Maintenance);
    let facts = [
        (say::DESCRIBED, Some(described)),
        (say::HOURS, Some(say::desk::hours(&camera.hours))),
        (say::desk::OFF, say::desk::off(&camera.hours, camera.today)),
        (say::MENDED, mended.map(|(until, note)| say::mended(*until, note.as_deref()))),
        (say::LOOKED_AT, camera.line.plays.then(|| say::looked(camera.looked_at))),
        (say::PROVIDER, camera.provider.clone()),
    ];
    let lines = facts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }));
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}

/// A drawing in place of a picture: nobody is in it.
#[component]
fn Poster(setting: Setting) -> impl IntoView {
    let path = match setting {
        Setting::Kitchen => {
            "M40 58h80M52 58v-16h56v16M48 42h64M66 32c0-5 5-5 5-10M80 32c0-5 5-5 5-10M94 32c0-5 5-5 5-10M30 68h100"
        }
        Setting::Workshop => {
            "M24 68h112M30 68V44h100v24M38 44V30h18v14M70 44V30h18v14M102 44V30h18v14M40 56h80M44 62h8M76 62h8M108 62h8"
        }
        Setting::Warehouse => "M30 70V36l50-18 50 18v34M44 70V46h72v24M44 58h72M62 46v12M80 46v24M98 46v12",
    };
    view! {
        <svg class="poster" viewBox="0 0 160 90" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
            <path d=path fill="none" stroke="currentColor" stroke-width="2.500" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
