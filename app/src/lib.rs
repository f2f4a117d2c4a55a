//! What the portal is and what it shows. Compiles twice: for the server (`ssr`) and for the browser (`hydrate`).

// pages are nested types, and an optimised build computes their layouts
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod domain;
#[cfg(feature = "ssr")]
pub mod forms;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod markdown;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod ports;
pub mod proof;
#[cfg(feature = "ssr")]
pub mod text;
pub mod work;

#[cfg(feature = "ssr")]
pub use assets::bootstrap_script;
#[cfg(feature = "ssr")]
pub use pages::{App, shell};

/// Starts the islands in the browser; the bootstrap script calls it before each island's own function.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
