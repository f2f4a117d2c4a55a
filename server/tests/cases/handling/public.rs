//! Closed complaints on the operator's page.

use app::{
    domain::{
        case::{Command, EndGround, Settlement},
        staff::Role,
    },
    ports::{Directory, Handling},
};
use axum::http::StatusCode;
use server::{cases::CaseDesk, store::OperatorDraft};
use uuid::Uuid;

use super::{Desk, errors, is_wrong};
use crate::stage::{Answer, PERSONAL, Stage, officer, stages};

const PARTY: &str = "云川市青石巷包子铺";

/// An operator with a public page.
async fn operator(stage: &Stage) -> Uuid {
    let draft = OperatorDraft { name: PARTY.into(), address: None, uscc: None, licence: None };
    stage.house.db.save_operators(&[draft], &stage.house.ids, stage.house.clock.now()).await.unwrap();
    match &stage.house.db {
        server::store::Db::Sqlite { write, .. } => {
            sqlx::query("UPDATE operator SET public = TRUE").execute(write).await.unwrap();
        }
        server::store::Db::Postgres(pool) => {
            sqlx::query("UPDATE operator SET public = TRUE").execute(pool).await.unwrap();
        }
    }
    stage.house.db.operators(None, 1).await.unwrap().items[0].id
}

async fn propose(desk: &Desk<'_>, id: Uuid, version: &str, changes: &[(&str, &str)]) -> Answer {
    let base = [
        ("operator", PARTY),
        ("problem", "投诉人反映：食品里有异物"),
        ("result", "双方达成调解协议"),
        ("department", "云川市市场监督管理局"),
    ];
    let kept = base.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let head = [("do", "propose"), ("version", version)];
    let all: Vec<_> = head.iter().chain(changes).chain(kept).copied().collect();
    desk.stage.desk_post(&desk.who, &format!("/desk/cases/{id}/publicity"), &all).await
}

async fn review(desk: &Desk<'_>, id: Uuid, version: &str, act: &str, reason: &str) -> Answer {
    let field = format!("reason-{id}");
    let all = [("do", act), ("version", version), (field.as_str(), reason)];
    desk.stage.desk_post(&desk.who, &format!("/desk/publicity/{id}"), &all).await
}

