//! What the portal is about, as data that parses and rules that are pure: no IO, no Leptos.

pub mod act;
pub mod arithmetic;
pub mod attachment;
pub mod audit;
pub mod bulletin;
pub mod calendar;
pub mod case;
pub mod case_public;
pub mod clock;
pub mod date;
pub mod district;
pub mod document;
pub mod evidence;
pub mod finding;
pub mod identifier;
pub mod intake;
pub mod mail;
pub mod masking;
pub mod objection;
pub mod operator;
pub mod publication;
pub mod redaction;
pub mod removal;
pub mod sample;
pub mod staff;
pub mod statistics;
