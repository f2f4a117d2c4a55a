//! A file as an answer, for routes that have decided who may see it.

use std::ops::Range;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{evidence::Opened, http::disposition};

/// Gives a file out: never run, never kept, downloaded under its name, in ranges where asked (RFC 9110, 14).
/// The caller has compared [`Opened::case`] with the case that may be seen.
pub fn give(file: Opened, headers: &HeaderMap) -> Response {
    let size = file.bytes;
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let range = match asked.map(|asked| range(asked, size)) {
        None | Some(Asked::Whole) => None,
        Some(Asked::Part(range)) => Some(range),
        Some(Asked::Outside) => {
            let size =
                HeaderValue::try_from(format!("bytes */{size}")).unwrap_or(HeaderValue::from_static("bytes */*"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, size)]).into_response();
        }
    };
    let given = range.clone().unwrap_or(0..size);
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type())),
        (header::CONTENT_DISPOSITION, disposition::download(&file.name)),
        (header::CONTENT_LENGTH, HeaderValue::from(given.end - given.start)),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    let body = Body::from_stream(file.stream(given));
    let Some(Range { start, end }) = range else { return (fixed, body).into_response() };
    let part = format!("bytes {start}-{}/{size}", end - 1);
    let part = HeaderValue::try_from(part).unwrap_or(HeaderValue::from_static("bytes */*"));
    (StatusCode::PARTIAL_CONTENT, fixed, [(header::CONTENT_RANGE, part)], body).into_response()
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// No range, several, or one that is not understood
    Whole,
    Part(Range<u64>),
    Outside,
}

fn range(asked: &str, size: u64) -> Asked {
    let Some((first, last)) = asked.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Whole;
    };
    let number = |text: &str| if text.is_empty() { Ok(None) } else { text.trim().parse::<u64>().map(Some) };
    match (number(first), number(last)) {
        (Ok(Some(first)), Ok(None)) if first < size => Asked::Part(first..size),
        (Ok(Some(first)), Ok(Some(last))) if first <= last && first < size => {
            Asked::Part(first..last.saturating_add(1).min(size))
        }
        (Ok(None), Ok(Some(last))) if last > 0 && size > 0 => Asked::Part(size - last.min(size)..size),
        (Ok(Some(first)), Ok(Some(last))) if first > last => Asked::Whole,
        (Ok(Some(_)), Ok(_)) | (Ok(None), Ok(Some(_))) => Asked::Outside,
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (asked, expected) in [
            ("bytes=0-", Asked::Part(0..100)),
            ("bytes=10-19", Asked::Part(10..20)),
            ("bytes=99-500", Asked::Part(99..100)),
            ("bytes=-5", Asked::Part(95..100)),
            ("bytes=-500", Asked::Part(0..100)),
            ("bytes=100-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=5-4", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("items=0-1", Asked::Whole),
            ("bytes=0-18446744073709551615", Asked::Part(0..100)),
        ] {
            assert_eq!(range(asked, 100), expected, "{asked}");
        }
    }
}
