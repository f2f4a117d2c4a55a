//! `portal witness …`: a small program for anybody, anywhere but at the bureau.

use std::{fs, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use app::text::log as say;
use server::{
    clock::Clock,
    files::sha256,
    http::witness::{Serving, router},
    id::Ids,
    tlog::{Finding, FollowError, Followed, Keyring, Refusal, Source, Witness, follow},
};
use tokio::net::TcpListener;

use super::{Failure, REFUSED, log::sentence, serve::signal};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Follow logs: sign what continues what was signed before, refuse everything else
    Run {
        #[command(flatten)]
        args: Args,
        /// Seconds between two looks
        #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
        every: u64,
    },
    /// Look once
    Once(Args),
    /// Wait for logs that bring their checkpoints (C2SP tlog-witness)
    Serve {
        /// Address to listen on
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        #[command(flatten)]
        own: Own,
        /// Public keys of the logs, one a line
        #[arg(long, value_name = "FILE", required = true)]
        keys: Vec<PathBuf>,
    },
    /// Print the public key, for those who publish and those who verify
    Key(Own),
}

/// The witness itself.
#[derive(clap::Args)]
pub struct Own {
    /// Folder of the witness: its key and what it signed
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Name of a new witness, such as `paper.example.cn/witness`
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// The logs it follows.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    own: Own,
    /// Address of a portal or its log, or a folder with a copy
    #[arg(long = "log", value_name = "URL|DIR", required = true)]
    logs: Vec<String>,
    /// Public keys of the logs, one a line, got from who publishes
    #[arg(long, value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// Where signatures are sent; left out, to the log itself
    #[arg(long, value_name = "URL")]
    submit: Option<String>,
    /// Read every entry and tile each time, not only those that prove growth
    #[arg(long)]
    audit: bool,
}

/// How a look at a log ended, from good to bad.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Followed,
    /// Not reached, or the signature was not taken
    Later,
    Refused,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Key(own) => {
            println!("{}", open(&own)?.public().vkey());
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve { listen, own, keys } => {
            let Some(keys) = read_keys(&keys)? else { return Ok(ExitCode::from(REFUSED)) };
            serve(listen, Serving { witness: open(&own)?, keys, clock: Clock::system() }).await
        }
        Command::Once(args) => {
            let Some(logs) = Logs::open(args)? else { return Ok(ExitCode::from(REFUSED)) };
            let (_, worst) = tokio::task::spawn_blocking(move || logs.look(true)).await?;
            Ok(ExitCode::from(match worst {
                Outcome::Followed => 0,
                Outcome::Refused => 1,
                Outcome::Later => REFUSED,
            }))
        }
        Command::Run { args, every } => {
            let Some(logs) = Logs::open(args)? else { return Ok(ExitCode::from(REFUSED)) };
            keep_looking(logs, Duration::from_secs(every)).await
        }
    }
}

/// A log that was refused is looked at no more; with none left the program ends.
async fn keep_looking(mut logs: Logs, every: Duration) -> Result<ExitCode, Failure> {
    let mut any_refused = false;
    loop {
        let worst;
        (logs, worst) = tokio::task::spawn_blocking(move || logs.look(false)).await?;
        any_refused |= worst == Outcome::Refused;
        let ended = tokio::select! {
            () = tokio::time::sleep(every), if !logs.sources.is_empty() => false,
            () = signal(), if !logs.sources.is_empty() => true,
            else => true,
        };
        if ended {
            return Ok(if any_refused { ExitCode::FAILURE } else { ExitCode::SUCCESS });
        }
    }
}

async fn serve(listen: SocketAddr, serving: Serving) -> Result<ExitCode, Failure> {
    let listener = TcpListener::bind(listen).await?;
    println!("portal witness: http://{}", listener.local_addr()?);
    axum::serve(listener, router(serving)).with_graceful_shutdown(signal()).await?;
    Ok(ExitCode::SUCCESS)
}

fn open(own: &Own) -> Result<Witness, Failure> {
    let name = own.name.clone().unwrap_or_else(|| format!("witness-{}", &sha256(&Ids::random().salt())[..8]));
    Ok(Witness::open(&own.state, &name)?)
}

/// The keys of all files; `None`, with a sentence, where a line is none.
fn read_keys(files: &[PathBuf]) -> Result<Option<Keyring>, Failure> {
    let mut text = String::new();
    for file in files {
        text += &fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        text.push('\n');
    }
    let keys = Keyring::read(&text);
    Ok(keys.inspect_err(|line| eprintln!("{}", say::not_a_key(line))).ok())
}

