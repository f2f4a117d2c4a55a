//! Where tests may let the process die: `PORTAL_CRASH_AT=step` ends it there at once, as `kill -9` would. Debug builds only.

/// A step between two durable writes.
pub fn at(step: &str) {
    if cfg!(debug_assertions) && std::env::var("PORTAL_CRASH_AT").is_ok_and(|wanted| wanted == step) {
        std::process::abort();
    }
}
