//! Every act over HTTP.

use app::{
    domain::{case::Kind, staff::Role},
    ports::{Accounts, CaseScope, Cases},
};
use axum::http::StatusCode;
use uuid::Uuid;

use super::{Desk, errors, is_wrong};
use crate::stage::{PERSONAL, officer, stages};

const REPORT: [(&str, &str); 2] = [("want", "report"), ("anonymous", "yes")];

#[tokio::test]
async fn a_complaint_from_the_inbox_to_a_settlement() {
    for stage in stages().await {
        let receipt = stage.file(&[]).await;
        let (id, number) = (receipt.halves[0].id, receipt.halves[0].number.clone());
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let home = own.page("/desk").await.body;
        assert!(home.contains("投诉举报待办") && home.contains("<!>1<!> 件"), "{home}");
        let inbox = own.page("/desk/cases?scope=free").await.body;
        assert!(inbox.contains("青石巷包子铺") && inbox.contains(&number) && inbox.contains("还剩 9 天"));
        own.act(id, "take", &[]).await;
        // masked, and in plain only as an answer to a form
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("欧阳*") && sheet.contains("138****8000") && sheet.contains("把牙崩了"));
        assert!(!sheet.contains("13812348000") && !sheet.contains("<script>alert"));
        let revealed = stage.desk_post(&own.who, &format!("/desk/cases/{id}/reveal"), &[]).await;
        assert_eq!(revealed.status, StatusCode::OK);
        assert!(revealed.body.contains("13812348000") && revealed.body.contains("南门路77号"));
        own.act(id, "ask", &[("ask_said", "请补小票")]).await;
        own.act(id, "accept", &[]).await;
        let late = own
            .refused(
                id,
                "invite",
                &[
                    ("invite_mode", "phone"),
                    ("invite_time", "2026-11-24T09:00"),
                    ("invite_place", "电话"),
                    ("invite_mediators", "李调解员"),
                    ("invite_said", "请双方接听"),
                ],
            )
            .await;
        assert!(is_wrong(&late, "invite_time") && !is_wrong(&late, "invite_said"), "{}", errors(&late));
        assert!(late.body.contains("value=\"李调解员\"") && late.body.contains("请双方接听"), "typed is kept");
        own.act(
            id,
            "invite",
            &[
                ("invite_mode", "phone"),
                ("invite_time", "2026-11-30T09:30"),
                ("invite_place", "办公电话"),
                ("invite_mediators", "李调解员"),
                ("invite_said", "请双方接听"),
            ],
        )
        .await;
        own.act(id, "pause", &[("pause_reason", "testing"), ("pause_said", "送检铁丝")]).await;
        assert!(own.sheet(id).await.contains("调解中止"));
        own.act(id, "resume", &[]).await;
        own.act(id, "find_clue", &[("find_clue_said", "后厨有铁丝球")]).await;
        own.act(id, "message", &[("message_said", "已联系商家")]).await;
        own.act(id, "note", &[("note_said", "商家态度好")]).await;
        own.act(id, "settle", &[("settle_kind", "document"), ("settle_said", "退款 30 元")]).await;
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("调解成功") && sheet.contains("制作调解书") && sheet.contains("电话，2026-11-30 09:30"));
        // the clue is a report of its own, linked to the complaint
        let viewer = officer(9, &[Role::Lead]);
        let open = stage.cases.cases(&viewer, CaseScope::Open).await.unwrap();
        assert_eq!(open.iter().map(|line| (line.case.kind, line.twin)).collect::<Vec<_>>(), [(Kind::Report, Some(id))]);
        let clue = own.sheet(open[0].id).await;
        assert!(clue.contains("相关的另一件") && clue.contains(&number) && clue.contains("后厨有铁丝球"));
    }
}

#[tokio::test]
async fn a_report_from_the_inbox_to_a_decision() {
    for stage in stages().await {
        let id = stage.file(&REPORT).await.halves[0].id;
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        own.act(id, "take", &[]).await;
        own.act(id, "check", &[]).await;
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("匿名举报") && !sheet.contains("name=\"do\" value=\"withdraw\""));
        assert!(!sheet.contains("value=\"approve_extension\""));
        own.act(id, "ask_extension", &[("ask_extension_said", "等检验报告")]).await;
        lead.act(id, "approve_extension", &[]).await;
        own.act(id, "file", &[]).await;
        own.act(id, "pause", &[("pause_reason", "hearing"), ("pause_said", "听证")]).await;
        own.act(id, "resume", &[]).await;
        own.act(id, "ask_extension", &[("ask_extension_said", "案情复杂")]).await;
        lead.act(id, "deny_extension", &[("deny_extension_said", "按期办结")]).await;
        own.act(id, "decide", &[("decide_outcome", "penalty"), ("decide_said", "罚款 5000 元")]).await;
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("已作出处理决定") && sheet.contains("给予行政处罚"));
        assert!(!sheet.contains("提出公示"), "a report is never published");
    }
}

