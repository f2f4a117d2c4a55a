//! Citizens follow their cases over HTTP, as browsers without script do. On both databases.

#[path = "follow/after.rs"]
mod after;
#[path = "follow/taken.rs"]
mod taken;

use app::domain::{
    case::{Command, EndGround, RefusalGround},
    staff::Role,
};
use axum::http::{Method, StatusCode};
use server::cases::CaseReceipt;

use crate::stage::{Answer, PERSONAL, Stage, files_with, officer, said, stages};

pub(crate) const STATUS: &str = "/cases/status";

/// Somebody who has a receipt.
pub(crate) struct Citizen<'s> {
    pub(crate) stage: &'s Stage,
    pub(crate) number: String,
    pub(crate) code: String,
    pub(crate) peer: &'static str,
}

impl<'s> Citizen<'s> {
    pub(crate) fn of(stage: &'s Stage, receipt: &CaseReceipt, half: usize) -> Self {
        let (number, code) = (receipt.halves[half].number.clone(), receipt.code.clone().unwrap());
        Self { stage, number, code, peer: "203.0.113.9" }
    }

    pub(crate) async fn post_to(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = [("number", self.number.as_str()), ("code", self.code.as_str())];
        let fields: Vec<_> = key.iter().chain(fields).copied().collect();
        let headers = [("sec-fetch-site", "same-origin"), ("x-test-peer", self.peer)];
        self.stage.post_from(path, &fields, &headers).await
    }

