//! What a citizen says after the end: whether it was really solved, and how it was handled.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Days after the end of a case after which its author is asked whether it was really solved.
pub const ASKED_AFTER: TimeDelta = TimeDelta::days(28);
/// Signs of what is said with an answer.
pub const LONGEST: usize = 1000;
/// The best mark.
pub const BEST: u8 = 5;

/// Whether it was really solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Solved {
    /// 解决了
    Yes,
    /// 解决了一部分
    Partly,
    /// 没有解决
    No,
}

impl Solved {
    /// All.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    /// Reads [`Solved::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|solved| solved.code() == code)
    }
}

/// What was answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Whether it was solved
    pub solved: Option<Solved>,
    /// What was said with it
    pub said: Option<String>,
    /// When
    pub answered_at: Option<DateTime<Utc>>,
    /// Mark of the handling, 1 to [`BEST`]
    pub rating: Option<u8>,
    /// When
    pub rated_at: Option<DateTime<Utc>>,
}

impl Survey {
    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.solved.is_none() && self.rating.is_none()
    }
}

/// Whether the question is due.
#[must_use]
pub fn is_due(closed_on: NaiveDate, today: NaiveDate) -> bool {
    today - closed_on >= ASKED_AFTER
}

/// A mark as it is typed.
#[must_use]
pub fn rating(typed: &str) -> Option<u8> {
    typed.parse().ok().filter(|mark| (1..=BEST).contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_comes_after_four_weeks_and_marks_are_bounded() {
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(!is_due(on("2026-11-25"), on("2026-12-22")));
        assert!(is_due(on("2026-11-25"), on("2026-12-23")));
        let marks: Vec<_> = ["0", "1", "5", "6", "", "-1", "3.5", "256"].into_iter().map(rating).collect();
        assert_eq!(marks, [None, Some(1), Some(5), None, None, None, None, None]);
    }
}
