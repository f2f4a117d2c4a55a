//! Alerts on both databases: who is told of what, once each, and never somebody who did not ask.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "alerts/crash.rs"]
mod crash;
#[path = "alerts/feeds.rs"]
mod feeds;
#[path = "alerts/flow.rs"]
mod flow;
#[path = "alerts/mailbox.rs"]
mod mailbox;
#[path = "alerts/many.rs"]
mod many;
#[path = "shared/postgres.rs"]
mod postgres;
#[path = "letters/smtp.rs"]
#[expect(dead_code, reason = "the server of the letters' tests misbehaves where it is told to; here it is not told to")]
mod smtp;
#[path = "alerts/stage.rs"]
mod stage;
#[path = "alerts/telling.rs"]
mod telling;
#[path = "alerts/time.rs"]
mod time;
