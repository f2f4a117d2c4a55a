//! The form, the letter, the button; and what nobody learns.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;

use super::stage::{MAIL, SHOP, Stage, files_with, form_of, penalty, stages, tip};

#[tokio::test]
async fn nobody_is_told_who_did_not_press_the_button() {
    for mut stage in stages().await {
        let shop = format!("operator:{}", stage.operator(SHOP).await);
        let form = stage.get(&form_of(&shop)).await;
        assert_eq!(form.status, StatusCode::OK);
        assert!(
            form.body.contains(SHOP)
                && form.body.contains("最多发 3 封确认邮件")
                && form.body.contains("最多提交 10 次")
        );
        let letter = stage.ask(&shop, "now", MAIL).await;
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), (MAIL, "请确认邮件订阅"));
        assert!(letter.text.contains(SHOP));
        let code = letter.code();
        assert!(letter.text.contains(&format!("https://spaq.example.cn/alerts/confirm#{code}")));
        // what programs do with links in letters
        assert_eq!(stage.get("/alerts/confirm").await.status, StatusCode::OK);
        assert_eq!(stage.get(&format!("/alerts/confirm?code={code}")).await.status, StatusCode::OK);
        stage.publish(&penalty(SHOP, 1)).await;
        assert!(stage.told().await.is_empty());
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 0));

        let confirmed = stage.post("/alerts/confirm", &[("code", &code)]).await;
        assert_eq!(confirmed.status, StatusCode::OK);
        assert!(confirmed.body.contains("订阅已经开始") && confirmed.body.contains(SHOP));
        assert!(!confirmed.body.contains(MAIL));
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 1));
        // what was before the button is not told
        assert!(stage.told().await.is_empty());
        stage.publish(&penalty(SHOP, 2)).await;
        let told = stage.told().await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].subject, format!("新公布 · 行政处罚：{SHOP}经营不合格食品案2"));
        assert!(stage.told().await.is_empty());
        // a second press changes nothing
        assert_eq!(stage.post("/alerts/confirm", &[("code", &code)]).await.status, StatusCode::OK);
        assert!(stage.told().await.is_empty());
    }
}

/// What a stranger sees of an answer.
async fn seen(stage: &Stage, topic: &str, mail: &str) -> (StatusCode, String, String) {
    let answer = stage.post(&form_of(topic), &[("mail", mail), ("pace", "daily")]).await;
    (answer.status, format!("{:?}", answer.headers), answer.body)
}

#[tokio::test]
async fn no_answer_tells_who_follows_what() {
    for stage in stages().await {
        let code = stage.subscribe("kind:penalty", "now", MAIL).await;
        stage.ask("kind:tip", "now", "other@example.cn").await;
        let confirmed = seen(&stage, "kind:penalty", MAIL).await;
        let unconfirmed = seen(&stage, "kind:tip", "other@example.cn").await;
        let new = seen(&stage, "kind:penalty", "third@example.cn").await;
        assert_eq!(confirmed, unconfirmed);
        assert_eq!(confirmed, new);
        let mut told: Vec<_> = stage.sent().await.into_iter().map(|sent| (sent.to, sent.subject)).collect();
        told.sort();
        // the one who has it is told so once a day; the first letter came less than a day ago
        let ask = |to: &str| (to.to_owned(), "请确认邮件订阅".to_owned());
        assert_eq!(told, [ask("other@example.cn"), ask("third@example.cn")]);
        stage.later(TimeDelta::hours(25));
        // the case of letters is no other address
        assert_eq!(seen(&stage, "kind:penalty", "LiHua@Example.cn").await, confirmed);
        assert_eq!(seen(&stage, "kind:penalty", MAIL).await, confirmed);
        let known = stage.sent().await;
        assert_eq!(known.iter().map(|sent| sent.subject.as_str()).collect::<Vec<_>>(), ["您已经订阅了这项内容"]);
        assert_eq!(known[0].code(), code);
        // a stranger's form does not change the pace
        let shown = stage.post("/alerts/manage", &[("code", &code)]).await;
        assert!(shown.body.contains("<dd>随时<"), "{}", shown.body);
    }
}

