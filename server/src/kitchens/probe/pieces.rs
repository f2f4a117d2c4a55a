//! The pieces of film that a look takes: the beginning of the first and of the last segment of a playlist.

use app::domain::stream::{
    StreamAddress,
    playlist::{Media, Part, Segment},
};

use super::{Looking, Why};
use crate::kitchens::{Container, FetchFault, Refusal, relay::MOST_SEGMENT_BYTES, sniff};

/// Bytes of a segment that are read: its first key frame is among them (one of 4K takes about 1 MB).
const PIECE: usize = 2 << 20;

/// Pieces of one stream.
pub(super) struct Film {
    pub container: Container,
    pub pieces: Vec<Vec<u8>>,
}

impl Looking<'_> {
    pub(super) async fn film(&mut self, address: &StreamAddress, media: &Media) -> Result<Film, Why> {
        let last = media.segments.iter().rfind(|segment| !segment.gap).ok_or(Why::Empty)?;
        if last.key.is_some() {
            return Err(Why::Encrypted);
        }
        // behind the last discontinuity: before it, the film may be another
        let start = media.segments.iter().rposition(|segment| segment.discontinuity).unwrap_or(0);
        let is_same = |segment: &&Segment| !segment.gap && segment.key.is_none() && segment.map == last.map;
        let older = media.segments[start..].iter().find(is_same).filter(|older| *older != last);
        let mut pieces = Vec::with_capacity(3);
        if let Some(map) = last.map.and_then(|map| media.maps.get(map)) {
            pieces.push(self.piece(address, map).await?);
        }
        // the oldest one may be gone already: then the last one alone must do
        if let Some(older) = older
            && let Ok(piece) = self.piece(address, &older.part).await
            && sniff(&piece).is_some()
        {
            pieces.push(piece);
        }
        let piece = self.piece(address, &last.part).await?;
        let container = sniff(&piece).ok_or(Why::NotFilm)?;
        pieces.push(piece);
        Ok(Film { container, pieces })
    }

    async fn piece(&mut self, base: &StreamAddress, part: &Part) -> Result<Vec<u8>, Why> {
        let address = StreamAddress::join(base.url(), &part.uri);
        let address = address.map_err(|refusal| Why::Fetch(FetchFault::Refused(Refusal::Address(refusal))))?;
        let (_, bytes) = self.get(&address, part.range, MOST_SEGMENT_BYTES, Some(PIECE)).await.map_err(Why::Fetch)?;
        Ok(bytes)
    }
}
