//! The port by which letters leave.

use std::{fmt, time::Duration};

use async_trait::async_trait;

use super::Message;

/// Why an attempt failed. Carries nothing of the letter and nothing that the server said but its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server answered with this code
    Smtp(u16),
    /// No connection, or it broke
    Connection,
    /// No answer in time
    Timeout,
    /// The server does not let us in
    Refused,
    /// The letter can't be opened or built
    Content,
    /// The file can't be written
    File,
}

/// A failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// May go well later
    Retry(Cause),
    /// Will never go well
    Never(Cause),
}

/// The code that is stored: `smtp 451`, `connection`, ….
impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp(code) => write!(out, "smtp {code}"),
            Self::Connection => out.write_str("connection"),
            Self::Timeout => out.write_str("timeout"),
            Self::Refused => out.write_str("refused"),
            Self::Content => out.write_str("content"),
            Self::File => out.write_str("file"),
        }
    }
}

/// Takes letters and answers for them: once `send` is well, the letter is on its way.
#[async_trait]
pub trait Post: Send + Sync {
    /// Sends one letter.
    async fn send(&self, message: &Message) -> Result<(), Failure>;

    /// The longest that one attempt may take. The lease is longer, so that no other worker takes the letter meanwhile.
    fn limit(&self) -> Duration;
}
