//! Personal data that the redaction check found, to be confirmed one by one.

use leptos::prelude::*;

use crate::{ports::FoundMark, text::redaction};

/// The list; where `editable`, what does not block can be ticked as the field `confirmed`.
#[component]
pub fn MarkList(
    /// What was found, at least one
    marks: Vec<FoundMark>,
    /// Whether this officer confirms
    editable: bool,
    /// Beside what can't be confirmed
    blocks: &'static str,
    /// Beside the tick
    confirm: &'static str,
) -> impl IntoView {
    let rows = marks.into_iter().enumerate().map(|(place, one)| {
        let is_blocked = one.mark.datum.blocks();
        let class = match (one.confirmed, is_blocked) {
            (true, _) => "holds",
            (false, true) => "fails",
            (false, false) => "",
        };
        // the error summary leads to the first
        let id = if place == 0 { "f-confirmed".to_owned() } else { format!("f-confirmed-{place}") };
        view! {
            <li class=class>
                <p><strong>{redaction::datum(one.mark.datum)}</strong> "：" {one.mark.text}</p>
                <p class="context">{one.mark.context}</p>
                {is_blocked.then(|| view! { <p>{blocks}</p> })}
                {(editable && !is_blocked).then(|| view! {
                    <p class="confirm">
                        <input type="checkbox" id=id.clone() name="confirmed" value=one.key checked=one.confirmed />
                        <label for=id>{confirm}</label>
                    </p>
                })}
            </li>
        }
    });
    view! { <ul class="plain-list">{rows.collect_view()}</ul> }
}
