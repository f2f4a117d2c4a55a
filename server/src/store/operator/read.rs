//! Reading and correcting.

use app::{
    domain::{
        district::district_of,
        operator::{Doubt, OperatorKind, address_key},
        place::Point,
    },
    ports::{DeskOperator, DeskOperatorLine, DoubtLine},
};
use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::super::{Db, StoreError, Tx, directory::point, run, with_pool, with_tx};

/// Lines of a list.
const MOST: i64 = 200;
const COLUMNS: &str = "o.id, o.name, o.address, o.district, o.kind, o.uscc, o.licence, o.merged_into, o.public, o.aliases, \
     o.lat_e6, o.lon_e6, o.version, (SELECT COUNT(*) FROM operator_doubt d WHERE d.operator_id = o.id \
     AND d.decision = 'open') + (SELECT COUNT(*) FROM operator_doubt d WHERE d.other_id = o.id AND d.decision = 'open') \
     AS doubts";
const ONE: &str = concatcp!("SELECT ", COLUMNS, " FROM operator o WHERE o.id = $1");
const MERGED: &str =
    concatcp!("SELECT ", COLUMNS, " FROM operator o WHERE o.merged_into = $1 ORDER BY o.created_at, o.id LIMIT 200");
/// Looked through whole: officers search seldom, and a part of a name has no index in both databases.
const FIND: &str = concatcp!(
    "SELECT ",
    COLUMNS,
    " FROM operator o WHERE o.same_name LIKE $1 ESCAPE '!' OR o.uscc = $2 OR o.licence = $2 \
     ORDER BY doubts DESC, o.name, o.id LIMIT $3"
);
const PAIRS: &str = "SELECT operator_id, other_id, reason, decision, created_at FROM operator_doubt WHERE ";
const OPEN: &str = concatcp!(PAIRS, "decision = 'open' ORDER BY created_at, operator_id, other_id LIMIT $1");
const OF_ONE: &str = concatcp!(
    PAIRS,
    "operator_id = $1 OR other_id = $1 ORDER BY CASE decision WHEN 'open' THEN 0 ELSE 1 END, created_at LIMIT 100"
);
const COUNT: &str = "SELECT COUNT(*) FROM operator_doubt WHERE decision = 'open'";
const EDIT: &str = "UPDATE operator SET kind = $3, district = $4, address = $5, address_key = $6, uscc = $7, licence = $8, \
     lat_e6 = $9, lon_e6 = $10, aliases = $11, version = version + 1 WHERE id = $1 AND version = $2";

/// What an officer writes of an operator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperatorEdit {
    /// What it is
    pub kind: Option<OperatorKind>,
    /// District; else as the address says
    pub district: Option<String>,
    /// Address
    pub address: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// 统一社会信用代码
    pub uscc: Option<String>,
    /// 食品生产 / 经营许可证号
    pub licence: Option<String>,
    /// Other names
    pub aliases: Vec<String>,
}

/// As it is stored.
#[derive(Clone, Debug, FromRow)]
pub struct StoredOperator {
    pub id: Uuid,
    name: String,
    address: Option<String>,
    district: Option<String>,
    kind: Option<String>,
    uscc: Option<String>,
    licence: Option<String>,
    pub merged_into: Option<Uuid>,
    pub public: bool,
    aliases: String,
    lat_e6: Option<i64>,
    lon_e6: Option<i64>,
    pub version: i64,
    doubts: i64,
}

#[derive(FromRow)]
struct PairRow {
    operator_id: Uuid,
    other_id: Uuid,
    reason: String,
    decision: String,
    created_at: DateTime<Utc>,
}

impl StoredOperator {
    fn line(&self) -> DeskOperatorLine {
        DeskOperatorLine {
            id: self.id,
            name: self.name.clone(),
            address: self.address.clone(),
            district: self.district.clone(),
            kind: self.kind.as_deref().and_then(OperatorKind::from_code),
            uscc: self.uscc.clone(),
            licence: self.licence.clone(),
            merged_into: self.merged_into,
            public: self.public,
            doubts: u64::try_from(self.doubts).unwrap_or(0),
        }
    }
}

