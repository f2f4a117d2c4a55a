//! Signing in and out, and choosing a password with a set-up link.

use app::{
    forms::Filled,
    pages::desk::{CodeNext, PasswordRule, SetUp},
    text::desk as say,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

use super::{Access, Caller, Desk, DeskState};
use crate::{
    auth::{AccountError, PasswordFault, SignInError, SignedIn},
    config::DeskSettings,
    http::form::{Pairs, see_other},
};

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.get("/desk/login", Access::Anybody, show_login)
        .post("/desk/login", Access::Anybody, sign_in)
        .get("/desk/login/code", Access::Anybody, show_code)
        .post("/desk/login/code", Access::Anybody, code)
        .get("/desk/setup", Access::Anybody, show_set_up)
        .post("/desk/setup", Access::Anybody, set_up)
        .post("/desk/logout", Access::OwnAccount, sign_out)
}

/// Where to go after signing in: a page of the desk, of this site, written plainly. Anything else is the first page.
fn own_path(next: &str) -> &str {
    let is_desk = next == "/desk" || ["/desk/", "/desk?"].iter().any(|start| next.starts_with(start));
    let is_plain =
        next.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'#'));
    let is_entry = next.starts_with("/desk/login") || next.starts_with("/desk/setup");
    if is_desk && is_plain && !next.contains("//") && !is_entry { next } else { "/desk" }
}

fn is_signed_in(caller: &Caller) -> bool {
    caller.session.as_ref().is_some_and(|session| session.is_full)
}

async fn show_login(State(desk): State<DeskState>, caller: Caller) -> Response {
    let next = CodeNext(own_path(&caller.query("next").unwrap_or_default()).to_owned());
    if is_signed_in(&caller) {
        return see_other(&next.0);
    }
    desk.page(&caller, StatusCode::OK, move || provide_context(next.clone())).await
}

async fn sign_in(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let next = own_path(pairs.text("next")).to_owned();
    let password = pairs.get("password").unwrap_or_default();
    match desk.auth().sign_in(pairs.text("name"), password, Some(&caller.token), &caller.who).await {
        Ok(signed_in) => enter(&desk, &signed_in, &next),
        Err(error) => refuse(&desk, &caller, &pairs, error, say::WRONG, None).await,
    }
}

/// On to the code, or in.
fn enter(desk: &DeskState, signed_in: &SignedIn, next: &str) -> Response {
    let way = if signed_in.awaits_code {
        format!("/desk/login/code?next={}", form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>())
    } else {
        next.to_owned()
    };
    desk.with_token(&signed_in.token, see_other(&way))
}

/// The form once more; one sentence for whatever was wrong.
async fn refuse(
    desk: &DeskState,
    caller: &Caller,
    pairs: &Pairs,
    error: SignInError,
    wrong: &str,
    field: Option<&str>,
) -> Response {
    let (status, sentence) = match error {
        SignInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        SignInError::Wait => (StatusCode::TOO_MANY_REQUESTS, say::WAIT),
        SignInError::Gone => return see_other("/desk/login"),
        SignInError::Auth(error) => return desk.failed(&error),
    };
    let mut filled = pairs.filled();
    match field {
        Some(field) if status == StatusCode::UNPROCESSABLE_ENTITY => filled.refuse(field, sentence),
        _ => filled.refuse_all(sentence),
    }
    let next = CodeNext(own_path(pairs.text("next")).to_owned());
    let give = move || {
        provide_context(filled.clone());
        provide_context(next.clone());
    };
    desk.page(caller, status, give).await
}

async fn show_code(State(desk): State<DeskState>, caller: Caller) -> Response {
    let next = CodeNext(own_path(&caller.query("next").unwrap_or_default()).to_owned());
    match &caller.session {
        Some(session) if session.is_full => see_other(&next.0),
        Some(_) => desk.page(&caller, StatusCode::OK, move || provide_context(next.clone())).await,
        None => see_other("/desk/login"),
    }
}

