//! One voice in a period, exact counts, limits of networks, and nothing that tells whose it was.

use app::{
    domain::poll::{Command, Kind, Shown, State, Voice},
    ports::Polls,
};
use axum::http::StatusCode;
use server::polls::VoiceError;

use crate::stage::{address, files_with, reviewer, solved, stages, stages_with};

fn picks(picks: &[usize]) -> Voice {
    Voice { picks: vec![picks.to_vec(), Vec::new()], words: Vec::new() }
}

/// Two hundred browsers at once, each twice, from forty networks: each is counted once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn counts_are_exact_when_all_vote_at_once() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-25").await;
        let mut all = tokio::task::JoinSet::new();
        for number in 0..200_usize {
            let browser = stage.polls.new_browser(id);
            for _ in 0..2 {
                let (polls, browser) = (stage.polls.clone(), browser.clone());
                let from = Some(address(&format!("198.51.100.{}", number % 40)));
                all.spawn(async move {
                    let voice = picks(if number % 2 == 0 { &[0, 2] } else { &[1] });
                    polls.voice((id, Kind::Sampling), &browser, &voice, ("", ""), from).await
                });
            }
        }
        let (mut counted, mut before) = (0, 0);
        while let Some(done) = all.join_next().await {
            match done.unwrap() {
                Ok(()) => counted += 1,
                Err(VoiceError::Before) => before += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((counted, before), (200, 200));
        stage.at("2026-11-25T16:00:01Z").await;
        let outcome = stage.polls.poll(id).await.unwrap().outcome.unwrap();
        assert_eq!(outcome.voices, Shown::Count(200));
        assert_eq!(outcome.questions[0].counts, [100, 100, 100].map(Shown::Count));
        assert_eq!(outcome.questions[0].answered, Shown::Count(200));
        assert_eq!(outcome.questions[0].chosen, [0, 1, 2], "all are level");
    }
}

/// Voices and the end of a round at once: what was said to be counted is in the result.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_voice_is_lost_at_the_end() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-25").await;
        stage.clock("2026-11-25T15:59:59Z");
        let mut all = tokio::task::JoinSet::new();
        for number in 0..60_u8 {
            let (polls, browser) = (stage.polls.clone(), stage.polls.new_browser(id));
            let from = Some(address(&format!("198.51.100.{number}")));
            all.spawn(async move { polls.voice((id, Kind::Sampling), &browser, &picks(&[1]), ("", ""), from).await });
        }
        tokio::task::yield_now().await;
        stage.at("2026-11-25T16:00:00Z").await;
        let mut counted = 0;
        while let Some(done) = all.join_next().await {
            match done.unwrap() {
                Ok(()) => counted += 1,
                Err(VoiceError::NotOpen) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let poll = stage.polls.poll(id).await.unwrap();
        assert_eq!(poll.line.state, State::Ended);
        let outcome = poll.outcome.unwrap();
        assert_eq!(outcome.voices, Shown::Count(counted));
        assert_eq!(outcome.questions[0].counts[1], Shown::Count(counted));
    }
}