impl Db {
    async fn stored_operator(&self, id: Uuid) -> Result<Option<StoredOperator>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)?)
    }

    /// Operators by words of their name, or by a whole code or licence.
    pub(crate) async fn find_operators(&self, words: &str, key: &str) -> Result<Vec<DeskOperatorLine>, StoreError> {
        let plain = key.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let rows: Vec<StoredOperator> = with_pool!(self, |pool| sqlx::query_as(FIND)
            .bind(format!("%{plain}%"))
            .bind(words)
            .bind(MOST)
            .fetch_all(pool)
            .await)?;
        Ok(rows.iter().map(StoredOperator::line).collect())
    }

    /// Open questions and how many there are.
    pub(crate) async fn open_doubts(&self) -> Result<(Vec<DoubtLine>, u64), StoreError> {
        let rows: Vec<PairRow> = with_pool!(self, |pool| sqlx::query_as(OPEN).bind(MOST).fetch_all(pool).await)?;
        let count: i64 = with_pool!(self, |pool| sqlx::query_scalar(COUNT).fetch_one(pool).await)?;
        Ok((self.pairs(rows).await?, u64::try_from(count).unwrap_or(0)))
    }

    async fn pairs(&self, rows: Vec<PairRow>) -> Result<Vec<DoubtLine>, StoreError> {
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let (one, other) = (self.stored_operator(row.operator_id).await?, self.stored_operator(row.other_id).await?);
            let (Some(one), Some(other)) = (one, other) else { continue };
            lines.push(DoubtLine {
                one: one.line(),
                other: other.line(),
                doubt: Doubt::from_code(&row.reason).ok_or(StoreError::Value("operator_doubt.reason"))?,
                is_same: (row.decision != "open").then_some(row.decision == "same"),
                since: row.created_at,
            });
        }
        Ok(lines)
    }

    /// One operator at the desk.
    pub(crate) async fn desk_operator(&self, id: Uuid) -> Result<Option<DeskOperator>, StoreError> {
        let Some(row) = self.stored_operator(id).await? else { return Ok(None) };
        let merged: Vec<StoredOperator> = with_pool!(self, |pool| sqlx::query_as(MERGED).bind(id).fetch_all(pool).await)?;
        let pairs: Vec<PairRow> = with_pool!(self, |pool| sqlx::query_as(OF_ONE).bind(id).fetch_all(pool).await)?;
        let into = match row.merged_into {
            Some(into) => self.stored_operator(into).await?,
            None => None,
        };
        Ok(Some(DeskOperator {
            line: row.line(),
            aliases: row.aliases.lines().map(str::to_owned).collect(),
            point: point(row.lat_e6, row.lon_e6),
            version: row.version,
            into: into.as_ref().map(StoredOperator::line),
            merged: merged.iter().map(StoredOperator::line).collect(),
            doubts: self.pairs(pairs).await?,
        }))
    }
}

impl Tx {
    /// An operator as this transaction sees it.
    pub(crate) async fn stored_operator(&mut self, id: Uuid) -> Result<Option<StoredOperator>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(ONE).bind(id).fetch_optional(&mut *conn).await)?)
    }

    /// Corrects what is known of an operator. Tells whether the version still was the one that was seen.
    pub(crate) async fn edit_operator(
        &mut self,
        id: Uuid,
        version: i64,
        edit: &OperatorEdit,
    ) -> Result<bool, StoreError> {
        let address = edit.address.as_deref();
        let district = edit.district.clone().or_else(|| address.and_then(district_of));
        let done = run!(
            self,
            EDIT,
            id,
            version,
            edit.kind.map(OperatorKind::code),
            district,
            address,
            address.and_then(address_key),
            &edit.uscc,
            &edit.licence,
            edit.point.map(|point| i64::from(point.lat_e6)),
            edit.point.map(|point| i64::from(point.lon_e6)),
            edit.aliases.join("\n")
        )?;
        Ok(done == 1)
    }
}
