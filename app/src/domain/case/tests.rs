//! Every state × act × role, under both rules.

use chrono::{Days, NaiveDate};

use super::*;
use crate::domain::{
    calendar::Calendar,
    clock::{PauseReason, Settings, Step},
    staff::{Permission, Role, Viewer},
};

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: String::new(), roles: roles.to_vec(), csrf: String::new() }
}

/// One command for each act.
fn command(act: Act) -> Command {
    match act {
        Act::Supplement => Command::Supplement,
        Act::Withdraw => Command::Withdraw,
        Act::Take => Command::Take,
        Act::Assign => Command::Assign(Uuid::from_u128(77)),
        Act::HandOver => Command::HandOver,
        Act::Ask => Command::Ask,
        Act::Accept => Command::Accept,
        Act::Refuse => Command::Refuse(RefusalGround::TooLate),
        Act::Invite => Command::Invite,
        Act::Pause => Command::Pause(PauseReason::Testing),
        Act::Resume => Command::Resume,
        Act::Settle => Command::Settle(Settlement::Document),
        Act::End => Command::End(EndGround::NoAgreement),
        Act::Told => Command::Told,
        Act::FindClue => Command::FindClue,
        Act::Check => Command::Check,
        Act::AskExtension => Command::AskExtension,
        Act::ApproveExtension => Command::ApproveExtension,
        Act::DenyExtension => Command::DenyExtension,
        Act::File => Command::File,
        Act::DontFile => Command::DontFile,
        Act::Decide => Command::Decide(Outcome::Penalty),
        Act::Transfer => Command::Transfer(Receiver::Police),
        Act::Redirect => Command::Redirect,
        Act::Merge => Command::Merge,
        Act::TakeIn => Command::TakeIn,
        Act::Message => Command::Message,
        Act::Note => Command::Note,
        Act::Reopen => Command::Reopen,
    }
}

/// The table in words: each state with what is possible there.
fn table(kind: Kind) -> Vec<String> {
    let row = |state: State| {
        let cell = |act: Act| Some(format!("{}>{}", act.code(), table::next(kind, state, act)?.code()));
        let acts: Vec<String> = Act::ALL
            .into_iter()
            .filter(|act| !matches!(act, Act::Take | Act::Assign | Act::Message | Act::Note))
            .filter_map(cell)
            .collect();
        format!("{}: {}", state.code(), acts.join(" "))
    };
    State::ALL.into_iter().filter(|state| state.fits(kind)).map(row).collect()
}

#[test]
fn the_table_of_complaints_is_this_one() {
    assert_eq!(
        table(Kind::Complaint),
        [
            "received: supplement>received withdraw>withdrawn hand_over>received ask>asked accept>accepted refuse>refused",
            "asked: supplement>received withdraw>withdrawn hand_over>received accept>accepted refuse>refused",
            "accepted: supplement>accepted withdraw>ended invite>accepted pause>suspended settle>settled end>ended \
             find_clue>accepted",
            "suspended: supplement>suspended withdraw>ended resume>accepted end>ended find_clue>suspended",
            "refused: reopen>received",
            "withdrawn: ",
            "settled: find_clue>settled reopen>accepted",
            "ended: told>ended find_clue>ended reopen>accepted",
        ]
    );
}

#[test]
fn the_table_of_reports_is_this_one() {
    assert_eq!(
        table(Kind::Report),
        [
            "received: supplement>received hand_over>received ask>asked check>checking ask_extension>received \
             approve_extension>received deny_extension>received file>filed dont_file>not_filed transfer>transferred \
             redirect>redirected merge>merged take_in>received",
            "asked: supplement>received hand_over>received check>checking ask_extension>asked approve_extension>asked \
             deny_extension>asked file>filed dont_file>not_filed transfer>transferred redirect>redirected merge>merged",
            "checking: supplement>checking ask>asked ask_extension>checking approve_extension>checking \
             deny_extension>checking file>filed dont_file>not_filed transfer>transferred redirect>redirected \
             merge>merged take_in>checking",
            "filed: supplement>filed pause>filed resume>filed told>filed ask_extension>filed approve_extension>filed \
             deny_extension>filed decide>decided transfer>transferred",
            "not_filed: told>not_filed reopen>checking",
            "decided: ",
            "transferred: ",
            "redirected: ",
            "merged: ",
        ]
    );
}

