//! Live pictures of kitchens, workshops and warehouses: what the public reads, and what the desk does with cameras.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{PortError, PortResult};
use crate::domain::{
    camera::{Position, Refusal, Setting, Way},
    staff::Viewer,
    stream::{Hours, Shown},
};

/// A public camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CameraLine {
    /// Id
    pub id: Uuid,
    /// Whose it is; of merged operators the one that stayed
    pub operator: Uuid,
    /// 切配, 烹饪 …, as it is called
    pub position: String,
    /// What it looks like
    pub shown: Shown,
    /// Whether the portal plays it; otherwise it opens elsewhere
    pub plays: bool,
}

/// Seconds of declared hours that were looked at, and those of them with a live picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uptime {
    /// With a live picture
    pub live: u64,
    /// Looked at
    pub expected: u64,
}

impl Uptime {
    /// The sum.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { live: self.live + other.live, expected: self.expected + other.expected }
    }
}

/// A day of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameraDay {
    /// Which
    pub day: NaiveDate,
    /// How it went
    pub uptime: Uptime,
}

/// What the public reads of one camera.
#[derive(Clone, Debug)]
pub struct Camera {
    /// In short
    pub line: CameraLine,
    /// Where it stands
    pub position: Position,
    /// Name among several of one position
    pub label: Option<String>,
    /// What the picture shows, where somebody wrote it
    pub described: Option<String>,
    /// How it is seen, and at whose site
    pub way: Way,
    /// At whose site
    pub provider: Option<String>,
    /// Its hours
    pub hours: Hours,
    /// Last day of its repair, and what is said of it
    pub mended: Option<(NaiveDate, Option<String>)>,
    /// Last look of the prober
    pub looked_at: Option<DateTime<Utc>>,
    /// The last 90 days that were looked at, the oldest first
    pub days: Vec<CameraDay>,
    /// The day on which this was read
    pub today: NaiveDate,
    /// A generated picture
    pub demo: bool,
}

/// A place in the list.
#[derive(Clone, Debug)]
pub struct KitchenLine {
    /// The operator
    pub operator: Uuid,
    /// Its name
    pub name: String,
    /// Its address
    pub address: Option<String>,
    /// Its district
    pub district: Option<String>,
    /// What it shows itself as
    pub settings: Vec<Setting>,
    /// Its cameras in their order
    pub cameras: Vec<CameraLine>,
    /// Of the last 90 days
    pub uptime: Uptime,
}

impl KitchenLine {
    /// Cameras with a live picture.
    #[must_use]
    pub fn live(&self) -> usize {
        self.cameras.iter().filter(|camera| camera.shown == Shown::Live).count()
    }

    /// Cameras that should show one now. Of those that open elsewhere the portal knows nothing.
    #[must_use]
    pub fn in_hours(&self) -> usize {
        let is_due =
            |camera: &&CameraLine| camera.plays && !matches!(camera.shown, Shown::OutOfHours | Shown::Maintenance);
        self.cameras.iter().filter(is_due).count()
    }
}

/// Average of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictUptime {
    /// Which; none for all together
    pub district: Option<String>,
    /// Its cameras
    pub cameras: usize,
    /// Of the last 90 days
    pub uptime: Uptime,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KitchenSort {
    /// Most live cameras first, then by name
    #[default]
    Live,
    /// By name
    Name,
    /// Highest uptime first
    Uptime,
}

/// Which places to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KitchenQuery {
    /// Of one district
    pub district: Option<String>,
    /// Of one kind
    pub setting: Option<Setting>,
    /// With a live picture now
    pub live: bool,
    /// In which order
    pub sort: KitchenSort,
}

/// Places with public cameras.
#[derive(Clone, Debug)]
pub struct KitchenList {
    /// This page
    pub items: Vec<KitchenLine>,
    /// Opaque; give it back as `after`
    pub next: Option<String>,
    /// All places that match
    pub places: usize,
    /// Their cameras
    pub cameras: usize,
    /// … that should be live now
    pub in_hours: usize,
    /// … that are
    pub live: usize,
    /// All districts with a place, whatever was asked, in order of their names
    pub averages: Vec<DistrictUptime>,
}

/// One place.
#[derive(Clone, Debug)]
pub struct Kitchen {
    /// As in the list
    pub line: KitchenLine,
    /// Its cameras
    pub cameras: Vec<Camera>,
    /// Average of its district, itself included
    pub district: DistrictUptime,
}

/// Another site that a camera leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Whose camera
    pub operator: Uuid,
    /// Its name
    pub name: String,
    /// Whose site
    pub provider: Option<String>,
    /// Its address, http or https
    pub address: String,
}

/// Reads cameras.
#[async_trait]
pub trait Kitchens: Send + Sync {
    /// Public cameras of operators and of those merged into them, in their order.
    async fn cameras_of(&self, operators: &[Uuid]) -> PortResult<Vec<CameraLine>>;
    /// Places with public cameras.
    async fn kitchens(&self, query: &KitchenQuery, after: Option<&str>, limit: usize) -> PortResult<KitchenList>;
    /// One place. Not found where it has no public camera.
    async fn kitchen(&self, operator: Uuid) -> PortResult<Kitchen>;
    /// Where a public camera of way `link` leads.
    async fn leaving(&self, camera: Uuid) -> PortResult<Leaving>;
}

/// A camera as the desk sees it.
#[derive(Clone, Debug)]
pub struct DeskCamera {
    /// As the public would see it
    pub camera: Camera,
    /// Name of its operator
    pub operator_name: String,
    /// Its address without what could open it
    pub masked: String,
    /// A sign tells people of it
    pub told: bool,
    /// The public sees it
    pub public: bool,
    /// Who wrote it last
    pub written_by: Option<String>,
    /// Of the last 90 days
    pub uptime: Uptime,
    /// To be given back with every write
    pub version: i64,
}

/// Which cameras the desk lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameraFilter {
    /// All
    #[default]
    All,
    /// Off, still or dark in their hours
    Troubled,
    /// Not public
    Hidden,
    /// Of way `link`
    Links,
}

/// Why something was not done with a camera. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum CameraError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this person, or not now
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
}

impl From<Refusal> for CameraError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Reads cameras for the desk. What changes them stands in `server::cameras`.
#[async_trait]
pub trait CameraDesk: Send + Sync {
    /// Cameras by the name of their operator.
    async fn desk_cameras(&self, by: &Viewer, filter: CameraFilter) -> Result<Vec<DeskCamera>, CameraError>;
    /// One camera.
    async fn desk_camera(&self, by: &Viewer, id: Uuid) -> Result<DeskCamera, CameraError>;
    /// Name of an operator that is to get a camera.
    async fn operator_name(&self, by: &Viewer, operator: Uuid) -> Result<String, CameraError>;
}
