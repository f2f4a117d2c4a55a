//! Feeds of everything that can be followed by mail too: Atom (RFC 4287) and JSON Feed 1.1.

mod atom;
mod entries;
mod json;

use app::{
    domain::{
        alert::{Format, Topic},
        publication::Kind,
    },
    ports::{PortError, Site},
    text,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Web;
use crate::alerts::AlertError;

/// Entries of a feed.
const NEWEST: u32 = 50;

/// An entry.
pub struct Entry {
    pub id: Uuid,
    pub title: String,
    pub summary: String,
    /// Its page
    pub link: String,
    pub author: String,
    /// Its kind
    pub category: &'static str,
    pub published: NaiveDate,
    pub updated: DateTime<Utc>,
}

/// A feed.
pub struct Feed {
    pub title: String,
    pub author: String,
    /// Its own address, which is its id too
    pub address: String,
    /// The page that lists the same
    pub page: String,
    /// The newest first
    pub entries: Vec<Entry>,
}

/// The routes.
pub fn router(web: &Web) -> Router {
    Router::new()
        .route("/feeds/{name}", get(feed))
        .route("/feeds/operators/{name}", get(of_operator))
        .with_state(web.clone())
}

/// Name and format of a feed's file.
fn split(name: &str) -> Option<(&str, Format)> {
    let (name, ending) = name.rsplit_once('.')?;
    Some((name, Format::ALL.into_iter().find(|format| format.ending() == ending)?))
}

async fn feed(
    State(web): State<Web>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    let (name, format) = split(&name).ok_or(StatusCode::NOT_FOUND)?;
    let topic = match name {
        "all" => Topic::All,
        "search" => {
            let query = query.unwrap_or_default();
            Topic::search(form_urlencoded::parse(query.as_bytes())).map_err(|_| StatusCode::BAD_REQUEST)?
        }
        code => Topic::Kind(Kind::from_code(code).ok_or(StatusCode::NOT_FOUND)?),
    };
    give(&web, &topic, format).await
}

async fn of_operator(State(web): State<Web>, Path(name): Path<String>) -> Result<Response, StatusCode> {
    let (id, format) = split(&name).ok_or(StatusCode::NOT_FOUND)?;
    let id = Uuid::try_parse(id).map_err(|_| StatusCode::NOT_FOUND)?;
    give(&web, &Topic::Operator(id), format).await
}

/// How a topic is called. Whether there is anything of it is no matter here: an empty feed is one.
async fn name_of(web: &Web, topic: &Topic) -> Result<String, AlertError> {
    match topic {
        Topic::Operator(_) => web.alerts.name(topic).await,
        _ => Ok(text::alert::topic(topic, "")),
    }
}

async fn give(web: &Web, topic: &Topic, format: Format) -> Result<Response, StatusCode> {
    let site = web.site.borrow().clone();
    let read = async {
        let name = name_of(web, topic).await?;
        let entries = entries::newest(web, &site.base_url, topic).await?;
        Ok::<_, AlertError>(made(&site, topic, &name, format, entries))
    };
    let feed = read.await.map_err(|error| match error {
        AlertError::Topic | AlertError::Port(PortError::NotFound) => StatusCode::NOT_FOUND,
        AlertError::Port(PortError::Gone(_)) => StatusCode::GONE,
        AlertError::Port(PortError::Invalid(_)) => StatusCode::BAD_REQUEST,
        AlertError::Port(PortError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
        error => {
            tracing::error!(%error, "feed failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    })?;
    let body = match format {
        Format::Atom => feed.atom(),
        Format::Json => feed.json(),
    };
    let kind = format!("{}; charset=utf-8", format.media_type());
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

fn made(site: &Site, topic: &Topic, name: &str, format: Format, entries: Vec<Entry>) -> Feed {
    Feed {
        title: text::alert::feed_title(topic, name, &site.name),
        author: if site.bureau.is_empty() { text::feed_title(None, &site.name) } else { site.bureau.clone() },
        address: format!("{}{}", site.base_url, topic.feed(format)),
        page: format!("{}{}", site.base_url, topic.page()),
        entries,
    }
}
