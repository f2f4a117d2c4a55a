//! What a publication says: the same shape for every kind, checked against the kind's fields.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Kind,
    field::{Fault, Field, Holds, fields},
};
use crate::domain::bulletin::Tally;

/// Characters of a title at most.
pub const TITLE: usize = 200;
/// Characters of a text at most.
pub const BODY: usize = 100_000;
/// Attachments of one publication at most.
pub const ATTACHMENTS: usize = 30;

/// A file that belongs to a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Attachment {
    /// Id, random; also the name under which its bytes are kept
    pub id: Uuid,
    /// Name as people see it
    pub name: String,
    /// `application/pdf` …
    pub media_type: String,
    /// Bytes
    pub size: u64,
    /// SHA-256 of the cleaned bytes, hexadecimal
    pub sha256: String,
}

/// The table of a sampling bulletin or of a register, as an officer uploaded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// SHA-256 of the file, hexadecimal
    pub sha256: String,
    /// Its name
    pub name: String,
    /// Bytes
    pub size: u64,
    /// Columns that the officer maps otherwise: sheet, heading as shown, name of the field (empty: none)
    #[serde(default)]
    pub mapping: Vec<(String, String, String)>,
    /// Samples or entries read
    pub samples: u64,
    /// Food samples with a verdict (监督抽检), for comparing with what the text says
    pub food: Tally,
    /// All samples with a verdict
    pub all: Tally,
    /// Rows that can't be read
    pub errors: u64,
}

/// A publication's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Which kind
    pub kind: Kind,
    /// Title
    pub title: String,
    /// 来源: who publishes
    pub source: String,
    /// 发布日期; absent in a draft: the day on which it is published
    pub published_on: Option<NaiveDate>,
    /// Text in Markdown; of a bulletin plain text
    pub body: String,
    /// The kind's own fields by name; empty ones are left out
    pub fields: BTreeMap<String, String>,
    /// Files
    pub attachments: Vec<Attachment>,
    /// Of a bulletin or register
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
}

/// What is wrong with which field (`title`, `source`, `published_on`, `body`, `table`, or one of the kind's).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Name of the field
    pub field: &'static str,
    /// What is wrong
    pub fault: Fault,
}

