//! Operators: matched by code, name and address, merged and taken apart again, followed by every reader. On both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "operators/desk.rs"]
mod desk;
#[path = "operators/matching.rs"]
mod matching;
#[path = "operators/merge.rs"]
mod merge;
#[path = "operators/page.rs"]
mod page;
#[path = "operators/scene.rs"]
mod scene;
#[expect(dead_code, reason = "shared with the tests of objections")]
#[path = "objections/stage.rs"]
mod stage;
