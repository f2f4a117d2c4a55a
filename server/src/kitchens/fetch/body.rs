//! The body of an answer: a piece at a time, within its size and its time.

use std::{fmt, time::Duration};

use axum::body::Bytes;
use tokio::{
    io::AsyncReadExt,
    time::{Instant, timeout_at},
};

use super::{FetchFault, Stage, connect::Connection};

/// Bytes that are read at once.
const PIECE: usize = 16 * 1024;
/// Bytes of a chunk's head, or of everything behind the last chunk.
const LONGEST_LINE: usize = 1024;

/// How the end of a body is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    /// By its length; what is left
    Length(u64),
    /// By its last chunk
    Chunked { left: u64, state: Chunk },
    /// By the end of the connection
    UntilClosed,
}

/// Where in the chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chunk {
    Size,
    Data,
    DataEnd,
    Done,
}

/// A body that is being read.
pub struct Body {
    stream: Box<dyn Connection>,
    /// Read, but not given yet
    buffer: Vec<u8>,
    framing: Framing,
    given: u64,
    most: u64,
    idle: Duration,
    deadline: Instant,
}

impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Body({:?}, {} given)", self.framing, self.given)
    }
}

impl Body {
    pub(super) fn new(
        stream: Box<dyn Connection>,
        buffer: Vec<u8>,
        framing: Framing,
        most: u64,
        idle: Duration,
        deadline: Instant,
    ) -> Self {
        Self { stream, buffer, framing, given: 0, most, idle, deadline }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Too slow, too large, cut short, or not HTTP.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, FetchFault> {
        let piece = match self.framing {
            Framing::Length(left) => {
                let piece = self.take(left).await?;
                self.framing = Framing::Length(left - piece.len() as u64);
                piece
            }
            Framing::UntilClosed => match self.take(u64::MAX).await {
                Err(FetchFault::Cut) => Vec::new(),
                other => other?,
            },
            Framing::Chunked { .. } => self.chunk().await?,
        };
        self.given += piece.len() as u64;
        if self.given > self.most {
            return Err(FetchFault::TooLarge);
        }
        // cut to its size: pieces may be kept for long
        Ok((!piece.is_empty()).then(|| piece.into_boxed_slice().into()))
    }

    /// All of it.
    ///
    /// # Errors
    /// As [`Self::piece`].
    pub async fn whole(mut self) -> Result<Vec<u8>, FetchFault> {
        let mut all = Vec::new();
        while let Some(piece) = self.piece().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all)
    }

    /// Its beginning: at most `most` bytes, then no more is read.
    ///
    /// # Errors
    /// As [`Self::piece`].
    pub async fn beginning(mut self, most: usize) -> Result<Vec<u8>, FetchFault> {
        let mut all = Vec::new();
        while all.len() < most
            && let Some(piece) = self.piece().await?
        {
            all.extend_from_slice(&piece);
        }
        all.truncate(most);
        Ok(all)
    }

    /// At least one byte and at most `most`, unless `most` is none.
    async fn take(&mut self, most: u64) -> Result<Vec<u8>, FetchFault> {
        if most == 0 {
            return Ok(Vec::new());
        }
        if self.buffer.is_empty() {
            self.fill().await?;
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX).min(self.buffer.len());
        let rest = self.buffer.split_off(most);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    /// Reads at least one byte more.
    async fn fill(&mut self) -> Result<(), FetchFault> {
        let until = self.deadline.min(Instant::now() + self.idle);
        let before = self.buffer.len();
        self.buffer.resize(before + PIECE, 0);
        let read = timeout_at(until, self.stream.read(&mut self.buffer[before..])).await;
        let count = if let Ok(Ok(count)) = read { count } else { 0 };
        self.buffer.truncate(before + count);
        match read {
            Err(_) if until == self.deadline => Err(FetchFault::Slow(Stage::Whole)),
            Err(_) => Err(FetchFault::Slow(Stage::Idle)),
            // TLS that ends without saying so is cut too
            Ok(Err(_) | Ok(0)) => Err(FetchFault::Cut),
            Ok(Ok(_)) => Ok(()),
        }
    }

    /// Data of chunks (RFC 9112 §7.1).
    async fn chunk(&mut self) -> Result<Vec<u8>, FetchFault> {
        loop {
            let Framing::Chunked { left, state } = self.framing else { return Ok(Vec::new()) };
            let next = match state {
                Chunk::Done => return Ok(Vec::new()),
                Chunk::Size => {
                    let size = chunk_size(&self.line().await?)?;
                    let state = if size == 0 { Chunk::Done } else { Chunk::Data };
                    Framing::Chunked { left: size, state }
                }
                Chunk::DataEnd => {
                    if !self.line().await?.is_empty() {
                        return Err(FetchFault::Protocol);
                    }
                    Framing::Chunked { left: 0, state: Chunk::Size }
                }
                Chunk::Data => {
                    let piece = self.take(left).await?;
                    let left = left - piece.len() as u64;
                    let state = if left == 0 { Chunk::DataEnd } else { Chunk::Data };
                    self.framing = Framing::Chunked { left, state };
                    return Ok(piece);
                }
            };
            self.framing = next;
        }
    }

    /// A line without its end.
    async fn line(&mut self) -> Result<Vec<u8>, FetchFault> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let rest = self.buffer.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.buffer, rest);
                line.truncate(end);
                if line.pop_if(|byte| *byte == b'\r').is_none() {
                    return Err(FetchFault::Protocol);
                }
                return Ok(line);
            }
            if self.buffer.len() > LONGEST_LINE {
                return Err(FetchFault::Protocol);
            }
            self.fill().await?;
        }
    }
}

/// `1a3f;extension`
fn chunk_size(line: &[u8]) -> Result<u64, FetchFault> {
    let text = std::str::from_utf8(line).map_err(|_| FetchFault::Protocol)?;
    let digits = text.split(';').next().unwrap_or_default().trim_end();
    let is_number = (1..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| is_number).ok_or(FetchFault::Protocol)
}
