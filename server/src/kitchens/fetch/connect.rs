//! Connections to exactly the checked addresses, with TLS where the address says so.

use std::{net::SocketAddr, sync::Arc};

use app::domain::stream::StreamAddress;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, Error, RootCertStore, crypto::ring, pki_types::ServerName},
};

use super::FetchFault;

/// Addresses of one name that are tried.
const MOST_TRIES: usize = 3;

/// A connection.
pub(super) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

/// The authorities that browsers trust too (Mozilla's list).
pub(super) fn config() -> Result<ClientConfig, Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Connects to the first address that answers.
pub(super) async fn open(
    addresses: &[SocketAddr],
    address: &StreamAddress,
    tls: &Arc<ClientConfig>,
) -> Result<Box<dyn Connection>, FetchFault> {
    let stream = tcp(addresses).await?;
    if address.url().scheme() != "https" {
        return Ok(Box::new(stream));
    }
    let (host, _) = address.host();
    let name = ServerName::try_from(host.trim_start_matches('[').trim_end_matches(']').to_owned());
    let name = name.map_err(|_| FetchFault::Tls)?;
    let secure = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await;
    secure.map(|stream| Box::new(stream) as Box<dyn Connection>).map_err(|_| FetchFault::Tls)
}

async fn tcp(addresses: &[SocketAddr]) -> Result<TcpStream, FetchFault> {
    for address in addresses.iter().take(MOST_TRIES) {
        if let Ok(stream) = TcpStream::connect(address).await {
            let _ = stream.set_nodelay(true);
            return Ok(stream);
        }
    }
    Err(FetchFault::Connect)
}
