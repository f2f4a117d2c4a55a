//! Reading a file of removal rules, with the line of each fault.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{Class, CountsFrom, Publish, Repair, Rule};

/// Bytes that a file may have.
pub const LARGEST_FILE: usize = 256 * 1024;
/// Months that a period may have.
pub const MOST_MONTHS: u32 = 1200;
/// The form of file that is read.
const SCHEMA: u32 = 1;

/// A fault and where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem:?}")]
pub struct RulesError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Larger than [`LARGEST_FILE`].
    TooLarge,
    /// No TOML, or a member is missing, unknown or of another type; what the parser says.
    Form(String),
    /// Another `schema` than 1.
    Schema(u32),
    /// No rule at all.
    NoRules,
    /// An id that is not of small letters, digits and hyphens.
    Id(String),
    /// A rule's or class's id twice.
    Duplicate(String),
    /// An empty name of a rule or class, or a rule without source.
    Nameless(String),
    /// A rule that ends before it begins.
    Backwards(String),
    /// A rule without classes.
    NoClasses(String),
    /// A class that is public needs `stop_after_months` of 1 to 1200; one that is not has none, and no repair.
    Months(String),
    /// Credit repair could only be applied for after the removal.
    RepairLate(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    schema: Spanned<u32>,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    version: Option<String>,
    name: String,
    #[serde(default)]
    number: String,
    source: String,
    effective_from: NaiveDate,
    effective_until: Option<NaiveDate>,
    counts_from: CountsFrom,
    verified: bool,
    #[serde(default)]
    note: String,
    #[serde(default)]
    class: Vec<RawClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClass {
    id: Spanned<String>,
    name: String,
    #[serde(default)]
    article: String,
    publish: Publish,
    stop_after_months: Option<u32>,
    #[serde(default)]
    follows_restriction: bool,
    fine_up_to_yuan: Option<u64>,
    repair: Option<Repair>,
}

pub(super) fn parse(toml: &str) -> Result<Vec<Rule>, RulesError> {
    if toml.len() > LARGEST_FILE {
        return Err(RulesError { line: 1, problem: Problem::TooLarge });
    }
    let toml = toml.trim_start_matches('\u{feff}');
    let raw: RawFile = toml::from_str(toml).map_err(|error| RulesError {
        line: error.span().map_or(1, |span| line_of(toml, span.start)),
        problem: Problem::Form(error.message().to_owned()),
    })?;
    if *raw.schema.get_ref() != SCHEMA {
        let problem = Problem::Schema(*raw.schema.get_ref());
        return Err(RulesError { line: line_of(toml, raw.schema.span().start), problem });
    }
    if raw.rule.is_empty() {
        return Err(RulesError { line: 1, problem: Problem::NoRules });
    }
    let mut ids = BTreeSet::new();
    raw.rule.into_iter().map(|rule| rule.check(toml, &mut ids)).collect()
}

impl RawRule {
    fn check(self, toml: &str, ids: &mut BTreeSet<String>) -> Result<Rule, RulesError> {
        let line = line_of(toml, self.id.span().start);
        let id = self.id.into_inner();
        let fault = |problem| Err(RulesError { line, problem });
        check_id(&id, ids).map_err(|problem| RulesError { line, problem })?;
        if self.name.trim().is_empty() || self.source.trim().is_empty() {
            return fault(Problem::Nameless(id));
        }
        if self.effective_until.is_some_and(|until| until < self.effective_from) {
            return fault(Problem::Backwards(id));
        }
        if self.class.is_empty() {
            return fault(Problem::NoClasses(id));
        }
        let mut class_ids = BTreeSet::new();
        let classes =
            self.class.into_iter().map(|class| class.check(toml, &mut class_ids)).collect::<Result<_, _>>()?;
        Ok(Rule {
            version: self.version.unwrap_or_else(|| self.effective_from.to_string()),
            id,
            name: self.name,
            number: self.number,
            source: self.source,
            effective_from: self.effective_from,
            effective_until: self.effective_until,
            counts_from: self.counts_from,
            verified: self.verified,
            note: self.note,
            classes,
        })
    }
}

impl RawClass {
    fn check(self, toml: &str, ids: &mut BTreeSet<String>) -> Result<Class, RulesError> {
        let line = line_of(toml, self.id.span().start);
        let id = self.id.into_inner();
        let fault = |problem| Err(RulesError { line, problem });
        check_id(&id, ids).map_err(|problem| RulesError { line, problem })?;
        if self.name.trim().is_empty() {
            return fault(Problem::Nameless(id));
        }
        let fits = match (self.publish, self.stop_after_months) {
            (Publish::Never, None) => self.repair.is_none() && !self.follows_restriction,
            (Publish::Yes | Publish::OnlyIfNeeded, Some(months)) => (1..=MOST_MONTHS).contains(&months),
            (Publish::Never, Some(_)) | (Publish::Yes | Publish::OnlyIfNeeded, None) => false,
        };
        if !fits {
            return fault(Problem::Months(id));
        }
        let latest_repair = self.repair.as_ref().map(|repair| repair.after_months_food.max(repair.after_months_other));
        if latest_repair >= self.stop_after_months && latest_repair.is_some() {
            return fault(Problem::RepairLate(id));
        }
        Ok(Class {
            id,
            name: self.name,
            article: self.article,
            publish: self.publish,
            stop_after_months: self.stop_after_months,
            follows_restriction: self.follows_restriction,
            fine_up_to_yuan: self.fine_up_to_yuan,
            repair: self.repair,
        })
    }
}

fn check_id(id: &str, ids: &mut BTreeSet<String>) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > 64 || !id.chars().all(plain) {
        return Err(Problem::Id(id.to_owned()));
    }
    if !ids.insert(id.to_owned()) {
        return Err(Problem::Duplicate(id.to_owned()));
    }
    Ok(())
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
