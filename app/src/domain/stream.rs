//! Live pictures (明厨亮灶): what one looks like at the moment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a page says of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Shown {
    /// 直播中
    Live,
    /// 未到时段
    OutOfHours,
    /// 画面静止
    Frozen,
    /// 画面全黑或被遮挡
    Dark,
    /// 检测中
    Checking,
    /// 离线
    Offline {
        /// Since when
        since: DateTime<Utc>,
    },
    /// 检修
    Maintenance,
}
