//! The law's clock and calendar, and how long notices stay public.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "law_clock/calendar.rs"]
mod calendar;
#[path = "law_clock/change.rs"]
mod change;
#[path = "law_clock/cli.rs"]
mod cli;
#[path = "law_clock/removal.rs"]
mod removal;
#[path = "law_clock/slow.rs"]
mod slow;
#[path = "law_clock/stops.rs"]
mod stops;
#[path = "law_clock/vectors.rs"]
mod vectors;
