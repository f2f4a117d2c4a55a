//! 举报奖励: who may claim, how much, who decides. Amounts are data with versions ([`RULES`]).

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    case::{Case, Kind, Outcome, Receiver, State as CaseState},
    staff::{Permission, Viewer},
};

/// Amounts of one version of the rule, in yuan.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Name of the version
    pub code: &'static str,
    /// Title
    pub title: &'static str,
    /// Number
    pub number: &'static str,
    /// In force since
    pub since: NaiveDate,
    /// Levels, the highest first
    pub levels: [LevelRule; 3],
    /// At most for one case
    pub cap: i64,
    /// From here on decided together with the department of finance
    pub joint: i64,
}

/// One level's amounts.
#[derive(Debug, PartialEq, Eq)]
pub struct LevelRule {
    /// Which
    pub level: Level,
    /// Of the fine
    pub percent: i64,
    /// At least, also where there is no fine
    pub least: i64,
}

/// Level of a reward: how much the clue and its evidence were worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// 一级
    First,
    /// 二级
    Second,
    /// 三级
    Third,
}

/// All versions, the newest first (domain 1.11).
pub const RULES: &[Rule] = &[Rule {
    code: "2021",
    title: "《市场监管领域重大违法行为举报奖励暂行办法》",
    number: "国市监稽规〔2021〕4号",
    since: day(2021, 12, 1),
    levels: [
        LevelRule { level: Level::First, percent: 5, least: 5000 },
        LevelRule { level: Level::Second, percent: 3, least: 3000 },
        LevelRule { level: Level::Third, percent: 1, least: 1000 },
    ],
    cap: 1_000_000,
    joint: 500_000,
}];

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

impl Rule {
    /// The rule of a day; the oldest where there was none yet.
    #[must_use]
    pub fn on(day: NaiveDate) -> &'static Self {
        RULES.iter().find(|rule| rule.since <= day).unwrap_or(&RULES[RULES.len() - 1])
    }

    /// A level's amounts.
    #[must_use]
    pub fn level(&self, level: Level) -> &LevelRule {
        match level {
            Level::First => &self.levels[0],
            Level::Second => &self.levels[1],
            Level::Third => &self.levels[2],
        }
    }

    /// What a level gives for a fine, in whole yuan: never less than the level's least, never more than the cap.
    #[must_use]
    pub fn amount(&self, level: Level, fine: i64) -> i64 {
        let LevelRule { percent, least, .. } = self.level(level);
        (fine.max(0).saturating_mul(*percent) / 100).max(*least).min(self.cap)
    }
}

impl Level {
    /// All, the highest first.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
        }
    }

    /// Reads [`Level::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// Whether a claim is possible, by the case alone. Who claims is asked in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eligibility {
    /// It is
    Yes,
    /// A complaint earns none
    NotReport,
    /// Not decided yet
    NotYet,
    /// Decided: no breach that earns a reward
    NotProved,
}

/// Whether a claim is possible: a report that led to a penalty, or to the police.
#[must_use]
pub fn eligibility(case: &Case, result: Option<&str>) -> Eligibility {
    match (case.kind, case.state) {
        (Kind::Complaint, _) => Eligibility::NotReport,
        (Kind::Report, CaseState::Decided) if result.and_then(Outcome::from_code) == Some(Outcome::Penalty) => {
            Eligibility::Yes
        }
        (Kind::Report, CaseState::Transferred) if result.and_then(Receiver::from_code) == Some(Receiver::Police) => {
            Eligibility::Yes
        }
        (Kind::Report, state) if state.is_open() => Eligibility::NotYet,
        (Kind::Report, _) => Eligibility::NotProved,
    }
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Claimed, or given back to the officer
    Claimed,
    /// The officer proposes an answer
    Proposed,
    /// 准予
    Granted,
    /// 不予
    Denied,
}

impl State {
    /// All.
    pub const ALL: [Self; 4] = [Self::Claimed, Self::Proposed, Self::Granted, Self::Denied];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Proposed => "proposed",
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }

    /// Reads [`State::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Level
    pub level: Level,
    /// Fine and confiscated gains, in yuan
    pub fine: i64,
    /// Yuan
    pub amount: i64,
}

