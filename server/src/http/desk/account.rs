//! One's own account.

use app::{
    domain::mail::Address,
    pages::desk::{Enrolment, NewCodes, RenewalDue},
    text::{desk as say, letter},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{
    Access, Caller, Desk, DeskState,
    login::{fault_sentence, password_rule},
    render::at,
};
use crate::{
    auth::{AccountError, Duty, RecoveryCodes, Session},
    http::form::{Pairs, see_other},
};

const SECOND_FACTOR: &str = "/desk/account/second-factor";

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk", Access::SignedIn)
        .page("/desk/account", Access::SignedIn)
        .post("/desk/account/sessions", Access::SignedIn, end_session)
        .post("/desk/account/mail", Access::SignedIn, mail)
        .get("/desk/account/password", Access::OwnAccount, show_password)
        .post("/desk/account/password", Access::OwnAccount, password)
        .get(SECOND_FACTOR, Access::OwnAccount, show_second_factor)
        .post(SECOND_FACTOR, Access::OwnAccount, enrol)
        .post("/desk/account/second-factor/remove", Access::SignedIn, remove)
        .post("/desk/account/recovery-codes", Access::SignedIn, recovery_codes)
}

/// The session of whoever is signed in: the guard lets nobody else through.
fn own(caller: &Caller) -> Result<&Session, Box<Response>> {
    caller.session.as_ref().ok_or_else(|| Box::new(see_other("/desk/login")))
}

macro_rules! own {
    ($caller:expr) => {
        match own(&$caller) {
            Ok(session) => session,
            Err(response) => return *response,
        }
    };
}

async fn end_session(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let session = own!(caller);
    let Ok(id) = Uuid::try_parse(pairs.text("session")) else { return see_other("/desk/account") };
    match desk.auth().end_session(session, id, &caller.who).await {
        Ok(_) => see_other("/desk/account"),
        Err(error) => desk.failed(&error),
    }
}

async fn mail(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let session = own!(caller);
    let typed = pairs.text("mail").trim();
    let address = match (typed, Address::parse(typed)) {
        ("", _) => None,
        (_, Ok(address)) => Some(address),
        (_, Err(fault)) => {
            let mut filled = pairs.filled();
            filled.refuse("mail", letter::address_fault(fault));
            return desk.again_at("/desk/account", &caller, filled).await;
        }
    };
    match desk.web.cases.set_own_mail(session.staff, address.as_ref()).await {
        Ok(()) => see_other("/desk/account"),
        Err(error) => desk.failed_port(&error),
    }
}

async fn show_password(State(desk): State<DeskState>, caller: Caller) -> Response {
    let rule = password_rule(&desk.auth().settings);
    let is_due = own!(caller).duty == Some(Duty::RenewPassword);
    let give = move || {
        provide_context(rule);
        if is_due {
            provide_context(RenewalDue);
        }
    };
    desk.page(&caller, StatusCode::OK, give).await
}

async fn password(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let (session, auth) = (own!(caller), desk.auth());
    let value = |name| pairs.get(name).unwrap_or_default();
    let mut filled = pairs.filled();
    if value("new") == value("again") {
        match auth.change_password(session, value("present"), value("new"), &caller.who).await {
            Ok(signed_in) => return desk.with_token(&signed_in.token, see_other("/desk/account")),
            Err(AccountError::Auth(error)) => return desk.failed(&error),
            Err(AccountError::Password(fault)) => filled.refuse("new", fault_sentence(fault)),
            Err(AccountError::SamePassword) => filled.refuse("new", say::SAME_PASSWORD),
            Err(_) => filled.refuse("present", say::WRONG_PRESENT),
        }
    } else {
        filled.refuse("again", say::NOT_THE_SAME);
    }
    let rule = password_rule(&auth.settings);
    desk.again_with(&caller, filled, move || provide_context(rule)).await
}

async fn show_second_factor(State(desk): State<DeskState>, caller: Caller) -> Response {
    if own!(caller).has_second_factor {
        return desk.page(&caller, StatusCode::OK, || ()).await;
    }
    match offer(&desk, &caller, None) {
        Ok(enrolment) => desk.page(&caller, StatusCode::OK, move || provide_context(enrolment.clone())).await,
        Err(response) => *response,
    }
}

fn offer(desk: &DeskState, caller: &Caller, again: Option<&str>) -> Result<Enrolment, Box<Response>> {
    let session = own(caller)?;
    let name = desk.web.site.borrow().name.clone();
    let issuer = if name.is_empty() { say::DESK } else { &name };
    let offered = desk.auth().offer_second_factor(session.staff, &session.name, issuer, again);
    let offered = offered.map_err(|error| Box::new(desk.failed(&error)))?;
    let (side, path) = offered.picture;
    let is_duty = session.duty == Some(Duty::Enrol);
    Ok(Enrolment { text: offered.text, side, path, sealed: offered.sealed, is_duty })
}

async fn enrol(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let session = own!(caller);
    match desk.auth().enrol(session, pairs.text("offer"), pairs.text("code"), &caller.who).await {
        Ok(codes) => show_codes(&desk, &caller, codes).await,
        Err(AccountError::WrongCode) => {
            let mut filled = pairs.filled();
            filled.refuse("code", say::WRONG_CODE);
            match offer(&desk, &caller, Some(pairs.text("offer"))) {
                Ok(enrolment) => desk.again_with(&caller, filled, move || provide_context(enrolment.clone())).await,
                Err(response) => *response,
            }
        }
        Err(AccountError::Auth(error)) => desk.failed(&error),
        Err(_) => see_other(SECOND_FACTOR),
    }
}

/// Recovery codes, in the answer to the form that asked for them and nowhere else.
async fn show_codes(desk: &DeskState, caller: &Caller, codes: RecoveryCodes) -> Response {
    let give = move || provide_context(NewCodes(codes.0.clone()));
    desk.page(&at(SECOND_FACTOR, caller), StatusCode::OK, give).await
}

async fn remove(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let session = own!(caller);
    let mut filled = pairs.filled();
    let present = pairs.get("present").unwrap_or_default();
    match desk.auth().remove_second_factor(session, present, pairs.text("code"), &caller.who).await {
        Ok(()) => return see_other(SECOND_FACTOR),
        Err(AccountError::Auth(error)) => return desk.failed(&error),
        Err(AccountError::WrongCode) => filled.refuse("code", say::WRONG_CODE),
        Err(_) => filled.refuse("present", say::WRONG_PRESENT),
    }
    desk.again_at(SECOND_FACTOR, &caller, filled).await
}

async fn recovery_codes(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let session = own!(caller);
    let password = pairs.get("password").unwrap_or_default();
    match desk.auth().new_recovery_codes(session, password, &caller.who).await {
        Ok(codes) => show_codes(&desk, &caller, codes).await,
        Err(AccountError::Auth(error)) => desk.failed(&error),
        Err(AccountError::NothingToDo) => see_other(SECOND_FACTOR),
        Err(_) => {
            let mut filled = pairs.filled();
            filled.refuse("password", say::WRONG_PRESENT);
            desk.again_at(SECOND_FACTOR, &caller, filled).await
        }
    }
}
