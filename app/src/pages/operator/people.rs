//! Who is responsible, and whether the records of self checks are public.

use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;

use super::{grades::OfficialTier, read::Dossier};
use crate::{
    domain::register::Shows,
    ports::OperatorEntry,
    text::{self, operator as say},
};

/// Weeks of the strip.
const WEEKS: u64 = 12;

/// A telephone of an office. A mobile number is never shown, whatever a register says.
fn phone(entry: &OperatorEntry) -> Option<String> {
    entry.entry.said("phone").filter(|phone| !is_mobile(phone)).map(str::to_owned)
}

/// 11 digits that begin like a mobile number, with or without the country.
fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(&digits);
    number.len() >= 11 && number.starts_with('1') && !number.starts_with("10")
}

/// Officials with their tier, directors and officers of food safety.
#[component]
pub fn People(
    /// All of it
    dossier: std::sync::Arc<Dossier>,
) -> impl IntoView {
    let officials = dossier.of(Shows::OfficialTier).map(|entry| one(entry, true));
    let people: Vec<AnyView> = officials.chain(dossier.of(Shows::People).map(|entry| one(entry, false))).collect();
    (!people.is_empty()).then(|| {
        view! {
            <section aria-labelledby="people">
                <h2 id="people">{say::PEOPLE}</h2>
                <p class="note">{say::PEOPLE_NOTE}</p>
                <ul class="people">{people}</ul>
            </section>
        }
        .into_any()
    })
}

fn one(entry: &OperatorEntry, official: bool) -> AnyView {
    let said = |role: &str| entry.entry.said(role).map(str::to_owned);
    let name = said("person").unwrap_or_default();
    let post = [official.then(|| say::OFFICIAL.to_owned()), said("post")].into_iter().flatten().collect::<Vec<_>>();
    let tier = official.then(|| {
        let code = entry.entry.value("tier").unwrap_or_default().to_owned();
        view! { <OfficialTier code=code said=said("tier").unwrap_or_default() /> }
    });
    let visit = entry.entry.on.filter(|_| official);
    view! {
        <li class="card">
            <p><strong>{name}</strong> " " <span>{post.join("，")}</span></p>
            <p class="meta">
                {said("office").map(|office| view! { <span>{office}</span> })}
                {phone(entry).map(|phone| view! { <span>{say::PHONE} " " {phone}</span> })}
                {visit.map(|on| view! { <span>{say::LAST_VISIT} " " <time datetime=on.to_string()>{text::day(on)}</time></span> })}
                <a href=entry.entry.path()>{entry.register_name.clone()}</a>
            </p>
            {tier}
        </li>
    }
    .into_any()
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Weeks of the strip, the oldest first, and what is public of each. The present week is not over and not counted.
fn weeks(today: NaiveDate, published: &[(NaiveDate, String)]) -> Vec<(NaiveDate, Option<String>)> {
    let this = monday(today);
    let of = |week: NaiveDate| published.iter().find(|(known, _)| *known == week).map(|(_, said)| said.clone());
    (1..=WEEKS).rev().map(|back| this - Days::new(7 * back)).map(|week| (week, of(week))).collect()
}

/// What an entry says is public: days, reports, minutes. `None` where all of it is zero or no.
fn said(entry: &OperatorEntry) -> Option<String> {
    const NAMES: [&str; 3] = ["daily", "weekly", "monthly"];
    let cells: Vec<_> = entry.entry.cells.iter().filter(|cell| NAMES.contains(&cell.column.as_str())).collect();
    let has_any = cells.is_empty() || cells.iter().any(|cell| !matches!(cell.value.as_str(), "no" | "0"));
    let words = cells.iter().map(|cell| format!("{} {}", cell.name, cell.text)).collect::<Vec<_>>();
    has_any.then(|| words.join("，"))
}

/// The last weeks of 日管控、周排查、月调度.
#[component]
pub fn SelfChecks(
    /// All of it
    dossier: std::sync::Arc<Dossier>,
    /// Today
    today: NaiveDate,
) -> impl IntoView {
    let published = dossier.of(Shows::SelfCheck).filter_map(|one| Some((monday(one.entry.on?), said(one)?)));
    let published: Vec<(NaiveDate, String)> = published.collect();
    let source = dossier.newest(Shows::SelfCheck).map(|one| (one.entry.path(), one.register_name.clone()));
    source.map(|(path, register)| {
        let weeks = weeks(today, &published);
        let count = weeks.iter().filter(|(_, said)| said.is_some()).count();
        let of = weeks.len();
        let items = weeks.into_iter().map(|(week, said)| {
            let is = said.is_some();
            let said = said.filter(|said| !said.is_empty());
            let (word, shape) = if is { (say::PUBLISHED, "■") } else { (say::NOT_PUBLISHED, "□") };
            view! {
                <li class:is=is>
                    <span class="shape" aria-hidden="true">{shape}</span>
                    <span>{say::week(week)}</span>
                    <strong>{word}</strong>
                    {said.map(|said| view! { <small>{said}</small> })}
                </li>
            }
        });
        view! {
            <section aria-labelledby="self-checks">
                <h2 id="self-checks">{say::SELF_CHECK}</h2>
                <p>{say::weeks(count, of)}</p>
                <ol class="weeks">{items.collect_view()}</ol>
                <p class="note">{say::SELF_CHECK_NOTE} " " <a href=path>{register}</a></p>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_ends_with_the_last_whole_week() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let published = ["2026-11-16", "2026-11-23", "2026-08-31"].map(|text| (day(text), String::new()));
        let strip = weeks(day("2026-11-25"), &published);
        assert_eq!((strip.len(), &strip[11]), (12, &(day("2026-11-16"), Some(String::new()))));
        assert_eq!(strip[0], (day("2026-08-31"), Some(String::new())));
        assert_eq!(strip.iter().filter(|(_, said)| said.is_some()).count(), 2);
        assert_eq!(monday(day("2026-11-29")), day("2026-11-23"));
    }
}
