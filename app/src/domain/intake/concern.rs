//! The pre-check: what may stand against a complaint (order 121 art. 16) or a report, asked before anything is written.
//! It says what is likely and blocks nobody; the seventh ground, other rules, can't be asked.

use crate::domain::case::{RefusalGround, Wanted};

/// Something that may stand against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concern {
    /// Not about food: another department's (item 1)
    NotFood,
    /// The operator is elsewhere (item 1, art. 13, 29)
    Elsewhere,
    /// Somebody already accepted or handled it (item 2)
    Handled,
    /// Not bought for daily life (item 3)
    NotConsumer,
    /// Known for more than three years (item 4)
    TooLate,
    /// Nothing that shows it, or no name, telephone, address (item 5)
    NoProof,
    /// In another's name (item 6)
    NotOwnName,
}

impl Concern {
    /// All, in the order of the article.
    pub const ALL: [Self; 7] = [
        Self::NotFood,
        Self::Elsewhere,
        Self::Handled,
        Self::NotConsumer,
        Self::TooLate,
        Self::NoProof,
        Self::NotOwnName,
    ];

    /// The name in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFood => "not_food",
            Self::Elsewhere => "elsewhere",
            Self::Handled => "handled",
            Self::NotConsumer => "not_consumer",
            Self::TooLate => "too_late",
            Self::NoProof => "no_proof",
            Self::NotOwnName => "not_own_name",
        }
    }

    /// Reads [`Concern::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concern| concern.code() == code)
    }

    /// Those that can stand against what is wanted. A report has no grounds of refusal, only other competent bodies.
    pub fn of(wanted: Option<Wanted>) -> impl Iterator<Item = Self> {
        let is_complaint = wanted.is_none_or(|wanted| wanted.complaint);
        Self::ALL.into_iter().filter(move |one| is_complaint || one.is_for_reports())
    }

    fn is_for_reports(self) -> bool {
        matches!(self, Self::NotFood | Self::Elsewhere | Self::NoProof)
    }

    /// The ground of refusal that it may become.
    #[must_use]
    pub fn ground(self) -> RefusalGround {
        match self {
            Self::NotFood | Self::Elsewhere => RefusalGround::NotCompetent,
            Self::Handled => RefusalGround::HandledBefore,
            Self::NotConsumer => RefusalGround::NotConsumer,
            Self::TooLate => RefusalGround::TooLate,
            Self::NoProof => RefusalGround::Material,
            Self::NotOwnName => RefusalGround::Impersonation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_but_the_last_is_asked_for() {
        let asked: Vec<_> = Concern::ALL.into_iter().map(Concern::ground).collect();
        let missing: Vec<_> = RefusalGround::ALL.into_iter().filter(|ground| !asked.contains(ground)).collect();
        assert_eq!(missing, [RefusalGround::Other]);
        assert_eq!(Concern::of(Wanted::from_code("report")).count(), 3);
        assert_eq!(Concern::of(Wanted::from_code("both")).count(), 7);
        for concern in Concern::ALL {
            assert_eq!(Concern::from_code(concern.code()), Some(concern));
        }
    }
}
