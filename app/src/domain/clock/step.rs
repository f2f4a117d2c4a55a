//! The steps that have a date due.

use serde::{Deserialize, Serialize};

/// A step with a date due. The start is the day of the event in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Accept a complaint or not, and tell (received).
    Acceptance,
    /// Mediate (accepted).
    Mediation,
    /// Tell both that mediation ended (decision to end it).
    TerminationNotice,
    /// Check a clue found in mediation (found).
    ClueCheck,
    /// Check a report and decide on filing a case (received; the last one where reports are merged).
    ReportCheck,
    /// Tell a named reporter whether a case was filed; only under order 20 (decision on filing).
    FilingNotice,
    /// Agree on jurisdiction (dispute arose).
    Jurisdiction,
    /// Decide a case (filed).
    CaseDecision,
    /// Publish a penalty, party in the same province (decision).
    PenaltyPublication,
    /// Push a penalty to the party's province (decision).
    PenaltyForward,
    /// Publish a penalty pushed from another province (received there).
    PenaltyAssist,
    /// Withdraw a published penalty that was changed, revoked or found illegal or void (that finding).
    Correction,
    /// Answer an operator's request for correction or its reply; the bureau's own promise (received).
    OperatorReply,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 13] = [
        Self::Acceptance,
        Self::Mediation,
        Self::TerminationNotice,
        Self::ClueCheck,
        Self::ReportCheck,
        Self::FilingNotice,
        Self::Jurisdiction,
        Self::CaseDecision,
        Self::PenaltyPublication,
        Self::PenaltyForward,
        Self::PenaltyAssist,
        Self::Correction,
        Self::OperatorReply,
    ];

    /// `termination-notice`: the name on the command line, in JSON and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Mediation => "mediation",
            Self::TerminationNotice => "termination-notice",
            Self::ClueCheck => "clue-check",
            Self::ReportCheck => "report-check",
            Self::FilingNotice => "filing-notice",
            Self::Jurisdiction => "jurisdiction",
            Self::CaseDecision => "case-decision",
            Self::PenaltyPublication => "penalty-publication",
            Self::PenaltyForward => "penalty-forward",
            Self::PenaltyAssist => "penalty-assist",
            Self::Correction => "correction",
            Self::OperatorReply => "operator-reply",
        }
    }

    /// Reads [`Step::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Whether the limit depends on the version of the complaint rule.
    #[must_use]
    pub fn follows_rule(self) -> bool {
        use Step::{Acceptance, ClueCheck, FilingNotice, Jurisdiction, Mediation, ReportCheck, TerminationNotice};
        matches!(
            self,
            Acceptance | Mediation | TerminationNotice | ClueCheck | ReportCheck | FilingNotice | Jurisdiction
        )
    }
}