#[tokio::test]
async fn nobody_is_flooded_with_letters() {
    for stage in stages().await {
        let mut sent = 0;
        for topic in ["kind:tip", "kind:penalty", "kind:recall", "kind:notice", "kind:tip", "all"] {
            let answer = stage.post(&form_of(topic), &[("mail", MAIL), ("pace", "now")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            sent += stage.sent().await.len();
        }
        assert_eq!(sent, 3);
        // after two days nothing is left of it
        stage.later(TimeDelta::hours(49));
        assert_eq!(stage.alerter().tidy().await.unwrap(), 3);
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (0, 0));
        assert_eq!(stage.house.db.letter_counts().await.unwrap(), []);
        stage.ask("all", "now", MAIL).await;
    }
}

#[tokio::test]
async fn a_network_that_asks_too_often_has_to_wait() {
    for stage in stages().await {
        // requests without an address of a connection are not counted by it: the proxy's header needs one
        let far = [("sec-fetch-site", "same-origin")];
        for number in 0..12 {
            let mail = format!("a{number}@example.cn");
            let answer = stage.post_from(&form_of("all"), &[("mail", &mail), ("pace", "now")], &far).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }
        // the limit itself
        let service = server::alerts::AlertService::new(stage.house.clone(), stage.finder());
        let from = Some("192.0.2.7".parse().unwrap());
        let site = stage.site.borrow().clone();
        for number in 0..14 {
            let mail = app::domain::mail::Address::parse(&format!("b{number}@example.cn")).unwrap();
            let topic = app::domain::alert::Topic::All;
            let asked = service.ask(&topic, app::domain::alert::Pace::Now, &mail, from, &site).await;
            assert_eq!(asked.is_err(), number >= 10, "{number}");
        }
        stage.later(TimeDelta::minutes(31));
        let mail = app::domain::mail::Address::parse("c@example.cn").unwrap();
        let topic = app::domain::alert::Topic::All;
        assert!(service.ask(&topic, app::domain::alert::Pace::Now, &mail, from, &site).await.is_ok());
        // codes are not guessed
        for number in 0..32 {
            let wrong = service.open("AAAA", from).await.unwrap_err();
            assert_eq!(wrong.to_string() == "too many requests", number >= 30, "{number}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    for stage in stages().await {
        let form = form_of("kind:penalty");
        let wrong = stage.post(&form, &[("mail", "wang@@x"), ("pace", "now")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("value=\"wang@@x\"") && wrong.body.contains("邮箱格式不对"), "{}", wrong.body);
        let wrong = stage.post(&form, &[("mail", MAIL), ("pace", "hourly")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("请选择多久告诉您"));
        for topic in [
            "",
            "x",
            "kind:x",
            "operator:7",
            "operator:00000000-0000-0000-0000-000000000007",
            "category:点我领红包",
            "district:点我领红包",
            "search:year=x",
        ] {
            assert_eq!(stage.get(&form_of(topic)).await.status, StatusCode::NOT_FOUND, "{topic}");
            let sent = stage.post(&form_of(topic), &[("mail", MAIL), ("pace", "now")]).await;
            assert_eq!(sent.status, StatusCode::NOT_FOUND, "{topic}");
        }
        for code in ["", "x", &"A".repeat(40)] {
            let wrong = stage.post("/alerts/manage", &[("code", code), ("do", "end")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.body.contains("订阅码不对") && (code.len() < 2 || !wrong.body.contains(code)));
        }
        assert!(stage.sent().await.is_empty());
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (0, 0));
        // a search's words are shown on the page, not in the letter
        let letter = stage.ask("search:q=%E7%82%B9%E6%88%91%E9%A2%86%E7%BA%A2%E5%8C%85", "now", MAIL).await;
        assert!(!letter.raw.contains("红包") && !letter.text.contains("红包"));
        let shown = stage.post("/alerts/manage", &[("code", &letter.code())]).await;
        assert!(shown.body.contains("检索：“点我领红包”") && shown.body.contains("待确认"));
    }
}

#[tokio::test]
async fn forms_come_from_this_site_and_answers_are_not_kept() {
    for stage in stages().await {
        let code = stage.subscribe("all", "now", MAIL).await;
        for (path, fields) in [
            ("/alerts/new?topic=all", vec![("mail", "x@example.cn"), ("pace", "now")]),
            ("/alerts/confirm", vec![("code", code.as_str())]),
            ("/alerts/manage", vec![("code", code.as_str()), ("do", "end")]),
        ] {
            for foreign in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")] {
                let answer = stage.post_from(path, &fields, &[foreign]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {foreign:?}");
            }
            let json = stage.send(Method::POST, path, &[("content-type", "application/json")], "{}".into()).await;
            assert_eq!(json.status, StatusCode::BAD_REQUEST, "{path}");
        }
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 1));
        for path in
            ["/alerts/new?topic=all", "/alerts/sent", "/alerts/confirm", "/alerts/manage", "/alerts/unsubscribe"]
        {
            let answer = stage.get(path).await;
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
            assert_eq!(answer.headers["x-robots-tag"], "noindex, nofollow", "{path}");
            assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
            assert!(answer.body.contains("noindex"), "{path}");
        }
        for path in ["/alerts/sent", "/alerts/other"] {
            let answer = stage.post(path, &[]).await;
            assert!(answer.status.is_client_error(), "{path} {}", answer.status);
        }
    }
}

#[tokio::test]
async fn one_click_ends_and_a_look_does_not() {
    for mut stage in stages().await {
        stage.subscribe("kind:tip", "now", MAIL).await;
        stage.publish(&tip("储存提示")).await;
        let letter = stage.told().await.pop().unwrap();
        assert_eq!(letter.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
        let path = letter.unsubscribe();
        assert!(path.starts_with("/alerts/unsubscribe?c=") && path.len() == 62, "{path}");
        assert_eq!(letter.header("List-Unsubscribe"), Some(format!("<https://spaq.example.cn{path}>")));
        let page = stage.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.body.contains("method=\"post\"") && page.body.contains("name=\"List-Unsubscribe\""),
            "{}",
            page.body
        );
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 1));
        // neither the code of the page nor a body that says something else ends it
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let other = format!("/alerts/unsubscribe?c={}", letter.code());
        assert_eq!(stage.send(Method::POST, &other, &[kind], "List-Unsubscribe=One-Click".into()).await.status, 404);
        assert_eq!(stage.send(Method::POST, &path, &[kind], "List-Unsubscribe=Maybe".into()).await.status, 400);
        assert_eq!(stage.send(Method::POST, &path, &[], String::new()).await.status, 400);
        let end_code = path.split('=').nth(1).unwrap();
        assert_eq!(stage.post("/alerts/manage", &[("code", end_code), ("do", "end")]).await.status, 422);
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 1));
        // a mail program's request: another origin, no cookie
        let headers = [kind, ("origin", "https://mail.example.com"), ("sec-fetch-site", "cross-site")];
        let ended = stage.send(Method::POST, &path, &headers, "List-Unsubscribe=One-Click".into()).await;
        assert_eq!(ended.status, StatusCode::OK);
        assert!(ended.body.contains("已退订"));
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (0, 0));
        let again = stage.send(Method::POST, &path, &headers, "List-Unsubscribe=One-Click".into()).await;
        assert_eq!(again.status, StatusCode::OK);
        stage.publish(&tip("第二条")).await;
        assert!(stage.told().await.is_empty());
    }
}

