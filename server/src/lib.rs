//! How the portal is stored, sent and served.

pub mod clock;
pub mod id;
pub mod store;
