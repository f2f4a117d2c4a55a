//! Cameras, and how their days went. Addresses are sealed and opened by `server::cameras`.

mod look;

use app::{
    domain::{
        camera::{CameraPlace, Position, Standing, Way},
        district::district_of,
        stream::Hours,
    },
    ports::{CameraDay, Uptime},
};
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Action, Db, Entity, StoreError, Tx, run, with_pool, with_tx};

pub(crate) use look::DayPart;

/// A camera as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredCamera {
    pub id: Uuid,
    /// Whose it is; of merged operators the one that stayed
    pub operator: Uuid,
    pub operator_name: String,
    pub operator_address: Option<String>,
    pub district: Option<String>,
    pub place: CameraPlace,
    pub address_sealed: Vec<u8>,
    pub standing: Standing,
    /// JSON of what the prober knows
    pub state: Option<String>,
    pub looked_at: Option<DateTime<Utc>>,
    pub told_off_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub demo: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    operator: Uuid,
    operator_name: String,
    operator_address: Option<String>,
    district: Option<String>,
    position: String,
    label: Option<String>,
    described: Option<String>,
    way: String,
    provider: Option<String>,
    address_sealed: Vec<u8>,
    hours: String,
    mended_until: Option<NaiveDate>,
    mended_note: Option<String>,
    told: bool,
    public: bool,
    written_by: Option<Uuid>,
    state: Option<String>,
    looked_at: Option<DateTime<Utc>>,
    told_off_at: Option<DateTime<Utc>>,
    version: i64,
    demo: bool,
}

const SELECT: &str = "SELECT c.id, COALESCE(k.id, o.id) AS operator, COALESCE(k.name, o.name) AS operator_name, \
     COALESCE(k.address, o.address) AS operator_address, COALESCE(k.district, o.district) AS district, c.position, \
     c.label, c.described, c.way, c.provider, c.address_sealed, c.hours, c.mended_until, c.mended_note, c.told, c.public, \
     c.written_by, c.state, c.looked_at, c.told_off_at, c.version, c.demo FROM camera c \
     JOIN operator o ON o.id = c.operator_id LEFT JOIN operator k ON k.id = o.merged_into";
const BY_ID: &str = concatcp!(SELECT, " WHERE c.id = $1");
const ORDER: &str = " ORDER BY operator_name, operator, c.ordinal, c.id";
const PUBLIC: &str = concatcp!(SELECT, " WHERE c.public", ORDER);
/// More than a city has.
const ALL: &str = concatcp!(SELECT, ORDER, " LIMIT 20000");
const INSERT: &str = "INSERT INTO camera (id, operator_id, position, label, ordinal, described, way, provider, \
     address_sealed, hours, mended_until, mended_note, told, public, written_by, next_look_at, version, demo, created_at, \
     updated_at) SELECT $1, $2, $3, $4, COALESCE(MAX(ordinal), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, \
     $16, $15, $15 FROM camera WHERE operator_id = $2";
const SAVE: &str = "UPDATE camera SET position = $3, label = $4, described = $5, way = $6, provider = $7, \
     address_sealed = $8, hours = $9, mended_until = $10, mended_note = $11, told = $12, public = $13, written_by = $14, \
     next_look_at = $15, version = version + 1, updated_at = $15 WHERE id = $1 AND version = $2";
/// What was known of another picture is forgotten.
const FORGET_STATE: &str = "UPDATE camera SET state = NULL, looked_at = NULL, told_off_at = NULL WHERE id = $1";
const SET_PUBLIC: &str = "UPDATE camera SET public = $3, next_look_at = $4, version = version + 1, updated_at = $4 \
     WHERE id = $1 AND version = $2";
const DELETE: &str = "DELETE FROM camera WHERE id = $1 AND version = $2 AND NOT public";
const SHOW_OPERATOR: &str = "UPDATE operator SET public = TRUE WHERE id = $1 AND public = FALSE";
const SUMS: &str = "SELECT camera_id, CAST(SUM(live) AS BIGINT) AS live, CAST(SUM(expected) AS BIGINT) AS expected \
     FROM camera_day WHERE day >= $1 GROUP BY camera_id";
