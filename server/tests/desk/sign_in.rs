//! Signing in: one answer, lock-out, second factor, set-up links.

use app::domain::staff::Role;
use axum::http::StatusCode;
use server::{
    auth::{AccountError, SignInError, Token, Who, totp},
    config::DeskSettings,
};

use crate::stage::{PASSWORD, stages, stages_with};

const WRONG: &str = "账号或密码不正确，或者账号暂时锁定";

#[tokio::test]
async fn an_account_is_set_up_and_signed_in_to_through_the_pages() {
    for stage in stages().await {
        let admin = stage.officer("admin", &[Role::Admin]).await;
        let mut browser = stage.signed_in(&admin).await;
        let fields = [("name", " Zhang.San "), ("display_name", "张三"), ("role", "editor"), ("role", "reviewer")];
        let made = browser.post("/desk/accounts/new", &fields).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let at = made.body.find("https://spaq.example.cn/desk/setup?link=").unwrap();
        let link: String = made.body[at..].chars().take_while(|sign| *sign != '<').collect();
        assert!(made.headers["cache-control"] == "no-store" && made.headers["x-robots-tag"] == "noindex, nofollow");

        let mut browser = stage.browser();
        let page = browser.get(link.strip_prefix("https://spaq.example.cn").unwrap()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("zhang.san"));
        let token = page.hidden("link").unwrap();
        for (new, again, sentence) in [
            ("short", "short", "密码太短"),
            (PASSWORD, "other", "两次输入的密码不一样"),
            ("zhang.san2026", "zhang.san2026", "不能主要由账号名构成"),
        ] {
            let refused = browser.post("/desk/setup", &[("link", &token), ("new", new), ("again", again)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(sentence) && !refused.body.contains(new), "{new}");
        }
        let set = browser.post("/desk/setup", &[("link", &token), ("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!((set.status, set.location()), (StatusCode::SEE_OTHER, "/desk"));

        // the role asks for a second factor: nothing else can be reached before
        let desk = browser.get("/desk").await;
        assert_eq!(desk.location(), "/desk/account/second-factor");
        let page = browser.get("/desk/account/second-factor").await;
        let offer = page.hidden("offer").unwrap();
        let at = page.body.find("class=\"secret\">").unwrap() + 15;
        let secret: String =
            page.body[at..].chars().take_while(|sign| *sign != '<').filter(|sign| *sign != ' ').collect();
        let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let wrong = browser.post("/desk/account/second-factor", &[("offer", &offer), ("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body[..].contains(&page.body[at..at + 30]), "the same secret is offered again");
        let code = totp::code(&secret, totp::step(stage.now()));
        let done = browser.post("/desk/account/second-factor", &[("offer", &offer), ("code", &code)]).await;
        assert_eq!((done.status, done.body.matches("<li><code>").count()), (StatusCode::OK, 10));
        assert_eq!(browser.get("/desk").await.status, StatusCode::OK);

        // signing in anew: password, then code; the page asked for comes last
        let mut browser = stage.browser();
        let away = browser.get("/desk/account?x=1").await;
        assert_eq!(
            (away.status, away.location()),
            (StatusCode::SEE_OTHER, "/desk/login?next=%2Fdesk%2Faccount%3Fx%3D1")
        );
        let way = away.location().to_owned();
        let page = browser.get(&way).await;
        let next = page.hidden("next").unwrap();
        let fields = [("name", "ZHANG.SAN"), ("password", PASSWORD), ("next", next.as_str())];
        let first = browser.post("/desk/login", &fields).await;
        assert!(first.location().starts_with("/desk/login/code?next="), "{}", first.location());
        assert_eq!(browser.get("/desk/account").await.location(), "/desk/login/code?next=%2Fdesk%2Faccount");
        let replayed = browser.post("/desk/login/code", &[("code", &code), ("next", &next)]).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "a code that was used at enrolment");
        stage.pass(30);
        let code = totp::code(&secret, totp::step(stage.now()));
        let second = browser.post("/desk/login/code", &[("code", &code), ("next", &next)]).await;
        assert_eq!((second.status, second.location()), (StatusCode::SEE_OTHER, "/desk/account?x=1"));
        assert!(browser.get("/desk/account").await.body.contains("张三"));
        let out = browser.post("/desk/logout", &[]).await;
        assert_eq!(out.location(), "/desk/login");
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn wrong_name_wrong_password_and_locked_are_one_answer() {
    for stage in stages().await {
        stage.officer("wang", &[Role::Editor]).await;
        let mut bodies = Vec::new();
        let ask = async |name: &str, password: &str| {
            let mut browser = stage.browser();
            browser.get("/desk/login").await;
            let answer = browser.post("/desk/login", &[("name", name), ("password", password)]).await;
            let csrf = browser.csrf().unwrap();
            let body = answer.body.replace(&csrf, "T").replace(name, "N");
            (answer.status, answer.headers.contains_key("set-cookie"), body)
        };
        for _ in 0..4 {
            bodies.push(ask("wang", "wrong password").await);
        }
        bodies.push(ask("nobody", "wrong password").await);
        bodies.push(ask("wang", "").await);
        // locked now: the right password is refused with the same answer
        bodies.push(ask("wang", PASSWORD).await);
        let first = bodies[0].clone();
        assert_eq!(first.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(first.2.contains(WRONG) && !first.1);
        assert!(bodies.iter().all(|body| *body == first));

        // not extended by further attempts, and over after fifteen minutes
        stage.pass(899);
        assert_eq!(ask("wang", PASSWORD).await, first);
        stage.pass(1);
        assert_eq!(ask("wang", PASSWORD).await.0, StatusCode::SEE_OTHER);
        // failures before a success are forgotten
        for _ in 0..4 {
            ask("wang", "wrong password").await;
        }
        assert_eq!(ask("wang", PASSWORD).await.0, StatusCode::SEE_OTHER);
        for _ in 0..4 {
            ask("wang", "wrong password").await;
        }
        assert_eq!(ask("wang", PASSWORD).await.0, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn guesses_at_once_do_not_get_past_the_lock() {
    for stage in stages().await {
        stage.officer("zhao", &[Role::Editor]).await;
        let from = |host: u8| Who { address: Some([192, 0, 2, host].into()), ..Who::default() };
        let tries = (0..20_u8).map(|host| {
            let auth = stage.auth.clone();
            tokio::spawn(async move { auth.sign_in("zhao", "wrong password", None, &from(host)).await.is_err() })
        });
        for attempt in tries.collect::<Vec<_>>() {
            assert!(attempt.await.unwrap());
        }
        assert!(stage.auth.sign_in("zhao", PASSWORD, None, &from(99)).await.is_err());
        let trail = stage.trail().await;
        let open = trail.iter().filter(|entry| entry.deed == "sign_in" && entry.detail["open"] == true).count();
        assert_eq!(open, 5, "exactly as many as the settings say were tried against the open account");
    }
}

#[tokio::test]
async fn an_address_that_fails_too_often_waits() {
    let settings = DeskSettings { address_failures: 3, ..DeskSettings::default() };
    for stage in stages_with(settings).await {
        let officer = stage.officer("qian", &[Role::Editor]).await;
        let mut browser = stage.browser();
        browser.get("/desk/login").await;
        for name in ["a", "b", "c"] {
            let answer = browser.post("/desk/login", &[("name", name), ("password", "x")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let fields = [("name", officer.name.as_str()), ("password", PASSWORD)];
        assert_eq!(browser.post("/desk/login", &fields).await.status, StatusCode::TOO_MANY_REQUESTS);
        // a header that anybody can write changes nothing
        browser.headers.push(("x-forwarded-for", "198.51.100.7".into()));
        assert_eq!(browser.post("/desk/login", &fields).await.status, StatusCode::TOO_MANY_REQUESTS);
        let mut elsewhere = stage.browser();
        elsewhere.address = "198.51.100.9:1".parse().unwrap();
        elsewhere.get("/desk/login").await;
        assert_eq!(elsewhere.post("/desk/login", &fields).await.status, StatusCode::SEE_OTHER);
        stage.pass(900);
        assert_eq!(browser.post("/desk/login", &fields).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_code_is_taken_once_even_at_once() {
    for stage in stages().await {
        let officer = stage.officer("sun", &[Role::Reviewer]).await;
        let mut tokens = Vec::new();
        for _ in 0..4 {
            tokens.push(stage.auth.sign_in("sun", PASSWORD, None, &Who::default()).await.unwrap().token);
        }
        let code = stage.code(&officer);
        let tries = tokens.into_iter().map(|token| {
            let (auth, code) = (stage.auth.clone(), code.clone());
            tokio::spawn(async move { auth.second_factor(&token, &code, &Who::default()).await.is_ok() })
        });
        let mut taken = 0;
        for attempt in tries.collect::<Vec<_>>() {
            taken += u32::from(attempt.await.unwrap());
        }
        assert_eq!(taken, 1);

        // one recovery code, twice at once
        let mut tokens = Vec::new();
        for _ in 0..2 {
            tokens.push(stage.auth.sign_in("sun", PASSWORD, None, &Who::default()).await.unwrap().token);
        }
        let code = officer.codes[0].to_uppercase();
        let tries = tokens.into_iter().map(|token| {
            let (auth, code) = (stage.auth.clone(), code.clone());
            tokio::spawn(async move { auth.second_factor(&token, &code, &Who::default()).await.is_ok() })
        });
        let mut taken = 0;
        for attempt in tries.collect::<Vec<_>>() {
            taken += u32::from(attempt.await.unwrap());
        }
        assert_eq!(taken, 1);
    }
}

#[tokio::test]
async fn wrong_codes_lock_too_and_end_what_was_begun() {
    for stage in stages().await {
        let officer = stage.officer("li.si", &[Role::Auditor]).await;
        let who = Who::default();
        // a right password between wrong codes forgets nothing
        for round in 0..5 {
            let first = stage.auth.sign_in("li.si", PASSWORD, None, &who).await;
            let first = first.unwrap_or_else(|error| panic!("round {round}: {error}"));
            let wrong = stage.auth.second_factor(&first.token, "123123", &who).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)));
            if round == 4 {
                let code = stage.code(&officer);
                let gone = stage.auth.second_factor(&first.token, &code, &who).await;
                assert!(matches!(gone, Err(SignInError::Gone)), "{gone:?}");
            }
        }
        assert!(matches!(stage.auth.sign_in("li.si", PASSWORD, None, &who).await, Err(SignInError::Wrong)));
    }
}

#[tokio::test]
async fn a_set_up_link_is_good_once_and_for_its_time() {
    for stage in stages().await {
        let who = Who::default();
        let officer = stage.officer("wu", &[Role::Editor]).await;
        let link = async || {
            let (_, link) = stage.auth.reset_account(officer.id, &who).await.unwrap();
            link.path.split_once('=').unwrap().1.to_owned()
        };
        let first = link().await;
        assert!(stage.auth.sign_in("wu", PASSWORD, None, &who).await.is_err(), "a reset ends the password at once");
        let second = link().await;
        let gone = |done: Result<_, AccountError>| matches!(done, Err(AccountError::LinkGone));
        assert!(gone(stage.auth.set_up(&first, PASSWORD, &who).await), "replaced");
        stage.pass(72 * 3600 - 1);
        let late = link().await;
        assert!(gone(stage.auth.set_up(&second, PASSWORD, &who).await), "replaced");
        stage.pass(72 * 3600);
        assert!(gone(stage.auth.set_up(&late, PASSWORD, &who).await), "too old");

        let good = link().await;
        let twice = [good.clone(), good.clone()].map(|link| {
            let auth = stage.auth.clone();
            tokio::spawn(async move { auth.set_up(&link, PASSWORD, &Who::default()).await.is_ok() })
        });
        let mut taken = 0;
        for attempt in twice {
            taken += u32::from(attempt.await.unwrap());
        }
        assert_eq!(taken, 1);
        let unknown = Token::random(&server::id::Ids::seeded(9)).text();
        for link in [good.as_str(), "", "x", "中文", &unknown] {
            assert!(gone(stage.auth.set_up(link, PASSWORD, &who).await));
            let page = stage
                .browser()
                .get(&format!(
                    "/desk/setup?link={}",
                    form_urlencoded::byte_serialize(link.as_bytes()).collect::<String>()
                ))
                .await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.body.contains("链接不能使用"));
        }
        // locking takes a link away
        let link = link().await;
        stage.auth.lock_account(officer.id, true, &who).await.unwrap();
        assert!(gone(stage.auth.set_up(&link, PASSWORD, &who).await));
    }
}
