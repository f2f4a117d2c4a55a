//! The page before another site. It opens only what the portal itself knows: the id of a public camera, never an address.

use leptos::prelude::*;
use uuid::Uuid;

use super::list::PATH;
use crate::{
    parts::{Crumb, Description, Frame, Request, portal, refused},
    ports::PortError,
    text::camera as say,
};

/// The page.
#[component]
pub fn LeavingPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let Some(camera) = request.get("to").and_then(|to| Uuid::try_parse(to).ok()) else {
            return refused(&PortError::NotFound);
        };
        let leaving = match portal.kitchens.leaving(camera).await {
            Ok(leaving) => leaving,
            Err(error) => return refused(&error),
        };
        let back = format!("{PATH}/{}", leaving.operator);
        let provider =
            leaving.provider.clone().map(|name| view! { <div><dt>{say::PROVIDER}</dt><dd>{name}</dd></div> });
        view! {
            <Description title=say::LEAVING.into() text=say::LEAVING_LEAD.into() path=format!("/leaving?to={camera}") />
            <Frame crumbs=vec![Crumb::to(PATH, say::TITLE), Crumb::to(&back, &leaving.name), Crumb::here(say::LEAVING)]>
                <section class="card message">
                    <h1>{say::LEAVING}</h1>
                    <p>{say::LEAVING_LEAD}</p>
                    <dl class="facts">
                        <div><dt>{say::LEAVING_OF}</dt><dd>{leaving.name.clone()}</dd></div>
                        {provider}
                        <div><dt>{say::LEAVING_TO}</dt><dd>{leaving.address.clone()}</dd></div>
                    </dl>
                    <p>
                        <a class="button" href=leaving.address.clone() rel="noopener noreferrer nofollow external">{say::LEAVING_GO}</a>
                        " "
                        <a class="button quiet" href=back.clone()>{say::LEAVING_BACK}</a>
                    </p>
                </section>
            </Frame>
        }
        .into_any()
    })
}
