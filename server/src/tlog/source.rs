//! Where a log is read from: a folder or an address.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::PathBuf,
    time::Duration,
};

use tlog_tiles::{Error, Tile, TileReader};

use super::HEIGHT;

/// Answers larger than this are refused: a full bundle of the largest entries is 16 MB.
const LARGEST: u64 = 17 << 20;
/// A checkpoint has a few hundred bytes, with many signatures a few thousand.
const CHECKPOINT: u64 = 64 << 10;
const TIMEOUT: Duration = Duration::from_secs(30);

/// A log somewhere.
pub enum Source {
    /// The folder that holds `checkpoint`
    Folder(PathBuf),
    /// The address below which `checkpoint` is, without a slash at the end
    Address(String, Box<ureq::Agent>),
}

/// Why a part of a log can't be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It isn't there.
    #[error("{0} is not there")]
    Missing(String),
    /// It may be there; the way to it failed.
    #[error("{0}: {1}")]
    Failed(String, String),
}

impl Source {
    /// A folder, or an address that begins with `http://` or `https://`. The portal's own address serves as well as
    /// that of its log.
    #[must_use]
    pub fn named(place: &str) -> Self {
        if place.starts_with("http://") || place.starts_with("https://") {
            let base = place.trim_end_matches('/');
            let base = if base.ends_with("/log") { base.to_owned() } else { format!("{base}/log") };
            Self::Address(base, Box::new(agent()))
        } else {
            let folder = PathBuf::from(place);
            let below = folder.join("log");
            Self::Folder(if folder.join("checkpoint").exists() || !below.is_dir() { folder } else { below })
        }
    }

    /// The bytes of a path such as `tile/0/000`.
    pub fn get(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.read(path, LARGEST)
    }

    /// The signed tree head.
    pub fn checkpoint(&self) -> Result<Vec<u8>, SourceError> {
        self.read("checkpoint", CHECKPOINT)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::Folder(folder) => {
                let mut bytes = Vec::new();
                let read = File::open(folder.join(path)).and_then(|file| file.take(limit).read_to_end(&mut bytes));
                read.map(|_| bytes).map_err(|error| match error.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::Missing(path.to_owned()),
                    _ => SourceError::Failed(path.to_owned(), error.to_string()),
                })
            }
            Self::Address(base, agent) => {
                let failed = |error: ureq::Error| match error {
                    ureq::Error::StatusCode(404 | 410) => SourceError::Missing(path.to_owned()),
                    other => SourceError::Failed(path.to_owned(), other.to_string()),
                };
                let mut answer = agent.get(format!("{base}/{path}")).call().map_err(failed)?;
                answer.body_mut().with_config().limit(limit).read_to_vec().map_err(failed)
            }
        }
    }

    /// Sends signatures to the log: the status, and what a refusal says. Only an address takes any.
    pub fn send(&self, to: Option<&str>, signatures: &[u8]) -> Result<Option<(u16, String)>, SourceError> {
        let agent = agent();
        let address = match (to, self) {
            (Some(address), _) => address.to_owned(),
            (None, Self::Address(base, _)) => format!("{base}/cosignature"),
            (None, Self::Folder(_)) => return Ok(None),
        };
        let failed = |error: ureq::Error| SourceError::Failed(address.clone(), error.to_string());
        let request = agent.post(&address).config().http_status_as_error(false).build();
        let mut answer = request.content_type("text/plain; charset=utf-8").send(signatures).map_err(failed)?;
        let text = answer.body_mut().with_config().limit(CHECKPOINT).read_to_string().map_err(failed)?;
        Ok(Some((answer.status().as_u16(), text)))
    }

    /// A tile (or bundle of entries) of `width`; where only the full one is kept, that.
    pub fn tile(&self, level: &str, number: u64, width: u64) -> Result<Vec<u8>, SourceError> {
        match self.get(&tile_path(level, number, width)) {
            Err(SourceError::Missing(_)) if width < super::WIDTH => self.get(&tile_path(level, number, super::WIDTH)),
            other => other,
        }
    }
}

impl Source {
    /// The hashes of tiles.
    pub(super) fn read_hashes_of(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, SourceError> {
        tiles
            .iter()
            .map(|tile| {
                let mut bytes = self.tile(&tile.level().to_string(), tile.level_index(), u64::from(tile.width()))?;
                bytes.truncate(tile.width() as usize * tlog_tiles::HASH_SIZE);
                Ok(bytes)
            })
            .collect()
    }

    /// Widths of the parts of a tile that lie beside it. They can only be listed in a folder.
    pub fn parts(&self, level: &str, number: u64) -> Vec<u64> {
        let Self::Folder(folder) = self else { return Vec::new() };
        let path = folder.join(tile_path(level, number, 1));
        let found = path.parent().and_then(|parts| fs::read_dir(parts).ok()).into_iter().flatten().flatten();
        found.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).build().into()
}

/// `tile/<level>/<number>[.p/<width>]` (C2SP tlog-tiles): the number in groups of three digits.
pub fn tile_path(level: &str, number: u64, width: u64) -> String {
    let mut digits = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        digits = format!("x{:03}/{digits}", rest % 1000);
        rest /= 1000;
    }
    if width < super::WIDTH { format!("tile/{level}/{digits}.p/{width}") } else { format!("tile/{level}/{digits}") }
}

impl TileReader for Source {
    fn height(&self) -> u8 {
        HEIGHT
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        self.read_hashes_of(tiles).map_err(|error| Error::InvalidInput(error.to_string()))
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(tile_path("0", 0, 256), "tile/0/000");
        assert_eq!(tile_path("1", 5, 7), "tile/1/005.p/7");
        assert_eq!(tile_path("entries", 1_234_067, 256), "tile/entries/x001/x234/067");
    }
}