#[tokio::test]
async fn a_day_has_one_voice_and_the_next_day_another() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        let path = format!("/polls/{id}/vote");
        let cookie = {
            let mut browser = stage.browser("192.0.2.7");
            let form = browser.get(&path).await;
            assert_eq!(form.status, StatusCode::OK);
            assert_eq!(form.header("cache-control"), "no-store");
            let set = form.header("set-cookie");
            assert!(set.starts_with("__Secure-voice=") && set.contains(&format!("Path={path};")), "{set}");
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.ends_with("; Secure"), "{set}");
            assert!(!form.body.contains(" checked"), "something is chosen beforehand");
            let answer = browser.post(&path, &[("q0", "0"), ("q0", "1"), ("q1", "1")]).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, path.clone()));
            // the same again, with another choice, from another address: the browser had its voice
            for from in ["192.0.2.7", "203.0.113.9"] {
                let mut again = stage.browser(from);
                again.cookie.clone_from(&browser.cookie);
                assert!(again.get(&path).await.body.contains("今天已经投过"));
                let refused = again.post(&path, &[("q0", "2")]).await;
                assert_eq!(refused.status, StatusCode::CONFLICT);
                assert!(refused.body.contains("今天已经投过"));
            }
            browser.cookie.clone()
        };
        assert_eq!(stage.number("SELECT voices FROM poll").await, 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM poll_mark").await, 1);
        let marks = stage.number("SELECT COUNT(*) FROM poll_key").await;
        assert_eq!(marks, 1);

        // the day is over: its key, marks and networks are gone, and the browser may again
        stage.at("2026-11-25T16:00:00Z").await;
        for sql in
            ["SELECT COUNT(*) FROM poll_key", "SELECT COUNT(*) FROM poll_mark", "SELECT COUNT(*) FROM poll_network"]
        {
            assert_eq!(stage.number(sql).await, 0, "{sql}");
        }
        let mut browser = stage.browser("192.0.2.7");
        browser.cookie = cookie;
        assert_eq!(browser.vote(id, &[("q0", "0")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.vote(id, &[("q0", "0")]).await.status, StatusCode::CONFLICT);

        stage.at("2026-11-30T16:00:00Z").await;
        let outcome = stage.polls.poll(id).await.unwrap().outcome.unwrap();
        assert_eq!(outcome.voices, Shown::Count(2));
        assert_eq!(outcome.questions[0].counts, [2, 1, 0].map(Shown::Count));
        assert_eq!(outcome.questions[1].counts, [0, 1].map(Shown::Count));
        assert_eq!(outcome.questions[0].chosen, [0, 1]);
    }
}

#[tokio::test]
async fn a_survey_has_one_voice_in_the_whole_round_and_hides_small_counts() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Survey, "2026-12-10").await;
        let cookie = {
            let mut browser = stage.browser("192.0.2.7");
            let form = browser.get(&format!("/polls/{id}/vote")).await.body;
            assert!(!form.contains(" checked"), "something is chosen beforehand");
            let sent = browser.vote(id, &[("q0", "4"), ("q1", "0"), ("q2", "保存13812348000太久")]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER);
            browser.cookie.clone()
        };
        stage.at("2026-12-05T02:00:00Z").await;
        {
            let mut again = stage.browser("203.0.113.5");
            again.cookie = cookie;
            assert_eq!(again.vote(id, &[("q0", "0")]).await.status, StatusCode::CONFLICT);
            for number in 0..8 {
                let mark = if number < 6 { "3" } else { "" };
                let sent = stage.browser("203.0.113.5").vote(id, &[("q0", mark), ("q1", "1")]).await;
                assert_eq!(sent.status, StatusCode::SEE_OTHER);
            }
        }
        stage.at("2026-12-10T16:00:00Z").await;
        let outcome = stage.polls.poll(id).await.unwrap().outcome.unwrap();
        assert_eq!((outcome.voices, outcome.questions[0].answered), (Shown::Count(9), Shown::Count(7)));
        let [none, few, withheld] = [Shown::Count(0), Shown::Few, Shown::Withheld];
        assert_eq!(outcome.questions[0].counts, [none, none, none, withheld, few]);
        assert_eq!(outcome.questions[0].mean_tenths, None);
        assert_eq!(outcome.questions[1].counts, [few, withheld]);
        let page = stage.get(&format!("/polls/{id}")).await.body;
        for said in ["n＝9 份", "不是随机抽取的样本", "少于 5", "平均分不公布", "每个浏览器一份"]
        {
            assert!(page.contains(said), "{said}");
        }
        assert!(!page.contains("13812348000") && !page.contains("太久"), "words are for officers only");
        // exact counts are nowhere any more
        assert_eq!(stage.number("SELECT COUNT(*) FROM poll_count").await, 0);
        assert_eq!(stage.number("SELECT COUNT(*) FROM poll_key").await, 0);
        assert_eq!(stage.number("SELECT COUNT(*) FROM poll_mark").await, 0);
        let texts = stage.polls.sheet(&reviewer(), id).await.unwrap().texts;
        assert_eq!(texts[0].text, "保存〔通讯方式〕太久");
        stage.at("2027-12-12T02:00:00Z").await;
        assert_eq!(stage.number("SELECT COUNT(*) FROM poll_text").await, 0);
    }
}

