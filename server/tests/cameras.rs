//! Cameras: who may write and show them, what never leaves, whom the prober tells, what the public reads. On both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "cameras/desk.rs"]
mod desk;
#[path = "cameras/public.rs"]
mod public;
#[path = "cameras/stage.rs"]
mod stage;
#[path = "cameras/time.rs"]
mod time;
