//! `portal log …`

use std::{fs, path::PathBuf, process::ExitCode};

use app::text::log as say;
use server::{
    config::DataArgs,
    house::House,
    tlog::{Finding, PublicLog, Record, Report, Source, check, public_keys},
};

use super::{Failure, REFUSED};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Prove that a log holds together, only grew, and contains a record, without trusting who keeps it
    Verify(VerifyArgs),
    /// Add a signing key: from now on both sign
    AddKey(DataArgs),
    /// End a signing key
    RetireKey {
        /// Its id: the eight hexadecimal digits in its public half (/log/keys)
        id: String,
        #[command(flatten)]
        data: DataArgs,
    },
}

#[derive(clap::Args)]
pub struct VerifyArgs {
    /// Address of a portal or its log, or a folder with a copy
    #[arg(value_name = "URL|DIR")]
    place: String,
    /// A checkpoint kept earlier
    #[arg(long, value_name = "CHECKPOINT")]
    since: Option<PathBuf>,
    /// A record as downloaded from a publication's page
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Public keys kept earlier, one a line; left out, those that the log itself names
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Verify(args) => tokio::task::spawn_blocking(move || verify(&args)).await?,
        Command::AddKey(args) => {
            let (house, mut log) = open(&args).await?;
            log.add_key(&house.db).await?;
            tell_keys(&log)
        }
        Command::RetireKey { id, data } => {
            let (house, mut log) = open(&data).await?;
            log.retire_key(&house.db, &id).await?;
            tell_keys(&log)
        }
    }
}

/// A log of one's own: keys are changed in it.
async fn open(args: &DataArgs) -> Result<(House, PublicLog), Failure> {
    let house = House::open(args).await?;
    let log = PublicLog::open(&house.data, "")?;
    Ok((house, log))
}

fn tell_keys(log: &PublicLog) -> Result<ExitCode, Failure> {
    print!("{}", fs::read_to_string(log.folder().join("keys"))?);
    Ok(ExitCode::SUCCESS)
}

/// 0: everything holds. 1: something is wrong. 2: it could not be checked.
fn verify(args: &VerifyArgs) -> Result<ExitCode, Failure> {
    let refuse = |sentence: String| {
        eprintln!("{sentence}");
        Ok(ExitCode::from(REFUSED))
    };
    let source = Source::named(&args.place);
    let own_keys = match &args.keys {
        Some(file) => fs::read_to_string(file).map_err(|error| error.to_string()),
        None => source
            .get("keys")
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(|error| error.to_string()),
    };
    let keys = match own_keys {
        Ok(text) => match public_keys(&text) {
            Ok(keys) => keys,
            Err(line) => return refuse(say::not_a_key(&line)),
        },
        Err(error) => return refuse(say::unreachable(&args.place, &error)),
    };
    let since = match args.since.as_deref().map(fs::read).transpose() {
        Ok(since) => since,
        Err(error) => return refuse(say::unreadable("--since", &error.to_string())),
    };
    let record = match args.record.as_deref().map(read_record).transpose() {
        Ok(record) => record,
        Err(error) => return refuse(say::unreadable("--record", &error.to_string())),
    };
    let report = match check(&source, &keys, since.as_deref(), record.as_ref()) {
        Ok(report) => report,
        Err(error) => return refuse(say::unreachable(&args.place, &error.to_string())),
    };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        tell(&report, args.keys.is_none());
    }
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_record(file: &std::path::Path) -> Result<Record, Failure> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

fn tell(report: &Report, keys_of_the_log: bool) {
    for finding in &report.findings {
        println!("✗ {}", sentence(finding));
    }
    if !report.findings.is_empty() {
        println!("{}", say::NOT_PROVED);
        return;
    }
    println!("✓ {}", say::whole(&report.origin, report.size, &report.root));
    println!("✓ {}", say::signed_by(&report.signed_by));
    if let Some(then) = report.grown_from {
        println!("✓ {}", say::only_grew(then, report.size));
    }
    if let Some(leaf) = &report.record {
        println!("✓ {}", say::contains(&leaf.kind, &leaf.id.to_string(), leaf.revision, &leaf.at.to_rfc3339()));
    }
    if keys_of_the_log {
        println!("{}", say::KEYS_OF_THE_LOG);
    }
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::CheckpointUnreadable => say::CHECKPOINT_UNREADABLE.to_owned(),
        Finding::CheckpointNotSigned => say::CHECKPOINT_NOT_SIGNED.to_owned(),
        Finding::Missing { path } => say::missing(path),
        Finding::Damaged { path } => say::damaged(path),
        Finding::OtherRoot => say::OTHER_ROOT.to_owned(),
        Finding::Shrunk { then, now } => say::shrunk(*then, *now),
        Finding::Rewritten { then } => say::rewritten(*then),
        Finding::EarlierUnusable => say::EARLIER_UNUSABLE.to_owned(),
        Finding::RecordNotInLog => say::RECORD_NOT_IN_LOG.to_owned(),
        Finding::RecordOtherContent => say::RECORD_OTHER_CONTENT.to_owned(),
        Finding::RecordOtherSamples => say::RECORD_OTHER_SAMPLES.to_owned(),
    }
}
