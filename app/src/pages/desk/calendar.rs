//! The calendar by which clocks count: which years are there, and how the next one comes.

use leptos::prelude::*;

use crate::{
    domain::clock::YEARS,
    forms::{ErrorSummary, FileField, Form, Submit},
    parts::{Crumb, DeskFrame, portal},
    ports::LoadedYear,
    text::calendar as say,
};

/// What a loaded year did, in context.
#[derive(Clone, Debug)]
pub struct YearLoaded(pub Vec<String>);

/// Years, and a form for the next one.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let years = portal().cases.years();
    let done = use_context::<YearLoaded>().map(|YearLoaded(said)| {
        let said = said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! { <div class="done" role="status" tabindex="-1" autofocus>{said}</div> }
    });
    view! {
        <DeskFrame title=say::CALENDAR crumbs=vec![Crumb::here(say::CALENDAR)]>
            <ErrorSummary />
            {done}
            <h1>{say::CALENDAR}</h1>
            <p>{say::CALENDAR_LEAD}</p>
            <Years years=years />
            <h2>{say::LOAD}</h2>
            <Form action="/desk/calendar" multipart=true>
                <FileField name="year_file" label=say::FILE hint=say::FILE_HINT accept=".json" />
                <Submit label=say::LOAD_NOW />
            </Form>
        </DeskFrame>
    }
}

#[component]
fn Years(years: Vec<LoadedYear>) -> impl IntoView {
    debug_assert!(years.iter().all(|year| YEARS.contains(&year.year)));
    let rows = years.into_iter().map(|year| {
        let papers = year.papers.into_iter().map(|paper| view! { <li>{paper}</li> }).collect_view();
        view! {
            <tr>
                <th scope="row">{say::year(year.year)}</th>
                <td>{say::days(year.days)}</td>
                <td><ul class="plain-list break">{papers}</ul></td>
                <td><code>{year.version}</code></td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=say::CALENDAR>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say::YEAR}</th>
                        <th scope="col">{say::DAYS}</th>
                        <th scope="col">{say::PAPERS}</th>
                        <th scope="col">{say::VERSION}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
