//! Atom feeds (RFC 4287): of everything, and of each kind.

mod atom;

use app::{
    domain::publication::Kind,
    ports::{NoticeScope, Notices, PortError, PortResult, Publications},
    text,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::Web;
use crate::store::Db;
use atom::{Entry, Feed};

/// Entries of a feed.
const NEWEST: u32 = 50;

/// The route.
pub fn router(web: &Web) -> Router {
    Router::new().route("/feeds/{name}", get(feed)).with_state(web.clone())
}

async fn feed(State(web): State<Web>, Path(name): Path<String>) -> Result<Response, StatusCode> {
    let code = name.strip_suffix(".atom").ok_or(StatusCode::NOT_FOUND)?;
    let kind = match code {
        "all" => None,
        code => Some(Kind::from_code(code).ok_or(StatusCode::NOT_FOUND)?),
    };
    let site = web.site.borrow().clone();
    let entries = newest(&web.db, &site.base_url, kind).await.map_err(|error| {
        tracing::error!(%error, "feed failed");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    let page = kind.map_or("publications", Kind::folder);
    let feed = Feed {
        title: text::feed_title(kind, &site.name),
        author: if site.bureau.is_empty() { text::feed_title(None, &site.name) } else { site.bureau.clone() },
        address: format!("{}/feeds/{name}", site.base_url),
        page: format!("{}/{page}", site.base_url),
        entries,
    };
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.write()).into_response())
}

/// The newest entries, bulletins too.
async fn newest(db: &Db, base: &str, kind: Option<Kind>) -> PortResult<Vec<Entry>> {
    let mut entries = Vec::new();
    if kind.is_none_or(|kind| kind != Kind::Bulletin) {
        let scope = NoticeScope { kind, ..NoticeScope::default() };
        for notice in db.notices(scope, None, NEWEST).await?.items {
            let content = &notice.content;
            entries.push(Entry {
                id: notice.id,
                summary: text::publication_summary(content),
                link: format!("{base}{}", content.path(notice.id)),
                category: text::publication_kind(content.kind),
                published: notice.published_on,
                updated: notice.updated_at,
                title: notice.content.title,
                author: notice.content.source,
            });
        }
    }
    if kind.is_none_or(|kind| kind == Kind::Bulletin) {
        for line in db.bulletins(None, None, NEWEST).await?.items {
            let bulletin = match db.bulletin(line.id).await {
                // withdrawn since the list was read
                Err(PortError::NotFound | PortError::Gone(_)) => continue,
                found => found?,
            };
            let rates: Vec<String> = line.tallies.iter().map(|tally| text::rate(*tally)).collect();
            entries.push(Entry {
                id: line.id,
                title: line.title,
                summary: rates.join("；"),
                link: format!("{base}/bulletins/{}", line.id),
                author: line.source,
                category: text::publication_kind(Kind::Bulletin),
                published: line.published_on,
                updated: bulletin.updated_at,
            });
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.published, entry.id)));
    entries.truncate(NEWEST as usize);
    Ok(entries)
}
