//! What bytes are, by their beginning; names and content types of upstreams say nothing.

use app::domain::stream::playlist::Key;

/// Bytes of a packet of a transport stream.
const PACKET: usize = 188;
const SYNC: u8 = 0x47;
/// Bytes that are enough to tell.
pub(super) const ENOUGH: usize = 2 * PACKET + 1;
/// Kinds of the first box of a part of a fragmented film (ISO/IEC 14496-12).
const BOXES: [&[u8; 4]; 8] = [b"ftyp", b"styp", b"moof", b"moov", b"sidx", b"emsg", b"prft", b"mdat"];

/// How a segment is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// MPEG-2 transport stream
    Ts,
    /// Fragmented MP4
    Mp4,
}

impl Container {
    /// Content type for browsers.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Ts => "video/mp2t",
            Self::Mp4 => "video/mp4",
        }
    }

    /// What ffmpeg calls it.
    pub(super) fn demuxer(self) -> &'static str {
        match self {
            Self::Ts => "mpegts",
            Self::Mp4 => "mp4",
        }
    }
}

/// Tells a segment by its beginning; `None` for pages, pictures, texts and everything else.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<Container> {
    let is_sync = |place: usize| bytes.get(place).is_none_or(|byte| *byte == SYNC);
    if bytes.len() >= PACKET && is_sync(0) && is_sync(PACKET) && is_sync(2 * PACKET) {
        return Some(Container::Ts);
    }
    let size = u32::from_be_bytes(*bytes.first_chunk()?);
    let kind = bytes.get(4..8)?;
    (size >= 8 && BOXES.iter().any(|known| known.as_slice() == kind)).then_some(Container::Mp4)
}

/// Whether a key is one that players can be given.
pub(super) fn is_playable(key: Option<&Key>) -> bool {
    !matches!(key, Some(Key::Other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_films_are_films() {
        let mut packets = vec![0; 3 * PACKET];
        for place in 0..3 {
            packets[place * PACKET] = SYNC;
        }
        assert_eq!(sniff(&packets), Some(Container::Ts));
        assert_eq!(sniff(&packets[..PACKET]), Some(Container::Ts));
        packets[PACKET] = 0;
        assert_eq!(sniff(&packets), None);
        assert_eq!(sniff(&packets[..PACKET - 1]), None);
        assert_eq!(sniff(b"\0\0\0\x18ftypiso5"), Some(Container::Mp4));
        for other in [
            &b"<!doctype html><html>"[..],
            b"GGGGGGGGGGGG",
            b"{\"code\":0}",
            b"\x89PNG\r\n\x1a\n",
            b"\0\0\0\0ftyp",
            b"",
            b"\0\0",
        ] {
            assert_eq!(sniff(other), None);
        }
    }
}
