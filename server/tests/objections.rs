//! An operator asks for a correction or replies: from the form to the public page, on both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
#[path = "objections/stage.rs"]
mod stage;

use app::{
    domain::{
        act::Act,
        objection::{Command, Filing, Refusal, State},
        publication::life::Command as Publish,
        staff::Role,
    },
    ports::{Desk, Notices, ObjectionError, ObjectionScope, Objections, PortError, Speaker},
};
use axum::http::StatusCode;
use server::{
    auth::Token,
    objections::{FileError, With},
};

use stage::{Stage, files_with, officer, stages};

const HOSTILE: &str = "已全部召回</textarea><script>alert(1)</script>\n第二段<img src=x onerror=alert(1)>";
const FORM: &[(&str, &str)] = &[
    ("kind", "reply"),
    ("operator", "云川市海棠食品有限公司"),
    ("statement", HOSTILE),
    ("name", "欧阳海棠"),
    ("phone", "13812348000"),
    ("mail", "ouyang.haitang@example.cn"),
    ("address", "云川市青禾区南门路77号"),
];
/// What of it nobody may find in plain.
const PERSONAL: [&str; 4] = ["欧阳海棠", "13812348000", "ouyang.haitang", "南门路77号"];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    changes.iter().chain(kept).copied().collect()
}

fn filing(changes: &[(&str, &str)]) -> Filing {
    let all = with(changes);
    Filing::read(|name| all.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)).unwrap()
}

fn said(text: &str) -> With {
    With { said: text.into(), ..With::default() }
}

impl Stage {
    /// Files a case; gives its id, number and code.
    async fn filed(&self, changes: &[(&str, &str)]) -> (uuid::Uuid, String, String) {
        let token = Token::random(&self.house.ids);
        let receipt = self.objections.file(self.penalty, &token, &filing(changes), None).await.unwrap();
        let handler = officer(5, &[Role::CaseOfficer]);
        let lines = self.objections.lines(&handler, ObjectionScope::Open).await.unwrap();
        let id = lines.iter().find(|line| line.number == receipt.number).unwrap().id;
        (id, receipt.number, receipt.code.unwrap())
    }
}

