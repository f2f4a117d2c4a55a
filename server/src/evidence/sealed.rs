//! A file sealed in chunks: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over XChaCha20-Poly1305.
//! Every nonce says which chunk it is and whether it is the last, so that chunks can't be dropped, swapped or added;
//! the key belongs to the file's id, so that files can't be swapped. Any chunk can be opened alone.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use rand_core::{OsRng, RngCore};

/// Plain bytes of a chunk.
pub(super) const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
/// First bytes of a file: which construction.
const MAGIC: &[u8; 4] = b"PEV1";
const PREFIX: usize = 19;
const HEADER: usize = MAGIC.len() + PREFIX;

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "sealed file is damaged, cut or another's")
}

fn nonce(prefix: &[u8; PREFIX], chunk: u64, is_last: bool) -> io::Result<XNonce> {
    let number = u32::try_from(chunk).map_err(|_| broken())?;
    let mut nonce = [0; 24];
    nonce[..PREFIX].copy_from_slice(prefix);
    nonce[PREFIX..23].copy_from_slice(&number.to_be_bytes());
    nonce[23] = u8::from(is_last);
    Ok(XNonce::from(nonce))
}

/// Writes plain bytes sealed. [`Sealer::finish`] must be called: what was not finished can't be opened.
pub(super) struct Sealer<W> {
    to: W,
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX],
    chunk: u64,
    waiting: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn new(mut to: W, key: [u8; 32]) -> io::Result<Self> {
        let mut prefix = [0; PREFIX];
        OsRng.fill_bytes(&mut prefix);
        to.write_all(MAGIC)?;
        to.write_all(&prefix)?;
        let waiting = Vec::with_capacity(CHUNK);
        Ok(Self { to, cipher: XChaCha20Poly1305::new(&key.into()), prefix, chunk: 0, waiting })
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let nonce = nonce(&self.prefix, self.chunk, is_last)?;
        let sealed = self.cipher.encrypt(&nonce, self.waiting.as_slice()).map_err(|_| broken())?;
        self.waiting.clear();
        self.chunk += 1;
        self.to.write_all(&sealed)
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, plain: &[u8]) -> io::Result<usize> {
        // a full chunk waits until it is known whether another follows
        if self.waiting.len() == CHUNK {
            self.seal(false)?;
        }
        let taken = plain.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&plain[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a sealed file from any place in it.
pub(super) struct Opener {
    file: File,
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX],
    chunks: u64,
    /// Plain bytes
    size: u64,
}

impl Opener {
    pub(super) fn new(mut file: File, key: [u8; 32]) -> io::Result<Self> {
        let mut header = [0; HEADER];
        file.read_exact(&mut header).map_err(|_| broken())?;
        let (magic, prefix) = header.split_first_chunk::<4>().ok_or_else(broken)?;
        let prefix = prefix.try_into().map_err(|_| broken())?;
        let body = file.metadata()?.len().checked_sub(HEADER as u64).ok_or_else(broken)?;
        let chunks = body.div_ceil((CHUNK + TAG) as u64);
        let size = body.checked_sub(chunks * TAG as u64).ok_or_else(broken)?;
        if magic != MAGIC || chunks == 0 {
            return Err(broken());
        }
        let mut opener = Self { file, cipher: XChaCha20Poly1305::new(&key.into()), prefix, chunks, size };
        // the last chunk knows that it is the last: with it the whole length is proved
        opener.chunk(chunks - 1)?;
        Ok(opener)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The plain bytes of one chunk.
    pub(super) fn chunk(&mut self, number: u64) -> io::Result<Vec<u8>> {
        if number >= self.chunks {
            return Ok(Vec::new());
        }
        self.file.seek(SeekFrom::Start(HEADER as u64 + number * (CHUNK + TAG) as u64))?;
        let mut sealed = Vec::with_capacity(CHUNK + TAG);
        (&self.file).take((CHUNK + TAG) as u64).read_to_end(&mut sealed)?;
        let nonce = nonce(&self.prefix, number, number + 1 == self.chunks)?;
        self.cipher.decrypt(&nonce, sealed.as_slice()).map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), KEY).unwrap();
        sealer.write_all(plain).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(bytes: &[u8], key: [u8; 32]) -> io::Result<Vec<u8>> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let mut opener = Opener::new(file, key)?;
        let mut plain = Vec::new();
        for number in 0..opener.chunks {
            plain.extend(opener.chunk(number)?);
        }
        assert_eq!(plain.len() as u64, opener.size());
        Ok(plain)
    }

    #[test]
    fn sealed_files_open_whole_or_not_at_all() {
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let plain: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let bytes = sealed(&plain);
            assert_eq!(opened(&bytes, KEY).unwrap(), plain, "{size}");
            assert!(opened(&bytes, [8; 32]).is_err());
            let places = [0, 5, HEADER, bytes.len() / 2, bytes.len() - 1];
            for at in places {
                let mut damaged = bytes.clone();
                damaged[at.min(bytes.len() - 1)] ^= 1;
                assert!(opened(&damaged, KEY).is_err(), "{size} {at}");
            }
            // cut anywhere, at the seams of chunks too
            for cut in [0, HEADER, HEADER + 1, HEADER + CHUNK + TAG, bytes.len() - 1, bytes.len().saturating_sub(TAG)] {
                assert!(cut >= bytes.len() || opened(&bytes[..cut], KEY).is_err(), "{size} {cut}");
            }
            assert!(opened(&[bytes.as_slice(), b"x"].concat(), KEY).is_err());
        }
        // two chunks in each other's place
        let bytes = sealed(&vec![1; 3 * CHUNK]);
        let (first, second) = (HEADER..HEADER + CHUNK + TAG, HEADER + CHUNK + TAG..HEADER + 2 * (CHUNK + TAG));
        let swapped = [&bytes[..HEADER], &bytes[second.clone()], &bytes[first], &bytes[second.end..]].concat();
        assert!(opened(&swapped, KEY).is_err());
        assert!(!bytes.windows(32).any(|part| part == [1; 32]));
    }
}