/// A case in each state under each rule, owned by nobody, by officer 1 or by officer 2.
fn cases() -> impl Iterator<Item = Case> {
    let days = [on("2026-04-14"), on("2026-04-15")];
    days.into_iter().flat_map(|day| {
        Kind::ALL.into_iter().flat_map(move |kind| {
            State::ALL.into_iter().filter(move |state| state.fits(kind)).flat_map(move |state| {
                [None, Some(1), Some(2)].into_iter().map(move |owner: Option<u128>| Case {
                    state,
                    officer: owner.map(Uuid::from_u128),
                    extension_asked_by: Some(Uuid::from_u128(9)),
                    ..Case::received(kind, day)
                })
            })
        })
    })
}

/// Every state × act × role × owner × rule: what is done was in the table and allowed to this person, what is refused
/// has the reason that comes first.
#[test]
fn nothing_is_done_that_the_table_or_the_roles_do_not_allow() {
    let mut done = 0;
    for case in cases() {
        for act in Act::ALL {
            let possible = table::next(case.kind, case.state, act);
            for role in Role::ALL.map(Some).into_iter().chain([None]) {
                let viewer = role.map(|role| officer(1, &[role]));
                let by = viewer.as_ref().map_or(By::Citizen, By::Officer);
                let result = case.apply(command(act), by, "说明", on("2026-04-20"));
                let is_said_after = act == Act::Message && role.is_none() && !case.state.is_open();
                let is_citizens = matches!(act, Act::Supplement | Act::Withdraw) || is_said_after;
                let is_lead = role == Some(Role::Lead);
                let person = match (act, case.officer.map(|id| id.as_u128())) {
                    _ if is_citizens != role.is_none() => Err(Refusal::NotAllowed),
                    _ if is_citizens => Ok(()),
                    _ if !is_lead && role != Some(Role::CaseOfficer) => Err(Refusal::NotAllowed),
                    (Act::Assign | Act::ApproveExtension | Act::DenyExtension | Act::Reopen, _) if !is_lead => {
                        Err(Refusal::NotAllowed)
                    }
                    (Act::Take, Some(_)) => Err(Refusal::NotNow),
                    (Act::Take | Act::HandOver | Act::Note, None) | (_, Some(1)) => Ok(()),
                    _ if is_lead => Ok(()),
                    (_, None) => Err(Refusal::NotTaken),
                    (_, Some(_)) => Err(Refusal::NotYours),
                };
                match (person, possible, &result) {
                    (Err(reason), _, _) => assert_eq!(result, Err(reason), "{case:?} {act:?} {role:?}"),
                    (Ok(()), None, _) => assert_eq!(result, Err(Refusal::NotNow), "{case:?} {act:?} {role:?}"),
                    (Ok(()), Some(state), Ok(next)) => {
                        assert_eq!(next.state, state, "{case:?} {act:?}");
                        assert!(next.state.fits(next.kind) && next.kind == case.kind && next.rule == case.rule);
                        done += 1;
                    }
                    // what the case itself must have for it
                    (Ok(()), Some(_), Err(reason)) => {
                        let needs =
                            matches!(act, Act::Told | Act::Pause | Act::Resume | Act::TakeIn | Act::AskExtension);
                        assert!(*reason == Refusal::NotNow && needs, "{case:?} {act:?} {role:?}: {reason:?}");
                    }
                }
            }
        }
    }
    assert!(done > 500, "{done}");
}