/// A witness and the logs that it follows.
struct Logs {
    witness: Witness,
    keys: Keyring,
    sources: Vec<(String, Source)>,
    submit: Option<String>,
    audit: bool,
    clock: Clock,
}

impl Logs {
    fn open(args: Args) -> Result<Option<Self>, Failure> {
        let Some(keys) = read_keys(&args.keys)? else { return Ok(None) };
        let sources = args.logs.into_iter().map(|place| (place.clone(), Source::named(&place))).collect();
        let (witness, clock) = (open(&args.own)?, Clock::system());
        Ok(Some(Self { witness, keys, sources, submit: args.submit, audit: args.audit, clock }))
    }

    /// Looks at every log. Those refused are dropped. Gives the worst outcome.
    fn look(mut self, always: bool) -> (Self, Outcome) {
        let mut worst = Outcome::Followed;
        for (place, source) in std::mem::take(&mut self.sources) {
            let outcome = self.look_at(&place, &source, always);
            worst = worst.max(outcome);
            if outcome != Outcome::Refused {
                self.sources.push((place, source));
            }
        }
        (self, worst)
    }

    fn look_at(&self, place: &str, source: &Source, always: bool) -> Outcome {
        /// A checkpoint replaced while its signature is on the way is looked at again.
        const TRIES: usize = 3;
        const CONFLICT: u16 = 409;
        let mut answer = String::new();
        for _ in 0..TRIES {
            let followed = match follow(&self.witness, source, &self.keys, (self.audit, always), self.clock.now()) {
                Ok(followed) => followed,
                Err(error) => return failed(place, &error),
            };
            let Some(signature) = &followed.signature else { return Outcome::Followed };
            tell(&followed);
            print!("{}", String::from_utf8_lossy(&signature.to_bytes()));
            match source.send(self.submit.as_deref(), &signature.to_bytes()) {
                Ok(None | Some((200..300, _))) => return Outcome::Followed,
                Ok(Some((status, text))) => {
                    answer = refusal_of(status, &text);
                    if status != CONFLICT {
                        break;
                    }
                }
                Err(error) => {
                    answer = error.to_string();
                    break;
                }
            }
        }
        eprintln!("{}", say::signature_not_taken(place, &answer));
        Outcome::Later
    }
}

/// What a problem document (RFC 9457) says to people.
fn refusal_of(status: u16, text: &str) -> String {
    let problem = serde_json::from_str::<serde_json::Value>(text).ok();
    let detail = problem.as_ref().and_then(|problem| problem["detail"].as_str());
    detail.map_or_else(|| status.to_string(), str::to_owned)
}

fn tell(followed: &Followed) {
    match followed.before {
        None => eprintln!("{}", say::first_seen(&followed.origin, followed.size)),
        Some(before) => eprintln!("{}", say::continued(&followed.origin, before, followed.size)),
    }
}

fn failed(place: &str, error: &FollowError) -> Outcome {
    match error {
        FollowError::Refused(refusal, evidence) => {
            eprintln!("✗ {}", say::refused(place, &because(refusal)));
            match evidence {
                Some(folder) => eprintln!("{}", say::evidence(&folder.display().to_string())),
                None => eprintln!("{}", say::EVIDENCE_FULL),
            }
            Outcome::Refused
        }
        FollowError::Unreachable(_) | FollowError::Restless => {
            eprintln!("{}", say::not_witnessed_now(place, &error.to_string()));
            Outcome::Later
        }
        FollowError::Witness(_) | FollowError::Evidence(_) => {
            eprintln!("✗ {}", say::witness_failed(place, &error.to_string()));
            Outcome::Refused
        }
    }
}

fn because(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Unreadable => say::CHECKPOINT_UNREADABLE.to_owned(),
        Refusal::NotSigned => format!("{}{}", say::CHECKPOINT_NOT_SIGNED, say::KEYS_MAY_HAVE_CHANGED),
        Refusal::Rewound { then, now } => say::shrunk(*then, *now),
        Refusal::Forked { size } => say::forked(*size),
        Refusal::Rewritten { then, .. } => say::rewritten(*then),
        Refusal::Tiles => say::TILES_PROVE_NOTHING.to_owned(),
        Refusal::Audit(findings) => findings.iter().map(|finding: &Finding| sentence(finding)).collect(),
    }
}