#[tokio::test]
async fn all_grounds_and_all_other_ends() {
    for stage in stages().await {
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let taken = async |changes: &[(&str, &str)]| {
            let id = stage.file(changes).await.halves[0].id;
            own.act(id, "take", &[]).await;
            id
        };
        let grounds =
            ["not_competent", "handled_before", "not_consumer", "too_late", "material", "impersonation", "other"];
        let first = taken(&[]).await;
        let sheet = own.sheet(first).await;
        for (place, ground) in grounds.iter().enumerate() {
            assert!(sheet.contains(&format!("value=\"{ground}\"")), "{ground}");
            let item = ["一", "二", "三", "四", "五", "六", "七"][place];
            assert!(sheet.contains(&format!("第十六条第（{item}）项")), "{item}");
        }
        assert_eq!(sheet.matches("向人民法院提起诉讼").count(), 1, "the remedies stand in the form of refusal");
        for (ground, reason) in [("", "不是"), ("nothing", "不是"), ("too_late", "  ")] {
            let answer = own.refused(first, "refuse", &[("refuse_ground", ground), ("refuse_said", reason)]).await;
            assert_eq!(is_wrong(&answer, "refuse_ground"), ground != "too_late", "{ground}");
            assert_eq!(is_wrong(&answer, "refuse_said"), reason.trim().is_empty());
        }
        own.act(first, "refuse", &[("refuse_ground", "too_late"), ("refuse_said", "2020 年的事")]).await;
        assert!(own.sheet(first).await.contains("第十六条第（四）项"));
        let ended = taken(&[]).await;
        own.act(ended, "accept", &[("accept_said", "已受理")]).await;
        let sheet = own.sheet(ended).await;
        for (place, ground) in
            ["withdrawn", "no_part", "no_agreement", "testing_cost", "time_over", "found_later", "party_gone", "other"]
                .iter()
                .enumerate()
        {
            assert!(sheet.contains(&format!("value=\"{ground}\"")), "{ground}");
            let item = ["一", "二", "三", "四", "五", "六", "七", "八"][place];
            assert!(sheet.contains(&format!("第二十三条第一款第（{item}）项")), "{item}");
        }
        assert!(!sheet.contains("value=\"hearing\""), "only appraisal and testing stop a mediation");
        let wrong = own.refused(ended, "pause", &[("pause_reason", "hearing"), ("pause_said", "等")]).await;
        assert!(is_wrong(&wrong, "pause_reason"));
        own.act(ended, "end", &[("end_ground", "no_part"), ("end_said", "商家不来")]).await;
        own.act(ended, "told", &[("told_said", "电话告知双方")]).await;
        let transferred = taken(&REPORT).await;
        let fields =
            [("transfer_receiver", "police"), ("transfer_bureau", "青禾区公安分局"), ("transfer_said", "涉嫌犯罪")];
        own.act(transferred, "transfer", &fields).await;
        assert!(own.sheet(transferred).await.contains("青禾区公安分局"));
        let redirected = taken(&REPORT).await;
        own.act(redirected, "redirect", &[("redirect_bureau", "外市市场监管局"), ("redirect_said", "不在本市")]).await;
        let not_filed = taken(&REPORT).await;
        own.act(not_filed, "dont_file", &[("dont_file_said", "没有违法事实")]).await;
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        lead.act(not_filed, "reopen", &[("reopen_said", "有新证据")]).await;
        assert!(own.sheet(not_filed).await.contains("核查中"));
    }
}

#[tokio::test]
async fn merging_by_number() {
    for stage in stages().await {
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let first = stage.file(&REPORT).await.halves[0].clone();
        let second = stage.file(&REPORT).await.halves[0].clone();
        own.act(second.id, "take", &[]).await;
        let unknown = own.refused(second.id, "merge", &[("merge_number", "20260101-AAAAAAAA")]).await;
        assert!(is_wrong(&unknown, "merge_number"));
        let own_number = own.refused(second.id, "merge", &[("merge_number", &second.number)]).await;
        assert!(is_wrong(&own_number, "merge_number"));
        // nobody has the first one yet
        let answer = own.refused(second.id, "merge", &[("merge_number", &first.number)]).await;
        assert!(errors(&answer).contains("由我办理"), "{}", errors(&answer));
        own.act(first.id, "take", &[]).await;
        let lower = first.number.to_lowercase().replace('-', " ");
        own.act(second.id, "merge", &[("merge_number", &lower)]).await;
        assert!(own.sheet(second.id).await.contains("已合并处理"));
        assert!(own.sheet(first.id).await.contains("合并重复举报"));
    }
}