#[tokio::test]
async fn a_reply_is_public_after_two_persons_and_goes_with_its_publication() {
    for mut stage in stages().await {
        let (handler, reviewer) = (officer(5, &[Role::CaseOfficer]), officer(6, &[Role::Reviewer]));
        let token = Token::random(&stage.house.ids);
        let receipt = stage.objections.file(stage.penalty, &token, &filing(&[]), None).await.unwrap();
        // the day of receipt is not counted, 15 working days
        assert_eq!(receipt.due.unwrap().on.to_string(), "2026-12-16");
        let code = receipt.code.unwrap();
        assert_eq!((receipt.number.len(), code.replace('-', "").len()), (17, 25));
        assert!(receipt.number.starts_with("20261125-"));
        let (id, service) = {
            let lines = stage.objections.lines(&handler, ObjectionScope::Open).await.unwrap();
            assert_eq!((lines.len(), lines[0].left), (1, Some(21)));
            (lines[0].id, stage.objections.clone())
        };
        let sheet = service.case(&handler, id).await.unwrap();
        let contact = sheet.contact.unwrap();
        assert_eq!((contact.name.as_str(), contact.phone.as_str()), ("欧阳*", "138****8000"));
        assert_eq!(contact.address, "云川市青禾区南门路****");
        assert!(sheet.is_named);
        assert_eq!(service.reveal(&handler, id).await.unwrap().phone, "13812348000");
        assert!(matches!(service.reveal(&reviewer, id).await, Err(ObjectionError::Refused(Refusal::NotAllowed))));

        // asked for more: the operator changes its text, and says so; once
        service.act(&handler, id, 1, Command::Ask, said("请写明召回数量")).await.unwrap();
        let case = service.status(&receipt.number.to_lowercase(), &code, None).await.unwrap();
        assert_eq!((case.line.objection.state, case.said[0].text.as_str()), (State::Asked, "请写明召回数量"));
        let answer =
            With {
                said: "已补".into(), statement: Some("召回 12 袋，已销毁。".into()), confirmed: Vec::new()
            };
        let key = (receipt.number.as_str(), code.as_str());
        service.operator_act(key, None, case.line.version, Command::Supplement, answer.clone()).await.unwrap();
        let again = service.operator_act(key, None, case.line.version, Command::Supplement, answer).await;
        assert!(matches!(again, Err(FileError::Step(ObjectionError::Conflict))));
        let case = service.status(&receipt.number, &code, None).await.unwrap();
        assert_eq!(case.said.iter().map(|said| said.by).collect::<Vec<_>>(), [Speaker::Desk, Speaker::Operator]);

        // proposed by one, given back and confirmed by another
        let feed = stage.feed();
        service.act(&handler, id, 3, Command::Propose, With::default()).await.unwrap();
        let early = service.act(&handler, id, 4, Command::Confirm, With::default()).await;
        assert!(matches!(early, Err(ObjectionError::Refused(Refusal::NotAllowed))));
        service.act(&reviewer, id, 4, Command::Return, said("请核对数量")).await.unwrap();
        let case = service.status(&receipt.number, &code, None).await.unwrap();
        assert!(case.said.iter().all(|said| said.by != Speaker::Reviewer), "the operator reads what officers say");
        service.act(&handler, id, 5, Command::Propose, With::default()).await.unwrap();
        assert!(
            stage.house.db.notice(stage.penalty).await.unwrap().replies.is_empty(),
            "public before it is confirmed"
        );
        let reply = service.reply(&reviewer, id).await.unwrap();
        assert!(reply.contact.is_none() && reply.case.said.is_empty());
        service.act(&reviewer, id, 6, Command::Confirm, With::default()).await.unwrap();
        stage.follow().await;
        assert!(stage.feed() > feed, "caches follow the feed");
        let replies = stage.house.db.notice(stage.penalty).await.unwrap().replies;
        assert_eq!(replies[0].text, "召回 12 袋，已销毁。");
        assert_eq!(
            (replies[0].operator.as_str(), replies[0].on.to_string().as_str()),
            ("云川市海棠食品有限公司", "2026-11-25")
        );

        // the record is removed: 410, and the text is deleted
        let (writer, publisher) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let version = stage.desk.sheet(&writer, stage.penalty).await.unwrap().version;
        let open = Publish::Open { act: Act::Remove, reason: "依法移除".into(), content: None };
        stage.desk.command(&writer, stage.penalty, version, open).await.unwrap();
        stage.desk.command(&writer, stage.penalty, version + 1, Publish::Submit).await.unwrap();
        stage.desk.command(&publisher, stage.penalty, version + 2, Publish::Approve).await.unwrap();
        stage.desk.command(&publisher, stage.penalty, version + 3, Publish::Perform).await.unwrap();
        assert!(matches!(stage.house.db.notice(stage.penalty).await, Err(PortError::Gone(_))));
        let left = service.case(&handler, id).await.unwrap().case;
        assert_eq!((left.public_text, left.statement, left.line.subject.title.as_str()), (None, None, ""));
        let late = service.file(stage.penalty, &Token::random(&stage.house.ids), &filing(&[]), None).await;
        assert!(matches!(late, Err(FileError::Port(PortError::Gone(_)))));
    }
}

#[tokio::test]
async fn an_accepted_correction_has_its_clock_and_ends_with_the_correction() {
    for stage in stages().await {
        let handler = officer(5, &[Role::CaseOfficer]);
        let (id, number, code) = stage.filed(&[("kind", "correction"), ("statement", "罚款金额应为一万元")]).await;
        stage.objections.act(&handler, id, 1, Command::Accept, With::default()).await.unwrap();
        let open = stage.objections.lines(&handler, ObjectionScope::Open).await.unwrap();
        assert_eq!(open[0].due.as_ref().unwrap().on.to_string(), "2026-11-30", "3 working days from 25 November");
        let case = stage.objections.status(&number, &code, None).await.unwrap();
        assert_eq!((case.line.objection.state, case.line.is_corrected), (State::Accepted, false));
        // the ordinary way of two persons, a day later
        let tomorrow = server::desk::DeskService::new(
            server::house::House {
                clock: server::clock::Clock::fixed(stage::moment() + chrono::TimeDelta::days(1)),
                ..stage.house.clone()
            },
            server::desk::Law::read(stage.dir.path()).unwrap(),
            Vec::new(),
        );
        let (writer, publisher) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let version = tomorrow.sheet(&writer, stage.penalty).await.unwrap().version;
        let open = Publish::Open { act: Act::Correct, reason: "金额写错".into(), content: None };
        tomorrow.command(&writer, stage.penalty, version, open).await.unwrap();
        tomorrow.command(&writer, stage.penalty, version + 1, Publish::Submit).await.unwrap();
        tomorrow.command(&publisher, stage.penalty, version + 2, Publish::Approve).await.unwrap();
        tomorrow.command(&publisher, stage.penalty, version + 3, Publish::Perform).await.unwrap();
        assert!(stage.objections.lines(&handler, ObjectionScope::Open).await.unwrap().is_empty());
        let closed = stage.objections.lines(&handler, ObjectionScope::Closed).await.unwrap();
        assert!(closed[0].is_corrected && closed[0].due.is_none());
    }
}

