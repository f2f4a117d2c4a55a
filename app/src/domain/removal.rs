//! How long an enforcement notice stays public: rules as data with versions (`data/removal.toml`), dates as functions.

mod file;
mod rule;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use file::{LARGEST_FILE, MOST_MONTHS, Problem, RulesError};
pub use rule::{Class, CountsFrom, Publish, Repair, Rule};

const EMBEDDED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/removal.toml"));

/// All rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rules(Vec<Rule>);

/// How long a penalty restricts business or profession.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restriction {
    /// It doesn't.
    #[default]
    None,
    /// Last day of the restriction.
    Until(NaiveDate),
    /// For life (食品安全法 art. 135).
    Lifetime,
}

/// What a removal date depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty {
    /// Date of the decision's document.
    pub decided_on: NaiveDate,
    /// First day public.
    pub published_on: NaiveDate,
    /// See [`Restriction`].
    pub restriction: Restriction,
    /// Whether it is a penalty of the food sector.
    pub food: bool,
}

/// What a removal date rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Rule's id.
    pub rule: String,
    /// Rule's version.
    pub version: String,
    /// Rule's name.
    pub name: String,
    /// Rule's number.
    pub number: String,
    /// Class's id.
    pub class: String,
    /// Article, empty where not known.
    pub article: String,
    /// Whether the period was read in the text of the rule.
    pub verified: bool,
}

/// When a notice is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Last day public (公示截止日); `None` for a restriction for life.
    pub last_day: Option<NaiveDate>,
    /// Day from whose beginning it is removed: the one after.
    pub on: Option<NaiveDate>,
    /// First day on which credit repair may be applied for; `None` where it is excluded or would come too late.
    pub earliest_repair: Option<NaiveDate>,
    /// Whether it is public as a matter of course.
    pub publish: Publish,
    /// See [`Basis`].
    pub basis: Basis,
}

impl Removal {
    /// Whether it must no longer be public on `day`.
    #[must_use]
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.on.is_some_and(|on| on <= day)
    }
}

/// Why there is no removal date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemovalError {
    /// No such rule.
    #[error("no rule {0}")]
    NoRule(String),
    /// The rule has no such class.
    #[error("rule {rule} has no class {class}")]
    NoClass {
        /// Rule's id.
        rule: String,
        /// Class asked for.
        class: String,
    },
    /// Such a penalty is not published.
    #[error("penalties of {class} are not published by {article}")]
    NeverPublished {
        /// Class's name.
        class: String,
        /// Article.
        article: String,
    },
    /// The class knows no restriction: another class is meant, or the rule says nothing about it.
    #[error("{class} does not follow a restriction")]
    NoRestriction {
        /// Class's name.
        class: String,
    },
    /// Public before it was decided.
    #[error("published on {published_on}, before the decision of {decided_on}")]
    PublishedEarly {
        /// First day public.
        published_on: NaiveDate,
        /// Date of the decision.
        decided_on: NaiveDate,
    },
    /// The calendar of the machine ends before.
    #[error("{0} is out of range")]
    OutOfRange(NaiveDate),
}

impl Rules {
    /// The rules that came with the program.
    ///
    /// # Errors
    /// Never, as long as the embedded file is whole; a test reads it.
    pub fn embedded() -> Result<Self, RulesError> {
        Self::parse(EMBEDDED)
    }

    /// Reads a file of rules.
    ///
    /// # Errors
    /// The first fault with its line.
    pub fn parse(toml: &str) -> Result<Self, RulesError> {
        file::parse(toml).map(Self)
    }

    /// These rules and a bureau's own: one of the same id replaces, others are added.
    #[must_use]
    pub fn with(&self, own: &Self) -> Self {
        let kept = self.0.iter().filter(|rule| own.get(&rule.id).is_none()).cloned();
        Self(kept.chain(own.0.iter().cloned()).collect())
    }

    /// All versions, in the order of the files.
    #[must_use]
    pub fn versions(&self) -> &[Rule] {
        &self.0
    }

    /// The rule of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.id == id)
    }

    /// The rules in force on `day`, the newest first.
    #[must_use]
    pub fn in_force(&self, day: NaiveDate) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.0.iter().filter(|rule| rule.is_in_force(day)).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.effective_from));
        rules
    }

    /// The rule that binds a decision of that day, unless the officer chooses another.
    #[must_use]
    pub fn default_for(&self, decided_on: NaiveDate) -> Option<&Rule> {
        self.in_force(decided_on).first().copied()
    }

    /// When a notice of `class` is removed by rule `rule`.
    ///
    /// # Errors
    /// See [`RemovalError`].
    pub fn removal(&self, rule: &str, class: &str, penalty: Penalty) -> Result<Removal, RemovalError> {
        let found = self.get(rule).ok_or_else(|| RemovalError::NoRule(rule.to_owned()))?;
        found.removal(class, penalty)
    }
}

impl Rule {
    fn removal(&self, class_id: &str, penalty: Penalty) -> Result<Removal, RemovalError> {
        let class = self
            .class(class_id)
            .ok_or_else(|| RemovalError::NoClass { rule: self.id.clone(), class: class_id.to_owned() })?;
        let Penalty { decided_on, published_on, .. } = penalty;
        let Some(months) = class.stop_after_months else {
            return Err(RemovalError::NeverPublished { class: class.name.clone(), article: class.article.clone() });
        };
        if published_on < decided_on {
            return Err(RemovalError::PublishedEarly { published_on, decided_on });
        }
        let from = match self.counts_from {
            CountsFrom::Publication => published_on,
            CountsFrom::Decision => decided_on,
        };
        let last_day = last_day(class, after(from, months)?, penalty.restriction)?;
        let on = last_day.map(day_after).transpose()?;
        let earliest_repair = match &class.repair {
            Some(repair) if penalty.food => Some(repair_day(from, repair.after_months_food)?),
            Some(repair) => Some(repair_day(from, repair.after_months_other)?),
            None => None,
        };
        Ok(Removal {
            last_day,
            on,
            earliest_repair: earliest_repair.filter(|day| on.is_none_or(|on| *day < on)),
            publish: class.publish,
            basis: self.basis(class),
        })
    }

    fn basis(&self, class: &Class) -> Basis {
        Basis {
            rule: self.id.clone(),
            version: self.version.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            class: class.id.clone(),
            article: class.article.clone(),
            verified: self.verified,
        }
    }
}

fn last_day(class: &Class, by_months: NaiveDate, restriction: Restriction) -> Result<Option<NaiveDate>, RemovalError> {
    match restriction {
        Restriction::None => Ok(Some(by_months)),
        _ if !class.follows_restriction => Err(RemovalError::NoRestriction { class: class.name.clone() }),
        Restriction::Until(day) => Ok(Some(by_months.max(day))),
        Restriction::Lifetime => Ok(None),
    }
}

/// The day of the same number, `months` later, or the last of that month.
fn after(day: NaiveDate, months: u32) -> Result<NaiveDate, RemovalError> {
    day.checked_add_months(Months::new(months)).ok_or(RemovalError::OutOfRange(day))
}

fn day_after(day: NaiveDate) -> Result<NaiveDate, RemovalError> {
    day.checked_add_days(Days::new(1)).ok_or(RemovalError::OutOfRange(day))
}

/// A period must have ended before one may apply; without a period it is the first day itself.
fn repair_day(from: NaiveDate, months: u32) -> Result<NaiveDate, RemovalError> {
    if months == 0 { Ok(from) } else { day_after(after(from, months)?) }
}
