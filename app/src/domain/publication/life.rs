//! The life of a publication as one state machine: draft → submitted → approved → scheduled or public → corrected …
//! → withdrawn or removed. Two pairs of eyes on every public act: nobody approves what they wrote.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Standing, content::Content};
use crate::domain::{
    act::Act,
    staff::{Permission, Viewer},
};

/// How far open work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage", content = "at")]
pub enum Stage {
    /// 草稿
    Draft,
    /// 待审核
    Submitted,
    /// 已审核，待发布
    Approved,
    /// 定时发布
    Scheduled(DateTime<Utc>),
}

/// All codes of [`Stage`].
pub const STAGES: [&str; 4] = ["draft", "submitted", "approved", "scheduled"];

impl Stage {
    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Scheduled(_) => "scheduled",
        }
    }
}

/// Work on a publication that is not done yet: what will be its next public act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The public act that it leads to
    pub act: Act,
    /// How far it is
    #[serde(flatten)]
    pub stage: Stage,
    /// What will be public; for withdrawing and removing nothing
    pub content: Option<Content>,
    /// Why: needed for everything but the first publication
    pub reason: String,
    /// Earlier revisions are not shown any more (they hold what must not be public)
    pub hides_earlier: bool,
    /// Everybody who wrote in it
    pub editors: BTreeSet<Uuid>,
    /// Who approved it
    pub approved_by: Option<Uuid>,
    /// Why it was given back
    pub returned: Option<String>,
    /// Keys of marks of the check that an officer confirmed one by one
    pub confirmed: BTreeSet<String>,
}

impl Work {
    /// A first publication that no officer writes: the administrator's command does, who answers for it.
    #[must_use]
    pub fn ready(content: Content) -> Self {
        Self {
            act: Act::Publish,
            stage: Stage::Approved,
            content: Some(content),
            reason: String::new(),
            hides_earlier: false,
            editors: BTreeSet::new(),
            approved_by: None,
            returned: None,
            confirmed: BTreeSet::new(),
        }
    }
}

/// A publication's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// How it stands before the public
    pub standing: Standing,
    /// Open work
    pub work: Option<Work>,
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep what was typed
    Save {
        /// All of it
        content: Content,
        /// Reason of a correction
        reason: String,
        /// See [`Work::hides_earlier`]
        hides_earlier: bool,
        /// See [`Work::confirmed`]
        confirmed: BTreeSet<String>,
    },
    /// Begin a correction, withdrawal or removal of what is public, with the reason; or the publication anew of what
    /// was withdrawn
    Open {
        /// To which act
        act: Act,
        /// Why
        reason: String,
        /// What is public now, for a correction to begin with
        content: Option<Content>,
    },
    /// Ask for approval
    Submit,
    /// Take it back while nobody approved it
    TakeBack,
    /// Give it back with the reason
    Return(String),
    /// Approve
    Approve,
    /// Publish at a time
    Schedule(DateTime<Utc>),
    /// Make the public act now
    Perform,
    /// Drop the work; what is public stays as it is
    Discard,
}

/// Why a command is refused. Words are in `text::desk`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The roles don't allow it
    NotAllowed,
    /// Not at this stage
    NotNow,
    /// Whoever wrote it can't approve it
    OwnWork,
    /// A reason must be given
    NoReason,
    /// The time has passed
    PastTime,
}

impl Command {
    /// The permission it needs.
    #[must_use]
    pub fn needs(&self) -> Permission {
        match self {
            Self::Save { .. } | Self::Open { .. } | Self::Submit | Self::TakeBack | Self::Discard => Permission::Write,
            Self::Return(_) | Self::Approve | Self::Schedule(_) | Self::Perform => Permission::Review,
        }
    }
}

impl Life {
    /// Something that does not exist yet.
    pub const NEW: Self = Self { standing: Standing::Never, work: None };

