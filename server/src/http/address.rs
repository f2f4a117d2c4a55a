//! Each request knows the address of its connection.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    net::SocketAddr,
    task::{Context, Poll},
};

use axum::{
    Extension,
    extract::ConnectInfo,
    middleware::AddExtension,
    serve::{IncomingStream, Listener},
};
use tower::{Layer, Service};

/// Gives each connection a clone of a service that adds [`ConnectInfo`] to its requests.
#[derive(Clone)]
pub struct WithAddress<S>(pub S);

impl<S, L> Service<IncomingStream<'_, L>> for WithAddress<S>
where
    S: Clone,
    L: Listener<Addr = SocketAddr>,
{
    type Response = AddExtension<S, ConnectInfo<SocketAddr>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, connection: IncomingStream<'_, L>) -> Self::Future {
        let address = *connection.remote_addr();
        ready(Ok(Extension(ConnectInfo(address)).layer(self.0.clone())))
    }
}
