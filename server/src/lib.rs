//! How the portal is stored, sent and served.

pub mod clock;
pub mod config;
pub mod files;
pub mod id;
pub mod import;
pub mod index;
pub mod sampling;
pub mod store;