/// What a page offers is what can be done, and nothing else.
#[test]
fn the_page_offers_what_can_be_done() {
    for case in cases() {
        for role in Role::ALL {
            let viewer = officer(1, &[role]);
            let by = By::Officer(&viewer);
            let done = Act::ALL.into_iter().filter(|act| case.apply(command(*act), by, "x", on("2026-05-01")).is_ok());
            assert_eq!(case.acts(by), done.collect::<Vec<_>>(), "{case:?} {role:?}");
        }
    }
}

#[test]
fn a_report_is_never_withdrawn() {
    for state in State::ALL.into_iter().filter(|state| state.fits(Kind::Report)) {
        assert_eq!(table::next(Kind::Report, state, Act::Withdraw), None);
        let case = Case { state, ..Case::received(Kind::Report, on("2026-06-01")) };
        assert_eq!(case.apply(Command::Withdraw, By::Citizen, "", on("2026-06-02")), Err(Refusal::NotNow));
    }
}

#[test]
fn grounds_are_those_of_the_rule() {
    let refused: Vec<_> = RefusalGround::ALL.map(|ground| ground.item(Rule::R121)).into_iter().flatten().collect();
    assert_eq!(refused, [1, 2, 3, 4, 5, 6, 7]);
    let ended: Vec<_> = EndGround::ALL.map(|ground| ground.item(Rule::R121)).into_iter().flatten().collect();
    assert_eq!(ended, [1, 2, 3, 4, 5, 6, 7, 8]);
    let refused: Vec<_> = RefusalGround::ALL.into_iter().filter_map(|ground| ground.item(Rule::R20)).collect();
    assert_eq!(refused, [1, 2, 3, 4, 5, 6]);
    let ended: Vec<_> = EndGround::ALL.into_iter().filter_map(|ground| ground.item(Rule::R20)).collect();
    assert_eq!(ended, [1, 2, 3, 4, 5, 6, 7]);
    let own = officer(1, &[Role::CaseOfficer]);
    let old = Case { officer: Some(own.id), ..Case::received(Kind::Complaint, on("2026-04-14")) };
    let ground = Command::Refuse(RefusalGround::Impersonation);
    assert_eq!(old.apply(ground, By::Officer(&own), "冒名", on("2026-04-20")), Err(Refusal::NoGround));
    let new = Case { officer: Some(own.id), ..Case::received(Kind::Complaint, on("2026-04-15")) };
    assert_eq!(new.apply(ground, By::Officer(&own), "冒名", on("2026-04-20")).unwrap().state, State::Refused);
    assert_eq!(new.apply(ground, By::Officer(&own), " \n", on("2026-04-20")), Err(Refusal::NoText));
}

/// A story step by step: state, and the clocks that run.
fn walk(mut case: Case, by: &Viewer, steps: &[(&str, Command)]) -> Case {
    for (day, command) in steps {
        let by = if command.act().needs().is_some() { By::Officer(by) } else { By::Citizen };
        case = case.apply(*command, by, "说明", on(day)).unwrap_or_else(|why| panic!("{command:?}: {why:?}"));
    }
    case
}

fn due(case: &Case, step: Step) -> String {
    let clock = case.running().find(|clock| clock.term.step == step).unwrap();
    clock.term.due(&Calendar::embedded().unwrap(), &Settings::default()).unwrap().on.to_string()
}

