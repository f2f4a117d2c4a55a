//! What the prober reads and writes: which cameras are due, what a look found, how a day goes.

use app::domain::stream::Hours;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool};

/// A camera that is to be looked at.
#[derive(Clone, Debug)]
pub(crate) struct DueCamera {
    pub id: Uuid,
    pub address_sealed: Vec<u8>,
    pub hours: Hours,
    pub mended_until: Option<NaiveDate>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    address_sealed: Vec<u8>,
    hours: String,
    mended_until: Option<NaiveDate>,
}

/// A look's part of a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayPart {
    pub day: NaiveDate,
    /// Seconds of hours that it speaks for
    pub expected: i64,
    /// … with a live picture
    pub live: i64,
}

/// Demonstrations have no stream; of links only the address is known.
const DUE: &str = "SELECT id, address_sealed, hours, mended_until FROM camera \
     WHERE next_look_at <= $1 AND way = 'hls' AND NOT demo ORDER BY next_look_at LIMIT $2";
const LOOKED: &str = "UPDATE camera SET state = $2, looked_at = $3, next_look_at = $4 WHERE id = $1 AND (looked_at IS NULL OR looked_at <= $3)";
const PUT_OFF: &str = "UPDATE camera SET next_look_at = $2 WHERE id = $1";
const ADD: &str = "INSERT INTO camera_day (camera_id, day, expected, live, looks) VALUES ($1, $2, $3, $4, 1) \
     ON CONFLICT (camera_id, day) DO UPDATE SET expected = camera_day.expected + excluded.expected, \
     live = camera_day.live + excluded.live, looks = camera_day.looks + 1";
const FORGET_DAYS: &str = "DELETE FROM camera_day WHERE day < $1";
/// Of several at once one writes the letter.
const TELL_OFF: &str = "UPDATE camera SET told_off_at = $2 WHERE id = $1 AND told_off_at IS NULL";
const TELL_BACK: &str = "UPDATE camera SET told_off_at = NULL WHERE id = $1 AND told_off_at IS NOT NULL";

impl Db {
    /// Cameras to be looked at by now, the longest due first.
    pub(crate) async fn cameras_due(&self, now: DateTime<Utc>, most: i64) -> Result<Vec<DueCamera>, StoreError> {
        let rows: Vec<Row> = with_pool!(self, |pool| sqlx::query_as(DUE).bind(now).bind(most).fetch_all(pool).await)?;
        let due = |row: Row| {
            Ok(DueCamera {
                hours: serde_json::from_str(&row.hours).map_err(|_| StoreError::Value("camera.hours"))?,
                id: row.id,
                address_sealed: row.address_sealed,
                mended_until: row.mended_until,
            })
        };
        rows.into_iter().map(due).collect()
    }

    /// Looks again at a time, without having looked.
    pub(crate) async fn put_camera_off(&self, id: Uuid, until: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        run!(&mut tx, PUT_OFF, id, until)?;
        tx.commit().await
    }

    /// Forgets days before one.
    pub(crate) async fn forget_camera_days(&self, before: NaiveDate) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let forgotten = run!(&mut tx, FORGET_DAYS, before)?;
        tx.commit().await?;
        Ok(forgotten)
    }
}

impl Tx {
    /// What a look found. An older look than the last one changes nothing.
    pub(crate) async fn note_camera_look(
        &mut self,
        id: Uuid,
        state: &str,
        at: DateTime<Utc>,
        next: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, LOOKED, id, state, at, next)? == 1)
    }

    /// Adds to a day.
    pub(crate) async fn add_camera_day(&mut self, id: Uuid, part: DayPart) -> Result<(), StoreError> {
        run!(self, ADD, id, part.day, part.expected, part.live)?;
        Ok(())
    }

    /// Notes that officers are told that a camera is off; no where they were before.
    pub(crate) async fn note_camera_off(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(run!(self, TELL_OFF, id, now)? == 1)
    }

    /// Notes that they are told that it is back; no where they were not told that it was off.
    pub(crate) async fn note_camera_back(&mut self, id: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, TELL_BACK, id)? == 1)
    }
}
