//! Multi-row inserts of samples and their failed items.

use app::domain::{
    finding::{Family, Quantity},
    sample::{SampleDraft, Verdict},
};
use chrono::Datelike;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{BulletinDraft, StoreError, Tx, operators::Linked, with_tx};

/// A sample to be inserted: its id and its index in the draft.
pub struct Place {
    pub id: Uuid,
    pub index: usize,
}

/// Rows of one statement: 37 columns each, below SQLite's 32,766 parameters.
const BATCH: usize = 400;
const INSERT_SAMPLES: &str = "INSERT INTO sample (id, bulletin_id, ordinal, identity, content, number, product, brand, \
     spec, category, producer_name, producer_address, producer_province, producer_id, seller_name, seller_address, \
     seller_province, seller_id, platform, shop, date_kind, date_text, date_day, lot, shelf_life, sampled_on, grp, \
     verdict, laboratory, task, stage, notice_number, publisher, published_on, year, remark) ";
const INSERT_ITEMS: &str = "INSERT INTO failed_item (sample_id, ordinal, item, family, result, result_number, \
     result_unit, bound, bound_number, bound_unit) ";

struct ItemRow<'a> {
    sample: Uuid,
    ordinal: i32,
    item: &'a app::domain::finding::FailedItem,
}

fn split(quantity: Option<Quantity>) -> (Option<f64>, Option<String>) {
    quantity.map_or((None, None), |quantity| (Some(quantity.number), Some(quantity.unit)))
}

impl Tx {
    /// Inserts samples (places of the draft) with their failed items.
    pub(super) async fn insert_samples(
        &mut self,
        bulletin: Uuid,
        draft: &BulletinDraft,
        fingerprints: &[(String, String)],
        places: &[Place],
        operators: &Linked,
    ) -> Result<(), StoreError> {
        for (batch, linked) in places.chunks(BATCH).zip(operators.of_places.chunks(BATCH)) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(INSERT_SAMPLES);
                insert.push_values(batch.iter().zip(linked), |mut row, (place, [producer, seller])| {
                    let sample = &draft.samples[place.index];
                    let (identity, content) = &fingerprints[place.index];
                    let published_on = sample.published_on.unwrap_or(draft.published_on);
                    row.push_bind(place.id)
                        .push_bind(bulletin)
                        .push_bind(i32::try_from(place.index + 1).unwrap_or(i32::MAX))
                        .push_bind(identity)
                        .push_bind(content)
                        .push_bind(&sample.number)
                        .push_bind(&sample.product)
                        .push_bind(&sample.brand)
                        .push_bind(&sample.spec)
                        .push_bind(&sample.category)
                        .push_bind(&sample.producer.name)
                        .push_bind(&sample.producer.address)
                        .push_bind(&sample.producer.province)
                        .push_bind(*producer)
                        .push_bind(&sample.seller.name)
                        .push_bind(&sample.seller.address)
                        .push_bind(&sample.seller.province)
                        .push_bind(*seller)
                        .push_bind(&sample.platform)
                        .push_bind(&sample.shop)
                        .push_bind(sample.date.as_ref().map(|date| date.kind.code()))
                        .push_bind(sample.date.as_ref().map(|date| &date.text))
                        .push_bind(sample.date.as_ref().and_then(|date| date.day))
                        .push_bind(&sample.lot)
                        .push_bind(&sample.shelf_life)
                        .push_bind(sample.sampled_on)
                        .push_bind(sample.group.code())
                        .push_bind(verdict_of(sample).code())
                        .push_bind(&sample.laboratory)
                        .push_bind(&sample.task)
                        .push_bind(&sample.stage)
                        .push_bind(&sample.notice_number)
                        .push_bind(sample.publisher.as_ref().unwrap_or(&draft.source))
                        .push_bind(published_on)
                        .push_bind(published_on.year())
                        .push_bind(&sample.remark);
                });
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        self.insert_items(draft, places).await
    }

    async fn insert_items(&mut self, draft: &BulletinDraft, places: &[Place]) -> Result<(), StoreError> {
        let rows: Vec<ItemRow> = places
            .iter()
            .flat_map(|place| {
                (1i32..).zip(&draft.samples[place.index].failed_items).map(|(ordinal, item)| ItemRow {
                    sample: place.id,
                    ordinal,
                    item,
                })
            })
            .collect();
        for batch in rows.chunks(BATCH) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(INSERT_ITEMS);
                insert.push_values(batch, |mut row, entry| {
                    let (result_number, result_unit) = split(entry.item.result.as_deref().and_then(Quantity::parse));
                    let (limit_number, limit_unit) = split(entry.item.limit.as_deref().and_then(Quantity::parse));
                    row.push_bind(entry.sample)
                        .push_bind(entry.ordinal)
                        .push_bind(&entry.item.item)
                        .push_bind(Family::of(&entry.item.item).code())
                        .push_bind(&entry.item.result)
                        .push_bind(result_number)
                        .push_bind(result_unit)
                        .push_bind(&entry.item.limit)
                        .push_bind(limit_number)
                        .push_bind(limit_unit);
                });
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}

/// A sample without a verdict but with failed items failed.
fn verdict_of(sample: &SampleDraft) -> Verdict {
    sample.verdict.unwrap_or(if sample.failed_items.is_empty() { Verdict::Passed } else { Verdict::Failed })
}
