//! HLS playlists (RFC 8216 and its successor draft-pantos-hls-rfc8216bis): read strictly, kept within limits, and written anew
//! from what was understood, so that nothing else of an upstream reaches a browser. Tags of low latency are left out: the
//! segments are there without them.

mod attributes;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::parse;
pub use write::Use;

/// Bytes of a playlist at most. An hour of two-second segments takes about 100 KB.
pub const MOST_BYTES: usize = 512 * 1024;
/// Segments at most.
pub const MOST_SEGMENTS: usize = 4096;
/// Variants at most.
pub const MOST_VARIANTS: usize = 32;
/// Bytes of a line at most.
pub const LONGEST_LINE: usize = 4096;
/// Seconds of a segment at most.
pub const LONGEST_SEGMENT: u32 = 60;

/// A playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Playlist {
    /// Of variants
    Master(Master),
    /// Of segments
    Media(Media),
}

/// The same picture in several qualities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Master {
    /// Its variants, as they stand
    pub variants: Vec<Variant>,
}

/// One quality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Bits a second
    pub bandwidth: u64,
    /// Width and height
    pub resolution: Option<(u32, u32)>,
    /// Codecs (RFC 6381)
    pub codecs: Option<String>,
    /// Where its playlist is
    pub uri: String,
}

/// Segments in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Version of the format
    pub version: u32,
    /// Seconds of the longest segment, at least 1
    pub target: u32,
    /// Number of the first segment
    pub sequence: u64,
    /// Number of the first discontinuity
    pub discontinuities: u64,
    /// Nothing will follow
    pub ended: bool,
    /// The segments
    pub segments: Vec<Segment>,
    /// Initialisation sections that segments name by their place
    pub maps: Vec<Part>,
    /// Keys that segments name by their place
    pub keys: Vec<Key>,
}

/// A resource or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// Where it is
    pub uri: String,
    /// Its first byte and its length, where it is a part
    pub range: Option<Range>,
}

/// Part of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// First byte
    pub start: u64,
    /// Bytes, at least one
    pub length: u64,
}

/// How segments are encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// AES-128 in whole segments, with a key of 16 bytes from an address
    Aes128 {
        /// Where the key is
        uri: String,
        /// `0x…`, 32 digits
        iv: Option<String>,
    },
    /// Anything else: can't be played here
    Other,
}

/// A piece of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it is
    pub part: Part,
    /// Its length in milliseconds
    pub millis: u32,
    /// Times or formats begin anew
    pub discontinuity: bool,
    /// Named, but not there
    pub gap: bool,
    /// Its initialisation section
    pub map: Option<usize>,
    /// Its key
    pub key: Option<usize>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not UTF-8, or with control characters
    #[error("not text")]
    NotText,
    /// Over [`MOST_BYTES`], [`LONGEST_LINE`], [`MOST_SEGMENTS`] or [`MOST_VARIANTS`]
    #[error("too large")]
    TooLarge,
    /// Does not begin with `#EXTM3U`
    #[error("no playlist")]
    NoHeader,
    /// Neither segments nor variants, or both
    #[error("neither media nor master")]
    Kind,
    /// A line that breaks the format
    #[error("line {line}: {what}")]
    Line {
        /// Which, from 1
        line: usize,
        /// The tag or attribute
        what: &'static str,
    },
}

impl Master {
    /// The variant with the fewest bits, for looking.
    #[must_use]
    pub fn smallest(&self) -> Option<&Variant> {
        self.variants.iter().min_by_key(|variant| variant.bandwidth)
    }
}

impl Media {
    /// Number of the last segment; `None` without one.
    #[must_use]
    pub fn last_sequence(&self) -> Option<u64> {
        let count = u64::try_from(self.segments.len()).ok()?;
        count.checked_sub(1).and_then(|more| self.sequence.checked_add(more))
    }

    /// Whether a later load shows that the stream goes on. Numbers that went back are a gateway that began anew.
    #[must_use]
    pub fn has_advanced_since(&self, before: &Self) -> bool {
        match (self.last_sequence(), before.last_sequence()) {
            (Some(now), Some(then)) => now > then || self.sequence < before.sequence,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// Only the last segments: a player of a live picture starts near the end.
    pub fn keep_last(&mut self, most: usize) {
        let gone = self.segments.len().saturating_sub(most);
        let breaks = self.segments.drain(..gone).filter(|segment| segment.discontinuity).count();
        self.sequence = self.sequence.saturating_add(gone as u64);
        self.discontinuities = self.discontinuities.saturating_add(breaks as u64);
    }
}
