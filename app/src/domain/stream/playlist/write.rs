//! Writing: only tags that were understood.

use std::fmt::Write as _;

use super::{Key, Master, Media, Part};

impl Master {
    /// The playlist with addresses of its own; a variant for which there is none is left out. Sound and subtitles have no
    /// address and are left out: a kitchen is shown without sound.
    #[must_use]
    pub fn write(&self, mut address: impl FnMut(&str) -> Option<String>) -> String {
        let mut out = String::from("#EXTM3U\n");
        for variant in &self.variants {
            let Some(uri) = address(&variant.uri) else { continue };
            let _ = write!(out, "#EXT-X-STREAM-INF:BANDWIDTH={}", variant.bandwidth);
            if let Some((width, height)) = variant.resolution {
                let _ = write!(out, ",RESOLUTION={width}x{height}");
            }
            if let Some(codecs) = &variant.codecs {
                let _ = write!(out, ",CODECS=\"{codecs}\"");
            }
            let _ = writeln!(out, "\n{uri}");
        }
        out
    }
}

/// What an address in a playlist is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A segment
    Segment {
        /// Encrypted: nobody can see what it is
        sealed: bool,
    },
    /// An initialisation section
    Map,
    /// A key
    Key,
}

impl Media {
    /// The playlist with addresses of its own. Where there is none for a segment, its map or its key, the segment becomes a gap
    /// (rfc8216bis §4.4.4.7): numbers stay as they are.
    #[must_use]
    pub fn write(&self, mut address: impl FnMut(Use, &Part) -> Option<String>) -> String {
        let mut out = String::from("#EXTM3U\n");
        let version = self.version.clamp(3, 8);
        let _ = writeln!(out, "#EXT-X-VERSION:{version}\n#EXT-X-TARGETDURATION:{}", self.target);
        let _ = writeln!(out, "#EXT-X-MEDIA-SEQUENCE:{}", self.sequence);
        if self.discontinuities > 0 {
            let _ = writeln!(out, "#EXT-X-DISCONTINUITY-SEQUENCE:{}", self.discontinuities);
        }
        let (mut map, mut key) = (None, None);
        let (mut has_map, mut has_key) = (true, true);
        for segment in &self.segments {
            if segment.discontinuity {
                out.push_str("#EXT-X-DISCONTINUITY\n");
            }
            if segment.key != key {
                has_key = self.write_key(&mut out, segment.key, &mut address);
                key = segment.key;
            }
            if segment.map != map {
                has_map = self.write_map(&mut out, segment.map, &mut address);
                map = segment.map;
            }
            let uri = address(Use::Segment { sealed: segment.key.is_some() }, &segment.part)
                .filter(|_| has_map && has_key && !segment.gap);
            let _ = writeln!(out, "#EXTINF:{}.{:03},", segment.millis / 1000, segment.millis % 1000);
            match uri {
                Some(uri) => out.push_str(&uri),
                None => out.push_str("#EXT-X-GAP\ngap"),
            }
            out.push('\n');
        }
        if self.ended {
            out.push_str("#EXT-X-ENDLIST\n");
        }
        out
    }

    fn write_key(
        &self,
        out: &mut String,
        key: Option<usize>,
        address: &mut impl FnMut(Use, &Part) -> Option<String>,
    ) -> bool {
        let Some(Key::Aes128 { uri, iv }) = key.and_then(|key| self.keys.get(key)) else {
            out.push_str("#EXT-X-KEY:METHOD=NONE\n");
            return key.is_none();
        };
        let Some(uri) = address(Use::Key, &Part { uri: uri.clone(), range: None }) else { return false };
        let _ = write!(out, "#EXT-X-KEY:METHOD=AES-128,URI=\"{uri}\"");
        if let Some(iv) = iv {
            let _ = write!(out, ",IV={iv}");
        }
        out.push('\n');
        true
    }

    fn write_map(
        &self,
        out: &mut String,
        map: Option<usize>,
        address: &mut impl FnMut(Use, &Part) -> Option<String>,
    ) -> bool {
        let Some(map) = map.and_then(|map| self.maps.get(map)) else { return true };
        let Some(uri) = address(Use::Map, map) else { return false };
        let _ = writeln!(out, "#EXT-X-MAP:URI=\"{uri}\"");
        true
    }
}
