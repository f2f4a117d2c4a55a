//! What a change of one publication touches: topics, and the documents in which searches look.

use std::collections::{BTreeSet, HashMap, HashSet};

use app::domain::{
    alert::Topic,
    operator::name_key,
    publication::{Kind, content::Content, field::fields},
    sample::SampleDraft,
};
use search::Within;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::AlertError;
use crate::{
    index::{district_of_notice, district_of_sample, document_id},
    store::{Changed, ChangedRow, Db, Past, StoreError, line_digest},
};

/// With more changed rows, searches look in all of the table.
const MOST_ROWS: usize = 2_000;

/// What is touched.
#[derive(Debug, Default)]
pub struct Touched {
    /// Topics but searches
    pub topics: BTreeSet<String>,
    /// Where searches look
    pub only: Within,
}

/// What rows say by themselves; operators follow from the database.
#[derive(Debug, Default)]
struct Said {
    names: HashSet<String>,
    topics: BTreeSet<String>,
    /// Rows that are new or differ; none: all of them
    rows: Option<NewRows>,
}

/// Rows that are new or differ: of bulletins by their places, which every edition counts anew, of registers by the digest
/// of their lines.
#[derive(Debug, Default)]
struct NewRows {
    places: HashSet<i64>,
    digests: HashSet<String>,
}

impl NewRows {
    fn has(&self, row: &ChangedRow) -> bool {
        row.content.as_ref().map_or_else(|| self.places.contains(&row.ordinal), |digest| self.digests.contains(digest))
    }
}

/// An entry of a register in the public log.
#[derive(serde::Deserialize)]
struct EntryLine {
    cells: HashMap<String, String>,
}

impl Said {
    fn name(&mut self, name: Option<&str>) {
        self.names.extend(name.and_then(name_key));
    }

    fn topic(&mut self, topic: Topic) {
        self.topics.insert(topic.to_string());
    }

    fn sample(&mut self, sample: &SampleDraft) {
        let parsed = |text: &str, kind: &str| Topic::parse(&format!("{kind}:{text}")).ok();
        self.topics
            .extend(sample.category.as_deref().and_then(|name| parsed(name, "category")).map(|it| it.to_string()));
        let district = district_of_sample(sample);
        self.topics.extend(district.as_deref().and_then(|name| parsed(name, "district")).map(|it| it.to_string()));
    }

    fn notice(&mut self, content: &Content) {
        for field in fields(content.kind).iter().filter(|field| field.names_operator) {
            self.name(Some(content.field(field.name)));
        }
        if let Some(district) = district_of_notice(content) {
            self.topic(Topic::District(district));
        }
    }
}

/// The rows that one of two revisions has and the other has not, counted where they repeat.
fn rows(before: Option<&Past>, after: Option<&Past>, kind: Kind) -> Result<Said, StoreError> {
    let mut said = Said::default();
    let is_part = before.is_some() && after.is_some();
    let old = before.map(Past::rows).transpose()?.unwrap_or_default();
    let new = after.map(Past::rows).transpose()?.unwrap_or_default();
    let mut left: HashMap<&str, u32> = HashMap::with_capacity(old.len());
    for row in &old {
        *left.entry(row).or_default() += 1;
    }
    let mut fresh = NewRows::default();
    for (place, row) in (1..).zip(&new) {
        match left.get_mut(row.as_str()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => {
                if is_part && kind == Kind::Register {
                    fresh.digests.insert(line_digest(row));
                } else if is_part {
                    fresh.places.insert(place);
                }
                if let Ok(sample) = serde_json::from_str::<SampleDraft>(row) {
                    said.sample(&sample);
                }
            }
        }
    }
    // what is there no more is known by its name only
    for (row, _) in left.into_iter().filter(|(_, count)| *count > 0) {
        if let Ok(sample) = serde_json::from_str::<SampleDraft>(row) {
            said.sample(&sample);
            said.name(sample.producer.name.as_deref());
            said.name(sample.seller.name.as_deref());
        } else if let Ok(entry) = serde_json::from_str::<EntryLine>(row) {
            // whichever of its cells is an operator's name
            entry.cells.values().for_each(|text| said.name(Some(text)));
        }
    }
    said.rows = is_part.then_some(fresh);
    Ok(said)
}

/// What a change touches. `before` and `after` are what is public then and now.
pub async fn touched(
    db: &Db,
    changed: &Changed,
    before: Option<Past>,
    after: Option<Past>,
) -> Result<Touched, AlertError> {
    let (is_public, kind) = (after.is_some(), changed.kind);
    let said = spawn_blocking(move || {
        let mut said = rows(before.as_ref(), after.as_ref(), kind)?;
        for content in [&before, &after].into_iter().flatten().filter_map(Past::notice) {
            said.notice(&content);
        }
        Ok::<_, StoreError>(said)
    })
    .await??;
    let mut touched = Touched { topics: said.topics, only: Within::default() };
    touched.topics.extend([Topic::All, Topic::Kind(changed.kind)].map(|topic| topic.to_string()));
    let keys: Vec<String> = said.names.into_iter().collect();
    let mut operators: BTreeSet<Uuid> = db.operators_by_keys(&keys).await?.into_iter().collect();
    if is_public {
        operators.extend(db.linked_operators(changed.id).await?);
    }
    let mut ids = Vec::new();
    for row in db.changed_rows(changed.id).await? {
        if said.rows.as_ref().is_none_or(|fresh| fresh.has(&row)) {
            take_row(&row, &mut operators, &mut touched.topics);
            ids.push(row.id);
        }
    }
    let named: Vec<Uuid> = operators.iter().copied().collect();
    operators.extend(db.merged_into(&named).await?);
    touched.topics.extend(operators.into_iter().map(|id| Topic::Operator(id).to_string()));
    if is_public {
        touched.only = documents(changed, said.rows.is_some(), &ids);
    }
    Ok(touched)
}

fn take_row(row: &ChangedRow, operators: &mut BTreeSet<Uuid>, topics: &mut BTreeSet<String>) {
    operators.extend([row.one, row.other].into_iter().flatten());
    topics.extend(row.district.clone().map(|name| Topic::District(name).to_string()));
}

fn documents(changed: &Changed, is_part: bool, rows: &[Uuid]) -> Within {
    if !is_part || rows.len() > MOST_ROWS {
        return Within { ids: Vec::new(), groups: vec![changed.id.simple().to_string()] };
    }
    let own = document_id(changed.kind.code(), changed.id);
    let row = if changed.kind == Kind::Bulletin { "sample" } else { "entry" };
    Within { ids: rows.iter().map(|id| document_id(row, *id)).chain([own]).collect(), groups: Vec::new() }
}