impl Content {
    /// Nothing yet.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            title: String::new(),
            source: String::new(),
            published_on: None,
            body: String::new(),
            fields: BTreeMap::new(),
            attachments: Vec::new(),
            table: None,
        }
    }

    /// A field's value, `""` where there is none.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Where the public reads it: a register by its code, everything else by its id.
    #[must_use]
    pub fn path(&self, id: Uuid) -> String {
        match (self.kind, self.field("register")) {
            (Kind::Register, code) if !code.is_empty() => format!("/registers/{code}"),
            (kind, _) => format!("/{}/{id}", kind.folder()),
        }
    }

    /// A field's day.
    #[must_use]
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.field(name).parse().ok()
    }

    /// Takes what was typed, by the names of the form; values get their one form. Unknown names are left alone.
    pub fn fill<'a>(&mut self, typed: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for (name, value) in typed {
            match name {
                "title" => self.title = Holds::Line(TITLE).normal(value),
                "source" => self.source = Holds::Line(100).normal(value),
                "body" => value.replace("\r\n", "\n").trim_end().clone_into(&mut self.body),
                "published_on" => {
                    let day = Holds::Day.normal(value);
                    self.published_on = day.parse().ok();
                    if self.published_on.is_none() && !day.is_empty() {
                        faults.push(FieldFault { field: "published_on", fault: Fault::NotADay });
                    }
                }
                name => {
                    if let Some(field) = fields(self.kind).iter().find(|field| field.name == name) {
                        self.set(field, value);
                    }
                }
            }
        }
        faults
    }

    fn set(&mut self, field: &Field, typed: &str) {
        let value = field.holds.normal(typed);
        if value.is_empty() {
            self.fields.remove(field.name);
        } else {
            self.fields.insert(field.name.to_owned(), value);
        }
    }

    /// What keeps it from being kept as a draft: values that can't be read or are too long.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldFault> {
        let longer = |text: &str, most: usize| (text.chars().count() > most).then_some(Fault::TooLong(most));
        let mut faults = Vec::new();
        let mut add = |field, fault: Option<Fault>| faults.extend(fault.map(|fault| FieldFault { field, fault }));
        add("title", longer(&self.title, TITLE));
        add("source", longer(&self.source, 100));
        add("body", longer(&self.body, BODY));
        for field in fields(self.kind) {
            let value = self.field(field.name);
            add(field.name, if value.is_empty() { None } else { field.holds.fault(value) });
        }
        faults
    }

    /// What keeps it from being submitted.
    #[must_use]
    pub fn gaps(&self, today: NaiveDate) -> Vec<FieldFault> {
        let mut faults = self.faults();
        let mut add = |field, fault| faults.push(FieldFault { field, fault });
        if self.title.is_empty() {
            add("title", Fault::Empty);
        }
        if self.source.is_empty() {
            add("source", Fault::Empty);
        }
        if self.title.contains("风险警示") {
            add("title", Fault::RiskWarning);
        }
        if matches!(self.kind, Kind::Tip | Kind::Warning) && announces_risk_warning(&self.body) {
            add("body", Fault::RiskWarning);
        }
        let needs_body = matches!(self.kind, Kind::Tip | Kind::Warning | Kind::Notice | Kind::Article);
        if needs_body && self.body.trim().is_empty() {
            add("body", Fault::Empty);
        }
        for field in fields(self.kind) {
            if field.required && self.field(field.name).is_empty() {
                add(field.name, Fault::Empty);
            }
        }
        match self.kind {
            Kind::Bulletin | Kind::Register
                if self.table.as_ref().is_none_or(|table| table.samples == 0 || table.errors > 0) =>
            {
                add("table", Fault::NoTable);
            }
            Kind::Penalty => self.penalty_gaps(today, &mut add),
            Kind::Recall => self.recall_gaps(&mut add),
            Kind::Disposal if self.day("completed_on").is_some_and(|day| day > today) => {
                add("completed_on", Fault::DayOrder);
            }
            _ => {}
        }
        faults
    }

    fn penalty_gaps(&self, today: NaiveDate, add: &mut impl FnMut(&'static str, Fault)) {
        if self.field("procedure") == "summary" {
            add("procedure", Fault::SummaryProcedure);
        }
        if only_warned(self.field("penalty")) {
            add("penalty", Fault::OnlyWarned);
        }
        if self.day("decided_on").is_some_and(|day| day > today) {
            add("decided_on", Fault::DayOrder);
        }
    }

    fn recall_gaps(&self, add: &mut impl FnMut(&'static str, Fault)) {
        let (from, to) = (self.day("made_from"), self.day("made_to"));
        if self.field("lots").is_empty() && from.is_none() && to.is_none() {
            add("lots", Fault::NoLots);
        }
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            add("made_to", Fault::DayOrder);
        }
        if self.day("starts_on").zip(self.day("ends_on")).is_some_and(|(from, to)| to < from) {
            add("ends_on", Fault::DayOrder);
        }
    }

    /// Names that may stand in it although they may be a person's: whom it is about by law.
    #[must_use]
    pub fn named(&self) -> Vec<&str> {
        let names = match self.kind {
            Kind::Penalty => vec!["party"],
            Kind::Recall => vec!["producer", "representative"],
            _ => vec!["operator"],
        };
        names.into_iter().map(|name| self.field(name)).filter(|name| !name.is_empty()).collect()
    }

    /// All that readers will see as text, one part a field with its name, for the check before publication.
    #[must_use]
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        let own = fields(self.kind).iter().filter(|field| field.shown && !may_hold_contact(field.name));
        [("title", self.title.as_str()), ("body", self.body.as_str())]
            .into_iter()
            .chain(own.map(|field| (field.name, self.field(field.name))))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }
}

