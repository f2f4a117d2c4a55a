//! Who calls: session, address, browser; put into each request by the guard.

use std::net::{IpAddr, SocketAddr};

use app::domain::staff::Viewer;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use crate::auth::{Session, Token, Who};

/// Characters kept of what a browser calls itself.
const AGENT: usize = 160;

/// Who calls, as handlers see it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What was asked for, without its body
    pub parts: Parts,
    /// The session; with `is_full` in all handlers but those of signing in
    pub session: Option<Session>,
    /// Token of the browser, of a session or not
    pub token: Token,
    /// Address and browser; the account where one is signed in
    pub who: Who,
}

impl Caller {
    /// Who is signed in.
    #[must_use]
    pub fn viewer(&self) -> Option<Viewer> {
        self.session.as_ref().filter(|session| session.is_full).map(Session::viewer)
    }

    /// A value of the address's query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.parts.uri.query().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The whole query in order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = axum::http::StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // only routes added by `Desk` have handlers that ask for it, and those have the guard before them
        parts.extensions.get::<Self>().cloned().ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Address and browser of a request. `X-Forwarded-For` counts only when the connection comes from a trusted proxy, and
/// then its last address that is not one: those before are the client's own words.
pub fn from_where(parts: &Parts, trusted: &[IpAddr]) -> Who {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let is_trusted = |address: &IpAddr| trusted.contains(address);
    let address = match peer {
        Some(peer) if is_trusted(&peer) => forwarded(&parts.headers).rfind(|hop| !is_trusted(hop)).or(Some(peer)),
        other => other,
    };
    let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Who { address, agent: agent.chars().take(AGENT).collect(), ..Who::default() }
}

fn forwarded(headers: &HeaderMap) -> impl DoubleEndedIterator<Item = IpAddr> {
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    let hops: Vec<IpAddr> = lines
        .iter()
        .flat_map(|line| line.split(','))
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok())
        .map(|hop| hop.to_canonical())
        .collect();
    hops.into_iter()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let trusted: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let ask = |peer: &str, forwarded: &[&str]| {
            let mut request = Request::builder();
            for line in forwarded {
                request = request.header("x-forwarded-for", *line);
            }
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
            from_where(&parts, &trusted).address.unwrap().to_string()
        };
        assert_eq!(ask("192.0.2.9", &["203.0.113.7"]), "192.0.2.9");
        assert_eq!(ask("10.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(ask("::ffff:10.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(ask("10.0.0.1", &["198.51.100.1, 203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(ask("10.0.0.1", &["198.51.100.1", "203.0.113.7"]), "203.0.113.7");
        assert_eq!(ask("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(ask("10.0.0.1", &[]), "10.0.0.1");
    }
}
