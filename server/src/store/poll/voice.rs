//! Voices: counted exactly, kept nowhere as a whole. Marks and networks are keyed hashes of a period, gone with it.

use app::domain::poll::{Answers, Content, Counts};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

/// A voice, ready to be counted.
pub(crate) struct Vote<'a> {
    /// The round
    pub poll: Uuid,
    /// Period in which the browser has one voice
    pub period: &'a str,
    /// Keyed hash of the browser
    pub mark: &'a [u8],
    /// The day
    pub day: &'a str,
    /// Keyed hash of the network
    pub network: &'a [u8],
    /// Whether the work was done
    pub proved: bool,
    /// Voices of one network on a day, done with work or without
    pub most: i64,
    /// By question: places of the chosen answers
    pub picks: &'a [Vec<usize>],
    /// Id, question, sealed words
    pub words: &'a [(Uuid, usize, Vec<u8>)],
}

/// Counts a voice, and holds the row until the end of the transaction: so that nobody counts the result meanwhile.
const TAKE: &str =
    "UPDATE poll SET voices = voices + 1 WHERE id = $1 AND state = 'open' AND first_day <= $2 AND last_day >= $2";
const NEW_KEY: &str =
    "INSERT INTO poll_key (poll_id, period, sealed) VALUES ($1, $2, $3) ON CONFLICT (poll_id, period) DO NOTHING";
const KEY: &str = "SELECT sealed FROM poll_key WHERE poll_id = $1 AND period = $2";
const MARK: &str =
    "INSERT INTO poll_mark (poll_id, period, mark) VALUES ($1, $2, $3) ON CONFLICT (poll_id, period, mark) DO NOTHING";
const MARKED: &str = "SELECT EXISTS (SELECT 1 FROM poll_mark WHERE poll_id = $1 AND period = $2 AND mark = $3)";
const PROVED: &str = "INSERT INTO poll_network (poll_id, period, network, proved, unproved) VALUES ($1, $2, $3, 1, 0) \
     ON CONFLICT (poll_id, period, network) DO UPDATE SET proved = poll_network.proved + 1 WHERE poll_network.proved < $4";
const UNPROVED: &str = "INSERT INTO poll_network (poll_id, period, network, proved, unproved) VALUES ($1, $2, $3, 0, 1) \
     ON CONFLICT (poll_id, period, network) DO UPDATE SET unproved = poll_network.unproved + 1 \
     WHERE poll_network.unproved < $4";
const COUNT: &str = "INSERT INTO poll_count (poll_id, question, answer, count) VALUES ($1, $2, $3, 1) \
     ON CONFLICT (poll_id, question, answer) DO UPDATE SET count = poll_count.count + 1";
const COUNTS: &str = "SELECT question, answer, count FROM poll_count WHERE poll_id = $1";
const VOICES: &str = "SELECT voices FROM poll WHERE id = $1";
const WRITE: &str = "INSERT INTO poll_text (id, poll_id, question, text) VALUES ($1, $2, $3, $4)";
const TEXTS: &str = "SELECT id, question, text FROM poll_text WHERE poll_id = $1 ORDER BY question, id LIMIT 5000";
/// Answer that stands for all voices to a question.
const ANSWERED: i32 = -1;
const FORGET_ROUND: [&str; 4] = [
    "DELETE FROM poll_key WHERE poll_id = $1",
    "DELETE FROM poll_mark WHERE poll_id = $1",
    "DELETE FROM poll_network WHERE poll_id = $1",
    "DELETE FROM poll_count WHERE poll_id = $1",
];
/// Days are written so that they sort; `round` comes after all of them.
const FORGET_DAYS: [&str; 3] = [
    "DELETE FROM poll_key WHERE period < $1",
    "DELETE FROM poll_mark WHERE period < $1",
    "DELETE FROM poll_network WHERE period < $1",
];
const FORGET_TEXTS: &str = "DELETE FROM poll_text WHERE poll_id IN (SELECT id FROM poll WHERE ended_at < $1)";

/// What became of a voice. Only of a counted one the transaction may be committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is counted
    Counted,
    /// This browser had its voice
    Before,
    /// This network had all its voices for today
    Full,
}

