//! The way to a complaint or report, as browsers go it without script: each step, back, errors, sending twice, proofs of
//! work, limits, receipt, officer's entry. On both databases.

#[path = "intake/browser.rs"]
mod browser;

use app::{
    domain::{
        case::{Command, Kind, RefusalGround, Source},
        intake::Step,
        staff::Role,
    },
    ports::{CaseScope, Cases},
};
use axum::http::StatusCode;

use crate::stage::{FORM, PERSONAL, files_with, officer, stages, with};
use browser::Browser;

const EVIL: &str = "豆沙包里有铁丝。</textarea><script>alert(1)</script>";

#[tokio::test]
async fn a_complaint_goes_through_every_step_and_back_and_makes_one_case() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        let first = browser.get("/cases/new").await;
        assert!(first.body.contains("第 1 步，共 9 步") && first.head.contains("no-store"), "{}", first.head);
        assert!(first.head.contains("noindex"));
        // nothing chosen: the error stands at its field
        let wrong = browser.post("/cases/new", &[("go", "next")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("href=\"#f-want\"") && wrong.body.contains("id=\"f-want-error\""));
        assert_eq!(browser.next(Step::What, &[("want", "complaint")]).await, "/cases/new/party");
        assert_eq!(
            browser
                .next(Step::Party, &[("party", "云川市青石巷包子铺"), ("party_address", "青禾区青石巷 12 号")])
                .await,
            "/cases/new/precheck"
        );
        assert_eq!(
            browser.next(Step::Precheck, &[("concern", "too_late"), ("concern", "no_proof")]).await,
            "/cases/new/answer"
        );
        let answer = browser.get("/cases/new/answer").await;
        assert!(answer.body.contains("超过三年") && answer.body.contains("您可以继续提交"));
        assert_eq!(browser.next(Step::Answer, &[]).await, "/cases/new/problem");
        assert_eq!(browser.next(Step::Problem, &[("problem", "foreign_body")]).await, "/cases/new/story");
        // back keeps what is half written, and asks nothing
        assert_eq!(browser.go(Step::Story, "back", &[("story", "写了一半")]).await, "/cases/new/problem");
        assert!(browser.get("/cases/new/story").await.body.contains("写了一半"));
        // an error keeps everything that was typed, and nothing typed ends the field
        let wrong = browser
            .post("/cases/new/story", &[("go", "next"), ("story", EVIL), ("day", "上周"), ("product", "豆沙包")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("href=\"#f-day\"")
                && wrong.body.contains("豆沙包里有铁丝。&lt;/textarea&gt;&lt;script&gt;")
        );
        assert!(!wrong.body.contains("<script>alert"));
        assert!(wrong.body.contains("value=\"上周\"") && wrong.body.contains("value=\"豆沙包\""));
        assert!(browser.get("/cases/new/story").await.body.contains("豆沙包里有铁丝"), "loading anew keeps it too");
        assert_eq!(
            browser.next(Step::Story, &[("story", EVIL), ("day", "2026-11-20"), ("product", "豆沙包")]).await,
            "/cases/new/request"
        );
        assert_eq!(browser.next(Step::Request, &[("request", "退款 6 元")]).await, "/cases/new/evidence");
        assert!(browser.get("/cases/new/evidence").await.body.contains("异物本身，不要扔"));
        assert_eq!(browser.next(Step::Evidence, &[]).await, "/cases/new/who");
        let wrong = browser.post("/cases/new/who", &[("go", "next"), ("name", "欧阳海棠")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("规定要求投诉必须提供") && wrong.body.contains("value=\"欧阳海棠\""));
        assert!(wrong.body.contains("不需要另行同意"), "the notice of personal data");
        let who =
            [("name", "欧阳海棠"), ("phone", "13812348000"), ("address", "云川市青禾区南门路77号"), ("agent", "no")];
        assert_eq!(browser.next(Step::Who, &who).await, "/cases/new/check");
        let check = browser.get("/cases/new/check").await;
        for shown in ["云川市青石巷包子铺", "异物", "退款 6 元", "13812348000", "/cases/new/who?then=check"]
        {
            assert!(check.body.contains(shown), "{shown}");
        }
        // a link of the check page leads there and back
        assert!(browser.get("/cases/new/request?then=check").await.body.contains("name=\"then\" value=\"check\""));
        assert_eq!(
            browser.next(Step::Request, &[("request", "退款 8 元"), ("then", "check")]).await,
            "/cases/new/check"
        );
        let check = browser.get("/cases/new/check").await;
        let work = browser::work(&check);
        let fields: Vec<_> = [("go", "send")].into_iter().chain(work.iter().map(|(k, v)| (*k, v.as_str()))).collect();
        for _ in 0..5 {
            let sent = browser.post("/cases/new/check", &fields).await;
            assert_eq!(browser::place(&sent), "/cases/new/receipt", "{}", sent.body);
        }
        let receipt = browser.get("/cases/new/receipt").await;
        assert_eq!(receipt.status, StatusCode::OK);
        for shown in ["最迟2026年12月4日", "第十五条", "class=\"qr\"", "我已保存好", "12315"] {
            assert!(receipt.body.contains(shown), "{shown}");
        }
        let (number, code) = browser::secrets(&receipt);
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        assert_eq!(lines.len(), 1, "five sends, one case");
        assert_eq!((lines[0].number.as_str(), lines[0].district.as_str()), (number.as_str(), "青禾区"));
        assert_eq!(lines[0].source, Source::Portal);
        let sheet = stage.cases.status(&number, &code, None).await.unwrap();
        assert_eq!(sheet.content.unwrap().request, "退款 8 元");
        // loading anew shows it again; what was typed is gone; 我已保存好 ends it
        assert!(browser.get("/cases/new/receipt").await.body.contains(&code));
        assert_eq!(browser::place(&browser.get("/cases/new/story").await), "/cases/new/receipt");
        let saved = browser.post("/cases/new/saved", &[]).await;
        assert!(saved.body.contains("查进度") && saved.head.contains("Max-Age=0"));
        assert_eq!(browser.get("/cases/new/receipt").await.status, StatusCode::NOT_FOUND);
        for personal in PERSONAL.into_iter().chain([code.as_str(), "豆沙包里有铁丝"]) {
            assert_eq!(files_with(stage.dir.path(), personal), [] as [String; 0], "{personal}");
        }
    }
}

#[tokio::test]
async fn both_are_warned_of_and_make_two_numbers() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        assert_eq!(browser.next(Step::What, &[("want", "both")]).await, "/cases/new/both");
        assert!(browser.get("/cases/new/both").await.body.contains("第三十七条"));
        assert_eq!(browser.next(Step::Both, &[("want", "both")]).await, "/cases/new/party");
        browser.fill(&with(&[("want", "both"), ("clue", "后厨有老鼠")])).await;
        let receipt = browser.send_worked().await;
        assert_eq!(receipt.body.matches("class=\"half\"").count(), 2);
        assert!(receipt.body.contains("最迟2026年12月4日") && receipt.body.contains("最迟2026年12月16日"));
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        let kinds: std::collections::BTreeSet<Kind> = lines.iter().map(|line| line.case.kind).collect();
        assert_eq!((lines.len(), kinds.len()), (2, 2));
    }
}

