//! The table of a bulletin as it was read: what each column was taken for, what is wrong, the first samples.

use leptos::prelude::*;

use super::{at, id_of, refused_by_desk, viewer};
use crate::{
    assets::Scripts,
    domain::{publication::life::Stage, staff::Permission},
    forms::{ErrorSummary, Form, Submit},
    islands::Watch,
    parts::{ChangedEntries, Crumb, DeskFrame, Request, portal, refused},
    ports::{EntriesView, PortError, Reading, Sheet, TableView},
    text::{self, editing},
};

/// A bulletin's table.
#[component]
pub fn TablePage() -> impl IntoView {
    let (portal, request, viewer) = (portal(), Request::current(), viewer());
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id_of(&request)) else { return refused(&PortError::NotFound) };
        let sheet = match portal.desk.sheet(&viewer, id).await {
            Ok(sheet) => sheet,
            Err(error) => return refused_by_desk(error),
        };
        let crumbs = vec![
            Crumb::to("/desk/publications", editing::PUBLICATIONS),
            Crumb::to(&at(id, ""), if sheet.title.is_empty() { editing::UNTITLED } else { &sheet.title }),
            Crumb::here(editing::TABLE),
        ];
        match portal.desk.reading(id).await {
            Ok(None) => {}
            Ok(Some(Reading::Rows(rows))) => return view! { <Progress rows=rows id=id crumbs=crumbs /> }.into_any(),
            Ok(Some(Reading::Failed(why))) => return view! { <Failed why=why id=id crumbs=crumbs /> }.into_any(),
            Err(error) => return refused(&error),
        }
        let table = match portal.desk.table(&viewer, id).await {
            Ok(table) => table,
            Err(error) => return refused_by_desk(error),
        };
        let is_draft = sheet.life.work.as_ref().is_some_and(|work| work.stage == Stage::Draft);
        let editable = is_draft && viewer.may(Permission::Write);
        view! {
            <DeskFrame title=editing::TABLE crumbs=crumbs>
                <h1>{editing::TABLE}</h1>
                <ErrorSummary />
                <Problems table=table.clone() />
                {match table.entries.clone() {
                    Some(entries) => view! { <Entries entries=entries /> }.into_any(),
                    None => view! { <First table=table.clone() /> }.into_any(),
                }}
                <section aria-labelledby="columns">
                    <h2 id="columns">{editing::COLUMNS}</h2>
                    <Form action=at(id, "/mapping") version=sheet.version.to_string()>
                        <Columns table=table editable=editable />
                        {editable.then(|| view! { <Submit label=editing::MAP /> })}
                    </Form>
                </section>
            </DeskFrame>
        }
        .into_any()
    })
}

/// A table is being read.
#[component]
fn Progress(rows: u64, id: uuid::Uuid, crumbs: Vec<Crumb>) -> impl IntoView {
    view! {
        <DeskFrame title=editing::READING crumbs=crumbs>
            <h1>{editing::READING}</h1>
            <p class="reading" role="status">
                <progress aria-label=editing::READING></progress>
                <Watch address=at(id, "/progress") first=editing::reading(rows) />
            </p>
            <p class="note">{editing::READING_NOTE}</p>
            <p><a class="button quiet" href=at(id, "/table")>{editing::LOOK_AGAIN}</a></p>
            <Scripts />
        </DeskFrame>
    }
}

/// A table that could not be read.
#[component]
fn Failed(why: String, id: uuid::Uuid, crumbs: Vec<Crumb>) -> impl IntoView {
    view! {
        <DeskFrame title=editing::TABLE crumbs=crumbs>
            <h1>{editing::TABLE}</h1>
            <p class="card fails" role="alert">{why}</p>
            <p><a href=at(id, "#f-table_file")>{editing::UPLOAD_AGAIN}</a></p>
        </DeskFrame>
    }
}

