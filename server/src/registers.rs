//! Registers (登记名册) of one portal: their definitions, what is public of them, and files that become editions.

mod definitions;
mod edition;
mod facets;

use std::sync::Arc;

use app::{
    domain::register::{Register, Shows},
    ports::{
        EntryFull, EntryOrder, EntryQuery, FoundEntries, OperatorEntry, Page, PortError, PortResult, RegisterEntry,
        RegisterFull, RegisterLine, Registers,
    },
};
use async_trait::async_trait;
use uuid::Uuid;

pub use definitions::{FOLDER, RegisterSet, RegistersError};
pub use edition::{Published, ReadEdition, Refused, Registrar, Said, read_edition, source_of};

use crate::{
    clock::Clock,
    store::{Db, EntryFilter, EntryRow, ReadRegister, RegisterRow, StoreError},
};

/// Reads the public registers of a portal. Cloning is cheap.
#[derive(Clone)]
pub struct RegisterService {
    db: Db,
    set: RegisterSet,
    clock: Clock,
}

/// A place in a register: `p12_0192…`; in another order how many were before: `s50`.
enum Place {
    After(i64, Uuid),
    Skip(i64),
}

impl Place {
    fn read(text: Option<&str>, order: &EntryOrder) -> PortResult<Self> {
        const WRONG: PortError = PortError::Invalid("after");
        match (text, order) {
            (None, EntryOrder::Given) => Ok(Self::After(i64::MIN, Uuid::nil())),
            (None, _) => Ok(Self::Skip(0)),
            (Some(text), EntryOrder::Given) => {
                let (place, id) = text.strip_prefix('p').and_then(|text| text.split_once('_')).ok_or(WRONG)?;
                let id = Uuid::try_parse(id).map_err(|_| WRONG)?;
                Ok(Self::After(place.parse().map_err(|_| WRONG)?, id))
            }
            (Some(text), _) => {
                let skip = text.strip_prefix('s').and_then(|text| text.parse::<u32>().ok()).ok_or(WRONG)?;
                Ok(Self::Skip(i64::from(skip)))
            }
        }
    }
}

fn next_of(rows: &mut Vec<EntryRow>, limit: u32, place: &Place) -> Option<String> {
    let is_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| is_more)?;
    Some(match place {
        Place::After(..) => format!("p{}_{}", last.ordinal, last.id.simple()),
        Place::Skip(skip) => format!("s{}", skip + i64::from(limit)),
    })
}

impl RegisterService {
    /// The registers of a database by these definitions.
    #[must_use]
    pub fn new(db: Db, set: RegisterSet, clock: Clock) -> Self {
        Self { db, set, clock }
    }

    /// Today, in China.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.clock.today()
    }

    fn definition(&self, code: &str) -> PortResult<Arc<Register>> {
        self.set.get(code).cloned().ok_or(PortError::NotFound)
    }

    fn line(row: &RegisterRow, register: &Register) -> RegisterLine {
        RegisterLine {
            code: row.code.clone(),
            id: row.id,
            name: register.name.clone(),
            short: register.short.clone(),
            note: register.note.clone(),
            source: row.source.clone(),
            published_on: row.published_on,
            updated_at: row.updated_at,
            entries: u64::try_from(row.entries).unwrap_or(0),
            points: u64::try_from(row.points).unwrap_or(0),
        }
    }

    /// The public register of a code, or of the id of its publication.
    async fn find(&self, code: &str) -> PortResult<(RegisterRow, Arc<Register>)> {
        let by_id = match Uuid::try_parse(code) {
            Ok(id) => match self.db.register_of(id).await? {
                Some(code) => Some(code),
                None => return Err(self.db.missing_entry(id).await),
            },
            Err(_) => None,
        };
        let code = by_id.as_deref().unwrap_or(code);
        match self.db.public_register(code).await? {
            ReadRegister::Public(row) => {
                let register = self.definition(&row.code)?;
                Ok((*row, register))
            }
            ReadRegister::Not(id) => Err(self.db.missing_entry(id).await),
            ReadRegister::Unknown => Err(PortError::NotFound),
        }
    }

    fn entries_as(rows: Vec<EntryRow>, register: &Register) -> PortResult<Vec<RegisterEntry>> {
        let entries: Result<Vec<RegisterEntry>, StoreError> =
            rows.into_iter().map(|row| row.into_entry(register)).collect();
        Ok(entries?)
    }

    fn about_operator(&self, row: EntryRow, owner: Uuid) -> PortResult<Option<OperatorEntry>> {
        let Some(register) = self.set.get(&row.register) else { return Ok(None) };
        let mut entry = row.into_entry(register)?;
        entry.operator = Some(owner);
        Ok(Some(OperatorEntry { register_name: register.name.clone(), shows: register.shows, entry }))
    }
}

