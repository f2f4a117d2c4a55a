//! Cameras of kitchens, workshops and warehouses around the engine of `server::kitchens`: who may write them and make them
//! public, what the public reads, what the prober keeps, and whom it tells.

mod demo;
mod desk;
mod engine;
mod keep;
mod read;
mod state;

use std::sync::Arc;

use app::{
    domain::{
        audit::{Deed, Outcome},
        camera::{Position, Way},
        stream::KEPT_DAYS,
    },
    ports::{Camera, CameraDay, CameraError, CameraLine, PortError, Site},
    text::camera as say,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use tokio::sync::Mutex;
use uuid::Uuid;

use state::shown;

pub use demo::save_demo;
pub use desk::SaveError;
pub use engine::{AddressFault, Engine, Tried, WatchError};

pub use keep::keep_cameras;

use crate::{
    auth::Who,
    clock::CHINA,
    house::House,
    secret::Place,
    store::{Audit, StoreError, StoredCamera},
};

const TABLE: &str = "camera";

/// The house of cameras. Cloning is cheap.
#[derive(Clone)]
pub struct CameraService {
    house: House,
    /// Which officer calls, for the audit trail
    who: Who,
    bureau: Arc<str>,
    base_url: Arc<str>,
    engine: Engine,
    /// What the list of places was made of last
    kept: Arc<Mutex<Option<read::Snapshot>>>,
}

impl CameraService {
    /// Over a house.
    #[must_use]
    pub fn new(house: House, site: &Site, engine: Engine) -> Self {
        Self {
            house,
            who: Who::default(),
            bureau: site.bureau.as_str().into(),
            base_url: site.base_url.as_str().into(),
            engine,
            kept: Arc::default(),
        }
    }

    /// As one officer uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    fn now(&self) -> DateTime<Utc> {
        self.house.clock.now()
    }

    fn did(&self, deed: Deed, id: Uuid) -> Audit {
        self.who.did(deed, Outcome::Ok).on(TABLE, id)
    }

    fn seal(&self, id: Uuid, address: &str) -> Result<Vec<u8>, PortError> {
        let sealed = self.house.auth.secrets.seal(place(id), address.as_bytes());
        sealed.map_err(|error| PortError::Internal(error.to_string()))
    }

    /// The address of a camera, for the engine only.
    fn address(&self, id: Uuid, sealed: &[u8]) -> Result<String, PortError> {
        let opened = self.house.auth.secrets.open_sealed(place(id), sealed);
        let opened = opened.map_err(|error| PortError::Internal(error.to_string()))?;
        String::from_utf8(opened).map_err(|_| PortError::Internal("camera: address is not text".into()))
    }

    /// What the list was made of is made anew.
    async fn forget(&self) {
        *self.kept.lock().await = None;
    }
}

fn place(id: Uuid) -> Place<'static> {
    Place { table: TABLE, column: "address", id }
}

fn of_store(error: StoreError) -> CameraError {
    PortError::from(error).into()
}

/// The first day of the history that is shown.
fn first_day(now: DateTime<Utc>) -> NaiveDate {
    let today = now.with_timezone(&CHINA).date_naive();
    today.checked_sub_days(Days::new(KEPT_DAYS - 1)).unwrap_or(today)
}

fn line(stored: &StoredCamera, now: DateTime<Utc>) -> CameraLine {
    CameraLine {
        id: stored.id,
        operator: stored.operator,
        position: name(stored.place.position, stored.place.label.as_deref()),
        shown: shown(stored, now),
        plays: stored.place.way == Way::Hls,
    }
}

fn name(position: Position, label: Option<&str>) -> String {
    say::camera(position, label)
}

fn camera(stored: &StoredCamera, days: Vec<CameraDay>, now: DateTime<Utc>) -> Camera {
    let place = &stored.place;
    Camera {
        line: line(stored, now),
        position: place.position,
        label: place.label.clone(),
        described: place.described.clone(),
        way: place.way,
        provider: place.provider.clone(),
        hours: place.hours.clone(),
        mended: place.mended.clone(),
        looked_at: stored.looked_at,
        days,
        today: now.with_timezone(&CHINA).date_naive(),
        demo: stored.demo,
    }
}
