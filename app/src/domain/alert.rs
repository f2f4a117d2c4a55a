//! Alerts (订阅): what somebody wants to be told of, how soon, and what a change is to them.

mod time;
mod topic;

pub use time::{Hours, due};
pub use topic::{FILTERS, Format, InvalidTopic, LONGEST_TOPIC, Topic};

use crate::domain::act::Act;

/// Hours after which a subscription that nobody confirmed is deleted.
pub const UNCONFIRMED_HOURS: i64 = 48;
/// Subscriptions of one address at most.
pub const MOST: u64 = 50;
/// Letters at most that ask one address to confirm, over all its unconfirmed subscriptions.
pub const PENDING: u64 = 3;
/// Hours after which somebody who is subscribed already is told so again.
pub const KNOWN_HOURS: i64 = 24;

/// How soon somebody is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pace {
    /// 随时
    #[default]
    Now,
    /// 每天汇总
    Daily,
    /// 每周汇总
    Weekly,
}

impl Pace {
    /// All, in the order in which forms show them.
    pub const ALL: [Self; 3] = [Self::Now, Self::Daily, Self::Weekly];

    /// The name in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads [`Pace::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pace| pace.code() == code)
    }
}

/// Where a subscription stands. One that has ended is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked for by somebody who gave this address
    Unconfirmed,
    /// Whoever reads the address wants it
    Confirmed,
    /// Gone
    Ended,
}

/// What happens to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The button in the letter's page
    Confirm,
    /// Another pace
    SetPace,
    /// 退订
    End,
    /// Nobody confirmed in time
    Expire,
}

impl State {
    /// All.
    pub const ALL: [Self; 3] = [Self::Unconfirmed, Self::Confirmed, Self::Ended];

    /// What a step makes of it; `None` where it can't be.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Unconfirmed | Self::Confirmed, Step::Confirm) | (Self::Confirmed, Step::SetPace) => {
                Some(Self::Confirmed)
            }
            // a second press, or a mail program that tries again, finds what it wanted
            (_, Step::End) | (Self::Unconfirmed, Step::Expire) => Some(Self::Ended),
            _ => None,
        }
    }

    /// Whether letters about changes may go out.
    #[must_use]
    pub fn is_told(self) -> bool {
        self == Self::Confirmed
    }
}

/// What a change is to a reader who saw the publication as it was before. `last` is the last act; `differs` says whether
/// what is shown differs. None: nothing to tell.
#[must_use]
pub fn news(was_public: bool, last: Act, differs: bool) -> Option<Act> {
    match (was_public, last) {
        (false, Act::Publish | Act::Correct) => Some(Act::Publish),
        (true, Act::Publish | Act::Correct) => differs.then_some(Act::Correct),
        (true, gone) => Some(gone),
        // what came and went unseen, or what was withdrawn before and is removed now
        (false, _) => None,
    }
}

/// Whether an address that has `total` subscriptions, and got `pending` letters for those that it did not confirm, may be
/// asked once more.
#[must_use]
pub fn may_ask(total: u64, pending: u64) -> bool {
    total < MOST && pending < PENDING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_confirmed_are_told_and_the_ended_stay_ended() {
        use Step::{Confirm, End, Expire, SetPace};
        let table = [
            (State::Unconfirmed, Confirm, Some(State::Confirmed)),
            (State::Unconfirmed, SetPace, None),
            (State::Unconfirmed, End, Some(State::Ended)),
            (State::Unconfirmed, Expire, Some(State::Ended)),
            (State::Confirmed, Confirm, Some(State::Confirmed)),
            (State::Confirmed, SetPace, Some(State::Confirmed)),
            (State::Confirmed, End, Some(State::Ended)),
            (State::Confirmed, Expire, None),
            (State::Ended, Confirm, None),
            (State::Ended, SetPace, None),
            (State::Ended, End, Some(State::Ended)),
            (State::Ended, Expire, None),
        ];
        for (from, step, to) in table {
            assert_eq!(from.after(step), to, "{from:?} {step:?}");
        }
        assert_eq!(State::ALL.map(State::is_told), [false, true, false]);
        assert!(Pace::ALL.iter().all(|pace| Pace::from_code(pace.code()) == Some(*pace)));
    }

    #[test]
    fn a_reader_is_told_what_is_new_to_them() {
        for (was_public, last, differs, told) in [
            (false, Act::Publish, true, Some(Act::Publish)),
            (false, Act::Correct, false, Some(Act::Publish)),
            (false, Act::Withdraw, true, None),
            (false, Act::Remove, true, None),
            (true, Act::Correct, true, Some(Act::Correct)),
            (true, Act::Correct, false, None),
            (true, Act::Publish, true, Some(Act::Correct)),
            (true, Act::Withdraw, false, Some(Act::Withdraw)),
            (true, Act::Remove, false, Some(Act::Remove)),
        ] {
            assert_eq!(news(was_public, last, differs), told, "{was_public} {last:?} {differs}");
        }
    }

    #[test]
    fn nobody_is_flooded() {
        assert!(may_ask(0, 0) && may_ask(49, 2));
        assert!(!may_ask(50, 0) && !may_ask(0, 3));
    }
}
