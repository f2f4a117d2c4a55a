//! Search: what was asked, how many, filters with counts, hits.

mod filters;
mod hits;

use leptos::prelude::*;

use crate::{
    assets::Scripts,
    domain::alert::Topic,
    islands::{AutoSubmit, SearchBox},
    parts::{Crumb, Description, FollowLinks, Frame, Request, portal, refused},
    ports::{FindQuery, FindSort, Found, PortError, PortResult},
    text::{self, zh},
};
use filters::{Chosen, Filters};
use hits::Hits;

/// Id of the form that box and filters share.
const FORM: &str = "search-form";

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let pairs = request.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let read = async {
            let query = FindQuery::from_pairs(pairs).map_err(|_| PortError::Invalid("query"))?;
            PortResult::Ok((query.clone(), portal.finder.find(query).await?))
        };
        let (query, found) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let title = text::search_title(&query.text);
        let topic = Topic::search(request.pairs.iter().map(|(name, value)| (name, value))).ok();
        let path = if query.text.is_empty() { "/search".to_owned() } else { request.with("after", None) };
        view! {
            <Description title=title text=zh().search_label.into() path=path />
            <Frame search=false crumbs=vec![Crumb::here(zh().search)]>
                <h1 class="sr-only">{zh().search}</h1>
                <form id=FORM action="/search" role="search" class="search-page">
                    <div class="search-form">
                        <SearchBox
                            value=query.text.clone()
                            label=zh().search_label.into()
                            placeholder=zh().search_placeholder.into()
                            suggestions=zh().suggestions.into()
                        />
                        <button class="button">{zh().search_button}</button>
                    </div>
                    <div class="search-columns">
                        <div class="search-results">
                            <Summary query=query.clone() found=found.clone() request=request.clone() />
                            {topic.map(|topic| view! { <FollowLinks name=text::alert::topic(&topic, "") topic=topic /> })}
                            <h2 class="sr-only">{zh().hits}</h2>
                            <Hits found=found.clone() request=request.clone() />
                        </div>
                        <Filters query=query found=found request=request />
                    </div>
                </form>
                <AutoSubmit form=FORM.to_owned() />
            </Frame>
            <Scripts />
        }
        .into_any()
    })
}

#[component]
fn Summary(query: FindQuery, found: Found, request: Request) -> impl IntoView {
    let better = found.did_you_mean.map(|better| (request.with("q", Some(&better)), better));
    let newest = query.sort == FindSort::Newest;
    let order = (!query.text.is_empty() && found.total > 1).then(|| {
        let current = |is: bool| is.then_some("page");
        view! {
            <nav class="tabs small" aria-label=zh().sort>
                <a href=request.with("sort", None) aria-current=current(!newest)>{zh().by_relevance}</a>
                <a href=request.with("sort", Some("newest")) aria-current=current(newest)>{zh().by_newest}</a>
            </nav>
        }
    });
    view! {
        <div class="summary">
            <p role="status"><strong>{text::hits(found.total, &query.text)}</strong></p>
            {order}
            <a class="to-filters" href="#filters">{zh().to_filters}</a>
        </div>
        {better.map(|(href, better)| view! { <p class="better">{zh().did_you_mean}<a href=href>{better}</a></p> })}
        <Chosen query=query request=request />
    }
}
