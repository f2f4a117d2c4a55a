//! Operators that public samples name.

use app::{
    domain::{operator::OperatorKind, place::Point},
    ports::{Directory, Operator, OperatorLine, OperatorRole, Page, PortError, PortResult, Sample},
};
use async_trait::async_trait;
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Db, StoreError,
    cursor::{DayCursor, read_id},
    operator_visible::{GROUP, KEPT},
    publications::cut,
    rows::{SAMPLE_COLUMNS, SampleRow, TallyRow, tallies},
    with_pool,
};

const LIST: &str = "SELECT id, name, address FROM operator WHERE public AND id > $1 ORDER BY id LIMIT $2";
/// The kept operator and those merged into it; the kept one is the one without `merged_into`.
const GROUP_OF: &str = concatcp!(
    "SELECT id, name, address, uscc, licence, kind, district, lat_e6, lon_e6, aliases, merged_into, public FROM operator \
     WHERE id = ",
    KEPT,
    " OR merged_into = ",
    KEPT,
    " ORDER BY created_at, id"
);
const MEMBERS: &str = concatcp!("SELECT id FROM operator WHERE id = ", KEPT, " OR merged_into = ", KEPT);

/// One line a role and group of samples. `CROSS JOIN` says in which order: the operator's samples first.
const TALLIES: &str = concatcp!(
    "SELECT 'producer' AS role, s.grp, CAST(SUM(CASE s.verdict WHEN 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed, \
     CAST(SUM(CASE s.verdict WHEN 'failed' THEN 1 ELSE 0 END) AS BIGINT) AS failed \
     FROM sample s CROSS JOIN bulletin b WHERE b.id = s.bulletin_id AND b.state = 'published' AND s.producer_id IN ",
    GROUP,
    " GROUP BY s.grp UNION ALL \
     SELECT 'seller' AS role, s.grp, CAST(SUM(CASE s.verdict WHEN 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed, \
     CAST(SUM(CASE s.verdict WHEN 'failed' THEN 1 ELSE 0 END) AS BIGINT) AS failed \
     FROM sample s CROSS JOIN bulletin b WHERE b.id = s.bulletin_id AND b.state = 'published' AND s.seller_id IN ",
    GROUP,
    " GROUP BY s.grp"
);

/// The same statement for both roles.
macro_rules! by_role {
    ($before:expr, $after:expr) => {
        [concatcp!($before, "s.producer_id", $after), concatcp!($before, "s.seller_id", $after)]
    };
}
/// Of one operator alone, so that an index gives the order; those of merged ones are merged here.
const SAMPLES: [&str; 2] = by_role!(
    concatcp!(
        "SELECT ",
        SAMPLE_COLUMNS,
        " FROM sample s JOIN bulletin b ON b.id = s.bulletin_id WHERE b.state = 'published' AND "
    ),
    " = $1 AND (s.published_on, s.id) < ($2, $3) ORDER BY s.published_on DESC, s.id DESC LIMIT $4"
);

fn index(role: OperatorRole) -> usize {
    match role {
        OperatorRole::Producer => 0,
        OperatorRole::Seller => 1,
    }
}

#[derive(FromRow)]
struct LineRow {
    id: Uuid,
    name: String,
    address: Option<String>,
}

#[derive(FromRow)]
struct OperatorRow {
    #[sqlx(flatten)]
    line: LineRow,
    uscc: Option<String>,
    licence: Option<String>,
    kind: Option<String>,
    district: Option<String>,
    lat_e6: Option<i64>,
    lon_e6: Option<i64>,
    aliases: String,
    merged_into: Option<Uuid>,
    public: bool,
}

#[derive(FromRow)]
struct RoleTally {
    role: String,
    #[sqlx(flatten)]
    tally: TallyRow,
}

impl From<LineRow> for OperatorLine {
    fn from(row: LineRow) -> Self {
        Self { id: row.id, name: row.name, address: row.address }
    }
}

/// A point of its columns.
pub(super) fn point(lat: Option<i64>, lon: Option<i64>) -> Option<Point> {
    Some(Point { lat_e6: i32::try_from(lat?).ok()?, lon_e6: i32::try_from(lon?).ok()? })
}

/// Other names of a group than its own, each once.
fn aliases(name: &str, group: &[OperatorRow]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let own = group.iter().filter(|row| row.merged_into.is_some()).map(|row| row.line.name.as_str());
    for alias in own.chain(group.iter().flat_map(|row| row.aliases.lines())) {
        if alias != name && !alias.is_empty() && !names.iter().any(|known| known == alias) {
            names.push(alias.to_owned());
        }
    }
    names
}

impl Db {
    /// The ids that a page stands for.
    pub(super) async fn group_of(&self, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(MEMBERS).bind(id).fetch_all(pool).await)?)
    }
}

#[async_trait]
impl Directory for Db {
    async fn operators(&self, after: Option<&str>, limit: u32) -> PortResult<Page<OperatorLine>> {
        let after = after.map_or(Ok(Uuid::nil()), read_id)?;
        let mut rows: Vec<LineRow> =
            with_pool!(self, |pool| sqlx::query_as(LIST).bind(after).bind(i64::from(limit) + 1).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| row.id.simple().to_string());
        Ok(Page { items: rows.into_iter().map(OperatorLine::from).collect(), next })
    }

    async fn operator(&self, id: Uuid) -> PortResult<Operator> {
        let mut group: Vec<OperatorRow> =
            with_pool!(self, |pool| sqlx::query_as(GROUP_OF).bind(id).fetch_all(pool).await).map_err(StoreError::from)?;
        let kept = group.iter().position(|row| row.merged_into.is_none() && row.public).ok_or(PortError::NotFound)?;
        let aliases = aliases(&group[kept].line.name, &group);
        let row = group.swap_remove(kept);
        let rows: Vec<RoleTally> =
            with_pool!(self, |pool| sqlx::query_as(TALLIES).bind(row.line.id).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        let (producer, seller): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.role == "producer");
        let of = |rows: Vec<RoleTally>| tallies(rows.into_iter().map(|row| row.tally).collect());
        Ok(Operator {
            line: row.line.into(),
            uscc: row.uscc,
            licence: row.licence,
            kind: row.kind.as_deref().and_then(OperatorKind::from_code),
            district: row.district,
            point: point(row.lat_e6, row.lon_e6),
            aliases,
            as_producer: of(producer)?,
            as_seller: of(seller)?,
        })
    }

    async fn operator_samples(
        &self,
        id: Uuid,
        role: OperatorRole,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<Page<Sample>> {
        let after = DayCursor::read(after)?;
        let mut rows: Vec<SampleRow> = Vec::new();
        for member in self.group_of(id).await? {
            let own: Vec<SampleRow> = with_pool!(self, |pool| sqlx::query_as(SAMPLES[index(role)])
                .bind(member)
                .bind(after.day)
                .bind(after.id)
                .bind(i64::from(limit) + 1)
                .fetch_all(pool)
                .await)
            .map_err(StoreError::from)?;
            rows.extend(own);
        }
        rows.sort_unstable_by_key(|row| std::cmp::Reverse((row.published_on, row.id)));
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| DayCursor { day: row.published_on, id: row.id }.write());
        Ok(Page { items: self.samples_of(rows).await?, next })
    }
}
