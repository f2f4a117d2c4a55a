//! Administrators: accounts.

use app::{
    domain::staff::{Permission, Role},
    forms::Filled,
    pages::desk::NewLink,
    text::desk as say,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState, render::at};
use crate::{
    auth::{AdminError, NewAccount, SetUpLink},
    http::form::{Pairs, see_other},
};

const MANAGE: Access = Access::Needs(Permission::ManageAccounts);
const NEW: &str = "/desk/accounts/new";

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/accounts", MANAGE)
        .page(NEW, MANAGE)
        .post(NEW, MANAGE, add)
        .page("/desk/accounts/{id}", MANAGE)
        .post("/desk/accounts/{id}/roles", MANAGE, roles)
        .post("/desk/accounts/{id}/reset", MANAGE, reset)
        .post("/desk/accounts/{id}/lock", MANAGE, lock)
        .post("/desk/accounts/{id}/unlock", MANAGE, unlock)
}

fn read_roles(pairs: &Pairs) -> Vec<Role> {
    pairs.all("role").filter_map(Role::from_code).collect()
}

async fn add(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let new = NewAccount {
        name: pairs.text("name").to_owned(),
        display_name: pairs.text("display_name").to_owned(),
        roles: read_roles(&pairs),
    };
    let mut filled = pairs.filled();
    if new.display_name.is_empty() {
        filled.refuse("display_name", say::NO_DISPLAY_NAME);
    } else {
        match desk.auth().add_account(&new, &caller.who).await {
            Ok((_, link)) => return show_link(&desk, &caller, new.name, link).await,
            Err(AdminError::Auth(error)) => return desk.failed(&error),
            Err(error) => refuse(&mut filled, &error),
        }
    }
    desk.again(&caller, filled).await
}

fn refuse(filled: &mut Filled, error: &AdminError) {
    match error {
        AdminError::Name => filled.refuse("name", say::BAD_NAME),
        AdminError::NameTaken => filled.refuse("name", say::NAME_TAKEN),
        AdminError::NoRole => filled.refuse("role", say::NO_ROLE),
        AdminError::Own => filled.refuse_all(say::OWN_REFUSED),
        AdminError::Unknown | AdminError::Auth(_) => filled.refuse_all(say::NOT_FOUND.1),
    }
}

/// The set-up link, in the answer to the form that asked for it and nowhere else.
async fn show_link(desk: &DeskState, caller: &Caller, name: String, link: SetUpLink) -> Response {
    let address = format!("{}{}", desk.base_url(), link.path);
    let link = NewLink { name, address, until: link.expires_at };
    desk.page(caller, StatusCode::OK, move || provide_context(link.clone())).await
}

fn page_of(id: Uuid) -> String {
    format!("/desk/accounts/{id}")
}

/// Back to the account's page, or the page once more with what was wrong.
async fn done(desk: &DeskState, caller: &Caller, id: Uuid, pairs: &Pairs, done: Result<(), AdminError>) -> Response {
    match done {
        Ok(()) => see_other(&page_of(id)),
        Err(AdminError::Auth(error)) => desk.failed(&error),
        Err(error) => {
            let mut filled = pairs.filled();
            refuse(&mut filled, &error);
            desk.again_at(&page_of(id), caller, filled).await
        }
    }
}

async fn roles(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let changed = desk.auth().set_roles(id, &read_roles(&pairs), &caller.who).await;
    done(&desk, &caller, id, &pairs, changed).await
}

async fn lock(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let locked = desk.auth().lock_account(id, true, &caller.who).await;
    done(&desk, &caller, id, &pairs, locked).await
}

async fn unlock(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let unlocked = desk.auth().lock_account(id, false, &caller.who).await;
    done(&desk, &caller, id, &pairs, unlocked).await
}

async fn reset(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    match desk.auth().reset_account(id, &caller.who).await {
        Ok((name, link)) => show_link(&desk, &at(&page_of(id), &caller), name, link).await,
        Err(error) => done(&desk, &caller, id, &pairs, Err(error)).await,
    }
}
