//! Steps, one page each.

use crate::domain::case::Wanted;

/// A page of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 您要做什么
    What,
    /// 有人现在不舒服: telephones first (beside [`Step::What`])
    Ill,
    /// 其他: the right channel (beside [`Step::What`]; order 121 art. 44)
    Channels,
    /// Both: what the merchant may learn (beside [`Step::What`]; art. 37)
    Both,
    /// 对谁
    Party,
    /// 提交前核对: grounds of refusal and jurisdiction as questions
    Precheck,
    /// The likely answer, and what is public about the same place (beside [`Step::Precheck`])
    Answer,
    /// 什么问题
    Problem,
    /// 发生了什么
    Story,
    /// 希望怎样解决 (complaint)
    Request,
    /// 证据
    Evidence,
    /// 您是谁
    Who,
    /// 核对并提交
    Check,
}

/// 第几步，共几步.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// From 1
    pub number: usize,
    /// In all
    pub of: usize,
}

impl Step {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::What,
        Self::Ill,
        Self::Channels,
        Self::Both,
        Self::Party,
        Self::Precheck,
        Self::Answer,
        Self::Problem,
        Self::Story,
        Self::Request,
        Self::Evidence,
        Self::Who,
        Self::Check,
    ];

    /// The last part of its address; the first step has none.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::What => "",
            Self::Ill => "ill",
            Self::Channels => "channels",
            Self::Both => "both",
            Self::Party => "party",
            Self::Precheck => "precheck",
            Self::Answer => "answer",
            Self::Problem => "problem",
            Self::Story => "story",
            Self::Request => "request",
            Self::Evidence => "evidence",
            Self::Who => "who",
            Self::Check => "check",
        }
    }

    /// Reads [`Step::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Its address.
    #[must_use]
    pub fn path(self) -> String {
        match self.code() {
            "" => "/cases/new".into(),
            code => format!("/cases/new/{code}"),
        }
    }

    /// The counted steps of what is wanted; of a complaint where nothing is known yet.
    #[must_use]
    pub fn way(wanted: Option<Wanted>) -> Vec<Self> {
        let is_complaint = wanted.is_none_or(|wanted| wanted.complaint);
        let all = [
            Self::What,
            Self::Party,
            Self::Precheck,
            Self::Problem,
            Self::Story,
            Self::Request,
            Self::Evidence,
            Self::Who,
            Self::Check,
        ];
        all.into_iter().filter(|step| is_complaint || *step != Self::Request).collect()
    }

    /// The counted step beside which it stands.
    fn counted(self) -> Self {
        match self {
            Self::Ill | Self::Channels | Self::Both => Self::What,
            Self::Answer => Self::Precheck,
            other => other,
        }
    }

    /// Where it stands on the way.
    #[must_use]
    pub fn progress(self, wanted: Option<Wanted>) -> Progress {
        let way = Self::way(wanted);
        let place = way.iter().position(|step| *step == self.counted());
        Progress { number: place.map_or(1, |place| place + 1), of: way.len() }
    }

    /// The step after it.
    #[must_use]
    pub fn next(self, wanted: Option<Wanted>) -> Self {
        let way = Self::way(wanted);
        let place = way.iter().position(|step| *step == self.counted());
        place.and_then(|place| way.get(place + 1)).copied().unwrap_or(Self::Check)
    }

    /// The step before it.
    #[must_use]
    pub fn before(self, wanted: Option<Wanted>) -> Self {
        if self.counted() != self {
            return self.counted();
        }
        let way = Self::way(wanted);
        let place = way.iter().position(|step| *step == self);
        place.and_then(|place| way.get(place.checked_sub(1)?)).copied().unwrap_or(Self::What)
    }

    /// Fields of its form. Whatever else a form sends is not kept.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What | Self::Ill | Self::Both => &["want"],
            Self::Channels | Self::Answer | Self::Evidence | Self::Check => &[],
            Self::Party => &["q", "party", "party_address", "platform", "shop"],
            Self::Precheck => &["concern"],
            Self::Problem => &["problem"],
            Self::Story => &["story", "clue", "day", "product", "lot", "amount", "order"],
            Self::Request => &["request"],
            Self::Who => &[
                "anonymous",
                "name",
                "phone",
                "address",
                "mail",
                "news",
                "agent",
                "agent_name",
                "agent_phone",
                "agent_address",
                "joint",
            ],
        }
    }

    /// The step in which a field is asked for.
    #[must_use]
    pub fn of_field(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.fields().contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_leads_on_and_back() {
        for code in ["complaint", "report", "both"] {
            let wanted = Wanted::from_code(code);
            let way = Step::way(wanted);
            assert_eq!(way.contains(&Step::Request), code != "report");
            for pair in way.windows(2) {
                assert_eq!((pair[0].next(wanted), pair[1].before(wanted)), (pair[1], pair[0]), "{code}");
            }
            assert_eq!(Step::Check.next(wanted), Step::Check);
            assert_eq!(Step::What.before(wanted), Step::What);
            assert_eq!(Step::Check.progress(wanted).number, Step::Check.progress(wanted).of);
        }
        assert_eq!(Step::Answer.next(None), Step::Problem);
        assert_eq!(Step::Answer.before(None), Step::Precheck);
        assert_eq!(Step::Ill.next(None), Step::Party);
        assert_eq!(Step::Party.progress(Wanted::from_code("report")), Progress { number: 2, of: 8 });
    }

    #[test]
    fn every_fault_that_a_form_can_have_is_asked_for_in_one_step() {
        let nothing = crate::domain::case::read(|_| "", "2026-11-25".parse().unwrap()).unwrap_err();
        let agent = |name: &str| if name == "agent" { "yes" } else { "" };
        let with_agent = crate::domain::case::read(agent, "2026-11-25".parse().unwrap()).unwrap_err();
        for (name, _) in nothing.iter().chain(&with_agent) {
            assert!(Step::of_field(name).is_some(), "{name}");
        }
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
    }
}
