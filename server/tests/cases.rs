//! Complaints and reports: from the form to the end, on both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![recursion_limit = "256"]

#[path = "shared/ask.rs"]
mod ask;
#[path = "cases/follow.rs"]
mod follow;
#[path = "cases/handling.rs"]
mod handling;
#[path = "cases/intake.rs"]
mod intake;
#[path = "cases/real.rs"]
mod real;
#[path = "cases/stage.rs"]
mod stage;
#[path = "cases/statistics.rs"]
mod statistics;
#[path = "cases/time.rs"]
mod time;

use app::{
    domain::{
        case::{Act, Command, EndGround, Kind, Refusal, RefusalGround, Source, State},
        clock::{PauseReason, Step},
        staff::Role,
    },
    ports::{CaseError, CaseScope, Cases},
};
use server::{
    auth::{Token, Who},
    cases::{FileError, With},
};

use stage::{PERSONAL, files_with, filings, officer, said, stages};

#[tokio::test]
async fn a_form_sent_five_times_makes_one_case_and_its_code_opens_it() {
    for stage in stages().await {
        let token = Token::random(&stage.house.ids);
        let forms = filings(&[]);
        let send = || stage.cases.file(&token, &forms, Source::Portal, None);
        let receipts = futures::future::try_join_all((0..5).map(|_| send())).await.unwrap();
        let first = &receipts[0];
        assert!(receipts.iter().all(|one| one.halves[0].number == first.halves[0].number && one.code == first.code));
        assert_eq!(first.halves[0].due.on.to_string(), "2026-12-04");
        let code = first.code.clone().unwrap();
        assert!(code.replace('-', "").len() * 5 >= 100, "at least 100 bits");
        let number = &first.halves[0].number;
        let sheet = stage.cases.status(&number.to_lowercase(), &code.replace('-', " "), None).await.unwrap();
        assert_eq!(sheet.content.unwrap().request, "退款 6 元，赔偿牙科检查费 180 元");
        assert_eq!(sheet.acts, [Act::Supplement, Act::Withdraw]);
        assert_eq!(sheet.persons[0].contact.phone, "138****8000");
        for (number, code) in [(number.as_str(), "00000-00000-00000-00000-00000"), ("20261125-00000000", code.as_str())]
        {
            assert!(matches!(stage.cases.status(number, code, None).await, Err(FileError::Wrong)));
        }
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        assert_eq!(lines.len(), 1);
        for personal in PERSONAL.into_iter().chain([code.as_str(), code.replace('-', "").as_str()]) {
            assert_eq!(files_with(stage.dir.path(), personal), [] as [String; 0], "{personal}");
        }
    }
}

#[tokio::test]
async fn both_make_two_linked_cases_with_their_own_clocks_and_ends() {
    for stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        let receipt = stage.file(&[("want", "both"), ("clue", "后厨有老鼠")]).await;
        let [complaint, report] = &receipt.halves[..] else { panic!("two") };
        assert_eq!(
            (complaint.due.on.to_string().as_str(), report.due.on.to_string().as_str()),
            ("2026-12-04", "2026-12-16")
        );
        let code = receipt.code.unwrap();
        let sheet = stage.cases.status(&report.number, &code, None).await.unwrap();
        assert_eq!(sheet.twin_number.as_deref(), Some(complaint.number.as_str()));
        assert_eq!(sheet.acts, [Act::Supplement], "a report is not withdrawn");
        let refused = stage.cases.citizen_act((&report.number, &code), None, 1, Command::Withdraw, said("")).await;
        assert!(matches!(refused, Err(FileError::Step(CaseError::Refused(Refusal::NotNow)))));
        let key = (complaint.number.as_str(), code.as_str());
        stage.cases.citizen_act(key, None, 1, Command::Withdraw, said("")).await.unwrap();
        let lines = stage.cases.cases(&own, CaseScope::Free).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.case.kind).collect::<Vec<_>>(), [Kind::Report]);
        assert_eq!(stage.cases.cases(&own, CaseScope::Closed).await.unwrap()[0].case.state, State::Withdrawn);
    }
}

#[tokio::test]
async fn only_its_officer_reads_unmasks_and_acts() {
    for stage in stages().await {
        let (own, other, lead) =
            (officer(5, &[Role::CaseOfficer]), officer(6, &[Role::CaseOfficer]), officer(7, &[Role::Lead]));
        let receipt = stage.file(&[]).await;
        let (id, number, code) = (receipt.halves[0].id, &receipt.halves[0].number, receipt.code.clone().unwrap());
        let cases = stage.cases.called_by(&Who { id: Some(own.id), ..Who::default() });
        assert!(matches!(cases.reveal(&own, id).await, Err(CaseError::Refused(Refusal::NotTaken))));
        let early = cases.act(&own, id, 1, Command::Accept, said("")).await;
        assert!(matches!(early, Err(CaseError::Refused(Refusal::NotTaken))));
        cases.act(&own, id, 1, Command::Take, said("")).await.unwrap();
        let late = cases.act(&own, id, 1, Command::Accept, said("")).await;
        assert!(matches!(late, Err(CaseError::Conflict)));
        let foreign = cases.act(&other, id, 2, Command::Accept, said("")).await;
        assert!(matches!(foreign, Err(CaseError::Refused(Refusal::NotYours))));
        let hidden = cases.case(&other, id).await.unwrap();
        assert!(hidden.content.is_none() && hidden.persons.is_empty() && hidden.acts.is_empty());
        let shown = cases.case(&own, id).await.unwrap();
        assert_eq!(shown.persons[0].contact.name, "欧阳*");
        assert_eq!(cases.reveal(&own, id).await.unwrap()[0].contact.phone, "13812348000");
        assert!(matches!(cases.reveal(&lead, id).await, Err(CaseError::Refused(Refusal::NotYours))));
        for role in [Role::Editor, Role::Reviewer, Role::Auditor, Role::Admin] {
            let nobody = officer(8, &[role]);
            assert!(matches!(cases.case(&nobody, id).await, Err(CaseError::Refused(Refusal::NotAllowed))), "{role:?}");
            assert!(cases.cases(&nobody, CaseScope::Open).await.is_err());
            assert!(cases.reveal(&nobody, id).await.is_err());
        }
        // the citizen reads who looked, without names
        let looks = stage.cases.status(number, &code, None).await.unwrap().looks;
        assert_eq!(looks.iter().filter(|look| look.is_unmasking).count(), 1);
        assert!(looks.iter().all(|look| look.officer.is_empty()));
    }
}

