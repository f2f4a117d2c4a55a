//! SMTP (RFC 5321) by `lettre`.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{AsyncSmtpTransportBuilder, Error, PoolConfig},
};

use super::{Cause, Failure, Message, Post};

/// How long each answer is awaited. RFC 5321 §4.5.3.2 asks for five minutes and more: giving up early makes doubles.
const ANSWER: Duration = Duration::from_mins(5);
/// Connections at once: letters go out one after the other.
const CONNECTIONS: u32 = 2;
/// Servers close idle connections after some minutes.
const IDLE: Duration = Duration::from_secs(20);

/// What an attempt takes beside its two answers.
const MARGIN: Duration = Duration::from_secs(1);

/// Sends through one server.
pub struct SmtpPost {
    builder: AsyncSmtpTransportBuilder,
    transport: Mutex<AsyncSmtpTransport<Tokio1Executor>>,
    answer: Duration,
}

/// Why a URL can't be used. Never repeats it: it holds a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// It can't be read.
    #[error("{}", app::text::letter::BAD_SMTP_URL)]
    Url,
    /// A password would travel in plain.
    #[error("{}", app::text::letter::OPEN_PASSWORD)]
    OpenPassword,
}

/// User part and host of a URL.
fn authority(url: &str) -> Option<(Option<&str>, &str)> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let host = match host.strip_prefix('[') {
        Some(literal) => literal.split(']').next()?,
        None => host.split(':').next()?,
    };
    Some((user, host)).filter(|_| !host.is_empty())
}

fn check(url: &str) -> Result<(), SmtpError> {
    let (user, host) = authority(url).ok_or(SmtpError::Url)?;
    // a user without a password would be left out silently
    if user.is_some_and(|user| !user.contains(':')) {
        return Err(SmtpError::Url);
    }
    let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_safe = url.starts_with("smtps://") || url.ends_with("tls=required");
    if user.is_some() && !is_safe && !is_here { Err(SmtpError::OpenPassword) } else { Ok(()) }
}

impl SmtpPost {
    /// A post through `smtps://user:password@host:port` or `smtp://…?tls=required`.
    ///
    /// # Errors
    /// [`SmtpError`].
    pub fn new(url: &str) -> Result<Self, SmtpError> {
        Self::patient(url, ANSWER)
    }

    /// The same with another patience for each answer.
    ///
    /// # Errors
    /// [`SmtpError`].
    pub fn patient(url: &str, answer: Duration) -> Result<Self, SmtpError> {
        check(url)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| SmtpError::Url)?;
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE);
        let builder = builder.timeout(Some(answer)).pool_config(pool);
        Ok(Self { transport: Mutex::new(builder.clone().build()), builder, answer })
    }

    fn transport(&self) -> MutexGuard<'_, AsyncSmtpTransport<Tokio1Executor>> {
        self.transport.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Awaits an answer. `lettre` limits the connecting only, and would give a connection that was cut off in the middle
    /// of a letter to the next one: after a cut all connections are new.
    async fn answer<T>(&self, work: impl Future<Output = Result<T, Error>>, talks: bool) -> Result<T, Failure> {
        if let Ok(answer) = tokio::time::timeout(self.answer, work).await {
            return answer.map_err(|error| judge(&error, talks));
        }
        *self.transport() = self.builder.clone().build();
        Err(Failure::Retry(Cause::Timeout))
    }
}

/// What a failure means. A permanent refusal is the letter's fault only where the server talks to us at all.
fn judge(error: &Error, talks: bool) -> Failure {
    match error.status().map(u16::from) {
        Some(530 | 534 | 535 | 538) => Failure::Retry(Cause::Refused),
        Some(code) if error.is_permanent() && talks => Failure::Never(Cause::Smtp(code)),
        Some(_) if error.is_permanent() => Failure::Retry(Cause::Refused),
        Some(code) => Failure::Retry(Cause::Smtp(code)),
        None if error.is_timeout() => Failure::Retry(Cause::Timeout),
        None => Failure::Retry(Cause::Connection),
    }
}

#[async_trait]
impl Post for SmtpPost {
    async fn send(&self, message: &Message) -> Result<(), Failure> {
        // greeting and sign-in come first: what is refused there is not the letter
        let transport = self.transport().clone();
        self.answer(transport.test_connection(), false).await?;
        self.answer(transport.send_raw(&message.envelope, &message.bytes), true).await.map(|_| ())
    }

    fn limit(&self) -> Duration {
        self.answer * 2 + MARGIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn urls_are_judged_before_the_start() {
        let wrong = [
            "",
            "x",
            "mail.example.cn",
            "http://mail.example.cn",
            "smtp://",
            "smtp://host:port",
            "smtp://host:99999",
            "smtp://host?tls=maybe",
            "smtps://user@host",
        ];
        for url in wrong {
            assert_eq!(SmtpPost::new(url).err(), Some(SmtpError::Url), "{url}");
        }
        for url in ["smtp://u:geheim@host", "smtp://u:geheim@host:25?tls=opportunistic", "smtp://u:p@127.0.0.1.cn"] {
            let error = SmtpPost::new(url).err().unwrap();
            assert_eq!(error, SmtpError::OpenPassword, "{url}");
            assert!(!error.to_string().contains("geheim"));
        }
        let good =
            ["smtps://u:p%40x@host", "smtp://u:p@host?tls=required", "smtp://u:p@127.0.0.1:25", "smtp://[::1]:2525"];
        for url in good {
            assert!(SmtpPost::new(url).is_ok(), "{url}");
        }
    }
}