#[tokio::test]
async fn personal_data_in_a_reply_keep_it_from_the_public() {
    for stage in stages().await {
        let (handler, reviewer) = (officer(5, &[Role::CaseOfficer]), officer(6, &[Role::Reviewer]));
        let text = "负责人王小明（电话13912345678，身份证号11010519491231002X）已被辞退。";
        let (id, number, code) = stage.filed(&[("statement", text)]).await;
        let marks = stage.objections.case(&handler, id).await.unwrap().marks;
        let keys: Vec<String> = marks.iter().map(|mark| mark.key.clone()).collect();
        assert!(marks.iter().any(|mark| mark.mark.datum.blocks()) && marks.len() >= 2);
        let all = With { confirmed: keys, ..With::default() };
        let done = stage.objections.act(&handler, id, 1, Command::Propose, all).await;
        assert!(matches!(done, Err(ObjectionError::Marks(1))), "{done:?}");
        // without the identity number each of the others is confirmed
        let better = With { statement: Some(text.replace("，身份证号11010519491231002X", "")), ..With::default() };
        stage.objections.operator_act((&number, &code), None, 1, Command::Supplement, better).await.unwrap();
        let none = stage.objections.act(&handler, id, 2, Command::Propose, With::default()).await;
        assert!(matches!(none, Err(ObjectionError::Marks(_))));
        let marks = stage.objections.case(&handler, id).await.unwrap().marks;
        let confirmed = marks.iter().map(|mark| mark.key.clone()).collect();
        stage.objections.act(&handler, id, 2, Command::Propose, With { confirmed, ..With::default() }).await.unwrap();
        stage.objections.act(&reviewer, id, 3, Command::Confirm, With::default()).await.unwrap();
        // taken back by the operator: gone from the page
        stage.objections.operator_act((&number, &code), None, 4, Command::Withdraw, With::default()).await.unwrap();
        assert!(stage.house.db.notice(stage.penalty).await.unwrap().replies.is_empty());
    }
}

