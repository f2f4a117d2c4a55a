//! After the end: survey, mark, reward.

use app::domain::{
    case::{Command, Kind, Outcome},
    staff::Role,
    survey::Solved,
};
use axum::http::StatusCode;
use server::store::SurveyCount;
use uuid::Uuid;

use super::Citizen;
use crate::{
    handling::{Desk, errors},
    stage::{Answer, PERSONAL, Stage, files_with, officer, said, stages},
};

#[tokio::test]
async fn four_weeks_after_the_end_it_is_asked_whether_it_was_solved() {
    for stage in stages().await {
        let wish = stage.file(&[("news", "yes")]).await;
        let silent = stage.file(&[("mail", ""), ("news", "yes")]).await;
        let open = stage.file(&[("news", "yes")]).await;
        for receipt in [&wish, &silent] {
            Citizen::of(&stage, receipt, 0).does("withdraw", &[]).await;
        }
        let id = wish.halves[0].id;
        let citizen = Citizen::of(&stage, &wish, 0);
        assert!(citizen.look().await.body.contains("办结四周后"));
        let early = citizen.act("survey", &[("solved", "no")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stage.cases.surveys_due(stage.house.clock.now()).await.unwrap(), []);
        // a mark is possible at once, and again
        for (mark, status) in [("6", 422), ("", 422), ("2", 200), ("4", 200)] {
            assert_eq!(citizen.act("rate", &[("rating", mark)]).await.status.as_u16(), status, "{mark}");
        }
        let running = Citizen::of(&stage, &open, 0).act("rate", &[("rating", "5")]).await;
        assert_eq!(running.status, StatusCode::UNPROCESSABLE_ENTITY);

        let stage = stage.on("2026-12-22").await;
        assert_eq!(stage.cases.surveys_due(stage.house.clock.now()).await.unwrap(), []);
        let stage = stage.on("2026-12-23").await;
        let due = stage.cases.surveys_due(stage.house.clock.now()).await.unwrap();
        assert_eq!(
            due.iter().map(|one| (one.case, one.mail.as_str())).collect::<Vec<_>>(),
            [(id, "ouyang.haitang@example.cn")]
        );
        assert_eq!((due[0].number.as_str(), due[0].kind), (wish.halves[0].number.as_str(), Kind::Complaint));
        // a letter that is not kept leaves it due; one that is kept makes it asked, once
        let mut tx = stage.house.db.begin().await.unwrap();
        assert!(stage.cases.mark_survey_asked(&mut tx, id).await.unwrap());
        drop(tx);
        assert_eq!(stage.cases.surveys_due(stage.house.clock.now()).await.unwrap().len(), 1);
        let mut tx = stage.house.db.begin().await.unwrap();
        assert!(stage.cases.mark_survey_asked(&mut tx, id).await.unwrap());
        assert!(!stage.cases.mark_survey_asked(&mut tx, id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(stage.cases.surveys_due(stage.house.clock.now()).await.unwrap(), []);

        let citizen = Citizen::of(&stage, &wish, 0);
        assert!(citizen.look().await.body.contains("问题真的解决了吗"));
        let none = citizen.act("survey", &[("solved", "maybe")]).await;
        assert!(none.body.contains("id=\"f-solved-error\""));
        let long = "长".repeat(1001);
        let long = citizen.act("survey", &[("solved", "no"), ("survey_said", &long)]).await;
        assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.body.contains("f-survey_said-error"));
        citizen.does("survey", &[("solved", "no"), ("survey_said", "一分钱没退")]).await;
        let page = citizen.does("survey", &[("solved", "partly"), ("survey_said", "退了一半")]).await;
        assert!(page.body.contains("value=\"partly\" checked") && page.body.contains("value=\"4\" checked"));
        let counts = |from: &str, to: &str| {
            let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
            let db = stage.house.db.clone();
            async move { db.survey_counts(from, to).await.unwrap() }
        };
        let one = SurveyCount { kind: Kind::Complaint, solved: Some(Solved::Partly), rating: Some(4), count: 1 };
        assert_eq!(counts("2026-11-25", "2026-11-25").await, [one]);
        assert_eq!(counts("2026-11-26", "2026-12-31").await, []);
        // the officer reads it; who has nothing to do with the case does not
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        let sheet = lead.sheet(id).await;
        for shown in ["办结后的回访", "解决了一部分", "退了一半", "4 分，满意"] {
            assert!(sheet.contains(shown), "{shown}");
        }
        assert_eq!(files_with(stage.dir.path(), "退了一半"), [] as [String; 0]);
        stage.house.db.forget_cases("2031-01-01".parse().unwrap()).await.unwrap();
        let sheet = lead.sheet(id).await;
        assert!(!sheet.contains("退了一半") && sheet.contains("4 分，满意"));
    }
}

/// An anonymous report with an outcome, and its officer.
async fn decided(stage: &Stage, outcome: Outcome) -> (Uuid, Citizen<'_>, Desk<'_>) {
    let own = Desk::of(stage, &format!("own-{}", outcome.code().replace('_', "-")), &[Role::CaseOfficer]).await;
    let report = [("want", "report"), ("anonymous", "yes"), ("name", ""), ("phone", ""), ("address", ""), ("mail", "")];
    let receipt = stage.file(&report).await;
    let id = receipt.halves[0].id;
    own.act(id, "take", &[]).await;
    own.act(id, "file", &[]).await;
    own.act(id, "decide", &[("decide_outcome", outcome.code()), ("decide_said", "罚款 20 万元")]).await;
    (id, Citizen::of(stage, &receipt, 0), own)
}

async fn answer(desk: &Desk<'_>, id: Uuid, act: &str, fields: &[(&str, &str)]) -> Answer {
    let sheet = desk.sheet(id).await;
    let form = sheet.split(&format!("/desk/cases/{id}/reward")).nth(1).unwrap_or_default();
    let version = form.split("name=\"version\" value=\"").nth(1).unwrap_or("1").split('"').next().unwrap();
    let all: Vec<_> = [("do", act), ("version", version)].iter().chain(fields).copied().collect();
    desk.stage.desk_post(&desk.who, &format!("/desk/cases/{id}/reward"), &all).await
}

async fn answers(desk: &Desk<'_>, id: Uuid, act: &str, fields: &[(&str, &str)]) {
    let answer = answer(desk, id, act, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", errors(&answer));
}

#[tokio::test]
async fn a_reward_is_claimed_without_a_name_and_decided_by_two() {
    for stage in stages().await {
        let (id, citizen, own) = decided(&stage, Outcome::Penalty).await;
        let page = citizen.look().await;
        for shown in ["不少于 5000 元", "每件最多 100 万元", "国市监稽规〔2021〕4号", "申领奖励"]
        {
            assert!(page.body.contains(shown), "{shown}");
        }
        let unread = citizen.act("reward", &[("reward_said", "x")]).await;
        assert!(unread.status == StatusCode::UNPROCESSABLE_ENTITY && unread.body.contains("f-person-error"));
        let claimed = citizen.does("reward", &[("person", "on"), ("reward_said", "我是店里的员工")]).await;
        assert!(claimed.body.contains("正在审核") && claimed.body.contains("您申领举报奖励"));
        let twice = citizen.act("reward", &[("person", "on")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);

        let sheet = own.sheet(id).await;
        assert!(sheet.contains("举报奖励申领") && sheet.contains("我是店里的员工"));
        let wrong = answer(&own, id, "grant", &[("level", "second"), ("fine", "二十万"), ("grant_said", "x")]).await;
        assert!(wrong.body.contains("f-fine-error"), "{}", errors(&wrong));
        let low = [("level", "second"), ("fine", "200000"), ("amount", "5999"), ("grant_said", "x")];
        let low = answer(&own, id, "grant", &low).await;
        assert!(low.body.contains("6000 元到 1000000 元"), "{}", errors(&low));
        let silent = answer(&own, id, "grant", &[("level", "second"), ("fine", "200000")]).await;
        assert!(silent.body.contains("f-grant_said-error"), "{}", errors(&silent));
        let fields = [("level", "second"), ("fine", "200,000"), ("grant_said", "带有效证件到窗口领取")];
        answers(&own, id, "grant", &fields).await;
        // what is proposed is not told; the officer can't approve it
        let page = citizen.look().await;
        assert!(!page.body.contains("6000 元") && !page.body.contains("带有效证件") && page.body.contains("正在审核"));
        let alone = answer(&own, id, "approve", &[]).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        answers(&lead, id, "return", &[("return_said", "级别再核")]).await;
        answers(&own, id, "grant", &fields).await;
        let old = [("do", "approve"), ("version", "1")];
        let old = stage.desk_post(&lead.who, &format!("/desk/cases/{id}/reward"), &old).await;
        assert!(old.body.contains("刚刚有了新进展"), "{}", errors(&old));
        answers(&lead, id, "approve", &[]).await;
        let page = citizen.look().await;
        assert!(page.body.contains("准予奖励（二级），6000 元") && page.body.contains("带有效证件到窗口领取"));
        assert!(!page.body.contains("LEAD") && !page.body.contains("级别再核"));
        let after = answer(&lead, id, "return", &[("return_said", "x")]).await;
        assert_eq!(after.status, StatusCode::UNPROCESSABLE_ENTITY);
        let taken = citizen.post_to("/cases/status/take", &[]).await;
        assert!(taken.body.contains("│ 准予奖励（二级），6000 元。"), "{}", taken.body);
        for secret in ["我是店里的员工", "带有效证件"].into_iter().chain(PERSONAL) {
            assert_eq!(files_with(stage.dir.path(), secret), [] as [String; 0], "{secret}");
        }
    }
}

#[tokio::test]
async fn a_claim_is_denied_with_its_reason_and_others_earn_none() {
    for stage in stages().await {
        let (id, citizen, own) = decided(&stage, Outcome::Penalty).await;
        citizen.does("reward", &[("person", "on")]).await;
        answers(&own, id, "deny", &[("deny_said", "线索已经掌握")]).await;
        let other = Desk::of(&stage, "other", &[Role::CaseOfficer]).await;
        let foreign = [("do", "deny"), ("version", "2"), ("deny_said", "x")];
        let foreign = stage.desk_post(&other.who, &format!("/desk/cases/{id}/reward"), &foreign).await;
        assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        answers(&lead, id, "approve", &[]).await;
        let page = citizen.look().await;
        assert!(page.body.contains("不予奖励。") && page.body.contains("线索已经掌握"));
        for outcome in [Outcome::NoPenalty, Outcome::Rectification, Outcome::NotProved] {
            let (_, citizen, _) = decided(&stage, outcome).await;
            assert!(citizen.look().await.body.contains("没有举报奖励"), "{outcome:?}");
            let refused = citizen.act("reward", &[("person", "on")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let complaint = stage.file(&[]).await;
        let citizen = Citizen::of(&stage, &complaint, 0);
        assert!(!citizen.look().await.body.contains("举报奖励"));
        assert_eq!(citizen.act("reward", &[("person", "on")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // still open
        let report = stage.file(&[("want", "report"), ("anonymous", "yes")]).await;
        let citizen = Citizen::of(&stage, &report, 0);
        assert!(citizen.look().await.body.contains("作出处理决定以后，可以在这里申领"));
        stage
            .cases
            .act(&officer(5, &[Role::CaseOfficer]), report.halves[0].id, 1, Command::Take, said(""))
            .await
            .unwrap();
        assert_eq!(citizen.act("reward", &[("person", "on")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
