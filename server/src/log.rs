//! The log: structured lines on standard error, without personal data.

use std::sync::atomic::{AtomicU32, Ordering};

use tracing_subscriber::EnvFilter;

/// What is told when `PORTAL_LOG` is not set.
const DEFAULT_FILTER: &str = "info,sqlx=warn,tantivy=warn";

/// Starts the log. `PORTAL_LOG` filters it (`debug`, `server=trace`), `PORTAL_LOG_FORMAT=json` makes each line JSON.
pub fn start(default_filter: Option<&str>) {
    let filter = EnvFilter::try_from_env("PORTAL_LOG")
        .unwrap_or_else(|_| EnvFilter::new(default_filter.unwrap_or(DEFAULT_FILTER)));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let as_json = std::env::var("PORTAL_LOG_FORMAT").is_ok_and(|format| format == "json");
    let started = if as_json { lines.json().try_init() } else { lines.with_target(false).try_init() };
    if started.is_err() {
        tracing::debug!("the log runs already");
    }
}

/// A short id by which a reader and the log speak of the same failure.
#[must_use]
pub fn short_id() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{:x}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed) + 1)
}
