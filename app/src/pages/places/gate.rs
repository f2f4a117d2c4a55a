//! The notice for the gate: one page to print, with the way to the operator's page as a QR code.

use leptos::prelude::*;

use crate::{
    parts::{Crumb, Description, Frame, Request, portal, refused},
    ports::PortError,
    text::{place as say, zh},
};

/// The notice.
#[component]
pub fn GatePage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let id = request.part(1).parse::<uuid::Uuid>().map_err(|_| PortError::NotFound);
        let read = async { portal.directory.operator(id?).await };
        let operator = match read.await {
            Ok(operator) => operator,
            Err(error) => return refused(&error),
        };
        let (id, name) = (operator.line.id, operator.line.name.clone());
        let path = format!("/operators/{id}");
        let address = format!("{}{path}", portal.site.base_url);
        let alt = format!("{}{address}", say::NOTICE_QR);
        let bureau = portal.site.bureau.clone();
        let bureau = if bureau.is_empty() { zh().missing.to_owned() } else { bureau };
        let phone = portal.site.phone.clone().filter(|phone| !phone.is_empty());
        view! {
            <Description title=say::NOTICE.into() text=format!("{}：{name}", say::NOTICE) path=format!("{path}/notice") />
            <Frame crumbs=vec![Crumb::to(&path, &name), Crumb::here(say::NOTICE)]>
                <h1 class="no-print">{say::NOTICE}</h1>
                <p class="no-print lead">{say::NOTICE_HOW} {say::NOTICE_PRINT} "。"</p>
                <article class="gate-notice" aria-labelledby="gate-title">
                    <p class="gate-head">{say::NOTICE_HEAD}</p>
                    <h2 id="gate-title">{name}</h2>
                    {operator.line.address.map(|address| view! { <p class="gate-address">{address}</p> })}
                    <img class="gate-code" src=format!("{path}/qr.svg") width="320" height="320" alt=alt />
                    <p class="gate-scan">{say::NOTICE_SCAN}</p>
                    <ul>{say::NOTICE_ITEMS.map(|item| view! { <li>{item}</li> })}</ul>
                    <p>{say::NOTICE_COMPLAIN}</p>
                    <p>{say::NOTICE_FREE}</p>
                    <footer>
                        <p class="gate-link">{address}</p>
                        <p>{say::NOTICE_BY}{bureau} {phone.map(|phone| format!("　{phone}"))}</p>
                    </footer>
                </article>
            </Frame>
        }
        .into_any()
    })
}
