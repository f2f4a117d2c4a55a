//! All that is sent to a browser. Words come as properties; nothing here waits for data while rendering.

mod auto_submit;
mod draft_keeper;
mod number_from_address;
mod proof_of_work;
mod search_box;
mod uploader;
mod verify;
mod watch;

pub use auto_submit::AutoSubmit;
pub use draft_keeper::{DraftKeeper, KeeperWords};
pub use number_from_address::NumberFromAddress;
pub use proof_of_work::ProofOfWork;
pub use search_box::SearchBox;
pub use uploader::{Uploader, UploaderWords};
pub use verify::{Verify, VerifyWords};
pub use watch::Watch;
