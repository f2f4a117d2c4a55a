//! What an act's form says: a command with what belongs to it, or what is wrong beside which field.

use app::{
    domain::{
        case::{Act, Command, EndGround, Outcome, Receiver, RefusalGround},
        clock::PauseReason,
    },
    ports::Detail,
    text::handling as say,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::{cases::With, clock::CHINA, http::form::Pairs};

/// Signs of one line: a bureau, a place, mediators.
const LONGEST: usize = 100;

/// A command that was typed.
#[derive(Debug)]
pub struct Typed {
    /// What is done
    pub command: Command,
    /// What comes with it
    pub with: With,
    /// Number of the other case, where one is merged
    pub number: Option<String>,
}

/// Field and sentence; an empty field: the whole form.
pub type Faults = Vec<(String, &'static str)>;

/// Reads a form.
///
/// # Errors
/// All that is wrong with it.
pub fn read(pairs: &Pairs, now: DateTime<Utc>) -> Result<Typed, Faults> {
    let Some(act) = Act::from_code(pairs.text("do")) else { return Err(vec![(String::new(), say::UNKNOWN_ACT)]) };
    let mut form = Fields { act, pairs, faults: Vec::new() };
    let command = form.command();
    let mut with = With { said: form.text("said").to_owned(), ..With::default() };
    let mut number = None;
    match act {
        Act::HandOver => with.detail.bureau = form.bureau(),
        Act::Transfer | Act::Redirect => with.detail.bureau = form.line("bureau"),
        Act::Invite => form.session(&mut with, now),
        Act::Merge => number = Some(form.line("number")),
        _ => {}
    }
    let is_known = !matches!(act, Act::Supplement | Act::Withdraw | Act::TakeIn);
    if is_known && act.says() && with.said.is_empty() {
        form.fault("said", app::text::case::refusal(app::domain::case::Refusal::NoText));
    }
    match command {
        Some(command) if form.faults.is_empty() => Ok(Typed { command, with, number }),
        _ => Err(form.faults),
    }
}

struct Fields<'a> {
    act: Act,
    pairs: &'a Pairs,
    faults: Faults,
}

impl<'a> Fields<'a> {
    fn name(&self, field: &str) -> String {
        format!("{}_{field}", self.act.code())
    }

    fn text(&self, field: &str) -> &'a str {
        self.pairs.text(&self.name(field))
    }

    fn fault(&mut self, field: &str, sentence: &'static str) {
        let name = self.name(field);
        self.faults.push((name, sentence));
    }

    /// One of a closed list.
    fn chosen<T>(&mut self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = read(self.text(field));
        if found.is_none() {
            self.fault(field, say::NOT_CHOSEN);
        }
        found
    }

    /// A line that must be there.
    fn line(&mut self, field: &str) -> String {
        let text = self.text(field).to_owned();
        match text.chars().count() {
            0 => self.fault(field, say::EMPTY),
            count if count > LONGEST => self.fault(field, say::LONG_LINE),
            _ => {}
        }
        text
    }

    /// One that the settings name, or another by name.
    fn bureau(&mut self) -> String {
        match self.text("bureau") {
            "other" => self.line("other"),
            _ => self.line("bureau"),
        }
    }

    /// Time, place and mediators, told to both (order 121 art. 20): all of it becomes what is said.
    fn session(&mut self, with: &mut With, now: DateTime<Utc>) {
        let known = |code: &str| say::MODES.into_iter().find(|(known, _)| *known == code);
        let mode = self.chosen("mode", known);
        let time = NaiveDateTime::parse_from_str(self.text("time"), "%Y-%m-%dT%H:%M").ok();
        match time {
            None => self.fault("time", say::NOT_A_TIME),
            Some(time) if time < now.with_timezone(&CHINA).naive_local() => self.fault("time", say::PAST),
            Some(_) => {}
        }
        let (place, mediators) = (self.line("place"), self.line("mediators"));
        if let (Some((code, _)), Some(time)) = (mode, time) {
            with.detail =
                Detail { mode: code.to_owned(), time: time.format("%Y-%m-%dT%H:%M").to_string(), ..Detail::default() };
        }
        if !with.said.is_empty() {
            with.said = format!("{}：{place}\n{}：{mediators}\n{}", say::PLACE, say::MEDIATORS, with.said);
        }
    }

    fn command(&mut self) -> Option<Command> {
        Some(match self.act {
            Act::Take => Command::Take,
            Act::Assign => Command::Assign(self.officer()?),
            Act::HandOver => Command::HandOver,
            Act::Ask => Command::Ask,
            Act::Accept => Command::Accept,
            Act::Refuse => Command::Refuse(self.chosen("ground", RefusalGround::from_code)?),
            Act::Invite => Command::Invite,
            Act::Pause => Command::Pause(self.chosen("reason", pause)?),
            Act::Resume => Command::Resume,
            Act::Settle => Command::Settle(self.chosen("kind", settlement)?),
            Act::End => Command::End(self.chosen("ground", EndGround::from_code)?),
            Act::Told => Command::Told,
            Act::FindClue => Command::FindClue,
            Act::Check => Command::Check,
            Act::AskExtension => Command::AskExtension,
            Act::ApproveExtension => Command::ApproveExtension,
            Act::DenyExtension => Command::DenyExtension,
            Act::File => Command::File,
            Act::DontFile => Command::DontFile,
            Act::Decide => Command::Decide(self.chosen("outcome", Outcome::from_code)?),
            Act::Transfer => Command::Transfer(self.chosen("receiver", Receiver::from_code)?),
            Act::Redirect => Command::Redirect,
            Act::Merge => Command::Merge,
            Act::Message => Command::Message,
            Act::Note => Command::Note,
            Act::Reopen => Command::Reopen,
            // the citizen's, and what only merging does
            Act::Supplement | Act::Withdraw | Act::TakeIn => {
                self.faults.push((String::new(), say::UNKNOWN_ACT));
                return None;
            }
        })
    }

    fn officer(&mut self) -> Option<Uuid> {
        let id = Uuid::try_parse(self.text("to")).ok();
        if id.is_none() {
            self.fault("to", say::NO_OFFICER);
        }
        id
    }
}

