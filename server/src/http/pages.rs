//! The pages: Leptos renders, this gives it the ports.

use app::{App, assets::Assets, shell};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::header,
    middleware::{from_fn, from_fn_with_state, map_response},
    response::Response,
};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};

use super::{
    Web, kitchens,
    places::{self, MapPolicy},
    policy::SecurityPolicy,
    registers, statistics,
};

/// The routes of every page, and the not-found page for everything else.
pub fn router(web: &Web, assets: Assets) -> Router {
    let public = SecurityPolicy::public(&app::bootstrap_script(&assets));
    let map = MapPolicy::new(&public, &web.map);
    let media = public.with_media();
    let options = LeptosOptions::builder().output_name("portal").build();
    let give = {
        let web = web.clone();
        move || {
            provide_context(web.portal());
            provide_context(assets.clone());
        }
    };
    let not_found = {
        let (options, give) = (options.clone(), give.clone());
        render_app_async_with_context(give, move || shell(options.clone()))
    };
    let page = {
        let options = options.clone();
        move || shell(options.clone())
    };
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), give, page)
        .fallback(not_found)
        .layer(map_response(without_stream_scripts))
        .layer(from_fn(statistics::for_a_minute))
        .layer(from_fn_with_state(web.registers.clone(), registers::exports))
        .layer(from_fn_with_state(media, kitchens::with_media))
        .layer(from_fn_with_state(map, places::with_map))
        .with_state(options)
}

/// Larger pages are passed on as they are.
const LARGEST: usize = 8 << 20;
/// The scripts by which Leptos would hand over resources; there are none, and each has a nonce of its own, which would
/// make every rendering of a page differ.
const STREAM_SCRIPT: &str = "<script nonce=\"";
const STREAM_CONTENT: [&str; 2] = ["__RESOLVED_RESOURCES", "__INCOMPLETE_CHUNKS"];

pub(super) async fn without_stream_scripts(response: Response) -> Response {
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = match std::str::from_utf8(&bytes) {
        Ok(page) => Body::from(cut_stream_scripts(page)),
        Err(_) => Body::from(bytes),
    };
    Response::from_parts(parts, body)
}

fn cut_stream_scripts(page: &str) -> String {
    const END: &str = "</script>";
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find(STREAM_SCRIPT) {
        let (before, script) = rest.split_at(at);
        let end = script.find(END).map_or(script.len(), |end| end + END.len());
        let content = script.find('>').map_or("", |open| &script[open + 1..]);
        out.push_str(before);
        if !STREAM_CONTENT.iter().any(|start| content.starts_with(start)) {
            out.push_str(&script[..end]);
        }
        rest = &script[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scripts_of_streams_are_cut() {
        let page = "<p>一</p><script nonce=\"a\">__RESOLVED_RESOURCES=[];</script><script type=\"module\">x</script>\
                    <script nonce=\"b\">__INCOMPLETE_CHUNKS=[];</script><script nonce=\"c\">y</script>二";
        assert_eq!(
            cut_stream_scripts(page),
            "<p>一</p><script type=\"module\">x</script><script nonce=\"c\">y</script>二"
        );
    }
}
