//! The desk: publications written, checked, approved and made public. Each method loads, asks the pure state machine,
//! and saves state, revision, leaf, change feed and audit entry in one transaction.

mod checks;
mod files;
mod jobs;
mod law;
mod perform;
mod registers;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use app::{
    domain::{
        audit::{Deed, Outcome},
        clock::{Due, Settings, Step, due},
        publication::{
            Kind, Standing,
            content::{Attachment, Content, FieldFault},
            field::Fault,
            life::{Command, Life, Refusal, Work},
        },
        removal::{Penalty, Removal, RemovalError, Restriction, Rules},
        staff::{Permission, Viewer},
    },
    ports::{
        Checks, Desk, DeskError, DeskFilter, DeskLine, DeskResult, DeskSheet, PortError, PortResult, Reading,
        TableView, Typed,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

pub use checks::{confirmation, found_marks};
pub use jobs::keep_time;
pub use law::{CALENDARS, Days, Law, LawError};

use crate::{
    auth::Who,
    house::House,
    store::{Audit, Publication, StoreError, Tx},
};

/// Lines of a page of the list.
pub const PAGE: u32 = 50;

/// The desk of one portal. Cloning is cheap.
#[derive(Clone)]
pub struct DeskService {
    house: House,
    /// Who calls, for the audit trail; nobody where the time does it
    who: Who,
    rules: Arc<Rules>,
    calendar: Days,
    settings: Arc<Settings>,
    /// Telephones that the bureau itself publishes
    phones: Arc<[String]>,
    /// How far tables are that are being read
    reading: Arc<Mutex<HashMap<Uuid, Reading>>>,
    /// Tables looked at lately, so that a look does not read the file again
    views: Arc<files::Views>,
}

/// A write: the publication as read in its transaction, and what becomes of it.
struct Write {
    tx: Tx,
    before: Publication,
}

impl DeskService {
    /// A desk over a house, with the law's data.
    #[must_use]
    pub fn new(house: House, law: Law, phones: Vec<String>) -> Self {
        let Law { rules, calendar, settings } = law;
        Self {
            house,
            who: Who::default(),
            rules: Arc::new(rules),
            calendar,
            settings: Arc::new(settings),
            phones: phones.into(),
            reading: Arc::default(),
            views: Arc::default(),
        }
    }

    /// The desk as one caller uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    fn did(&self, deed: Deed, id: Uuid) -> Audit {
        self.who.did(deed, Outcome::Ok).on("publication", id)
    }

    /// Today, in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.house.clock.today()
    }

    async fn find(&self, id: Uuid) -> DeskResult<Publication> {
        Ok(self.house.db.publication(id).await.map_err(PortError::from)?.ok_or(PortError::NotFound)?)
    }

    /// Begins a write on what the officer saw; another version is a conflict.
    async fn write(&self, by: &Viewer, id: Uuid, version: i64) -> DeskResult<Write> {
        let mut tx = self.house.db.begin().await.map_err(PortError::from)?;
        let before = tx.publication(id).await.map_err(PortError::from)?.ok_or(PortError::NotFound)?;
        if before.version != version {
            drop(tx);
            return Err(DeskError::Conflict(Box::new(self.sheet(by, id).await?)));
        }
        Ok(Write { tx, before })
    }

    /// Keeps changed work.
    async fn keep(&self, write: Write, life: &Life, deed: Deed) -> DeskResult<i64> {
        let Write { mut tx, before } = write;
        let now = self.house.clock.now();
        let saved = tx.save_work(before.id, before.version, life.work.as_ref(), now).await.map_err(PortError::from)?;
        if !saved {
            return Err(PortError::Unavailable("publication changed meanwhile".into()).into());
        }
        tx.audit(&self.did(deed, before.id), now).await.map_err(PortError::from)?;
        tx.commit().await.map_err(PortError::from)?;
        Ok(before.version + 1)
    }

    /// The check of open work.
    async fn check(&self, id: Uuid, work: &Work) -> PortResult<Checks> {
        let attachments = self.house.db.attachments(id).await?;
        let numbers = work.content.as_ref().map_or("", |content| content.field("samples"));
        let unknown = self.house.db.unknown_samples(numbers.lines()).await?;
        let removal = work.content.as_ref().and_then(|content| self.removal(content, self.today()).err());
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        Ok(checks::check(
            work,
            &checks::Around {
                attachments: &attachments,
                phones: &phones,
                unknown_samples: &unknown,
                removal,
                today: self.today(),
            },
        ))
    }

