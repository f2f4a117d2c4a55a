//! The engine of bright kitchens (明厨亮灶): asks streams, relays them to browsers, looks at their pictures. It knows neither
//! SQL nor pages.
//!
//! - [`Guard`] decides which addresses may be asked, after names are resolved; [`Fetcher`] asks exactly those.
//! - [`Relay`] gives short-lived sealed addresses to players and passes on playlists and segments.
//! - [`Eye`] makes a few tiny gray frames of a segment with ffmpeg; [`Probe`] takes one look at a stream; [`Prober`] takes
//!   many, again and again.
//!
//! Nothing of a picture is written to a disk, and nothing but 96 × 54 gray cells of the last look is kept in memory.

mod eye;
mod fetch;
mod guard;
mod media;
mod probe;
mod prober;
mod relay;

pub use eye::{Eye, EyeFault, Limits as EyeLimits};
pub use fetch::{Answer, Ask, Body, FetchFault, Fetcher, Stage, Times};
pub use guard::{Guard, Names, Refusal, SystemNames};
pub use media::{Container, sniff};
pub use probe::{LookResult, Probe, ProbeTimes, Why};
pub use prober::{CameraToProbe, Cameras, INTERVAL, MOST_LOOKS, Prober};
pub use relay::{Counts, MOST_SEGMENT_BYTES, Relay, RelayFault, RelayKey, RelayLimits, Ticket, WATCH_SECONDS};

/// The setting that names hosts which may be asked although they are not public.
pub const ALLOW_SETTING: &str = "PORTAL_STREAM_ALLOW";
