//! The form of votes and surveys: plain, never kept, never listed. The cookie is the round's own; no log holds it, nor the
//! address, nor what was chosen.

use std::net::IpAddr;

use app::{
    assets::Assets,
    domain::poll::{Content, Voice},
    forms::Filled,
    pages::polls::{BallotShown, PollMessage, poll_shell},
    ports::PortError,
    text::{desk as words, poll as say},
};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    middleware::map_response,
    response::Response,
    routing::get,
};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{
    Web,
    desk::from_where,
    form::{FormRefusal, Pairs, is_same_origin, read_pairs, see_other},
    limits,
    pages::without_stream_scripts,
    private::{Private, unlisted},
};
use crate::{
    clock::start_of_day,
    log::short_id,
    polls::{Ballot, Browser, VoiceError},
};

#[derive(Clone)]
struct Polls {
    web: Web,
    pages: Private,
}

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web, assets: Assets) -> Router {
    Router::new()
        .route("/polls/{id}/vote", get(show).post(send))
        .layer(map_response(without_stream_scripts))
        .layer(map_response(unlisted))
        .with_state(Polls { web: web.clone(), pages: Private::new(web, assets) })
}

async fn show(State(polls): State<Polls>, Path(id): Path<String>, request: Request) -> Response {
    let parts = request.into_parts().0;
    let Ok(id) = Uuid::try_parse(&id) else { return polls.missing(&parts).await };
    let browser = polls.browser(id, &parts);
    match polls.web.polls.ballot(id, browser.as_ref()).await {
        Ok(Some(ballot)) => polls.form(&parts, ballot, browser, Filled::default(), StatusCode::OK).await,
        Ok(None) => polls.closed(&parts, id).await,
        Err(error) => failed(&error),
    }
}