const DAYS: &str = "SELECT d.camera_id, d.day, d.live, d.expected FROM camera_day d WHERE d.day >= ";
const MERGED_INTO: &str = "SELECT merged_into FROM operator WHERE id = $1 AND merged_into IS NOT NULL";
const CALLED: &str = "SELECT id FROM operator WHERE public AND name LIKE $1 ORDER BY id LIMIT $2";
const OPERATOR: &str = "SELECT id, name FROM operator WHERE id = $1 AND merged_into IS NULL";

fn seconds(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

impl TryFrom<Row> for StoredCamera {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let district = row.district.filter(|name| !name.is_empty());
        Ok(Self {
            id: row.id,
            operator: row.operator,
            operator_name: row.operator_name,
            district: district.or_else(|| row.operator_address.as_deref().and_then(district_of)),
            operator_address: row.operator_address,
            place: CameraPlace {
                position: Position::from_code(&row.position).ok_or(StoreError::Value("camera.position"))?,
                label: row.label,
                described: row.described,
                way: Way::from_code(&row.way).ok_or(StoreError::Value("camera.way"))?,
                provider: row.provider,
                hours: serde_json::from_str(&row.hours).map_err(|_| StoreError::Value("camera.hours"))?,
                mended: row.mended_until.map(|until| (until, row.mended_note)),
                told: row.told,
            },
            address_sealed: row.address_sealed,
            standing: Standing { told: row.told, public: row.public, written_by: row.written_by },
            state: row.state,
            looked_at: row.looked_at,
            told_off_at: row.told_off_at,
            version: row.version,
            demo: row.demo,
        })
    }
}

fn read(rows: Vec<Row>) -> Result<Vec<StoredCamera>, StoreError> {
    rows.into_iter().map(StoredCamera::try_from).collect()
}

fn hours_json(hours: &Hours) -> Result<String, StoreError> {
    serde_json::to_string(hours).map_err(|_| StoreError::Value("camera.hours"))
}

