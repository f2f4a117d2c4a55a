//! A file becomes an edition of a register, whole or not at all.

use std::sync::Arc;

use app::{
    domain::{
        act::Act,
        bulletin::Tally,
        publication::{
            Kind, Standing,
            content::{Content, Table},
            life::{Life, Work},
        },
        register::Register,
    },
    text::registers as say,
};
use chrono::NaiveDate;
use uuid::Uuid;

use super::RegisterSet;
use crate::{
    clock::Clock,
    fail,
    files::{Files, sha256},
    house::House,
    id::Ids,
    import::{
        self, Problem,
        register::{Choice, read_register},
    },
    store::{Db, Edition, EntryDifference, EntryDraft, Performing, StoreError},
};

/// Name of a sheet; heading and code of the register's column, one for each of its columns.
pub type SheetColumns = (String, Vec<(String, Option<String>)>);

/// A file as read by a register's definition.
#[derive(Clone, Debug)]
pub struct ReadEdition {
    /// Its entries that are shown today
    pub edition: Edition,
    /// How many would not be shown any more
    pub over: usize,
    /// What is wrong or worth a look
    pub problems: Vec<Problem>,
    /// Sheets with a table: headings as printed, and the code of the column that each was taken for
    pub sheets: Vec<SheetColumns>,
    /// What the publication keeps of the file
    pub table: Table,
}

/// Why a file is not published. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No such register: a sentence
    #[error("{0}")]
    Unknown(String),
    /// The file is no table that can be read
    #[error(transparent)]
    File(#[from] import::Refusal),
    /// Rows that can't be read: how many
    #[error("{}", say::kept_out(*.0))]
    Errors(usize),
    /// An officer withdrew the register
    #[error("{}", say::WITHDRAWN)]
    Withdrawn,
    /// An officer began the register and did not publish it yet
    #[error("{}", say::AT_DESK)]
    AtDesk,
    /// The database failed
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file can't be kept
    #[error("file can't be kept: {0}")]
    Keep(std::io::Error),
}

/// What is said of an edition beside its entries; what is left out stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Day of the edition; else today
    pub published_on: Option<NaiveDate>,
    /// Who says so; else the register's source, else as before, else the bureau
    pub source: Option<String>,
    /// Why
    pub reason: Option<String>,
    /// Demonstration content
    pub demo: bool,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The register's publication
    pub id: Uuid,
    /// What changed; nothing: no act was needed
    pub difference: EntryDifference,
    /// Position of the feed after it
    pub position: u64,
}

/// Publishes editions in the administrator's name.
#[derive(Clone)]
pub struct Registrar {
    /// The database
    pub db: Db,
    /// Files of editions
    pub files: Files,
    /// Time
    pub clock: Clock,
    /// Ids
    pub ids: Ids,
    /// Definitions
    pub set: RegisterSet,
    /// The bureau, which says what nobody else is named for
    pub bureau: String,
}

/// Reads a file by a register's definition; `progress` is told the number of rows read so far.
///
/// # Errors
/// [`import::Refusal`] when nothing of the file can be used.
pub fn read_edition(
    register: &Arc<Register>,
    name: &str,
    bytes: &[u8],
    mapping: &[(String, String, String)],
    today: NaiveDate,
    progress: &mut dyn FnMut(u64),
) -> Result<ReadEdition, import::Refusal> {
    let choice = |(sheet, heading, code): &(String, String, String)| -> Choice {
        (sheet.clone(), heading.clone(), register.column(code))
    };
    let choices: Vec<Choice> = mapping.iter().map(choice).collect();
    let read = read_register(bytes, register, &choices, progress)?;
    let all = read.entries.len();
    let entries = read.entries.into_iter().map(|entry| EntryDraft { key: entry.key, cells: entry.cells });
    let edition = Edition { register: Arc::clone(register), entries: entries.collect() }.shown_on(today);
    let sheets = read.mapping.into_iter().map(|(name, mapping)| {
        let codes = mapping.headings.iter().map(|one| {
            let code = one.column.and_then(|column| register.columns.get(column)).map(|column| column.code.clone());
            (one.heading.clone(), code)
        });
        (name, codes.collect())
    });
    let table = Table {
        sha256: sha256(bytes),
        name: name.to_owned(),
        size: bytes.len() as u64,
        mapping: mapping.to_vec(),
        samples: all as u64,
        food: Tally::default(),
        all: Tally::default(),
        errors: read.problems.len().max(read.refused) as u64,
    };
    Ok(ReadEdition {
        over: all - edition.entries.len(),
        edition,
        sheets: sheets.collect(),
        problems: read.problems.into_iter().chain(read.warnings).collect(),
        table,
    })
}

impl ReadEdition {
    /// Problems that keep the file out.
    #[must_use]
    pub fn errors(&self) -> usize {
        usize::try_from(self.table.errors).unwrap_or(usize::MAX)
    }
}

