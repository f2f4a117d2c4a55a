//! How letters leave.

use std::{path::Path, sync::Arc};

use crate::mail::{FolderPost, Post, Sender, SmtpError, SmtpPost};

/// Folder of letters in the data folder, where no server is named.
const FOLDER: &str = "mail";
/// Sender in that folder, where none is named.
const NOBODY: &str = "portal@localhost";

/// How letters leave.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MailArgs {
    /// SMTP server: smtps://user:password@host:port, or <smtp://…?tls=required>. Without it letters become files in the
    /// data folder
    #[arg(long, env = "PORTAL_SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// Sender: "Name <name@example.cn>"
    #[arg(long, env = "PORTAL_MAIL_FROM", value_name = "SENDER")]
    pub mail_from: Option<String>,
}

/// Why letters can't leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server.
    #[error(transparent)]
    Smtp(#[from] SmtpError),
    /// A server but no sender.
    #[error("{}", app::text::letter::NO_FROM)]
    NoFrom,
    /// A sender that is none.
    #[error("{}", app::text::letter::BAD_FROM)]
    From,
}

/// The way of letters, the sender, and a sentence for the administrator.
pub type Way = (Arc<dyn Post>, Sender, String);

impl MailArgs {
    /// Reads the settings; an empty one is none.
    ///
    /// # Errors
    /// [`MailError`], one sentence without the URL.
    pub fn open(&self, data: &Path) -> Result<Way, MailError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let (url, from) = (given(&self.smtp_url), given(&self.mail_from));
        let from = match from {
            Some(from) => Some(Sender::parse(&from).ok_or(MailError::From)?),
            None => None,
        };
        if let Some(url) = url {
            let post = SmtpPost::new(url.trim())?;
            return Ok((Arc::new(post), from.ok_or(MailError::NoFrom)?, app::text::letter::BY_SMTP.to_owned()));
        }
        let folder = data.join(FOLDER);
        let said = app::text::letter::by_folder(&folder.display().to_string());
        let from = from.or_else(|| Sender::parse(NOBODY)).ok_or(MailError::From)?;
        Ok((Arc::new(FolderPost::new(folder)), from, said))
    }
}
