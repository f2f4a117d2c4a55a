//! Live pictures (明厨亮灶): addresses that may be asked, playlists, what a picture looks like, hours, and what pages say.
//! Nothing here asks a network, a clock or a disk.

mod address;
mod history;
mod hours;
mod look;
pub mod network;
mod picture;
pub mod playlist;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
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

/// PROVISIONAL: replaced by KIT's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Spans of a week
    pub week: Vec<Span>,
    /// Days off
    pub off: Vec<(NaiveDate, NaiveDate)>,
}

/// PROVISIONAL
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// 0 Monday
    pub day: u8,
    /// Minute of the day
    pub from: u16,
    /// Minute of the day
    pub to: u16,
}

impl Hours {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(&self, at: DateTime<Utc>) -> bool {
        let local = at + TimeDelta::hours(8);
        let (day, minute) = (local.date_naive(), local.hour() * 60 + local.minute());
        let weekday = u8::try_from(day.weekday().num_days_from_monday()).unwrap_or(0);
        !self.off.iter().any(|(from, to)| (*from..=*to).contains(&day))
            && self
                .week
                .iter()
                .any(|one| one.day == weekday && (u32::from(one.from)..u32::from(one.to)).contains(&minute))
    }
}
