//! A citizen follows their case by number and query code: what they see and do. The slow hash is computed once for each
//! request, whether the number is right or not.

use std::net::IpAddr;

use app::{
    domain::{
        audit::Deed,
        case::{By, Command, Kind, Refusal, State},
        clock::Unit,
        evidence::Side,
        reward, survey,
    },
    ports::{Actor, CaseError, CaseFile, CaseResult, Dated, Followed, Left, Opening, PortError},
};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::{CaseDesk, CaseService, FileError, With, day, internal, of_store};
use crate::{
    auth::Token,
    evidence::{EvidenceFile, Opened as OpenedFile},
    secret::Place,
    store::StoredCase,
};

/// Basket of a case's later files: bound to the case, never in an address.
const BASKET: &str = "basket";

/// A case that number and code opened. Nothing else makes one.
#[derive(Clone, Debug)]
pub struct Opened {
    id: Uuid,
    /// The other half of one submission, which the same code opens
    half: Option<Uuid>,
}

impl Opened {
    /// Id; not for the citizen
    pub(super) fn id(&self) -> Uuid {
        self.id
    }
}

impl CaseService {
    /// Opens a case by number and query code. A wrong number takes the same time as a wrong code.
    ///
    /// # Errors
    /// [`FileError`], never `Step`.
    pub async fn opened(&self, number: &str, code: &str, address: Option<IpAddr>) -> Result<Opened, FileError> {
        let stored = self.open(number, code, address).await?;
        let half = stored.other_half();
        Ok(Opened { id: stored.id, half })
    }

    /// A step by whoever opened it.
    ///
    /// # Errors
    /// [`CaseError`]; nothing has changed then.
    pub async fn follow_act(&self, case: &Opened, version: i64, command: Command, with: With) -> CaseResult<State> {
        self.step(By::Citizen, case.id, version, command, with).await
    }

    /// Whether so many acts came from one address that it has to wait; counts this one.
    #[must_use]
    pub fn is_too_often(&self, address: Option<IpAddr>) -> bool {
        let now = self.house.clock.now();
        if self.acted.is_blocked(address, now) {
            return true;
        }
        self.acted.failed(address, now);
        false
    }

    /// The basket for files that are added to a case. It stands in the case's page only.
    #[must_use]
    pub fn own_basket(&self, case: &Opened) -> Token {
        self.basket_of(case.id)
    }

    pub(super) fn basket_of(&self, id: Uuid) -> Token {
        let place = Place { table: super::TABLE, column: BASKET, id };
        Token::of(self.auth().secrets.keyed_hash(place, id.as_bytes()))
    }

    /// Whether the author of a report wants to be told from now on; who complains is always told.
    ///
    /// # Errors
    /// [`CaseError`].
    pub async fn set_news(&self, case: &Opened, version: i64, wants: bool) -> CaseResult<()> {
        let now = self.house.clock.now();
        if self.stored(case.id).await?.case.kind == Kind::Complaint {
            return Err(Refusal::NotNow.into());
        }
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        if !tx.set_wants_news((case.id, version), wants, now).await.map_err(of_store)? {
            return Err(CaseError::Conflict);
        }
        let did = self.did(Deed::CaseAct, case.id).with(json!({ "act": "news", "code": wants }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Working days after today up to a day.
    fn working_left(&self, to: NaiveDate) -> usize {
        let (calendar, today) = (self.calendar(), self.today());
        today.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.day(*day).is_work()).count()
    }

    fn left(&self, dated: &Dated) -> Left {
        match (dated.left.unwrap_or(0), dated.due.open_pause) {
            (_, Some(_)) => Left::Paused,
            (left, _) if left < 0 => Left::Late(-left),
            (left, _) if dated.due.unit == Unit::Natural => Left::Natural(left),
            (0, _) => Left::Working(0),
            // the last day itself may be none, if it was not rolled
            (_, _) => Left::Working(self.working_left(dated.due.on).max(1)),
        }
    }

    /// Who opened it: the same officer has the same number, and no name.
    async fn openings(&self, id: Uuid) -> CaseResult<Vec<Opening>> {
        let looks = self.house.db.case_looks(id).await.map_err(of_store)?;
        let mut officers: Vec<Uuid> = Vec::new();
        for (officer, ..) in looks.iter().rev() {
            if !officers.contains(officer) {
                officers.push(*officer);
            }
        }
        let number = |officer: &Uuid| officers.iter().position(|one| one == officer).map_or(0, |place| place + 1);
        let opening = |(officer, is_unmasking, at)| Opening { officer: number(&officer), is_unmasking, at };
        Ok(looks.into_iter().map(opening).collect())
    }

    async fn has_mail(&self, stored: &StoredCase) -> CaseResult<bool> {
        for person in self.house.db.case_persons(stored.id).await.map_err(of_store)? {
            if !self.contact(person.id, &person.contact)?.mail.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl CaseDesk {
    /// All that the author sees.
    ///
    /// # Errors
    /// The store.
    pub async fn followed(&self, case: &Opened) -> CaseResult<Followed> {
        let stored = self.cases.stored(case.id).await?;
        let sheet = self.cases.citizens_sheet(&stored).await?;
        let today = self.cases.today();
        let files = self.own_files(case).await?.into_iter().map(as_shown).collect();
        let reward = self.cases.reward_of(stored.id).await?.map(|mut reward| {
            // what is proposed is between officers
            if reward.decided_at.is_none() {
                reward.said = None;
                reward.reward.grant = None;
            }
            reward
        });
        Ok(Followed {
            files,
            looks: self.cases.openings(stored.id).await?,
            left: sheet.line.next_due().map(|dated| self.cases.left(dated)),
            has_mail: self.cases.has_mail(&stored).await?,
            survey: self.cases.survey_of(stored.id).await?,
            is_survey_due: stored.closed_at.is_some_and(|at| survey::is_due(day(at), today)),
            eligibility: reward::eligibility(&stored.case, stored.result.as_deref()),
            reward,
            today,
            sheet,
        })
    }

    /// The files that the author gave, with either half.
    pub(super) async fn own_files(&self, case: &Opened) -> CaseResult<Vec<EvidenceFile>> {
        let mut files = Vec::new();
        for id in [Some(case.id), case.half].into_iter().flatten() {
            files.extend(self.evidence.of_case(id).await.map_err(internal)?);
        }
        files.retain(|file| file.side == Side::Citizen);
        files.sort_by_key(|file| (file.at, file.id));
        Ok(files)
    }

    /// One of the author's own files.
    ///
    /// # Errors
    /// Not theirs, not there.
    pub async fn own_file(&self, case: &Opened, file: Uuid) -> CaseResult<OpenedFile> {
        if !self.own_files(case).await?.iter().any(|own| own.id == file) {
            return Err(PortError::NotFound.into());
        }
        Ok(self.evidence.open(file).await.map_err(internal)?)
    }
}

fn as_shown(file: EvidenceFile) -> CaseFile {
    let EvidenceFile { id, name, kind, bytes, side, at, .. } = file;
    CaseFile { id, name, kind, bytes, side, at }
}

/// Who it was, as the author may know it.
pub(super) fn actor(by: Actor) -> &'static str {
    app::text::follow::actor(by)
}
