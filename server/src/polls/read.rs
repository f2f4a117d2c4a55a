//! What pages read.

use app::{
    domain::{
        poll::State,
        redaction::{Known, find},
        staff::{Permission, Viewer},
    },
    ports::{
        DeskLink, PollError, PollLine, PollLink, PollLists, PollRef, PollResult, PollSheet, PollText, Polls, PortError,
        PortResult, PublicPoll,
    },
    text,
};
use async_trait::async_trait;
use uuid::Uuid;

use super::{PollService, of_store};
use crate::store::{Poll, StoreError};

fn line(stored: &Poll) -> PollLine {
    PollLine {
        id: stored.id,
        kind: stored.poll.kind,
        issue: stored.issue,
        state: stored.poll.state,
        title: stored.content.title.clone(),
        first: stored.content.first,
        last: stored.content.last,
    }
}

/// What was written, with the kind of each personal datum in its place. Nobody needs them here, so nobody sees them.
fn masked(said: &str, phones: &[&str]) -> String {
    let (mut shown, mut from) = (String::new(), 0);
    for mark in find(said, &Known { names: &[], phones }) {
        shown.push_str(said.get(from..mark.range.start).unwrap_or_default());
        shown.push_str(&text::poll::masked(mark.datum));
        from = mark.range.end;
    }
    shown.push_str(said.get(from..).unwrap_or_default());
    shown
}

impl PollService {
    async fn texts(&self, id: Uuid) -> PortResult<Vec<PollText>> {
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        let mut texts = Vec::new();
        for (text, question, sealed) in self.house.db.poll_texts(id).await? {
            let said = self.unseal("text", text, &sealed)?;
            let said = String::from_utf8(said).map_err(|_| PortError::Internal("poll: not text".into()))?;
            let question = usize::try_from(question).map_err(|_| StoreError::Value("poll_text.question"))?;
            texts.push(PollText { question, text: masked(&said, &phones) });
        }
        Ok(texts)
    }

    async fn public_links(&self, id: Uuid) -> PortResult<Vec<PollLink>> {
        let links = self.house.db.poll_links(id).await?;
        Ok(links.iter().filter(|row| row.confirmed_by.is_some()).filter_map(crate::store::PollLinkRow::link).collect())
    }
}

#[async_trait]
impl Polls for PollService {
    async fn lists(&self) -> PortResult<PollLists> {
        let mut lists = PollLists::default();
        for stored in self.house.db.polls(true).await? {
            match stored.poll.state {
                State::Open => lists.open.push(line(&stored)),
                State::Approved => lists.coming.push(line(&stored)),
                _ => lists.ended.push(line(&stored)),
            }
        }
        lists.open.sort_by_key(|line| (line.last, line.id));
        lists.coming.sort_by_key(|line| (line.first, line.id));
        Ok(lists)
    }

    async fn poll(&self, id: Uuid) -> PortResult<PublicPoll> {
        let stored = self.house.db.poll(id).await?.filter(|stored| stored.poll.state.is_public());
        let stored = stored.ok_or(PortError::NotFound)?;
        Ok(PublicPoll {
            line: line(&stored),
            links: self.public_links(id).await?,
            revisions: self.house.db.revisions(id).await?,
            content: stored.content,
            outcome: stored.outcome,
            stopped: stored.stopped,
            per_network: self.house.poll_settings.per_network,
        })
    }

    async fn causes(&self, publication: Uuid) -> PortResult<Vec<PollRef>> {
        Ok(self.house.db.poll_causes(publication).await?)
    }

    async fn is_used(&self) -> PortResult<bool> {
        Ok(self.house.db.has_polls().await?)
    }

    async fn lines(&self, by: &Viewer) -> PollResult<Vec<PollLine>> {
        need(by)?;
        let stored = self.house.db.polls(false).await.map_err(of_store)?;
        Ok(stored.iter().map(line).collect())
    }

    async fn sheet(&self, by: &Viewer, id: Uuid) -> PollResult<PollSheet> {
        need(by)?;
        let stored = self.house.db.poll(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let rows = self.house.db.poll_links(id).await.map_err(of_store)?;
        let editors: Vec<Uuid> = stored.poll.editors.iter().copied().collect();
        let proposers: Vec<Uuid> = rows.iter().map(|row| row.proposed_by).collect();
        let names = self.house.db.staff_names(&[editors.clone(), proposers].concat()).await.map_err(of_store)?;
        let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
        let links = rows.iter().map(|row| DeskLink {
            id: row.id,
            link: row.link(),
            proposed_by: name(&row.proposed_by),
            confirmed: row.confirmed_by.is_some(),
        });
        Ok(PollSheet {
            line: line(&stored),
            voices: stored.voices,
            is_own: stored.poll.editors.contains(&by.id),
            marks: self.marks(&stored.content, &stored.confirmed),
            texts: self.texts(id).await?,
            links: links.collect(),
            editors: editors.iter().map(name).filter(|name| !name.is_empty()).collect(),
            returned: stored.returned,
            stopped: stored.stopped,
            version: stored.version,
            content: stored.content,
        })
    }
}

fn need(by: &Viewer) -> PollResult<()> {
    let may = by.may(Permission::SeeDesk);
    if may { Ok(()) } else { Err(PollError::Refused(app::domain::poll::Refusal::NotAllowed)) }
}
