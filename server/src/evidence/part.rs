//! An unfinished upload: pieces as they came, each sealed with a nonce of its own and for its place.

use std::{
    fs::{File, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand_core::{OsRng, RngCore};

const NONCE: usize = 24;
const TAG: usize = 16;
/// Most plain bytes of a piece.
const PIECE: usize = 64 << 10;

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "upload is damaged or cut")
}

/// The file of an upload, held by one writer.
pub(super) struct Part {
    file: File,
    cipher: XChaCha20Poly1305,
    /// Plain bytes in it
    offset: u64,
    /// Length with them
    sealed: u64,
}

impl Part {
    /// A new one, empty.
    pub(super) fn create(path: &Path, key: [u8; 32]) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create_new(true).open(path)?;
        file.lock()?;
        Ok(Self { file, cipher: XChaCha20Poly1305::new(&key.into()), offset: 0, sealed: 0 })
    }

    /// Takes hold of one; `None` where another writer holds it. [`Part::resume`] comes next.
    pub(super) fn hold(path: &Path, key: [u8; 32]) -> io::Result<Option<Self>> {
        let file = File::options().read(true).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, cipher: XChaCha20Poly1305::new(&key.into()), offset: 0, sealed: 0 })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Cuts away what came after the last acknowledged piece.
    pub(super) fn resume(&mut self, offset: u64, sealed: u64) -> io::Result<()> {
        if self.file.metadata()?.len() < sealed {
            return Err(broken());
        }
        self.file.set_len(sealed)?;
        self.file.seek(SeekFrom::Start(sealed))?;
        (self.offset, self.sealed) = (offset, sealed);
        Ok(())
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn sealed(&self) -> u64 {
        self.sealed
    }

    /// Appends; not durable before [`Part::sync`].
    pub(super) fn append(&mut self, plain: &[u8]) -> io::Result<()> {
        for piece in plain.chunks(PIECE) {
            let mut nonce = [0; NONCE];
            OsRng.fill_bytes(&mut nonce);
            let payload = Payload { msg: piece, aad: &self.offset.to_be_bytes() };
            let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
            let length = u32::try_from(sealed.len()).map_err(|_| broken())?.to_be_bytes();
            let record = [&length[..], &nonce, &sealed].concat();
            self.file.write_all(&record)?;
            self.sealed += record.len() as u64;
            self.offset += piece.len() as u64;
        }
        Ok(())
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// The plain bytes from the beginning.
    pub(super) fn read(&self) -> io::Result<PartReader<'_>> {
        (&self.file).seek(SeekFrom::Start(0))?;
        Ok(PartReader { part: self, offset: 0, waiting: Vec::new(), at: 0 })
    }
}

/// Reads an upload from its beginning.
pub(super) struct PartReader<'a> {
    part: &'a Part,
    offset: u64,
    waiting: Vec<u8>,
    at: usize,
}

impl PartReader<'_> {
    fn next(&mut self) -> io::Result<()> {
        let mut file = &self.part.file;
        let mut head = [0; 4 + NONCE];
        file.read_exact(&mut head)?;
        let (length, nonce) = head.split_first_chunk::<4>().ok_or_else(broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > PIECE + TAG {
            return Err(broken());
        }
        let mut sealed = vec![0; length];
        file.read_exact(&mut sealed)?;
        let payload = Payload { msg: sealed.as_slice(), aad: &self.offset.to_be_bytes() };
        self.waiting = self.part.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
        self.at = 0;
        self.offset += self.waiting.len() as u64;
        Ok(())
    }
}

impl Read for PartReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.waiting.len() {
            if self.offset >= self.part.offset {
                return Ok(0);
            }
            self.next()?;
        }
        let taken = into.len().min(self.waiting.len() - self.at);
        into[..taken].copy_from_slice(&self.waiting[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}
