//! The composition root: a data folder opened, and what stands on it.

use std::{path::PathBuf, sync::Arc};

use app::ports::Site;

use crate::{
    auth::{Auth, AuthError},
    clock::Clock,
    config::{
        AlertSettings, CaseSettings, ConfigError, DataArgs, EvidenceSettings, KitchenSettings, MapSettings,
        PollSettings, read_settings,
    },
    files::{Attachments, Files},
    id::Ids,
    index::{IndexError, LiveIndex},
    mail::Outbox,
    registers::{RegisterSet, RegistersError},
    secret::{SecretError, Secrets},
    store::{Db, StoreError, hex},
    tlog::{PublicLog, SealError},
};

/// Everything that a subcommand works on.
#[derive(Clone)]
pub struct House {
    /// The data folder
    pub data: PathBuf,
    /// The database
    pub db: Db,
    /// Original files
    pub files: Files,
    /// Attachments
    pub attachments: Attachments,
    /// The live index
    pub index: Arc<LiveIndex>,
    /// Time
    pub clock: Clock,
    /// Ids
    pub ids: Ids,
    /// The public log
    pub log: Arc<PublicLog>,
    /// Accounts of officers
    pub auth: Auth,
    /// Letters to be sent
    pub mail: Outbox,
    /// Limits of evidence files
    pub evidence: EvidenceSettings,
    /// Reminders and retention of cases
    pub case_settings: CaseSettings,
    /// Definitions of registers
    pub registers: RegisterSet,
    /// Digests of alerts
    pub alerts: AlertSettings,
    /// Limits of votes and surveys
    pub poll_settings: PollSettings,
    /// Live pictures
    pub kitchens: KitchenSettings,
    /// Maps
    pub map: MapSettings,
}

/// Why a data folder can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder itself.
    #[error("data folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The public log.
    #[error(transparent)]
    Log(#[from] SealError),
    /// The key outside the database.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Accounts.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// A definition of a register.
    #[error(transparent)]
    Registers(#[from] RegistersError),
}

impl House {
    /// Opens a data folder; makes what is missing.
    pub async fn open(args: &DataArgs) -> Result<Self, OpenError> {
        std::fs::create_dir_all(&args.data).map_err(|error| OpenError::Folder(args.data.clone(), error))?;
        let registers = RegisterSet::read(&args.data)?;
        let db = match args.database_url.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => Db::open_postgres(url).await?,
            None => Db::open_sqlite(&args.data.join("portal.db")).await?,
        };
        let index = Arc::new(LiveIndex::open(&args.data)?);
        let files = Files::below(&args.data);
        let attachments = Attachments::below(&args.data);
        let ids = Ids::random();
        let settings = read_settings(&args.data)?;
        let log = Arc::new(PublicLog::open(&args.data, &origin(&settings.site, &ids))?);
        let (clock, secrets) = (Clock::system(), Secrets::open(&args.data)?);
        let mail = Outbox::new(secrets.clone(), ids.clone());
        let auth = Auth::new(db.clone(), clock.clone(), ids.clone(), secrets, settings.desk)?;
        let (evidence, case_settings, alerts, poll_settings) =
            (settings.evidence, settings.cases, settings.alerts, settings.polls);
        Ok(Self {
            data: args.data.clone(),
            db,
            files,
            attachments,
            index,
            clock,
            ids,
            log,
            auth,
            mail,
            evidence,
            case_settings,
            registers,
            alerts,
            poll_settings,
            kitchens: settings.kitchens,
            map: settings.map,
        })
    }

    /// Brings the public log to the database. Gives the number of its leaves.
    pub async fn seal(&self) -> Result<u64, SealError> {
        let (log, db, runtime) = (Arc::clone(&self.log), self.db.clone(), tokio::runtime::Handle::current());
        let sealed = tokio::task::spawn_blocking(move || runtime.block_on(log.seal(&db))).await;
        sealed.map_err(|error| SealError::File(std::io::Error::other(error)))?
    }
}

/// Name of a new log: the site's host, or something that no other has. It never changes afterwards.
fn origin(site: &Site, ids: &Ids) -> String {
    match site.base_url.split_once("://") {
        Some((_, host)) if !host.is_empty() => format!("{host}/log"),
        _ => format!("portal-{}/log", &hex(&ids.salt())[..8]),
    }
}