#[test]
fn a_complaint_has_seven_working_days_then_sixty_days() {
    let own = officer(1, &[Role::CaseOfficer]);
    let case = Case::received(Kind::Complaint, on("2026-09-21"));
    assert_eq!(due(&case, Step::Acceptance), "2026-10-08");
    let case = walk(case, &own, &[("2026-09-22", Command::Take), ("2026-09-25", Command::Accept)]);
    assert_eq!(case.running().count(), 1);
    assert_eq!(due(&case, Step::Mediation), "2026-11-24");
    // ten days of testing do not count; a motion for recusal does
    let paused = walk(
        case.clone(),
        &own,
        &[("2026-10-12", Command::Pause(PauseReason::Testing)), ("2026-10-21", Command::Resume)],
    );
    assert_eq!(due(&paused, Step::Mediation), "2026-12-04");
    let recused = walk(
        case.clone(),
        &own,
        &[("2026-10-12", Command::Pause(PauseReason::Recusal)), ("2026-10-21", Command::Resume)],
    );
    assert_eq!(due(&recused, Step::Mediation), "2026-11-24");
    let ended = walk(paused, &own, &[("2026-12-01", Command::End(EndGround::NoAgreement))]);
    assert_eq!(ended.running().map(|clock| clock.term.step).collect::<Vec<_>>(), [Step::TerminationNotice]);
    assert_eq!(due(&ended, Step::TerminationNotice), "2026-12-10");
    let told = walk(ended, &own, &[("2026-12-02", Command::Told)]);
    assert_eq!(told.running().count(), 0);
    // withdrawn after acceptance: art. 23 (1), and both are told
    let withdrawn = walk(case, &own, &[("2026-10-01", Command::Withdraw)]);
    assert_eq!((withdrawn.state, withdrawn.running().count()), (State::Ended, 1));
}

#[test]
fn a_report_can_be_extended_once_by_somebody_else() {
    let own = officer(1, &[Role::CaseOfficer]);
    let lead = officer(2, &[Role::Lead]);
    let both = officer(1, &[Role::Lead]);
    let case = walk(
        Case::received(Kind::Report, on("2026-04-30")),
        &own,
        &[("2026-05-06", Command::Take), ("2026-05-06", Command::Check), ("2026-05-20", Command::AskExtension)],
    );
    assert_eq!(due(&case, Step::ReportCheck), "2026-05-25");
    assert_eq!(case.apply(Command::AskExtension, By::Officer(&own), "x", on("2026-05-20")), Err(Refusal::NotNow));
    let approve = Command::ApproveExtension;
    assert_eq!(case.apply(approve, By::Officer(&both), "", on("2026-05-21")), Err(Refusal::OwnWork));
    let longer = case.apply(approve, By::Officer(&lead), "", on("2026-05-21")).unwrap();
    assert_eq!(due(&longer, Step::ReportCheck), "2026-06-15");
    assert_eq!(longer.apply(Command::AskExtension, By::Officer(&own), "x", on("2026-05-22")), Err(Refusal::NotNow));
    let filed = walk(longer, &own, &[("2026-06-10", Command::File)]);
    assert_eq!(filed.running().map(|clock| clock.term.step).collect::<Vec<_>>(), [Step::CaseDecision]);
    let decided = walk(filed, &own, &[("2026-08-01", Command::Decide(Outcome::Penalty))]);
    assert_eq!(decided.running().count(), 0);
}

#[test]
fn a_named_reporter_of_the_old_rule_is_told_within_five_working_days() {
    let own = officer(1, &[Role::CaseOfficer]);
    for (day, is_named, expected) in [("2026-04-14", true, 1), ("2026-04-14", false, 0), ("2026-04-15", true, 0)] {
        let case = Case { is_named, ..Case::received(Kind::Report, on(day)) };
        let case = walk(case, &own, &[("2026-04-20", Command::Take), ("2026-04-20", Command::DontFile)]);
        assert_eq!(case.running().filter(|clock| clock.term.step == Step::FilingNotice).count(), expected, "{day}");
        assert_eq!(case.running().count(), expected);
    }
}

#[test]
fn a_repeated_report_starts_the_clock_again_and_a_question_returns_where_it_was() {
    let own = officer(1, &[Role::CaseOfficer]);
    let case = walk(
        Case::received(Kind::Report, on("2026-06-01")),
        &own,
        &[("2026-06-02", Command::Take), ("2026-06-02", Command::Check), ("2026-06-03", Command::Ask)],
    );
    let before = due(&case, Step::ReportCheck);
    // a message in between does not lose the way back
    let case = walk(case, &own, &[("2026-06-04", Command::Message), ("2026-06-05", Command::Supplement)]);
    assert_eq!(case.state, State::Checking);
    let again = walk(case, &own, &[("2026-06-10", Command::TakeIn)]);
    assert!(due(&again, Step::ReportCheck) > before);
}