impl Db {
    /// One camera.
    pub(crate) async fn camera(&self, id: Uuid) -> Result<Option<StoredCamera>, StoreError> {
        let row: Option<Row> = with_pool!(self, |pool| sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?;
        row.map(StoredCamera::try_from).transpose()
    }

    /// All that are public, by the name of their operator.
    pub(crate) async fn public_cameras(&self) -> Result<Vec<StoredCamera>, StoreError> {
        read(with_pool!(self, |pool| sqlx::query_as(PUBLIC).fetch_all(pool).await)?)
    }

    /// All, by the name of their operator.
    pub(crate) async fn all_cameras(&self) -> Result<Vec<StoredCamera>, StoreError> {
        read(with_pool!(self, |pool| sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// Public ones of operators and of those merged into them.
    pub(crate) async fn cameras_of(&self, operators: &[Uuid]) -> Result<Vec<StoredCamera>, StoreError> {
        if operators.is_empty() {
            return Ok(Vec::new());
        }
        let rows = with_pool!(self, |pool| {
            let mut query = QueryBuilder::new(concatcp!(SELECT, " WHERE c.public AND (c.operator_id IN ("));
            let mut list = query.separated(", ");
            for id in operators {
                list.push_bind(*id);
            }
            query.push(") OR c.operator_id IN (SELECT m.id FROM operator m WHERE m.merged_into IN (");
            let mut list = query.separated(", ");
            for id in operators {
                list.push_bind(*id);
            }
            query.push(concatcp!(")))", ORDER));
            query.build_query_as().fetch_all(pool).await
        })?;
        read(rows)
    }

    /// Seconds since a day, by camera.
    pub(crate) async fn camera_uptimes(
        &self,
        from: NaiveDate,
    ) -> Result<std::collections::HashMap<Uuid, Uptime>, StoreError> {
        let rows: Vec<(Uuid, i64, i64)> =
            with_pool!(self, |pool| sqlx::query_as(SUMS).bind(from).fetch_all(pool).await)?;
        let sum = |(id, live, expected)| (id, Uptime { live: seconds(live), expected: seconds(expected) });
        Ok(rows.into_iter().map(sum).collect())
    }

    /// Days of cameras since one, the oldest first.
    pub(crate) async fn camera_days(
        &self,
        cameras: &[Uuid],
        from: NaiveDate,
    ) -> Result<std::collections::HashMap<Uuid, Vec<CameraDay>>, StoreError> {
        let mut days = std::collections::HashMap::new();
        if cameras.is_empty() {
            return Ok(days);
        }
        let rows: Vec<(Uuid, NaiveDate, i64, i64)> = with_pool!(self, |pool| {
            let mut query = QueryBuilder::new(DAYS);
            query.push_bind(from);
            query.push(" AND d.camera_id IN (");
            let mut list = query.separated(", ");
            for id in cameras {
                list.push_bind(*id);
            }
            query.push(") ORDER BY d.camera_id, d.day");
            query.build_query_as().fetch_all(pool).await
        })?;
        for (id, day, live, expected) in rows {
            let uptime = Uptime { live: seconds(live), expected: seconds(expected) };
            days.entry(id).or_insert_with(Vec::new).push(CameraDay { day, uptime });
        }
        Ok(days)
    }

    /// What an operator was merged into; none where it was not.
    pub(crate) async fn kept_operator(&self, id: Uuid) -> Result<Option<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(MERGED_INTO).bind(id).fetch_optional(pool).await)?)
    }

    /// Ids of public operators whose names are like a pattern.
    ///
    /// # Errors
    /// The store.
    pub async fn operators_called(&self, like: &str, most: i64) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(CALLED).bind(like).bind(most).fetch_all(pool).await)?)
    }

    /// An operator that was not merged into another: id and name.
    pub(crate) async fn operator_to_show(&self, id: Uuid) -> Result<Option<(Uuid, String)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OPERATOR).bind(id).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// One camera, as this transaction sees it.
    pub(crate) async fn camera(&mut self, id: Uuid) -> Result<Option<StoredCamera>, StoreError> {
        let row: Option<Row> = with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?;
        row.map(StoredCamera::try_from).transpose()
    }

    /// Keeps a new camera, not public but for demonstrations. It is looked at as soon as may be.
    pub(crate) async fn insert_camera(&mut self, new: &NewCamera<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let place = new.place;
        let (until, note) = place.mended.clone().unzip();
        run!(
            self,
            INSERT,
            new.id,
            new.operator,
            place.position.code(),
            &place.label,
            &place.described,
            place.way.code(),
            &place.provider,
            new.address_sealed,
            hours_json(&place.hours)?,
            until,
            note.flatten(),
            place.told,
            new.demo,
            new.written_by,
            now,
            new.demo
        )?;
        Ok(())
    }

    /// Keeps what an officer wrote. Tells whether the version still was the one that was seen.
    pub(crate) async fn save_camera(
        &mut self,
        before: &StoredCamera,
        place: &CameraPlace,
        sealed: &[u8],
        after: Standing,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (until, note) = place.mended.clone().unzip();
        let done = run!(
            self,
            SAVE,
            before.id,
            before.version,
            place.position.code(),
            &place.label,
            &place.described,
            place.way.code(),
            &place.provider,
            sealed,
            hours_json(&place.hours)?,
            until,
            note.flatten(),
            place.told,
            after.public,
            after.written_by,
            now
        )?;
        Ok(done == 1)
    }

    /// Forgets what was known of the picture: it is another one from now on.
    pub(crate) async fn forget_camera_state(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, FORGET_STATE, id)?;
        Ok(())
    }

    /// Makes a camera public, or takes it away. Tells whether the version still was the one that was seen.
    pub(crate) async fn set_camera_public(
        &mut self,
        before: &StoredCamera,
        public: bool,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, SET_PUBLIC, before.id, before.version, public, now)? == 1)
    }

    /// Deletes a camera that is not public, with its history.
    pub(crate) async fn delete_camera(&mut self, before: &StoredCamera) -> Result<bool, StoreError> {
        Ok(run!(self, DELETE, before.id, before.version)? == 1)
    }

    /// A place with a public camera has a public page; whoever keeps pages looks at it anew.
    pub(crate) async fn show_operator(&mut self, operator: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, SHOW_OPERATOR, operator)?;
        self.append_changes(&[(Entity::Operator, operator, Action::Put)], now).await
    }
}

/// A new camera.
pub(crate) struct NewCamera<'a> {
    pub id: Uuid,
    pub operator: Uuid,
    pub place: &'a CameraPlace,
    pub address_sealed: &'a [u8],
    pub written_by: Option<Uuid>,
    pub demo: bool,
}