#[tokio::test]
async fn conflicts_keep_what_was_typed_and_foreign_officers_do_nothing() {
    for stage in stages().await {
        let id = stage.file(&[]).await.halves[0].id;
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let other = Desk::of(&stage, "other", &[Role::CaseOfficer]).await;
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        own.act(id, "take", &[]).await;
        let old = own.version(id).await;
        lead.act(id, "message", &[("message_said", "请稍候")]).await;
        let answer = own.send(id, &old, "ask", &[("ask_said", "请补小票</textarea><b>")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(errors(&answer).contains("有了新进展") && answer.body.contains("请稍候"));
        assert!(answer.body.contains("请补小票&lt;/textarea&gt;&lt;b&gt;"), "what was typed is kept");
        // only the form that was sent shows what was typed; the others are as they were
        assert_eq!(answer.body.matches("请补小票").count(), 1);
        assert_eq!(answer.hidden("version"), own.version(id).await);
        for fields in [[("do", "accept"), ("version", &old)], [("do", "take"), ("version", &old)]] {
            let answer = stage.desk_post(&other.who, &format!("/desk/cases/{id}/act"), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let sheet = other.sheet(id).await;
        for hidden in PERSONAL.iter().chain(&["欧阳*", "138****", "请稍候"]) {
            assert!(!sheet.contains(hidden), "{hidden}");
        }
        assert!(sheet.contains("您现在不能办理本件"));
        let reveal = stage.desk_post(&other.who, &format!("/desk/cases/{id}/reveal"), &[]).await;
        assert_eq!(reveal.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!reveal.body.contains("13812348000"));
        let reveal = stage.desk_post(&lead.who, &format!("/desk/cases/{id}/reveal"), &[]).await;
        assert!(!reveal.body.contains("13812348000"), "not the lead either: only the case's officer");
        let file = other.page(&format!("/desk/cases/{id}/files/{}", Uuid::nil())).await;
        assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY);
        let file = own.page(&format!("/desk/cases/{id}/files/{}", Uuid::nil())).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND);
        for path in [format!("/desk/cases/{}", Uuid::nil()), "/desk/cases/nonsense".into()] {
            assert_eq!(own.page(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for role in [Role::Editor, Role::Reviewer, Role::Auditor, Role::Admin] {
            let nobody = Desk::of(&stage, role.code(), &[role]).await;
            for path in ["/desk/cases".to_owned(), format!("/desk/cases/{id}")] {
                assert_eq!(nobody.page(&path).await.status, StatusCode::FORBIDDEN, "{role:?} {path}");
            }
            assert!(!nobody.page("/desk").await.body.contains("投诉举报待办"));
        }
    }
}

#[tokio::test]
async fn assigned_handed_over_and_noted_at_the_national_platform() {
    for stage in stages().await {
        let id = stage.file(&[]).await.halves[0].id;
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        let editor = Desk::of(&stage, "editor", &[Role::Editor]).await;
        drop(editor);
        let accounts = stage.house.auth.accounts().await.unwrap();
        let id_of = |name: &str| accounts.iter().find(|one| one.name == name).unwrap().id.to_string();
        let sheet = lead.sheet(id).await;
        assert!(sheet.contains(&id_of("own")) && !sheet.contains(&id_of("editor")));
        for wrong in [id_of("editor"), Uuid::nil().to_string(), "x".into(), String::new()] {
            let answer = lead.refused(id, "assign", &[("assign_to", &wrong)]).await;
            assert!(is_wrong(&answer, "assign_to"), "{wrong}");
        }
        assert!(errors(&own.refused(id, "assign", &[("assign_to", &id_of("own"))]).await).contains("权限"));
        lead.act(id, "assign", &[("assign_to", &id_of("own"))]).await;
        assert!(own.page("/desk/cases").await.body.contains("青石巷包子铺"));
        let national = format!("/desk/cases/{id}/national");
        let long = "1".repeat(41);
        let version = own.version(id).await;
        let fields = [("do", "national"), ("version", &version), ("national_no", &long), ("national_state", "待受理")];
        let answer = stage.desk_post(&own.who, &national, &fields).await;
        assert!(is_wrong(&answer, "national_no") && answer.body.contains(&long));
        let fields =
            [("do", "national"), ("version", &version), ("national_no", "1530000002026"), ("national_state", "待受理")];
        assert_eq!(stage.desk_post(&own.who, &national, &fields).await.status, StatusCode::SEE_OTHER);
        let again = stage.desk_post(&own.who, &national, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "an old version");
        // another form that fails leaves what is stored in this one
        let other = own.refused(id, "ask", &[("ask_said", "")]).await;
        assert!(other.body.contains("value=\"1530000002026\""));
        own.act(id, "hand_over", &[("hand_over_bureau", "青禾分局"), ("hand_over_said", "在青禾区")]).await;
        let sheet = own.sheet(id).await;
        assert!(sheet.contains("青禾分局") && sheet.contains("无人办理"));
    }
}