#[test]
fn what_is_opened_again_runs_on_from_its_start() {
    let lead = officer(1, &[Role::Lead]);
    let case = Case { officer: Some(lead.id), ..Case::received(Kind::Complaint, on("2026-06-01")) };
    let case =
        walk(case, &lead, &[("2026-06-02", Command::Refuse(RefusalGround::Material)), ("2026-06-03", Command::Reopen)]);
    assert_eq!((case.state, case.running().count()), (State::Received, 1));
    assert_eq!(due(&case, Step::Acceptance), "2026-06-10");
    let ended = walk(case, &lead, &[("2026-06-04", Command::Accept), ("2026-06-05", Command::End(EndGround::NoPart))]);
    let open = walk(ended, &lead, &[("2026-06-08", Command::Reopen)]);
    assert_eq!(open.running().map(|clock| clock.term.step).collect::<Vec<_>>(), [Step::Mediation]);
}

/// Any order of acts on any days keeps these: an open case has a clock unless it waits for nobody, a closed one has no
/// clock but that of a notice, and every clock has a date.
#[test]
fn any_order_of_acts_keeps_clocks_and_states_together() {
    use proptest::prelude::*;
    let lead = officer(1, &[Role::Lead]);
    let other = officer(2, &[Role::Lead]);
    let (calendar, settings) = (Calendar::embedded().unwrap(), Settings::default());
    proptest!(|(is_report in any::<bool>(), start in 0_u64..700, steps in prop::collection::vec((0_usize..29, 0_u64..9, any::<bool>()), 0..40))| {
        let mut day = on("2025-06-01").checked_add_days(Days::new(start)).unwrap();
        let mut case = Case::received(if is_report { Kind::Report } else { Kind::Complaint }, day);
        for (act, gap, second) in steps {
            day = day.checked_add_days(Days::new(gap)).unwrap();
            let act = Act::ALL[act];
            let viewer = if second { &other } else { &lead };
            let by = if act.needs().is_some() { By::Officer(viewer) } else { By::Citizen };
            let Ok(next) = case.apply(command(act), by, "x", day) else { continue };
            // what the service refuses: an extension after the time has run out
            let dues: Result<Vec<_>, _> = next.clocks.iter().map(|clock| clock.term.due(&calendar, &settings)).collect();
            if act == Act::ApproveExtension && dues.is_err() { continue }
            prop_assert!(dues.is_ok(), "{:?} {:?}", next, dues);
            case = next;
            let main = case.running().filter(|clock| !matches!(clock.term.step, Step::TerminationNotice | Step::FilingNotice)).count();
            prop_assert_eq!(main, usize::from(case.state.is_open()), "{:?}", case);
            prop_assert!(case.extension_asked_by.is_none() || case.state.is_open());
        }
    });
}

#[test]
fn codes_are_read_back() {
    assert!(Kind::ALL.iter().all(|one| Kind::from_code(one.code()) == Some(*one)));
    assert!(State::ALL.iter().all(|one| State::from_code(one.code()) == Some(*one)));
    assert!(Source::ALL.iter().all(|one| Source::from_code(one.code()) == Some(*one)));
    assert!(Act::ALL.iter().all(|one| Act::from_code(one.code()) == Some(*one) && command(*one).act() == *one));
    assert!(RefusalGround::ALL.iter().all(|one| RefusalGround::from_code(one.code()) == Some(*one)));
    assert!(EndGround::ALL.iter().all(|one| EndGround::from_code(one.code()) == Some(*one)));
    assert_eq!(Act::ALL.iter().filter(|act| act.needs() == Some(Permission::LeadCases)).count(), 4);
}
