//! A whole case as one signed file (案卷): Chinese text that anybody can read, and a signature (C2SP signed-note) with
//! which anybody can prove that the bureau wrote it so.
//!
//! Lines of others' words begin with [`QUOTE`], and no line of the system's own does: nobody can write a heading, a
//! decision or a signature into a case by writing a message.

mod text;
mod verify;

use std::{io, path::Path};

use app::text::casefile as say;
use chrono::{DateTime, NaiveDate, Utc};
use signed_note::{NoteError, Signature, Signer};

use crate::tlog::{KeyError, Keys};

pub use verify::{Finding, KeyList, verify};

/// Begins each line of quoted text.
pub const QUOTE: &str = "│ ";
/// Name of the key file below the data folder.
pub const KEY_FILE: &str = "case.key";

/// What a case file says. Names and numbers are lines, `text` and `working` may have several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFile {
    /// Number of the case
    pub number: String,
    /// 投诉 or 举报
    pub kind: String,
    /// Where it stands
    pub state: String,
    /// Title and number of the rule it is handled by
    pub rule: String,
    /// The bureau
    pub authority: String,
    /// When it came in
    pub received_at: DateTime<Utc>,
    /// When this file is written
    pub written_at: DateTime<Utc>,
    /// What happened
    pub events: Vec<Event>,
    /// Dates that the law sets
    pub clocks: Vec<Clock>,
    /// What both sides wrote
    pub messages: Vec<Quoted>,
    /// Decisions, with their reasons
    pub decisions: Vec<Quoted>,
    /// Files
    pub attachments: Vec<Attachment>,
    /// Who looked at it
    pub opened: Vec<Event>,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// When
    pub at: DateTime<Utc>,
    /// Who: a role or a name as the reader may know it
    pub by: String,
    /// What
    pub what: String,
}

/// A date with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// What is due
    pub step: String,
    /// When
    pub due: NaiveDate,
    /// The calendar of that year is not known yet
    pub estimated: bool,
    /// Rule, article, version
    pub basis: String,
    /// Each line of `text::clock::explain`
    pub working: Vec<String>,
}

/// Somebody's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    /// When
    pub at: DateTime<Utc>,
    /// Who
    pub by: String,
    /// What it is: 投诉内容, 补充材料, 不予受理决定
    pub what: String,
    /// The words, as they were written
    pub text: String,
}

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Its name
    pub name: String,
    /// Size
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal
    pub sha256: String,
}

/// Signs case files.
pub struct CaseSigner {
    keys: Keys,
}

/// Why a case can't be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The keys can't be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The key did not sign.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl CaseSigner {
    /// The key of a data folder, made at the first use (readable by its owner only). `origin` is the host of the site,
    /// as the public log is named: the key's name is `origin/cases`. A key that is there keeps its name.
    pub fn open(data: &Path, origin: &str) -> Result<Self, KeyError> {
        Ok(Self { keys: Keys::open(&data.join(KEY_FILE), &format!("{origin}/cases"))? })
    }

    /// The signed file: UTF-8, the text of the case and a signature line for each key.
    pub fn sign(&self, case: &CaseFile) -> Result<String, SignError> {
        let text = text::write(case);
        let mut file = format!("{text}\n");
        for signer in self.keys.signers()? {
            let made = signer.sign(text.as_bytes()).map_err(NoteError::from)?;
            let line = Signature::new(signer.name().to_owned(), signer.key_id(), made)?.to_bytes();
            file.push_str(&String::from_utf8_lossy(&line));
        }
        Ok(file)
    }

    /// The public keys, for a page that anybody can read: a line each.
    pub fn public_keys(&self) -> Result<String, KeyError> {
        Ok(self.keys.public()?.iter().fold(format!("{}\n", say::KEYS_HEAD), |text, key| text + key + "\n"))
    }
}

/// Public keys of a data folder that has some; never makes any.
///
/// # Errors
/// There are none, or they can't be read.
pub fn keys_of(data: &Path) -> io::Result<String> {
    let file = data.join(KEY_FILE);
    std::fs::metadata(&file)?;
    let keys = Keys::open(&file, "").and_then(|keys| keys.public());
    keys.map(|keys| keys.join("\n")).map_err(|error| io::Error::other(error.to_string()))
}
