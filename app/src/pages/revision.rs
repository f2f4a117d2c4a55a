//! One revision of a publication: what it said, and what it changed against the one before.

mod changes;
mod said;

use std::sync::Arc;

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_meta::Meta;
use uuid::Uuid;

use crate::{
    domain::{act::Act, publication::Kind, register::Register},
    parts::{Crumb, Description, Frame, Request, answer_with, into_head, portal, refused},
    ports::{EarlierRevision, PortError, PortResult, Portal, Revision},
    text::{self, zh},
};
use changes::{Before, Changes};
use said::{Said, Saying};

/// A revision with what it is compared with.
struct Compared {
    kind: Kind,
    id: Uuid,
    /// Title of what is public now
    title: String,
    /// Definitions of registers
    registers: Vec<Arc<Register>>,
    this: EarlierRevision,
    /// The revision with content before it
    before: Option<EarlierRevision>,
}

async fn read(portal: &Portal, request: &Request) -> PortResult<Compared> {
    let kind = Kind::from_folder(request.part(0)).ok_or(PortError::NotFound)?;
    let id = Uuid::try_parse(request.part(1)).map_err(|_| PortError::NotFound)?;
    let number: u32 = request.part(3).parse().map_err(|_| PortError::NotFound)?;
    let (title, revisions) = if kind == Kind::Bulletin {
        let bulletin = portal.publications.bulletin(id).await?;
        (bulletin.line.title, bulletin.revisions)
    } else {
        let full = portal.notices.notice(id).await?;
        if full.notice.content.kind != kind {
            return Err(PortError::NotFound);
        }
        (full.notice.content.title, full.revisions)
    };
    let this = portal.notices.earlier(id, number).await?;
    let registers = portal.registers.definitions();
    let is_earlier =
        |revision: &&Revision| revision.number < number && matches!(revision.act, Act::Publish | Act::Correct);
    let before = match revisions.iter().find(is_earlier) {
        Some(revision) => Some(portal.notices.earlier(id, revision.number).await?),
        None => None,
    };
    Ok(Compared { kind, id, title, registers, this, before })
}

/// A revision.
#[component]
pub fn RevisionPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let Compared { kind, id, title, registers, this, before } = match read(&portal, &request).await {
            Ok(compared) => compared,
            Err(error) => return refused(&error),
        };
        let Revision { number, act, at, reason, .. } = this.revision.clone();
        let now = format!("/{}/{id}", kind.folder());
        let has_content = matches!(act, Act::Publish | Act::Correct);
        let hidden = has_content && this.content.is_none();
        if hidden {
            answer_with(StatusCode::GONE);
        }
        let heading =
            if hidden { zh().revision_hidden_title.to_owned() } else { text::revision_title(number, act, &title) };
        let crumbs = vec![
            Crumb::to(&format!("/{}", kind.folder()), text::publication_kind(kind)),
            Crumb::to(&now, &title),
            Crumb::here(&text::revision(number, act)),
        ];
        into_head(view! { <Meta name="robots" content="noindex" /> });
        let said = Said::of(kind, &this, &registers);
        let old = before
            .as_ref()
            .map_or(Before::Nothing, |before| Said::of(kind, before, &registers).map_or(Before::Hidden, Before::Said));
        view! {
            <Description title=heading.clone() text=text::revision(number, act) path=request.path />
            <Frame crumbs=crumbs>
                <article class="revision">
                    <h1>{heading}</h1>
                    <p class="meta">
                        <span>{text::revision(number, act)}</span>
                        <time datetime=at.to_rfc3339()>{text::moment(at)}</time>
                        <span>{text::leaf(this.revision.place)}</span>
                    </p>
                    {reason.map(|reason| view! { <p class="card">{text::reason(&reason)}</p> })}
                    <p><a class="button quiet" href=now>{zh().current_version}</a></p>
                    {match said {
                        Some(said) => view! { <Changes old=old new=said.clone() /> <Saying kind=kind said=said /> }.into_any(),
                        None if hidden => view! { <p>{zh().revision_hidden}</p> }.into_any(),
                        None => view! { <p>{zh().revision_no_content}</p> }.into_any(),
                    }}
                </article>
            </Frame>
        }
        .into_any()
    })
}
