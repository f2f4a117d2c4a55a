//! The public acts on a publication, and their check against the public log.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    assets::Scripts,
    domain::publication::Kind,
    islands::{Verify, VerifyWords},
    ports::Revision,
    text::{self, zh},
};

/// The list of revisions with the check of the newest.
#[component]
pub fn PublicRecord(
    /// Its kind
    kind: Kind,
    /// The publication
    id: Uuid,
    /// Its title, as the page shows it
    title: String,
    /// The newest first
    revisions: Vec<Revision>,
) -> impl IntoView {
    let newest = revisions.first().map(|revision| format!("/log/proofs/{id}/{}", revision.number));
    let several = revisions.len() > 1;
    let line = move |revision: Revision| {
        let page = format!("/{}/{id}/revisions/{}", kind.folder(), revision.number);
        let record = format!("/log/records/{id}/{}", revision.number);
        view! {
            <li>
                <strong>{text::revision(revision.number, revision.act)}</strong>
                <span><time datetime=revision.at.to_rfc3339()>{text::moment(revision.at)}</time></span>
                <span>{text::leaf(revision.place)}</span>
                {(several && revision.shown).then(|| view! { <a href=page>{zh().revision_of}</a> })}
                <a href=record download>{zh().record_file}</a>
                {revision.reason.map(|reason| view! { <p>{text::reason(&reason)}</p> })}
            </li>
        }
    };
    newest.map(|proof| {
        view! {
            <section aria-labelledby="record" class="public-record">
                <h2 id="record">{zh().public_record}</h2>
                <p class="note">{zh().public_record_why}</p>
                <ol reversed class="plain-list">{revisions.into_iter().map(line).collect_view()}</ol>
                <Verify proof=proof title=title words=words() />
                <Scripts />
            </section>
        }
        .into_any()
    })
}

fn words() -> VerifyWords {
    let own = |text: &str| text.to_owned();
    let both = |yes: &str, no: &str| (yes.to_owned(), no.to_owned());
    VerifyWords {
        press: own(zh().verify),
        working: own(zh().verify_working),
        unreachable: own(zh().verify_unreachable),
        same: both(zh().verify_same, zh().verify_same_not),
        committed: both(zh().verify_committed, zh().verify_committed_not),
        included: both(zh().verify_included, zh().verify_included_not),
        signed: both(zh().verify_signed, zh().verify_signed_not),
        no_signature: own(zh().verify_no_signature),
        witnessed: both(zh().verify_witnessed, zh().verify_witnessed_not),
        unwitnessed: own(zh().verify_unwitnessed),
        proved: own(zh().verify_proved),
        proved_witnessed: own(zh().verify_proved_witnessed),
        proved_unsigned: own(zh().verify_proved_unsigned),
        refuted: own(zh().verify_refuted),
    }
}
