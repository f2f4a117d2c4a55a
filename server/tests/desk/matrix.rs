//! Every route of the desk × every role: allowed or refused as the role table says. Anonymous gets nothing.

use app::domain::staff::Role;
use axum::http::{Method, StatusCode};
use server::http::desk::{Access, rules};

use crate::stage::{Officer, stages};

const TITLES: [&str; 5] = ["审计记录", "新建账号", "我的账号", "登录中的设备", "官员"];

/// A path with something in its parts: the account, and what no publication is called.
fn filled(path: &str, officer: &Officer) -> String {
    let id = officer.id.to_string();
    let path = path.replace("{id}", &id).replace("{attachment}", &id).replace("{kind}", "penalty");
    assert!(!path.contains('{'), "{path}: the test must know what to put in");
    path
}

#[tokio::test]
async fn every_route_for_every_role() {
    for stage in stages().await {
        let table = rules(&stage.web);
        assert!(table.len() >= 25 && table.iter().any(|rule| rule.method == Method::POST));
        let mut officers: Vec<(Role, Officer)> = Vec::new();
        for role in Role::ALL {
            officers.push((role, stage.officer(&format!("m-{}", role.code().replace('_', "-")), &[role]).await));
        }
        for (round, rule) in table.iter().enumerate() {
            for (role, officer) in &officers {
                // the target of an act is somebody else, new each time
                let other =
                    stage.officer(&format!("t{round}-{}", role.code().replace('_', "-")), &[Role::Editor]).await;
                let path = filled(rule.path, &other);
                let mut browser = stage.signed_in(officer).await;
                let answer = match rule.method {
                    Method::GET => browser.get(&path).await,
                    _ => browser.post(&path, &[]).await,
                };
                let allowed = match rule.access {
                    Access::Needs(permission) => role.may(permission),
                    _ => true,
                };
                let at = format!("{} {path} as {role:?}: {}", rule.method, answer.status);
                let is_refused = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
                assert_eq!(is_refused, !allowed, "{at}");
                assert!(!answer.status.is_server_error(), "{at}");
                assert_eq!(answer.headers["cache-control"], "no-store", "{at}");
                if allowed {
                    continue;
                }
                assert!(answer.body.contains("没有权限"), "{at}");
                let last = stage.trail().await.pop().unwrap();
                assert_eq!((last.deed.as_str(), last.outcome.as_str()), ("access", "refused"), "{at}");
                assert_eq!(last.object, Some(format!("{} {path}", rule.method)), "{at}");
            }
        }
    }
}

#[tokio::test]
async fn anonymous_gets_nothing_of_the_desk() {
    for stage in stages().await {
        let officer = stage.officer("someone", &[Role::Editor]).await;
        for rule in rules(&stage.web) {
            let path = filled(rule.path, &officer);
            let mut browser = stage.browser();
            let answer = match rule.method {
                Method::GET => browser.get(&path).await,
                _ => browser.post(&path, &[]).await,
            };
            let at = format!("{} {path}: {}", rule.method, answer.status);
            match (rule.access, &rule.method) {
                (Access::Anybody, _) => {}
                (_, &Method::GET) => {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{at}");
                    assert!(answer.location().starts_with("/desk/login"), "{at}");
                }
                _ => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{at}"),
            }
            assert!(TITLES.iter().all(|title| !answer.body.contains(title)), "{at}: {}", answer.body);
            assert_eq!(answer.headers["cache-control"], "no-store", "{at}");
        }
        // no other writing of an address leads in
        for path in [
            "/desk/accounts/",
            "/desk//accounts",
            "/desk/accounts%2F",
            "/%64esk/accounts",
            "/desk/%61ccounts",
            "/desk/message",
            "/desk/../desk/accounts",
            "/DESK/accounts",
            "/desk/accounts/..%2faudit",
            "/desk/accounts/new/",
        ] {
            let answer = stage.browser().get(path).await;
            assert!(answer.status != StatusCode::OK, "{path}");
            assert!(TITLES.iter().all(|title| !answer.body.contains(title)), "{path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn what_a_role_may_not_do_is_not_shown() {
    let stage = stages().await.remove(0);
    for (role, shown) in
        [(Role::Editor, vec![]), (Role::Auditor, vec!["/desk/audit"]), (Role::Admin, vec!["/desk/accounts"])]
    {
        let officer = stage.officer(&format!("v-{}", role.code()), &[role]).await;
        let page = stage.signed_in(&officer).await.get("/desk").await;
        for href in ["/desk/audit", "/desk/accounts"] {
            assert_eq!(page.body.contains(&format!("href=\"{href}\"")), shown.contains(&href), "{role:?} {href}");
        }
    }
}

#[tokio::test]
async fn an_administrator_does_not_touch_their_own_account() {
    for stage in stages().await {
        let admin = stage.officer("boss", &[Role::Admin]).await;
        let mut browser = stage.signed_in(&admin).await;
        for (act, deed) in [("roles", "account_roles"), ("lock", "account_lock"), ("reset", "account_reset")] {
            let fields = [("role", "admin"), ("role", "reviewer")];
            let answer = browser.post(&format!("/desk/accounts/{}/{act}", admin.id), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
            assert!(answer.body.contains("不能在这里修改自己的账号"), "{act}");
            let last = stage.trail().await.pop().unwrap();
            assert_eq!((last.deed.as_str(), last.outcome.as_str()), (deed, "refused"));
        }
        // another's roles change with a trace of what they were
        let other = stage.officer("clerk", &[Role::Editor]).await;
        let answer = browser.post(&format!("/desk/accounts/{}/roles", other.id), &[("role", "reviewer")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let last = stage.trail().await.pop().unwrap();
        assert_eq!((last.staff.as_deref(), last.object.as_deref()), (Some("boss"), Some("clerk")));
        assert_eq!((&last.detail["before"][0], &last.detail["after"][0]), (&"editor".into(), &"reviewer".into()));
        assert_eq!(last.address.as_deref(), Some("192.0.2.1"));
    }
}
