//! Links that a reader may follow.

/// To the web, a mail address, a telephone, a place in the text or a file beside it.
pub(super) fn is_safe(target: &str) -> bool {
    let target = target.trim().to_lowercase();
    if target.starts_with("\\\\") || target.starts_with("//") || target.starts_with('/') {
        return false;
    }
    match target.split_once(':').map(|(scheme, _)| scheme) {
        None => true,
        Some(scheme) if scheme.contains(['/', '#', '?']) => true,
        Some(scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel" | "ftp"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn schemes() {
        for good in ["https://a.cn/?q=a:b", "mailto:a@b.cn", "#_Toc1", "附件.xlsx", "a/b.html?x=1:2", "TEL:12315"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "file:///C:/x", r"\\server\share", "//server/x", " vbscript:x", "data:text/html,x"]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