impl Db {
    /// The sealed key of a period, where there is one.
    pub(crate) async fn poll_key(&self, poll: Uuid, period: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(KEY).bind(poll).bind(period).fetch_optional(pool).await)?)
    }

    /// Whether a browser had its voice.
    pub(crate) async fn is_marked(&self, poll: Uuid, period: &str, mark: &[u8]) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(MARKED)
            .bind(poll)
            .bind(period)
            .bind(mark)
            .fetch_one(pool)
            .await)?)
    }

    /// What was written to a round: id, question, sealed text.
    pub(crate) async fn poll_texts(&self, poll: Uuid) -> Result<Vec<(Uuid, i32, Vec<u8>)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(TEXTS).bind(poll).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Counts one voice more. Tells whether the round is open on that day.
    pub(crate) async fn take_voice(&mut self, poll: Uuid, today: NaiveDate) -> Result<bool, StoreError> {
        Ok(run!(self, TAKE, poll, today)? == 1)
    }

    /// The sealed key of a period: the one that is there, or else this new one.
    pub(crate) async fn poll_key(&mut self, poll: Uuid, period: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        run!(self, NEW_KEY, poll, period, fresh)?;
        Ok(with_tx!(self, |conn| sqlx::query_scalar(KEY).bind(poll).bind(period).fetch_one(&mut *conn).await)?)
    }

    /// Counts what was chosen, once for a browser and within the limit of its network.
    pub(crate) async fn count_voice(&mut self, vote: &Vote<'_>) -> Result<Taken, StoreError> {
        if run!(self, MARK, vote.poll, vote.period, vote.mark)? == 0 {
            return Ok(Taken::Before);
        }
        let sql = if vote.proved { PROVED } else { UNPROVED };
        if run!(self, sql, vote.poll, vote.day, vote.network, vote.most)? == 0 {
            return Ok(Taken::Full);
        }
        for (question, picks) in (0_i32..).zip(vote.picks) {
            if picks.is_empty() {
                continue;
            }
            run!(self, COUNT, vote.poll, question, ANSWERED)?;
            for pick in picks {
                let answer = i32::try_from(*pick).map_err(|_| StoreError::Value("poll_count.answer"))?;
                run!(self, COUNT, vote.poll, question, answer)?;
            }
        }
        for (id, question, sealed) in vote.words {
            let question = i32::try_from(*question).map_err(|_| StoreError::Value("poll_text.question"))?;
            run!(self, WRITE, *id, vote.poll, question, sealed.as_slice())?;
        }
        Ok(Taken::Counted)
    }

    /// Exact counts of a round. No voice is counted any more once its row is written in this transaction.
    pub(crate) async fn poll_counts(&mut self, poll: Uuid, content: &Content) -> Result<Counts, StoreError> {
        let bad = |_| StoreError::Value("poll_count");
        let voices: i64 = with_tx!(self, |conn| sqlx::query_scalar(VOICES).bind(poll).fetch_one(&mut *conn).await)?;
        let rows: Vec<(i32, i32, i64)> =
            with_tx!(self, |conn| sqlx::query_as(COUNTS).bind(poll).fetch_all(&mut *conn).await)?;
        let empty = |answers| Answers { answered: 0, counts: vec![0; answers] };
        let mut questions: Vec<Answers> = content.questions.iter().map(|one| empty(one.way.answers())).collect();
        for (question, answer, count) in rows {
            let count = u64::try_from(count).map_err(|_| StoreError::Value("poll_count.count"))?;
            let question = questions.get_mut(usize::try_from(question).map_err(bad)?);
            let question = question.ok_or(StoreError::Value("poll_count.question"))?;
            if answer == ANSWERED {
                question.answered = count;
            } else {
                let place = question.counts.get_mut(usize::try_from(answer).map_err(bad)?);
                *place.ok_or(StoreError::Value("poll_count.answer"))? = count;
            }
        }
        Ok(Counts { voices: u64::try_from(voices).map_err(bad)?, questions })
    }

    /// Deletes keys, marks, networks and exact counts of a round.
    pub(crate) async fn forget_round(&mut self, poll: Uuid) -> Result<(), StoreError> {
        for sql in FORGET_ROUND {
            run!(self, sql, poll)?;
        }
        Ok(())
    }
}

impl Db {
    /// Deletes keys, marks and networks of days before one.
    pub async fn forget_poll_days(&self, today: NaiveDate) -> Result<u64, StoreError> {
        let (mut tx, mut gone) = (self.begin().await?, 0);
        for sql in FORGET_DAYS {
            gone += run!(&mut tx, sql, today.to_string())?;
        }
        tx.commit().await?;
        Ok(gone)
    }

    /// Deletes suggestions and answers in words of rounds that ended before a time.
    pub async fn forget_poll_texts(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let gone = run!(&mut tx, FORGET_TEXTS, before)?;
        tx.commit().await?;
        Ok(gone)
    }
}