    /// How long a penalty stays public; other kinds have no end. Nothing is said of what is not filled yet.
    fn removal(&self, content: &Content, published_on: NaiveDate) -> Result<Option<Removal>, Fault> {
        let (Kind::Penalty, Some(decided_on)) = (content.kind, content.day("decided_on")) else { return Ok(None) };
        let Some((rule, class)) = content.field("removal_class").split_once('/') else { return Ok(None) };
        let restriction = match (content.field("restriction_until"), content.day("restriction_until")) {
            (_, Some(until)) => Restriction::Until(until),
            _ => Restriction::None,
        };
        let penalty = Penalty { decided_on, published_on: published_on.max(decided_on), restriction, food: true };
        self.rules.removal(rule, class, penalty).map(Some).map_err(|error| match error {
            RemovalError::NoRestriction { .. } => Fault::NoRestriction,
            _ => Fault::NoSuchRule,
        })
    }

    /// Until when a penalty must be public: 20 working days from the decision; of a party in another province 10 to
    /// forward it, and there 10 from the day it came (order 45 art. 9, 10).
    fn publish_by(&self, content: &Content) -> Option<Due> {
        let decided_on = content.day("decided_on").filter(|_| content.kind == Kind::Penalty)?;
        let (step, start) = match content.field("party_place") {
            "elsewhere" => (Step::PenaltyForward, decided_on),
            "forwarded" => (Step::PenaltyAssist, content.day("forwarded_on")?),
            _ => (Step::PenaltyPublication, decided_on),
        };
        due(step, start, app::domain::clock::Rule::R121, &[], &[], &self.calendar.get(), &self.settings).ok()
    }

    /// Content as a form says it, over what is stored: kind, table and files are not the form's to change.
    fn filled(base: &Content, typed: &Typed) -> DeskResult<Content> {
        let mut content = base.clone();
        let pairs = typed.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut faults = content.fill(pairs);
        faults.extend(content.faults());
        if let Some(kept) = &typed.attachments {
            content.attachments.retain(|attachment| kept.contains(&attachment.id));
        }
        if faults.is_empty() { Ok(content) } else { Err(DeskError::Faults(faults)) }
    }
}

impl DeskService {
    /// Names of officers by id.
    async fn names(&self, ids: &[Uuid]) -> DeskResult<BTreeMap<Uuid, String>> {
        self.house.db.staff_names(ids).await.map_err(of_store)
    }
}

/// What the audit trail calls a step.
fn deed_of(command: &Command) -> Deed {
    match command {
        Command::Save { .. } => Deed::PublicationSave,
        Command::Open { .. } => Deed::PublicationOpen,
        Command::Submit => Deed::PublicationSubmit,
        Command::TakeBack => Deed::PublicationTakeBack,
        Command::Return(_) => Deed::PublicationReturn,
        Command::Approve => Deed::PublicationApprove,
        Command::Schedule(_) => Deed::PublicationSchedule,
        Command::Perform => Deed::PublicationPerform,
        Command::Discard => Deed::PublicationDiscard,
    }
}

fn save_command(content: Content, typed: &Typed) -> Command {
    let reason = typed.fields.iter().find(|(name, _)| name == "reason").map(|(_, value)| value.trim().to_owned());
    Command::Save {
        content,
        reason: reason.unwrap_or_default(),
        hides_earlier: typed.hides_earlier,
        confirmed: typed.confirmed.clone(),
    }
}

