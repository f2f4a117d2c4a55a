//! Live pictures (明厨亮灶): addresses that may be asked, playlists, what a picture looks like, hours, and what pages say.
//! Nothing here asks a network, a clock or a disk.

mod address;
mod history;
mod hours;
mod look;
pub mod network;
mod picture;
pub mod playlist;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use address::{AddressRefusal, LONGEST_ADDRESS, StreamAddress, StreamKind, is_bad_port};
pub use history::{Average, Day, History, KEPT_DAYS, average};
pub use hours::{Hours, HoursFault, MOST_OFF, MOST_SPANS, Span};
pub use look::{Look, Memory, STALE_SECONDS, shown};
pub use network::{Allowed, Network};
pub use picture::{CELLS, Darkness, HEIGHT, Luma, Sight, WIDTH, sight};

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
