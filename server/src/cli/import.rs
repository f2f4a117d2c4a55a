//! `portal import sampling`

pub mod register;

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use app::text::import as say;
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use server::{
    config::{DataArgs, read_site},
    house::House,
    index::Follower,
    sampling::{FileReport, ImportError, Importer, Prepared, Report, Wishes},
    store::Saved,
};

use super::{Failure, REFUSED};

/// How long a running server may take to index what was imported.
const WAIT: Duration = Duration::from_mins(1);
/// Problems told on the terminal.
const TOLD: usize = 50;

/// Imports sampling results.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
    /// XLSX, XLS, HTML or CSV
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    data: DataArgs,
    /// Title of the bulletin; else the title line of the table, else the file's name
    #[arg(long)]
    title: Option<String>,
    /// 期号
    #[arg(long)]
    issue_no: Option<String>,
    /// Day of publication, 2026-01-31; else as the rows say, else today
    #[arg(long)]
    published_on: Option<NaiveDate>,
    /// Who published it; else as the rows say, else the bureau of portal.toml
    #[arg(long)]
    source: Option<String>,
    /// Make it public at once
    #[arg(long)]
    publish: bool,
    /// Why a published bulletin is corrected; stands beside the correction
    #[arg(long)]
    reason: Option<String>,
    /// Read and compare only
    #[arg(long)]
    dry_run: bool,
    /// Import what can be read although some rows can't
    #[arg(long)]
    partial: bool,
    /// Don't ask before changing a bulletin that exists
    #[arg(long)]
    yes: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// With --json: each sample as read
    #[arg(long)]
    rows: bool,
}

pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let house = House::open(&args.data).await?;
    let bureau = read_site(&args.data.data)?.bureau;
    let importer = Importer {
        db: house.db.clone(),
        files: house.files.clone(),
        clock: house.clock.clone(),
        ids: house.ids.clone(),
        bureau: if bureau.is_empty() { say::UNNAMED_BUREAU.to_owned() } else { bureau },
    };
    let mut report = Report::default();
    let (mut refused, mut position) = (false, None);
    for file in &args.files {
        let (entry, saved) = one(&args, &importer, file).await?;
        refused |= saved.is_none() && !args.dry_run || entry.format.is_none();
        position = saved.map(|saved| saved.position).or(position);
        if !args.json {
            tell(&entry, args.dry_run);
        }
        report.files.push(entry);
    }
    if let Some(position) = position {
        index(&house, position).await?;
        house.seal().await?;
    }
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    }
    Ok(if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

/// Reads, compares and, unless something speaks against it, saves one file.
async fn one(args: &Args, importer: &Importer, file: &Path) -> Result<(FileReport, Option<Saved>), Failure> {
    let shown = file.display().to_string();
    let wishes = Wishes {
        title: args.title.clone(),
        issue_no: args.issue_no.clone(),
        published_on: args.published_on,
        source: args.source.clone(),
        publish: args.publish,
        reason: args.reason.clone(),
        partial: args.partial,
        keep_rows: args.rows,
    };
    let bar = progress_bar(&shown);
    let prepared = importer.prepare(file, &wishes, &mut |rows| bar.set_position(rows)).await;
    bar.finish_and_clear();
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error @ (ImportError::Store(_) | ImportError::Keep(_))) => return Err(error.into()),
        Err(refusal) => {
            eprintln!("{refusal}");
            return Ok((FileReport::refused(shown, refusal.to_string()), None));
        }
    };
    let would = FileReport::of(shown.clone(), &prepared, &prepared.preview, args.rows);
    if args.dry_run {
        return Ok((would, None));
    }
    if prepared.errors() > 0 && !args.partial {
        eprintln!("{}", say::kept_out(prepared.errors()));
        return Ok((would.not_stored(), None));
    }
    if !agreed(args, &prepared)? {
        eprintln!("{}", say::NOTHING_CHANGED);
        return Ok((would.not_stored(), None));
    }
    let saved = importer.save(&prepared).await?;
    Ok((FileReport::of(shown, &prepared, &saved, args.rows), Some(saved)))
}

/// A corrected file shows what it changes before it does, and on a terminal asks.
fn agreed(args: &Args, prepared: &Prepared) -> std::io::Result<bool> {
    let difference = prepared.preview.difference;
    if prepared.preview.id.is_none() || difference.is_empty() {
        return Ok(true);
    }
    eprintln!(
        "{}",
        say::would_change(
            &prepared.draft.title,
            difference.created,
            difference.changed,
            difference.removed,
            difference.unchanged,
        )
    );
    go_on(args.yes)
}

/// Asks on a terminal whether to go on; elsewhere, and after `--yes`, it is so.
fn go_on(yes: bool) -> std::io::Result<bool> {
    if yes || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(true);
    }
    eprint!("{}", say::GO_ON);
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(say::YES.contains(&answer.trim()))
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress_bar(file: &str) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {msg} {pos}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_message(file.to_owned())
}

fn tell(entry: &FileReport, dry_run: bool) {
    let problems = entry.problems.iter().map(|problem| {
        let row = problem.row.map(|row| row.to_string());
        say::problem_line(&problem.sheet, row.as_deref(), problem.column.as_deref(), &problem.reason)
    });
    if entry.format.is_some() {
        for line in problems.take(TOLD) {
            println!("{line}");
        }
        if entry.problems.len() > TOLD {
            println!("{}", say::more_problems(entry.problems.len() - TOLD));
        }
        let title = entry.title.as_deref().unwrap_or_default();
        println!("{}", say::read_summary(&entry.file, title, entry.samples, entry.failed_samples, entry.failed_items));
        println!(
            "{}",
            say::done_summary(dry_run, entry.published, entry.created, entry.changed, entry.removed, entry.unchanged)
        );
    }
}

/// Indexes, or waits until the running server has.
pub(super) async fn index(house: &House, position: u64) -> Result<(), Failure> {
    let started = Instant::now();
    let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
    loop {
        let standing = follower.catch_up().await?;
        if standing.index >= position {
            return Ok(());
        }
        if started.elapsed() > WAIT {
            eprintln!("{}", say::INDEX_LAGS);
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