async fn code(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    match desk.auth().second_factor(&caller.token, pairs.text("code"), &caller.who).await {
        Ok(signed_in) => enter(&desk, &signed_in, own_path(pairs.text("next"))),
        Err(error) => refuse(&desk, &caller, &pairs, error, say::WRONG_CODE, Some("code")).await,
    }
}

async fn sign_out(State(desk): State<DeskState>, caller: Caller) -> Response {
    let Some(session) = &caller.session else { return see_other("/desk/login") };
    match desk.auth().sign_out(session, &caller.who).await {
        Ok(()) => see_other("/desk/login"),
        Err(error) => desk.failed(&error),
    }
}

async fn show_set_up(State(desk): State<DeskState>, caller: Caller) -> Response {
    set_up_page(&desk, &caller, &caller.query("link").unwrap_or_default(), None).await
}

/// The page of a set-up link; one that says so where the link is not good.
async fn set_up_page(desk: &DeskState, caller: &Caller, link: &str, filled: Option<Filled>) -> Response {
    let (status, set_up) = match desk.auth().set_up_name(link).await {
        Ok(name) if filled.is_some() => (StatusCode::UNPROCESSABLE_ENTITY, Some(SetUp { name, link: link.to_owned() })),
        Ok(name) => (StatusCode::OK, Some(SetUp { name, link: link.to_owned() })),
        Err(AccountError::Auth(error)) => return desk.failed(&error),
        Err(_) => (StatusCode::NOT_FOUND, None),
    };
    let rule = password_rule(&desk.auth().settings);
    let give = move || {
        provide_context(rule);
        if let Some(set_up) = &set_up {
            provide_context(set_up.clone());
        }
        if let Some(filled) = &filled {
            provide_context(filled.clone());
        }
    };
    desk.page(caller, status, give).await
}

async fn set_up(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let (link, new) = (pairs.text("link"), pairs.get("new").unwrap_or_default());
    let mut filled = pairs.filled();
    if Some(new) != pairs.get("again") {
        filled.refuse("again", say::NOT_THE_SAME);
        return set_up_page(&desk, &caller, link, Some(filled)).await;
    }
    match desk.auth().set_up(link, new, &caller.who).await {
        Ok(signed_in) => desk.with_token(&signed_in.token, see_other("/desk")),
        Err(AccountError::Password(fault)) => {
            filled.refuse("new", fault_sentence(fault, &desk.auth().settings));
            set_up_page(&desk, &caller, link, Some(filled)).await
        }
        Err(AccountError::Auth(error)) => desk.failed(&error),
        Err(_) => set_up_page(&desk, &caller, "", None).await.into_response(),
    }
}

/// How long a password must be, for pages.
pub fn password_rule(settings: &DeskSettings) -> PasswordRule {
    PasswordRule {
        length: settings.password_length,
        mixed: settings.password_mixed_length,
        kinds: settings.password_mixed_kinds,
    }
}

/// Why a password is not taken.
pub fn fault_sentence(fault: PasswordFault, settings: &DeskSettings) -> String {
    let PasswordRule { length, mixed, kinds } = password_rule(settings);
    match fault {
        PasswordFault::Short => say::password_rule(length, mixed, kinds),
        PasswordFault::Long => say::PASSWORD_LONG.to_owned(),
        PasswordFault::Name => say::PASSWORD_NAME.to_owned(),
        PasswordFault::Common => say::PASSWORD_COMMON.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_gone_to() {
        for next in ["/desk", "/desk/audit", "/desk/audit?from=2026-01-01&staff=a", "/desk?x=1"] {
            assert_eq!(own_path(next), next);
        }
        for next in [
            "",
            "/",
            "/bulletins",
            "//evil.example/desk/",
            "https://evil.example/desk/",
            "/desk.evil.example",
            "/desk//evil.example",
            "/desk/\\evil.example",
            "/desk/a\r\nset-cookie: x",
            "/desk/ x",
            "/desk/中",
            "javascript:alert(1)",
            "/desk/login",
            "/desk/login/code",
            "/desk/setup?link=x",
            "/deskx",
            " /desk/audit",
        ] {
            assert_eq!(own_path(next), "/desk", "{next:?}");
        }
    }
}
