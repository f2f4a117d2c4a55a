//! A round from its draft to its result: what is public when, what can't be changed, what the log holds.

use app::{
    domain::{
        poll::{Command, Kind, Refusal, State},
        staff::Role,
    },
    ports::{PollError, Polls, PortError},
};
use axum::http::StatusCode;
use server::polls::With;

use crate::stage::{content, editor, officer, reviewer, stages};

#[tokio::test]
async fn it_is_public_after_two_officers_and_its_result_by_itself() {
    for mut stage in stages().await {
        let id = stage.polls.begin(&editor(), &content(Kind::Sampling, "2026-11-27")).await.unwrap();
        let page = format!("/polls/{id}");
        assert!(matches!(stage.polls.poll(id).await, Err(PortError::NotFound)));
        assert_eq!(stage.get(&page).await.status, StatusCode::NOT_FOUND);
        assert!(stage.get("/polls").await.body.contains("还没有开展过活动"));
        assert!(!stage.polls.is_used().await.unwrap());
        stage.act(&editor(), id, Command::Propose).await;
        assert_eq!(stage.get(&page).await.status, StatusCode::NOT_FOUND);
        stage.act(&reviewer(), id, Command::Confirm).await;
        stage.follow().await;
        let coming = stage.get(&page).await;
        assert_eq!((coming.status, coming.body.contains("即将开始")), (StatusCode::OK, true));
        assert!(!coming.body.contains("去投票"));
        let early = stage.get(&format!("{page}/vote")).await;
        assert_eq!((early.status, early.header("location")), (StatusCode::SEE_OTHER, page.clone()));

        stage.at("2026-11-25T02:01:00Z").await;
        let open = stage.get(&page).await;
        assert!(open.body.contains("去投票") && open.body.contains("你点我检 第1期") && open.body.contains("鲜切水果"));
        assert!(open.body.contains("工作人员也看不到"));
        assert_eq!(open.header("cache-control"), "public, no-cache");
        assert!(open.header("set-cookie").is_empty(), "a public page knows nobody");
        for food in ["0", "0", "2"] {
            let sent = stage.browser("192.0.2.9").vote(id, &[("q0", food)]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER);
        }
        // kept whole: voices change nothing of it, for nobody
        let again = stage.get(&page).await;
        assert_eq!((again.body == open.body, again.header("etag")), (true, open.header("etag")));
        let sheet = stage.polls.sheet(&editor(), id).await.unwrap();
        assert_eq!(sheet.voices, 3);
        assert!(stage.polls.poll(id).await.unwrap().outcome.is_none());

        stage.at("2026-11-27T15:59:59Z").await;
        assert_eq!(stage.polls.poll(id).await.unwrap().line.state, State::Open);
        stage.at("2026-11-27T16:00:00Z").await;
        let ended = stage.get(&page).await.body;
        for said in ["已结束", "n＝3 份", "66.7%", "列入抽检", "不是随机抽取的样本", "<svg", "抽检、检查还没有公布结果"]
        {
            assert!(ended.contains(said), "{said}");
        }
        assert!(!ended.contains("去投票"));
        // nothing was chosen twice as often as nothing
        assert_eq!(stage.polls.poll(id).await.unwrap().outcome.unwrap().questions[1].chosen, Vec::<usize>::new());

        // what was asked and the result stand in the log
        let revisions = stage.polls.poll(id).await.unwrap().revisions;
        assert_eq!(revisions.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
        let record = stage.get(&format!("/log/records/{id}/2")).await;
        assert_eq!(record.status, StatusCode::OK);
        assert!(record.body.contains(r#"\"result\":"#) && record.body.contains(r#"{\"count\":2}"#), "{}", record.body);
        assert!(stage.house.seal().await.unwrap() >= 2);
        assert_eq!(stage.get(&format!("/log/proofs/{id}/2")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_was_approved_and_counted_can_not_be_changed() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Inspection, "2026-11-25").await;
        for sql in [
            "UPDATE poll SET content = replace(content, '农贸市场', '某超市')",
            "UPDATE poll SET last_day = '2026-12-31'",
        ] {
            assert!(!stage.tried(sql).await, "{sql}");
        }
        let version = stage.polls.sheet(&editor(), id).await.unwrap().version;
        for command in [Command::Save, Command::TakeBack, Command::Discard, Command::Propose] {
            let with = With { content: Some(content(Kind::Inspection, "2026-12-20")), ..With::default() };
            let refused = stage.polls.act(&editor(), id, version, command, with).await;
            assert!(matches!(refused, Err(PollError::Refused(Refusal::NotNow))), "{command:?}");
        }
        stage.at("2026-11-26T00:00:00Z").await;
        for sql in ["UPDATE poll SET outcome = NULL", "UPDATE poll SET outcome = '{}'"] {
            assert!(!stage.tried(sql).await, "{sql}");
        }
        let before = stage.polls.poll(id).await.unwrap().outcome;
        stage.at("2026-11-27T00:00:00Z").await;
        assert_eq!(stage.polls.poll(id).await.unwrap().outcome, before, "counted twice");
        assert!(before.is_some());
        assert_eq!(stage.polls.poll(id).await.unwrap().revisions.len(), 2);
    }
}

#[tokio::test]
async fn a_stopped_round_says_why_and_keeps_nothing() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        stage.browser("192.0.2.9").vote(id, &[("q0", "0"), ("s0", "豆腐")]).await;
        let version = stage.polls.sheet(&editor(), id).await.unwrap().version;
        let stop = |said: &str| With { said: said.into(), ..With::default() };
        let person = stage.polls.act(&reviewer(), id, version, Command::Stop, stop("联系13812348000")).await;
        assert!(matches!(person, Err(PollError::Marks(1))));
        stage.polls.act(&reviewer(), id, version, Command::Stop, stop("选项写错了，<b>重新开展</b>")).await.unwrap();
        stage.at("2026-12-05T00:00:00Z").await;
        let page = stage.get(&format!("/polls/{id}")).await.body;
        assert!(
            page.contains("已终止，不公布结果。原因：") && page.contains("选项写错了，&lt;b&gt;重新开展"),
            "{page}"
        );
        assert!(!page.contains("结束后自动公布"));
        assert!(stage.polls.poll(id).await.unwrap().outcome.is_none());
        for sql in [
            "SELECT COUNT(*) FROM poll_count",
            "SELECT COUNT(*) FROM poll_mark",
            "SELECT COUNT(*) FROM poll_key",
            "SELECT COUNT(*) FROM poll_network",
        ] {
            assert_eq!(stage.number(sql).await, 0, "{sql}");
        }
    }
}

#[tokio::test]
async fn a_late_approval_and_an_old_page_are_refused() {
    for stage in stages().await {
        let id = stage.polls.begin(&editor(), &content(Kind::Sampling, "2026-11-30")).await.unwrap();
        let act = |by, version, command| {
            let polls = stage.polls.clone();
            async move { polls.act(&by, id, version, command, With { said: "原因".into(), ..With::default() }).await }
        };
        assert!(matches!(act(editor(), 7, Command::Propose).await, Err(PollError::Conflict)));
        act(editor(), 1, Command::Propose).await.unwrap();
        let own = act(officer(1, &[Role::Editor, Role::Reviewer]), 2, Command::Confirm).await;
        assert!(matches!(own, Err(PollError::Refused(Refusal::OwnWork))));
        stage.clock("2026-11-26T02:00:00Z");
        let late = act(reviewer(), 2, Command::Confirm).await;
        assert!(matches!(late, Err(PollError::Refused(Refusal::Day))));
        act(reviewer(), 2, Command::Return).await.unwrap();
        assert_eq!(stage.polls.sheet(&editor(), id).await.unwrap().returned.as_deref(), Some("原因"));
        act(editor(), 3, Command::Discard).await.unwrap();
        assert!(matches!(stage.polls.sheet(&editor(), id).await, Err(PollError::Port(PortError::NotFound))));
        // numbers of a kind have no gaps
        for (kind, issue) in [(Kind::Sampling, 1), (Kind::Sampling, 2), (Kind::Survey, 1)] {
            stage.clock("2026-11-25T02:00:00Z");
            let id = stage.polls.begin(&editor(), &content(kind, "2026-11-30")).await.unwrap();
            stage.act(&editor(), id, Command::Propose).await;
            stage.act(&reviewer(), id, Command::Confirm).await;
            assert_eq!(stage.polls.poll(id).await.unwrap().line.issue, Some(issue));
        }
    }
}
