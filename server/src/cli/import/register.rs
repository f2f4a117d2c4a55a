//! `portal import register`

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::text::{import as words, registers as say};
use chrono::NaiveDate;
use serde::Serialize;
use server::{
    config::{DataArgs, read_site},
    house::House,
    import::Severity,
    registers::{ReadEdition, Refused, Registrar, Said},
    store::{EntryChange, EntryDifference},
};

use super::{Failure, REFUSED, index, progress_bar};

/// Problems told on the terminal.
const TOLD: usize = 50;
/// Changes told by a dry run.
const CHANGES: usize = 50;

/// Publishes an edition of a register.
#[derive(clap::Args)]
pub struct Args {
    /// Code of the register: the name of its definition, e.g. school-canteens
    name: String,
    /// XLSX, XLS, HTML or CSV: the whole register, what it doesn't list is removed
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
    /// Day of the edition, 2026-01-31; else today
    #[arg(long)]
    published_on: Option<NaiveDate>,
    /// Who says so; else the register's definition, else as before
    #[arg(long)]
    source: Option<String>,
    /// Why; stands beside the revision
    #[arg(long)]
    reason: Option<String>,
    /// Read and compare only
    #[arg(long)]
    dry_run: bool,
    /// Don't ask before changing what is public
    #[arg(long)]
    yes: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What the command did, or would do.
#[derive(Serialize)]
struct Report {
    file: String,
    register: String,
    entries: usize,
    /// Entries whose time is over: they are not published
    over: usize,
    published: bool,
    difference: EntryDifference,
    changes: Vec<EntryChange>,
    problems: Vec<ProblemLine>,
}

#[derive(Serialize)]
struct ProblemLine {
    sheet: String,
    row: Option<u32>,
    column: Option<String>,
    reason: String,
    severity: &'static str,
}

pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let house = House::open(&args.data).await?;
    let bureau = read_site(&args.data.data)?.bureau;
    let registrar = Registrar::of(&house, if bureau.is_empty() { words::UNNAMED_BUREAU.to_owned() } else { bureau });
    let bytes = match read_file(&args.file) {
        Ok(bytes) => bytes,
        Err(sentence) => return Ok(refuse(&sentence)),
    };
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bar = progress_bar(&name);
    let read = registrar.read(&args.name, &name, &bytes, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let read = match read {
        Ok(read) => read,
        Err(error) => return refused(error),
    };
    let mut report = Report {
        file: args.file.display().to_string(),
        register: read.edition.register.name.clone(),
        entries: read.edition.entries.len(),
        over: read.over,
        published: false,
        difference: house.db.preview_entries(&read.edition).await?,
        changes: if args.dry_run { house.db.preview_changes(&read.edition, CHANGES).await? } else { Vec::new() },
        problems: problems(&read),
    };
    let go_on = read.errors() == 0 && !args.dry_run && agreed(&args, report.difference)?;
    let mut refusal = (read.errors() > 0).then(|| say::kept_out(read.errors()));
    if go_on {
        let said = Said {
            published_on: args.published_on,
            source: args.source.clone(),
            reason: args.reason.clone(),
            demo: false,
        };
        match registrar.publish(&read, &bytes, &said).await {
            Ok(done) => {
                report.published = true;
                report.difference = done.difference;
                index(&house, done.position).await?;
                house.seal().await?;
            }
            Err(error @ (Refused::Store(_) | Refused::Keep(_))) => return Err(error.into()),
            Err(error) => refusal = Some(error.to_string()),
        }
    } else if refusal.is_none() && !args.dry_run {
        refusal = Some(words::NOTHING_CHANGED.to_owned());
    }
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        tell(&report, refusal.is_none(), args.dry_run);
    }
    match refusal {
        Some(sentence) => Ok(refuse(&sentence)),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let open = |error: std::io::Error| words::unreadable_file(&path.display().to_string(), &error);
    let size = std::fs::metadata(path).map_err(open)?.len();
    if size >= server::import::LARGEST_FILE {
        return Err(words::TOO_LARGE.to_owned());
    }
    std::fs::read(path).map_err(open)
}

fn refuse(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(REFUSED)
}

fn refused(error: Refused) -> Result<ExitCode, Failure> {
    match error {
        Refused::Store(_) | Refused::Keep(_) => Err(error.into()),
        other => Ok(refuse(&other.to_string())),
    }
}

fn problems(read: &ReadEdition) -> Vec<ProblemLine> {
    let line = |problem: &server::import::Problem| ProblemLine {
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: problem.column.clone(),
        reason: problem.reason.clone(),
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
    };
    read.problems.iter().map(line).collect()
}

/// An edition that changes what is public says so, and on a terminal asks.
fn agreed(args: &Args, difference: EntryDifference) -> std::io::Result<bool> {
    if difference.removed + difference.changed == 0 {
        return Ok(true);
    }
    eprintln!("{}", say::difference(difference.added, difference.changed, difference.removed, difference.unchanged));
    super::go_on(args.yes)
}

fn tell(report: &Report, done: bool, dry_run: bool) {
    for problem in report.problems.iter().take(TOLD) {
        let row = problem.row.map(|row| row.to_string());
        println!("{}", words::problem_line(&problem.sheet, row.as_deref(), problem.column.as_deref(), &problem.reason));
    }
    if report.problems.len() > TOLD {
        println!("{}", words::more_problems(report.problems.len() - TOLD));
    }
    println!("{}", say::read(&report.file, &report.register, report.entries));
    if report.over > 0 {
        println!("{}", say::already_over(report.over));
    }
    for change in &report.changes {
        println!("{}", say::change_line(change.what, &change.title, &change.cells));
    }
    if !done {
        return;
    }
    let difference = report.difference;
    if report.published && difference.added + difference.changed + difference.removed == 0 {
        println!("{}", say::SAME);
    } else {
        let said = say::difference(difference.added, difference.changed, difference.removed, difference.unchanged);
        println!("{}", say::done(dry_run, &said));
    }
}
