//! Registers: a file becomes an edition, an edition what the public reads, its end what the public no longer reads.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "registers/crash.rs"]
mod crash;
#[path = "registers/desk.rs"]
mod desk;
#[path = "registers/editions.rs"]
mod editions;
#[path = "registers/lifetimes.rs"]
mod lifetimes;
#[path = "registers/many.rs"]
mod many;
#[path = "registers/program.rs"]
mod program;
#[path = "registers/round_trip.rs"]
mod round_trip;
#[path = "registers/site.rs"]
mod site;
#[path = "registers/stage.rs"]
mod stage;
