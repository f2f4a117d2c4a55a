//! Which addresses may be asked. A name is resolved first, every one of its addresses is checked, and the connection is made
//! to exactly those: a name that resolves differently a moment later (DNS rebinding) gains nothing.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use app::domain::stream::{AddressRefusal, Allowed, Network, StreamAddress, network::forbidding};
use async_trait::async_trait;
use tokio::time::timeout;

use super::{ALLOW_SETTING, FetchFault, Stage};

/// Seconds for resolving a name.
const RESOLVING: Duration = Duration::from_secs(5);
/// Addresses of a name that are looked at.
const MOST_ADDRESSES: usize = 16;

/// Why an address is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The address itself
    #[error("address: {0}")]
    Address(#[from] AddressRefusal),
    /// It leads into a network that is not public
    #[error("network: {0:?}")]
    Network(Network),
    /// Redirects without end
    #[error("too many redirects")]
    Redirects,
}

/// Resolves names.
#[async_trait]
pub trait Names: Send + Sync {
    /// All addresses of a host.
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The machine's resolver.
pub struct SystemNames;

#[async_trait]
impl Names for SystemNames {
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        Ok(tokio::net::lookup_host((host, port)).await?.take(MOST_ADDRESSES).collect())
    }
}

/// Checks where connections go. Cloning is cheap.
#[derive(Clone)]
pub struct Guard {
    names: Arc<dyn Names>,
    allowed: Arc<Allowed>,
}

impl Guard {
    /// With the hosts that the administrator named.
    #[must_use]
    pub fn new(names: Arc<dyn Names>, allowed: Allowed) -> Self {
        Self { names, allowed: Arc::new(allowed) }
    }

    /// With the machine's resolver and `PORTAL_STREAM_ALLOW`.
    ///
    /// # Errors
    /// The part of the setting that is no host.
    pub fn from_env() -> Result<Self, String> {
        let allowed = Allowed::parse(&std::env::var(ALLOW_SETTING).unwrap_or_default())?;
        Ok(Self::new(Arc::new(SystemNames), allowed))
    }

    /// Addresses to connect to. A host that the administrator named may be anywhere, but only for a camera whose own address is
    /// at that host (`home`): a playlist or a redirect from elsewhere leads nowhere inside.
    ///
    /// # Errors
    /// A refusal, or a name that does not resolve.
    pub async fn addresses(
        &self,
        address: &StreamAddress,
        home: &(String, u16),
    ) -> Result<Vec<SocketAddr>, FetchFault> {
        let (host, port) = address.host();
        let resolved = timeout(RESOLVING, self.names.resolve(&host, port)).await;
        let found = resolved.map_err(|_| FetchFault::Slow(Stage::Name))?.map_err(|_| FetchFault::NoHost)?;
        let is_named = self.allowed.names(&host, port) && (&host, port) == (&home.0, home.1);
        // one address inside is enough to refuse the name
        let inside = found.iter().take(MOST_ADDRESSES).find_map(|found| forbidding(found.ip()));
        match inside {
            Some(network) if !is_named => Err(Refusal::Network(network).into()),
            _ if found.is_empty() => Err(FetchFault::NoHost),
            _ => Ok(found.into_iter().take(MOST_ADDRESSES).collect()),
        }
    }
}
