//! What pages share.

mod camera_mark;
mod desk_frame;
mod document;
mod entries;
mod follow_links;
mod frame;
mod lists;
mod mark_list;
mod notices;
mod poll_causes;
mod replies;
mod request;
mod revisions;
mod sample_table;
mod seo;
mod tally;
mod years;

pub use camera_mark::CameraMark;
pub use desk_frame::{DESK_PARTS, DeskFrame, desk_refused};
pub use document::document;
pub use entries::{ChangedEntries, EntryTable, cell_text};
pub use follow_links::FollowLinks;
pub use frame::{Crumb, Frame};
pub use lists::{BulletinList, Pager};
pub use mark_list::MarkList;
pub use notices::{Answered, Asked, CheckForm, NoticeList};
pub use poll_causes::PollCauses;
pub use replies::{ObjectionLink, Replies};
pub use request::{Request, answer_with, portal, refused};
pub use revisions::PublicRecord;
pub use sample_table::SampleTable;
pub(crate) use seo::escaped;
pub use seo::{Description, JsonLd, PrivateHead, into_head};
pub use tally::{Tallies, VerdictMark};
pub use years::Years;
