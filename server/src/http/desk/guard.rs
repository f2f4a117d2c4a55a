//! The guard before every route of the desk: session, role, origin, token. In this order, so that nobody without a session
//! learns more than that there is none.

use app::{
    domain::{
        audit::{Deed, Outcome},
        staff::Permission,
    },
    ports::PortError,
    text::desk as say,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use serde_json::json;

use super::{Access, Caller, DeskState, caller::from_where};
use crate::{
    auth::{AuthError, Duty, Session, Token},
    http::form::{FormRefusal, is_same_origin, read_cookie, read_pairs, see_other},
    log::short_id,
};

/// A guard's place: the desk, and whom it lets through.
#[derive(Clone)]
pub struct Post {
    pub desk: DeskState,
    pub access: Access,
}

/// What a request may do.
enum Verdict {
    Through,
    SignIn,
    Code,
    Duty(&'static str),
    Forbidden(Permission),
}

/// Before pages.
pub async fn page(State(post): State<Post>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match post.caller(&parts).await {
        Ok(caller) => caller,
        Err(error) => return post.desk.failed(&error),
    };
    if let Some(refused) = post.refusal(&caller).await {
        return refused;
    }
    let cookie = post.desk.cookie(&caller.token);
    let is_new = read_cookie(&parts.headers, post.desk.cookie_name()).is_none();
    parts.extensions.insert(caller);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // forms of those who are not signed in need a token too
    if is_new && !response.headers().contains_key(header::SET_COOKIE) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Before forms.
pub async fn form(State(post): State<Post>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match post.caller(&parts).await {
        Ok(caller) => caller,
        Err(error) => return post.desk.failed(&error),
    };
    if let Some(refused) = post.refusal(&caller).await {
        return refused;
    }
    let pairs = match post.read(&parts, body).await {
        Ok(pairs) if caller.token.is_csrf(pairs.csrf()) => pairs,
        Ok(_) => return post.desk.refused_form(&caller, FormRefusal::Foreign).await,
        Err(refusal) => return post.desk.refused_form(&caller, refusal).await,
    };
    parts.extensions.insert(caller.clone());
    parts.extensions.insert(pairs);
    post.desk.worded(&caller, next.run(Request::from_parts(parts, Body::empty())).await).await
}

/// Before forms with files: the handler reads them, and checks the token, by `DeskState::read_upload`.
pub async fn upload(State(post): State<Post>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match post.caller(&parts).await {
        Ok(caller) => caller,
        Err(error) => return post.desk.failed(&error),
    };
    if let Some(refused) = post.refusal(&caller).await {
        return refused;
    }
    if !is_same_origin(&parts.headers, &post.desk.base_url()) {
        return post.desk.refused_form(&caller, FormRefusal::Foreign).await;
    }
    parts.extensions.insert(caller.clone());
    post.desk.worded(&caller, next.run(Request::from_parts(parts, body)).await).await
}

impl DeskState {
    /// An address whose parts can't be read (no id where one should be) leads nowhere: in Chinese, as other pages say it.
    async fn worded(&self, caller: &Caller, response: Response) -> Response {
        let kind = response.headers().get(header::CONTENT_TYPE);
        let is_plain = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
        if response.status() == StatusCode::BAD_REQUEST && is_plain {
            return self.message(caller, StatusCode::NOT_FOUND, say::NOT_FOUND).await;
        }
        response
    }
}

impl Post {
    async fn read(&self, parts: &Parts, body: Body) -> Result<crate::http::form::Pairs, FormRefusal> {
        if !is_same_origin(&parts.headers, &self.desk.base_url()) {
            return Err(FormRefusal::Foreign);
        }
        read_pairs(&parts.headers, body).await
    }

    async fn caller(&self, parts: &Parts) -> Result<Caller, AuthError> {
        let auth = self.desk.auth();
        let cookie = read_cookie(&parts.headers, self.desk.cookie_name());
        let session = match &cookie {
            Some(token) => auth.session(token).await?,
            None => None,
        };
        let from = from_where(parts, &auth.settings.trusted_proxies);
        let who = match session.as_ref().filter(|session| session.is_full) {
            Some(session) => session.who(&from),
            None => from,
        };
        let token = cookie.unwrap_or_else(|| Token::random(&auth.ids));
        Ok(Caller { parts: parts.clone(), session, token, who })
    }

    /// The answer to those who are not let through.
    async fn refusal(&self, caller: &Caller) -> Option<Response> {
        // addresses of the desk need no escapes: with one, this router and that of the pages might read two paths
        if caller.parts.uri.path().contains('%') {
            return Some(self.desk.message(caller, StatusCode::NOT_FOUND, say::NOT_FOUND).await);
        }
        let is_page = caller.parts.method == Method::GET;
        match verdict(self.access, caller.session.as_ref()) {
            Verdict::Through => None,
            Verdict::SignIn | Verdict::Code if !is_page => {
                Some(self.desk.message(caller, StatusCode::UNAUTHORIZED, say::SIGNED_OUT).await)
            }
            Verdict::SignIn => Some(see_other(&with_next("/desk/login", caller))),
            Verdict::Code => Some(see_other(&with_next("/desk/login/code", caller))),
            Verdict::Duty(path) => Some(see_other(path)),
            Verdict::Forbidden(permission) => Some(self.desk.forbidden(caller, permission).await),
        }
    }
}

fn verdict(access: Access, session: Option<&Session>) -> Verdict {
    if access == Access::Anybody {
        return Verdict::Through;
    }
    let Some(session) = session else { return Verdict::SignIn };
    if !session.is_full {
        return Verdict::Code;
    }
    let duty = session.duty.filter(|_| access != Access::OwnAccount).map(|duty| match duty {
        Duty::Enrol => "/desk/account/second-factor",
        Duty::RenewPassword => "/desk/account/password",
    });
    if let Some(path) = duty {
        return Verdict::Duty(path);
    }
    match access {
        Access::Needs(permission) if !session.roles.iter().any(|role| role.may(permission)) => {
            Verdict::Forbidden(permission)
        }
        _ => Verdict::Through,
    }
}

/// The way to a page, and back to this one afterwards.
fn with_next(path: &str, caller: &Caller) -> String {
    let here = caller.parts.uri.path_and_query().map_or("/desk", |here| here.as_str());
    if here == "/desk" {
        return path.to_owned();
    }
    format!("{path}?next={}", form_urlencoded::byte_serialize(here.as_bytes()).collect::<String>())
}

impl DeskState {
    /// Name of the session's cookie. `__Host-` binds it to this host and to TLS (RFC 6265bis §4.1.3.2).
    pub(super) fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Host-portal" } else { "portal" }
    }

    /// The cookie that carries a token. `Lax`, since links in mails lead to the desk; forms have their token.
    pub(super) fn cookie(&self, token: &Token) -> HeaderValue {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let text = format!("{}={}; Path=/; HttpOnly; SameSite=Lax{secure}", self.cookie_name(), token.text());
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
    }

    /// The page for what could not be done; the cause goes to the log under the id on the page.
    pub fn failed(&self, error: &AuthError) -> Response {
        self.failed_with(Self::status_of(error), error)
    }

    /// The same for a failure of a port.
    pub fn failed_port(&self, error: &PortError) -> Response {
        let status = match error {
            PortError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        self.failed_with(status, error)
    }

    #[expect(clippy::unused_self, reason = "read beside the other answers of the desk")]
    fn failed_with(&self, status: StatusCode, error: &dyn std::fmt::Display) -> Response {
        let id = short_id();
        tracing::error!(%error, id, "the desk can't answer");
        crate::http::limits::failure(status, &id)
    }

    /// The answer to those whose roles don't allow it; it is written down.
    pub async fn forbidden(&self, caller: &Caller, permission: Permission) -> Response {
        let route = format!("{} {}", caller.parts.method, caller.parts.uri.path());
        let entry = caller.who.did(Deed::Access, Outcome::Refused).on("route", route);
        let entry = entry.with(json!({ "needs": format!("{permission:?}") }));
        let auth = self.auth();
        if let Err(error) = auth.db.audit(&entry, auth.clock.now()).await {
            return self.failed(&error.into());
        }
        self.message(caller, StatusCode::FORBIDDEN, say::FORBIDDEN).await
    }

    fn status_of(error: &AuthError) -> StatusCode {
        match error {
            AuthError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            AuthError::Store(crate::store::StoreError::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_))) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;
    use crate::id::Ids;

    #[test]
    fn the_token_is_found_among_cookies() {
        let token = Token::random(&Ids::seeded(3));
        let mut headers = HeaderMap::new();
        let line = format!("a=b; portal={}; c", token.text());
        headers.append(header::COOKIE, HeaderValue::try_from(line).unwrap());
        assert_eq!(read_cookie(&headers, "portal"), Some(token));
        assert_eq!(read_cookie(&headers, "__Host-portal"), None);
        assert_eq!(read_cookie(&HeaderMap::new(), "portal"), None);
    }
}
