//! Complaints and reports: each method loads, asks the pure state machine, and saves state, event (sealed), clocks,
//! letters and audit entry in one transaction.

mod after;
mod around;
mod calendar;
mod draft;
mod figures;
mod file;
mod follow;
mod group;
mod job;
mod letters;
mod papers;
mod publicity;
mod read;
mod remind;
mod step;
mod takeaway;
mod work;

use std::sync::Arc;

use app::{
    domain::{
        audit::{Deed, Outcome},
        calendar::Calendar,
        case::{Case, Contact, Refusal},
        clock::{ClockError, Due, Settings},
        staff::{Permission, Viewer},
    },
    ports::{CaseError, CaseResult, Dated, PortError, Site},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

pub use after::SurveyDue;
pub use around::CaseDesk;
pub use calendar::{LoadError, Loaded};
pub use figures::CaseFigures;
pub use file::{CaseReceipt, FileError, ReceiptHalf};
pub use follow::Opened;
pub use papers::MadePaper;
pub use publicity::Proposal;
pub use remind::keep_cases;
pub use step::With;
pub(crate) use work::MOST_SAME_UNPROVED;

use self::group::Group;
use crate::{
    auth::{Auth, AuthError, Limits, Who},
    clock::CHINA,
    desk::{Days, Law},
    house::House,
    secret::Place,
    store::{Audit, ClockRow, StoreError},
};

/// New drafts from one address in [`SPAN`]. Behind one address may stand a school, an office, a whole market: the proof
/// of work keeps robots out, this only keeps the disk.
const MOST_DRAFTS: u32 = 3000;
/// Cases without a proof of work from one address in [`SPAN`].
const MOST_UNPROVED: u32 = 6;
/// Wrong numbers or codes from one address in [`SPAN`]. The code has 125 bits: this only keeps the server's time.
const MOST_WRONG: u32 = 20;
/// Acts of citizens from one address in [`SPAN`]: an office that files for many has room.
const MOST_ACTS: u32 = 60;
const SPAN: TimeDelta = TimeDelta::minutes(30);
const TABLE: &str = "case_file";

/// The house of cases. Cloning is cheap.
#[derive(Clone)]
pub struct CaseService {
    house: House,
    /// Which officer calls, for the audit trail; nobody where a citizen does: an address would be personal data
    who: Who,
    /// The bureau whose portal this is
    bureau: Arc<str>,
    /// Where the portal stands, for links in letters
    base_url: Arc<str>,
    calendar: Days,
    settings: Arc<Settings>,
    /// Cases by address: makes proofs of work harder
    filed: Arc<Limits>,
    /// Cases that wait for a commit together
    group: Arc<Group>,
    /// New drafts by address
    pub(crate) drafts: Arc<Limits>,
    /// Cases without a proof of work by address
    pub(crate) unproved: Arc<Limits>,
    wrong: Arc<Limits>,
    /// What citizens do with their cases, by address
    acted: Arc<Limits>,
}

impl CaseService {
    /// Over a house, with the law's data.
    #[must_use]
    pub fn new(house: House, law: &Law, site: &Site) -> Self {
        Self {
            house,
            who: Who::default(),
            bureau: site.bureau.as_str().into(),
            base_url: site.base_url.as_str().into(),
            calendar: law.calendar.clone(),
            settings: Arc::new(law.settings.clone()),
            filed: Arc::new(Limits::new(u32::MAX, SPAN)),
            group: Arc::default(),
            drafts: Arc::new(Limits::new(MOST_DRAFTS, SPAN)),
            unproved: Arc::new(Limits::new(MOST_UNPROVED, SPAN)),
            wrong: Arc::new(Limits::new(MOST_WRONG, SPAN)),
            acted: Arc::new(Limits::new(MOST_ACTS, SPAN)),
        }
    }

    /// As one officer uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    /// The calendar that clocks count by now.
    #[must_use]
    pub fn calendar(&self) -> Arc<Calendar> {
        self.calendar.get()
    }

    fn auth(&self) -> &Auth {
        &self.house.auth
    }

    fn today(&self) -> NaiveDate {
        self.house.clock.today()
    }

    fn did(&self, deed: Deed, id: Uuid) -> Audit {
        self.who.did(deed, Outcome::Ok).on(TABLE, id)
    }

    fn seal(&self, table: &str, column: &str, id: Uuid, plain: &str) -> Result<Vec<u8>, PortError> {
        let place = Place { table, column, id };
        self.auth().secrets.seal(place, plain.as_bytes()).map_err(internal)
    }

    fn unseal(&self, table: &str, column: &str, id: Uuid, sealed: &[u8]) -> Result<String, PortError> {
        let opened = self.auth().secrets.open_sealed(Place { table, column, id }, sealed).map_err(internal)?;
        String::from_utf8(opened).map_err(internal)
    }

    fn seal_json<T: serde::Serialize>(
        &self,
        table: &str,
        column: &str,
        id: Uuid,
        value: &T,
    ) -> Result<Vec<u8>, PortError> {
        self.seal(table, column, id, &serde_json::to_string(value).map_err(internal)?)
    }

    fn unseal_json<T: serde::de::DeserializeOwned>(
        &self,
        table: &str,
        column: &str,
        id: Uuid,
        sealed: &[u8],
    ) -> Result<T, PortError> {
        serde_json::from_str(&self.unseal(table, column, id, sealed)?).map_err(internal)
    }

    fn contact(&self, person: Uuid, sealed: &[u8]) -> Result<Contact, PortError> {
        self.unseal_json("case_person", "contact", person, sealed)
    }

    /// The date of each clock.
    fn dues(&self, case: &Case) -> Result<Vec<Due>, ClockError> {
        let calendar = self.calendar();
        case.clocks.iter().map(|clock| clock.term.due(&calendar, &self.settings)).collect()
    }

    fn dated(&self, case: &Case) -> Result<Vec<Dated>, ClockError> {
        let today = self.today();
        let dues = self.dues(case)?.into_iter();
        let dated = case.clocks.iter().zip(dues).map(|(clock, due)| Dated {
            left: clock.met_on.is_none().then(|| (due.on - today).num_days()),
            clock: clock.clone(),
            due,
        });
        Ok(dated.collect())
    }
}

/// Rows of clocks, and the first date that runs.
fn clock_rows(case: &Case, dues: &[Due]) -> (Vec<ClockRow>, Option<NaiveDate>) {
    let row = |(clock, due): (&app::domain::case::Clock, &Due)| ClockRow {
        step: due.step.code(),
        due_on: due.on,
        internal_on: due.internal_on,
        act_by: due.act_by,
        estimated: due.estimated,
        calendar_version: due.calendar_version.clone(),
        met_on: clock.met_on,
    };
    let rows: Vec<ClockRow> = case.clocks.iter().zip(dues).map(row).collect();
    let next = rows.iter().filter(|row| row.met_on.is_none()).map(|row| row.internal_on).min();
    (rows, next)
}

fn need(by: &Viewer, permission: Permission) -> CaseResult<()> {
    if by.may(permission) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&CHINA).date_naive()
}

fn internal(error: impl std::fmt::Display) -> PortError {
    PortError::Internal(error.to_string())
}

fn of_store(error: StoreError) -> CaseError {
    PortError::from(error).into()
}

fn of_auth(error: AuthError) -> PortError {
    match error {
        AuthError::Store(error) => error.into(),
        AuthError::Busy => PortError::Unavailable(error.to_string()),
        other => PortError::Internal(other.to_string()),
    }
}
