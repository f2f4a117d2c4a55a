//! After the end of a case: survey, mark, reward.

use app::domain::{
    case::Kind,
    reward::{Grant, Level, Reward, State},
    survey::Solved,
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::store::{Db, StoreError, Tx, run, with_pool, with_tx};

const SURVEY: &str = "SELECT solved, said, answered_at, rating, rated_at FROM case_survey WHERE case_id = $1";
const ANSWER: &str = "INSERT INTO case_survey (case_id, solved, said, answered_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (case_id) DO UPDATE SET solved = excluded.solved, said = excluded.said, \
     answered_at = excluded.answered_at";
const RATE: &str = "INSERT INTO case_survey (case_id, rating, rated_at) VALUES ($1, $2, $3) \
     ON CONFLICT (case_id) DO UPDATE SET rating = excluded.rating, rated_at = excluded.rated_at";
const ASK: &str = "INSERT INTO case_survey (case_id, asked_at) VALUES ($1, $2) \
     ON CONFLICT (case_id) DO UPDATE SET asked_at = excluded.asked_at WHERE case_survey.asked_at IS NULL";
/// Who answered already, or wants no news, is not asked; nor who was merged: the other case is.
const DUE: &str = "SELECT f.id, f.number, f.kind, p.id, p.contact FROM case_file f \
     JOIN case_person p ON p.case_id = f.id AND p.role = 'author' \
     LEFT JOIN case_survey s ON s.case_id = f.id \
     WHERE f.closed_on >= $1 AND f.closed_on <= $2 AND f.id > $3 AND f.wants_news AND f.state <> 'merged' \
     AND s.asked_at IS NULL AND s.solved IS NULL ORDER BY f.id LIMIT 500";
const COUNTS: &str = "SELECT f.kind, s.solved, s.rating, COUNT(*) FROM case_survey s JOIN case_file f ON f.id = s.case_id \
     WHERE f.closed_on >= $1 AND f.closed_on <= $2 AND (s.solved IS NOT NULL OR s.rating IS NOT NULL) \
     GROUP BY f.kind, s.solved, s.rating ORDER BY f.kind, s.solved, s.rating";
const REWARD: &str = "SELECT state, level, fine, amount, proposed_by, said, claimed_at, decided_at, version FROM case_reward \
     WHERE case_id = $1";
const CLAIM: &str = "INSERT INTO case_reward (case_id, state, claimed_at, version) VALUES ($1, 'claimed', $2, 1) \
     ON CONFLICT (case_id) DO NOTHING";
const DECIDE: &str = "UPDATE case_reward SET state = $3, level = $4, fine = $5, amount = $6, proposed_by = $7, \
     said = $8, decided_at = $9, version = version + 1 WHERE case_id = $1 AND version = $2";

/// A survey as it is stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct StoredSurvey {
    /// Whether it was solved
    pub solved: Option<Solved>,
    /// Sealed
    pub said: Option<Vec<u8>>,
    /// When
    pub answered_at: Option<DateTime<Utc>>,
    /// Mark
    pub rating: Option<u8>,
    /// When
    pub rated_at: Option<DateTime<Utc>>,
}

/// Who is to be asked.
pub(crate) struct StoredAsked {
    /// The case
    pub case: Uuid,
    /// Its number
    pub number: String,
    /// What it is
    pub kind: Kind,
    /// The author's row
    pub person: Uuid,
    /// Sealed contact
    pub contact: Vec<u8>,
}

/// Answers of one sort, among cases closed in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveyCount {
    /// What they are
    pub kind: Kind,
    /// Whether it was solved; none: not answered
    pub solved: Option<Solved>,
    /// Mark; none: not given
    pub rating: Option<u8>,
    /// How many
    pub count: u64,
}

/// A claim as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredReward {
    /// The rules' view
    pub reward: Reward,
    /// Sealed
    pub said: Option<Vec<u8>>,
    /// When
    pub claimed_at: DateTime<Utc>,
    /// When
    pub decided_at: Option<DateTime<Utc>>,
    /// Raised by every write
    pub version: i64,
}

type SurveyRow = (Option<String>, Option<Vec<u8>>, Option<DateTime<Utc>>, Option<i64>, Option<DateTime<Utc>>);
type CountRow = (String, Option<String>, Option<i64>, i64);
type AskedRow = (Uuid, String, String, Uuid, Vec<u8>);
type RewardRow = (
    String,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Uuid>,
    Option<Vec<u8>>,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    i64,
);

fn solved(code: Option<&str>) -> Result<Option<Solved>, StoreError> {
    code.map(|code| Solved::from_code(code).ok_or(StoreError::Value("case_survey.solved"))).transpose()
}

fn rating(mark: Option<i64>) -> Result<Option<u8>, StoreError> {
    mark.map(|mark| u8::try_from(mark).map_err(|_| StoreError::Value("case_survey.rating"))).transpose()
}

