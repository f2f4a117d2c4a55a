//! `/sitemap.xml` and `/robots.txt`.

use std::fmt::Write;

use app::ports::{NoticeScope, Notices, PortResult, Publications};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{Web, xml::escaped};

/// Addresses of one sitemap at most (sitemaps.org protocol 0.9); lists link to all the rest.
const MOST: usize = 49_000;
/// Entries read at once.
const PAGE: u32 = 1_000;
const FIXED: [&str; 10] = [
    "/",
    "/publications",
    "/places",
    "/schools",
    "/kitchens",
    "/registers",
    "/polls",
    "/statistics",
    "/search",
    "/about",
];

/// The routes.
pub fn router(web: &Web) -> Router {
    Router::new().route("/sitemap.xml", get(sitemap)).route("/robots.txt", get(robots)).with_state(web.clone())
}

async fn sitemap(State(web): State<Web>) -> Result<Response, StatusCode> {
    let base = escaped(&web.site.borrow().base_url);
    let paths = paths(&web).await.map_err(|error| {
        tracing::error!(%error, "sitemap failed");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

/// Fixed pages, lists of what there is, every publication.
async fn paths(web: &Web) -> PortResult<Vec<String>> {
    let mut paths: Vec<String> = FIXED.iter().map(|path| (*path).to_owned()).collect();
    let counts = web.db.notice_counts().await?;
    paths.extend(counts.iter().map(|(kind, _)| format!("/{}", kind.folder())));
    let mut after = None;
    loop {
        let page = web.db.notices(NoticeScope::default(), after.as_deref(), PAGE).await?;
        paths.extend(page.items.iter().map(|notice| notice.content.path(notice.id)));
        after = page.next;
        if after.is_none() || paths.len() >= MOST {
            break;
        }
    }
    while paths.len() < MOST {
        let page = web.db.bulletins(None, after.as_deref(), PAGE).await?;
        paths.extend(page.items.iter().map(|line| format!("/bulletins/{}", line.id)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    paths.truncate(MOST);
    Ok(paths)
}

async fn robots(State(web): State<Web>) -> Response {
    let base = web.site.borrow().base_url.clone();
    // answers of searches are endless combinations of what the lists link to
    let text = format!(
        "User-agent: *\nDisallow: /search?\nDisallow: /recalls?lot\nDisallow: /recalls?product\nDisallow: /api/\n\
         Disallow: /desk\nSitemap: {base}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