#[tokio::test]
async fn proposed_confirmed_shown_taken_down() {
    for stage in stages().await {
        let page = operator(&stage).await;
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let reviewer = Desk::of(&stage, "reviewer", &[Role::Reviewer]).await;
        let id = stage.file(&[]).await.halves[0].id;
        own.act(id, "take", &[]).await;
        own.act(id, "accept", &[]).await;
        assert!(!own.sheet(id).await.contains("提出公示"));
        assert_eq!(propose(&own, id, "0", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is open");
        own.act(id, "settle", &[("settle_kind", "performed"), ("settle_said", "退款")]).await;
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("提出公示") && sheet.contains("投诉人反映：食品里有异物"));
        for (changes, field) in [
            ([("problem", " ")], "problem"),
            ([("result", &"长".repeat(201))], "result"),
            ([("operator", "没有这家")], "operator"),
        ] {
            let answer = propose(&own, id, "0", &changes).await;
            assert!(is_wrong(&answer, field), "{field}: {}", errors(&answer));
        }
        let personal = [("problem", "投诉人王小明，电话13812348000，反映有铁丝")];
        let marked = propose(&own, id, "0", &personal).await;
        assert_eq!(marked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(errors(&marked).contains("个人信息") && marked.body.contains("name=\"confirmed\""));
        let identity = [("problem", "身份证 11010519491231002X"), ("confirmed", "x")];
        assert_eq!(propose(&own, id, "0", &identity).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let proposed = propose(&own, id, "0", &[]).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", errors(&proposed));
        assert_eq!(propose(&own, id, "1", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it waits already");
        assert!(!stage.get(&format!("/operators/{page}")).await.body.contains("投诉信息公示"));

        // the reviewer sees nothing of the case
        let list = reviewer.page("/desk/publicity").await.body;
        assert!(list.contains("食品里有异物") && list.contains(PARTY));
        for hidden in PERSONAL.iter().chain(&["欧阳", "138****", "20261125-"]) {
            assert!(!list.contains(hidden), "{hidden}");
        }
        assert_eq!(review(&own, id, "1", "confirm", "").await.status, StatusCode::FORBIDDEN);
        let silent = review(&reviewer, id, "1", "return", " ").await;
        assert!(is_wrong(&silent, &format!("reason-{id}")), "{}", errors(&silent));
        assert_eq!(review(&reviewer, id, "9", "confirm", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(review(&reviewer, id, "1", "return", "写清结果").await.status, StatusCode::SEE_OTHER);
        assert!(own.sheet(id).await.contains("写清结果"));
        assert_eq!(propose(&own, id, "2", &[("result", "已当场退款")]).await.status, StatusCode::SEE_OTHER);
        let position = stage.house.db.feed_position().await.unwrap();
        assert_eq!(review(&reviewer, id, "3", "confirm", "").await.status, StatusCode::SEE_OTHER);
        assert!(stage.house.db.feed_position().await.unwrap() > position, "kept pages are rendered anew");

        let shown = stage.get(&format!("/operators/{page}")).await.body;
        assert!(shown.contains("食品里有异物") && shown.contains("已当场退款") && shown.contains("2027年11月25日"));
        for caveat in app::text::handling::CAVEATS {
            assert!(shown.contains(caveat), "{caveat}");
        }
        for hidden in PERSONAL.iter().chain(&["欧阳", "138****", "20261125-", "own", "OWN"]) {
            assert!(!shown.contains(hidden), "{hidden}");
        }
        assert_eq!(review(&reviewer, id, "4", "take_down", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(review(&reviewer, id, "4", "take_down", "有误").await.status, StatusCode::SEE_OTHER);
        assert!(desk(&stage).complaints_of(page).await.unwrap().is_empty());
    }
}

fn desk(stage: &Stage) -> CaseDesk {
    CaseDesk { cases: stage.cases.clone(), evidence: stage.web.evidence.clone() }
}

#[tokio::test]
async fn it_ends_with_its_year_and_with_the_case_opened_again() {
    for stage in stages().await {
        let page = operator(&stage).await;
        let (lead, reviewer) = (officer(7, &[Role::Lead]), officer(8, &[Role::Reviewer]));
        let steps = [Command::Take, Command::Accept, Command::Settle(Settlement::Document)];
        let proposal = server::cases::Proposal {
            operator: PARTY.into(),
            problem: "食品里有异物".into(),
            result: "达成协议".into(),
            department: "云川市市场监督管理局".into(),
            confirmed: Vec::new(),
        };
        let (first, second) = (stage.filed_then(&[], &lead, &steps).await, stage.filed_then(&[], &lead, &steps).await);
        for id in [first, second] {
            stage.cases.propose(&lead, id, 0, &proposal).await.unwrap();
            stage.cases.review(&reviewer, id, 1, app::domain::case_public::Command::Confirm, "").await.unwrap();
        }
        assert_eq!(desk(&stage).complaints_of(page).await.unwrap().len(), 2);
        let position = stage.house.db.feed_position().await.unwrap();
        stage.cases.act(&lead, first, 4, Command::Reopen, crate::stage::said("误办结")).await.unwrap();
        assert_eq!(desk(&stage).complaints_of(page).await.unwrap().len(), 1);
        assert!(stage.house.db.feed_position().await.unwrap() > position);
        // withdrawn, refused, false: never
        for (steps, kind) in [
            (vec![Command::Take, Command::Refuse(app::domain::case::RefusalGround::TooLate)], "refused"),
            (vec![Command::Take, Command::Accept, Command::End(EndGround::Withdrawn)], "withdrawn"),
            (vec![Command::Take, Command::Accept, Command::End(EndGround::FoundLater)], "false"),
        ] {
            let id = stage.filed_then(&[], &lead, &steps).await;
            assert!(stage.cases.propose(&lead, id, 0, &proposal).await.is_err(), "{kind}");
        }
        let report = stage
            .filed_then(&[("want", "report"), ("anonymous", "yes")], &lead, &[Command::Take, Command::DontFile])
            .await;
        assert!(stage.cases.propose(&lead, report, 0, &proposal).await.is_err(), "a report");
        // the last day is shown, the next is not, and the job tells the feed once
        let stage = stage.on("2027-11-25").await;
        assert_eq!(desk(&stage).complaints_of(page).await.unwrap().len(), 1);
        assert_eq!(
            stage.house.db.expire_complaints(stage.house.clock.today(), stage.house.clock.now()).await.unwrap(),
            0
        );
        let stage = stage.on("2027-11-26").await;
        assert!(desk(&stage).complaints_of(page).await.unwrap().is_empty());
        let expire = async || {
            stage.house.db.expire_complaints(stage.house.clock.today(), stage.house.clock.now()).await.unwrap()
        };
        assert_eq!((expire().await, expire().await), (1, 0));
    }
}