/// The recall rule asks for the producer's own telephone, mail and address.
fn may_hold_contact(name: &str) -> bool {
    matches!(
        name,
        "phone"
            | "email"
            | "producer_address"
            | "producer_code"
            | "party_code"
            | "representative"
            | "samples"
            | "register"
    )
}

/// Whether a text issues a 食品安全风险警示 itself, rather than speaking of those that others issue.
fn announces_risk_warning(text: &str) -> bool {
    const ISSUES: [&str; 6] = ["现发布", "特发布", "我局发布", "本局发布", "发布如下", "特此"];
    text.match_indices("风险警示").any(|(at, word)| {
        let before: String = text[..at].chars().rev().take(14).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[at + word.len()..].chars().take(6).collect();
        ISSUES.iter().any(|issue| before.contains(issue)) || after.contains("如下") || after.starts_with(['：', ':'])
    })
}

/// Whether 警告 is all that was imposed.
fn only_warned(penalty: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "罚款",
        "没收",
        "吊销",
        "撤销",
        "责令",
        "停产",
        "停业",
        "关闭",
        "限制",
        "降低",
        "通报批评",
        "拘留",
        "暂扣",
        "禁止",
    ];
    penalty.contains("警告") && !OTHERS.iter().any(|other| penalty.contains(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        "2026-11-25".parse().unwrap()
    }

    fn of(content: &Content, field: &str) -> Vec<Fault> {
        content.gaps(day()).into_iter().filter(|fault| fault.field == field).map(|fault| fault.fault).collect()
    }

    #[test]
    fn a_form_fills_and_names_what_is_wrong() {
        let mut content = Content::new(Kind::Penalty);
        let faults = content.fill([
            ("title", " 行政处罚 \n信息"),
            ("published_on", "2026-02-30"),
            ("document_number", "云市监处罚[2026]3号"),
            ("colour", "red"),
            ("facts", "经营\r\n过期食品"),
            ("decided_on", "明天"),
        ]);
        assert_eq!(faults, [FieldFault { field: "published_on", fault: Fault::NotADay }]);
        assert_eq!((content.title.as_str(), content.field("facts")), ("行政处罚 信息", "经营\n过期食品"));
        assert_eq!(content.field("document_number"), "云市监处罚〔2026〕3号");
        assert_eq!(content.faults(), [FieldFault { field: "decided_on", fault: Fault::NotADay }]);
        assert_eq!(of(&content, "party"), [Fault::Empty]);
        content.fill([("procedure", "summary"), ("penalty", "警告"), ("decided_on", "2026-11-26")]);
        assert_eq!(of(&content, "procedure"), [Fault::SummaryProcedure]);
        assert_eq!(of(&content, "penalty"), [Fault::OnlyWarned]);
        assert_eq!(of(&content, "decided_on"), [Fault::DayOrder]);
        content.fill([("penalty", "警告，并处罚款五千元"), ("party", "")]);
        assert_eq!(of(&content, "penalty"), []);
        assert!(!content.fields.contains_key("party"));
    }

    #[test]
    fn a_city_publishes_no_risk_warning_but_may_speak_of_one() {
        let mut warning = Content::new(Kind::Warning);
        warning.fill([("title", "关于野生蘑菇的食品安全风险警示"), ("body", "现发布食品安全风险警示如下")]);
        assert_eq!((of(&warning, "title"), of(&warning, "body")), (vec![Fault::RiskWarning], vec![Fault::RiskWarning]));
        warning.fill([
            ("title", "关于野生蘑菇的消费警示"),
            ("body", "请关注政府部门发布的食品安全风险警示信息，了解情况"),
        ]);
        assert_eq!((of(&warning, "title"), of(&warning, "body")), (vec![], vec![]));
    }

    #[test]
    fn a_recall_names_lots_or_days() {
        let mut recall = Content::new(Kind::Recall);
        assert_eq!(of(&recall, "lots"), [Fault::Empty, Fault::NoLots][1..]);
        recall.fill([("made_from", "2026-02-01"), ("made_to", "2026-01-01")]);
        assert_eq!((of(&recall, "lots"), of(&recall, "made_to")), (vec![], vec![Fault::DayOrder]));
    }
}
