//! What the public reads.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use app::{
    domain::camera::{Setting, Way},
    ports::{
        CameraLine, DistrictUptime, Kitchen, KitchenLine, KitchenList, KitchenQuery, KitchenSort, Kitchens, Leaving,
        PortError, PortResult, Uptime,
    },
};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{CameraService, camera, first_day, line};
use crate::store::StoredCamera;

/// For how long the list of places is given again without asking the database. States are computed anew each time.
const KEPT: TimeDelta = TimeDelta::seconds(10);

/// All public cameras as they were at a time.
#[derive(Clone)]
pub(super) struct Snapshot {
    at: DateTime<Utc>,
    cameras: Arc<[StoredCamera]>,
    uptimes: Arc<HashMap<Uuid, Uptime>>,
}

impl CameraService {
    /// All public cameras; whoever comes while they are read waits for the same.
    async fn snapshot(&self) -> PortResult<Snapshot> {
        let now = self.now();
        let mut kept = self.kept.lock().await;
        if let Some(snapshot) = kept.as_ref().filter(|one| (TimeDelta::zero()..KEPT).contains(&(now - one.at))) {
            return Ok(snapshot.clone());
        }
        let snapshot = Snapshot {
            at: now,
            cameras: self.house.db.public_cameras().await?.into(),
            uptimes: Arc::new(self.house.db.camera_uptimes(first_day(now)).await?),
        };
        *kept = Some(snapshot.clone());
        Ok(snapshot)
    }
}

impl Snapshot {
    fn uptime(&self, camera: &StoredCamera) -> Uptime {
        self.uptimes.get(&camera.id).copied().unwrap_or_default()
    }

    /// Places with their cameras, in the order of the cameras.
    fn places(&self, now: DateTime<Utc>) -> Vec<KitchenLine> {
        let mut places: Vec<KitchenLine> = Vec::new();
        for camera in &*self.cameras {
            let is_next = places.last().is_none_or(|last| last.operator != camera.operator);
            if is_next {
                places.push(KitchenLine {
                    operator: camera.operator,
                    name: camera.operator_name.clone(),
                    address: camera.operator_address.clone(),
                    district: camera.district.clone(),
                    settings: Vec::new(),
                    cameras: Vec::new(),
                    uptime: Uptime::default(),
                });
            }
            let Some(place) = places.last_mut() else { continue };
            let setting = camera.place.position.setting();
            if !place.settings.contains(&setting) {
                place.settings.push(setting);
            }
            place.cameras.push(line(camera, now));
            place.uptime = place.uptime.and(self.uptime(camera));
        }
        places
    }

    /// The average of a district, or of all: seconds of all its cameras together. Links are not looked at.
    fn average(&self, district: Option<&str>, all: bool) -> DistrictUptime {
        let own = |camera: &&StoredCamera| all || camera.district.as_deref() == district;
        let cameras = self.cameras.iter().filter(own).filter(|camera| camera.place.way == Way::Hls);
        let (mut count, mut uptime) = (0, Uptime::default());
        for camera in cameras {
            count += 1;
            uptime = uptime.and(self.uptime(camera));
        }
        DistrictUptime { district: district.map(str::to_owned), cameras: count, uptime }
    }

    fn averages(&self) -> Vec<DistrictUptime> {
        let names: BTreeSet<&str> = self.cameras.iter().filter_map(|camera| camera.district.as_deref()).collect();
        std::iter::once(self.average(None, true))
            .chain(names.into_iter().map(|name| self.average(Some(name), false)))
            .collect()
    }
}

fn matches(query: &KitchenQuery, place: &KitchenLine) -> bool {
    let is_there = query.district.as_deref().is_none_or(|name| place.district.as_deref() == Some(name));
    let is_kind = query.setting.is_none_or(|setting: Setting| place.settings.contains(&setting));
    is_there && is_kind && (!query.live || place.live() > 0)
}

fn sort(places: &mut [KitchenLine], by: KitchenSort) {
    // the names' order stays within what is alike
    match by {
        KitchenSort::Name => {}
        KitchenSort::Live => places.sort_by_key(|place| std::cmp::Reverse(place.live())),
        KitchenSort::Uptime => places.sort_by_key(|place| std::cmp::Reverse(share(place.uptime))),
    }
}

/// Uptime in millionths; what was never looked at comes last.
fn share(uptime: Uptime) -> Option<u64> {
    (uptime.live.min(uptime.expected) * 1_000_000).checked_div(uptime.expected)
}

#[async_trait]
impl Kitchens for CameraService {
    async fn cameras_of(&self, operators: &[Uuid]) -> PortResult<Vec<CameraLine>> {
        let now = self.now();
        let stored = self.house.db.cameras_of(operators).await?;
        Ok(stored.iter().map(|camera| line(camera, now)).collect())
    }

    async fn kitchens(&self, query: &KitchenQuery, after: Option<&str>, limit: usize) -> PortResult<KitchenList> {
        let skip: usize = after.map_or(Ok(0), str::parse).map_err(|_| PortError::Invalid("after"))?;
        let snapshot = self.snapshot().await?;
        let mut places = snapshot.places(self.now());
        places.retain(|place| matches(query, place));
        sort(&mut places, query.sort);
        let (mut cameras, mut in_hours, mut live) = (0, 0, 0);
        for place in &places {
            cameras += place.cameras.len();
            in_hours += place.in_hours();
            live += place.live();
        }
        let count = places.len();
        let end = skip.saturating_add(limit);
        Ok(KitchenList {
            items: places.into_iter().skip(skip).take(limit).collect(),
            next: (end < count).then(|| end.to_string()),
            places: count,
            cameras,
            in_hours,
            live,
            averages: snapshot.averages(),
        })
    }

    async fn kitchen(&self, operator: Uuid) -> PortResult<Kitchen> {
        let now = self.now();
        let snapshot = self.snapshot().await?;
        // an old address, printed on a wall, leads to what the operator was merged into
        let operator = self.house.db.kept_operator(operator).await?.unwrap_or(operator);
        let line = snapshot.places(now).into_iter().find(|place| place.operator == operator);
        let line = line.ok_or(PortError::NotFound)?;
        let ids: Vec<Uuid> = line.cameras.iter().map(|camera| camera.id).collect();
        let mut days = self.house.db.camera_days(&ids, first_day(now)).await?;
        let own = snapshot.cameras.iter().filter(|stored| stored.operator == operator);
        let cameras =
            own.map(|stored| camera(stored, days.remove(&stored.id).unwrap_or_default(), now)).collect::<Vec<_>>();
        let district = snapshot.average(line.district.as_deref(), line.district.is_none());
        Ok(Kitchen { line, cameras, district })
    }

    async fn leaving(&self, camera: Uuid) -> PortResult<Leaving> {
        let stored = self.house.db.camera(camera).await?.ok_or(PortError::NotFound)?;
        if !stored.standing.public || stored.place.way != Way::Link {
            return Err(PortError::NotFound);
        }
        Ok(Leaving {
            operator: stored.operator,
            name: stored.operator_name.clone(),
            provider: stored.place.provider.clone(),
            address: self.address(stored.id, &stored.address_sealed)?,
        })
    }
}
