//! A rule as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The day that a period starts with; that day itself is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsFrom {
    /// 自公示之日起
    Publication,
    /// From the date of the document.
    Decision,
}

/// Whether notices of a class are public at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publish {
    /// 公示
    Yes,
    /// 原则上不予公示
    OnlyIfNeeded,
    /// 不予公示
    Never,
}

/// Early end by credit repair (信用修复).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// Months after which it may be applied for, food sector.
    pub after_months_food: u32,
    /// Months after which it may be applied for, other sectors.
    pub after_months_other: u32,
    /// Article, empty where not known.
    pub article: String,
    /// Whether the months were read in the text of the rule.
    pub verified: bool,
    /// What must be fulfilled, in the rule's words.
    pub conditions: Vec<String>,
}

/// A class of penalties of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// `minor`
    pub id: String,
    /// The rule's words for it.
    pub name: String,
    /// Article, empty where not known.
    pub article: String,
    /// Whether it is public.
    pub publish: Publish,
    /// Months until it is removed; `None` exactly where it is never public.
    pub stop_after_months: Option<u32>,
    /// Whether a restriction that lasts longer keeps it public.
    pub follows_restriction: bool,
    /// Highest fine of this class in yuan, where the province has set one.
    pub fine_up_to_yuan: Option<u64>,
    /// Early end; `None` where it is excluded.
    pub repair: Option<Repair>,
}

/// One version of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// `order-45`
    pub id: String,
    /// The version, by default the day it came into force.
    pub version: String,
    /// 《…》
    pub name: String,
    /// Its number.
    pub number: String,
    /// Where its numbers were read.
    pub source: String,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force, if it has one.
    pub effective_until: Option<NaiveDate>,
    /// What is counted from.
    pub counts_from: CountsFrom,
    /// Whether its periods were read in the text of the rule.
    pub verified: bool,
    /// What officers should know.
    pub note: String,
    /// Its classes.
    pub classes: Vec<Class>,
}

impl Rule {
    /// Whether it is in force on `day`.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_until.is_none_or(|until| day <= until)
    }

    /// The class of that id.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The class that a mere fine of so many yuan falls into by the province's amount, where one is set.
    #[must_use]
    pub fn class_for_fine(&self, yuan: u64) -> Option<&Class> {
        let limited = self.classes.iter().filter(|class| class.fine_up_to_yuan.is_some_and(|most| yuan <= most));
        limited.min_by_key(|class| class.fine_up_to_yuan)
    }
}
