//! Complaints and reports at the desk: the inbox, one case with all that may be done to it, closed complaints on their
//! way to the public.

mod acts;
mod around;
mod form;
mod inbox;
mod papers;
mod publicity;
mod sheet;
mod start;
mod written;

pub(in crate::pages) use form::Own;
pub use inbox::CaseInboxPage;
pub use papers::{PaperPage, field_name, places};
pub use publicity::{FoundMarks, PublicityPage};
pub use sheet::{CaseSheetPage, RevealedPersons};
pub use start::StartCard;

use leptos::prelude::*;

use crate::{
    parts::desk_refused,
    ports::{CaseError, PortError},
    text,
};

/// Address of the inbox.
const CASES: &str = "/desk/cases";

fn refused(error: CaseError) -> AnyView {
    match error {
        CaseError::Port(error) => desk_refused(&error),
        other => desk_refused(&PortError::Internal(other.to_string())),
    }
}

/// 投诉 or 举报, as a mark.
fn kind_mark(kind: crate::domain::case::Kind) -> impl IntoView {
    let class = match kind {
        crate::domain::case::Kind::Complaint => "case-kind complaint",
        crate::domain::case::Kind::Report => "case-kind report",
    };
    view! { <span class=class>{text::case::kind(kind)}</span> }
}
