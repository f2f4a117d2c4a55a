//! Original files by their SHA-256, below the data folder. A file is there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

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

    fn path(&self, hash: &str) -> PathBuf {
        self.0.join(&hash[..2]).join(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
