//! Original files by their SHA-256, below the data folder. A file is there whole or not at all.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::store::hex;

/// The folder of original files.
#[derive(Clone, Debug)]
pub struct Files(PathBuf);

/// SHA-256 of bytes, hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Files {
    /// The files below a data folder.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self(data.join("files"))
    }

    /// Keeps bytes (twice the same is once) and gives their hash.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<String> {
        let hash = sha256(bytes);
        let target = self.path(&hash);
        if fs::metadata(&target).is_ok_and(|found| found.len() == bytes.len() as u64) {
            return Ok(hash);
        }
        let folder = target.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        let part = folder.join(format!("{hash}.{}.part", std::process::id()));
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, &target)?;
        File::open(folder)?.sync_all()?;
        Ok(hash)
    }

    /// The bytes of a hash. Anything that isn't a hash is not found.
    pub fn read(&self, hash: &str) -> io::Result<Vec<u8>> {
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Err(io::ErrorKind::NotFound.into());
        }
        fs::read(self.path(hash))
    }

    /// Deletes the bytes of a hash; twice is once.
    pub fn delete(&self, hash: &str) -> io::Result<()> {
        match fs::remove_file(self.path(hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.0.join(&hash[..2]).join(hash)
    }
}

/// The folder of attachments, each under its random id: the name tells nothing of the content.
#[derive(Clone, Debug)]
pub struct Attachments(PathBuf);

impl Attachments {
    /// The attachments below a data folder.
    #[must_use]
    pub fn below(data: &Path) -> Self {
        Self(data.join("attachments"))
    }

    /// Keeps bytes; on the disk when this returns.
    pub fn keep(&self, id: Uuid, bytes: &[u8]) -> io::Result<()> {
        let target = self.path(id);
        let folder = target.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        let part = target.with_extension("part");
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, &target)?;
        File::open(folder)?.sync_all()
    }

    /// The bytes of an attachment.
    pub fn read(&self, id: Uuid) -> io::Result<Vec<u8>> {
        fs::read(self.path(id))
    }

    /// An attachment to be read piece by piece, and its size.
    pub async fn open(&self, id: Uuid) -> io::Result<(tokio::fs::File, u64)> {
        let file = tokio::fs::File::open(self.path(id)).await?;
        let size = file.metadata().await?.len();
        Ok((file, size))
    }

    /// Deletes the bytes of an attachment; twice is once.
    pub fn delete(&self, id: Uuid) -> io::Result<()> {
        match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Deletes the bytes of all attachments but these, and half-written ones. Gives how many.
    pub fn sweep(&self, known: &HashSet<Uuid>) -> io::Result<usize> {
        let folders = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            other => other?,
        };
        let mut swept = 0;
        for folder in folders {
            for file in fs::read_dir(folder?.path())? {
                let file = file?;
                let id = file.file_name().to_str().and_then(|name| Uuid::try_parse(name).ok());
                if id.is_none_or(|id| !known.contains(&id)) {
                    fs::remove_file(file.path())?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    fn path(&self, id: Uuid) -> PathBuf {
        let name = id.simple().to_string();
        self.0.join(&name[..2]).join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_come_and_go() {
        let dir = tempfile::tempdir().unwrap();
        let (files, id) = (Attachments::below(dir.path()), Uuid::from_u128(7));
        files.keep(id, b"abc").unwrap();
        assert_eq!(files.read(id).unwrap(), b"abc");
        files.delete(id).unwrap();
        files.delete(id).unwrap();
        let other = Uuid::from_u128(8);
        for one in [id, other] {
            files.keep(one, b"abc").unwrap();
        }
        assert_eq!(files.sweep(&HashSet::from([other])).unwrap(), 1);
        assert!(files.read(other).is_ok());
        assert!(files.read(id).is_err());
    }

    #[test]
    fn bytes_come_back_and_paths_do_not_escape() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::below(dir.path());
        let hash = files.keep(b"abc").unwrap();
        assert_eq!(hash, files.keep(b"abc").unwrap());
        assert_eq!(files.read(&hash).unwrap(), b"abc");
        for other in ["", "../../etc/passwd", &"a".repeat(64), &hash.to_uppercase()] {
            assert!(files.read(other).is_err(), "{other}");
        }
    }
}
