//! What pages share.

mod desk_frame;
mod frame;
mod lists;
mod request;
mod revisions;
mod sample_table;
mod seo;
mod tally;

pub use desk_frame::{DESK_PARTS, DeskFrame, desk_refused};
pub use frame::{Crumb, Frame};
pub use lists::{BulletinList, Pager};
pub use request::{Request, portal, refused};
pub use revisions::PublicRecord;
pub use sample_table::SampleTable;
pub use seo::{Description, JsonLd};
pub use tally::{Tallies, VerdictMark};
