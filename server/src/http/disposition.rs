//! How files are given out under their own names (RFC 6266, RFC 8187).

use std::fmt::Write;

use axum::http::HeaderValue;

/// A download under its own name.
pub fn download(name: &str) -> HeaderValue {
    named("attachment", name)
}

/// Shown in the browser, and kept under its own name.
pub fn inline(name: &str) -> HeaderValue {
    named("inline", name)
}

fn named(how: &'static str, name: &str) -> HeaderValue {
    let mut coded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            coded.push(char::from(byte));
        } else {
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    HeaderValue::try_from(format!("{how}; filename*=UTF-8''{coded}")).unwrap_or(HeaderValue::from_static(how))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_downloads_are_coded() {
        assert_eq!(download("结果 1.xlsx"), "attachment; filename*=UTF-8''%E7%BB%93%E6%9E%9C%201.xlsx");
        assert_eq!(download("a\"\r\nb"), "attachment; filename*=UTF-8''a%22%0D%0Ab");
        assert_eq!(inline("a;b.png"), "inline; filename*=UTF-8''a%3Bb.png");
    }
}
