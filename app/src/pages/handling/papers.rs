//! Papers of a case (文书): which fit, and their places filled from what is known. Names stay masked here; the server puts
//! them in when the paper is made, which is written down.

use leptos::prelude::*;
use uuid::Uuid;

use super::{CASES, refused};
use crate::{
    domain::{
        document::{Field, Kind as Paper},
        staff::Viewer,
    },
    forms::{ErrorSummary, Form, Submit, TextArea, TextField},
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{CaseSheet, PortError},
    text::{document as words, handling as say},
};

mod values;

pub use values::{fitting, values};

/// Name of a place's field in the form.
#[must_use]
pub fn field_name(field: Field) -> String {
    let place = Field::ALL.iter().position(|one| *one == field).unwrap_or_default();
    format!("place_{place}")
}

/// Places of a paper that a form asks for: those that it must have first.
#[must_use]
pub fn places(paper: Paper) -> Vec<Field> {
    let required = paper.required();
    let others = Field::ALL.iter().filter(|field| paper.allows(**field) && !required.contains(field));
    let others = others.copied().filter(|field| *field != Field::Authority && *field != Field::Date);
    [Field::Authority, Field::Date].into_iter().chain(required.iter().copied()).chain(others).collect()
}

/// Papers that fit, as links.
#[component]
pub fn PapersPart(sheet: CaseSheet) -> impl IntoView {
    let id = sheet.line.id;
    let papers = fitting(&sheet).into_iter().map(|paper| {
        view! { <li><a href=format!("{CASES}/{id}/documents/{}", paper.code())>{words::kind(paper)}</a></li> }
    });
    view! {
        <section class="card case-papers" aria-labelledby="papers">
            <h2 id="papers">{say::DOCUMENTS}</h2>
            <ul class="plain-list">{papers.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// A paper before it is made.
#[component]
pub fn PaperPage() -> impl IntoView {
    let (portal, viewer, request) = (portal(), use_context::<Viewer>(), Request::current());
    let id = Uuid::try_parse(request.part(2)).ok();
    let paper = Paper::from_code(request.part(4));
    Suspend::new(async move {
        let (Some(viewer), Some(id), Some(paper)) = (viewer, id, paper) else {
            return desk_refused(&PortError::NotFound);
        };
        let sheet = match portal.cases.case(&viewer, id).await {
            Ok(sheet) => sheet,
            Err(error) => return refused(error),
        };
        let today = match portal.cases.today().await {
            Ok(today) => today,
            Err(error) => return desk_refused(&error),
        };
        // nothing of what the law keeps from other officers
        let is_hidden = sheet.line.case.officer.is_some_and(|officer| officer != viewer.id)
            && !viewer.may(crate::domain::staff::Permission::LeadCases);
        if is_hidden {
            return desk_refused(&PortError::NotFound);
        }
        form(&sheet, paper, &values(&sheet, paper, &portal.site, today))
    })
}

fn form(sheet: &CaseSheet, paper: Paper, known: &[(Field, String)]) -> AnyView {
    let line = &sheet.line;
    let title = words::kind(paper);
    let sheet_page = format!("{CASES}/{}", line.id);
    let crumbs = vec![Crumb::to(CASES, say::CASES), Crumb::to(&sheet_page, &line.number), Crumb::here(title)];
    let action = format!("{CASES}/{}/documents/{}", line.id, paper.code());
    let value = |field: Field| known.iter().find(|(one, _)| *one == field).map(|(_, value)| value.clone());
    let fields = places(paper).into_iter().map(|field| {
        let optional = !paper.required().contains(&field) && !matches!(field, Field::Authority | Field::Date);
        let value = value(field).unwrap_or_default();
        let hint = if say::is_masked_place(field) { say::MASKED_HINT } else { "" };
        if say::is_long_place(field) {
            view! { <TextArea name=field_name(field) label=field.code() hint=hint value=value optional=optional rows=5 maxlength=4000 /> }.into_any()
        } else {
            view! { <TextField name=field_name(field) label=field.code() hint=hint value=value optional=optional maxlength=400 /> }.into_any()
        }
    });
    let fields = fields.collect_view();
    view! {
        <DeskFrame title=title crumbs=crumbs>
            <h1>{title}</h1>
            <ErrorSummary />
            <p class="note">{say::PAPER_NOTE}</p>
            <Form action=action>
                {fields}
                <div class="buttons">
                    <Submit label=say::MAKE_PDF name="as" value="pdf" />
                    <Submit label=say::MAKE_PAGE name="as" value="page" quiet=true />
                </div>
            </Form>
        </DeskFrame>
    }
    .into_any()
}
