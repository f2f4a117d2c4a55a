//! Rounds of votes and surveys. What is sealed is sealed and opened by `server::polls`.

mod link;
mod voice;

use std::collections::BTreeSet;

use app::domain::poll::{self, Content, Kind, Outcome, State};
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

pub use link::PollLinkRow;
pub(crate) use voice::{Taken, Vote};

use super::{Action, Db, Entity, StoreError, Tx, run, with_pool, with_tx};

/// A round as it is stored.
#[derive(Clone, Debug)]
pub struct Poll {
    /// Id
    pub id: Uuid,
    /// State, days, editors
    pub poll: poll::Poll,
    /// 期
    pub issue: Option<u32>,
    /// What it asks
    pub content: Content,
    /// Keys of confirmed marks
    pub confirmed: Vec<String>,
    /// Why it was given back
    pub returned: Option<String>,
    /// Why it was stopped
    pub stopped: Option<String>,
    /// Voices taken
    pub voices: u64,
    /// The result
    pub outcome: Option<Outcome>,
    /// Raised by every write of an officer or the clock
    pub version: i64,
}

/// A new draft.
pub(crate) struct NewPoll<'a> {
    /// Id
    pub id: Uuid,
    /// What it asks
    pub content: &'a Content,
    /// Who wrote it
    pub editors: &'a BTreeSet<Uuid>,
    /// Demonstration content
    pub demo: bool,
}

/// What a step leaves behind.
pub(crate) struct PollStep<'a> {
    /// The next state
    pub next: &'a poll::Poll,
    /// 期
    pub issue: Option<u32>,
    /// What it asks
    pub content: &'a Content,
    /// Keys of confirmed marks
    pub confirmed: &'a [String],
    /// Why it was given back
    pub returned: Option<&'a str>,
    /// Why it was stopped
    pub stopped: Option<&'a str>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    state: String,
    issue: Option<i32>,
    content: String,
    editors: String,
    confirmed: String,
    returned: Option<String>,
    stopped: Option<String>,
    voices: i64,
    outcome: Option<String>,
    version: i64,
}

const SELECT: &str = "SELECT id, kind, state, issue, content, editors, confirmed, returned, stopped, voices, outcome, \
     version FROM poll ";
const BY_ID: &str = concatcp!(SELECT, "WHERE id = $1");
/// More than a bureau has in ten years.
const ALL: &str = concatcp!(SELECT, "ORDER BY created_at DESC, id DESC LIMIT 500");
const PUBLIC: &str = concatcp!(
    SELECT,
    "WHERE state IN ('approved', 'open', 'ended', 'stopped') ORDER BY last_day DESC, id DESC LIMIT 500"
);
const ANY_PUBLIC: &str = "SELECT EXISTS (SELECT 1 FROM poll WHERE state IN ('approved', 'open', 'ended', 'stopped'))";
const DUE: &str = "SELECT id FROM poll WHERE (state = 'approved' AND first_day <= $1) \
     OR (state = 'open' AND last_day < $1) ORDER BY id";
const INSERT: &str = "INSERT INTO poll (id, kind, state, content, first_day, last_day, editors, confirmed, voices, demo, \
     version, created_at, updated_at) VALUES ($1, $2, 'draft', $3, $4, $5, $6, '[]', 0, $7, 1, $8, $8)";
const SAVE: &str = "UPDATE poll SET state = $3, issue = $4, content = $5, first_day = $6, last_day = $7, editors = $8, \
     confirmed = $9, returned = $10, stopped = $11, ended_at = COALESCE(ended_at, $12), version = version + 1, \
     updated_at = $13 WHERE id = $1 AND version = $2";
const SET_OUTCOME: &str = "UPDATE poll SET outcome = $2 WHERE id = $1";
const DROP: &str = "DELETE FROM poll WHERE id = $1 AND version = $2 AND state = 'draft'";
const NEXT_ISSUE: &str = "SELECT COALESCE(MAX(issue), 0) + 1 FROM poll WHERE kind = $1";