fn pause(code: &str) -> Option<PauseReason> {
    say::detail::PAUSES.into_iter().find(|(_, known)| *known == code).map(|(reason, _)| reason)
}

fn settlement(code: &str) -> Option<app::domain::case::Settlement> {
    say::detail::SETTLEMENTS.into_iter().find(|(_, known)| *known == code).map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Result<Typed, Faults> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        read(&Pairs(pairs), "2026-11-25T02:00:00Z".parse().unwrap())
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<String> {
        form(pairs).unwrap_err().into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn each_act_asks_for_exactly_what_the_rule_needs() {
        for (act, expected) in [
            (Act::Take, vec![]),
            (Act::Accept, vec![]),
            (Act::Resume, vec![]),
            (Act::Check, vec![]),
            (Act::File, vec![]),
            (Act::Told, vec![]),
            (Act::ApproveExtension, vec![]),
            (Act::Assign, vec!["assign_to"]),
            (Act::HandOver, vec!["hand_over_bureau", "hand_over_said"]),
            (Act::Ask, vec!["ask_said"]),
            (Act::Refuse, vec!["refuse_ground", "refuse_said"]),
            (Act::Invite, vec!["invite_mode", "invite_time", "invite_place", "invite_mediators", "invite_said"]),
            (Act::Pause, vec!["pause_reason", "pause_said"]),
            (Act::Settle, vec!["settle_kind", "settle_said"]),
            (Act::End, vec!["end_ground", "end_said"]),
            (Act::FindClue, vec!["find_clue_said"]),
            (Act::AskExtension, vec!["ask_extension_said"]),
            (Act::DenyExtension, vec!["deny_extension_said"]),
            (Act::DontFile, vec!["dont_file_said"]),
            (Act::Decide, vec!["decide_outcome", "decide_said"]),
            (Act::Transfer, vec!["transfer_receiver", "transfer_bureau", "transfer_said"]),
            (Act::Redirect, vec!["redirect_bureau", "redirect_said"]),
            (Act::Merge, vec!["merge_number"]),
            (Act::Message, vec!["message_said"]),
            (Act::Note, vec!["note_said"]),
            (Act::Reopen, vec!["reopen_said"]),
            (Act::Supplement, vec![""]),
            (Act::Withdraw, vec![""]),
            (Act::TakeIn, vec![""]),
        ] {
            let empty = [("do", act.code())];
            match expected[..] {
                [] => assert_eq!(form(&empty).unwrap().command.act(), act),
                _ => assert_eq!(fields(&empty), expected, "{act:?}"),
            }
        }
        assert_eq!(fields(&[("do", "nothing")]), [""]);
    }

    #[test]
    fn a_session_says_place_and_mediators_and_lies_ahead() {
        let session = |time| {
            form(&[
                ("do", "invite"),
                ("invite_mode", "video"),
                ("invite_time", time),
                ("invite_place", "会议号 123"),
                ("invite_mediators", "李调解员"),
                ("invite_said", "请准时参加"),
            ])
        };
        let with = session("2026-11-25T10:01").unwrap().with;
        assert_eq!(with.said, "地点：会议号 123\n调解人员：李调解员\n请准时参加");
        assert_eq!((with.detail.mode.as_str(), with.detail.time.as_str()), ("video", "2026-11-25T10:01"));
        for time in ["2026-11-25T09:59", "2026-11-25", "明天", ""] {
            assert_eq!(session(time).unwrap_err()[0].0, "invite_time", "{time}");
        }
    }

    #[test]
    fn a_bureau_that_the_settings_do_not_name_is_written() {
        let all = [
            ("do", "hand_over"),
            ("hand_over_bureau", "other"),
            ("hand_over_other", "青禾分局"),
            ("hand_over_said", "辖区"),
        ];
        assert_eq!(form(&all).unwrap().with.detail.bureau, "青禾分局");
        assert_eq!(fields(&[all[0], all[1], all[3]]), ["hand_over_other"]);
        let long = "局".repeat(101);
        assert_eq!(fields(&[all[0], ("hand_over_bureau", &long), all[3]]), ["hand_over_bureau"]);
    }
}
