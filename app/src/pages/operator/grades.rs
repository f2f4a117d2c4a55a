//! Four scales with the same letters and four meanings: four components, none of which can be taken for another (domain 4).
//! A face, a plaque, a gauge, a staircase; each says its name, its day and what it is not.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{ports::OperatorEntry, text::operator as say};

/// Day, source and explanation below a grade.
fn said(entry: &OperatorEntry, note: &'static str, until: bool) -> AnyView {
    let until = entry.entry.until.filter(|_| until).map(say::holds_until);
    let day = |on: NaiveDate| view! { <time datetime=on.to_string()>{say::graded_on(on)}</time> };
    let link = entry.entry.path();
    let source = entry.register_name.clone();
    view! {
        <p class="note">{note}</p>
        <p class="meta"><span>{entry.entry.on.map(day)} {until}</span> <a href=link>{source}</a></p>
    }
    .into_any()
}

fn word(entry: &OperatorEntry) -> String {
    entry.entry.said("grade").unwrap_or_default().to_owned()
}

/// 量化分级·动态等级: a face.
#[component]
pub fn DynamicGrade(
    /// The entry
    entry: OperatorEntry,
) -> impl IntoView {
    let code = entry.entry.value("grade").unwrap_or_default().to_owned();
    let shown = say::dynamic(&code).map_or_else(|| word(&entry), str::to_owned);
    let mouth = match code.as_str() {
        "excellent" => "M14 27q10 13 20 0z",
        "good" => "M15 29q9 8 18 0",
        "fair" => "M15 31h18",
        _ => "",
    };
    let face = (!mouth.is_empty()).then(|| {
        view! {
            <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
                <circle cx="24" cy="24" r="21" />
                <circle class="eye" cx="17" cy="20" r="2.500" />
                <circle class="eye" cx="31" cy="20" r="2.500" />
                <path d=mouth />
            </svg>
        }
    });
    view! {
        <section class="grade-dynamic card">
            <h3>{say::DYNAMIC.0}</h3>
            <p class="shown">{face} <strong>{shown}</strong></p>
            {said(&entry, say::DYNAMIC.1, false)}
        </section>
    }
    .into_any()
}

/// 量化分级·年度等级: a plaque.
#[component]
pub fn YearlyGrade(
    /// The entry
    entry: OperatorEntry,
) -> impl IntoView {
    let code = entry.entry.value("grade").unwrap_or_default().to_owned();
    let shown = say::yearly(&code).map_or_else(|| word(&entry), str::to_owned);
    view! {
        <section class="grade-yearly card">
            <h3>{say::YEARLY.0}</h3>
            <p class="shown"><strong>{say::YEAR} " " {shown}</strong></p>
            {said(&entry, say::YEARLY.1, true)}
        </section>
    }
    .into_any()
}

/// 风险等级: a gauge from low to high.
#[component]
pub fn RiskGrade(
    /// The entry
    entry: OperatorEntry,
) -> impl IntoView {
    let code = entry.entry.value("grade").unwrap_or_default().to_owned();
    let shown = say::risk(&code).unwrap_or_else(|| word(&entry));
    let steps = say::RISKS.map(|(step, name)| view! { <span class:is=step == code>{name}</span> });
    view! {
        <section class="grade-risk card">
            <h3>{say::RISK.0}</h3>
            <p class="shown"><strong>{shown}</strong></p>
            <p class="gauge" aria-hidden="true">{steps.collect_view()}</p>
            {said(&entry, say::RISK.1, false)}
        </section>
    }
    .into_any()
}

/// 包保层级: a staircase of officials. It belongs to those responsible, not to the grades.
#[component]
pub fn OfficialTier(
    /// Code of the tier
    code: String,
    /// As the register says it
    said: String,
) -> impl IntoView {
    let shown = say::tier(&code).unwrap_or(said);
    let steps = say::TIERS.map(|(step, name)| view! { <li class:is=step == code>{name}</li> });
    view! {
        <div class="tier-official">
            <p><span class="label">{say::TIER.0}</span> <strong>{shown}</strong></p>
            <ol aria-hidden="true">{steps.collect_view()}</ol>
            <p class="note">{say::TIER.1}</p>
        </div>
    }
    .into_any()
}