#[tokio::test]
async fn somebody_is_ill_and_other_things_have_their_own_way() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        assert_eq!(browser.next(Step::What, &[("want", "ill")]).await, "/cases/new/ill");
        let ill = browser.get("/cases/new/ill").await;
        assert!(ill.body.contains("tel:120") && ill.body.contains("tel:12315"));
        assert_eq!(browser.next(Step::Ill, &[("want", "report")]).await, "/cases/new/party");
        assert!(browser.get("/cases/new/party").await.body.contains("第 2 步，共 8 步"));
        let problem = browser.get("/cases/new/problem").await;
        assert!(problem.body.contains("value=\"illness\" checked"), "{}", problem.body);
        assert_eq!(browser.next(Step::What, &[("want", "other")]).await, "/cases/new/channels");
        assert!(browser.get("/cases/new/channels").await.body.contains("12388"));
    }
}

#[tokio::test]
async fn a_report_may_be_anonymous_and_an_agent_is_told_of_the_original() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        let report =
            [("want", "report"), ("anonymous", "yes"), ("name", ""), ("phone", ""), ("address", ""), ("mail", "")];
        browser.fill(&with(&report)).await;
        assert!(browser.get("/cases/new/check").await.body.contains("匿名举报"));
        browser.send_worked().await;
        let line = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap().remove(0);
        assert!(line.is_anonymous && line.case.kind == Kind::Report);

        let mut browser = Browser::new(&stage);
        browser.next(Step::What, &[("want", "complaint")]).await;
        assert!(browser.get("/cases/new/who").await.body.contains("授权委托书原件"));
        let me = [("name", "甲"), ("phone", "13812348000"), ("address", "某地"), ("agent", "yes"), ("go", "next")];
        let wrong = browser.post("/cases/new/who", &me).await;
        assert!(wrong.body.contains("href=\"#f-agent_name\"") && wrong.status == StatusCode::UNPROCESSABLE_ENTITY);
        let both: Vec<_> = me
            .into_iter()
            .chain([("agent_name", "乙"), ("agent_phone", "13900000000"), ("agent_address", "彼地")])
            .collect();
        assert_eq!(browser::place(&browser.post("/cases/new/who", &both).await), "/cases/new/check");
    }
}

