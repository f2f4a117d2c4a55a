//! The limits: each step with its days, unit and article under each rule. All of the law's numbers stand here, and in
//! [`Settings`] where the text of the rule was not read.

use serde::{Deserialize, Serialize};

use super::{Article, Basis, Cite, ClockError, Law, PauseReason, Rule, Settings, Step};

/// What days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日
    Working,
    /// 日
    Natural,
}

/// The limit of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Days.
    pub days: u32,
    /// Which days.
    pub unit: Unit,
    /// Days of the extension that the head may approve once.
    pub extension: Option<u32>,
    /// Whether a collective decision may extend once more, by days of its own.
    pub collective: bool,
    /// What stops the clock.
    pub pauses: &'static [PauseReason],
    /// Where it stands.
    pub basis: Basis,
}

const fn article(number: u8) -> Article {
    Article { number, paragraph: None, item: None }
}

/// A place read in the text of the rule.
const fn read(law: Law, article: Article) -> Basis {
    Basis { cite: Cite { law, article: Some(article), verified: true }, through: None }
}

/// A place from memory or from others' accounts.
const fn reported(law: Law, article: Article) -> Basis {
    Basis { cite: Cite { law, article: Some(article), verified: false }, through: None }
}

const fn plain(days: u32, unit: Unit, basis: Basis) -> Limit {
    Limit { days, unit, extension: None, collective: false, pauses: &[], basis }
}

/// The limit of `step`.
///
/// # Errors
/// [`ClockError::NoSuchStep`]: the notice to named reporters ended with order 20.
pub fn limit(step: Step, rule: Rule, settings: &Settings) -> Result<Limit, ClockError> {
    use Unit::Working;
    let order_45 = |number| read(Law::Order45, article(number));
    Ok(match step {
        Step::Acceptance => plain(7, Working, by_rule(rule, article(15), article(14))),
        Step::Mediation => mediation(rule),
        Step::TerminationNotice => {
            let new = Article { number: 23, paragraph: Some(2), item: None };
            plain(7, Working, by_rule(rule, new, Article { number: 21, ..new }))
        }
        Step::ClueCheck => Limit { extension: Some(15), ..plain(15, Working, by_rule(rule, article(27), article(23))) },
        Step::ReportCheck => report_check(rule, settings),
        Step::FilingNotice if rule == Rule::R20 => {
            plain(5, Working, read(Law::R20, Article { number: 31, paragraph: Some(2), item: None }))
        }
        Step::FilingNotice => return Err(ClockError::NoSuchStep { step, rule }),
        Step::Jurisdiction => plain(7, Working, by_rule(rule, article(33), article(30))),
        Step::CaseDecision => case_decision(settings),
        Step::PenaltyPublication => plain(20, Working, order_45(9)),
        Step::PenaltyForward | Step::PenaltyAssist => plain(10, Working, order_45(10)),
        Step::Correction => plain(3, Working, order_45(11)),
        Step::OperatorReply => {
            let own = Cite { law: Law::Own, article: None, verified: true };
            plain(settings.operator_reply, Working, Basis { cite: own, through: None })
        }
    })
}

/// The article of order 121 as read, or of order 20: its limits are known, its articles' numbers are not verified.
fn by_rule(rule: Rule, new: Article, old: Article) -> Basis {
    match rule {
        Rule::R121 => read(Law::R121, new),
        Rule::R20 => reported(Law::R20, old),
    }
}

fn mediation(rule: Rule) -> Limit {
    let pauses: &[PauseReason] = &[PauseReason::Appraisal, PauseReason::Testing];
    let item = |number, item| Article { number, paragraph: None, item: Some(item) };
    let (days, unit) = match rule {
        Rule::R121 => (60, Unit::Natural),
        Rule::R20 => (45, Unit::Working),
    };
    Limit { pauses, ..plain(days, unit, by_rule(rule, item(23, 5), item(21, 5))) }
}

/// Art. 35 points to the procedure rule, whose art. 18 was not read.
fn report_check(rule: Rule, settings: &Settings) -> Limit {
    let through = match rule {
        Rule::R121 => Cite { law: Law::R121, article: Some(article(35)), verified: true },
        Rule::R20 => Cite { law: rule.law(), article: Some(article(31)), verified: true },
    };
    let basis = Basis { through: Some(through), ..reported(Law::Procedure, article(18)) };
    Limit { extension: Some(settings.report_check_extension), ..plain(settings.report_check, Unit::Working, basis) }
}

/// Art. 64 of the procedure rule as others tell it: 90 days, 30 more with approval, then a collective decision.
fn case_decision(settings: &Settings) -> Limit {
    Limit {
        extension: Some(settings.case_decision_extension),
        collective: true,
        pauses: PauseReason::OF_CASES,
        ..plain(settings.case_decision, Unit::Natural, reported(Law::Procedure, article(64)))
    }
}
