//! Is the audit trail whole? And taking away what is older than it must be kept.

use app::domain::audit::{Deed, Outcome};
use chrono::{DateTime, Months, Utc};
use serde::Serialize;
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Audit, AuditEntry, chained};
use crate::{
    auth::Who,
    config::LEAST_AUDIT_MONTHS,
    store::{Db, StoreError, hex, with_pool, with_tx},
};

/// Entries read at once.
const BATCH: i64 = 1_000;

/// The newest entry: kept elsewhere, it proves later that nothing up to it was rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditHead {
    /// Its number
    pub place: i64,
    /// Its hash, hexadecimal
    pub hash: String,
}

/// What is wrong with the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum AuditFault {
    /// An entry is missing
    Missing {
        /// Its number
        place: i64,
    },
    /// An entry was changed: its hash doesn't fit
    Changed {
        /// Its number
        place: i64,
    },
    /// A column for looking up says something else than the entry
    Columns {
        /// Its number
        place: i64,
    },
    /// Entries after the newest that the counter knows, or none where it knows some
    Head,
    /// Older entries are gone, and no entry says that they were pruned
    PrunedUnsaid,
    /// The head that was kept elsewhere is not in the trail
    NotKept,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// Entries checked
    pub entries: u64,
    /// The newest entry that was pruned, 0 without any
    pub pruned: i64,
    /// The newest entry
    pub head: AuditHead,
    /// What is wrong; empty when all holds
    pub faults: Vec<AuditFault>,
}

#[derive(FromRow)]
struct Counter {
    place: i64,
    hash: Vec<u8>,
    pruned: i64,
    pruned_hash: Vec<u8>,
}

#[derive(FromRow)]
struct Row {
    place: i64,
    at: DateTime<Utc>,
    staff_id: Option<Uuid>,
    deed: String,
    kind: Option<String>,
    object: Option<String>,
    outcome: String,
    entry: String,
    hash: Vec<u8>,
}

const COUNTER: &str = "SELECT place, hash, pruned, pruned_hash FROM audit_counter WHERE id = 1";
const ROWS: &str = "SELECT place, at, staff_id, deed, kind, object, outcome, entry, hash FROM audit \
     WHERE place > $1 ORDER BY place LIMIT $2";
const LAST_BEFORE: &str = "SELECT place, hash FROM audit WHERE at < $1 AND place <= $2 ORDER BY place DESC LIMIT 1";
const FIRST_YOUNG: &str = "SELECT COALESCE(MIN(place), 0) FROM audit WHERE at >= $1";
const SET_PRUNED: &str = "UPDATE audit_counter SET pruned = $1, pruned_hash = $2 WHERE id = 1 AND pruned < $1";
const DELETE: &str = "DELETE FROM audit WHERE place <= $1";

/// A walk along the chain.
struct Walk {
    before: Vec<u8>,
    place: i64,
    entries: u64,
    faults: Vec<AuditFault>,
    /// Whether an entry said that everything up to the pruned place was pruned
    pruning_said: bool,
    found_kept: bool,
}

impl Walk {
    fn step(&mut self, row: &Row, counter: &Counter, kept: Option<&AuditHead>) {
        for place in self.place + 1..row.place {
            self.faults.push(AuditFault::Missing { place });
        }
        let hash = chained(&self.before, &row.entry);
        if hash != row.hash {
            self.faults.push(AuditFault::Changed { place: row.place });
        }
        match serde_json::from_str::<AuditEntry>(&row.entry) {
            Ok(entry) if row.says(&entry) => self.pruning_said |= entry.tells_pruning(counter),
            _ => self.faults.push(AuditFault::Columns { place: row.place }),
        }
        self.found_kept |= kept.is_some_and(|kept| kept.place == row.place && kept.hash == hex(&row.hash));
        // one change is told once: go on from what is stored
        self.before.clone_from(&row.hash);
        self.place = row.place;
        self.entries += 1;
    }
}

