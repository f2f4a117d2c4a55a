//! Cameras of the demonstration: public at once, never looked at.

use app::ports::PortError;
use uuid::Uuid;

use super::{
    place,
    state::{made_up, written},
};
use crate::{
    demo::DemoCamera,
    house::House,
    store::{DayPart, NewCamera, StoreError},
};

/// In place of an address: no engine takes it.
const NOWHERE: &str = "demo:";

/// Saves one with its state and history.
///
/// # Errors
/// The store.
pub async fn save_demo(house: &House, operator: Uuid, camera: &DemoCamera) -> Result<(), PortError> {
    let now = house.clock.now();
    let id = house.ids.next(now);
    let sealed = house.auth.secrets.seal(place(id), NOWHERE.as_bytes());
    let sealed = sealed.map_err(|error| PortError::Internal(error.to_string()))?;
    let state = written(&made_up(camera.shown, now));
    let new = NewCamera { id, operator, place: &camera.place, address_sealed: &sealed, written_by: None, demo: true };
    let mut tx = house.db.begin().await?;
    tx.insert_camera(&new, now).await?;
    tx.note_camera_look(id, &state, now, now).await?;
    for day in &camera.days {
        let seconds = |seconds| i64::try_from(seconds).map_err(|_| StoreError::Value("camera_day"));
        let part = DayPart { day: day.day, expected: seconds(day.uptime.expected)?, live: seconds(day.uptime.live)? };
        tx.add_camera_day(id, part).await?;
    }
    tx.show_operator(operator, now).await?;
    tx.commit().await?;
    Ok(())
}