fn kind(code: &str) -> Result<Kind, StoreError> {
    Kind::from_code(code).ok_or(StoreError::Value("case_file.kind"))
}

fn reward(row: RewardRow) -> Result<StoredReward, StoreError> {
    let (state, level, fine, amount, proposed_by, said, claimed_at, decided_at, version) = row;
    let state = State::from_code(&state).ok_or(StoreError::Value("case_reward.state"))?;
    let level = level.map(|code| Level::from_code(&code).ok_or(StoreError::Value("case_reward.level"))).transpose()?;
    let grant = level.zip(amount).map(|(level, amount)| Grant { level, fine: fine.unwrap_or(0), amount });
    Ok(StoredReward { reward: Reward { state, grant, proposed_by }, said, claimed_at, decided_at, version })
}

impl Db {
    /// What was answered about a case.
    pub(crate) async fn case_survey(&self, case: Uuid) -> Result<StoredSurvey, StoreError> {
        let row: Option<SurveyRow> =
            with_pool!(self, |pool| sqlx::query_as(SURVEY).bind(case).fetch_optional(pool).await)?;
        let Some((code, said, answered_at, mark, rated_at)) = row else { return Ok(StoredSurvey::default()) };
        Ok(StoredSurvey { solved: solved(code.as_deref())?, said, answered_at, rating: rating(mark)?, rated_at })
    }

    /// Cases closed from a day to a day whose authors have not been asked, a page of them after one.
    pub(crate) async fn surveys_due(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        after: Uuid,
    ) -> Result<Vec<StoredAsked>, StoreError> {
        let rows: Vec<AskedRow> =
            with_pool!(self, |pool| sqlx::query_as(DUE).bind(from).bind(to).bind(after).fetch_all(pool).await)?;
        let one = |(case, number, code, person, contact): AskedRow| {
            Ok(StoredAsked { case, number, kind: kind(&code)?, person, contact })
        };
        rows.into_iter().map(one).collect()
    }

    /// Answers about cases closed from a day to a day, for statistics: numbers only.
    pub async fn survey_counts(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<SurveyCount>, StoreError> {
        let rows: Vec<CountRow> =
            with_pool!(self, |pool| sqlx::query_as(COUNTS).bind(from).bind(to).fetch_all(pool).await)?;
        let one = |(code, answer, mark, count): CountRow| {
            Ok(SurveyCount {
                kind: kind(&code)?,
                solved: solved(answer.as_deref())?,
                rating: rating(mark)?,
                count: u64::try_from(count).unwrap_or(0),
            })
        };
        rows.into_iter().map(one).collect()
    }

    /// The claim of a report.
    pub(crate) async fn case_reward(&self, case: Uuid) -> Result<Option<StoredReward>, StoreError> {
        let row: Option<RewardRow> =
            with_pool!(self, |pool| sqlx::query_as(REWARD).bind(case).fetch_optional(pool).await)?;
        row.map(reward).transpose()
    }
}

impl Tx {
    /// Keeps whether it was solved.
    pub(crate) async fn answer_survey(
        &mut self,
        case: Uuid,
        solved: Solved,
        said: Option<Vec<u8>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, ANSWER, case, solved.code(), said, now)?;
        Ok(())
    }

    /// Keeps a mark.
    pub(crate) async fn rate_case(&mut self, case: Uuid, mark: u8, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, RATE, case, i64::from(mark), now)?;
        Ok(())
    }

    /// Notes that the author is asked, in the transaction that queues the letter. Tells whether nobody did before.
    pub async fn mark_survey_asked(&mut self, case: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(run!(self, ASK, case, now)? == 1)
    }

    /// The claim of a report, as this transaction sees it.
    pub(crate) async fn case_reward(&mut self, case: Uuid) -> Result<Option<StoredReward>, StoreError> {
        let row: Option<RewardRow> =
            with_tx!(self, |conn| sqlx::query_as(REWARD).bind(case).fetch_optional(&mut *conn).await)?;
        row.map(reward).transpose()
    }

    /// Keeps a claim. Tells whether there was none.
    pub(crate) async fn claim_reward(&mut self, case: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(run!(self, CLAIM, case, now)? == 1)
    }

    /// Keeps what was decided. Tells whether the version still was the one that was seen.
    pub(crate) async fn decide_reward(
        &mut self,
        (case, version): (Uuid, i64),
        reward: &Reward,
        said: Option<Vec<u8>>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let decided = matches!(reward.state, State::Granted | State::Denied).then_some(now);
        let grant = reward.grant;
        let done = run!(
            self,
            DECIDE,
            case,
            version,
            reward.state.code(),
            grant.map(|grant| grant.level.code()),
            grant.map(|grant| grant.fine),
            grant.map(|grant| grant.amount),
            reward.proposed_by,
            said,
            decided
        )?;
        Ok(done == 1)
    }
}
