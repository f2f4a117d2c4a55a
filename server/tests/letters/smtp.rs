//! A small strict SMTP server (RFC 5321): it notes every breach, and misbehaves where it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
};

/// What happens to the next letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Answer MAIL with this code
    Mail(u16),
    /// Answer RCPT with this code
    Rcpt(u16),
    /// Answer the content with this code
    Content(u16),
    /// Close after RCPT
    DropBeforeData,
    /// Take the content, close without an answer
    DropAfterData,
    /// Take the content, answer late
    Slow(Duration),
    /// Greet with this code and close
    Greet(u16),
}

#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
}

#[derive(Default)]
pub struct Notes {
    pub acts: VecDeque<Act>,
    /// Letters answered with 250
    pub taken: Vec<Received>,
    /// Letters taken in without an answer
    pub unanswered: Vec<Received>,
    pub breaches: Vec<String>,
}

#[derive(Clone)]
pub struct Smtp {
    pub url: String,
    pub notes: Arc<Mutex<Notes>>,
}

impl Smtp {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let notes = Arc::<Mutex<Notes>>::default();
        let server = Self { url, notes: Arc::clone(&notes) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Talk { notes: Arc::clone(&notes), act: None }.serve(stream));
            }
        });
        server
    }

    pub fn will(&self, acts: &[Act]) {
        self.notes.lock().unwrap().acts.extend(acts);
    }

    pub fn taken(&self) -> Vec<Received> {
        self.notes.lock().unwrap().taken.clone()
    }

    pub fn unanswered(&self) -> usize {
        self.notes.lock().unwrap().unanswered.len()
    }

    pub fn assert_strict(&self) {
        assert_eq!(self.notes.lock().unwrap().breaches, Vec::<String>::new());
    }
}

struct Talk {
    notes: Arc<Mutex<Notes>>,
    act: Option<Act>,
}

fn address(rest: &str) -> Option<String> {
    let (address, _) = rest.strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}

impl Talk {
    fn breach(&self, what: impl Into<String>) {
        self.notes.lock().unwrap().breaches.push(what.into());
    }

    /// One line with CRLF, and neither CR nor LF elsewhere.
    async fn line(&self, from: &mut (impl AsyncReadExt + AsyncBufReadExt + Unpin), most: usize) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        from.read_until(b'\n', &mut line).await.ok()?;
        if line.is_empty() {
            return None;
        }
        let Some(bare) = line.strip_suffix(b"\r\n") else {
            self.breach("a line without CRLF");
            return None;
        };
        if bare.contains(&b'\r') || line.len() > most || !bare.is_ascii() {
            self.breach(format!("bad line of {} bytes", line.len()));
        }
        Some(bare.to_vec())
    }

    /// The content up to the dot, without the dots that transparency added.
    async fn content(&self, from: &mut (impl AsyncReadExt + AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        loop {
            let line = self.line(from, 1000).await?;
            if line == b"." {
                return Some(content);
            }
            content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            content.extend_from_slice(b"\r\n");
        }
    }

    async fn serve(mut self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        let greet = {
            let mut notes = self.notes.lock().unwrap();
            let found = notes.acts.front().copied();
            found.and_then(|act| if let Act::Greet(code) = act { Some(code) } else { None }).inspect(|_| {
                notes.acts.pop_front();
            })
        };
        if let Some(code) = greet {
            let _ = say(&mut write, code).await;
            return;
        }
        let _ = say(&mut write, 220).await;
        let (mut greeted, mut from, mut to) = (false, None::<String>, Vec::<String>::new());
        while let Some(line) = self.line(&mut read, 512).await {
            let line = String::from_utf8_lossy(&line).into_owned();
            let upper = line.to_ascii_uppercase();
            let code = if upper.starts_with("EHLO ") {
                greeted = true;
                let _ = write.write_all(b"250-test\r\n250-8BITMIME\r\n").await;
                250
            } else if upper.starts_with("MAIL FROM:") && greeted && from.is_none() {
                self.act = self.notes.lock().unwrap().acts.pop_front();
                match (self.act, address(&line[10..])) {
                    (Some(Act::Mail(code)), _) => code,
                    (_, Some(address)) => {
                        from = Some(address);
                        250
                    }
                    _ => 501,
                }
            } else if upper.starts_with("RCPT TO:") && from.is_some() {
                match (self.act, address(&line[8..])) {
                    (Some(Act::Rcpt(code)), _) => code,
                    (_, Some(address)) => {
                        to.push(address);
                        250
                    }
                    _ => 501,
                }
            } else if upper == "DATA" && !to.is_empty() {
                if self.act == Some(Act::DropBeforeData) {
                    return;
                }
                let _ = say(&mut write, 354).await;
                let Some(bytes) = self.content(&mut read).await else { return };
                let letter = Received { from: from.take().unwrap(), to: std::mem::take(&mut to), bytes };
                match self.act.take() {
                    Some(Act::Content(code)) => code,
                    Some(Act::DropAfterData) => {
                        self.notes.lock().unwrap().unanswered.push(letter);
                        return;
                    }
                    Some(Act::Slow(wait)) => {
                        self.notes.lock().unwrap().unanswered.push(letter);
                        tokio::time::sleep(wait).await;
                        250
                    }
                    _ => {
                        self.notes.lock().unwrap().taken.push(letter);
                        250
                    }
                }
            } else if upper == "NOOP" || upper == "RSET" {
                (from, to) = (None, Vec::new());
                250
            } else if upper == "QUIT" {
                let _ = say(&mut write, 221).await;
                return;
            } else {
                self.breach(format!("out of order: {line}"));
                503
            };
            if say(&mut write, code).await.is_err() {
                return;
            }
        }
    }
}

async fn say(write: &mut OwnedWriteHalf, code: u16) -> std::io::Result<()> {
    // what a server says may name people: it must not be kept
    write.write_all(format!("{code} concerning lihua@example.cn\r\n").as_bytes()).await
}