#[tokio::test]
async fn proofs_are_bound_to_form_and_time_and_without_them_few_are_taken() {
    for stage in stages().await {
        let mut proved = Browser::new(&stage);
        proved.fill(&with(&[])).await;
        let work = browser::work(&proved.get("/cases/new/check").await);
        // without a proof: six from one address, then the sentence; what was typed stays
        for round in 0..7 {
            let mut browser = Browser::new(&stage);
            browser.fill(&with(&[])).await;
            let sent = browser.post("/cases/new/check", &[("go", "send")]).await;
            if round < 6 {
                assert_eq!(browser::place(&sent), "/cases/new/receipt");
                continue;
            }
            assert_eq!(sent.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(sent.body.contains("打开浏览器的 JavaScript") && sent.body.contains("13812348000"));
            // another form's proof, a broken one, none of its own
            let stolen: Vec<_> = work.iter().map(|(k, v)| (*k, v.as_str())).chain([("go", "send")]).collect();
            assert_eq!(browser.post("/cases/new/check", &stolen).await.status, StatusCode::TOO_MANY_REQUESTS);
            let own = browser::work(&browser.get("/cases/new/check").await);
            let broken = [("go", "send"), ("challenge", own[0].1.as_str()), ("proof", "1,2,3,4,5,6,7,8")];
            assert_eq!(browser.post("/cases/new/check", &broken).await.status, StatusCode::TOO_MANY_REQUESTS);
            let moved = format!("9{}", own[0].1);
            let moved = [("go", "send"), ("challenge", moved.as_str()), ("proof", own[1].1.as_str())];
            assert_eq!(browser.post("/cases/new/check", &moved).await.status, StatusCode::TOO_MANY_REQUESTS);
            // with its own it is taken, from the same address
            browser.send_worked().await;
        }
        // the first form still is: its proof was not used up by others
        proved.send_worked().await;
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        assert_eq!(lines.len(), 8);
        // the same words from many browsers within the hour: a sign for the officer
        assert_eq!(stage.cases.same_texts(lines[0].id).await.unwrap(), 7);
        let other = stage.file(&[("story", "另一件事")]).await;
        assert_eq!(stage.cases.same_texts(other.halves[0].id).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_proof_runs_out_and_so_do_drafts_and_the_code_of_a_receipt() {
    for stage in stages().await {
        let token = server::auth::Token::random(&stage.house.ids);
        let challenge = stage.cases.challenge(&token, None, 0);
        let answer = browser::solve(&challenge);
        assert!(stage.cases.is_worked(&token, (&challenge, &answer), None, 0));
        let mut browser = Browser::new(&stage);
        browser.fill(&with(&[])).await;
        let mut sent = Browser::new(&stage);
        sent.fill(&with(&[])).await;
        sent.send_worked().await;
        let (cookie, sent_cookie) = (browser.cookie.clone(), sent.cookie.clone());
        // a restart, four hours later
        let stage = stage.after(chrono::TimeDelta::hours(4)).await;
        assert!(!stage.cases.is_worked(&token, (&challenge, &answer), None, 0), "over");
        let mut sent = Browser::with(&stage, sent_cookie);
        let receipt = sent.get("/cases/new/receipt").await;
        assert!(receipt.body.contains("现在不再显示") && receipt.body.contains("20261125-"));
        let mut browser = Browser::with(&stage, cookie.clone());
        assert!(browser.get("/cases/new/check").await.body.contains("欧阳海棠"), "kept over a restart");
        let stage = stage.after(chrono::TimeDelta::hours(44)).await;
        let mut browser = Browser::with(&stage, cookie);
        assert_eq!(browser.get("/cases/new/check").await.status, StatusCode::NOT_FOUND);
        assert!(stage.cases.forget_drafts().await.unwrap() >= 1, "deleted, not only hidden");
        // what is typed into a page that stayed open too long begins a new draft
        assert_eq!(browser.next(Step::Story, &[("story", "还在")]).await, "/cases/new/request");
        assert!(browser.get("/cases/new/story").await.body.contains("还在"));
    }
}

#[tokio::test]
async fn a_busy_address_works_harder_and_is_never_locked_out_and_foreign_forms_are_not_taken() {
    let stage = stages().await.remove(0);
    let token = server::auth::Token::random(&stage.house.ids);
    let bits = |address: &str| {
        let challenge = stage.cases.challenge(&token, address.parse().ok(), 0);
        challenge.split('.').nth(1).unwrap().parse::<u32>().unwrap()
    };
    for (count, expected) in [(59, 14), (60, 15), (179, 15), (180, 16)] {
        while stage.cases.filed_from("203.0.113.9".parse().ok()) < count {
            stage.file_from("203.0.113.9").await.unwrap();
        }
        assert_eq!(bits("203.0.113.9"), expected, "{count}");
    }
    assert_eq!(bits("203.0.113.10"), 14, "the neighbours have nothing to do with it");
    // a proof of an easier challenge than was asked is none
    let challenge = stage.cases.challenge(&token, "203.0.113.9".parse().ok(), 0);
    let easier = challenge.replace(".16.", ".14.");
    assert!(!stage.cases.is_worked(&token, (&easier, &browser::solve(&easier)), None, 0));
    let foreign = [("sec-fetch-site", "cross-site")];
    for path in [
        "/cases/new",
        "/cases/new/story",
        "/cases/new/check",
        "/cases/new/evidence",
        "/cases/new/discard",
        "/cases/new/keep/story",
    ] {
        let answer = stage.post_from(path, &[("want", "report"), ("story", "x")], &foreign).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!answer.head.contains("set-cookie"), "{path}");
    }
}

#[tokio::test]
async fn typing_is_kept_by_the_keeper_and_a_draft_can_be_thrown_away() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        assert_eq!(browser.post("/cases/new/keep/story", &[("story", "无")]).await.status, StatusCode::GONE);
        browser.next(Step::What, &[("want", "complaint")]).await;
        let kept = browser.post("/cases/new/keep/story", &[("story", "打了一半的字"), ("name", "不属于这一步")]).await;
        assert_eq!((kept.status, kept.body.as_str()), (StatusCode::OK, "{\"version\":0}"));
        assert!(browser.get("/cases/new/story").await.body.contains("打了一半的字"));
        assert!(!browser.get("/cases/new/who").await.body.contains("不属于这一步"));
        assert!(browser.get("/cases/new").await.body.contains("href=\"/cases/new/story\""), "the way back to it");
        let gone = browser.post("/cases/new/discard", &[]).await;
        assert!(gone.body.contains("草稿已删除") && gone.head.contains("Max-Age=0"));
        assert_eq!(browser.get("/cases/new/story").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn whatever_comes_in_nothing_breaks() {
    let stage = stages().await.remove(0);
    let long = "字".repeat(60_000);
    for step in Step::ALL {
        for value in ["", "\u{0}", "'; DROP TABLE case_draft; --", "<b>", "😀", &long] {
            let mut browser = Browser::new(&stage);
            browser.next(Step::What, &[("want", "both")]).await;
            let fields: Vec<_> =
                step.fields().iter().map(|name| (*name, value)).chain([("pick", value), ("remove", value)]).collect();
            for go in ["next", "back", "search", "unpick", "send", "x"] {
                let fields: Vec<_> = fields.iter().copied().chain([("go", go), ("then", value)]).collect();
                let answer = browser.post(&step.path(), &fields).await;
                assert!(!answer.status.is_server_error(), "{step:?} {go}: {}", answer.status);
                assert!(!answer.body.contains("<b>"), "{step:?}");
            }
            let shown = browser.get(&step.path()).await;
            assert!(!shown.status.is_server_error(), "{step:?}");
        }
    }
    for path in ["/cases/new/nonsense", "/cases/new/party/x", "/cases/new?operator=x&sample=y"] {
        let answer = stage.get(path).await;
        assert!(!answer.status.is_server_error() && !answer.body.is_empty(), "{path}");
    }
}

/// A PNG of one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0,
    0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0, 4,
    0x85, 1, 0x80, 0x84, 0xa9, 0x8c, 0x21, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test]
async fn files_of_a_form_without_script_come_to_the_case() {
    for stage in stages().await {
        let mut browser = Browser::new(&stage);
        browser.fill(&with(&[("want", "both")])).await;
        assert_eq!(browser.upload("add", "wire.png", PNG).await, Ok("/cases/new/evidence".into()));
        assert!(browser.get("/cases/new/evidence").await.body.contains("wire.png"));
        // what is not taken is said at the field, in whatever way the form goes on
        let refused = browser.upload("next", "x.svg", b"<svg onload=alert(1)></svg>").await.unwrap_err();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("href=\"#f-files\"") && refused.body.contains("网页和 SVG 图不能上传"));
        assert!(!refused.body.contains("<svg onload"));
        let basket =
            refused.body.split("&quot;basket&quot;:&quot;").nth(1).and_then(|rest| rest.split("&quot;").next());
        let cookie = browser.cookie.clone().unwrap();
        assert!(basket.is_some_and(|basket| !cookie.contains(basket)), "the cookie's token never stands in a page");
        assert_eq!(browser.next(Step::Evidence, &[]).await, "/cases/new/who");
        browser.send_worked().await;
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        let complaint = lines.iter().find(|line| line.case.kind == Kind::Complaint).unwrap();
        let files = stage.web.evidence.of_case(complaint.id).await.unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["wire.png"]);
        let kept = |stage: &crate::stage::Stage| std::fs::read_dir(stage.dir.path().join("evidence")).unwrap().count();
        let id = complaint.id;
        let own = officer(5, &[Role::CaseOfficer]);
        for (version, command) in [(1, Command::Take), (2, Command::Refuse(RefusalGround::TooLate))] {
            stage.cases.act(&own, id, version, command, crate::stage::said("说明")).await.unwrap();
        }
        let stage = stage.on("2029-11-20").await;
        // what was refused goes with its basket; three years are not over
        stage.web.evidence.expire().await.unwrap();
        assert_eq!((stage.web.evidence.of_case(id).await.unwrap().len(), kept(&stage)), (1, 1));
        let stage = stage.on("2029-12-01").await;
        assert_eq!(stage.web.evidence.expire().await.unwrap(), 1);
        assert_eq!((stage.web.evidence.of_case(id).await.unwrap().len(), kept(&stage)), (0, 0));
    }
}

#[tokio::test]
async fn an_officer_writes_down_what_somebody_says() {
    for stage in stages().await {
        let signed = stage.sign_in("zhao", &[Role::CaseOfficer]).await;
        let page = stage.desk_get(&signed, "/desk/cases/new").await;
        let token = page.hidden("token");
        let wrong = stage.desk_post(&signed, "/desk/cases/new", &[("token", &token), ("story", EVIL)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("href=\"#f-source\"") && wrong.body.contains("href=\"#f-name\""));
        assert!(!wrong.body.contains("<script>alert") && wrong.hidden("token") == token);
        let own = [("token", token.as_str()), ("source", "12315"), ("national", "1110106002023021136490869")];
        let fields: Vec<_> = own.into_iter().chain(FORM.iter().copied()).collect();
        let receipt = stage.desk_post(&signed, "/desk/cases/new", &fields).await;
        assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
        let again = stage.desk_post(&signed, "/desk/cases/new", &fields).await;
        assert_eq!(browser::secrets(&receipt), browser::secrets(&again));
        let lines = stage.cases.cases(&officer(5, &[Role::CaseOfficer]), CaseScope::Free).await.unwrap();
        assert_eq!((lines.len(), lines[0].source), (1, Source::Platform12315));
        assert_eq!(lines[0].national_no.as_deref(), Some("1110106002023021136490869"));
        let editor = stage.sign_in("qian", &[Role::Editor]).await;
        assert_eq!(stage.desk_get(&editor, "/desk/cases/new").await.status, StatusCode::FORBIDDEN);
    }
}
