//! Administrators: accounts.

use leptos::prelude::*;

use crate::{
    domain::staff::{Role, Viewer},
    forms::{Checkboxes, ErrorSummary, Form, Item, Submit, TextField},
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{Account, AccountState, PortError},
    text::{self, desk as say},
};

/// A set-up link to be shown this once, in context.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Whose
    pub name: String,
    /// The whole address
    pub address: String,
    /// Until when it is good
    pub until: chrono::DateTime<chrono::Utc>,
}

/// All accounts.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        match portal.accounts.accounts().await {
            Err(error) => desk_refused(&error),
            Ok(accounts) => view! {
                <DeskFrame title=say::ACCOUNTS crumbs=vec![Crumb::here(say::ACCOUNTS)]>
                    <div class="section-head">
                        <h1>{say::ACCOUNTS}</h1>
                        <a class="button" href="/desk/accounts/new">{say::ADD_ACCOUNT}</a>
                    </div>
                    <AccountTable accounts=accounts />
                </DeskFrame>
            }
            .into_any(),
        }
    })
}

#[component]
fn AccountTable(accounts: Vec<Account>) -> impl IntoView {
    let rows = accounts.into_iter().map(|account| {
        let seen = account.seen_at.map_or_else(|| say::NEVER.to_owned(), text::moment);
        let factor = if account.second_factor { say::ENROLLED } else { say::NOT_ENROLLED };
        view! {
            <tr>
                <th scope="row" data-label=say::DISPLAY_NAME>
                    <span><a href=format!("/desk/accounts/{}", account.id)>{account.display_name}</a></span>
                </th>
                <td data-label=say::NAME><span>{account.name}</span></td>
                <td data-label=say::ROLES><span>{say::roles(&account.roles)}</span></td>
                <td data-label=say::STATE><State state=account.state /></td>
                <td data-label=say::SECOND_FACTOR><span>{factor}</span></td>
                <td data-label=say::LAST_SEEN><span>{seen}</span></td>
            </tr>
        }
    });
    let heads =
        [say::DISPLAY_NAME, say::NAME, say::ROLES, say::STATE, say::SECOND_FACTOR, say::LAST_SEEN].map(|head| {
            view! { <th scope="col">{head}</th> }
        });
    view! {
        <div class="table-frame">
            <table><thead><tr>{heads}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
        </div>
    }
}

#[component]
fn State(state: AccountState) -> impl IntoView {
    let class = if state == AccountState::Active { "state" } else { "state other" };
    view! { <span class=class>{say::account_state(state)}</span> }
}

fn role_items() -> Vec<Item> {
    Role::ALL.into_iter().map(|role| Item::new(role.code(), say::role(role)).hint(say::role_hint(role))).collect()
}

/// A new account.
#[component]
pub fn NewAccountPage() -> impl IntoView {
    let link = use_context::<NewLink>();
    let crumbs = vec![Crumb::to("/desk/accounts", say::ACCOUNTS), Crumb::here(say::ADD_ACCOUNT)];
    let inner = match link {
        Some(link) => view! { <Link link=link /> }.into_any(),
        None => view! {
            <ErrorSummary />
            <h1>{say::ADD_ACCOUNT}</h1>
            <Form action="/desk/accounts/new">
                <TextField name="name" label=say::NAME hint=say::NAME_HINT maxlength=32 />
                <TextField name="display_name" label=say::DISPLAY_NAME maxlength=40 />
                <Checkboxes name="role" label=say::ROLES hint=say::ROLES_HINT items=role_items() />
                <Submit label=say::ADD_GO />
            </Form>
        }
        .into_any(),
    };
    view! { <DeskFrame title=say::ADD_ACCOUNT crumbs=crumbs>{inner}</DeskFrame> }
}

#[component]
fn Link(link: NewLink) -> impl IntoView {
    view! {
        <h1>{say::LINK_TITLE} "：" {link.name}</h1>
        <p class="lead">{say::LINK_LEAD}</p>
        <p class="card"><code class="link">{link.address}</code></p>
        <p>{say::link_until(&text::moment(link.until))}</p>
        <p><a class="button" href="/desk/accounts">{say::TO_ACCOUNTS}</a></p>
    }
}

/// One account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let (portal, viewer) = (portal(), expect_context::<Viewer>());
    let (id, link) = (Request::current().id(), use_context::<NewLink>());
    Suspend::new(async move {
        let Some(id) = id else { return desk_refused(&PortError::NotFound) };
        let account = match portal.accounts.account(id).await {
            Ok(account) => account,
            Err(error) => return desk_refused(&error),
        };
        let title = account.display_name.clone();
        let crumbs = vec![Crumb::to("/desk/accounts", say::ACCOUNTS), Crumb::here(&title)];
        let inner = match link {
            Some(link) => view! { <Link link=link /> }.into_any(),
            None => view! { <Change account=account is_own=viewer.id == id /> }.into_any(),
        };
        view! { <DeskFrame title=title crumbs=crumbs>{inner}</DeskFrame> }.into_any()
    })
}

#[component]
fn Change(account: Account, is_own: bool) -> impl IntoView {
    let path = format!("/desk/accounts/{}", account.id);
    let at = |act: &str| format!("{path}/{act}");
    let can_unlock = matches!(account.state, AccountState::Locked | AccountState::Paused);
    let roles = account.roles.iter().map(|role| role.code().to_owned()).collect::<Vec<_>>();
    view! {
        <ErrorSummary />
        <h1>{account.display_name.clone()}</h1>
        <p class="meta"><span>{say::NAME} " " {account.name.clone()}</span><State state=account.state /></p>
        {is_own.then(|| view! { <p class="remark">{say::OWN_REFUSED}</p> })}
        {(!is_own).then(|| view! {
            <section aria-labelledby="roles">
                <h2 id="roles">{say::CHANGE_ROLES}</h2>
                <p class="lead">{say::CHANGE_ROLES_NOTE}</p>
                <Form action=at("roles")>
                    <Checkboxes name="role" label=say::ROLES items=role_items() values=roles />
                    <Submit label=say::SAVE_ROLES />
                </Form>
            </section>
            <section aria-labelledby="reset">
                <h2 id="reset">{say::RESET}</h2>
                <p class="lead">{say::RESET_NOTE}</p>
                <Form action=at("reset")><Submit label=say::RESET_GO quiet=true /></Form>
            </section>
            {if can_unlock {
                view! { <Lock action=at("unlock") title=say::UNLOCK note=say::UNLOCK_NOTE label=say::UNLOCK_GO danger=false /> }
            } else {
                view! { <Lock action=at("lock") title=say::LOCK note=say::LOCK_NOTE label=say::LOCK_GO danger=true /> }
            }}
        })}
    }
}

#[component]
fn Lock(action: String, title: &'static str, note: &'static str, label: &'static str, danger: bool) -> impl IntoView {
    view! {
        <section aria-labelledby="lock">
            <h2 id="lock">{title}</h2>
            <p class="lead">{note}</p>
            <Form action=action><Submit label=label danger=danger quiet=true /></Form>
        </section>
    }
}
