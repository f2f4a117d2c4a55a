//! What waits, on the desk's first page.

use leptos::prelude::*;

use super::CASES;
use crate::{domain::staff::Viewer, parts::portal, ports::Urgency, text::handling as say};

/// Counts of own cases and of those that nobody has; for those who handle cases.
#[component]
pub fn StartCard() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    Suspend::new(async move {
        let viewer = viewer?;
        let start = match portal.handling.start(&viewer).await {
            Ok(start) => start,
            Err(error) => {
                tracing::error!(%error, "the start card can't be shown");
                return None;
            }
        };
        let mark = |urgency, name: &'static str, count: usize| {
            (count > 0).then(|| {
                view! {
                    <li class=say::urgency_class(urgency)>
                        <span aria-hidden="true">{say::shape(urgency)}</span> {name} " " <strong>{count}</strong>
                    </li>
                }
            })
        };
        Some(view! {
            <section class="card case-start" aria-labelledby="case-start">
                <h2 id="case-start">{say::START}</h2>
                <ul class="plain-list">
                    {mark(Urgency::Late, "已超期", start.late)}
                    {mark(Urgency::Today, "今天到期", start.today)}
                    {mark(Urgency::Soon, "三个工作日内到期", start.soon)}
                </ul>
                <p class="meta">
                    <a href=CASES>{say::MINE} " " {start.mine} " 件"</a>
                    <a href=format!("{CASES}?scope=free")>{say::FREE} " " {start.free} " 件"</a>
                </p>
            </section>
        })
    })
}
