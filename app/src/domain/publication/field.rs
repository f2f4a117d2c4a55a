//! The fields of each kind as data: forms, pages, differences, search and the API are all driven by this table.
//! Sources: domain 3.7 (disposals, recalls: 《食品召回管理办法》), 5 (penalties: 总局令第45号 art. 4).

use chrono::NaiveDate;

use super::Kind;
use crate::domain::{
    date::parse_day,
    identifier::{Form, uscc_form},
    operator::narrow,
};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One line, characters at most
    Line(usize),
    /// Paragraphs, characters at most
    Text(usize),
    /// A day, kept as `2026-01-31`
    Day,
    /// One of these codes
    Choice(&'static [&'static str]),
    /// 文号 with the year in 〔〕
    DocumentNumber,
    /// 统一社会信用代码; a miss of the check digit only warns
    Uscc,
    /// 抽样编号 of published samples, one a line
    Samples,
    /// 批号, one a line; `2026*` stands for all that begin so
    Lots,
    /// An address on the web (https)
    Link,
}

/// A field of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in forms, content and API; words for people are in `text::publication`
    pub name: &'static str,
    /// What it holds
    pub holds: Holds,
    /// Whether it must be filled before it can be submitted
    pub required: bool,
    /// Whether the public sees it
    pub shown: bool,
    /// Whether it names an operator, by which the publication is found on the operator's page
    pub names_operator: bool,
}

const fn must(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, required: true, shown: true, names_operator: false }
}

const fn may(name: &'static str, holds: Holds) -> Field {
    Field { required: false, ..must(name, holds) }
}

const fn operator(name: &'static str) -> Field {
    Field { names_operator: true, ..must(name, Holds::Line(200)) }
}

/// 处置结果.
pub const OUTCOMES: [&str; 5] = ["in_progress", "punished", "not_punished", "transferred", "other"];
/// 召回等级 (一级 … 三级), and voluntary recalls of label flaws.
pub const RECALL_LEVELS: [&str; 4] = ["first", "second", "third", "voluntary"];
/// Whom a penalty is for.
pub const PARTY_KINDS: [&str; 3] = ["company", "individual_business", "person"];
/// Where the party of a penalty has its seat: here, in another province whose bureau publishes, or here of a penalty that
/// another province forwarded (order 45 art. 10).
pub const PARTY_PLACES: [&str; 3] = ["here", "elsewhere", "forwarded"];
/// By which procedure a penalty was decided: the summary one (简易程序) is not published (order 45 art. 2).
pub const PROCEDURES: [&str; 2] = ["ordinary", "summary"];

const DISPOSAL: &[Field] = &[
    operator("operator"),
    must("samples", Holds::Samples),
    must("control", Holds::Text(4_000)),
    may("cause", Holds::Text(4_000)),
    may("rectification", Holds::Text(4_000)),
    must("outcome", Holds::Choice(&OUTCOMES)),
    may("penalty_number", Holds::DocumentNumber),
    may("completed_on", Holds::Day),
];

const PENALTY: &[Field] = &[
    must("document_number", Holds::DocumentNumber),
    operator("party"),
    must("party_kind", Holds::Choice(&PARTY_KINDS)),
    may("party_code", Holds::Uscc),
    may("party_address", Holds::Line(200)),
    must("procedure", Holds::Choice(&PROCEDURES)),
    must("violation", Holds::Line(200)),
    must("facts", Holds::Text(10_000)),
    must("basis", Holds::Text(4_000)),
    must("penalty", Holds::Text(4_000)),
    must("authority", Holds::Line(100)),
    must("decided_on", Holds::Day),
    Field { shown: false, ..may("party_place", Holds::Choice(&PARTY_PLACES)) },
    Field { shown: false, ..may("forwarded_on", Holds::Day) },
    Field { shown: false, ..must("removal_class", Holds::Line(60)) },
    Field { shown: false, ..may("restriction_until", Holds::Day) },
    may("samples", Holds::Samples),
];

