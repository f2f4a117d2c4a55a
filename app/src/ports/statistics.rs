//! What the public sees of the bureau's work.

use std::sync::Arc;

use async_trait::async_trait;

use super::PortResult;
use crate::domain::statistics::Statistics;

/// Reads.
#[async_trait]
pub trait Figures: Send + Sync {
    /// Complaints and reports of the last full months; counted at most once a minute.
    async fn statistics(&self) -> PortResult<Arc<Statistics>>;
}
