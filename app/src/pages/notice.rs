//! One publication of another kind than a bulletin: its fields as facts, its text, its files, its record.

mod facts;
mod recall;

use leptos::prelude::*;

use crate::{
    domain::publication::{
        Kind,
        content::{Attachment, Content},
        field::{Field, fields},
    },
    markdown,
    parts::{
        Crumb, Description, Frame, JsonLd, ObjectionLink, PollCauses, PublicRecord, Replies, Request, portal, refused,
    },
    ports::{NoticeFull, PortError, PortResult, Site},
    text::{self, zh},
};
use facts::sections;

pub(crate) use facts::paragraphs as notice_paragraphs;

/// What stands in the summary before a penalty decision (order 45 art. 4), in its order; last the procedure, which
/// says why it is public (art. 2).
const PENALTY_SUMMARY: [&str; 10] = [
    "document_number",
    "party",
    "party_kind",
    "party_code",
    "party_address",
    "violation",
    "penalty",
    "authority",
    "decided_on",
    "procedure",
];
/// What pages show elsewhere than among the facts.
const APART: [&str; 2] = ["level", "returns"];

/// A publication.
#[component]
pub fn NoticePage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let read = async {
            let id = request.id().ok_or(PortError::NotFound)?;
            let full = portal.notices.notice(id).await?;
            // one address for one publication
            let is_here = Kind::from_folder(request.part(0)) == Some(full.notice.content.kind);
            if !is_here {
                return Err(PortError::NotFound);
            }
            PortResult::Ok((full, portal.polls.causes(id).await?))
        };
        let (full, causes) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let data = structured(&full, &portal.site);
        let content = &full.notice.content;
        let (kind, id, title) = (content.kind, full.notice.id, content.title.clone());
        let folder = format!("/{}", kind.folder());
        let crumbs = vec![Crumb::to(&folder, text::publication_kind(kind)), Crumb::here(&title)];
        view! {
            <Description title=title.clone() text=text::publication_summary(content) path=format!("{folder}/{id}") />
            <JsonLd data=data />
            <Frame crumbs=crumbs>
                <article>
                    <h1>{title.clone()}</h1>
                    <Meta full=full.clone() />
                    <PollCauses causes=causes />
                    {(kind == Kind::Recall).then(|| view! { <recall::Lead full=full.clone() request=request /> })}
                    {facts(&full)}
                    <Body content=full.notice.content.clone() />
                    <Attachments files=full.notice.content.attachments />
                    {(kind == Kind::Penalty).then(|| view! { <Elsewhere /> })}
                    <Replies replies=full.replies />
                    <PublicRecord kind=kind id=id title=title revisions=full.revisions />
                    <ObjectionLink publication=id />
                </article>
            </Frame>
        }
        .into_any()
    })
}

fn structured(full: &NoticeFull, site: &Site) -> serde_json::Value {
    let content = &full.notice.content;
    let mut data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": content.title,
        "articleSection": text::publication_kind(content.kind),
        "description": text::publication_summary(content),
        "url": format!("{}/{}/{}", site.base_url, content.kind.folder(), full.notice.id),
        "datePublished": full.notice.published_on,
        "dateModified": full.notice.updated_at,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "author": {"@type": "GovernmentOrganization", "name": content.source},
    });
    if content.kind == Kind::Recall {
        data["about"] = serde_json::json!({
            "@type": "Product",
            "name": content.field("product"),
            "brand": content.field("brand"),
            "manufacturer": {"@type": "Organization", "name": content.field("producer")},
        });
    }
    data
}

#[component]
fn Meta(full: NoticeFull) -> impl IntoView {
    let (content, on) = (full.notice.content, full.notice.published_on);
    let number = content.field("document_number").to_owned();
    let corrected = full.revisions.len() > 1;
    view! {
        <p class="meta">
            <span>{zh().published_on}<time datetime=on.to_string()>{text::day(on)}</time></span>
            <span>{zh().source}{content.source}</span>
            {(!number.is_empty()).then(|| view! { <span>{number}</span> })}
            {corrected.then(|| view! { <span>{zh().updated_on}{text::moment(full.notice.updated_at)}</span> })}
        </p>
    }
    .into_any()
}

/// The fields in their order; of a penalty the summary first.
fn facts(full: &NoticeFull) -> AnyView {
    let kind = full.notice.content.kind;
    let shown = fields(kind).iter().filter(|field| field.shown && !APART.contains(&field.name));
    // 文号 and 索引号 of a notice stand beside its day
    let shown = shown.filter(|field| !(kind == Kind::Notice && field.name == "document_number"));
    if kind != Kind::Penalty {
        return sections(&shown.collect::<Vec<_>>(), full).into_any();
    }
    let summary: Vec<&Field> =
        PENALTY_SUMMARY.iter().filter_map(|name| fields(kind).iter().find(|field| field.name == *name)).collect();
    let rest: Vec<&Field> = shown.filter(|field| !PENALTY_SUMMARY.contains(&field.name)).collect();
    view! {
        <section class="card" aria-labelledby="summary">
            <h2 id="summary">{zh().summary_of_penalty}</h2>
            {facts::list(&summary, full)}
        </section>
        {sections(&rest, full)}
    }
    .into_any()
}

#[component]
fn Body(content: Content) -> impl IntoView {
    let heading = match content.kind {
        Kind::Penalty => Some(zh().decision),
        Kind::Disposal | Kind::Recall => Some(zh().details),
        _ => None,
    };
    (!content.body.trim().is_empty())
        .then(|| {
            view! {
                <section>
                    {heading.map(|heading| view! { <h2>{heading}</h2> })}
                    <div class="prose" inner_html=markdown::render(&content.body)></div>
                </section>
            }
        })
        .into_any()
}

#[component]
fn Attachments(files: Vec<Attachment>) -> impl IntoView {
    (!files.is_empty())
        .then(|| {
            let links = files.into_iter().map(|file| {
                let about = text::attachment(&file.media_type, file.size);
                view! { <li><a href=format!("/attachments/{}", file.id)>{file.name}</a> <small>{about}</small></li> }
            });
            view! {
                <section aria-labelledby="attachments" class="originals">
                    <h2 id="attachments">{zh().attachments}</h2>
                    <ul>{links.collect_view()}</ul>
                </section>
            }
        })
        .into_any()
}

/// The official place of penalties (order 45 art. 2).
#[component]
fn Elsewhere() -> impl IntoView {
    view! {
        <p class="declaration">
            {zh().gsxt_note} <a href="https://www.gsxt.gov.cn/" rel="noopener">{zh().gsxt}</a> {zh().leaving}
        </p>
    }
    .into_any()
}
