//! Every word a reader sees. Plain, short Chinese; one topic a file. Fixed words stand in one catalogue with a field
//! a message, so that a second language is one more value of it that can't miss one; sentences with parts in them are
//! functions.

pub mod alert;
pub mod api;
pub mod attachment;
pub mod calendar;
pub mod camera;
pub mod case;
pub mod casefile;
mod catalogue;
pub mod cli;
pub mod clock;
pub mod desk;
pub mod document;
pub mod editing;
pub mod evidence;
pub mod follow;
pub mod handling;
pub mod import;
pub mod intake;
pub mod kitchen;
pub mod letter;
pub mod log;
pub mod objection;
pub mod operator;
pub mod place;
pub mod poll;
mod publication;
pub mod redaction;
pub mod register;
pub mod registers;
pub mod removal;
mod sentences;
pub mod statistics;

pub use catalogue::{Messages, zh};
pub use publication::*;
pub use sentences::*;
