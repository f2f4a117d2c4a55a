//! Every word a reader sees. Plain, short Chinese; one topic a file. Fixed words stand in one catalogue with a field
//! a message, so that a second language is one more value of it that can't miss one; sentences with parts in them are
//! functions.

pub mod api;
mod catalogue;
pub mod cli;
pub mod desk;
pub mod import;
pub mod log;
mod sentences;

pub use catalogue::{Messages, zh};
pub use sentences::*;
