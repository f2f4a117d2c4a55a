//! All that is sent to a browser. Words come as properties; nothing here waits for data while rendering.

mod auto_submit;
mod draft_keeper;
mod search_box;
mod uploader;
mod verify;

pub use auto_submit::AutoSubmit;
pub use draft_keeper::{DraftKeeper, KeeperWords};
pub use search_box::SearchBox;
pub use uploader::{Uploader, UploaderWords};
pub use verify::{Verify, VerifyWords};
