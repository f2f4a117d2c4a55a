//! Reasons of a look, for people. No address is in them.

use app::text::kitchen as say;

use super::Why;
use crate::kitchens::{EyeFault, FetchFault, Refusal};

impl Why {
    /// One sentence.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Fetch(fault) => fetch(fault),
            Self::Playlist(fault) => format!("{}（{fault}）", say::NO_PLAYLIST),
            Self::NotHls => say::NOT_HLS.into(),
            Self::Empty => say::NO_SEGMENT.into(),
            Self::Ended => say::ENDED.into(),
            Self::NotAdvancing => say::NOT_ADVANCING.into(),
            Self::NotFilm => say::NOT_FILM.into(),
            Self::Encrypted => say::CANT_SEE_ENCRYPTED.into(),
            Self::Eye(EyeFault::Missing) => say::NO_FFMPEG.into(),
            Self::Eye(EyeFault::Nothing) => say::UNDECODABLE.into(),
            Self::Eye(EyeFault::Failed | EyeFault::Slow) => say::EYE_FAILED.into(),
            Self::Dark(darkness) => say::darkness(darkness).into(),
        }
    }
}

fn fetch(fault: FetchFault) -> String {
    match fault {
        FetchFault::Refused(Refusal::Network(network)) => format!("{}{}", say::network(network), say::ALLOW),
        FetchFault::Refused(Refusal::Address(refusal)) => say::address(refusal),
        FetchFault::Refused(Refusal::Redirects) => say::REDIRECTS.into(),
        FetchFault::NoHost => say::NO_HOST.into(),
        FetchFault::Connect | FetchFault::Tls => say::NO_CONNECTION.into(),
        FetchFault::Slow(_) => say::SLOW.into(),
        FetchFault::Status(status) => say::status(status),
        FetchFault::TooLarge => say::TOO_LARGE.into(),
        FetchFault::Cut => say::CUT.into(),
        FetchFault::Encoded | FetchFault::Protocol => say::NOT_HTTP.into(),
    }
}
