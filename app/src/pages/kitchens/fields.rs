//! The form of a camera.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    domain::{
        camera::{LONGEST_LABEL, LONGEST_TEXT, Position, SPAN_FIELDS, Way},
        stream::Hours,
    },
    forms::{Checkbox, Checkboxes, Choice, Item, Kind, Select, TextArea, TextField},
    ports::DeskCamera,
    text::camera::desk as say,
};

/// Days of the week, 1 is Monday, and the spans of one of them.
fn typed(hours: &Hours) -> (Vec<String>, Vec<(String, String)>) {
    let days: BTreeSet<u8> = hours.week.iter().map(|span| span.day).collect();
    let first = days.first().copied();
    let spans = hours.week.iter().filter(|span| Some(span.day) == first);
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    (
        days.iter().map(|day| (day + 1).to_string()).collect(),
        spans.map(|span| (time(span.from), time(span.to))).collect(),
    )
}

fn off(hours: &Hours) -> String {
    hours.off.iter().map(|(from, to)| say::off_span(from, to)).collect::<Vec<_>>().join("\n")
}

/// All fields of a camera; empty for a new one.
#[component]
pub fn CameraFields(
    /// What is stored
    stored: Option<DeskCamera>,
) -> impl IntoView {
    let camera = stored.as_ref().map(|stored| stored.camera.clone());
    let positions = Position::ALL.iter().map(|one| Item::new(one.code(), say::position_item(*one)));
    let positions: Vec<Item> = std::iter::once(Item::new("", "")).chain(positions).collect();
    let ways = say::WAYS.map(|(way, label, hint)| Item::new(way.code(), label).hint(hint)).to_vec();
    let text = |value: Option<String>| value.unwrap_or_default();
    let position = camera.as_ref().map(|camera| camera.position.code()).unwrap_or_default();
    let way = camera.as_ref().map_or(Way::Hls, |camera| camera.way).code();
    let address = stored
        .as_ref()
        .map_or_else(|| say::ADDRESS_HINT.to_owned(), |stored| format!("{}{}", say::ADDRESS_KEPT, stored.masked));
    let is_new = stored.is_none();
    let mended = camera.as_ref().and_then(|camera| camera.mended.clone());
    let (until, note) = mended.map_or_else(Default::default, |(until, note)| (until.to_string(), text(note)));
    view! {
        <Select name="position" label=say::POSITION hint=say::POSITION_HINT items=positions value=position />
        <TextField
            name="label" label=say::LABEL hint=say::LABEL_HINT maxlength=LONGEST_LABEL optional=true
            value=text(camera.as_ref().and_then(|camera| camera.label.clone()))
        />
        <TextField
            name="described" label=say::DESCRIBED hint=say::DESCRIBED_HINT maxlength=LONGEST_TEXT optional=true
            value=text(camera.as_ref().and_then(|camera| camera.described.clone()))
        />
        <Choice name="way" label=say::WAY items=ways value=way />
        <TextField name="address" label=say::ADDRESS hint=address kind=Kind::Url optional=!is_new />
        <TextField
            name="provider" label=say::PROVIDER hint=say::PROVIDER_HINT optional=true
            value=text(camera.as_ref().and_then(|camera| camera.provider.clone()))
        />
        <HoursFields hours=camera.map(|camera| camera.hours).unwrap_or_default() />
        <TextField name="mended_until" label=say::MENDED_UNTIL hint=say::MENDED_UNTIL_HINT kind=Kind::Date optional=true value=until />
        <TextField name="mended_note" label=say::MENDED_NOTE optional=true value=note />
        <Checkbox name="told" label=say::TOLD hint=say::TOLD_HINT checked=stored.is_some_and(|stored| stored.told) />
    }
}

#[component]
fn HoursFields(hours: Hours) -> impl IntoView {
    let (days, spans) = typed(&hours);
    let items = say::DAY_NAMES.iter().zip(1..).map(|(name, day): (_, u8)| Item::new(day.to_string(), *name)).collect();
    let spans = SPAN_FIELDS.into_iter().zip(say::SPANS).enumerate().map(|(place, ((from, to), (begins, ends)))| {
        let (start, end) = spans.get(place).cloned().unwrap_or_default();
        let optional = place > 0;
        view! {
            <div class="span-fields">
                <TextField name=from label=begins value=start inputmode="numeric" maxlength=5 optional=optional />
                <TextField name=to label=ends value=end inputmode="numeric" maxlength=5 optional=optional />
            </div>
        }
    });
    view! {
        <Checkboxes name="day" label=say::DAYS items=items values=days />
        <p class="hint">{say::HOURS} "：" {say::HOURS_HINT}</p>
        {spans.collect_view()}
        <TextArea name="off" label=say::OFF hint=say::OFF_HINT optional=true rows=3 value=off(&hours) />
    }
}
