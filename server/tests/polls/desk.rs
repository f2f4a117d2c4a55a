//! The desk's forms: drafts, two officers, permissions of every command, personal data, links.

use app::{
    domain::{poll::Kind, staff::Role},
    ports::Polls,
};
use axum::http::StatusCode;
use server::store::BulletinDraft;

use crate::stage::{FOODS, Signed, Stage, reviewer, stages};

const TYPED: [(&str, &str); 9] = [
    ("title", "冬至点什么"),
    ("text", "咨询电话13812348000</textarea><script>alert(1)</script>"),
    ("first", "2026-11-26"),
    ("last", "2026-12-05"),
    ("foods", FOODS),
    ("items", ""),
    ("places", ""),
    ("most", "2"),
    ("top", "3"),
];

impl Stage {
    /// What the page of a round says of its version.
    async fn version(&self, signed: &Signed, page: &str) -> String {
        self.desk_get(signed, page).await.hidden("version")
    }

    async fn number_of(&self, sql: &'static str) -> i64 {
        self.number(sql).await
    }
}

fn bulletin() -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: "冬至抽检公告".into(),
        issue_no: None,
        published_on: "2026-11-20".parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples: vec![app::domain::sample::SampleDraft {
            product: "火锅底料".into(),
            verdict: Some(app::domain::sample::Verdict::Passed),
            ..Default::default()
        }],
        demo: false,
        publish: true,
        reason: None,
    }
}

