//! Forms of the desk: where they come from, how large they are, where they lead.

use app::domain::staff::Role;
use axum::http::StatusCode;

use crate::stage::{BASE, PASSWORD, stages};

#[tokio::test]
async fn a_form_needs_its_sessions_token_and_this_site() {
    for stage in stages().await {
        let officer = stage.officer("jiang", &[Role::Admin]).await;
        let mut other = stage.signed_in(&stage.officer("shen", &[Role::Admin]).await).await;
        let mut browser = stage.signed_in(&officer).await;
        let fields = [("name", "new.one"), ("display_name", "新"), ("role", "editor")];
        let path = "/desk/accounts/new";
        let foreign = other.csrf().unwrap();
        for csrf in [None, Some(""), Some("x"), Some(foreign.as_str()), browser.token.clone().as_deref()] {
            let answer = browser.post_raw(path, csrf, &fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{csrf:?}");
            assert!(answer.body.contains("不是来自您当前登录的页面"));
        }
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            browser.headers = vec![(name, value.to_owned())];
            assert_eq!(browser.post(path, &fields).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        browser.headers = vec![("origin", BASE.to_owned()), ("sec-fetch-site", "same-origin".to_owned())];
        assert_eq!(browser.post(path, &fields).await.status, StatusCode::OK);
        // what was refused was not done
        assert!(stage.trail().await.iter().filter(|entry| entry.deed == "account_add").count() == 3);
        assert_eq!(other.get("/desk").await.status, StatusCode::OK);

        // signing in too: nobody is signed in to another's account by another's page
        let mut browser = stage.browser();
        browser.get("/desk/login").await;
        let fields = [("name", "jiang"), ("password", PASSWORD)];
        assert_eq!(browser.post_raw("/desk/login", None, &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post_raw("/desk/login", Some(&foreign), &fields).await.status, StatusCode::FORBIDDEN);
        let mut without_cookie = stage.browser();
        assert_eq!(without_cookie.post("/desk/login", &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.post("/desk/login", &fields).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn what_is_too_large_or_no_form_gets_a_page() {
    let stage = stages().await.remove(0);
    let mut browser = stage.browser();
    browser.get("/desk/login").await;
    let large = "字".repeat(1 << 20);
    let answer = browser.post("/desk/login", &[("name", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("内容太大"));
}

#[tokio::test]
async fn what_was_typed_is_kept_and_errors_stand_beside() {
    let stage = stages().await.remove(0);
    let mut browser = stage.signed_in(&stage.officer("han", &[Role::Admin]).await).await;
    let typed = "<script>x</script>\"张";
    let fields = [("name", "HAN"), ("display_name", typed), ("role", "case_officer"), ("role", "nonsense")];
    let answer = browser.post("/desk/accounts/new", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body = &answer.body;
    assert!(body.contains("<title>有误：新建账号_工作台"), "{body}");
    assert!(body.contains("value=\"&lt;script&gt;x&lt;/script&gt;&quot;张\""), "{body}");
    assert!(!body.contains("<script>x"));
    assert!(body.contains("href=\"#f-name\"") && body.contains("id=\"f-name-error\""));
    assert!(body.contains("aria-invalid=\"true\"") && body.contains("已经有人使用"));
    let checked = body.match_indices("checked").count();
    assert_eq!(checked, 1, "the chosen role stays chosen");
    let refused = browser.post("/desk/accounts/new", &[("name", "中文")]).await;
    for sentence in ["账号只能用", "请填写姓名", "请至少选择一个角色"] {
        assert_eq!(refused.body.matches(sentence).count(), 2, "{sentence}: in the summary and beside the field");
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let stage = stages().await.remove(0);
    stage.officer("yang", &[Role::Editor]).await;
    for next in
        ["https://evil.example/desk/", "//evil.example", "/desk//evil.example", "/desk/\\evil.example", "/bulletins"]
    {
        let mut browser = stage.browser();
        let way = form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>();
        let page = browser.get(&format!("/desk/login?next={way}")).await;
        assert_eq!(page.hidden("next").as_deref(), Some("/desk"), "{next}");
        let answer = browser.post("/desk/login", &[("name", "yang"), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/desk"), "{next}");
    }
}

#[tokio::test]
async fn an_address_without_an_id_leads_nowhere_in_chinese() {
    let stage = stages().await.remove(0);
    let mut browser = stage.signed_in(&stage.officer("wei", &[Role::Admin]).await).await;
    let answer = browser.post("/desk/accounts/not-an-id/lock", &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("没有") && !answer.body.contains("UUID"), "{}", answer.body);
}