impl TryFrom<Row> for Poll {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = |_| StoreError::Value("poll: json");
        let content: Content = serde_json::from_str(&row.content).map_err(bad)?;
        let poll = poll::Poll {
            kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("poll.kind"))?,
            state: State::from_code(&row.state).ok_or(StoreError::Value("poll.state"))?,
            first: content.first,
            last: content.last,
            editors: serde_json::from_str(&row.editors).map_err(bad)?,
        };
        Ok(Self {
            id: row.id,
            poll,
            issue: row.issue.map(u32::try_from).transpose().map_err(|_| StoreError::Value("poll.issue"))?,
            content,
            confirmed: serde_json::from_str(&row.confirmed).map_err(bad)?,
            returned: row.returned,
            stopped: row.stopped,
            voices: u64::try_from(row.voices).map_err(|_| StoreError::Value("poll.voices"))?,
            outcome: row.outcome.as_deref().map(serde_json::from_str).transpose().map_err(bad)?,
            version: row.version,
        })
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Value("poll: json"))
}

impl Db {
    /// One round.
    pub async fn poll(&self, id: Uuid) -> Result<Option<Poll>, StoreError> {
        let row: Option<Row> = with_pool!(self, |pool| sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?;
        row.map(Poll::try_from).transpose()
    }

    /// All of them, or those that everybody sees.
    pub(crate) async fn polls(&self, only_public: bool) -> Result<Vec<Poll>, StoreError> {
        let sql = if only_public { PUBLIC } else { ALL };
        let rows: Vec<Row> = with_pool!(self, |pool| sqlx::query_as(sql).fetch_all(pool).await)?;
        rows.into_iter().map(Poll::try_from).collect()
    }

    /// Whether there is one that everybody sees.
    pub(crate) async fn has_polls(&self) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(ANY_PUBLIC).fetch_one(pool).await)?)
    }

    /// Those whose first day has come, or whose last day is over.
    pub(crate) async fn polls_due(&self, today: NaiveDate) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(DUE).bind(today).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// One round, as this transaction sees it.
    pub(crate) async fn poll(&mut self, id: Uuid) -> Result<Option<Poll>, StoreError> {
        let row: Option<Row> = with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?;
        row.map(Poll::try_from).transpose()
    }

    /// Keeps a new draft.
    pub(crate) async fn insert_poll(&mut self, new: &NewPoll<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (content, editors) = (json(new.content)?, json(new.editors)?);
        let Content { kind, first, last, .. } = new.content;
        run!(self, INSERT, new.id, kind.code(), content, *first, *last, editors, new.demo, now)?;
        Ok(())
    }

    /// Keeps a step. Tells whether the version still was the one that was seen.
    pub(crate) async fn save_poll(
        &mut self,
        before: &Poll,
        step: &PollStep<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let issue = step.issue.map(i32::try_from).transpose().map_err(|_| StoreError::Value("poll.issue"))?;
        let ended = matches!(step.next.state, State::Ended | State::Stopped).then_some(now);
        let done = run!(
            self,
            SAVE,
            before.id,
            before.version,
            step.next.state.code(),
            issue,
            json(step.content)?,
            step.content.first,
            step.content.last,
            json(&step.next.editors)?,
            json(&step.confirmed)?,
            step.returned,
            step.stopped,
            ended,
            now
        )?;
        Ok(done == 1)
    }

    /// Keeps the result of a round that has just ended; the database refuses another one.
    pub(crate) async fn set_poll_outcome(&mut self, id: Uuid, outcome: &Outcome) -> Result<(), StoreError> {
        run!(self, SET_OUTCOME, id, json(outcome)?)?;
        Ok(())
    }

    /// Deletes a draft. Tells whether the version still was the one that was seen.
    pub(crate) async fn drop_poll(&mut self, id: Uuid, version: i64) -> Result<bool, StoreError> {
        Ok(run!(self, DROP, id, version)? == 1)
    }

    /// The next 期 of a kind. Two that are approved at once can't have the same: the second is refused by the database.
    pub(crate) async fn next_poll_issue(&mut self, kind: Kind) -> Result<u32, StoreError> {
        let next: i32 =
            with_tx!(self, |conn| sqlx::query_scalar(NEXT_ISSUE).bind(kind.code()).fetch_one(&mut *conn).await)?;
        u32::try_from(next).map_err(|_| StoreError::Value("poll.issue"))
    }

    /// Tells whoever follows that pages of a round look different.
    pub(crate) async fn touch_poll(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.append_changes(&[(Entity::Poll, id, Action::Put)], now).await
    }
}