#[tokio::test]
async fn a_draft_is_written_checked_and_approved_by_forms() {
    for stage in stages().await {
        let anna = stage.sign_in("anna", &[Role::Editor, Role::Reviewer]).await;
        let ben = stage.sign_in("ben", &[Role::Reviewer]).await;
        let wrong = stage.desk_post(&anna, "/desk/polls/new/sampling", &[("title", "冬至"), ("foods", "一个")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("至少两个选项") && wrong.body.contains("value=\"冬至\""));
        let made = stage.desk_post(&anna, "/desk/polls/new/sampling", &TYPED).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let page = made.header("location");
        let act = format!("{page}/act");
        let shown = stage.desk_get(&anna, &page).await;
        assert!(!shown.body.contains("<script>alert") && shown.body.contains("13812348000"));

        // a telephone is confirmed one by one, or taken out
        let version = stage.version(&anna, &page).await;
        let open = stage.desk_post(&anna, &act, &[("do", "propose"), ("version", &version)]).await;
        assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(open.body.contains("处个人信息没有核对"));
        let clean: Vec<(&str, &str)> =
            TYPED.iter().map(|(name, value)| (*name, if *name == "text" { "说明" } else { *value })).collect();
        let save = [&clean[..], &[("do", "save"), ("version", &version)]].concat();
        assert_eq!(stage.desk_post(&anna, &act, &save).await.status, StatusCode::SEE_OTHER);
        // two windows: the second is told, and keeps what was typed
        let late = stage.desk_post(&anna, &act, &save).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("刚才有人改过"));
        let version = stage.version(&anna, &page).await;
        let proposed = stage.desk_post(&anna, &act, &[("do", "propose"), ("version", &version)]).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER);

        // not by who wrote it, though she may approve what others wrote
        let version = stage.version(&anna, &page).await;
        let own = stage.desk_post(&anna, &act, &[("do", "confirm"), ("version", &version)]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own.body.contains("起草的人不能审核自己的内容"));
        for (do_it, said) in [("return", "请写明原因"), ("open", ""), ("end", ""), ("x", ""), ("save", "")] {
            let refused = stage.desk_post(&ben, &act, &[("do", do_it), ("version", &version)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{do_it}");
            assert!(refused.body.contains(said), "{do_it}");
        }
        let done = stage.desk_post(&ben, &act, &[("do", "confirm"), ("version", &version)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(stage.desk_get(&ben, "/desk/polls").await.body.contains("即将开始"));
        let deeds =
            stage.number_of("SELECT COUNT(*) FROM audit WHERE deed = 'poll_act' AND staff_id IS NOT NULL").await;
        assert_eq!(deeds, 4, "begun, saved, proposed, confirmed");
    }
}

/// Every command × role by the form: who may not gets nothing done, whatever the guard lets through.
#[tokio::test]
async fn commands_ask_for_their_own_permission() {
    for mut stage in stages().await {
        let open = stage.open(Kind::Sampling, "2026-11-30").await;
        let carl = stage.sign_in("carl", &[Role::CaseOfficer]).await;
        let dora = stage.sign_in("dora", &[Role::Editor]).await;
        let emil = stage.sign_in("emil", &[Role::Reviewer]).await;
        let act = format!("/desk/polls/{open}/act");
        for signed in [&carl, &dora] {
            let fields = [("do", "stop"), ("reason", "不要了"), ("version", "3")];
            let answer = stage.desk_post(signed, &act, &fields).await;
            assert!(!answer.status.is_success() && answer.status != StatusCode::SEE_OTHER, "{}", answer.status);
        }
        assert_eq!(stage.desk_post(&emil, "/desk/polls/new/sampling", &TYPED).await.status, StatusCode::FORBIDDEN);
        assert_eq!(stage.desk_get(&carl, "/desk/polls").await.status, StatusCode::FORBIDDEN);
        assert_eq!(stage.desk_get(&emil, "/desk/polls/new/sampling").await.status, StatusCode::FORBIDDEN);
        assert_eq!(stage.desk_get(&dora, "/desk/polls/new/penalty").await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.polls.poll(open).await.unwrap().line.state, app::domain::poll::State::Open);
        let sheet = stage.desk_get(&dora, &format!("/desk/polls/{open}")).await.body;
        assert!(sheet.contains("现在谁都看不到") && !sheet.contains("终止</button>"));
    }
}

#[tokio::test]
async fn suggestions_are_masked_and_never_public() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-25").await;
        let hostile = "豆腐<img src=x onerror=alert(1)> 13812348000";
        let sent = stage.browser("192.0.2.9").vote(id, &[("s0", hostile)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "a suggestion alone is a voice too");
        let dora = stage.sign_in("dora", &[Role::Editor]).await;
        let sheet = stage.desk_get(&dora, &format!("/desk/polls/{id}")).await.body;
        assert!(sheet.contains("豆腐&lt;img") && sheet.contains("〔通讯方式〕") && !sheet.contains("13812348000"));
        stage.at("2026-11-26T02:00:00Z").await;
        for path in [format!("/polls/{id}"), "/polls".into(), format!("/log/records/{id}/2")] {
            let page = stage.get(&path).await;
            assert!(page.status == StatusCode::OK && !page.body.contains("豆腐"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_result_is_linked_to_what_it_caused_by_two_officers() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-25").await;
        let saved = stage.house.db.save_bulletin(&bulletin(), &stage.house.ids, stage.house.clock.now()).await.unwrap();
        let bulletin = saved.id.unwrap();
        let (links, target) = (format!("/desk/polls/{id}/links"), format!("/bulletins/{bulletin}"));
        let early = stage.sign_in("early", &[Role::Editor]).await;
        let address = format!("https://spaq.example.cn{target}?verdict=failed");
        let early = stage.desk_post(&early, &links, &[("address", &address)]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "it is still open");
        stage.at("2026-11-26T02:00:00Z").await;
        let anna = stage.sign_in("anna", &[Role::Editor, Role::Reviewer]).await;
        let ben = stage.sign_in("ben", &[Role::Reviewer]).await;
        for wrong in ["", "x", "/bulletins/1", "/bulletins/00000000-0000-0000-0000-000000000001"] {
            let refused = stage.desk_post(&anna, &links, &[("address", wrong)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(refused.body.contains("没有关联"), "{wrong}");
        }
        assert_eq!(stage.desk_post(&anna, &links, &[("address", &address)]).await.status, StatusCode::SEE_OTHER);
        let twice = stage.desk_post(&anna, &links, &[("address", &address)]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        stage.follow().await;
        let page = format!("/polls/{id}");
        assert!(!stage.get(&page).await.body.contains("冬至抽检公告"), "public before it is confirmed");
        assert!(!stage.get(&target).await.body.contains("第1期"));

        let link = stage.polls.sheet(&reviewer(), id).await.unwrap().links[0].id.to_string();
        let confirm = format!("{links}/confirm");
        let own = stage.desk_post(&anna, &confirm, &[("link", &link)]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own.body.contains("提出关联的人不能自己确认"));
        let nothing = stage.desk_post(&ben, &confirm, &[("link", "x")]).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.desk_post(&ben, &confirm, &[("link", &link)]).await.status, StatusCode::SEE_OTHER);
        stage.follow().await;
        let shown = stage.get(&page).await.body;
        assert!(shown.contains("冬至抽检公告") && shown.contains(&target) && shown.contains("合格"), "{shown}");
        assert!(stage.get(&target).await.body.contains("由“你点我检”第1期产生"));

        // an editor alone does not take away what is public
        let dora = stage.sign_in("dora", &[Role::Editor]).await;
        let drop = format!("{links}/drop");
        let refused = stage.desk_post(&dora, &drop, &[("link", &link)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stage.desk_post(&ben, &drop, &[("link", &link)]).await.status, StatusCode::SEE_OTHER);
        stage.follow().await;
        assert!(!stage.get(&page).await.body.contains("冬至抽检公告"));
        assert!(!stage.get(&target).await.body.contains("第1期"));
        let deeds = stage.number("SELECT COUNT(*) FROM audit WHERE deed = 'poll_link'").await;
        assert_eq!(deeds, 3);
    }
}
