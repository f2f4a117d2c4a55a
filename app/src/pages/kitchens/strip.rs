//! Ninety days of a camera: a bar a day, by height and colour, with its sentence and its numbers.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::{
    ports::{CameraDay, Uptime},
    text::{self, camera as say},
};

/// Days that the strip has room for.
const DAYS: u64 = 90;
/// Width of a day, and of its bar
const STEP: u64 = 4;
const BAR: u64 = 3;
/// Height of the strip
const HEIGHT: u64 = 32;
/// Shares of a day from which it counts as good and as fair, hundredths
const GOOD: u64 = 95;
const FAIR: u64 = 50;

fn is_at_least(uptime: Uptime, hundredths: u64) -> bool {
    uptime.live * 100 >= uptime.expected * hundredths
}

/// Class and height of a day.
fn bar(uptime: Option<Uptime>) -> (&'static str, u64) {
    match uptime.filter(|uptime| uptime.expected > 0) {
        None => ("none", 2),
        Some(uptime) if is_at_least(uptime, GOOD) => ("good", HEIGHT),
        Some(uptime) if is_at_least(uptime, FAIR) => ("fair", HEIGHT * 2 / 3),
        Some(_) => ("bad", HEIGHT / 3),
    }
}

/// The strip.
#[component]
pub fn Strip(
    /// Days that were looked at, the oldest first
    days: Vec<CameraDay>,
    /// The last day of the strip
    today: NaiveDate,
    /// Name of the camera
    name: String,
) -> impl IntoView {
    let days: Vec<CameraDay> = days.into_iter().filter(|day| day.uptime.expected > 0).collect();
    let all = days.iter().fold(Uptime::default(), |sum, day| sum.and(day.uptime));
    let good = days.iter().filter(|day| is_at_least(day.uptime, GOOD)).count();
    let said = say::strip(days.len(), good, all.live, all.expected);
    let bars = (!days.is_empty()).then(|| bars(&days, today));
    let label = format!("{name}，{}：{said}", say::STRIP);
    let ends = (!days.is_empty()).then(|| (text::day(first(today)), text::day(today)));
    view! {
        <div class="strip">
            <h3>{say::STRIP}</h3>
            {bars.map(|bars| view! {
                <svg viewBox=format!("0 0 {} {HEIGHT}", DAYS * STEP) role="img" aria-label=label preserveAspectRatio="none">{bars}</svg>
            })}
            {ends.map(|(from, to)| view! { <p class="ends" aria-hidden="true"><span>{from}</span><span>{to}</span></p> })}
            <p class="note">{said}</p>
            {(!days.is_empty()).then(|| view! { <Numbers days=days.clone() name=name /> })}
        </div>
    }
}

fn first(last: NaiveDate) -> NaiveDate {
    last.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(last)
}

fn bars(days: &[CameraDay], last: NaiveDate) -> impl IntoView + use<> {
    let start = first(last);
    let bars: Vec<_> = (0..DAYS)
        .map(|place| {
            let day = start + Days::new(place);
            let found = days.iter().find(|one| one.day == day).map(|one| one.uptime);
            let (class, tall) = bar(found);
            view! { <rect class=class x=place * STEP y=HEIGHT - tall width=BAR height=tall /> }
        })
        .collect();
    bars.into_iter().collect_view()
}

#[component]
fn Numbers(days: Vec<CameraDay>, name: String) -> impl IntoView {
    let rows = days.iter().rev().map(|one| {
        let Uptime { live, expected } = one.uptime;
        let share = say::percent(live, expected).unwrap_or_default();
        let cells = [say::hours(expected), say::hours(live), share];
        let cells = cells.into_iter().zip(&say::STRIP_HEADS[1..]);
        let cells = cells.map(|(cell, head)| view! { <td data-label=*head><span>{cell}</span></td> }).collect_view();
        view! { <tr><th scope="row" data-label=say::STRIP_HEADS[0]><span>{one.day.to_string()}</span></th>{cells}</tr> }
    });
    let heads = say::STRIP_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    let label = format!("{name}，{}", say::STRIP);
    view! {
        <details class="no-print">
            <summary>{say::STRIP_TABLE}</summary>
            <div class="table-frame" role="region" tabindex="0" aria-label=label.clone()>
                <table>
                    <caption class="sr-only">{label.clone()}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}