#[tokio::test]
async fn forms_keep_what_was_typed_and_twice_sent_is_once_kept() {
    let stage = Stage::set(None).await;
    let page = stage.get(&stage.form()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.head.contains("no-store") && page.head.contains("noindex"), "{}", page.head);
    assert!(page.body.contains("个人信息怎样使用") && !page.body.contains("我同意"));
    let token = page.hidden("token");
    assert_ne!(token, stage.get(&stage.form()).await.hidden("token"));

    let wrong = stage.post(&stage.form(), &with(&[("phone", "call me"), ("token", &token)])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#f-phone\"") && wrong.body.contains("call me"));
    for kept in ["欧阳海棠", "ouyang.haitang@example.cn", "南门路77号", "云川市海棠食品有限公司"] {
        assert!(wrong.body.contains(kept), "{kept}");
    }
    assert!(wrong.body.contains("&lt;/textarea&gt;&lt;script&gt;") && !wrong.body.contains("<script>alert"));
    assert_eq!(wrong.hidden("token"), token, "a form that was not taken keeps its token");
    let outdated = stage.post(&stage.form(), &with(&[("token", "x")])).await;
    assert_eq!(outdated.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(outdated.hidden("token").len(), 43);

    let fields = with(&[("token", &token)]);
    let form = stage.form();
    let (first, second) = tokio::join!(stage.post(&form, &fields), stage.post(&form, &fields));
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(first.secrets(), second.secrets());
    let handler = officer(5, &[Role::CaseOfficer]);
    assert_eq!(stage.objections.lines(&handler, ObjectionScope::Open).await.unwrap().len(), 1);
    assert!(first.body.contains("为什么是这一天") && first.head.contains("no-store"));
    for personal in PERSONAL {
        assert!(!first.body.contains(personal), "the receipt shows {personal}");
    }

    // another site can't send it
    for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")]] {
        let foreign = stage.post_from(&form, &fields, &headers).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    }
    let nowhere = format!("/objections/new?publication={}", uuid::Uuid::from_u128(9));
    assert_eq!(stage.get(&nowhere).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.get("/objections/new").await.status, StatusCode::NOT_FOUND);
    let link = stage.get(&format!("/penalties/{}", stage.penalty)).await.body;
    assert!(link.contains(&form.replace('&', "&amp;")));
}

#[tokio::test]
async fn a_wrong_number_is_as_a_wrong_code_and_guessing_ends() {
    let stage = Stage::set(None).await;
    let (_, number, code) = stage.filed(&[]).await;
    let ask = |number: String, code: String| {
        let stage = &stage;
        async move { stage.post("/objections/status", &[("number", &number), ("code", &code), ("do", "look")]).await }
    };
    let right = ask(number.clone(), code.to_lowercase().replace('-', " ")).await;
    assert_eq!(right.status, StatusCode::OK);
    assert!(right.body.contains("办理中") && right.head.contains("no-store"));
    assert!(right.body.contains("&lt;script&gt;") && !right.body.contains("<script>alert"));
    let page = |number: &str, answer: &str| answer.replace(number, "N");
    let wrong_code = ask(number.clone(), "0".repeat(25)).await;
    let wrong_number = ask("20261125-00000000".into(), code.clone()).await;
    assert_eq!(wrong_code.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong_number.status, wrong_code.status);
    assert_eq!(page(&number, &wrong_code.body), page("20261125-00000000", &wrong_number.body));
    assert!(!wrong_number.body.contains(&code), "a query code is shown again");
    // from one address only so many; without an address (as here) none is counted
    let address = Some("192.0.2.7".parse().unwrap());
    for _ in 0..10 {
        assert!(matches!(stage.objections.status(&number, "x", address).await, Err(FileError::Wrong)));
    }
    assert!(matches!(stage.objections.status(&number, &code, address).await, Err(FileError::Wait)));
    for place in 0..11 {
        let token = Token::random(&stage.house.ids);
        let done = stage.objections.file(stage.penalty, &token, &filing(&[]), address).await;
        assert_eq!(done.is_ok(), place < 10, "{place}");
    }
}

#[tokio::test]
async fn the_desk_shows_each_role_its_own_and_the_public_the_reply_only() {
    let mut stage = Stage::set(None).await;
    let (id, ..) = stage.filed(&[]).await;
    let case = format!("/desk/objections/{id}");
    let reply = format!("/desk/replies/{id}");
    let handler = stage.sign_in("handler", &[Role::CaseOfficer]).await;
    let reviewer = stage.sign_in("reviewer", &[Role::Reviewer]).await;
    let both = stage.sign_in("both", &[Role::CaseOfficer, Role::Reviewer]).await;
    let paths = ["/desk/objections", case.as_str(), "/desk/replies"];
    for (role, allowed) in [
        (Role::Editor, [false, false, false]),
        (Role::Auditor, [false, false, false]),
        (Role::Admin, [false, false, false]),
        (Role::CaseOfficer, [true, true, false]),
        (Role::Lead, [true, true, false]),
        (Role::Reviewer, [false, false, true]),
    ] {
        let signed = stage.sign_in(&format!("role-{}", role.code()), &[role]).await;
        for (path, allowed) in paths.iter().zip(allowed) {
            let status = stage.desk_get(&signed, path).await.status;
            let expected = if allowed { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{role:?} {path}");
        }
        let post = stage.desk_post(&signed, &format!("{case}/reveal"), &[]).await.status;
        assert_eq!(post == StatusCode::OK, matches!(role, Role::CaseOfficer | Role::Lead), "{role:?}");
    }
    assert_eq!(stage.get(&case).await.status, StatusCode::SEE_OTHER, "anonymous");

    let shown = stage.desk_get(&handler, &case).await.body;
    assert!(shown.contains("138****8000") && shown.contains("欧阳*"));
    for personal in PERSONAL {
        assert!(!shown.contains(personal), "not masked: {personal}");
    }
    let plain = stage.desk_post(&handler, &format!("{case}/reveal"), &[]).await;
    assert!(plain.body.contains("13812348000") && plain.body.contains("欧阳海棠"));
    assert_eq!(stage.desk_get(&reviewer, &reply).await.status, StatusCode::NOT_FOUND, "not proposed yet");
    let empty = stage.desk_post(&handler, &format!("{case}/act"), &[("do", "refuse"), ("version", "1")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("#f-reason"));
    // a command of the other route is none here
    let crossed = stage.desk_post(&both, &format!("{case}/act"), &[("do", "confirm"), ("version", "1")]).await;
    assert_eq!(crossed.status, StatusCode::UNPROCESSABLE_ENTITY);

    let act = |path: String, command: &'static str, version: &'static str| {
        vec![(path, command.to_owned(), version.to_owned())]
    };
    for (signed, (path, command, version), status) in [
        (&both, act(format!("{case}/act"), "propose", "1").remove(0), StatusCode::SEE_OTHER),
        (&both, act(format!("{reply}/act"), "confirm", "2").remove(0), StatusCode::UNPROCESSABLE_ENTITY),
        (&handler, act(format!("{reply}/act"), "confirm", "2").remove(0), StatusCode::FORBIDDEN),
        (&reviewer, act(format!("{reply}/act"), "confirm", "1").remove(0), StatusCode::UNPROCESSABLE_ENTITY),
        (&reviewer, act(format!("{reply}/act"), "confirm", "2").remove(0), StatusCode::SEE_OTHER),
    ] {
        let answer = stage.desk_post(signed, &path, &[("do", &command), ("version", &version)]).await;
        assert_eq!(answer.status, status, "{path} {command} {version}");
    }
    stage.follow().await;

    let page = stage.get(&format!("/penalties/{}", stage.penalty)).await.body;
    assert!(page.contains("以上为当事单位的说明，不代表发布单位的意见"));
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert") && !page.contains("<img src=x"));
    let api = stage.get(&format!("/api/v1/publications/{}", stage.penalty)).await.body;
    let api: serde_json::Value = serde_json::from_str(&api).unwrap();
    assert_eq!(api["replies"][0]["text"], HOSTILE);
    for personal in PERSONAL {
        assert!(!page.contains(personal) && !api.to_string().contains(personal), "public: {personal}");
    }
    let query = app::ports::AuditQuery { object: Some(id.to_string()), ..app::ports::AuditQuery::default() };
    let trail = app::ports::AuditTrail::audit_lines(&stage.house.db, &query, 50).await.unwrap().items;
    let deeds: Vec<&str> = trail.iter().rev().map(|line| line.deed.as_str()).collect();
    assert_eq!(
        deeds,
        [
            "objection_receive",
            "objection_reveal",
            "objection_reveal",
            "objection_reveal",
            "objection_propose",
            "objection_confirm"
        ]
    );
    assert!(trail.iter().all(|line| PERSONAL.iter().all(|plain| !line.detail.to_string().contains(plain))));

    // nothing of the contact data lies anywhere in plain: database, its log, index, public log
    stage.house.db.close().await;
    for personal in PERSONAL {
        assert_eq!(files_with(stage.dir.path(), personal), Vec::<String>::new(), "{personal}");
    }
    assert!(!files_with(stage.dir.path(), "海棠食品有限公司").is_empty(), "the search finds nothing at all");
}

#[tokio::test]
async fn contact_data_are_forgotten_a_year_after_the_end() {
    for stage in stages().await {
        let handler = officer(5, &[Role::CaseOfficer]);
        let (id, ..) = stage.filed(&[]).await;
        let (open, ..) = stage.filed(&[]).await;
        stage.objections.act(&handler, id, 1, Command::Refuse, said("与事实不符")).await.unwrap();
        let at = |days| {
            server::desk::DeskService::new(
                server::house::House {
                    clock: server::clock::Clock::fixed(stage::moment() + chrono::TimeDelta::days(days)),
                    ..stage.house.clone()
                },
                server::desk::Law::read(stage.dir.path()).unwrap(),
                Vec::new(),
            )
        };
        at(365).do_due().await.unwrap();
        assert!(stage.objections.case(&handler, id).await.unwrap().contact.is_some());
        at(366).do_due().await.unwrap();
        assert!(stage.objections.case(&handler, id).await.unwrap().contact.is_none());
        assert!(stage.objections.case(&handler, open).await.unwrap().contact.is_some());
    }
}