#[tokio::test]
async fn one_click_may_come_as_multipart() {
    for stage in stages().await {
        stage.subscribe("all", "now", MAIL).await;
        let path = stage.ask("kind:tip", "now", MAIL).await.unsubscribe();
        let body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        let kind = ("content-type", "multipart/form-data; boundary=b");
        assert_eq!(stage.send(Method::POST, &path, &[kind], body.into()).await.status, StatusCode::OK);
        assert_eq!(stage.house.db.subscriptions().await.unwrap(), (1, 1));
    }
}

#[tokio::test]
async fn an_ended_subscription_leaves_nothing_behind() {
    for mut stage in stages().await {
        let code = stage.subscribe("all", "now", MAIL).await;
        stage.publish(&tip("储存提示")).await;
        stage.alerter().catch_up().await.unwrap();
        // neither what was sent nor what waits
        let ended = stage.post("/alerts/manage", &[("code", &code), ("do", "end")]).await;
        assert!(ended.body.contains("已退订"));
        assert_eq!(stage.house.db.letter_counts().await.unwrap(), []);
        assert!(stage.sent().await.is_empty());
        let again = stage.post("/alerts/manage", &[("code", &code), ("do", "end")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        if stage.url.is_none() {
            stage.house.db.close().await;
            assert_eq!(files_with(stage.dir.path(), "lihua"), Vec::<String>::new());
        }
    }
}