/// A claim as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reward {
    /// Where it stands
    pub state: State,
    /// What is proposed or given; none: denied
    pub grant: Option<Grant>,
    /// Who proposed the answer
    pub proposed_by: Option<Uuid>,
}

/// What an officer does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The case's officer proposes to give
    Grant(Grant),
    /// The case's officer proposes to give nothing
    Deny,
    /// The lead approves the proposal
    Approve,
    /// The lead gives it back
    Return,
}

/// Why not. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No permission
    NotAllowed,
    /// Another officer's case
    NotYours,
    /// Not at this stage
    NotNow,
    /// Whoever proposed can't approve
    OwnWork,
    /// Outside of what the rule gives: from, to in yuan
    Amount(i64, i64),
    /// A reason belongs to it
    NoText,
}

impl Reward {
    /// A claim.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]: the case earns none, or it was claimed before.
    pub fn claim(before: Option<Self>, case: &Case, result: Option<&str>) -> Result<Self, Refusal> {
        if before.is_some() || eligibility(case, result) != Eligibility::Yes {
            return Err(Refusal::NotNow);
        }
        Ok(Self { state: State::Claimed, grant: None, proposed_by: None })
    }

    /// The claim after a command on a day; `said` is the reason or how it is paid.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn apply(self, case: &Case, command: Command, by: &Viewer, said: &str, on: NaiveDate) -> Result<Self, Refusal> {
        check_person(case, command, by)?;
        let needs_text = !matches!(command, Command::Approve);
        match (self.state, command) {
            (State::Claimed | State::Proposed, Command::Grant(_) | Command::Deny) => {}
            (State::Proposed, Command::Approve | Command::Return) => {}
            _ => return Err(Refusal::NotNow),
        }
        if command == Command::Approve && self.proposed_by == Some(by.id) {
            return Err(Refusal::OwnWork);
        }
        if needs_text && said.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        Ok(match command {
            Command::Grant(grant) => {
                let rule = Rule::on(on);
                let least = rule.amount(grant.level, grant.fine);
                if !(least..=rule.cap).contains(&grant.amount) {
                    return Err(Refusal::Amount(least, rule.cap));
                }
                Self { state: State::Proposed, grant: Some(grant), proposed_by: Some(by.id) }
            }
            Command::Deny => Self { state: State::Proposed, grant: None, proposed_by: Some(by.id) },
            Command::Approve if self.grant.is_some() => Self { state: State::Granted, ..self },
            Command::Approve => Self { state: State::Denied, ..self },
            Command::Return => Self { state: State::Claimed, grant: None, proposed_by: None },
        })
    }
}