fn need(by: &Viewer, permission: Permission) -> DeskResult<()> {
    if by.may(permission) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn of_store(error: StoreError) -> DeskError {
    PortError::from(error).into()
}

#[async_trait]
impl Desk for DeskService {
    async fn lines(&self, by: &Viewer, filter: DeskFilter, page: u32) -> DeskResult<(Vec<DeskLine>, [u64; 4])> {
        need(by, Permission::SeeDesk)?;
        let mut lines = self.house.db.desk_lines(&filter, page * PAGE, PAGE).await.map_err(of_store)?;
        for line in &mut lines {
            let content = line.work.as_ref().and_then(|work| work.content.as_ref());
            line.publish_by = content.filter(|_| line.standing == Standing::Never).and_then(|one| self.publish_by(one));
        }
        Ok((lines, self.house.db.desk_counts().await.map_err(of_store)?))
    }

    async fn sheet(&self, by: &Viewer, id: Uuid) -> DeskResult<DeskSheet> {
        need(by, Permission::SeeDesk)?;
        let found = self.find(id).await?;
        let work = found.life.work.as_ref();
        let checks = match work {
            Some(work) => self.check(id, work).await?,
            None => Checks::default(),
        };
        let content = work.and_then(|work| work.content.as_ref());
        let foreseen = content.and_then(|content| self.removal(content, self.today()).ok().flatten());
        let named = work.map(|work| work.editors.iter().chain(&work.approved_by).copied().collect::<Vec<_>>());
        let public = match (found.kind, found.life.standing) {
            (Kind::Bulletin, Standing::Public | Standing::Withdrawn) => self.bulletin_content(&found).await?,
            (_, Standing::Public | Standing::Withdrawn) => found.content.clone(),
            _ => None,
        };
        let is_public = found.life.standing == Standing::Public;
        let earliest_repair = public.as_ref().filter(|_| is_public).and_then(|content| {
            let removal = self.removal(content, content.published_on.unwrap_or(self.today())).ok().flatten()?;
            removal.earliest_repair
        });
        let attachments = self.house.db.attachments(id).await.map_err(of_store)?;
        Ok(DeskSheet {
            id,
            kind: found.kind,
            publish_by: content.and_then(|content| self.publish_by(content)),
            remove_on: foreseen.and_then(|removal| removal.on).or(found.remove_on),
            earliest_repair,
            title: content
                .map(|content| content.title.clone())
                .filter(|title| !title.is_empty())
                .unwrap_or(found.title),
            version: found.version,
            public,
            attachments: attachments.into_iter().map(|stored| stored.attachment).collect(),
            checks,
            revisions: self.house.db.revisions(id).await.map_err(of_store)?,
            names: self.names(&named.unwrap_or_default()).await?,
            life: found.life,
        })
    }

    async fn begin(&self, by: &Viewer, kind: Kind, typed: &Typed) -> DeskResult<Uuid> {
        let mut content = Self::filled(&Content::new(kind), typed)?;
        if kind == Kind::Register {
            self.name_register(&mut content)?;
        }
        let now = self.house.clock.now();
        let register = (kind == Kind::Register).then(|| content.field("register").to_owned());
        let life = Life::NEW.apply(save_command(content, typed), by, now)?;
        let work = life.work.as_ref().ok_or(Refusal::NotNow)?;
        let id = self.house.ids.next(now);
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.insert_publication(id, kind, work, now).await.map_err(of_store)?;
        if let Some(code) = register
            && !tx.claim_register(&code, id).await.map_err(of_store)?
        {
            return Err(DeskError::Faults(vec![FieldFault { field: "register", fault: Fault::RegisterHasOne }]));
        }
        tx.audit(&self.did(Deed::PublicationBegin, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(id)
    }

    async fn save(&self, by: &Viewer, id: Uuid, version: i64, typed: &Typed) -> DeskResult<i64> {
        need(by, Permission::Write)?;
        let write = self.write(by, id, version).await?;
        let base = write.before.life.work.as_ref().and_then(|work| work.content.clone());
        let base = base.unwrap_or_else(|| Content::new(write.before.kind));
        let mut content = Self::filled(&base, typed)?;
        if content.kind == Kind::Register {
            // which register it is was said once
            content.fields.clone_from(&base.fields);
        }
        let life = write.before.life.apply(save_command(content, typed), by, self.house.clock.now())?;
        self.keep(write, &life, Deed::PublicationSave).await
    }

    async fn command(&self, by: &Viewer, id: Uuid, version: i64, command: Command) -> DeskResult<Life> {
        need(by, command.needs())?;
        match command {
            Command::Save { .. } => Err(Refusal::NotNow.into()),
            Command::Perform => self.perform(by, id, version).await,
            Command::Open { act, reason, .. } => self.open(by, id, version, act, reason).await,
            Command::Submit | Command::Approve | Command::Schedule(_) => self.forward(by, id, version, command).await,
            Command::Discard => self.discard(by, id, version).await,
            Command::TakeBack | Command::Return(_) => {
                let write = self.write(by, id, version).await?;
                let deed = deed_of(&command);
                let life = write.before.life.apply(command, by, self.house.clock.now())?;
                self.keep(write, &life, deed).await?;
                Ok(life)
            }
        }
    }

    async fn attach(&self, by: &Viewer, id: Uuid, version: i64, name: &str, bytes: Vec<u8>) -> DeskResult<Attachment> {
        self.add_attachment(by, id, version, name, bytes).await
    }

    async fn read_table(&self, by: &Viewer, id: Uuid, version: i64, name: &str, bytes: Vec<u8>) -> DeskResult<i64> {
        self.take_table(by, id, version, name.to_owned(), bytes).await
    }

    async fn map_table(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<i64> {
        self.take_mapping(by, id, version, mapping).await
    }

    async fn table(&self, by: &Viewer, id: Uuid) -> DeskResult<TableView> {
        need(by, Permission::SeeDesk)?;
        self.view_table(id).await
    }

    async fn reading(&self, id: Uuid) -> PortResult<Option<Reading>> {
        let reading = self.reading.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(reading.get(&id).cloned())
    }

    fn removal_classes(&self) -> Vec<(String, String)> {
        let of = |rule: &app::domain::removal::Rule| {
            let name = format!("{}（{}）", rule.name, rule.number);
            let code = |class: &app::domain::removal::Class| {
                (format!("{}/{}", rule.id, class.id), format!("{name}：{}", class.name))
            };
            rule.classes.iter().map(code).collect::<Vec<_>>()
        };
        self.rules.in_force(self.today()).into_iter().flat_map(of).collect()
    }
}
