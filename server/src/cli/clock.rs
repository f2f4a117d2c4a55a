//! `portal clock`

use std::{path::PathBuf, process::ExitCode};

use app::{
    domain::{
        calendar::{Calendar, CalendarError, YearFile, iso_day},
        clock::{Cite, Due, Line, Rule, Settings, Step, Term},
    },
    text,
};
use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::Failure;

/// When a step is due by law, and why on that day.
#[derive(clap::Args)]
pub struct Args {
    /// acceptance, mediation, termination-notice, clue-check, report-check, penalty-publication, …
    step: String,
    /// Day of the event that starts the clock, 2026-09-21; it is not counted
    date: String,
    /// R20 or R121; without it by DATE (R121 from 2026-04-15)
    #[arg(long)]
    rule: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Calendars of further or corrected years (holiday-cn)
    #[arg(long, value_name = "FILE", num_args = 1..)]
    calendar: Vec<PathBuf>,
}

/// Answers; 2 when the question can't be understood.
pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let calendar = match load(&args.calendar)? {
        Ok(calendar) => calendar,
        Err(refusal) => return Ok(refuse(&refusal)),
    };
    match answer(args, &calendar) {
        Ok(due) if args.json => println!("{}", serde_json::to_string(&Answer::new(&due))?),
        Ok(due) => print(&due, args.rule.is_none()),
        Err(refusal) => return Ok(refuse(&refusal)),
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(super::REFUSED)
}

/// The built-in calendar and the files; a year that is not announced yet is told and left out.
fn load(files: &[PathBuf]) -> Result<Result<Calendar, String>, Failure> {
    let mut calendar = Calendar::embedded()?;
    for path in files {
        let shown = path.display().to_string();
        let json = match std::fs::read_to_string(path) {
            Ok(json) => json,
            Err(error) => return Ok(Err(text::clock::bad_calendar(&shown, &text::clock::unreadable(&error)))),
        };
        let file = match YearFile::parse(&json) {
            Ok(file) => file,
            Err(error @ CalendarError::NotAnnounced { .. }) => {
                eprintln!("{}", text::calendar::error(&error));
                continue;
            }
            Err(error) => return Ok(Err(text::clock::bad_calendar(&shown, &text::calendar::error(&error)))),
        };
        for warning in file.warnings() {
            eprintln!("{}", text::calendar::warning(warning));
        }
        calendar = calendar.with_year(file);
    }
    Ok(Ok(calendar))
}

fn answer(args: &Args, calendar: &Calendar) -> Result<Due, String> {
    let step = Step::from_code(args.step.trim()).ok_or_else(|| text::clock::unknown_step(&args.step))?;
    let date = iso_day(args.date.trim()).ok_or_else(|| text::clock::bad_date(&args.date))?;
    let rule = match &args.rule {
        Some(code) => Rule::from_code(code.trim()).ok_or_else(|| text::clock::unknown_rule(code))?,
        None => Rule::of(date),
    };
    Term::new(step, rule, date).due(calendar, &Settings::default()).map_err(|error| text::clock::error(&error))
}

fn print(due: &Due, rule_by_date: bool) {
    println!("{}：{}", text::clock::step(due.step), text::clock::headline(due));
    println!("{}", text::clock::limit(due));
    println!("{}", text::clock::basis(&due.basis));
    for sentence in text::clock::estimate(due) {
        println!("{sentence}");
    }
    println!("{}：", text::clock::WHY);
    for sentence in text::clock::explain(due) {
        println!("  {sentence}");
    }
    if let Some(sentence) = text::clock::internal(due) {
        println!("{sentence}");
    }
    if due.step.follows_rule() && due.rule == Rule::R121 && due.start < Rule::CHANGE {
        eprintln!("{}", text::clock::RULE_NOT_YET);
    }
    if rule_by_date && may_be_of_the_old_rule(due) {
        eprintln!("{}", text::clock::RULE_BY_START);
    }
}

/// Whether the step is counted from something other than receipt, so soon after the change of rules that the case may
/// have been received before it.
fn may_be_of_the_old_rule(due: &Due) -> bool {
    let from_receipt = matches!(due.step, Step::Acceptance | Step::ReportCheck);
    let soon = due.start >= Rule::CHANGE && due.start < Rule::CHANGE + Months::new(12);
    due.step.follows_rule() && !from_receipt && soon
}

/// The JSON.
#[derive(Serialize)]
struct Answer<'a> {
    step: Step,
    start: NaiveDate,
    rule: &'static str,
    due: NaiveDate,
    estimated: bool,
    internal: NaiveDate,
    act_by: NaiveDate,
    basis: AnswerBasis,
    calendar: &'a str,
    working: Vec<AnswerLine<'a>>,
}

#[derive(Serialize)]
struct AnswerBasis {
    rule: &'static str,
    title: &'static str,
    number: Option<&'static str>,
    article: Option<String>,
    version: Option<NaiveDate>,
    verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    through: Option<Box<AnswerBasis>>,
}

#[derive(Serialize)]
struct AnswerLine<'a> {
    #[serde(flatten)]
    line: &'a Line,
    text: String,
}

impl AnswerBasis {
    fn new(cite: Cite, through: Option<Cite>) -> Self {
        Self {
            rule: cite.law.code(),
            title: text::clock::law(cite.law),
            number: text::clock::law_number(cite.law),
            article: cite.article.map(text::clock::article),
            version: cite.law.version(),
            verified: cite.verified,
            through: through.map(|cite| Box::new(Self::new(cite, None))),
        }
    }
}

impl<'a> Answer<'a> {
    fn new(due: &'a Due) -> Self {
        let basis = AnswerBasis::new(due.basis.cite, due.basis.through);
        Self {
            step: due.step,
            start: due.start,
            rule: if due.step.follows_rule() { due.rule.code() } else { basis.rule },
            due: due.on,
            estimated: due.estimated,
            internal: due.internal_on,
            act_by: due.act_by,
            basis,
            calendar: &due.calendar_version,
            working: due.working.iter().map(|line| AnswerLine { line, text: text::clock::line(line, due) }).collect(),
        }
    }
}