    /// The next state, or why not. Pure: what the public act does to the world is the store's.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(&self, command: Command, by: &Viewer, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if !by.may(command.needs()) {
            return Err(Refusal::NotAllowed);
        }
        let stage = self.work.as_ref().map(|work| work.stage);
        match (command, stage) {
            (Command::Save { content, reason, hides_earlier, confirmed }, None) if self.standing == Standing::Never => {
                let mut work = Work::begun(Act::Publish, Some(content), reason, by);
                (work.hides_earlier, work.confirmed) = (hides_earlier, confirmed);
                Ok(self.with(work))
            }
            (Command::Save { content, reason, hides_earlier, confirmed }, Some(Stage::Draft)) => self.change(|work| {
                work.content = work.content.is_some().then_some(content);
                (work.reason, work.hides_earlier, work.confirmed) =
                    (reason.trim().to_owned(), hides_earlier, confirmed);
                work.editors.insert(by.id);
            }),
            (Command::Open { act, reason, content }, None) => self.open(act, reason, content, by),
            (Command::Submit, Some(Stage::Draft)) => {
                let reason_missing =
                    self.work.as_ref().is_some_and(|work| work.act != Act::Publish && work.reason.is_empty());
                if reason_missing {
                    return Err(Refusal::NoReason);
                }
                self.change(|work| {
                    (work.stage, work.returned) = (Stage::Submitted, None);
                    work.editors.insert(by.id);
                })
            }
            (Command::TakeBack, Some(Stage::Submitted)) => self.change(|work| work.stage = Stage::Draft),
            (Command::Return(reason), Some(Stage::Submitted | Stage::Approved | Stage::Scheduled(_))) => {
                let reason = reason.trim().to_owned();
                if reason.is_empty() {
                    return Err(Refusal::NoReason);
                }
                self.change(|work| {
                    (work.stage, work.returned, work.approved_by) = (Stage::Draft, Some(reason), None);
                })
            }
            (Command::Approve, Some(Stage::Submitted)) => {
                if self.work.as_ref().is_some_and(|work| work.editors.contains(&by.id)) {
                    return Err(Refusal::OwnWork);
                }
                self.change(|work| (work.stage, work.approved_by) = (Stage::Approved, Some(by.id)))
            }
            (Command::Schedule(at), Some(Stage::Approved | Stage::Scheduled(_))) => {
                if at <= now {
                    return Err(Refusal::PastTime);
                }
                self.change(|work| work.stage = Stage::Scheduled(at))
            }
            (Command::Perform, Some(Stage::Approved | Stage::Scheduled(_))) => self.performed(),
            (Command::Discard, Some(Stage::Draft)) => Ok(Self { standing: self.standing, work: None }),
            _ => Err(Refusal::NotNow),
        }
    }

    /// What the system does when the time of a scheduled act has come.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before.
    pub fn due(&self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.work.as_ref().map(|work| work.stage) {
            Some(Stage::Scheduled(at)) if at <= now => self.performed(),
            _ => Err(Refusal::NotNow),
        }
    }

    /// What the system does when the time of a public record is over. Open work is dropped with it.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] for what is not public.
    pub fn expired(&self) -> Result<Self, Refusal> {
        match self.standing {
            Standing::Public | Standing::Withdrawn => Ok(Self { standing: Standing::Removed, work: None }),
            Standing::Never | Standing::Removed => Err(Refusal::NotNow),
        }
    }

    fn performed(&self) -> Result<Self, Refusal> {
        let act = self.work.as_ref().map(|work| work.act).ok_or(Refusal::NotNow)?;
        let standing = match act {
            Act::Publish | Act::Correct => Standing::Public,
            Act::Withdraw => Standing::Withdrawn,
            Act::Remove => Standing::Removed,
        };
        Ok(Self { standing, work: None })
    }

    fn open(&self, act: Act, reason: String, content: Option<Content>, by: &Viewer) -> Result<Self, Refusal> {
        let allowed = match self.standing {
            Standing::Public => matches!(act, Act::Correct | Act::Withdraw | Act::Remove),
            Standing::Withdrawn => matches!(act, Act::Publish | Act::Remove),
            Standing::Never | Standing::Removed => false,
        };
        if !allowed {
            return Err(Refusal::NotNow);
        }
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        let content = content.filter(|_| matches!(act, Act::Publish | Act::Correct));
        Ok(self.with(Work::begun(act, content, reason, by)))
    }

    fn with(&self, work: Work) -> Self {
        Self { standing: self.standing, work: Some(work) }
    }

    fn change(&self, change: impl FnOnce(&mut Work)) -> Result<Self, Refusal> {
        let mut work = self.work.clone().ok_or(Refusal::NotNow)?;
        change(&mut work);
        Ok(self.with(work))
    }
}

