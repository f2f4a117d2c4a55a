//! The beginning of an answer.

use tokio::io::AsyncReadExt;

use super::{FetchFault, body::Framing, connect::Connection};

/// Bytes of a beginning at most.
const MOST_BYTES: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// Interim answers (100, 103) that are passed over.
const MOST_INTERIM: usize = 3;

/// Status and the few headers that matter, as they came.
pub(super) struct Head {
    pub status: u16,
    headers: Vec<(String, String)>,
}

/// Reads status and headers; what came behind them begins the body.
pub(super) async fn read(stream: &mut Box<dyn Connection>) -> Result<(Head, Vec<u8>), FetchFault> {
    let mut buffer = Vec::with_capacity(4096);
    let mut interim = 0;
    loop {
        if let Some((head, used)) = parse(&buffer)? {
            let rest = buffer.split_off(used);
            if !(100..200).contains(&head.status) {
                return Ok((head, rest));
            }
            interim += 1;
            buffer = rest;
            if interim > MOST_INTERIM || head.status == 101 {
                return Err(FetchFault::Protocol);
            }
            continue;
        }
        if buffer.len() >= MOST_BYTES {
            return Err(FetchFault::Protocol);
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return Err(FetchFault::Cut),
            Ok(read) => buffer.extend_from_slice(&piece[..read]),
        }
    }
}

/// `None` until it is whole.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, FetchFault> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let used = match response.parse(bytes).map_err(|_| FetchFault::Protocol)? {
        httparse::Status::Complete(used) => used,
        httparse::Status::Partial => return Ok(None),
    };
    let headers = response
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).trim().to_owned()));
    let status = response.code.ok_or(FetchFault::Protocol)?;
    Ok(Some((Head { status, headers: headers.collect() }, used)))
}

impl Head {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where it leads on; a redirect without a place is none.
    pub fn redirect(&self) -> Option<Result<&str, FetchFault>> {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
            .then(|| self.all("location").next().ok_or(FetchFault::Protocol))
    }

    pub fn is_encoded(&self) -> bool {
        self.all("content-encoding").any(|value| !value.is_empty() && !value.eq_ignore_ascii_case("identity"))
    }

    /// Told length. Two different ones, or one beside chunks, are an attempt to be read in two ways (RFC 9112 §6.3).
    pub fn length(&self) -> Result<Option<u64>, FetchFault> {
        let mut lengths = self.all("content-length");
        let Some(first) = lengths.next() else { return Ok(None) };
        let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || lengths.any(|other| other != first) || self.all("transfer-encoding").next().is_some() {
            return Err(FetchFault::Protocol);
        }
        first.parse().map(Some).map_err(|_| FetchFault::TooLarge)
    }

    pub fn framing(&self) -> Result<Framing, FetchFault> {
        let mut codings = self.all("transfer-encoding");
        match (codings.next(), self.length()?) {
            (Some(coding), _) if coding.eq_ignore_ascii_case("chunked") && codings.next().is_none() => {
                Ok(Framing::Chunked { left: 0, state: super::body::Chunk::Size })
            }
            (Some(_), _) => Err(FetchFault::Protocol),
            (None, Some(length)) => Ok(Framing::Length(length)),
            (None, None) => Ok(Framing::UntilClosed),
        }
    }

    /// Whether a part begins where it was asked for.
    pub fn starts_at(&self, start: u64) -> bool {
        let told = self.all("content-range").next().and_then(|range| range.strip_prefix("bytes "));
        told.and_then(|range| range.split_once('-')).is_some_and(|(first, _)| first.trim().parse() == Ok(start))
    }
}