#[tokio::test]
async fn a_mediation_that_failed_opens_a_clue_and_ends_with_its_notice() {
    for stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        let commands = [Command::Take, Command::Accept, Command::Invite, Command::FindClue];
        let id = stage.filed_then(&[], &own, &commands).await;
        let mine = stage.cases.cases(&own, CaseScope::Mine).await.unwrap();
        let clue = mine.iter().find(|line| line.case.kind == Kind::Report).unwrap();
        assert_eq!((clue.twin, clue.source, clue.clocks[0].due.step), (Some(id), Source::Mediation, Step::ClueCheck));
        let cases = &stage.cases;
        cases.act(&own, id, 5, Command::Pause(PauseReason::Testing), said("送检")).await.unwrap();
        cases.act(&own, id, 6, Command::Resume, said("")).await.unwrap();
        let none = cases.act(&own, id, 7, Command::End(EndGround::NoAgreement), said("  ")).await;
        assert!(matches!(none, Err(CaseError::Refused(Refusal::NoText))));
        cases.act(&own, id, 7, Command::End(EndGround::NoAgreement), said("双方分歧较大")).await.unwrap();
        // its notice is still to be given
        let mine = cases.cases(&own, CaseScope::Mine).await.unwrap();
        let line = mine.iter().find(|line| line.id == id).unwrap();
        assert_eq!(line.next_due().unwrap().due.step, Step::TerminationNotice);
        assert_eq!(line.result.as_deref(), Some("no_agreement"));
        cases.act(&own, id, 8, Command::Told, said("")).await.unwrap();
        assert_eq!(cases.cases(&own, CaseScope::Mine).await.unwrap().len(), 1);
        let acts: Vec<_> = cases.case(&own, id).await.unwrap().events.iter().map(|event| event.act).collect();
        assert_eq!(acts.len(), 9);
        assert_eq!(acts[0], None);
    }
}

#[tokio::test]
async fn a_repeated_report_is_merged_and_starts_the_clock_again() {
    for stage in stages().await {
        let lead = officer(7, &[Role::Lead]);
        let report = [("want", "report"), ("anonymous", "yes")];
        let first = stage.filed_then(&report, &lead, &[Command::Take, Command::Check]).await;
        let stage = stage.on("2026-12-07").await;
        let second = stage.filed_then(&report, &lead, &[Command::Take]).await;
        let into = With { into: Some(first), ..said("") };
        let itself = stage.cases.act(&lead, second, 2, Command::Merge, With { into: Some(second), ..said("") }).await;
        assert!(matches!(itself, Err(CaseError::Refused(Refusal::NotNow))));
        assert_eq!(stage.cases.act(&lead, second, 2, Command::Merge, into).await.unwrap(), State::Merged);
        let sheet = stage.cases.case(&lead, first).await.unwrap();
        assert_eq!(sheet.line.next_due().unwrap().due.on.to_string(), "2026-12-28");
        assert_eq!(sheet.events.last().unwrap().act, Some(Act::TakeIn));
    }
}

#[tokio::test]
async fn what_the_clock_refuses_changes_nothing() {
    for stage in stages().await {
        let (own, lead) = (officer(5, &[Role::CaseOfficer]), officer(7, &[Role::Lead]));
        let report = [("want", "report"), ("anonymous", "yes")];
        let id = stage.filed_then(&report, &own, &[Command::Take, Command::Check, Command::AskExtension]).await;
        // fifteen working days are over on 2026-12-16
        let stage = stage.on("2026-12-17").await;
        let late = stage.cases.act(&lead, id, 4, Command::ApproveExtension, said("")).await;
        assert!(matches!(late, Err(CaseError::Clock(_))), "{late:?}");
        assert_eq!(stage.cases.case(&lead, id).await.unwrap().line.version, 4);
        let refusal = Command::Refuse(RefusalGround::Material);
        let wrong = stage.cases.act(&own, id, 4, refusal, said("x")).await;
        assert!(matches!(wrong, Err(CaseError::Refused(Refusal::NotNow))));
    }
}

#[tokio::test]
async fn what_is_personal_goes_when_its_time_is_over() {
    for stage in stages().await {
        let receipt = stage.file(&[]).await;
        let (id, number, code) = (receipt.halves[0].id, receipt.halves[0].number.clone(), receipt.code.unwrap());
        stage.cases.citizen_act((&number, &code), None, 1, Command::Withdraw, said("")).await.unwrap();
        let early = "2029-11-20".parse().unwrap();
        assert_eq!(stage.house.db.forget_cases(early).await.unwrap(), 0);
        assert_eq!(stage.house.db.forget_cases("2030-01-01".parse().unwrap()).await.unwrap(), 1);
        let sheet = stage.cases.case(&officer(7, &[Role::Lead]), id).await.unwrap();
        assert!(sheet.content.is_none() && sheet.persons.is_empty());
        assert!(matches!(stage.cases.status(&number, &code, None).await, Err(FileError::Wrong)));
    }
}