impl Work {
    fn begun(act: Act, content: Option<Content>, reason: String, by: &Viewer) -> Self {
        Self {
            act,
            stage: Stage::Draft,
            content,
            reason: reason.trim().to_owned(),
            hides_earlier: false,
            editors: BTreeSet::from([by.id]),
            approved_by: None,
            returned: None,
            confirmed: BTreeSet::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Kind, *};
    use crate::domain::staff::Role;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn officer(number: u128, roles: &[Role]) -> Viewer {
        Viewer { id: Uuid::from_u128(number), name: String::new(), roles: roles.to_vec(), csrf: String::new() }
    }

    fn save() -> Command {
        let content = Content::new(Kind::Notice);
        Command::Save { content, reason: String::new(), hides_earlier: false, confirmed: BTreeSet::new() }
    }

    fn commands() -> Vec<Command> {
        let open = |act| Command::Open { act, reason: "更正".into(), content: Some(Content::new(Kind::Notice)) };
        vec![
            save(),
            open(Act::Publish),
            open(Act::Correct),
            open(Act::Withdraw),
            open(Act::Remove),
            Command::Submit,
            Command::TakeBack,
            Command::Return("补充依据".into()),
            Command::Approve,
            Command::Schedule(now() + chrono::TimeDelta::hours(1)),
            Command::Perform,
            Command::Discard,
        ]
    }

    /// Every state that can be: standing × no work, or each stage with an own or another's work.
    fn lives() -> Vec<(String, Life)> {
        let writer = officer(1, &[Role::Editor]);
        let stages = [Stage::Draft, Stage::Submitted, Stage::Approved, Stage::Scheduled(now())];
        Standing::ALL
            .into_iter()
            .flat_map(|standing| {
                let idle = (format!("{} -", standing.code()), Life { standing, work: None });
                let works = stages.map(|stage| {
                    let act = if standing == Standing::Public { Act::Correct } else { Act::Publish };
                    let mut work = Work::begun(act, Some(Content::new(Kind::Notice)), "因".into(), &writer);
                    work.stage = stage;
                    (format!("{} {}", standing.code(), stage.code()), Life { standing, work: Some(work) })
                });
                std::iter::once(idle).chain(works)
            })
            .collect()
    }

    /// One line a state: which of [`commands`] another officer with all roles may give.
    #[test]
    fn every_state_takes_its_commands_and_no_other() {
        let other = officer(2, &Role::ALL);
        let table: Vec<String> = lives()
            .iter()
            .map(|(name, life)| {
                let taken = commands().into_iter().map(|command| match life.apply(command, &other, now()) {
                    Ok(_) => 'x',
                    Err(Refusal::NotNow) => '.',
                    Err(_) => '!',
                });
                format!("{name}: {}", taken.collect::<String>())
            })
            .collect();
        // save | open publish, correct, withdraw, remove | submit, take back | return, approve, schedule, perform | discard
        let expected = [
            "never -: x...........",
            "never draft: x....x.....x",
            "never submitted: ......xxx...",
            "never approved: .......x.xx.",
            "never scheduled: .......x.xx.",
            "public -: ..xxx.......",
            "public draft: x....x.....x",
            "public submitted: ......xxx...",
            "public approved: .......x.xx.",
            "public scheduled: .......x.xx.",
            "withdrawn -: .x..x.......",
            "withdrawn draft: x....x.....x",
            "withdrawn submitted: ......xxx...",
            "withdrawn approved: .......x.xx.",
            "withdrawn scheduled: .......x.xx.",
            "removed -: ............",
            "removed draft: x....x.....x",
            "removed submitted: ......xxx...",
            "removed approved: .......x.xx.",
            "removed scheduled: .......x.xx.",
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn every_role_has_its_commands_and_no_other() {
        for role in Role::ALL {
            for (name, life) in lives() {
                for command in commands() {
                    let allowed = role.may(command.needs());
                    let applied = life.apply(command.clone(), &officer(2, &[role]), now());
                    assert_eq!(applied == Err(Refusal::NotAllowed), !allowed, "{role:?} {name} {command:?}");
                }
            }
        }
    }

    #[test]
    fn nobody_approves_what_they_wrote() {
        let both = officer(1, &[Role::Editor, Role::Reviewer]);
        let second = officer(2, &[Role::Editor, Role::Reviewer]);
        let third = officer(3, &[Role::Reviewer]);
        let life = Life::NEW.apply(save(), &both, now()).unwrap();
        let life = life.apply(save(), &second, now()).unwrap().apply(Command::Submit, &both, now()).unwrap();
        assert_eq!(life.apply(Command::Approve, &both, now()), Err(Refusal::OwnWork));
        assert_eq!(life.apply(Command::Approve, &second, now()), Err(Refusal::OwnWork));
        let life = life.apply(Command::Approve, &third, now()).unwrap();
        // an approval does not outlive a change
        let back = life.apply(Command::Return("错字".into()), &third, now()).unwrap();
        assert_eq!(back.work.as_ref().unwrap().approved_by, None);
        assert_eq!(back.apply(Command::Perform, &third, now()), Err(Refusal::NotNow));
        let done = life.apply(Command::Perform, &both, now()).unwrap();
        assert_eq!(done, Life { standing: Standing::Public, work: None });
    }

    #[test]
    fn reasons_times_and_the_end() {
        let all = officer(9, &Role::ALL);
        let public = Life { standing: Standing::Public, work: None };
        let open = Command::Open { act: Act::Withdraw, reason: " ".into(), content: None };
        assert_eq!(public.apply(open, &all, now()), Err(Refusal::NoReason));
        let (_, scheduled) = lives().into_iter().find(|(name, _)| name == "never scheduled").unwrap();
        assert_eq!(scheduled.apply(Command::Schedule(now()), &all, now()), Err(Refusal::PastTime));
        assert_eq!(scheduled.due(now()).unwrap().standing, Standing::Public);
        assert_eq!(scheduled.due(now() - chrono::TimeDelta::seconds(1)), Err(Refusal::NotNow));
        assert_eq!(public.expired().unwrap().standing, Standing::Removed);
        assert_eq!(Life::NEW.expired(), Err(Refusal::NotNow));
    }
}