#[component]
fn Columns(table: TableView, editable: bool) -> impl IntoView {
    let (fields, is_register) = (table.fields.clone(), table.entries.is_some());
    let sheets = table.sheets.into_iter().enumerate().map(|(number, sheet)| {
        let rows = rows(number, &sheet, &fields, editable);
        view! {
            <p>{if is_register { text::registers::sheet(&sheet.name) } else { editing::sheet(&sheet.name, sheet.header_row, sheet.samples, sheet.failed) }}</p>
            <div class="table-frame" role="region" tabindex="0" aria-label=sheet.name.clone()>
                <table class="mapping"><tbody>{rows}</tbody></table>
            </div>
        }
    });
    sheets.collect_view()
}

fn rows(number: usize, sheet: &Sheet, fields: &[(String, String)], editable: bool) -> Vec<AnyView> {
    let row = |(at, column): (usize, &crate::ports::Column)| {
        let id = format!("map-{number}-{at}");
        let none = (String::new(), editing::NO_MEANING.to_owned());
        let options = std::iter::once(&none).chain(fields).map(|(code, name)| {
            view! { <option value=code.clone() selected={*code == column.field}>{name.clone()}</option> }
        });
        let options = options.collect_view();
        view! {
            <tr>
                <th scope="row"><label for=id.clone()>{column.heading.clone()}</label></th>
                <td>
                    <input type="hidden" name="sheet" value=sheet.name.clone() />
                    <input type="hidden" name="heading" value=column.heading.clone() />
                    <select id=id name="field" disabled=!editable>{options}</select>
                </td>
            </tr>
        }
        .into_any()
    };
    sheet.columns.iter().enumerate().map(row).collect()
}

#[component]
fn Problems(table: TableView) -> impl IntoView {
    let is_empty = table.problems.is_empty();
    let rows = table.problems.into_iter().map(|problem| {
        let class = if problem.is_error { "fails" } else { "warns" };
        let place = editing::problem_place(&problem.sheet, problem.row, problem.column.as_deref());
        view! { <li class=class><strong>{place}</strong> "：" {problem.reason}</li> }
    });
    view! {
        <section aria-labelledby="problems" class="card check">
            <h2 id="problems">{editing::PROBLEMS}</h2>
            {is_empty.then(|| view! { <p>{editing::NO_PROBLEMS}</p> })}
            <ul class="plain-list">{rows.collect_view()}</ul>
        </section>
    }
}

/// The first entries of a register, and what the file would change of what is public.
#[component]
fn Entries(entries: EntriesView) -> impl IntoView {
    let (added, changed, removed, unchanged) = entries.difference;
    let said = text::registers::difference(added, changed, removed, unchanged);
    let over = (entries.over > 0).then(|| view! { <p class="note">{text::registers::already_over(entries.over)}</p> });
    let heads = entries.heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = entries.first.into_iter().map(|cells| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section aria-labelledby="difference" class="card">
            <h2 id="difference">{text::registers::WOULD_CHANGE}</h2>
            <p>{said}</p>
            {over}
            <ChangedEntries changes=entries.changes />
        </section>
        <section>
            <h2 id="first">{text::registers::FIRST}</h2>
            <div class="table-frame" role="region" tabindex="0" aria-labelledby="first">
                <table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
}

#[component]
fn First(table: TableView) -> impl IntoView {
    let rows = table.first.into_iter().map(|(row, product, producer, seller, verdict, items)| {
        let verdict = text::verdict(crate::domain::sample::Verdict::from_code(verdict));
        view! {
            <tr>
                <td class="number">{row}</td>
                <th scope="row">{product}</th>
                <td>{producer}</td>
                <td>{seller}</td>
                <td>{verdict}</td>
                <td>{items}</td>
            </tr>
        }
    });
    let heads = ["#", "food_name", "manufacturer_name", "sampled_location_name", "inspection_results", "adulterant"];
    let heads = heads.map(|code| {
        let head = if code == "#" { code } else { editing::column_field(code) };
        view! { <th scope="col">{head}</th> }
    });
    view! {
        <section>
            <h2 id="first">{editing::FIRST_ROWS}</h2>
            <div class="table-frame" role="region" tabindex="0" aria-labelledby="first">
                <table><thead><tr>{heads}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
            </div>
        </section>
    }
}