impl Row {
    fn says(&self, entry: &AuditEntry) -> bool {
        (self.place, self.at, self.staff_id) == (entry.place, entry.at, entry.staff_id)
            && (&self.deed, &self.kind, &self.object, &self.outcome)
                == (&entry.deed, &entry.kind, &entry.object, &entry.outcome)
    }
}

impl AuditEntry {
    fn tells_pruning(&self, counter: &Counter) -> bool {
        self.deed == Deed::AuditPrune.code()
            && self.detail["to"] == counter.pruned
            && self.detail["hash"] == hex(&counter.pruned_hash)
    }
}

impl Db {
    /// Checks the whole trail; with a head kept elsewhere also that nothing up to it was rewritten.
    pub async fn verify_audit(&self, kept: Option<&AuditHead>) -> Result<AuditReport, StoreError> {
        // a trail that grows meanwhile is checked up to where it was
        let counter: Counter = with_pool!(self, |pool| sqlx::query_as(COUNTER).fetch_one(pool).await)?;
        let mut walk = Walk {
            before: counter.pruned_hash.clone(),
            place: counter.pruned,
            entries: 0,
            faults: Vec::new(),
            pruning_said: counter.pruned == 0,
            found_kept: kept.is_none_or(|kept| kept.place == counter.pruned && kept.hash == hex(&counter.pruned_hash)),
        };
        while walk.place < counter.place {
            let rows: Vec<Row> =
                with_pool!(self, |pool| sqlx::query_as(ROWS).bind(walk.place).bind(BATCH).fetch_all(pool).await)?;
            if rows.is_empty() {
                break;
            }
            rows.iter().filter(|row| row.place <= counter.place).for_each(|row| walk.step(row, &counter, kept));
            if rows.last().is_some_and(|row| row.place > counter.place) {
                break;
            }
        }
        if walk.place != counter.place || walk.before != counter.hash {
            walk.faults.push(AuditFault::Head);
        }
        if !walk.pruning_said {
            walk.faults.push(AuditFault::PrunedUnsaid);
        }
        // what was pruned can't be compared any more
        if !walk.found_kept && kept.is_some_and(|kept| kept.place > counter.pruned) {
            walk.faults.push(AuditFault::NotKept);
        }
        let head = AuditHead { place: counter.place, hash: hex(&counter.hash) };
        Ok(AuditReport { entries: walk.entries, pruned: counter.pruned, head, faults: walk.faults })
    }

    /// Takes away entries that are older than they must be kept, and writes an entry that says so, with the hash of the
    /// newest that is gone: the chain goes on from there. Gives how many were taken away.
    pub async fn prune_audit(&self, who: &Who, months: u32, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let months = Months::new(months.max(LEAST_AUDIT_MONTHS));
        let Some(limit) = now.checked_sub_months(months) else { return Ok(0) };
        let mut tx = self.begin().await?;
        // nothing goes that stands after a younger entry, should a clock have jumped
        let young: i64 =
            with_tx!(&mut tx, |conn| sqlx::query_scalar(FIRST_YOUNG).bind(limit).fetch_one(&mut *conn).await)?;
        let most = if young == 0 { i64::MAX } else { young - 1 };
        let last: Option<(i64, Vec<u8>)> = with_tx!(&mut tx, |conn| sqlx::query_as(LAST_BEFORE)
            .bind(limit)
            .bind(most)
            .fetch_optional(&mut *conn)
            .await)?;
        let Some((to, hash)) = last else { return Ok(0) };
        with_tx!(&mut tx, |conn| sqlx::query(SET_PRUNED).bind(to).bind(&hash).execute(&mut *conn).await.map(|_| ()))?;
        let gone = with_tx!(&mut tx, |conn| sqlx::query(DELETE)
            .bind(to)
            .execute(&mut *conn)
            .await
            .map(|done| done.rows_affected()))?;
        let detail = json!({ "to": to, "hash": hex(&hash), "entries": gone });
        let entry: Audit = who.did(Deed::AuditPrune, Outcome::Ok).with(detail);
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
