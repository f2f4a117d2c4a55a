//! What time does by itself with cameras: looks of the prober, the letter when a picture is off and the one when it is back,
//! the end of old history.

use app::{
    domain::{
        mail::Address,
        stream::{Hours, Shown},
    },
    ports::PortError,
    text::camera::letter::{self, About},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{CameraService, engine, first_day, name, shown};
use crate::{
    clock::CHINA,
    mail::Letter,
    store::{DayPart, StoredCamera, Tx},
};

/// How far back time within hours is counted.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// Seconds for which one look speaks at most: what was not looked at is not counted.
const LONGEST_PART: i64 = 600;

impl CameraService {
    /// Keeps what a look found, in one transaction: state, its part of the day, letters. An older look than the last one
    /// changes nothing.
    ///
    /// # Errors
    /// The store.
    pub async fn looked(
        &self,
        id: Uuid,
        found: Shown,
        at: DateTime<Utc>,
        next: DateTime<Utc>,
    ) -> Result<(), PortError> {
        let mut tx = self.house.db.begin().await?;
        let Some(before) = tx.camera(id).await? else { return Ok(()) };
        let was = engine::seen(before.state.as_deref());
        // an outage goes on from where it began
        let found = match (found, was) {
            (Shown::Offline { .. }, Shown::Offline { since }) => Shown::Offline { since },
            (found, _) => found,
        };
        if !tx.note_camera_look(id, &engine::written(found), at, next).await? {
            return Ok(());
        }
        let since = before.looked_at.unwrap_or(at);
        let seconds = (at - since).num_seconds().clamp(0, LONGEST_PART);
        let is_on = before.place.hours.is_on(at) && shown_but_for_state(&before, at);
        if is_on && seconds > 0 {
            let live = if found == Shown::Live { seconds } else { 0 };
            let day = at.with_timezone(&CHINA).date_naive();
            tx.add_camera_day(id, DayPart { day, expected: seconds, live }).await?;
        }
        let told = self.tell(&mut tx, id, was, at).await?;
        tx.commit().await?;
        if told {
            self.house.mail.ring();
        }
        Ok(())
    }

    /// Tells officers of a camera that is off for longer than set within its hours, once, and of its return.
    async fn tell(&self, tx: &mut Tx, id: Uuid, was: Shown, now: DateTime<Utc>) -> Result<bool, PortError> {
        let most = self.house.kitchens.offline_minutes;
        let Some(stored) = tx.camera(id).await?.filter(|_| most > 0) else { return Ok(false) };
        match (shown(&stored, now), stored.told_off_at) {
            (Shown::Offline { since }, None) if minutes_on(&stored.place.hours, since, now) >= most => {
                if !tx.note_camera_off(id, now).await? {
                    return Ok(false);
                }
                self.write(tx, &stored, since, now, |about| letter::off(about, most), "off").await?;
            }
            (Shown::Live, Some(told)) => {
                if !tx.note_camera_back(id).await? {
                    return Ok(false);
                }
                let since = if let Shown::Offline { since } = was { since } else { told };
                self.write(tx, &stored, since, now, |about| letter::back(about, now), "back").await?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    async fn write(
        &self,
        tx: &mut Tx,
        stored: &StoredCamera,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
        words: impl Fn(&About<'_>) -> app::text::letter::Letter,
        what: &'static str,
    ) -> Result<(), PortError> {
        let page = format!("{}/desk/cameras/{}", self.base_url, stored.id);
        let camera = name(stored.place.position, stored.place.label.as_deref());
        let about = About { place: &stored.operator_name, camera: &camera, since, page: &page, bureau: &self.bureau };
        for (place, to) in self.recipients(stored).await?.into_iter().enumerate() {
            let letter = Letter {
                key: format!("camera/{}/{what}/{}/{place}", stored.id, now.timestamp()),
                kind: "camera",
                to,
                about: Some(stored.id),
                due_at: None,
                content: words(&about),
                unsubscribe: None,
            };
            let left = self.house.mail.enqueue(tx, &letter, now).await;
            left.map_err(|error| PortError::Internal(error.to_string()))?;
        }
        Ok(())
    }

    /// Those of the settings, and who wrote the camera.
    async fn recipients(&self, stored: &StoredCamera) -> Result<Vec<Address>, PortError> {
        let mut all = self.house.kitchens.recipients();
        if let Some(writer) = stored.standing.written_by
            && let Some(own) = self.officer_mail(writer).await?
            && !all.contains(&own)
        {
            all.push(own);
        }
        Ok(all)
    }

    async fn officer_mail(&self, officer: Uuid) -> Result<Option<Address>, PortError> {
        let Some(sealed) = self.house.db.staff_mail(officer).await? else { return Ok(None) };
        let place = crate::secret::Place { table: "staff", column: "mail", id: officer };
        let opened = self.house.auth.secrets.open_sealed(place, &sealed).ok();
        Ok(opened.and_then(|bytes| String::from_utf8(bytes).ok()).and_then(|text| Address::parse(&text).ok()))
    }

    /// Deletes what is older than 90 days.
    ///
    /// # Errors
    /// The store.
    pub async fn forget_old_days(&self) -> Result<u64, PortError> {
        Ok(self.house.db.forget_camera_days(first_day(self.now())).await?)
    }
}

/// Whether it is not being repaired.
fn shown_but_for_state(stored: &StoredCamera, at: DateTime<Utc>) -> bool {
    shown(stored, at) != Shown::Maintenance
}

/// Minutes of hours between two times, at most of the last week.
fn minutes_on(hours: &Hours, since: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let mut at = since.max(now - LONGEST);
    let mut minutes = 0;
    while at + TimeDelta::minutes(1) <= now {
        minutes += u32::from(hours.is_on(at));
        at += TimeDelta::minutes(1);
    }
    minutes
}

/// How often old history is looked for.
const SWEEP: std::time::Duration = std::time::Duration::from_secs(3600);

/// Keeps the history within its bounds, until told to stop.
pub async fn keep_cameras(cameras: CameraService, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        if let Err(error) = cameras.forget_old_days().await {
            tracing::error!(%error, "history of cameras can't be shortened");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
