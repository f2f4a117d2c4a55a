//! All bulletins, newest first, by year.

use leptos::prelude::*;

use crate::{
    domain::{alert::Topic, publication::Kind},
    parts::{BulletinList, Crumb, Description, FollowLinks, Frame, Pager, Request, Years, portal, refused},
    ports::{PortError, PortResult},
    text::zh,
};

/// Bulletins a page.
const PAGE: u32 = 30;

/// The list of bulletins.
#[component]
pub fn BulletinsPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let read = async {
            let year = request.get("year").map(str::parse).transpose().map_err(|_| PortError::Invalid("year"))?;
            let years = portal.publications.bulletin_years().await?;
            let page = portal.publications.bulletins(year, request.get("after"), PAGE).await?;
            PortResult::Ok((year, years, page))
        };
        let (year, years, page) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let is_empty = page.items.is_empty();
        view! {
            <Description title=zh().bulletins.into() text=zh().bulletins_lead.into() path=request.canonical(year) />
            <Frame crumbs=vec![Crumb::here(zh().bulletins)]>
                <h1>{zh().bulletins}</h1>
                <p class="lead">{zh().bulletins_lead}</p>
                <FollowLinks topic=Topic::Kind(Kind::Bulletin) name=zh().bulletins />
                <Years years=years chosen=year request=request />
                <h2 class="sr-only">{zh().all_bulletins}</h2>
                <BulletinList bulletins=page.items />
                {is_empty.then(|| view! {
                    <p class="card message">{if year.is_some() { zh().none_in_year } else { zh().empty_title }}</p>
                })}
                <Pager next=page.next />
            </Frame>
        }
        .into_any()
    })
}
