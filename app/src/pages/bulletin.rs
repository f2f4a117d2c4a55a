//! One bulletin: rates, text, table, original.

use leptos::prelude::*;

use crate::{
    domain::{publication::Kind, sample::Verdict},
    parts::{
        Crumb, Description, Frame, JsonLd, ObjectionLink, Pager, PollCauses, PublicRecord, Replies, Request,
        SampleTable, Tallies, portal, refused,
    },
    ports::{Bulletin, OriginalFile, PortError, PortResult, SampleScope, Site},
    text::{self, zh},
};

/// Samples a page.
const PAGE: u32 = 50;

/// A bulletin.
#[component]
pub fn BulletinPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let read = async {
            let id = request.id().ok_or(PortError::NotFound)?;
            let verdict = match request.get("verdict") {
                None => None,
                Some(code) => Some(Verdict::from_code(code).ok_or(PortError::Invalid("verdict"))?),
            };
            let bulletin = portal.publications.bulletin(id).await?;
            let samples = portal.publications.samples(id, SampleScope { verdict }, request.get("after"), PAGE).await?;
            let causes = portal.polls.causes(id).await?;
            PortResult::Ok((bulletin, verdict, samples, causes))
        };
        let (bulletin, verdict, samples, causes) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let line = &bulletin.line;
        let summary = line.tallies.first().map(|tally| text::rate(*tally)).unwrap_or_default();
        let crumbs = vec![Crumb::to("/bulletins", zh().bulletins), Crumb::here(&line.title)];
        let is_empty = samples.items.is_empty();
        let caption = text::samples_of(&line.title);
        view! {
            <Description title=line.title.clone() text=summary path=format!("/bulletins/{}", line.id) />
            <JsonLd data=structured(&bulletin, &portal.site) />
            <Frame crumbs=crumbs>
                <article>
                    <Head bulletin=bulletin.clone() />
                    <PollCauses causes=causes />
                    <section aria-labelledby="results">
                        <h2 id="results">{zh().results}</h2>
                        <p class="declaration">{zh().declaration}</p>
                        <Choice verdict=verdict request=request />
                        {if is_empty {
                            view! { <p class="card message">{zh().no_samples}</p> }.into_any()
                        } else {
                            view! { <SampleTable samples=samples.items caption=caption /> }.into_any()
                        }}
                        <Pager next=samples.next />
                        {bulletin.notes.into_iter().map(|note| view! { <p class="note">{note}</p> }).collect_view()}
                    </section>
                    <Originals files=bulletin.originals />
                    <Replies replies=bulletin.replies />
                    <PublicRecord kind=Kind::Bulletin id=bulletin.line.id title=bulletin.line.title revisions=bulletin.revisions />
                    <ObjectionLink publication=bulletin.line.id />
                </article>
            </Frame>
        }
        .into_any()
    })
}

fn structured(bulletin: &Bulletin, site: &Site) -> serde_json::Value {
    let line = &bulletin.line;
    let url = format!("{}/bulletins/{}", site.base_url, line.id);
    let files: Vec<serde_json::Value> = bulletin
        .originals
        .iter()
        .map(|file| serde_json::json!({"@type": "DataDownload", "name": file.name, "contentUrl": format!("{}{}", site.base_url, file.url)}))
        .collect();
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": line.title,
        "description": line.tallies.iter().map(|tally| text::rate(*tally)).collect::<Vec<_>>().join("；"),
        "url": url,
        "datePublished": line.published_on,
        "dateModified": bulletin.updated_at,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "creator": {"@type": "GovernmentOrganization", "name": line.source},
        "distribution": files,
    })
}

#[component]
fn Head(bulletin: Bulletin) -> impl IntoView {
    let line = bulletin.line;
    let intro = bulletin.intro.unwrap_or_default();
    let paragraphs: Vec<_> =
        intro.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    view! {
        <h1>{line.title}</h1>
        <p class="meta">
            <span>{zh().published_on}<time datetime=line.published_on.to_string()>{text::day(line.published_on)}</time></span>
            <span>{zh().source}{line.source}</span>
            {line.issue_no.map(|issue| view! { <span>{zh().issue}{issue}</span> })}
        </p>
        <Tallies tallies=line.tallies />
        <p class="note">{zh().rates_note}</p>
        {(!paragraphs.is_empty()).then(|| view! { <div class="prose">{paragraphs}</div> })}
    }
    .into_any()
}

#[component]
fn Choice(verdict: Option<Verdict>, request: Request) -> impl IntoView {
    let choices =
        [(None, zh().all), (Some(Verdict::Failed), zh().failed_only), (Some(Verdict::Passed), zh().passed_only)];
    let links = choices.map(|(choice, name)| {
        let href = request.with("verdict", choice.map(Verdict::code));
        view! { <a href=href aria-current=(choice == verdict).then_some("page")>{name}</a> }
    });
    view! { <nav class="tabs" aria-label=zh().results>{links}</nav> }
}

#[component]
fn Originals(files: Vec<OriginalFile>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let links = files.into_iter().map(|file| {
            let about = text::file(file.size, &file.sha256);
            view! { <li><a href=file.url download>{file.name}</a> <small>{about}</small></li> }
        });
        view! {
            <section aria-labelledby="originals" class="originals">
                <h2 id="originals">{zh().originals}</h2>
                <ul>{links.collect_view()}</ul>
            </section>
        }
    })
}