    pub(crate) async fn look(&self) -> Answer {
        let answer = self.post_to(STATUS, &[("do", "look")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer
    }

    pub(crate) async fn act(&self, code: &str, fields: &[(&str, &str)]) -> Answer {
        let version = self.look().await.hidden("version");
        let all: Vec<_> = [("do", code), ("version", version.as_str())].iter().chain(fields).copied().collect();
        self.post_to(STATUS, &all).await
    }

    pub(crate) async fn does(&self, code: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.act(code, fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{code}: {}", answer.body);
        answer
    }

    /// The form with files.
    async fn send_file(&self, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let boundary = "----a-boundary";
        let mut body = Vec::new();
        let key = [("number", self.number.as_str()), ("code", self.code.as_str())];
        for (field, value) in key.iter().chain(fields) {
            body.extend_from_slice(
                format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!("--{boundary}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", kind.as_str()), ("x-test-peer", self.peer)];
        self.stage.send_bytes(Method::POST, STATUS, &headers, body).await
    }
}

/// A picture of one pixel.
fn png() -> Vec<u8> {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD
        .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
        .unwrap()
}

/// Nothing personal in plain, and no secret or number in any address of the page.
fn is_clean(answer: &Answer, citizen: &Citizen<'_>) {
    for personal in &PERSONAL[..4] {
        assert!(!answer.body.contains(personal), "{personal}");
    }
    let bare = citizen.code.replace('-', "");
    for part in answer.body.split(['"', '\'']).filter(|part| part.starts_with('/') || part.starts_with("http")) {
        assert!(!part.contains(&citizen.code) && !part.contains(&bare) && !part.contains(&citizen.number), "{part}");
    }
    assert!(!answer.head.contains(&citizen.code) && !answer.head.contains(&citizen.number), "{}", answer.head);
    assert!(answer.head.contains("no-store") && answer.head.contains("noindex"), "{}", answer.head);
}

#[tokio::test]
async fn the_right_code_opens_however_it_is_typed_and_shows_what_comes_next() {
    for stage in stages().await {
        let receipt = stage.file(&[]).await;
        let citizen = Citizen::of(&stage, &receipt, 0);
        let empty = stage.get(STATUS).await;
        assert_eq!(empty.status, StatusCode::OK);
        assert!(
            empty.head.contains("no-store") && empty.head.contains("noindex") && !empty.head.contains("set-cookie")
        );
        assert!(empty.body.contains("autocomplete=\"off\"") && !empty.body.contains("method=\"get\""));
        let page = citizen.look().await;
        for shown in [
            "待受理",
            "决定是否受理投诉并告知投诉人",
            "最迟2026年12月4日（星期五）",
            "还有 7 个工作日",
            "为什么是这一天",
            "第十五条",
            "收到您的投诉",
            "138****8000",
            "欧阳*",
        ] {
            assert!(page.body.contains(shown), "{shown}");
        }
        is_clean(&page, &citizen);
        assert!(!page.body.contains("<script>alert"), "what was typed is text");
        let typed = Citizen {
            number: format!(" {} ", citizen.number.to_lowercase().replace('-', " ")),
            code: citizen.code.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l"),
            ..citizen
        };
        assert!(typed.look().await.body.contains("待受理"));
        // in an address it opens nothing
        let address = format!("{STATUS}?number={}&code={}", receipt.halves[0].number, receipt.code.unwrap());
        let answer = stage.get(&address).await;
        assert!(!answer.body.contains("待受理") && !answer.body.contains("包子铺"));
        assert_eq!(stage.get("/cases/status/take").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn wrong_number_and_wrong_code_are_one_answer_and_too_many_wait() {
    for stage in stages().await {
        let receipt = stage.file(&[]).await;
        let right = Citizen::of(&stage, &receipt, 0);
        let wrong = |number: &str, code: &str| Citizen {
            stage: &stage,
            number: number.to_owned(),
            code: code.to_owned(),
            peer: right.peer,
        };
        let no_code = "00000-00000-00000-00000-00000";
        let guesses = [
            wrong("20261125-00000000", &right.code),
            wrong(&right.number, no_code),
            wrong("20261125-00000000", no_code),
            wrong(&right.number, ""),
            wrong("20261125-ZZZZZZZZ", "x"),
        ];
        let mut answers = Vec::new();
        for guess in &guesses {
            for (path, code) in
                [(STATUS, "look"), (STATUS, "withdraw"), ("/cases/status/take", ""), ("/cases/status/file", "")]
            {
                let answer = guess.post_to(path, &[("do", code), ("version", "1"), ("withdraw_said", "x")]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(answer.body.contains("编号或者查询码不对"));
                assert!(!answer.body.contains(no_code) && !answer.body.contains(&right.code), "never shown again");
                // the number alone stands where it was typed
                let shown = format!("value=\"{}\"", guess.number);
                assert!(guess.number.is_empty() || answer.body.contains(&shown));
                answers.push((answer.status, answer.head, answer.body.replace(&shown, "value=\"\"")));
            }
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the same bytes");
        // twenty were wrong: from this network even the right one waits, from another one it opens
        let waits = right.post_to(STATUS, &[("do", "look")]).await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(waits.body.contains("30 分钟后再试") && waits.head.contains("\"retry-after\": \"1800\""));
        let other = Citizen { peer: "203.0.113.10", ..Citizen::of(&stage, &receipt, 0) };
        other.look().await;
        let foreign = stage
            .post_from(STATUS, &[("number", &right.number), ("code", &right.code)], &[("sec-fetch-site", "cross-site")])
            .await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        assert!(!foreign.body.contains("待受理"));
    }
}

#[tokio::test]
async fn a_question_is_answered_with_text_and_files_which_only_their_author_gets() {
    for stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        let receipt = stage.file(&[]).await;
        let id = receipt.halves[0].id;
        let citizen = Citizen::of(&stage, &receipt, 0);
        stage.cases.act(&own, id, 1, Command::Take, said("")).await.unwrap();
        stage.cases.act(&own, id, 2, Command::Ask, said("请补小票照片")).await.unwrap();
        stage.cases.act(&own, id, 3, Command::Note, said("疑似职业打假")).await.unwrap();
        let page = citizen.look().await;
        assert!(page.body.contains("工作人员请您补充") && page.body.contains("请补小票照片"));
        assert!(!page.body.contains("职业打假") && !page.body.contains("officer5"), "what is between officers");
        let none = citizen.act("supplement", &[("supplement_said", "  ")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("id=\"f-supplement_said-error\""));
        let version = citizen.look().await.hidden("version");
        let fields = [("do", "supplement"), ("version", version.as_str()), ("supplement_said", "小票在这里")];
        // a wrong code takes no file in
        let thief = Citizen { code: "0".repeat(25), ..Citizen::of(&stage, &receipt, 0) };
        assert_eq!(thief.send_file(&fields, "x.png", &png()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let broken = citizen.send_file(&fields, "小票.exe", b"MZ....").await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(broken.body.contains("小票在这里"), "what was typed stays");
        let done = citizen.send_file(&fields, "小票.png", &png()).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert!(done.body.contains("已收到您补充的材料") && done.body.contains("待受理"), "{}", done.body);
        // sent once more, on a page that is too old
        let again = citizen.post_to(STATUS, &fields).await;
        assert!(again.body.contains("刚刚有了新进展"));
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let files = stage.web.evidence.of_case(id).await.unwrap();
        assert_eq!(files.len(), 1);
        let file = files[0].id.to_string();
        let got = citizen.post_to("/cases/status/file", &[("file", &file)]).await;
        assert_eq!(got.status, StatusCode::OK);
        assert!(got.head.contains("image/png") && got.head.contains("attachment"));
        let stranger = stage.file(&[("story", "别的事")]).await;
        let stranger = Citizen::of(&stage, &stranger, 0);
        for id in [file.as_str(), "x", ""] {
            let answer = stranger.post_to("/cases/status/file", &[("file", id)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        is_clean(&done, &citizen);
        for secret in PERSONAL.into_iter().chain([citizen.code.as_str(), "小票在这里", "小票.png"]) {
            assert_eq!(files_with(stage.dir.path(), secret), [] as [String; 0], "{secret}");
        }
    }
}

#[tokio::test]
async fn a_complaint_is_withdrawn_after_being_asked_and_a_report_is_not() {
    for stage in stages().await {
        let receipt = stage.file(&[("want", "both"), ("clue", "后厨有老鼠")]).await;
        let (complaint, report) = (Citizen::of(&stage, &receipt, 0), Citizen::of(&stage, &receipt, 1));
        let asked = complaint.act("ask_withdraw", &[]).await;
        assert!(asked.body.contains("确定撤回投诉吗") && asked.body.contains("举报照常办理"));
        assert!(complaint.look().await.body.contains("待受理"), "asked is not done");
        for code in ["ask_withdraw", "withdraw"] {
            let refused = report.act(code, &[]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{code}");
            assert!(refused.body.contains("举报不能撤回") && refused.body.contains("待核查"));
        }
        let gone = complaint.does("withdraw", &[("withdraw_said", "已经和解")]).await;
        assert!(gone.body.contains("投诉已撤回") && gone.body.contains("已撤回") && gone.body.contains("已经和解"));
        let late = complaint.act("withdraw", &[]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        // the other half stays; one code opens both, by their numbers
        let page = report.look().await;
        assert!(page.body.contains("待核查") && page.body.contains(&format!("查看 {}", complaint.number)));
        is_clean(&page, &report);
        // afterwards there are messages, and no material
        let late = complaint.act("supplement", &[("supplement_said", "x")]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("不能再补充"));
        assert!(complaint.does("message", &[("message_said", "他们没有退钱")]).await.body.contains("他们没有退钱"));
        let early = report.act("message", &[("message_said", "x")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn refused_and_ended_print_the_remedies_and_news_can_be_changed() {
    for stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        let refuse = Command::Refuse(RefusalGround::NotConsumer);
        let end = Command::End(EndGround::NoAgreement);
        for (commands, shown) in [
            (vec![Command::Take, refuse], "第十六条第（三）项"),
            (vec![Command::Take, Command::Accept, end], "第二十三条第一款第（三）项"),
        ] {
            let receipt = stage.file(&[]).await;
            for (version, command) in (1..).zip(&commands) {
                stage.cases.act(&own, receipt.halves[0].id, version, *command, said("理由")).await.unwrap();
            }
            let page = Citizen::of(&stage, &receipt, 0).look().await;
            for words in [shown, "与经营者协商和解", "消费者协会", "有关行政部门", "仲裁机构", "人民法院"]
            {
                assert!(page.body.contains(words), "{words}");
            }
        }
        let receipt = stage.file(&[]).await;
        let complaint = Citizen::of(&stage, &receipt, 0);
        let page = complaint.look().await;
        assert!(!page.body.contains("与经营者协商和解") && page.body.contains("不能关闭"));
        assert_eq!(complaint.act("news", &[("news", "no")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let receipt = stage.file(&[("want", "report"), ("anonymous", "no")]).await;
        let citizen = Citizen::of(&stage, &receipt, 0);
        let other = citizen.does("news", &[("news", "yes")]).await;
        assert!(other.body.contains("不再通知我"), "{}", other.body);
        assert!(citizen.does("news", &[("news", "no")]).await.body.contains("有进展时通知我"));
        assert_eq!(citizen.act("news", &[("news", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let silent = stage.file(&[("mail", "")]).await;
        assert!(Citizen::of(&stage, &silent, 0).look().await.body.contains("您没有留电子邮箱"));
        // acts from one network are bounded; looking is not
        let mut waited = false;
        for _ in 0..61 {
            let answer = citizen.act("news", &[("news", "no")]).await;
            waited = answer.status == StatusCode::TOO_MANY_REQUESTS;
            if waited {
                assert!(answer.body.contains("30 分钟后再试"));
                break;
            }
        }
        assert!(waited);
        citizen.look().await;
    }
}

#[tokio::test]
async fn the_number_of_somebody_elses_report_is_not_shown() {
    for stage in stages().await {
        let lead = officer(7, &[Role::Lead]);
        let report = [("want", "report"), ("anonymous", "yes")];
        let first = stage.file(&report).await;
        let other = stage.file(&report).await;
        for (version, command) in (1..).zip([Command::Take, Command::Check]) {
            stage.cases.act(&lead, first.halves[0].id, version, command, said("")).await.unwrap();
        }
        stage.cases.act(&lead, other.halves[0].id, 1, Command::Take, said("")).await.unwrap();
        let into = server::cases::With { into: Some(first.halves[0].id), ..said("") };
        stage.cases.act(&lead, other.halves[0].id, 2, Command::Merge, into).await.unwrap();
        let page = Citizen::of(&stage, &first, 0).look().await;
        assert!(page.body.contains("合并了重复的举报") && !page.body.contains(&other.halves[0].number));
        let merged = Citizen::of(&stage, &other, 0).look().await;
        assert!(merged.body.contains("已合并处理") && !merged.body.contains(&first.halves[0].number));
        // a clue found in a mediation is nobody's twin
        let receipt = stage.file(&[]).await;
        for (version, command) in (1..).zip([Command::Take, Command::Accept, Command::FindClue]) {
            stage.cases.act(&lead, receipt.halves[0].id, version, command, said("说明")).await.unwrap();
        }
        let page = Citizen::of(&stage, &receipt, 0).look().await;
        assert!(!page.body.contains("同一次提交的另一件") && !page.body.contains("发现违法线索"));
    }
}
