//! Sessions: fixation, limits, ending them.

use app::domain::staff::Role;
use axum::http::StatusCode;
use server::auth::{Token, Who};

use crate::stage::{PASSWORD, stages};

#[tokio::test]
async fn the_token_changes_when_signing_in() {
    for stage in stages().await {
        let officer = stage.officer("zhou", &[Role::Reviewer]).await;
        // a token that somebody else put into the browser
        let planted = Token::random(&server::id::Ids::seeded(77)).text();
        let mut browser = stage.browser();
        browser.token = Some(planted.clone());
        browser.get("/desk/login").await;
        assert_eq!(browser.token.as_deref(), Some(planted.as_str()));
        browser.post("/desk/login", &[("name", "zhou"), ("password", PASSWORD)]).await;
        let between = browser.token.clone().unwrap();
        assert_ne!(between, planted);
        let code = stage.code(&officer);
        browser.post("/desk/login/code", &[("code", &code)]).await;
        let signed_in = browser.token.clone().unwrap();
        assert_ne!(signed_in, between);
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::OK);
        for old in [planted, between] {
            browser.token = Some(old);
            assert_eq!(browser.get("/desk/account").await.status, StatusCode::SEE_OTHER);
        }
        // the database has no token
        browser.token = Some(signed_in);
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn unused_and_old_sessions_end() {
    for stage in stages().await {
        let officer = stage.officer("wu.di", &[Role::Editor]).await;
        let mut browser = stage.signed_in(&officer).await;
        for _ in 0..23 {
            stage.pass(30 * 60 - 1);
            assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
        }
        // 11.5 hours old, used all the time: half an hour more and it is over
        stage.pass(30 * 60 - 1);
        assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
        stage.pass(30);
        assert_eq!(browser.get("/desk").await.status, StatusCode::SEE_OTHER, "twelve hours");

        let mut browser = stage.signed_in(&officer).await;
        stage.pass(30 * 60);
        assert_eq!(browser.get("/desk").await.status, StatusCode::SEE_OTHER, "half an hour unused");
        let answer = browser.post("/desk/account/password", &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.body.contains("需要重新登录"));
    }
}

#[tokio::test]
async fn a_code_is_awaited_for_ten_minutes() {
    for stage in stages().await {
        let officer = stage.officer("zheng", &[Role::Admin]).await;
        let first = stage.auth.sign_in("zheng", PASSWORD, None, &Who::default()).await.unwrap();
        stage.pass(570);
        let code = stage.code(&officer);
        assert!(stage.auth.second_factor(&first.token, &code, &Who::default()).await.is_err());
    }
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_and_all() {
    for stage in stages().await {
        let (own, other) = (stage.officer("own", &[Role::Editor]).await, stage.officer("other", &[Role::Editor]).await);
        let (mut here, mut there) = (stage.signed_in(&own).await, stage.signed_in(&own).await);
        let mut foreign = stage.signed_in(&other).await;
        let page = here.get("/desk/account").await;
        // each set-up began a session too
        assert_eq!(page.body.matches("action=\"/desk/account/sessions\"").count(), 2, "{}", page.body);
        let id = |page: &str| -> Vec<String> {
            page.match_indices("name=\"session\" value=\"")
                .map(|(at, found)| page[at + found.len()..][..36].to_owned())
                .collect()
        };
        let ids = id(&page.body);
        // another's session can't be ended
        let theirs = foreign.get("/desk/account").await;
        here.post("/desk/account/sessions", &[("session", &id(&theirs.body)[0])]).await;
        assert_eq!(id(&foreign.get("/desk/account").await.body).len(), 1);
        for id in &ids {
            here.post("/desk/account/sessions", &[("session", id)]).await;
        }
        assert_eq!(there.get("/desk").await.status, StatusCode::SEE_OTHER);
        assert_eq!(here.get("/desk").await.status, StatusCode::OK);

        // a changed password ends all others; the own one goes on with a new token
        let mut there = stage.signed_in(&own).await;
        let before = here.token.clone();
        let new = "另一个-Password-2027";
        let wrong = [("present", "wrong"), ("new", new), ("again", new)];
        let refused = here.post("/desk/account/password", &wrong).await;
        assert!(refused.body.contains("现在的密码不正确"));
        let same = [("present", PASSWORD), ("new", PASSWORD), ("again", PASSWORD)];
        assert!(here.post("/desk/account/password", &same).await.body.contains("不能和现在的密码相同"));
        let right = [("present", PASSWORD), ("new", new), ("again", new)];
        assert_eq!(here.post("/desk/account/password", &right).await.status, StatusCode::SEE_OTHER);
        assert_ne!(here.token, before);
        assert_eq!(here.get("/desk").await.status, StatusCode::OK);
        assert_eq!(there.get("/desk").await.status, StatusCode::SEE_OTHER);

        // so do a lock, a reset and changed roles
        let who = Who::default();
        stage.auth.lock_account(own.id, true, &who).await.unwrap();
        assert_eq!(here.get("/desk").await.status, StatusCode::SEE_OTHER);
        stage.auth.lock_account(own.id, false, &who).await.unwrap();
        assert_eq!(foreign.get("/desk").await.status, StatusCode::OK);
        stage.auth.set_roles(other.id, &[Role::CaseOfficer], &who).await.unwrap();
        assert_eq!(foreign.get("/desk").await.status, StatusCode::SEE_OTHER);
        let mut foreign = stage.signed_in(&other).await;
        stage.auth.reset_account(other.id, &who).await.unwrap();
        assert_eq!(foreign.get("/desk").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn guessing_ones_password_with_an_open_session_locks() {
    for stage in stages().await {
        let officer = stage.officer("feng", &[Role::Editor]).await;
        let mut browser = stage.signed_in(&officer).await;
        let fields = [("present", "wrong"), ("new", "另一个-Password-2027"), ("again", "另一个-Password-2027")];
        for _ in 0..5 {
            assert_eq!(browser.post("/desk/account/password", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(browser.get("/desk").await.status, StatusCode::SEE_OTHER);
        assert!(stage.auth.sign_in("feng", PASSWORD, None, &Who::default()).await.is_err());
    }
}

#[tokio::test]
async fn an_old_password_is_renewed_before_anything_else() {
    for stage in stages().await {
        let officer = stage.officer("chen", &[Role::Editor]).await;
        stage.pass(90 * 86_400);
        let mut browser = stage.signed_in(&officer).await;
        assert_eq!(browser.get("/desk").await.location(), "/desk/account/password");
        assert!(browser.get("/desk/account/password").await.body.contains("密码使用时间已到"));
        let fields = [("present", PASSWORD), ("new", "另一个-Password-2027"), ("again", "另一个-Password-2027")];
        assert_eq!(browser.post("/desk/account/password", &fields).await.location(), "/desk/account");
        assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_second_factor_is_replaced_and_codes_are_renewed() {
    for stage in stages().await {
        let officer = stage.officer("chu", &[Role::Reviewer]).await;
        let mut browser = stage.signed_in(&officer).await;
        let wrong = browser.post("/desk/account/recovery-codes", &[("password", "wrong")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let codes = browser.post("/desk/account/recovery-codes", &[("password", PASSWORD)]).await;
        assert_eq!(codes.body.matches("<li><code>").count(), 10);
        // the old ones are void
        let first = stage.auth.sign_in("chu", PASSWORD, None, &Who::default()).await.unwrap();
        assert!(stage.auth.second_factor(&first.token, &officer.codes[3], &Who::default()).await.is_err());

        let path = "/desk/account/second-factor/remove";
        let bad = browser.post(path, &[("present", PASSWORD), ("code", "000000")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = stage.code(&officer);
        let removed = browser.post(path, &[("present", PASSWORD), ("code", &code)]).await;
        assert_eq!(removed.location(), "/desk/account/second-factor");
        assert_eq!(browser.get("/desk").await.location(), "/desk/account/second-factor", "the role must have one");
    }
}