fn check_person(case: &Case, command: Command, by: &Viewer) -> Result<(), Refusal> {
    if by.may(Permission::LeadCases) {
        return Ok(());
    }
    match command {
        Command::Grant(_) | Command::Deny if by.may(Permission::HandleCases) => {
            if case.officer == Some(by.id) {
                Ok(())
            } else {
                Err(Refusal::NotYours)
            }
        }
        _ => Err(Refusal::NotAllowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::staff::Role;

    fn viewer(number: u128, role: Role) -> Viewer {
        Viewer { id: Uuid::from_u128(number), name: String::new(), roles: vec![role], csrf: String::new() }
    }

    fn decided() -> Case {
        let on = day(2026, 11, 25);
        let officer = Some(Uuid::from_u128(1));
        Case { state: CaseState::Decided, officer, ..Case::received(Kind::Report, on) }
    }

    #[test]
    fn amounts_are_those_of_the_rule() {
        let rule = Rule::on(day(2026, 11, 25));
        let amounts = |fine| Level::ALL.map(|level| rule.amount(level, fine));
        assert_eq!(amounts(0), [5000, 3000, 1000]);
        assert_eq!(amounts(100_000), [5000, 3000, 1000]);
        assert_eq!(amounts(100_020), [5001, 3000, 1000]);
        assert_eq!(amounts(30_000_000), [1_000_000, 900_000, 300_000]);
        assert_eq!(amounts(i64::MAX), [1_000_000; 3]);
        assert_eq!(amounts(-5), [5000, 3000, 1000]);
        assert!(RULES.windows(2).all(|pair| pair[0].since > pair[1].since), "the newest first");
        for rule in RULES {
            assert_eq!(rule.levels.each_ref().map(|one| one.level), Level::ALL);
        }
    }

    #[test]
    fn only_reports_that_led_to_a_penalty_or_the_police() {
        let case = decided();
        assert_eq!(eligibility(&case, Some("penalty")), Eligibility::Yes);
        for result in [None, Some("no_penalty"), Some("rectification"), Some("not_proved"), Some("x")] {
            assert_eq!(eligibility(&case, result), Eligibility::NotProved, "{result:?}");
        }
        for state in CaseState::ALL {
            let complaint = Case { kind: Kind::Complaint, state, ..decided() };
            assert_eq!(eligibility(&complaint, Some("penalty")), Eligibility::NotReport);
            let report = Case { state, ..decided() };
            assert_eq!(eligibility(&report, Some("penalty")) == Eligibility::Yes, state == CaseState::Decided);
            assert_eq!(eligibility(&report, Some("police")) == Eligibility::Yes, state == CaseState::Transferred);
            assert_eq!(eligibility(&report, None) == Eligibility::NotYet, state.is_open());
        }
    }

    #[test]
    fn two_persons_decide_and_only_once() {
        let (case, on) = (decided(), day(2026, 11, 25));
        let (own, other, lead, boss) =
            (viewer(1, Role::CaseOfficer), viewer(2, Role::CaseOfficer), viewer(3, Role::Lead), viewer(4, Role::Lead));
        let claimed = Reward::claim(None, &case, Some("penalty")).unwrap();
        assert_eq!(Reward::claim(Some(claimed), &case, Some("penalty")), Err(Refusal::NotNow));
        let grant = |amount| Command::Grant(Grant { level: Level::Second, fine: 200_000, amount });
        let apply = |reward: Reward, command, by: &Viewer, said| reward.apply(&case, command, by, said, on);
        assert_eq!(apply(claimed, grant(6000), &other, "x"), Err(Refusal::NotYours));
        assert_eq!(apply(claimed, grant(6000), &viewer(1, Role::Editor), "x"), Err(Refusal::NotAllowed));
        assert_eq!(apply(claimed, grant(6000), &own, " "), Err(Refusal::NoText));
        for amount in [0, 5999, 1_000_001, -1] {
            assert_eq!(apply(claimed, grant(amount), &own, "x"), Err(Refusal::Amount(6000, 1_000_000)));
        }
        assert_eq!(apply(claimed, Command::Approve, &lead, ""), Err(Refusal::NotNow));
        let proposed = apply(claimed, grant(6000), &own, "转账").unwrap();
        assert_eq!(apply(proposed, Command::Approve, &own, ""), Err(Refusal::NotAllowed));
        let by_lead = apply(claimed, grant(6000), &lead, "转账").unwrap();
        assert_eq!(apply(by_lead, Command::Approve, &lead, ""), Err(Refusal::OwnWork));
        let granted = apply(by_lead, Command::Approve, &boss, "").unwrap();
        assert_eq!((granted.state, granted.grant.unwrap().amount), (State::Granted, 6000));
        for command in [grant(6000), Command::Deny, Command::Approve, Command::Return] {
            assert_eq!(apply(granted, command, &boss, "x"), Err(Refusal::NotNow), "{command:?}");
        }
        let back = apply(proposed, Command::Return, &lead, "级别不对").unwrap();
        assert_eq!(back, claimed);
        let denied =
            apply(apply(back, Command::Deny, &own, "线索已掌握").unwrap(), Command::Approve, &lead, "").unwrap();
        assert_eq!((denied.state, denied.grant), (State::Denied, None));
    }
}
