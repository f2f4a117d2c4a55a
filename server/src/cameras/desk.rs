//! What officers read and write. Each change is one transaction with its audit entry, which never names an address.

use std::collections::BTreeMap;

use app::{
    domain::{
        audit::Deed,
        camera::{CameraForm, Refusal, Standing},
        staff::{Permission, Viewer},
        stream::Shown,
    },
    ports::{CameraDesk, CameraError, CameraFilter, DeskCamera, PortError, Uptime},
};
use async_trait::async_trait;
use serde_json::json;
use uuid::Uuid;

use super::{CameraService, camera, engine, first_day, of_store, shown};
use crate::store::{NewCamera, StoredCamera};

/// Why what was typed was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The address, with the reason.
    #[error("address refused")]
    Address(engine::AddressFault),
    /// Anything else.
    #[error(transparent)]
    Camera(#[from] CameraError),
}

impl From<PortError> for SaveError {
    fn from(error: PortError) -> Self {
        Self::Camera(error.into())
    }
}

fn need(by: &Viewer, permission: Permission) -> Result<(), CameraError> {
    if by.may(permission) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

impl CameraService {
    /// A new camera, not public.
    ///
    /// # Errors
    /// [`SaveError`].
    pub async fn add(&self, by: &Viewer, operator: Uuid, form: &CameraForm) -> Result<Uuid, SaveError> {
        need(by, Permission::Write)?;
        let address = form.address.as_deref().unwrap_or_default();
        self.check(form.place.way, address).await.map_err(SaveError::Address)?;
        self.house.db.operator_to_show(operator).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let now = self.now();
        let id = self.house.ids.next(now);
        let sealed = self.seal(id, address)?;
        let new = NewCamera {
            id,
            operator,
            place: &form.place,
            address_sealed: &sealed,
            written_by: Some(by.id),
            demo: false,
        };
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.insert_camera(&new, now).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::CameraSave, id).with(json!({ "operator": operator })), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(id)
    }

    /// What was typed of a camera. Another address or position takes it from the public until a second person has looked.
    ///
    /// # Errors
    /// [`SaveError`].
    pub async fn save(&self, by: &Viewer, id: Uuid, version: i64, form: &CameraForm) -> Result<(), SaveError> {
        need(by, Permission::Write)?;
        if let Some(address) = &form.address {
            self.check(form.place.way, address).await.map_err(SaveError::Address)?;
        }
        let now = self.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.camera(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        if before.version != version {
            return Err(CameraError::Conflict.into());
        }
        let old = self.address(id, &before.address_sealed)?;
        let address = form.address.as_deref().unwrap_or(&old);
        engine::read(form.place.way, address).map_err(SaveError::Address)?;
        let is_other = address != old || form.place.way != before.place.way;
        let sees_other = is_other || form.place.shows_other_than(&before.place);
        let after = Standing {
            told: form.place.told,
            public: before.standing.public && !sees_other,
            written_by: if sees_other { Some(by.id) } else { before.standing.written_by },
        };
        let sealed = self.seal(id, address)?;
        if !tx.save_camera(&before, &form.place, &sealed, after, now).await.map_err(of_store)? {
            return Err(CameraError::Conflict.into());
        }
        if is_other {
            tx.forget_camera_state(id).await.map_err(of_store)?;
        }
        if before.standing.public {
            tx.show_operator(before.operator, now).await.map_err(of_store)?;
        }
        let detail = json!({ "address_changed": is_other, "taken_down": before.standing.public && !after.public });
        tx.audit(&self.did(Deed::CameraSave, id).with(detail), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        self.forget().await;
        Ok(())
    }

    /// Makes a camera public: by a second person, and only where a sign tells people of it.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn show(&self, by: &Viewer, id: Uuid, version: i64) -> Result<(), CameraError> {
        self.set_public(id, version, Deed::CameraShow, |standing| standing.may_show(by)).await
    }

    /// Takes a camera from the public, at once.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn hide(&self, by: &Viewer, id: Uuid, version: i64) -> Result<(), CameraError> {
        self.set_public(id, version, Deed::CameraHide, |standing| standing.may_hide(by)).await
    }

    async fn set_public(
        &self,
        id: Uuid,
        version: i64,
        deed: Deed,
        may: impl Fn(&Standing) -> Result<(), Refusal>,
    ) -> Result<(), CameraError> {
        let now = self.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.camera(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        may(&before.standing)?;
        let is_same = before.version == version;
        let public = deed == Deed::CameraShow;
        if !is_same || !tx.set_camera_public(&before, public, now).await.map_err(of_store)? {
            return Err(CameraError::Conflict);
        }
        tx.show_operator(before.operator, now).await.map_err(of_store)?;
        tx.audit(&self.did(deed, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        self.forget().await;
        Ok(())
    }

    /// Deletes a camera that is not public, with its history.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn delete(&self, by: &Viewer, id: Uuid, version: i64) -> Result<(), CameraError> {
        need(by, Permission::Write)?;
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.camera(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        if before.standing.public {
            return Err(Refusal::NotNow.into());
        }
        if before.version != version || !tx.delete_camera(&before).await.map_err(of_store)? {
            return Err(CameraError::Conflict);
        }
        let detail = json!({ "operator": before.operator });
        tx.audit(&self.did(Deed::CameraDelete, id).with(detail), self.now()).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Looks at the picture once, now, whatever its hours. Changes no history.
    ///
    /// # Errors
    /// [`CameraError`].
    pub async fn try_now(&self, by: &Viewer, id: Uuid) -> Result<engine::Tried, CameraError> {
        need(by, Permission::SeeDesk)?;
        let stored = self.house.db.camera(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let address = self.address(id, &stored.address_sealed)?;
        let tried = self.look_once(stored.place.way, &address).await;
        let detail = json!({ "found": tried.code() });
        self.house.db.audit(&self.did(Deed::CameraTry, id).with(detail), self.now()).await.map_err(of_store)?;
        Ok(tried)
    }

    fn desk_line(
        &self,
        stored: &StoredCamera,
        uptime: Uptime,
        names: &BTreeMap<Uuid, String>,
    ) -> Result<DeskCamera, CameraError> {
        Ok(DeskCamera {
            camera: camera(stored, Vec::new(), self.now()),
            operator_name: stored.operator_name.clone(),
            masked: masked(&self.address(stored.id, &stored.address_sealed)?),
            told: stored.standing.told,
            public: stored.standing.public,
            written_by: stored.standing.written_by.and_then(|id| names.get(&id).cloned()),
            uptime,
            version: stored.version,
        })
    }
}

/// Scheme, host and port; what could open the picture stays out.
fn masked(address: &str) -> String {
    let end = address.find("://").map_or(0, |at| at + 3);
    let host = address[end..].split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{}{host}/…", &address[..end])
}

#[async_trait]
impl CameraDesk for CameraService {
    async fn desk_cameras(&self, by: &Viewer, filter: CameraFilter) -> Result<Vec<DeskCamera>, CameraError> {
        need(by, Permission::SeeDesk)?;
        let now = self.now();
        let is_asked = |stored: &StoredCamera| match filter {
            CameraFilter::All => true,
            CameraFilter::Troubled => matches!(shown(stored, now), Shown::Frozen | Shown::Dark | Shown::Offline { .. }),
            CameraFilter::Hidden => !stored.standing.public,
            CameraFilter::Links => stored.place.way == app::domain::camera::Way::Link,
        };
        let stored = self.house.db.all_cameras().await.map_err(of_store)?;
        let uptimes = self.house.db.camera_uptimes(first_day(now)).await.map_err(of_store)?;
        let mut writers: Vec<Uuid> = stored.iter().filter_map(|one| one.standing.written_by).collect();
        writers.sort_unstable();
        writers.dedup();
        let names = self.house.db.staff_names(&writers).await.map_err(of_store)?;
        let line = |one| self.desk_line(one, uptimes.get(&one.id).copied().unwrap_or_default(), &names);
        stored.iter().filter(|one| is_asked(one)).map(line).collect()
    }

    async fn desk_camera(&self, by: &Viewer, id: Uuid) -> Result<DeskCamera, CameraError> {
        need(by, Permission::SeeDesk)?;
        let now = self.now();
        let stored = self.house.db.camera(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let days = self.house.db.camera_days(&[id], first_day(now)).await.map_err(of_store)?;
        let days = days.into_values().next().unwrap_or_default();
        let uptime = days.iter().fold(Uptime::default(), |sum, day| sum.and(day.uptime));
        let names = self.house.db.staff_names(stored.standing.written_by.as_slice()).await.map_err(of_store)?;
        let mut line = self.desk_line(&stored, uptime, &names)?;
        line.camera.days = days;
        Ok(line)
    }

    async fn operator_name(&self, by: &Viewer, operator: Uuid) -> Result<String, CameraError> {
        need(by, Permission::Write)?;
        let found = self.house.db.operator_to_show(operator).await.map_err(of_store)?;
        Ok(found.map(|(_, name)| name).ok_or(PortError::NotFound)?)
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn what_could_open_it_is_masked() {
        for (address, shown) in [
            ("https://gw.example.cn:8443/live/a.m3u8?token=geheim", "https://gw.example.cn:8443/…"),
            ("http://user:geheim@gw.example.cn/a", "http://gw.example.cn/…"),
            ("https://gw.example.cn?token=geheim", "https://gw.example.cn/…"),
            ("https://gw.example.cn#geheim", "https://gw.example.cn/…"),
            ("nonsense", "nonsense/…"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }
}