#[tokio::test]
async fn what_is_wrong_is_not_counted_and_stays_typed() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        let other = stage.open(Kind::Sampling, "2026-11-30").await;
        let path = format!("/polls/{id}/vote");
        let mut browser = stage.browser("192.0.2.7");
        browser.get(&path).await;
        let long = "长".repeat(61);
        for (fields, said) in [
            (vec![], "还没有选"),
            (vec![("q0", "0"), ("q0", "1"), ("q0", "2")], "最多选 2 个"),
            (vec![("q0", "9")], "选项和这一页不符"),
            (vec![("q0", "0' OR 1=1 --")], "选项和这一页不符"),
            (vec![("q0", "1"), ("s0", &long)], "最多 60 字"),
            (vec![("q0", "-1"), ("s1", "</textarea><script>alert(1)</script>")], "选项和这一页不符"),
        ] {
            let answer = browser.post(&path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(answer.body.contains(said), "{fields:?}");
            assert!(!answer.body.contains("<script>alert"), "{fields:?}");
            if fields.contains(&("q0", "1")) {
                assert!(answer.body.contains("value=\"1\" checked"), "the choice is lost");
            }
        }
        // no cookie, a foreign one, a forged one, that of another round
        let mut elsewhere = stage.browser("192.0.2.7");
        elsewhere.get(&format!("/polls/{other}/vote")).await;
        let forged = browser.cookie.replace(browser.cookie.split('.').next_back().unwrap(), &"0".repeat(32));
        for cookie in ["", "__Secure-voice=x", "__Secure-voice=.", &forged, &elsewhere.cookie, "voice=1"] {
            let mut bare = stage.browser("192.0.2.7");
            cookie.clone_into(&mut bare.cookie);
            let answer = bare.post(&path, &[("q0", "1")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{cookie}");
            assert!(answer.body.contains("浏览器没有带回") && answer.body.contains("value=\"1\" checked"), "{cookie}");
            assert!(answer.header("set-cookie").starts_with("__Secure-voice="), "{cookie}");
        }
        // from elsewhere, or no form
        for headers in [
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![("sec-fetch-site", "cross-site")],
            vec![("origin", "https://spaq.example.cn"), ("sec-fetch-site", "same-site")],
        ] {
            let answer = browser.post_with(&path, &[("q0", "1")], &headers).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        }
        assert_eq!(stage.number("SELECT CAST(SUM(voices) AS BIGINT) FROM poll").await, 0);
        // what was no round, or is none any more
        for (path, status) in [
            ("/polls/x/vote".to_owned(), StatusCode::NOT_FOUND),
            (format!("/polls/{}/vote", uuid::Uuid::nil()), StatusCode::NOT_FOUND),
        ] {
            assert_eq!(browser.get(&path).await.status, status, "{path}");
            assert_eq!(browser.post(&path, &[("q0", "1")]).await.status, status, "{path}");
        }
        let browser_cookie = browser.cookie.clone();
        stage.act(&reviewer(), id, Command::Stop).await;
        let mut browser = stage.browser("192.0.2.7");
        browser.cookie = browser_cookie;
        assert_eq!(browser.post(&path, &[("q0", "1")]).await.status, StatusCode::CONFLICT);
        let gone = browser.get(&path).await;
        assert_eq!((gone.status, gone.header("location")), (StatusCode::SEE_OTHER, format!("/polls/{id}")));
        assert_eq!(stage.number("SELECT CAST(SUM(voices) AS BIGINT) FROM poll").await, 0);
    }
}

#[tokio::test]
async fn a_network_has_its_limits_and_work_gives_it_more() {
    for mut stage in stages_with("[polls]\nper_network = 4\nunproved = 2\n").await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        let path = format!("/polls/{id}/vote");
        for number in 0..3 {
            let answer = stage.browser("2001:db8:0:1200::1").vote(id, &[("q0", "0"), ("s0", "豆腐")]).await;
            let expected = if number < 2 { StatusCode::SEE_OTHER } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(answer.status, expected);
            if number == 2 {
                assert!(answer.body.contains("没有运行页面脚本") && answer.body.contains("上限"));
                assert!(answer.body.contains("豆腐"), "what was typed is lost");
            }
        }
        // the same line in another /64, with work
        for number in 0..5 {
            let mut browser = stage.browser("2001:db8:0:12ff::9");
            let challenge = browser.get(&path).await.hidden("challenge");
            let proof = solved(&challenge);
            let fields = [("q0", "1"), ("challenge", challenge.as_str()), ("proof", proof.as_str())];
            let answer = browser.post(&path, &fields).await;
            let expected = if number < 4 { StatusCode::SEE_OTHER } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(answer.status, expected, "{number}");
            if number == 4 {
                assert!(answer.body.contains("今天已经收到 4 份"));
            }
            // the proof of one browser is none of another
            let mut thief = stage.browser("2001:db8:0:12ff::9");
            thief.get(&path).await;
            assert_eq!(thief.post(&path, &fields).await.status, StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(stage.browser("2001:db8:0:1300::1").vote(id, &[("q0", "0")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(stage.number("SELECT voices FROM poll").await, 7);
        stage.at("2026-11-25T16:00:00Z").await;
        assert_eq!(stage.browser("2001:db8:0:1200::1").vote(id, &[("q0", "0")]).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn nothing_tells_whose_voice_it_was() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        let mut browser = stage.browser("203.0.113.77");
        assert_eq!(browser.vote(id, &[("q0", "0"), ("s1", "南门路巷口的摊子")]).await.status, StatusCode::SEE_OTHER);
        let token = browser.cookie.split('=').nth(1).unwrap().split('.').next().unwrap().to_owned();
        let trail = stage.number("SELECT COUNT(*) FROM audit WHERE deed = 'poll_act' AND staff_id IS NULL").await;
        assert_eq!(trail, 4, "begun, proposed, approved, opened: no voice is in the trail");
        let addresses = stage.number("SELECT COUNT(*) FROM audit WHERE entry LIKE '%203.0.113%'").await;
        assert_eq!(addresses, 0);
        if stage.url.is_none() {
            stage.house.db.close().await;
            for plain in [token.as_str(), "203.0.113.77", "南门路巷口"] {
                assert_eq!(files_with(stage.dir.path(), plain), Vec::<String>::new(), "{plain}");
            }
        }
    }
}

/// Another process over the same data: the browser still had its voice.
#[tokio::test]
async fn a_restart_gives_no_second_voice() {
    for mut stage in stages().await {
        let id = stage.open(Kind::Sampling, "2026-11-30").await;
        let mut browser = stage.browser("203.0.113.77");
        browser.vote(id, &[("q0", "0")]).await;
        let cookie = browser.cookie.clone();
        let crate::stage::Stage { dir, url, house, .. } = stage;
        house.db.close().await;
        drop(house);
        let stage = crate::stage::Stage::set(dir, url, "2026-11-25T03:00:00Z").await;
        let mut browser = stage.browser("203.0.113.77");
        browser.cookie = cookie;
        assert_eq!(browser.vote(id, &[("q0", "1")]).await.status, StatusCode::CONFLICT);
        assert_eq!(stage.number("SELECT voices FROM poll").await, 1);
    }
}
