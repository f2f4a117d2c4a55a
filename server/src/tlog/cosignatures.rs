//! Cosignatures on the checkpoint that a portal serves: which witnesses are accepted, and what they send.
//!
//! They stand in the checkpoint file itself, under the lock that sealing takes; a new checkpoint begins without them.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use signed_note::{Note, Signature};

use super::{
    WitnessKey,
    disk::{read_or_empty, write_whole},
    keyring::witness_keys,
    keys::lines,
};

/// Bytes of a request. A line of a cosignature has about 130.
pub const COSIGNATURE_BYTES: usize = 8 << 10;
/// Witnesses accepted at most: readers of signed notes take at least 16 signatures (C2SP signed-note), and while keys are
/// changed two are the log's own.
pub const MOST_WITNESSES: usize = 14;

/// The checkpoint of a portal's log and those who may add their signatures.
#[derive(Clone)]
pub struct Cosignatures {
    folder: PathBuf,
}

/// Why a cosignature isn't taken, or a witness isn't accepted.
#[derive(Debug, thiserror::Error)]
pub enum CosignError {
    /// Not lines of signatures, or more than there can be witnesses.
    #[error("not lines of note signatures")]
    Garbage,
    /// More than [`COSIGNATURE_BYTES`].
    #[error("more than {COSIGNATURE_BYTES} bytes")]
    TooLong,
    /// No line of an accepted witness.
    #[error("no signature is one of an accepted witness")]
    Unknown,
    /// A witness's signature that does not fit the present checkpoint.
    #[error("the signature in the name of {0} is not one over the present checkpoint")]
    Mismatch(String),
    /// There is no checkpoint yet.
    #[error("there is no checkpoint yet")]
    NoCheckpoint,
    /// A line of the file of witnesses, or a key given, is none.
    #[error("not the key of a witness: {0}")]
    Key(String),
    /// A witness of this name, or with this key, is accepted already.
    #[error("a witness of this name or with this key is accepted already: {0}")]
    Twice(String),
    /// The log itself can't be its witness.
    #[error("{0} is the name of the log itself")]
    Own(String),
    /// [`MOST_WITNESSES`].
    #[error("no more than {MOST_WITNESSES} witnesses are accepted")]
    TooMany,
    /// No accepted witness has this id.
    #[error("no accepted witness has the id {0}")]
    NoSuchWitness(String),
    /// A file.
    #[error("public log: {0}")]
    File(#[from] io::Error),
}

impl Cosignatures {
    /// Those on the checkpoint in the folder that is served.
    #[must_use]
    pub fn on(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The witnesses accepted: `witnesses` in the data folder, one key a line.
    pub fn accepted(&self) -> Result<Vec<WitnessKey>, CosignError> {
        witness_keys(&read_or_empty(&self.list())?).map_err(CosignError::Key)
    }

    /// Accepts a witness by its public key.
    pub fn accept(&self, vkey: &str) -> Result<(), CosignError> {
        let key = WitnessKey::read(vkey.trim()).ok_or_else(|| CosignError::Key(vkey.to_owned()))?;
        let _lock = self.lock()?;
        let accepted = self.accepted()?;
        if accepted.iter().any(|known| known.name() == key.name() || known.bytes() == key.bytes()) {
            return Err(CosignError::Twice(key.vkey()));
        }
        let own = read_or_empty(&self.folder.join("keys"))?;
        if own.lines().any(|line| line.split('+').next() == Some(key.name())) {
            return Err(CosignError::Own(key.name().to_owned()));
        }
        if accepted.len() >= MOST_WITNESSES {
            return Err(CosignError::TooMany);
        }
        let known = read_or_empty(&self.list())?;
        self.write_list(&lines(known.lines().map(str::to_owned).chain([key.vkey()])))
    }

    /// Accepts a witness no longer, by its id; what it signed stays until the next checkpoint.
    pub fn dismiss(&self, id: &str) -> Result<(), CosignError> {
        let _lock = self.lock()?;
        let known = read_or_empty(&self.list())?;
        let is_it = |line: &&str| WitnessKey::read(line.trim()).is_some_and(|key| key.id().eq_ignore_ascii_case(id));
        if !known.lines().any(|line| is_it(&line)) {
            return Err(CosignError::NoSuchWitness(id.to_owned()));
        }
        self.write_list(&lines(known.lines().filter(|line| !is_it(line))))
    }

    /// Adds signatures of accepted witnesses over the present checkpoint. Gives the names of those that are newer than
    /// what stood there.
    ///
    /// # Errors
    /// [`CosignError::Mismatch`] also where the checkpoint was replaced meanwhile: the witness looks again.
    pub fn add(&self, bytes: &[u8]) -> Result<Vec<String>, CosignError> {
        let offered = signature_lines(bytes).filter(|all| all.len() <= MOST_WITNESSES).ok_or(CosignError::Garbage)?;
        let accepted = self.accepted()?;
        let own = |signature: &Signature| accepted.iter().find(|witness| witness.is_signer_of(signature));
        let offered: Vec<(&WitnessKey, Signature)> =
            offered.into_iter().filter_map(|signature| Some((own(&signature)?, signature))).collect();
        let first = offered.first().ok_or(CosignError::Unknown)?.0;
        // sealing must not wait for the work on signatures: what fits is known before the lock is taken
        let (body, _) = self.standing()?;
        let mismatch = |witness: &WitnessKey| CosignError::Mismatch(witness.name().to_owned());
        let fits = |(witness, signature): (&WitnessKey, Signature)| match witness.time_of(&signature, &body) {
            Some(time) => Ok((witness.clone(), signature, time)),
            None => Err(mismatch(witness)),
        };
        let offered = offered.into_iter().map(fits).collect::<Result<Vec<_>, _>>()?;
        let _lock = self.lock()?;
        let (present, mut standing) = self.standing()?;
        if present != body {
            return Err(mismatch(first));
        }
        let mut added = Vec::new();
        for (witness, signature, time) in offered {
            let is_newer = |other: &Signature| witness.time_of(other, &body).is_none_or(|before| before < time);
            if standing.iter().filter(|other| witness.is_signer_of(other)).all(is_newer) {
                standing.retain(|other| !witness.is_signer_of(other));
                standing.push(signature);
                added.push(witness.name().to_owned());
            }
        }
        if !added.is_empty() {
            let note = Note::new(&body, &standing).map_err(|_| CosignError::Garbage)?;
            write_whole(&self.folder.join("checkpoint"), &note.to_bytes())?;
        }
        Ok(added)
    }

    /// Body and signatures of the present checkpoint.
    fn standing(&self) -> Result<(Vec<u8>, Vec<Signature>), CosignError> {
        match fs::read(self.folder.join("checkpoint")) {
            Ok(bytes) => Ok(take_apart(&bytes).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(CosignError::NoCheckpoint),
            Err(error) => Err(error.into()),
        }
    }

    /// Tells readers which witnesses are accepted: `witnesses` beside the checkpoint.
    pub(super) fn tell(&self) -> io::Result<()> {
        let (list, told) = (read_or_empty(&self.list())?, self.folder.join("witnesses"));
        if list == read_or_empty(&told)? { Ok(()) } else { write_whole(&told, list.as_bytes()) }
    }

    fn list(&self) -> PathBuf {
        self.folder.with_file_name("witnesses")
    }

    fn write_list(&self, text: &str) -> Result<(), CosignError> {
        write_whole(&self.list(), text.as_bytes())?;
        Ok(self.tell()?)
    }

    fn lock(&self) -> io::Result<File> {
        lock(&self.folder)
    }
}

/// Takes the lock of a served folder: whoever holds it changes the checkpoint. It ends with the file.
pub(super) fn lock(folder: &Path) -> io::Result<File> {
    let file = File::create(folder.with_file_name("log.lock"))?;
    file.lock()?;
    Ok(file)
}

/// The body and the signatures of a signed note.
pub(super) fn take_apart(note: &[u8]) -> Option<(Vec<u8>, Vec<Signature>)> {
    let body = Note::from_bytes(note).ok()?.text().to_vec();
    let signatures = note.get(body.len() + 1..)?;
    Some((body, signature_lines(signatures)?))
}

/// Reads lines of signatures; all of them, at least one, each with its end.
fn signature_lines(bytes: &[u8]) -> Option<Vec<Signature>> {
    let lines = bytes.strip_suffix(b"\n")?.split(|byte| *byte == b'\n');
    lines.map(|line| Signature::from_bytes(line).ok()).collect()
}
