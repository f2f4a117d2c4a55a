//! The desk's pages for writing publications.

mod check;
mod conflict;
mod form;
mod list;
mod sheet;
mod steps;
mod table;

use leptos::prelude::*;
use uuid::Uuid;

pub use conflict::Theirs;
pub use list::{NewPage, PublicationsPage};
pub use sheet::SheetPage;
pub use table::TablePage;

use crate::{
    domain::staff::Viewer,
    parts::{Request, refused},
    ports::{DeskError, PortError},
    text::editing,
};

/// Who is signed in. The desk's guard lets nobody else come here.
fn viewer() -> Option<Viewer> {
    use_context::<Viewer>()
}

/// The id in `/desk/publications/{id}/…`.
fn id_of(request: &Request) -> Option<Uuid> {
    request.path.split('/').nth(3).and_then(|id| Uuid::try_parse(id).ok())
}

/// The address of a publication at the desk.
fn at(id: Uuid, part: &str) -> String {
    format!("/desk/publications/{id}{part}")
}

/// A page in place of one that the desk does not give.
fn refused_by_desk(error: DeskError) -> AnyView {
    match error {
        DeskError::Port(error) => refused(&error),
        DeskError::Refused(refusal) => view! { <p class="message">{editing::refusal(refusal)}</p> }.into_any(),
        other => refused(&PortError::Internal(other.to_string())),
    }
}
