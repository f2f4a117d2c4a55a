//! The next year's calendar: loaded by an officer, kept as a file of the data folder, and every open date counted again.

use std::{fs, io::Write, path::Path};

use app::{
    domain::{
        audit::Deed,
        calendar::{CalendarError, Warning, YearFile},
        staff::{Permission, Viewer},
    },
    ports::{CaseError, CaseResult, Detail, PortError},
    text,
};
use serde_json::json;
use uuid::Uuid;

use super::{CaseService, clock_rows, internal, need, of_store};
use crate::{desk::CALENDARS, store::StoredEvent};

/// The event that a calendar moved a date.
pub(super) const RECOUNT: &str = "recount";

/// What a loaded year did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The year
    pub year: i32,
    /// Open cases whose dates moved
    pub moved: usize,
    /// What is odd in the file
    pub warnings: Vec<Warning>,
}

/// Why a year was not loaded. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file
    #[error(transparent)]
    File(#[from] CalendarError),
    /// Not by this person, or the store failed
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl CaseService {
    /// Takes the file of a year (holiday-cn), in place of one that was there. It counts at once, everywhere in this
    /// portal; dates that move are told.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn load_year(&self, by: &Viewer, json: &str) -> Result<Loaded, LoadError> {
        need(by, Permission::LeadCases)?;
        let file = YearFile::parse(json)?;
        let (year, warnings, version) = (file.year(), file.warnings().to_vec(), file.version().to_owned());
        let (folder, text) = (self.house.data.join(CALENDARS), json.to_owned());
        let written = tokio::task::spawn_blocking(move || keep(&folder, year, &text)).await;
        written.map_err(internal).and_then(|kept| kept.map_err(internal)).map_err(CaseError::from)?;
        self.calendar.set(self.calendar.get().with_year(file));
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let did = self.who.did(Deed::CalendarLoad, app::domain::audit::Outcome::Ok).on("calendar", year);
        tx.audit(&did.with(json!({ "version": version })), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        let moved = self.recount().await?;
        Ok(Loaded { year, moved, warnings })
    }

    /// Counts the dates of all running clocks again with the calendar of now. Gives the number of cases in which one
    /// moved; their people are told. What was counted with this calendar already stays as it is.
    ///
    /// # Errors
    /// The store, or a clock that can't be counted; what was done before stays done.
    pub async fn recount(&self) -> CaseResult<usize> {
        let mut moved = 0;
        for id in self.house.db.cases_with_clocks().await.map_err(of_store)? {
            moved += usize::from(self.recount_case(id).await?);
        }
        if moved > 0 {
            self.ring();
        }
        Ok(moved)
    }

    async fn recount_case(&self, id: Uuid) -> CaseResult<bool> {
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let stored = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let dues = self.dues(&stored.case)?;
        let (rows, next_due) = clock_rows(&stored.case, &dues);
        let kept = tx.case_dates(id).await.map_err(of_store)?;
        let is_same = rows.len() == kept.len()
            && rows
                .iter()
                .zip(&kept)
                .all(|(row, old)| row.met_on.is_some() || (row.calendar_version == old.5 && row.due_on == old.1));
        if is_same {
            return Ok(false);
        }
        let mut has_moved = false;
        for ((row, old), due) in rows.iter().zip(&kept).zip(&dues) {
            // of what is done nobody waits any more
            if row.met_on.is_some() || row.due_on == old.1 {
                continue;
            }
            has_moved = true;
            let before = text::day(old.1);
            let event = StoredEvent {
                id: self.house.ids.next(now),
                seq: 0,
                act: RECOUNT.into(),
                actor: "clock".into(),
                officer_id: None,
                detail: Detail {
                    code: row.step.into(),
                    time: format!("{}/{}", old.1, row.due_on),
                    ..Detail::default()
                },
                said: None,
                at: now,
            };
            tx.add_case_event(id, &event).await.map_err(of_store)?;
            self.leave_moved(&mut tx, &stored, event.id, (&before, due)).await?;
        }
        tx.put_case_clocks(id, &rows).await.map_err(of_store)?;
        tx.set_next_due(id, next_due).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(has_moved)
    }
}

/// Written beside, then renamed: a crash leaves the old year or the new one.
fn keep(folder: &Path, year: i32, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!("{year}.json.part"));
    let mut file = fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(format!("{year}.json")))?;
    fs::File::open(folder)?.sync_all()
}
