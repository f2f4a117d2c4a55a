//! Nothing is at this address.

use leptos::prelude::*;

use crate::{parts::refused, ports::PortError};

/// The page for unknown addresses.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    refused(&PortError::NotFound)
}
