//! Live pictures of kitchens, factories and warehouses.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PortResult;
use crate::domain::stream::Shown;

/// A public camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CameraLine {
    /// Id
    pub id: Uuid,
    /// Whose it is
    pub operator: Uuid,
    /// 切配, 烹饪 …
    pub position: String,
    /// What it looks like
    pub shown: Shown,
    /// Whether the portal plays it; otherwise it opens elsewhere
    pub plays: bool,
}

/// Reads cameras.
#[async_trait]
pub trait Kitchens: Send + Sync {
    /// Public cameras of operators, in their order.
    async fn cameras_of(&self, operators: &[Uuid]) -> PortResult<Vec<CameraLine>>;
}
