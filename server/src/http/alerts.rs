//! Following something by mail (`/alerts/…`): plain forms. The letters' codes come in bodies only; the one that stands in an
//! address can do nothing but end (RFC 8058).

use std::net::IpAddr;

use app::{
    assets::Assets,
    domain::{
        alert::{Pace, State as Standing, Topic},
        mail::Address,
    },
    forms::Filled,
    pages::alerts::{AlertForm, AlertMessage, AlertShown, Done, EndCode, alert_shell},
    ports::PortError,
    text::{alert as say, desk as words, letter},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    middleware::map_response,
    response::Response,
    routing::get,
};
use leptos::prelude::provide_context;

use super::{
    Web,
    desk::from_where,
    form::{FormRefusal, Pairs, is_same_origin, read_pairs, see_other},
    limits,
    pages::without_stream_scripts,
    private::{Private, unlisted},
};
use crate::{
    alerts::{AlertError, Opened},
    log::short_id,
};

/// Seconds after which somebody who was too fast may come again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1800");

#[derive(Clone)]
struct Alerts {
    web: Web,
    pages: Private,
}

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web, assets: Assets) -> Router {
    Router::new()
        .route("/alerts/new", get(show_form).post(ask))
        .route("/alerts/sent", get(show))
        .route("/alerts/confirm", get(show).post(confirm))
        .route("/alerts/manage", get(show).post(manage))
        .route("/alerts/unsubscribe", get(show_end).post(end))
        .layer(map_response(without_stream_scripts))
        .layer(map_response(unlisted))
        .with_state(Alerts { web: web.clone(), pages: Private::new(web, assets) })
}

async fn show(State(alerts): State<Alerts>, request: Request) -> Response {
    alerts.page(&request.into_parts().0, StatusCode::OK, || ()).await
}

fn asked(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

fn pace_of(pairs: &Pairs) -> Option<Pace> {
    Pace::from_code(pairs.text("pace"))
}

impl Alerts {
    async fn page(
        &self,
        parts: &Parts,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let mut response = self.pages.render(parts, status, alert_shell, give).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }

    async fn message(&self, parts: &Parts, status: StatusCode, said: (&'static str, &'static str)) -> Response {
        let mut parts = parts.clone();
        parts.uri = Uri::from_static("/alerts/message");
        self.page(&parts, status, move || provide_context(AlertMessage(said))).await
    }

    async fn refused(&self, parts: &Parts, refusal: FormRefusal) -> Response {
        let said = match refusal {
            FormRefusal::Foreign => say::FOREIGN,
            FormRefusal::TooLarge => words::TOO_LARGE,
            FormRefusal::Unreadable => words::UNREADABLE,
        };
        self.message(parts, refusal.status(), said).await
    }

    /// The form's values, where it comes from a page of this site.
    async fn read(&self, parts: &Parts, body: Body) -> Result<Pairs, Response> {
        let base_url = self.web.site.borrow().base_url.clone();
        if !is_same_origin(&parts.headers, &base_url) {
            return Err(self.refused(parts, FormRefusal::Foreign).await);
        }
        match read_pairs(&parts.headers, body).await {
            Ok(pairs) => Ok(pairs),
            Err(refusal) => Err(self.refused(parts, refusal).await),
        }
    }

    fn address(&self, parts: &Parts) -> Option<IpAddr> {
        from_where(parts, &self.web.auth.settings.trusted_proxies).address
    }

    /// What the form is about; the answer where there is nothing of it.
    async fn form(&self, parts: &Parts) -> Result<AlertForm, Response> {
        let topic = asked(parts, "topic").and_then(|text| Topic::parse(&text).ok());
        let Some(topic) = topic else { return Err(self.message(parts, StatusCode::NOT_FOUND, say::NO_TOPIC).await) };
        match self.web.alerts.name(&topic).await {
            Ok(name) => Ok(AlertForm { topic, name }),
            Err(AlertError::Topic) => Err(self.message(parts, StatusCode::NOT_FOUND, say::NO_TOPIC).await),
            Err(error) => Err(failed(&error)),
        }
    }

    /// A subscription's page.
    async fn shown(&self, parts: &Parts, code: &str, opened: Opened, done: Done) -> Response {
        let shown = AlertShown {
            code: code.to_owned(),
            topic: opened.topic,
            name: opened.name,
            pace: opened.pace,
            confirmed: opened.state == Standing::Confirmed,
            done,
        };
        self.page(parts, StatusCode::OK, move || provide_context(shown.clone())).await
    }

    /// The code opens nothing: the page that asks for it, which does not show it again.
    async fn not_opened(&self, parts: &Parts, error: AlertError) -> Response {
        let (status, sentence) = match error {
            AlertError::Unknown => (StatusCode::UNPROCESSABLE_ENTITY, say::WRONG),
            AlertError::Wait => (StatusCode::TOO_MANY_REQUESTS, say::WAIT),
            AlertError::Port(PortError::Unavailable(_)) => (StatusCode::SERVICE_UNAVAILABLE, say::BUSY),
            error => return failed(&error),
        };
        let mut filled = Filled::of(&[]);
        filled.refuse("code", sentence);
        self.page(parts, status, move || provide_context(filled.clone())).await
    }

    async fn again(&self, parts: &Parts, status: StatusCode, form: AlertForm, filled: Filled) -> Response {
        let give = move || {
            provide_context(form.clone());
            provide_context(filled.clone());
        };
        self.page(parts, status, give).await
    }
}

async fn show_form(State(alerts): State<Alerts>, request: Request) -> Response {
    let parts = request.into_parts().0;
    match alerts.form(&parts).await {
        Ok(form) => alerts.page(&parts, StatusCode::OK, move || provide_context(form.clone())).await,
        Err(answer) => answer,
    }
}

async fn ask(State(alerts): State<Alerts>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match alerts.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(answer) => return answer,
    };
    let form = match alerts.form(&parts).await {
        Ok(form) => form,
        Err(answer) => return answer,
    };
    let mut filled = pairs.filled();
    let address =
        Address::parse(pairs.text("mail")).map_err(|fault| filled.refuse("mail", letter::address_fault(fault)));
    let pace = pace_of(&pairs);
    if pace.is_none() {
        filled.refuse("pace", say::NO_PACE);
    }
    let (Ok(address), Some(pace)) = (address, pace) else {
        return alerts.again(&parts, StatusCode::UNPROCESSABLE_ENTITY, form, filled).await;
    };
    let site = alerts.web.site.borrow().clone();
    match alerts.web.alerts.ask(&form.topic, pace, &address, alerts.address(&parts), &site).await {
        Ok(()) => see_other("/alerts/sent"),
        Err(AlertError::Wait) => {
            filled.refuse_all(say::WAIT);
            alerts.again(&parts, StatusCode::TOO_MANY_REQUESTS, form, filled).await
        }
        Err(AlertError::Topic) => alerts.message(&parts, StatusCode::NOT_FOUND, say::NO_TOPIC).await,
        Err(AlertError::Port(PortError::Unavailable(error))) => {
            tracing::warn!(error, "a subscription was not taken");
            filled.refuse_all(say::BUSY);
            alerts.again(&parts, StatusCode::SERVICE_UNAVAILABLE, form, filled).await
        }
        Err(error) => failed(&error),
    }
}

