//! Development: letters as `.eml` files.

use std::{fs, io::Write, path::PathBuf, time::Duration};

use async_trait::async_trait;

use super::{Cause, Failure, Message, Post};

/// Writing a file takes no longer.
const LIMIT: Duration = Duration::from_secs(10);

/// Writes each letter to `FOLDER/<id>.eml`; the same letter always to the same file.
pub struct FolderPost(PathBuf);

impl FolderPost {
    /// A post into this folder; made when it is missing.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }
}

fn write(folder: &PathBuf, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(name))?;
    fs::File::open(folder)?.sync_all()
}

#[async_trait]
impl Post for FolderPost {
    async fn send(&self, message: &Message) -> Result<(), Failure> {
        let (folder, name, bytes) = (self.0.clone(), format!("{}.eml", message.id), message.bytes.clone());
        match tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::warn!(%error, "letter can't be written");
                Err(Failure::Retry(Cause::File))
            }
            Err(_) => Err(Failure::Retry(Cause::File)),
        }
    }

    fn limit(&self) -> Duration {
        LIMIT
    }
}
