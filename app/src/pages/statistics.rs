//! What the public sees of the bureau: complaints and reports in numbers, as charts and as tables.

mod chart;

use leptos::prelude::*;

use crate::{
    domain::{
        case::Kind,
        statistics::{By, Measure, Row, Statistics, Table},
    },
    parts::{Crumb, Description, Frame, portal, refused},
    text::{self, statistics as say},
};
use chart::Chart;

const PATH: &str = "/statistics";

/// The page.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        let counted = match portal.figures.statistics().await {
            Ok(counted) => counted,
            Err(error) => return refused(&error),
        };
        let lead = say::lead(&counted);
        let merged = say::merged(counted.merged).map(|merged| view! { <p class="note">{merged}</p> });
        let kinds = Kind::ALL.map(|kind| of_kind(&counted, kind));
        view! {
            <Description title=say::TITLE.into() text=lead.clone() path=PATH.into() />
            <Frame crumbs=vec![Crumb::here(say::TITLE)]>
                <h1>{say::TITLE}</h1>
                <p class="lead">{lead}</p>
                <aside class="declaration"><p>{say::CAVEATS[0]}</p></aside>
                {kinds}
                {merged}
                <section class="card" aria-labelledby="how">
                    <h2 id="how">{say::HOW}</h2>
                    <ul class="caveats">{say::CAVEATS.map(|line| view! { <li>{line}</li> })}</ul>
                </section>
                <p class="downloads no-print">
                    {say::DOWNLOADS}
                    <a href="/api/v1/statistics.csv" download="">"CSV"</a>
                    " "
                    <a href="/api/v1/statistics">"JSON"</a>
                </p>
            </Frame>
        }
        .into_any()
    })
}

fn of_kind(counted: &Statistics, kind: Kind) -> AnyView {
    let tables: Vec<&Table> = By::ALL.iter().filter_map(|by| counted.table(kind, *by)).collect();
    let name = text::case::kind(kind);
    let id = kind.code();
    let Some(total) = tables.first().map(|table| &table.total) else { return ().into_any() };
    let is_empty = total.cell(Measure::Received).shown() == Some(0);
    let body = if is_empty {
        view! { <p>{say::NOTHING}</p> }.into_any()
    } else {
        let numbers = numbers(kind, total);
        view! { {numbers} {tables.into_iter().map(group).collect_view()} }.into_any()
    };
    view! { <section class="of-kind" aria-labelledby=id><h2 id=id>{name}</h2>{body}</section> }.into_any()
}

/// The row of all as large numbers.
fn numbers(kind: Kind, total: &Row) -> AnyView {
    let one = |name: &'static str, number: String, share: String| {
        let share = (!share.is_empty()).then(|| view! { <span class="share">{share}</span> });
        view! { <div><dt>{name}</dt><dd><strong>{number}</strong>{share}</dd></div> }
    };
    let counts = Measure::ALL.map(|measure| {
        let share = total.share(measure).map(|_| say::share(total, measure)).unwrap_or_default();
        one(say::measure(kind, measure), say::cell(total.cell(measure)), share)
    });
    view! { <dl class="big-numbers">{counts}{one(say::MEDIAN, say::days(total.median_days), String::new())}</dl> }
        .into_any()
}

fn group(table: &Table) -> AnyView {
    let title = say::table(table.kind, table.by);
    let id = format!("{}-{}", table.kind.code(), table.by.code());
    view! {
        <div class="figures">
            <h3 id=id.clone()>{title.clone()}</h3>
            <Chart table=table.clone() id=id />
            <Numbers table=table.clone() title=title />
        </div>
    }
    .into_any()
}

#[component]
fn Numbers(table: Table, title: String) -> impl IntoView {
    let (kind, by) = (table.kind, table.by);
    let heads = Measure::ALL.map(|measure| view! { <th scope="col">{say::measure(kind, measure)}</th> });
    let line = move |row: Row, name: String, class: &'static str| {
        let cells = Measure::ALL.map(|measure| {
            view! { <td data-label=say::measure(kind, measure)><span>{say::share(&row, measure)}</span></td> }
        });
        view! {
            <tr class=class>
                <th scope="row" data-label=say::head(by)><span>{name}</span></th>
                {cells}
                <td data-label=say::MEDIAN><span>{say::days(row.median_days)}</span></td>
            </tr>
        }
    };
    let rows = table.rows.into_iter().map(|row| {
        let name = say::group(by, &row.code);
        line(row, name, "")
    });
    let label = title.clone();
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=label>
            <table class="counts">
                <caption class="sr-only">{title}</caption>
                <thead><tr><th scope="col">{say::head(by)}</th>{heads}<th scope="col">{say::MEDIAN}</th></tr></thead>
                <tbody>{rows.collect_view()}{line(table.total, say::TOTAL.to_owned(), "total")}</tbody>
            </table>
        </div>
    }
    .into_any()
}