async fn confirm(State(alerts): State<Alerts>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match alerts.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(answer) => return answer,
    };
    let code = pairs.text("code");
    match alerts.web.alerts.confirm(code, alerts.address(&parts)).await {
        Ok(opened) => alerts.shown(&parts, code, opened, Done::Confirmed).await,
        Err(error) => alerts.not_opened(&parts, error).await,
    }
}

async fn manage(State(alerts): State<Alerts>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match alerts.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(answer) => return answer,
    };
    let (code, from, service) = (pairs.text("code"), alerts.address(&parts), &alerts.web.alerts);
    let (opened, done) = match (pairs.text("do"), pace_of(&pairs)) {
        ("end", _) => (service.end(code, from).await, Done::Ended),
        ("pace", Some(pace)) => (service.set_pace(code, from, pace).await, Done::Changed),
        _ => (service.open(code, from).await, Done::Opened),
    };
    match opened {
        Ok(opened) => alerts.shown(&parts, code, opened, done).await,
        Err(error) => alerts.not_opened(&parts, error).await,
    }
}

/// The unsubscribe link in a browser. A look ends nothing: programs look at links.
async fn show_end(State(alerts): State<Alerts>, request: Request) -> Response {
    let parts = request.into_parts().0;
    match asked(&parts, "c").filter(|code| alerts.web.alerts.is_end_code(code)) {
        Some(code) => {
            let code = EndCode(code);
            alerts.page(&parts, StatusCode::OK, move || provide_context(code.clone())).await
        }
        None => alerts.message(&parts, StatusCode::NOT_FOUND, say::NO_TOPIC).await,
    }
}

/// One click (RFC 8058 §3.2): sent by a mail program, without cookie, origin or session. The code is all the right it needs.
async fn end(State(alerts): State<Alerts>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(code) = asked(&parts, "c").filter(|code| alerts.web.alerts.is_end_code(code)) else {
        return alerts.message(&parts, StatusCode::NOT_FOUND, say::NO_TOPIC).await;
    };
    if !is_one_click(&parts, body).await {
        return alerts.refused(&parts, FormRefusal::Unreadable).await;
    }
    match alerts.web.alerts.end_by_click(&code).await {
        Ok(()) => alerts.page(&parts, StatusCode::OK, || ()).await,
        Err(error) => failed(&error),
    }
}

/// Whether the body says `List-Unsubscribe=One-Click`, as a form or as `multipart/form-data` (RFC 8058 §3.2 asks for both).
async fn is_one_click(parts: &Parts, body: Body) -> bool {
    const MOST: usize = 4 << 10;
    let kind = parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if kind.starts_with(b"multipart/form-data") {
        let Ok(bytes) = axum::body::to_bytes(body, MOST).await else { return false };
        let text = String::from_utf8_lossy(&bytes);
        return text.contains("name=\"List-Unsubscribe\"") && text.contains("One-Click");
    }
    read_pairs(&parts.headers, body).await.is_ok_and(|pairs| pairs.text("List-Unsubscribe") == "One-Click")
}

/// The cause goes to the log under the id on the page; no cause holds an address or a code.
fn failed(error: &AlertError) -> Response {
    let id = short_id();
    tracing::error!(%error, id, "alerts can't be handled");
    limits::failure(StatusCode::INTERNAL_SERVER_ERROR, &id)
}
