//! The way from the first tap to the sent complaint or report: steps, which field belongs to which, what is kept
//! between them, and the honest pre-check. Pure.

mod concern;
mod draft;
mod step;

pub use concern::Concern;
pub use draft::{Draft, KEPT_HOURS};
pub use step::{Progress, Step};
