//! Asks for playlists and segments: HTTP/1.1 (RFC 9112), one request a connection, no cookies, no encodings (nothing to blow
//! up), each step with a time and each body with a size. The body is read only as fast as it is taken.

mod body;
mod connect;
mod head;

use std::{sync::Arc, time::Duration};

use app::domain::stream::{StreamAddress, playlist::Range};
use tokio::{
    io::AsyncWriteExt,
    time::{Instant, timeout},
};
use tokio_rustls::rustls::ClientConfig;

pub use body::Body;

use super::guard::{Guard, Refusal};
use head::Head;

/// Redirects that are followed; each is checked like the first address.
const MOST_REDIRECTS: usize = 3;

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Resolving the name
    Name,
    /// The connection, with TLS
    Connect,
    /// The answer's beginning
    FirstByte,
    /// A pause in the body
    Idle,
    /// Everything together
    Whole,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// The portal does not ask there
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The name does not resolve
    #[error("no such host")]
    NoHost,
    /// No connection
    #[error("no connection")]
    Connect,
    /// No secure connection
    #[error("TLS")]
    Tls,
    /// Too slow
    #[error("too slow: {0:?}")]
    Slow(Stage),
    /// Another status than 200, or 206 for a part
    #[error("status {0}")]
    Status(u16),
    /// Larger than the caller takes
    #[error("too large")]
    TooLarge,
    /// Broke off before its end
    #[error("cut short")]
    Cut,
    /// Encoded though no encoding was asked for
    #[error("encoded")]
    Encoded,
    /// Not HTTP/1
    #[error("not HTTP")]
    Protocol,
}

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Connecting, with TLS
    pub connect: Duration,
    /// From the request to the first byte
    pub first_byte: Duration,
    /// Between two pieces of the body
    pub idle: Duration,
    /// Everything, redirects included
    pub whole: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(8),
            idle: Duration::from_secs(5),
            whole: Duration::from_secs(30),
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Where
    pub address: &'a StreamAddress,
    /// Host and port of the camera's own address
    pub home: &'a (String, u16),
    /// A part only
    pub range: Option<Range>,
    /// Bytes of the body at most; one that says it is larger is refused before it is read
    pub most: u64,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// 200 or 206
    pub status: u16,
    /// Bytes of the body, where they were told
    pub length: Option<u64>,
    /// Where it came from in the end
    pub address: StreamAddress,
    /// The body
    pub body: Body,
}

/// Asks. Cloning is cheap.
#[derive(Clone)]
pub struct Fetcher {
    guard: Guard,
    tls: Arc<ClientConfig>,
    times: Times,
}

enum Step {
    Done(Answer),
    Redirect(StreamAddress),
}

impl Fetcher {
    /// Behind a guard.
    ///
    /// # Errors
    /// The TLS library refuses its own defaults.
    pub fn new(guard: Guard, times: Times) -> Result<Self, tokio_rustls::rustls::Error> {
        Ok(Self { guard, tls: Arc::new(connect::config()?), times })
    }

    /// Asks for something.
    ///
    /// # Errors
    /// [`FetchFault`].
    pub async fn get(&self, ask: Ask<'_>) -> Result<Answer, FetchFault> {
        let deadline = Instant::now() + self.times.whole;
        let asking = async {
            let mut address = ask.address.clone();
            for _ in 0..=MOST_REDIRECTS {
                match self.step(&address, ask, deadline).await? {
                    Step::Done(answer) => return Ok(answer),
                    Step::Redirect(next) => address = next,
                }
            }
            Err(Refusal::Redirects.into())
        };
        tokio::time::timeout_at(deadline, asking).await.unwrap_or(Err(FetchFault::Slow(Stage::Whole)))
    }

    async fn step(&self, address: &StreamAddress, ask: Ask<'_>, deadline: Instant) -> Result<Step, FetchFault> {
        let addresses = self.guard.addresses(address, ask.home).await?;
        let connecting = connect::open(&addresses, address, &self.tls);
        let mut stream =
            timeout(self.times.connect, connecting).await.map_err(|_| FetchFault::Slow(Stage::Connect))??;
        let request = request(address, ask.range);
        let talking = async {
            stream.write_all(request.as_bytes()).await.map_err(|_| FetchFault::Cut)?;
            stream.flush().await.map_err(|_| FetchFault::Cut)?;
            head::read(&mut stream).await
        };
        let (head, rest) =
            timeout(self.times.first_byte, talking).await.map_err(|_| FetchFault::Slow(Stage::FirstByte))??;
        if let Some(location) = head.redirect() {
            let next = StreamAddress::join(address.url(), location?).map_err(Refusal::Address)?;
            return Ok(Step::Redirect(next));
        }
        check(&head, ask)?;
        let length = head.length()?;
        if length.is_some_and(|length| length > ask.most) {
            return Err(FetchFault::TooLarge);
        }
        let body = Body::new(stream, rest, head.framing()?, ask.most, self.times.idle, deadline);
        Ok(Step::Done(Answer { status: head.status, length, address: address.clone(), body }))
    }
}

/// A part must be answered as the part that was asked for.
fn check(head: &Head, ask: Ask<'_>) -> Result<(), FetchFault> {
    let is_right = match ask.range {
        None => head.status == 200,
        Some(range) => {
            head.status == 206
                && head.starts_at(range.start)
                && head.length()?.is_none_or(|length| length <= range.length)
        }
    };
    if !is_right {
        return Err(if matches!(head.status, 200 | 206) {
            FetchFault::Protocol
        } else {
            FetchFault::Status(head.status)
        });
    }
    if head.is_encoded() { Err(FetchFault::Encoded) } else { Ok(()) }
}

fn request(address: &StreamAddress, range: Option<Range>) -> String {
    let url = address.url();
    // of a parsed address all of this is ASCII without spaces and line ends
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let part = range.map_or_else(String::new, |range| {
        format!("Range: bytes={}-{}\r\n", range.start, range.start + range.length - 1)
    });
    format!(
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: food-safety-portal\r\nAccept: */*\r\nAccept-Encoding: identity\r\n\
         Connection: close\r\n{part}\r\n"
    )
}
