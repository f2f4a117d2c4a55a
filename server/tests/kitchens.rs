//! The engine of bright kitchens against real HLS made by ffmpeg, served from this machine: every state, every attack, and what
//! many cameras and many who watch cost.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "kitchens/attacks.rs"]
mod attacks;
#[path = "kitchens/films.rs"]
mod films;
#[path = "kitchens/http.rs"]
mod http;
#[path = "kitchens/load.rs"]
mod load;
#[path = "kitchens/looks.rs"]
mod looks;
#[path = "kitchens/prober.rs"]
mod prober;
#[path = "kitchens/relay.rs"]
mod relay;
#[path = "kitchens/stage.rs"]
mod stage;
#[path = "kitchens/terminal.rs"]
mod terminal;
#[path = "kitchens/upstream.rs"]
mod upstream;
