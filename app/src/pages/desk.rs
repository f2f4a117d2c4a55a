//! Pages of the desk. They have a document and routes of their own, which only the desk's guarded router renders: no address
//! of the public site leads to them.

mod account;
mod accounts;
mod audit;
mod calendar;
mod home;
mod login;
mod message;
mod second_factor;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use account::RenewalDue;
pub use accounts::NewLink;
pub use calendar::YearLoaded;
pub use login::{CodeNext, PasswordRule, SetUp};
pub use message::Message;
pub use second_factor::{Enrolment, NewCodes};

use super::{
    handling::{CaseInboxPage, CaseSheetPage, PaperPage, PublicityPage},
    intake::CounterPage,
    kitchens::{CameraPage, CamerasPage, NewCameraPage},
    objections::{CasePage, ListPage, RepliesPage, ReplyPage},
    operators::{OperatorSheetPage, OperatorsPage},
    polls::{DeskPollPage, DeskPollsPage, NewPollPage},
    publishing::{NewPage, PublicationsPage, SheetPage, TablePage},
};
use crate::{assets::sheets, parts::document};

/// The document around every page of the desk.
pub fn desk_shell(_options: LeptosOptions) -> impl IntoView {
    document(sheets(|assets| vec![assets.forms_css.clone(), assets.desk_css.clone()]), || view! { <DeskApp /> })
}

/// All pages of the desk. Each has its line, with who may see it, in `server::http::desk`.
#[component]
fn DeskApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=message::NotFoundPage>
                <Route path=path!("/desk") view=home::HomePage ssr=SsrMode::Async />
                <Route path=path!("/desk/message") view=message::MessagePage ssr=SsrMode::Async />
                <Route path=path!("/desk/login") view=login::LoginPage ssr=SsrMode::Async />
                <Route path=path!("/desk/login/code") view=login::CodePage ssr=SsrMode::Async />
                <Route path=path!("/desk/setup") view=login::SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/desk/account") view=account::AccountPage ssr=SsrMode::Async />
                <Route path=path!("/desk/account/password") view=account::PasswordPage ssr=SsrMode::Async />
                <Route path=path!("/desk/account/second-factor") view=second_factor::SecondFactorPage ssr=SsrMode::Async />
                <Route path=path!("/desk/accounts") view=accounts::AccountsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/accounts/new") view=accounts::NewAccountPage ssr=SsrMode::Async />
                <Route path=path!("/desk/accounts/:id") view=accounts::AccountPage ssr=SsrMode::Async />
                <Route path=path!("/desk/audit") view=audit::AuditPage ssr=SsrMode::Async />
                <Route path=path!("/desk/publications") view=PublicationsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/publications/new/:kind") view=NewPage ssr=SsrMode::Async />
                <Route path=path!("/desk/publications/:id") view=SheetPage ssr=SsrMode::Async />
                <Route path=path!("/desk/publications/:id/table") view=TablePage ssr=SsrMode::Async />
                <Route path=path!("/desk/cases/new") view=CounterPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cases") view=CaseInboxPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cases/:id") view=CaseSheetPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cases/:id/documents/:kind") view=PaperPage ssr=SsrMode::Async />
                <Route path=path!("/desk/calendar") view=calendar::CalendarPage ssr=SsrMode::Async />
                <Route path=path!("/desk/publicity") view=PublicityPage ssr=SsrMode::Async />
                <Route path=path!("/desk/polls") view=DeskPollsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/polls/new/:kind") view=NewPollPage ssr=SsrMode::Async />
                <Route path=path!("/desk/polls/:id") view=DeskPollPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cameras") view=CamerasPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cameras/new") view=NewCameraPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cameras/:id") view=CameraPage ssr=SsrMode::Async />
                <Route path=path!("/desk/operators") view=OperatorsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/operators/:id") view=OperatorSheetPage ssr=SsrMode::Async />
                <Route path=path!("/desk/objections") view=ListPage ssr=SsrMode::Async />
                <Route path=path!("/desk/objections/:id") view=CasePage ssr=SsrMode::Async />
                <Route path=path!("/desk/replies") view=RepliesPage ssr=SsrMode::Async />
                <Route path=path!("/desk/replies/:id") view=ReplyPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
