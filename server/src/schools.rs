//! The list of school canteens. What registers say of them is read when the feed has moved, and then kept: 5,000 canteens are
//! filtered and sorted in memory. What cameras look like is asked each time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use app::{
    domain::register::Shows,
    ports::{
        KitchenQuery, Kitchens, OperatorEntry, Pictures, PortError, PortResult, Registers, SchoolLine, SchoolList,
        SchoolQuery, SchoolSort, Schools,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use search::normalise;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{cameras::CameraService, registers::RegisterService, store::Db};

/// A canteen with the text by which it is found.
struct Kept {
    line: SchoolLine,
    found_by: String,
}

/// All canteens as of a position of the feed and a day, on which entries may be over.
#[derive(Clone)]
struct Snapshot {
    at: (u64, NaiveDate),
    schools: Arc<[Kept]>,
}

/// Lists school canteens.
#[derive(Clone)]
pub struct SchoolService {
    db: Db,
    registers: RegisterService,
    cameras: CameraService,
    kept: Arc<Mutex<Option<Snapshot>>>,
}

impl SchoolService {
    /// Made from what it asks.
    #[must_use]
    pub fn new(db: Db, registers: RegisterService, cameras: CameraService) -> Self {
        Self { db, registers, cameras, kept: Arc::default() }
    }

    /// All canteens by name; whoever comes while they are read waits for the same.
    async fn snapshot(&self) -> PortResult<Snapshot> {
        let mut kept = self.kept.lock().await;
        let at = (self.db.feed_position().await.map_err(PortError::from)?, self.registers.today());
        if let Some(snapshot) = kept.as_ref().filter(|snapshot| snapshot.at == at) {
            return Ok(snapshot.clone());
        }
        let definitions = self.registers.definitions();
        let of_schools = definitions.iter().filter(|register| register.shows == Shows::School);
        let codes: Vec<String> = of_schools.map(|register| register.code.clone()).collect();
        let stored = self.db.schools(&codes).await.map_err(PortError::from)?;
        let ids: Vec<Uuid> = stored.iter().map(|school| school.id).collect();
        let mut yearly = self.newest(&ids, Shows::YearlyGrade).await?;
        let mut inspections = self.newest(&ids, Shows::Inspection).await?;
        let schools = stored.into_iter().map(|school| Kept {
            found_by: normalise(&format!("{}\n{}", school.name, school.aliases)),
            line: SchoolLine {
                operator: school.id,
                name: school.name,
                address: school.address,
                district: school.district,
                yearly: yearly.remove(&school.id),
                inspection: inspections.remove(&school.id),
                pictures: None,
            },
        });
        let snapshot = Snapshot { at, schools: schools.collect() };
        *kept = Some(snapshot.clone());
        Ok(snapshot)
    }

    async fn newest(&self, ids: &[Uuid], shows: Shows) -> PortResult<HashMap<Uuid, OperatorEntry>> {
        let entries = self.registers.newest_of(ids, shows).await?;
        Ok(entries.into_iter().filter_map(|entry| Some((entry.entry.operator?, entry))).collect())
    }

    async fn pictures(&self) -> PortResult<HashMap<Uuid, Pictures>> {
        let list = self.cameras.kitchens(&KitchenQuery::default(), None, usize::MAX).await?;
        let of = |line: app::ports::KitchenLine| {
            let pictures = Pictures { live: line.live(), in_hours: line.in_hours(), cameras: line.cameras.len() };
            (line.operator, pictures)
        };
        Ok(list.items.into_iter().map(of).collect())
    }
}

/// A first; what has no grade, or none now, last.
fn grade(line: &SchoolLine) -> (bool, String) {
    let code = line.yearly.as_ref().and_then(|entry| entry.entry.value("grade")).filter(|code| *code != "none");
    (code.is_none(), code.unwrap_or_default().to_owned())
}

/// Live ones first, then those that are off, then those out of their hours; without cameras last, whatever that means.
fn live(line: &SchoolLine) -> Option<(usize, usize)> {
    line.pictures.map(|pictures| (pictures.live, pictures.in_hours))
}

fn sort(lines: &mut [SchoolLine], by: SchoolSort) {
    // the order of names stays within what is alike
    match by {
        SchoolSort::Name => {}
        SchoolSort::Grade => lines.sort_by_cached_key(grade),
        SchoolSort::Live => lines.sort_by_key(|line| Reverse(live(line))),
        SchoolSort::Inspected => {
            lines.sort_by_key(|line| Reverse(line.inspection.as_ref().and_then(|entry| entry.entry.on)));
        }
    }
}

#[async_trait]
impl Schools for SchoolService {
    async fn schools(&self, query: &SchoolQuery, after: Option<&str>, limit: usize) -> PortResult<SchoolList> {
        let skip: usize = after.map_or(Ok(0), str::parse).map_err(|_| PortError::Invalid("after"))?;
        let snapshot = self.snapshot().await?;
        let pictures = self.pictures().await?;
        let words: Vec<String> = normalise(&query.text).split(' ').map(str::to_owned).collect();
        let is_named = |one: &&Kept| words.iter().all(|word| one.found_by.contains(word.as_str()));
        let (mut lines, mut districts) = (Vec::new(), BTreeMap::new());
        for one in snapshot.schools.iter().filter(is_named) {
            if let Some(district) = &one.line.district {
                *districts.entry(district.clone()).or_insert(0) += 1;
            }
            if query.district.is_none() || query.district == one.line.district {
                let pictures = pictures.get(&one.line.operator).copied();
                lines.push(SchoolLine { pictures, ..one.line.clone() });
            }
        }
        sort(&mut lines, query.sort);
        let total = lines.len();
        let end = skip.saturating_add(limit);
        Ok(SchoolList {
            items: lines.into_iter().skip(skip).take(limit).collect(),
            next: (end < total).then(|| end.to_string()),
            total,
            districts: districts.into_iter().collect(),
        })
    }
}
