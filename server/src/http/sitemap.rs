//! `/sitemap.xml` and `/robots.txt`.

use std::fmt::Write;

use app::ports::Publications;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::Web;

/// Addresses of one sitemap at most (sitemaps.org protocol 0.9); bulletins link to all the rest.
const MOST: usize = 49_000;
/// Bulletins read at once.
const PAGE: u32 = 1_000;
const FIXED: [&str; 4] = ["/", "/bulletins", "/search", "/about"];

/// The routes.
pub fn router(web: &Web) -> Router {
    Router::new().route("/sitemap.xml", get(sitemap)).route("/robots.txt", get(robots)).with_state(web.clone())
}

async fn sitemap(State(web): State<Web>) -> Result<Response, StatusCode> {
    let base = web.site.borrow().base_url.clone();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in FIXED {
        let _ = writeln!(xml, "<url><loc>{}{path}</loc></url>", escaped(&base));
    }
    let (mut listed, mut after) = (0, None);
    loop {
        let page = web.db.bulletins(None, after.as_deref(), PAGE).await.map_err(|error| {
            tracing::error!(%error, "sitemap failed");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;
        for line in &page.items {
            let _ = writeln!(xml, "<url><loc>{}/bulletins/{}</loc></url>", escaped(&base), line.id);
        }
        listed += page.items.len();
        after = page.next;
        if after.is_none() || listed >= MOST {
            break;
        }
    }
    xml.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

async fn robots(State(web): State<Web>) -> Response {
    let base = web.site.borrow().base_url.clone();
    // answers of searches are endless combinations of what the bulletins list
    let text = format!("User-agent: *\nDisallow: /search?\nDisallow: /api/\nSitemap: {base}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
