//! `portal log verify`

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::{
    domain::act::Act,
    text::{self, log as say},
};
use server::tlog::{Finding, Keyring, LeafEntry, Record, Report, Signed, Source, WitnessKey, check, witness_keys};

use crate::cli::{Failure, REFUSED};

#[derive(clap::Args)]
pub struct Args {
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
    /// Public keys of witnesses that one trusts, one a line; left out, those that the log itself names
    #[arg(long, value_name = "FILE")]
    witness: Option<PathBuf>,
    /// Fail when fewer of these witnesses signed the checkpoint
    #[arg(long, value_name = "N", requires = "witness")]
    quorum: Option<usize>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// 0: everything holds. 1: something is wrong. 2: it could not be checked.
pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match verified(args) {
        Err(sentence) => {
            eprintln!("{sentence}");
            Ok(ExitCode::from(REFUSED))
        }
        Ok(report) => {
            if args.json {
                println!("{}", serde_json::to_string(&report)?);
            } else {
                tell(&report, args);
            }
            Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

/// The report, or the sentence that says why there is none.
fn verified(args: &Args) -> Result<Report, String> {
    let source = Source::named(&args.place);
    let keys = keys(args, &source)?.with_witnesses(witnesses(args, &source)?);
    let unreadable = |option: &'static str| move |error: std::io::Error| say::unreadable(option, &error.to_string());
    let since = args.since.as_deref().map(fs::read).transpose().map_err(unreadable("--since"))?;
    let record = args.record.as_deref().map(read_record).transpose();
    let record = record.map_err(|error| say::unreadable("--record", &error.to_string()))?;
    let report = check(&source, &keys, since.as_deref(), record.as_ref());
    let mut report = report.map_err(|error| say::unreachable(&args.place, &error.to_string()))?;
    let (wanted, found) = (args.quorum.unwrap_or_default(), report.witnesses);
    if found < wanted && report.findings.is_empty() {
        report.findings.push(Finding::TooFewWitnesses { wanted, found });
    }
    Ok(report)
}

fn keys(args: &Args, source: &Source) -> Result<Keyring, String> {
    let text = match &args.keys {
        Some(file) => fs::read_to_string(file).map_err(|error| say::unreadable("--keys", &error.to_string()))?,
        None => match source.get("keys") {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => return Err(say::unreachable(&args.place, &error.to_string())),
        },
    };
    Keyring::read(&text).map_err(|line| say::not_a_key(&line))
}

/// Without keys of one's own those that the log names; a log needs none.
fn witnesses(args: &Args, source: &Source) -> Result<Vec<WitnessKey>, String> {
    let Some(file) = &args.witness else {
        let named = source.get("witnesses").unwrap_or_default();
        return Ok(witness_keys(&String::from_utf8_lossy(&named)).unwrap_or_default());
    };
    let text = fs::read_to_string(file).map_err(|error| say::unreadable("--witness", &error.to_string()))?;
    witness_keys(&text).map_err(|line| say::not_a_witness(&line))
}

fn read_record(file: &Path) -> Result<Record, Failure> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

fn tell(report: &Report, args: &Args) {
    for finding in &report.findings {
        println!("✗ {}", sentence(finding));
    }
    if !report.findings.is_empty() {
        if report.findings.contains(&Finding::CheckpointNotSigned) && args.keys.is_some() {
            println!("{}", say::KEYS_MAY_HAVE_CHANGED);
        }
        println!("{}", say::NOT_PROVED);
        return;
    }
    println!("✓ {}", say::whole(&report.origin, report.size, &report.root));
    println!("✓ {}", say::signed_by(&named(&report.signed_by)));
    if !report.witnessed_by.is_empty() {
        println!("✓ {}", say::witnessed_by(report.witnesses, &named(&report.witnessed_by)));
    }
    if !report.unknown.is_empty() {
        println!("{}", say::signed_by_unknown(&named(&report.unknown)));
    }
    if let Some(then) = report.grown_from {
        println!("✓ {}", say::only_grew(then, report.size));
        println!("✓ {}", say::earlier_signed_by(&named(&report.earlier_signed_by)));
    }
    if let Some(leaf) = &report.record {
        tell_record(leaf, report);
    }
    if args.keys.is_none() {
        println!("{}", say::KEYS_OF_THE_LOG);
    }
    if args.witness.is_none() && !report.witnessed_by.is_empty() {
        println!("{}", say::WITNESSES_OF_THE_LOG);
    }
}

fn tell_record(leaf: &LeafEntry, report: &Report) {
    let (id, at) = (leaf.id.to_string(), leaf.at.to_rfc3339());
    println!("✓ {}", say::contains(&leaf.kind, &id, leaf.revision, &at));
    println!("{}", if report.content_proved { say::CONTENT_PROVED } else { say::CONTENT_GONE });
    for act in &report.later {
        let name = Act::from_code(&act.act).map_or("?", text::act);
        println!("{}", say::later(name, act.revision, &act.at.to_rfc3339()));
    }
}

/// Who signed, with key and time.
fn named(all: &[Signed]) -> Vec<String> {
    let time = |signed: &Signed| signed.at.map(|at| at.to_rfc3339());
    all.iter().map(|signed| say::signer(&signed.name, &signed.id, signed.retired, time(signed).as_deref())).collect()
}

pub fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::CheckpointUnreadable => say::CHECKPOINT_UNREADABLE.to_owned(),
        Finding::CheckpointNotSigned => say::CHECKPOINT_NOT_SIGNED.to_owned(),
        Finding::SignedByRetiredKey => say::SIGNED_BY_RETIRED_KEY.to_owned(),
        Finding::NotWitnessed { name } => say::not_witnessed(name),
        Finding::TooFewWitnesses { wanted, found } => say::too_few_witnesses(*wanted, *found),
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