#[async_trait]
impl Registers for RegisterService {
    fn definitions(&self) -> Vec<Arc<Register>> {
        self.set.all().to_vec()
    }

    async fn registers(&self) -> PortResult<Vec<RegisterLine>> {
        let rows = self.db.public_registers().await?;
        let of = |register: &Arc<Register>| {
            let row = rows.iter().find(|row| row.code == register.code)?;
            Some(Self::line(row, register))
        };
        Ok(self.set.all().iter().filter_map(of).collect())
    }

    async fn register(&self, code: &str) -> PortResult<RegisterFull> {
        let (row, definition) = self.find(code).await?;
        Ok(RegisterFull {
            line: Self::line(&row, &definition),
            definition,
            body: row.body()?,
            revisions: self.db.revisions(row.id).await?,
            replies: self.db.public_replies(row.id).await?,
        })
    }

    async fn entries(
        &self,
        code: &str,
        query: &EntryQuery,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<FoundEntries> {
        let (row, register) = self.find(code).await?;
        facets::check(&register, query)?;
        let place = Place::read(after, &query.order)?;
        let filter = EntryFilter {
            code: &row.code,
            today: self.clock.today(),
            text: &query.text,
            facets: &query.facets,
            with_point: query.with_point,
        };
        let combinations = self.db.entry_combinations(&filter).await?;
        let (total, facets) = facets::count(&register, &query.facets, &combinations);
        let wanted = i64::from(limit) + 1;
        let mut rows = match &place {
            Place::After(ordinal, id) => self.db.find_entries(&filter, (*ordinal, *id), wanted).await?,
            Place::Skip(skip) => self.db.sorted_entries(&filter, &register, &query.order, *skip, wanted).await?,
        };
        let next = next_of(&mut rows, limit, &place);
        Ok(FoundEntries { total, facets, page: Page { items: Self::entries_as(rows, &register)?, next } })
    }

    async fn all_entries(&self, code: &str, after: Option<&str>, limit: u32) -> PortResult<Page<RegisterEntry>> {
        let (row, register) = self.find(code).await?;
        let place = Place::read(after, &EntryOrder::Given)?;
        let Place::After(ordinal, id) = place else { return Err(PortError::Invalid("after")) };
        let today = self.clock.today();
        let mut rows = self.db.entry_rows(&row.code, today, (ordinal, id), i64::from(limit) + 1).await?;
        let next = next_of(&mut rows, limit, &place);
        Ok(Page { items: Self::entries_as(rows, &register)?, next })
    }

    async fn entry(&self, code: &str, id: Uuid) -> PortResult<EntryFull> {
        let Some(found) = self.db.entry_row(id, self.clock.today()).await? else {
            return Err(self.db.missing_entry(id).await);
        };
        if found.register != code {
            return Err(PortError::NotFound);
        }
        let (row, definition) = self.find(code).await?;
        let operator = match found.operator_id {
            Some(operator) => self.db.operator_line(operator).await?,
            None => None,
        };
        let entry = found.into_entry(&definition)?;
        Ok(EntryFull { entry, register: Self::line(&row, &definition), definition, operator })
    }

    async fn entries_of(&self, operator: Uuid) -> PortResult<Vec<OperatorEntry>> {
        let rows = self.db.entry_rows_of(operator, self.clock.today()).await?;
        let known = rows.into_iter().map(|row| self.about_operator(row, operator));
        known.filter_map(Result::transpose).collect()
    }

    async fn newest_of(&self, operators: &[Uuid], shows: Shows) -> PortResult<Vec<OperatorEntry>> {
        let registers: Vec<String> =
            self.set.all().iter().filter(|one| one.shows == shows).map(|one| one.code.clone()).collect();
        let rows = self.db.newest_entry_rows(operators, &registers, self.clock.today()).await?;
        let known = rows.into_iter().map(|(owner, row)| self.about_operator(row, owner));
        known.filter_map(Result::transpose).collect()
    }
}