const RECALL: &[Field] = &[
    must("product", Holds::Line(200)),
    operator("producer"),
    may("producer_code", Holds::Uscc),
    must("producer_address", Holds::Line(200)),
    must("representative", Holds::Line(60)),
    must("phone", Holds::Line(60)),
    may("email", Holds::Line(100)),
    may("brand", Holds::Line(100)),
    may("spec", Holds::Line(200)),
    may("lots", Holds::Lots),
    may("made_from", Holds::Day),
    may("made_to", Holds::Day),
    must("reason", Holds::Text(4_000)),
    must("level", Holds::Choice(&RECALL_LEVELS)),
    must("starts_on", Holds::Day),
    may("ends_on", Holds::Day),
    must("region", Holds::Line(400)),
    must("returns", Holds::Text(4_000)),
    may("official_link", Holds::Link),
    may("samples", Holds::Samples),
];

const ADVICE: &[Field] = &[may("products", Holds::Line(200)), may("samples", Holds::Samples)];
const NOTICE: &[Field] = &[may("document_number", Holds::DocumentNumber), may("index_number", Holds::Line(60))];
const BULLETIN: &[Field] = &[may("issue_no", Holds::Line(60))];
/// Which register it is, by its code.
const REGISTER: &[Field] = &[must("register", Holds::Line(40))];

/// The fields of a kind beside title, source, day, text and attachments, in the order of forms and pages.
#[must_use]
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Bulletin => BULLETIN,
        Kind::Disposal => DISPOSAL,
        Kind::Penalty => PENALTY,
        Kind::Recall => RECALL,
        Kind::Warning | Kind::Tip => ADVICE,
        Kind::Notice => NOTICE,
        Kind::Article => &[],
        Kind::Register => REGISTER,
    }
}

/// Why a value can't be used. Words are in `text::publication`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Must be filled
    Empty,
    /// Longer than so many characters
    TooLong(usize),
    /// No day
    NotADay,
    /// None of the choices
    NotAChoice,
    /// No 〔year〕 in a document number
    DocumentNumber,
    /// Not 18 signs of the alphabet
    Uscc,
    /// Not an https address
    NotALink,
    /// A day after another that must be later, or in the future
    DayOrder,
    /// 食品安全风险警示 is published by the state or province only (食品安全法 art. 118)
    RiskWarning,
    /// 简易程序 decisions are not published (order 45 art. 2)
    SummaryProcedure,
    /// 仅警告 is not published (order 45 art. 2)
    OnlyWarned,
    /// No published sample has this number
    UnknownSample,
    /// A recall names neither lot nor dates
    NoLots,
    /// Its removal rule needs the end of the restriction
    NoRestriction,
    /// No such removal rule
    NoSuchRule,
    /// The table of samples is missing, or has rows that can't be read
    NoTable,
    /// No such register
    NoSuchRegister,
    /// The register has a publication already
    RegisterHasOne,
}

impl Holds {
    /// A value in its one form: trimmed, full-width digits narrowed where only digits and letters stand, days as
    /// `2026-01-31`, 文号 with 〔〕. What can't be read stays as typed, for [`Holds::fault`] to name.
    #[must_use]
    pub fn normal(self, typed: &str) -> String {
        let typed = typed.replace("\r\n", "\n");
        let text = typed.trim();
        match self {
            Self::Day => parse_day(text).map_or_else(|| text.to_owned(), |day| day.to_string()),
            Self::Uscc => text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase(),
            Self::DocumentNumber => document_number(text),
            Self::Samples | Self::Lots => {
                let lines = text.split(['\n', ',', '，', '、', ';', '；']).map(str::trim);
                let lines = lines.filter(|line| !line.is_empty()).map(|line| line.chars().map(narrow).collect());
                let mut kept: Vec<String> = Vec::new();
                for line in lines {
                    if !kept.contains(&line) {
                        kept.push(line);
                    }
                }
                kept.join("\n")
            }
            Self::Line(_) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Text(_) | Self::Choice(_) | Self::Link => text.to_owned(),
        }
    }

