//! The desk (`/desk`): every route states who may use it, and can't be added without.
//!
//! A part of the desk is a function `fn routes(desk: Desk) -> Desk` that adds its routes:
//!
//! ```ignore
//! pub fn routes(desk: Desk) -> Desk {
//!     desk.page("/desk/recalls/{id}", Access::Needs(Permission::SeeDesk))   // rendered by Leptos: same path in app::pages
//!         .post("/desk/recalls/{id}", Access::Needs(Permission::Write), save)
//!         .get("/desk/recalls/{id}/file", Access::Needs(Permission::SeeDesk), download)
//!         .upload("/desk/recalls/{id}/files", Access::Needs(Permission::Write), 25 << 20, attach)
//! }
//! ```
//!
//! and one more call in [`router`]. Handlers take `State<DeskState>`, [`Caller`] and [`Pairs`]; the guard has read the
//! form and checked session, role, origin and token. An upload's token is checked by [`DeskState::read_upload`].
//! They answer by [`DeskState::again`] (422, everything typed kept) or [`super::form::see_other`].

mod account;
mod accounts;
mod audit;
mod calendar;
mod caller;
mod cameras;
mod cases;
mod guard;
mod intake;
mod login;
mod objections;
mod operators;
mod polls;
mod publications;
mod render;

use app::domain::staff::Permission;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    handler::Handler,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::{MethodRouter, get, post},
};

pub use caller::Caller;
pub(in crate::http) use caller::from_where;
pub use render::DeskState;

use super::{Web, pages::without_stream_scripts};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: signing in, setting up
    Anybody,
    /// Whoever is signed in, also while a duty is open (a second factor to enrol, a password to renew)
    OwnAccount,
    /// Whoever is signed in
    SignedIn,
    /// Whose roles allow it
    Needs(Permission),
}

/// One route of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Method
    pub method: Method,
    /// Path as axum writes it
    pub path: &'static str,
    /// Who may use it
    pub access: Access,
}

/// The desk's routes while they are put together.
pub struct Desk {
    state: DeskState,
    router: Router<DeskState>,
    rules: Vec<Rule>,
}

impl Desk {
    fn new(web: &Web) -> Self {
        Self { state: DeskState::new(web), router: Router::new(), rules: Vec::new() }
    }

    /// A page that Leptos renders. Where it needs more than its ports, use [`Desk::get`] with [`DeskState::page`].
    #[must_use]
    pub fn page(self, path: &'static str, access: Access) -> Self {
        self.get(path, access, show)
    }

    /// A `GET` with a handler of its own.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, DeskState>,
        T: 'static,
    {
        self.add(Method::GET, path, access, get(handler), guard::page)
    }

    /// A form without files: read, and its token checked, before the handler is called.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, DeskState>,
        T: 'static,
    {
        self.add(Method::POST, path, access, post(handler), guard::form)
    }

    /// A form with files of at most `bytes` in all. The handler takes the [`Request`] and reads it by
    /// [`DeskState::read_upload`], which checks the token.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, access: Access, bytes: usize, handler: H) -> Self
    where
        H: Handler<T, DeskState>,
        T: 'static,
    {
        let route = post(handler).layer(DefaultBodyLimit::max(bytes));
        self.add(Method::POST, path, access, route, guard::upload)
    }

    fn add<F, Fut>(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        route: MethodRouter<DeskState>,
        guard: F,
    ) -> Self
    where
        F: Fn(State<guard::Post>, Request, axum::middleware::Next) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Response> + Send + 'static,
    {
        let post = guard::Post { desk: self.state.clone(), access };
        self.router = self.router.route(path, route.route_layer(from_fn_with_state(post, guard)));
        self.rules.push(Rule { method, path, access });
        self
    }
}

/// All routes of the desk.
fn desk(web: &Web) -> Desk {
    let mut desk = Desk::new(web);
    for routes in [
        login::routes,
        account::routes,
        accounts::routes,
        audit::routes,
        publications::routes,
        objections::routes,
        operators::routes,
        intake::routes,
        cases::routes,
        calendar::routes,
        polls::routes,
        cameras::routes,
    ] {
        desk = routes(desk);
    }
    desk
}

/// The router of the desk. Its cache policy is `Never`, which the caller sets.
pub fn router(web: &Web) -> Router {
    let Desk { state, router, .. } = desk(web);
    router.layer(map_response(without_stream_scripts)).layer(map_response(unlisted)).with_state(state)
}

/// The table of all routes and who may use them.
#[must_use]
pub fn rules(web: &Web) -> Vec<Rule> {
    desk(web).rules
}

/// A page that needs nothing but its ports.
async fn show(State(desk): State<DeskState>, caller: Caller) -> Response {
    desk.page(&caller, StatusCode::OK, || ()).await
}

/// No search engine lists the desk, pages without a `<head>` included.
async fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    // what stands here belongs to one session, whatever stands between
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie"));
    response
}
