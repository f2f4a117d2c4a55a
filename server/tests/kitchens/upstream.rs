//! A gateway that does what it is told, byte by byte.

use std::{
    collections::HashMap,
    fmt::Write as _,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::films::{Film, SEGMENTS};

/// What is sent.
#[derive(Clone)]
pub enum Reply {
    /// 200 with a length
    Whole(&'static str, Arc<[u8]>),
    /// Exactly these bytes, then the end
    Raw(Vec<u8>),
    /// A byte at a time
    Drip(Vec<u8>, Duration),
    /// A head, then the same again until the other side goes away or so many bytes were sent
    Flood { head: String, again: Vec<u8>, most: u64 },
    /// Nothing at all
    Silence,
}

impl Reply {
    pub fn text(content_type: &'static str, text: impl Into<String>) -> Self {
        Self::Whole(content_type, text.into().into_bytes().into())
    }

    pub fn redirect(to: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes())
    }

    pub fn status(status: u16) -> Self {
        Self::Raw(format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n").into_bytes())
    }
}

type Answers = Arc<dyn Fn(&str) -> Reply + Send + Sync>;

/// A gateway; it ends with the test.
#[derive(Clone)]
pub struct Upstream {
    pub address: SocketAddr,
    asked: Arc<Mutex<HashMap<String, usize>>>,
    /// Bytes that were sent
    pub sent: Arc<AtomicUsize>,
}

impl Upstream {
    pub async fn start(answers: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = Self { address: listener.local_addr().unwrap(), asked: Arc::default(), sent: Arc::default() };
        let (serving, answers): (_, Answers) = (own.clone(), Arc::new(answers));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (serving, answers) = (serving.clone(), Arc::clone(&answers));
                tokio::spawn(async move { serving.answer(stream, &answers).await });
            }
        });
        own
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often paths with these letters were asked for.
    pub fn asked(&self, part: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|(path, _)| path.contains(part)).map(|(_, count)| count).sum()
    }

    /// The path that was asked for most, and how often.
    pub fn most_asked(&self, part: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(path, _)| path.contains(part)).map(|(_, count)| *count).max().unwrap_or(0)
    }

    async fn answer(&self, mut stream: TcpStream, answers: &Answers) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = stream.read_u8().await else { return };
            head.push(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        *self.asked.lock().unwrap().entry(path.clone()).or_default() += 1;
        let range = head.lines().find_map(|line| line.strip_prefix("Range: bytes="));
        match answers(&path) {
            Reply::Whole(kind, bytes) => self.send(&mut stream, &whole(kind, &bytes, range)).await,
            Reply::Raw(bytes) => self.send(&mut stream, &bytes).await,
            Reply::Silence => tokio::time::sleep(Duration::from_mins(1)).await,
            Reply::Drip(bytes, pause) => {
                for byte in bytes {
                    if stream.write_all(&[byte]).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(pause).await;
                }
            }
            Reply::Flood { head, again, most } => {
                self.send(&mut stream, head.as_bytes()).await;
                let mut sent = 0;
                while sent < most && stream.write_all(&again).await.is_ok() {
                    sent += again.len() as u64;
                    self.sent.fetch_add(again.len(), Ordering::Relaxed);
                }
            }
        }
        let _ = stream.shutdown().await;
    }

    async fn send(&self, stream: &mut TcpStream, bytes: &[u8]) {
        self.sent.fetch_add(bytes.len(), Ordering::Relaxed);
        let _ = stream.write_all(bytes).await;
    }
}

fn whole(kind: &str, bytes: &[u8], range: Option<&str>) -> Vec<u8> {
    let part =
        range.and_then(|range| range.split_once('-')).map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap()));
    let (head, body) = match part {
        None => (format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", bytes.len()), bytes),
        Some((from, to)) => {
            let part: &[u8] = &bytes[from..=to];
            let range = format!("bytes {from}-{to}/{}", bytes.len());
            (
                format!(
                    "HTTP/1.1 206 Partial Content\r\nContent-Range: {range}\r\nContent-Length: {}\r\n\r\n",
                    part.len()
                ),
                part,
            )
        }
    };
    [head.as_bytes(), body].concat()
}

/// A playlist that moves on each second: segments `{base}N` of the last seconds, again and again from the first.
pub fn moving_playlist(started: Instant, base: &str, film: &Film) -> String {
    // as a gateway that has been running for a while
    let second = started.elapsed().as_secs() + 40;
    let mut text =
        format!("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{}\n", second - 3);
    if film.init.is_some() {
        writeln!(text, "#EXT-X-MAP:URI=\"{base}init\"").unwrap();
    }
    for number in second - 3..second {
        if number % SEGMENTS as u64 == 0 {
            text += "#EXT-X-DISCONTINUITY\n";
        }
        write!(text, "#EXTINF:1.0,\n{base}{number}.seg\n").unwrap();
    }
    text
}

/// A live film under `/live.m3u8`.
pub fn live(film: Film) -> impl Fn(&str) -> Reply + Send + Sync + 'static {
    let started = Instant::now();
    move |path| {
        let path = path.split('?').next().unwrap();
        if path.contains(".m3u8") {
            return Reply::text("application/vnd.apple.mpegurl", moving_playlist(started, "s", &film));
        }
        piece(&film, path)
    }
}

/// A segment or the initialisation section by its name.
pub fn piece(film: &Film, path: &str) -> Reply {
    let name = path.rsplit('/').next().unwrap();
    if name == "sinit" {
        return film.init.clone().map_or(Reply::status(404), |init| Reply::Whole("video/mp4", init.into()));
    }
    let number =
        name.strip_prefix('s').and_then(|name| name.strip_suffix(".seg")).and_then(|number| number.parse().ok());
    let Some(number): Option<usize> = number else { return Reply::status(404) };
    Reply::Whole("video/mp2t", film.segments[number % SEGMENTS].clone().into())
}
