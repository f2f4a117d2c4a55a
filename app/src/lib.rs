//! What the portal is and what it shows. Compiles twice: for the server (`ssr`) and for the browser (`hydrate`).

#[cfg(feature = "ssr")]
pub mod domain;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod text;