impl Registrar {
    /// Of an open house; `bureau` speaks where nobody else is named.
    #[must_use]
    pub fn of(house: &House, bureau: String) -> Self {
        Self {
            db: house.db.clone(),
            files: house.files.clone(),
            clock: house.clock.clone(),
            ids: house.ids.clone(),
            set: house.registers.clone(),
            bureau,
        }
    }

    /// The definition of a code.
    ///
    /// # Errors
    /// [`Refused::Unknown`] with the codes that there are.
    pub fn register(&self, code: &str) -> Result<&Arc<Register>, Refused> {
        self.set.get(code).ok_or_else(|| {
            let known: Vec<&str> = self.set.all().iter().map(|register| register.code.as_str()).collect();
            Refused::Unknown(say::unknown(code, &known.join("、")))
        })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn read(
        &self,
        code: &str,
        name: &str,
        bytes: &[u8],
        progress: &mut dyn FnMut(u64),
    ) -> Result<ReadEdition, Refused> {
        Ok(read_edition(self.register(code)?, name, bytes, &[], self.clock.today(), progress)?)
    }

    /// Makes an edition public: one transaction with revision, leaf and feed. The same again changes nothing.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn publish(&self, read: &ReadEdition, bytes: &[u8], said: &Said) -> Result<Published, Refused> {
        if read.errors() > 0 {
            return Err(Refused::Errors(read.errors()));
        }
        let register = &read.edition.register;
        let now = self.clock.now();
        fail::at("before-transaction");
        let mut tx = self.db.begin().await?;
        let known = tx.publication_of_code(&register.code).await?;
        let existing = match known {
            Some((_, standing)) if standing == Standing::Removed.code() => None,
            Some((_, standing)) if standing == Standing::Withdrawn.code() => return Err(Refused::Withdrawn),
            Some((_, standing)) if standing == Standing::Never.code() => return Err(Refused::AtDesk),
            Some((id, _)) => tx.publication(id).await?,
            None => None,
        };
        let content = self.content(read, existing.as_ref().and_then(|found| found.content.as_ref()), said);
        if let Some(found) = &existing {
            let difference = tx.difference_of_entries(&read.edition).await?;
            if difference.is_empty() && said.published_on.is_none() && said.source.is_none() {
                let position = self.db.feed_position().await?;
                return Ok(Published { id: found.id, difference, position });
            }
        }
        self.files.keep(bytes).map_err(Refused::Keep)?;
        let (publication, act) = if let Some(found) = existing {
            (found, Act::Correct)
        } else {
            let id = self.ids.next(now);
            tx.insert_publication(id, Kind::Register, &Work::ready(content.clone()), now).await?;
            if !tx.claim_register(&register.code, id).await? {
                return Err(Refused::AtDesk);
            }
            if said.demo {
                tx.mark_demo(id).await?;
            }
            let found = tx.publication(id).await?.ok_or(StoreError::Value("publication"))?;
            (found, Act::Publish)
        };
        let difference = tx.difference_of_entries(&read.edition).await?;
        let reason = match act {
            Act::Publish => "",
            _ => said.reason.as_deref().unwrap_or(say::UPDATED),
        };
        // an officer's open work is about the edition after this one
        let open = publication.life.work.clone().filter(|_| act == Act::Correct);
        let performing = Performing {
            next: Life { standing: Standing::Public, work: open },
            act,
            content: Some(&content),
            bulletin: None,
            edition: Some(&read.edition),
            reason,
            hides_earlier: false,
            remove_on: None,
        };
        let done = tx.perform(&publication, &performing, &self.ids, now).await?;
        fail::at("before-commit");
        tx.commit().await?;
        fail::at("after-commit");
        for hash in done.originals {
            if let Err(error) = self.files.delete(&hash) {
                tracing::error!(%error, "file not deleted");
            }
        }
        Ok(Published { id: publication.id, difference, position: self.db.feed_position().await? })
    }

    fn content(&self, read: &ReadEdition, known: Option<&Content>, said: &Said) -> Content {
        let register = &read.edition.register;
        let mut content = known.cloned().unwrap_or_else(|| Content::new(Kind::Register));
        content.title.clone_from(&register.name);
        content.fields.insert("register".into(), register.code.clone());
        let before = Some(content.source.clone()).filter(|source| !source.is_empty());
        let source = said.source.clone().or_else(|| source_of(register)).or(before);
        content.source = source.unwrap_or_else(|| self.bureau.clone());
        content.published_on = Some(said.published_on.unwrap_or_else(|| self.clock.today()));
        content.table = Some(read.table.clone());
        content
    }
}

/// Who says what a register says, where its definition names one for all.
#[must_use]
pub fn source_of(register: &Register) -> Option<String> {
    match &register.source {
        app::domain::register::Source::Fixed(source) => Some(source.clone()),
        app::domain::register::Source::Column(_) => None,
    }
}