    /// What is wrong with a normal value that is not empty.
    #[must_use]
    pub fn fault(self, value: &str) -> Option<Fault> {
        let longer = |most: usize| (value.chars().count() > most).then_some(Fault::TooLong(most));
        match self {
            Self::Line(most) | Self::Text(most) => longer(most),
            Self::Day => value.parse::<NaiveDate>().is_err().then_some(Fault::NotADay),
            Self::Choice(codes) => (!codes.contains(&value)).then_some(Fault::NotAChoice),
            Self::DocumentNumber => longer(60).or((!is_document_number(value)).then_some(Fault::DocumentNumber)),
            Self::Uscc => (uscc_form(value) == Form::Malformed).then_some(Fault::Uscc),
            Self::Samples | Self::Lots => longer(20_000),
            Self::Link => {
                let is_link = value.strip_prefix("https://").is_some_and(|rest| {
                    let host = rest.split('/').next().unwrap_or_default();
                    host.contains('.') && !host.contains(['@', ' ']) && !rest.contains(char::is_whitespace)
                });
                longer(500).or((!is_link).then_some(Fault::NotALink))
            }
        }
    }
}

/// `[2026]`, `【2026】`, `（2026）`, `﹝2026﹞` become `〔2026〕`; digits become plain.
fn document_number(text: &str) -> String {
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let signs: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let year: String = signs.iter().skip(at + 1).take(4).collect();
        let closes = signs.get(at + 5).is_some_and(|c| "])】）〕﹞]".contains(*c));
        if "[(【（〔﹝".contains(signs[at]) && closes && year.chars().all(|c| c.is_ascii_digit()) {
            out.push('〔');
            out.push_str(&year);
            out.push('〕');
            at += 6;
        } else {
            out.push(signs[at]);
            at += 1;
        }
    }
    out
}

/// `×市监处罚〔2026〕123号`: something, a year in 〔〕, something.
fn is_document_number(text: &str) -> bool {
    let Some((before, rest)) = text.split_once('〔') else { return false };
    let Some((year, after)) = rest.split_once('〕') else { return false };
    !before.is_empty()
        && year.len() == 4
        && year.bytes().all(|digit| digit.is_ascii_digit())
        && after.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_get_their_brackets() {
        for typed in
            ["云市监处罚[2026]12号", "云市监处罚（2026）12号", "云市监处罚【２０２６】12 号", "云市监处罚﹝2026﹞12号"]
        {
            let normal = Holds::DocumentNumber.normal(typed);
            assert_eq!(normal, "云市监处罚〔2026〕12号");
            assert_eq!(Holds::DocumentNumber.fault(&normal), None);
        }
        for other in ["云市监处罚2026-12号", "〔2026〕12号", "云市监处罚〔26〕12号", "云市监处罚〔2026〕号"]
        {
            assert_eq!(Holds::DocumentNumber.fault(&Holds::DocumentNumber.normal(other)), Some(Fault::DocumentNumber));
        }
    }

    #[test]
    fn values_have_one_form() {
        assert_eq!(Holds::Day.normal(" 2026年3月1日 "), "2026-03-01");
        assert_eq!(Holds::Day.fault(&Holds::Day.normal("2026-13-01")), Some(Fault::NotADay));
        assert_eq!(Holds::Lots.normal("2026０101，\r\nA-1、A-1"), "20260101\nA-1");
        assert_eq!(Holds::Uscc.normal("9100 0000ma0000001r"), "91000000MA0000001R");
        assert_eq!(Holds::Uscc.fault("91000000MA0000001S"), Some(Fault::Uscc));
        assert_eq!(Holds::Link.fault("https://a.gov.cn/x"), None);
        for bad in ["http://a.gov.cn", "javascript:alert(1)", "https://u@a.cn", "https://a b.cn"] {
            assert_eq!(Holds::Link.fault(bad), Some(Fault::NotALink), "{bad}");
        }
    }

    #[test]
    fn names_of_fields_are_unique_within_a_kind() {
        for kind in Kind::ALL {
            let names: std::collections::BTreeSet<_> = fields(kind).iter().map(|field| field.name).collect();
            assert_eq!(names.len(), fields(kind).len());
        }
    }
}
