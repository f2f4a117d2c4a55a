//! One's own account: password, second factor, sessions.

use leptos::prelude::*;

use super::login::NewPassword;
use crate::{
    domain::staff::Viewer,
    forms::{ErrorSummary, Form, Kind, Submit, TextField},
    parts::{Crumb, DeskFrame, desk_refused, portal},
    ports::{Account, PortResult, SessionLine, ThisSession},
    text::{self, desk as say},
};

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let (portal, viewer) = (portal(), expect_context::<Viewer>());
    let this = use_context::<ThisSession>();
    Suspend::new(async move {
        let read = async {
            let account = portal.accounts.account(viewer.id).await?;
            let mail = portal.cases.reminders_to(&viewer).await?;
            PortResult::Ok((account, mail, portal.accounts.sessions(viewer.id).await?))
        };
        match read.await {
            Err(error) => desk_refused(&error),
            Ok((account, mail, sessions)) => view! {
                <DeskFrame title=say::OWN_ACCOUNT crumbs=vec![Crumb::here(say::OWN_ACCOUNT)]>
                    <h1>{account.display_name.clone()}</h1>
                    <ErrorSummary />
                    <Facts account=account />
                    <h2>{say::REMINDERS}</h2>
                    <Form action="/desk/account/mail">
                        <TextField
                            name="mail"
                            label=say::REMINDERS_TO
                            hint=say::REMINDERS_HINT
                            kind=Kind::Email
                            value=mail.unwrap_or_default()
                            optional=true
                        />
                        <Submit label=say::SAVE_MAIL />
                    </Form>
                    <Sessions sessions=sessions this=this />
                </DeskFrame>
            }
            .into_any(),
        }
    })
}

#[component]
fn Facts(account: Account) -> impl IntoView {
    let at = account.password_at.map(text::moment).unwrap_or_default();
    let factor = if account.second_factor { say::ENROLLED } else { say::NOT_ENROLLED };
    let codes =
        account.second_factor.then(|| view! { " · " {say::RECOVERY} {say::recovery_left(account.recovery_codes)} });
    view! {
        <dl class="facts">
            <div><dt>{say::NAME}</dt><dd>{account.name}</dd></div>
            <div><dt>{say::ROLES}</dt><dd>{say::roles(&account.roles)}</dd></div>
            <div>
                <dt>{say::PASSWORD_AT}</dt>
                <dd>{at} " " <a href="/desk/account/password">{say::CHANGE_PASSWORD}</a></dd>
            </div>
            <div>
                <dt>{say::SECOND_FACTOR}</dt>
                <dd>{factor} {codes} " " <a href="/desk/account/second-factor">{say::MANAGE}</a></dd>
            </div>
        </dl>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionLine>, this: Option<ThisSession>) -> impl IntoView {
    let lines = sessions.into_iter().map(|session| {
        let is_this = this == Some(ThisSession(session.id));
        let end = (!is_this).then(|| {
            view! {
                <Form action="/desk/account/sessions">
                    <input type="hidden" name="session" value=session.id.to_string() />
                    <Submit label=say::END_SESSION quiet=true />
                </Form>
            }
        });
        view! {
            <li class="card">
                {is_this.then(|| view! { <p><strong>{say::THIS_SESSION}</strong></p> })}
                <p class="meta">
                    <span>{say::SESSION_FROM} " " {text::moment(session.created_at)}</span>
                    <span>{say::SESSION_SEEN} " " {text::moment(session.seen_at)}</span>
                    <span>{say::ADDRESS} " " {session.address.unwrap_or_else(|| say::UNKNOWN.to_owned())}</span>
                </p>
                <p class="note">{say::BROWSER} " " {session.agent}</p>
                {end}
            </li>
        }
    });
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{say::SESSIONS}</h2>
            <ul class="plain-list">{lines.collect_view()}</ul>
        </section>
    }
}

/// A password renewed is asked for, in context.
#[derive(Clone, Copy, Debug)]
pub struct RenewalDue;

/// Changing the password.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let due = use_context::<RenewalDue>().map(|_| view! { <p class="remark">{say::RENEW}</p> });
    let crumbs = vec![Crumb::to("/desk/account", say::OWN_ACCOUNT), Crumb::here(say::CHANGE_PASSWORD)];
    view! {
        <DeskFrame title=say::CHANGE_PASSWORD crumbs=crumbs>
            <ErrorSummary />
            <h1>{say::CHANGE_PASSWORD}</h1>
            {due}
            <p class="lead">{say::CHANGE_PASSWORD_NOTE}</p>
            <Form action="/desk/account/password">
                <TextField name="present" label=say::PRESENT_PASSWORD kind=Kind::Password autocomplete="current-password" />
                <NewPassword />
                <Submit label=say::SAVE_PASSWORD />
            </Form>
        </DeskFrame>
    }
}
