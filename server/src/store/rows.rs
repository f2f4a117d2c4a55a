//! Rows as the database gives them, and what they become.

use std::collections::HashMap;

use app::{
    domain::{
        bulletin::{GroupTally, Tally},
        date::{DateKind, SampleDate},
        finding::FailedItem,
        sample::{Group, Party, SampleDraft, Verdict},
    },
    ports::{BulletinLine, BulletinRef, Sample},
};
use chrono::NaiveDate;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Db, StoreError, with_pool};

/// Columns of [`SampleRow`], from `sample s JOIN bulletin b`.
pub const SAMPLE_COLUMNS: &str = "s.id, s.bulletin_id, s.ordinal, s.number, s.product, s.brand, s.spec, s.category, \
     s.producer_name, s.producer_address, s.producer_province, s.producer_id, \
     s.seller_name, s.seller_address, s.seller_province, s.seller_id, s.platform, s.shop, \
     s.date_kind, s.date_text, s.date_day, s.lot, s.shelf_life, s.sampled_on, s.grp, s.verdict, \
     s.laboratory, s.task, s.stage, s.notice_number, s.publisher, s.published_on, s.remark, \
     b.title AS bulletin_title, b.published_on AS bulletin_published_on, b.source AS bulletin_source";

/// A sample with what is shown of its bulletin.
#[derive(FromRow)]
pub struct SampleRow {
    pub id: Uuid,
    bulletin_id: Uuid,
    pub ordinal: i32,
    number: Option<String>,
    product: String,
    brand: Option<String>,
    spec: Option<String>,
    category: Option<String>,
    producer_name: Option<String>,
    producer_address: Option<String>,
    producer_province: Option<String>,
    producer_id: Option<Uuid>,
    seller_name: Option<String>,
    seller_address: Option<String>,
    seller_province: Option<String>,
    seller_id: Option<Uuid>,
    platform: Option<String>,
    shop: Option<String>,
    date_kind: Option<String>,
    date_text: Option<String>,
    date_day: Option<NaiveDate>,
    lot: Option<String>,
    shelf_life: Option<String>,
    sampled_on: Option<NaiveDate>,
    grp: String,
    pub verdict: String,
    laboratory: Option<String>,
    task: Option<String>,
    stage: Option<String>,
    notice_number: Option<String>,
    publisher: String,
    pub published_on: NaiveDate,
    remark: Option<String>,
    bulletin_title: String,
    bulletin_published_on: NaiveDate,
    bulletin_source: String,
}

#[derive(FromRow)]
struct ItemRow {
    sample_id: Uuid,
    item: String,
    result: Option<String>,
    bound: Option<String>,
}

impl SampleRow {
    fn is_failed(&self) -> bool {
        self.verdict == Verdict::Failed.code()
    }

    fn into_sample(self, failed_items: Vec<FailedItem>) -> Result<Sample, StoreError> {
        let verdict = Verdict::from_code(&self.verdict).ok_or(StoreError::Value("sample.verdict"))?;
        let date = match (self.date_kind, self.date_text) {
            (Some(kind), Some(text)) => Some(SampleDate {
                kind: DateKind::from_code(&kind).ok_or(StoreError::Value("sample.date_kind"))?,
                text,
                day: self.date_day,
            }),
            _ => None,
        };
        Ok(Sample {
            id: self.id,
            bulletin: BulletinRef {
                id: self.bulletin_id,
                title: self.bulletin_title,
                published_on: self.bulletin_published_on,
                source: self.bulletin_source,
            },
            ordinal: u32::try_from(self.ordinal).map_err(|_| StoreError::Value("sample.ordinal"))?,
            producer_id: self.producer_id,
            seller_id: self.seller_id,
            printed: SampleDraft {
                number: self.number,
                product: self.product,
                brand: self.brand,
                spec: self.spec,
                category: self.category,
                producer: Party {
                    name: self.producer_name,
                    address: self.producer_address,
                    province: self.producer_province,
                },
                seller: Party { name: self.seller_name, address: self.seller_address, province: self.seller_province },
                platform: self.platform,
                shop: self.shop,
                date,
                lot: self.lot,
                shelf_life: self.shelf_life,
                sampled_on: self.sampled_on,
                group: Group::from_code(&self.grp).ok_or(StoreError::Value("sample.grp"))?,
                verdict: Some(verdict),
                failed_items,
                laboratory: self.laboratory,
                task: self.task,
                stage: self.stage,
                notice_number: self.notice_number,
                publisher: Some(self.publisher),
                published_on: Some(self.published_on),
                remark: self.remark,
            },
        })
    }
}

const ITEMS: &str = "SELECT sample_id, item, result, bound FROM failed_item WHERE sample_id IN (";
/// Ids of one `IN (…)`.
const IDS: usize = 500;

impl Db {
    /// Samples of rows, with their failed items.
    pub(super) async fn samples_of(&self, rows: Vec<SampleRow>) -> Result<Vec<Sample>, StoreError> {
        let failed: Vec<Uuid> = rows.iter().filter(|row| row.is_failed()).map(|row| row.id).collect();
        let mut items: HashMap<Uuid, Vec<FailedItem>> = HashMap::with_capacity(failed.len());
        for ids in failed.chunks(IDS) {
            let found: Vec<ItemRow> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(ITEMS);
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(id);
                }
                query.push(") ORDER BY sample_id, ordinal");
                query.build_query_as().fetch_all(pool).await
            })?;
            for row in found {
                let item = FailedItem { item: row.item, result: row.result, limit: row.bound };
                items.entry(row.sample_id).or_default().push(item);
            }
        }
        rows.into_iter()
            .map(|row| {
                let failed_items = items.remove(&row.id).unwrap_or_default();
                row.into_sample(failed_items)
            })
            .collect()
    }
}

/// Passed and failed samples of one group of one bulletin or operator.
#[derive(FromRow)]
pub struct TallyRow {
    pub grp: String,
    pub passed: i64,
    pub failed: i64,
}

impl TallyRow {
    pub fn into_tally(self) -> Result<GroupTally, StoreError> {
        let count = |n: i64| u64::try_from(n).map_err(|_| StoreError::Value("tally"));
        Ok(GroupTally {
            group: Group::from_code(&self.grp).ok_or(StoreError::Value("tally.grp"))?,
            tally: Tally { passed: count(self.passed)?, failed: count(self.failed)? },
        })
    }
}

/// Tallies in the order in which pages show them.
pub fn tallies(rows: Vec<TallyRow>) -> Result<Vec<GroupTally>, StoreError> {
    let mut tallies = rows.into_iter().map(TallyRow::into_tally).collect::<Result<Vec<_>, _>>()?;
    tallies.sort_by_key(|entry| Group::ALL.iter().position(|group| *group == entry.group));
    Ok(tallies)
}

/// Columns of [`BulletinRow`].
pub const BULLETIN_COLUMNS: &str = "id, title, issue_no, published_on, source";

/// A bulletin in a list.
#[derive(FromRow)]
pub struct BulletinRow {
    pub id: Uuid,
    title: String,
    issue_no: Option<String>,
    pub published_on: NaiveDate,
    source: String,
}

impl BulletinRow {
    pub fn into_line(self, tallies: Vec<GroupTally>) -> BulletinLine {
        BulletinLine {
            id: self.id,
            title: self.title,
            issue_no: self.issue_no,
            published_on: self.published_on,
            source: self.source,
            tallies,
        }
    }
}
