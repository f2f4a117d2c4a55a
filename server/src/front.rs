//! The built front: style, script, WebAssembly, icons. In the binary when built for release, from disk in development.
//! Names carry a hash of the content, so browsers may keep them forever.

use std::{collections::HashMap, io::Write, sync::Arc};

use axum::body::Bytes;
use rust_embed::RustEmbed;

use crate::files::sha256;

/// Brotli's best for files that were not compressed when the front was built (without Node).
const QUALITY: u32 = 9;
const WINDOW: u32 = 22;

/// One file with its compressed forms.
pub struct StaticFile {
    /// As it is
    pub plain: Bytes,
    /// Brotli
    pub brotli: Option<Bytes>,
    /// Media type
    pub media_type: &'static str,
    /// Named by its hash: never changes
    pub immutable: bool,
    /// `ETag`, quoted
    pub etag: String,
}

/// All files of the front by path.
#[derive(Clone, Default)]
pub struct Front(Arc<HashMap<String, StaticFile>>);

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `pkg/portal.0123456789ab.css` is named by its hash, `pkg/portal.css` (as cargo-leptos builds it) is not.
fn is_hashed(path: &str) -> bool {
    let mut parts = path.rsplit('.');
    let hash = parts.nth(1).unwrap_or_default();
    path.starts_with("pkg/") && hash.len() >= 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn bytes_of<Site: RustEmbed>(path: &str) -> Option<Bytes> {
    Site::get(path).map(|file| Bytes::from(file.data.into_owned()))
}

/// Brotli of bytes; `None` when it would not be smaller.
pub fn brotli(bytes: &[u8], quality: u32) -> Option<Bytes> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 4096, quality, WINDOW);
    out.write_all(bytes).ok()?;
    let packed = out.into_inner();
    (packed.len() < bytes.len()).then(|| Bytes::from(packed))
}

impl Front {
    /// Loads every file of a folder that is embedded in the program. The program embeds it and not this library, so that
    /// library and front can be built at the same time.
    #[must_use]
    pub fn load<Site: RustEmbed>() -> Self {
        let paths: Vec<String> =
            Site::iter().map(|path| path.to_string()).filter(|path| path.rsplit('.').next() != Some("br")).collect();
        let files = paths.into_iter().filter_map(|path| {
            let plain = bytes_of::<Site>(&path)?;
            let media_type = media_type(&path);
            let packs = !matches!(media_type, "image/png" | "image/x-icon" | "application/octet-stream");
            let brotli =
                if packs { bytes_of::<Site>(&format!("{path}.br")).or_else(|| brotli(&plain, QUALITY)) } else { None };
            let etag = format!("\"{}\"", &sha256(&plain)[..16]);
            let immutable = is_hashed(&path);
            Some((path, StaticFile { plain, brotli, media_type, immutable, etag }))
        });
        Self(Arc::new(files.collect()))
    }

    /// A file by its path below the site's root, without a leading slash.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&StaticFile> {
        self.0.get(path)
    }

    /// The URL of the file of the package with this name and extension, empty when it was not built.
    #[must_use]
    pub fn package_url(&self, name: &str, extension: &str) -> String {
        let is_it = |path: &str| {
            let mut parts = path.strip_prefix("pkg/").unwrap_or_default().split('.');
            parts.next() == Some(name) && parts.next_back() == Some(extension)
        };
        let mut found: Vec<&String> = self.0.keys().filter(|path| is_it(path)).collect();
        found.sort_by_key(|path| (!is_hashed(path), path.len()));
        found.first().map_or_else(String::new, |path| format!("/{path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(is_hashed("pkg/portal.0123456789ab.css"));
        assert!(!is_hashed("pkg/portal.css"));
        assert!(!is_hashed("portal.0123456789ab.css"));
        assert!(!is_hashed("pkg/portal.min.css"));
    }
}
