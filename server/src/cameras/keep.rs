//! What time does by itself with cameras: looks of the prober, the letter when a picture is off and the one when it is back,
//! the end of old history.

use std::{sync::Arc, time::Duration};

use app::{
    domain::{
        camera::Way,
        mail::Address,
        stream::{Hours, Look, Shown},
    },
    ports::PortError,
    text::camera::letter::{self, About},
};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    CameraService,
    engine::read,
    first_day, name, shown,
    state::{memory, written},
};
use crate::{
    clock::{CHINA, start_of_day},
    kitchens::{CameraToProbe, Cameras, INTERVAL, LookResult, MOST_LOOKS, Prober},
    mail::Letter,
    store::{DayPart, StoredCamera, Tx},
};

/// How far back time within hours is counted.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// Seconds for which one look speaks at most: time in which nobody looked is not counted.
const LONGEST_PART: TimeDelta = TimeDelta::seconds(600);

impl CameraService {
    /// Keeps what a look found, in one transaction: memory, its part of the day, letters. An older look than the last one
    /// changes nothing.
    ///
    /// # Errors
    /// The store.
    pub async fn looked(&self, id: Uuid, look: Look, at: DateTime<Utc>, next: DateTime<Utc>) -> Result<(), PortError> {
        let mut tx = self.house.db.begin().await?;
        let Some(before) = tx.camera(id).await? else { return Ok(()) };
        let was = memory(before.state.as_deref());
        if !tx.note_camera_look(id, &written(&was.after(look, at)), at, next).await? {
            return Ok(());
        }
        let day = at.with_timezone(&CHINA).date_naive();
        let from = before.looked_at.unwrap_or(at).max(at - LONGEST_PART);
        let seconds = i64::from(before.place.hours.seconds_on(from, at));
        let is_mended = before.place.mended.as_ref().is_some_and(|(until, _)| day <= *until);
        if seconds > 0 && !is_mended {
            let live = if look == Look::Live { seconds } else { 0 };
            tx.add_camera_day(id, DayPart { day, expected: seconds, live }).await?;
        }
        let told = self.tell(&mut tx, id, was.since, at).await?;
        tx.commit().await?;
        if told {
            self.house.mail.ring();
        }
        Ok(())
    }

    /// Tells officers of a camera that is off for longer than set within its hours, once, and of its return.
    async fn tell(
        &self,
        tx: &mut Tx,
        id: Uuid,
        was: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<bool, PortError> {
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
                let since = was.unwrap_or(told);
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

/// Minutes of hours between two times, at most of the last week.
fn minutes_on(hours: &Hours, since: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    hours.seconds_on(since.max(now - LONGEST), now) / 60
}

/// How often old history is looked for.
const SWEEP: Duration = Duration::from_hours(1);
/// Cameras without hours to come are thought of again after this.
const LATER: TimeDelta = TimeDelta::days(1);

#[async_trait]
impl Cameras for CameraService {
    async fn due(&self, now: DateTime<Utc>, most: usize) -> Vec<CameraToProbe> {
        match self.due_now(now, most).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "cameras can't be read");
                Vec::new()
            }
        }
    }

    async fn record(&self, camera: Uuid, found: &LookResult, at: DateTime<Utc>, next: DateTime<Utc>) {
        if let Err(error) = self.looked(camera, found.look, at, next).await {
            tracing::error!(%error, %camera, "a look can't be kept");
        }
    }
}

impl CameraService {
    /// Those that are in their hours; all others are put off to the beginning of their next ones.
    async fn due_now(&self, now: DateTime<Utc>, most: usize) -> Result<Vec<CameraToProbe>, PortError> {
        let today = now.with_timezone(&CHINA).date_naive();
        let mut due = Vec::new();
        for camera in self.house.db.cameras_due(now, i64::try_from(most).unwrap_or(i64::MAX)).await? {
            let mended = camera.mended_until.filter(|until| today <= *until);
            let starts = match mended {
                Some(until) => until.succ_opt().map(start_of_day),
                None if camera.hours.is_on(now) => None,
                None => Some(camera.hours.next_on(now).unwrap_or(now + LATER)),
            };
            if let Some(starts) = starts {
                self.house.db.put_camera_off(camera.id, starts).await?;
                continue;
            }
            let plain = self.address(camera.id, &camera.address_sealed)?;
            match read(Way::Hls, &plain) {
                Ok(address) => due.push(CameraToProbe { id: camera.id, address }),
                // saved before a rule was stricter: nothing to be asked
                Err(_) => self.looked(camera.id, Look::Refused, now, now + LATER).await?,
            }
        }
        Ok(due)
    }
}

/// Looks at all cameras at their times and keeps the history within its bounds, until told to stop. Without a camera it only
/// asks the database once a second whether there is one.
pub async fn keep_cameras(cameras: CameraService, mut stop: watch::Receiver<bool>) {
    let own: Arc<dyn Cameras> = Arc::new(cameras.clone());
    let (probe, clock) = (cameras.engine.probe.clone(), cameras.house.clock.clone());
    let looking = tokio::spawn(Prober::new(probe, own, clock, INTERVAL, MOST_LOOKS).run(stop.clone()));
    loop {
        if let Err(error) = cameras.forget_old_days().await {
            tracing::error!(%error, "history of cameras can't be shortened");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    if let Err(error) = looking.await {
        tracing::error!(%error, "the prober broke off");
    }
}
