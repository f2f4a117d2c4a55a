//! Votes and surveys: from the draft to the linked result, on both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "polls/desk.rs"]
mod desk;
#[path = "polls/round.rs"]
mod round;
#[path = "polls/stage.rs"]
mod stage;
#[path = "polls/voices.rs"]
mod voices;
