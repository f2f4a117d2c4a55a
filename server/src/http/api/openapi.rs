//! The API's description (OpenAPI 3.1), generated from its handlers.

use utoipa::OpenApi;

use super::{notices, places, publications, registers, search, statistics};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Food-safety transparency portal: read API",
        description = "Everything that the public pages show. Lists are read page by page: give `next` back as `after`. \
                       Failures are problem details (RFC 9457)."
    ),
    servers((url = "/api/v1")),
    paths(
        search::search,
        search::suggest,
        places::places,
        places::points,
        places::districts,
        publications::bulletins,
        publications::bulletin,
        publications::bulletin_samples,
        publications::samples,
        publications::sample,
        publications::operators,
        publications::operator,
        publications::operator_samples,
        notices::publications,
        notices::publication,
        notices::check,
        registers::registers,
        registers::register,
        registers::entries,
        registers::entry,
        statistics::statistics,
        statistics::csv,
    )
)]
struct Api;

/// The description.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