async fn send(State(polls): State<Polls>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(id) = Uuid::try_parse(&id) else { return polls.missing(&parts).await };
    let pairs = match polls.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(refused) => return *refused,
    };
    let browser = polls.browser(id, &parts);
    let ballot = match polls.web.polls.ballot(id, browser.as_ref()).await {
        Ok(Some(ballot)) => ballot,
        Ok(None) => return polls.closed(&parts, id).await,
        Err(error) => return failed(&error),
    };
    let mut filled = pairs.filled();
    let Some(browser) = browser else {
        filled.refuse_all(say::NO_COOKIE);
        return polls.form(&parts, ballot, None, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if ballot.is_given {
        return polls.form(&parts, ballot, Some(browser), Filled::default(), StatusCode::CONFLICT).await;
    }
    let Some(voice) = read(&ballot.content, &pairs, &mut filled) else {
        return polls.form(&parts, ballot, Some(browser), filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    polls.count(&parts, &pairs, ballot, browser, &voice, filled).await
}

/// What was chosen; what is wrong with it goes beside its field.
fn read(content: &Content, pairs: &Pairs, filled: &mut Filled) -> Option<Voice> {
    match Voice::read(content, |name| {
        pairs.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }) {
        Ok(voice) => Some(voice),
        Err(faults) => {
            for (field, fault) in faults {
                filled.refuse(field, say::voice_fault(fault));
            }
            None
        }
    }
}

impl Polls {
    async fn count(
        &self,
        parts: &Parts,
        pairs: &Pairs,
        ballot: Ballot,
        browser: Browser,
        voice: &Voice,
        mut filled: Filled,
    ) -> Response {
        let proof = (pairs.text("challenge"), pairs.text("proof"));
        let round = (ballot.id, ballot.content.kind);
        let (status, sentence) = match self.web.polls.voice(round, &browser, voice, proof, self.address(parts)).await {
            Ok(()) => return see_other(&format!("/polls/{}/vote", ballot.id)),
            Err(VoiceError::NotOpen) => return self.closed(parts, ballot.id).await,
            Err(VoiceError::Before) => {
                let ballot = Ballot { is_given: true, ..ballot };
                return self.form(parts, ballot, Some(browser), Filled::default(), StatusCode::CONFLICT).await;
            }
            Err(VoiceError::Full(most)) => (StatusCode::TOO_MANY_REQUESTS, say::full(most)),
            Err(VoiceError::Unproved(most)) => (StatusCode::TOO_MANY_REQUESTS, say::unproved(most)),
            Err(VoiceError::Port(PortError::Unavailable(error))) => {
                tracing::warn!(error, "a voice was not taken");
                (StatusCode::SERVICE_UNAVAILABLE, say::BUSY.to_owned())
            }
            Err(VoiceError::Port(error)) => return failed(&error),
        };
        filled.refuse_all(sentence);
        self.form(parts, ballot, Some(browser), filled, status).await
    }

    /// The form, or that the voice was given; a browser that is not known gets its cookie.
    async fn form(
        &self,
        parts: &Parts,
        ballot: Ballot,
        browser: Option<Browser>,
        filled: Filled,
        status: StatusCode,
    ) -> Response {
        let is_new = browser.is_none();
        let browser = browser.unwrap_or_else(|| self.web.polls.new_browser(ballot.id));
        let shown = BallotShown {
            id: ballot.id,
            issue: ballot.issue,
            challenge: self.web.polls.challenge(ballot.id, &browser, self.address(parts)),
            is_given: ballot.is_given,
            per_network: self.web.polls.per_network(),
            content: ballot.content,
        };
        let until = start_of_day(shown.content.last) + TimeDelta::days(2);
        let id = shown.id;
        let give = move || {
            provide_context(shown.clone());
            if filled.is_sent() {
                provide_context(filled.clone());
            }
        };
        let mut response = self.pages.render(parts, status, poll_shell, give).await;
        if is_new {
            let cookie = self.cookie(id, &browser, until);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    fn is_secure(&self) -> bool {
        self.web.site.borrow().base_url.starts_with("https://")
    }

    fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Secure-voice" } else { "voice" }
    }

    /// A cookie of this round only, until it is over.
    fn cookie(&self, id: Uuid, browser: &Browser, until: DateTime<Utc>) -> HeaderValue {
        let age = (until - self.web.auth.clock.now()).num_seconds().max(0);
        let (name, text) = (self.cookie_name(), browser.text());
        let secure = if self.is_secure() { "; Secure" } else { "" };
        // `Lax`, so that a link from elsewhere does not make a known browser a new one
        let text = format!("{name}={text}; Path=/polls/{id}/vote; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }

    fn browser(&self, id: Uuid, parts: &Parts) -> Option<Browser> {
        cookies(&parts.headers, self.cookie_name()).find_map(|text| self.web.polls.browser(id, text))
    }

    fn address(&self, parts: &Parts) -> Option<IpAddr> {
        from_where(parts, &self.web.auth.settings.trusted_proxies).address
    }

    /// A round that is not open has its public page; where there is none, neither is this.
    async fn closed(&self, parts: &Parts, id: Uuid) -> Response {
        match self.web.db.poll(id).await {
            Ok(Some(stored)) if stored.poll.state.is_public() && parts.method == axum::http::Method::GET => {
                see_other(&format!("/polls/{id}"))
            }
            Ok(Some(stored)) if stored.poll.state.is_public() => {
                self.say(parts, StatusCode::CONFLICT, say::NOT_OPEN).await
            }
            Ok(_) => self.missing(parts).await,
            Err(error) => failed(&error.into()),
        }
    }

    async fn missing(&self, parts: &Parts) -> Response {
        self.say(parts, StatusCode::NOT_FOUND, words::NOT_FOUND).await
    }

    async fn say(&self, parts: &Parts, status: StatusCode, said: (&'static str, &'static str)) -> Response {
        let mut parts = parts.clone();
        parts.uri = Uri::from_static("/polls/message");
        self.pages.render(&parts, status, poll_shell, move || provide_context(PollMessage(said))).await
    }

    /// The form's values, where it comes from a page of this site.
    async fn read(&self, parts: &Parts, body: Body) -> Result<Pairs, Box<Response>> {
        let base_url = self.web.site.borrow().base_url.clone();
        let refusal = if is_same_origin(&parts.headers, &base_url) {
            match read_pairs(&parts.headers, body).await {
                Ok(pairs) => return Ok(pairs),
                Err(refusal) => refusal,
            }
        } else {
            FormRefusal::Foreign
        };
        let said = match refusal {
            FormRefusal::Foreign => say::FOREIGN,
            FormRefusal::TooLarge => words::TOO_LARGE,
            FormRefusal::Unreadable => words::UNREADABLE,
        };
        Err(Box::new(self.say(parts, refusal.status(), said).await))
    }
}

/// Values of all cookies of a name.
fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(known, _)| *known == name).map(|(_, value)| value)
}

/// The cause goes to the log under the id on the page; no cause holds who or what.
fn failed(error: &PortError) -> Response {
    let id = short_id();
    tracing::error!(%error, id, "a voice can't be taken");
    let status = match error {
        PortError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    limits::failure(status, &id)
}
