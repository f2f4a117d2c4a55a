//! What results led to.

use app::{
    domain::{poll::Kind, publication},
    ports::{LinkKind, PollLink, PollRef},
};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Action, Db, Entity, StoreError, Tx, run, with_pool};

/// A link with what it leads to, as far as that is public.
#[derive(Clone, Debug, FromRow)]
pub struct PollLinkRow {
    /// Its own id
    pub id: Uuid,
    kind: String,
    target_id: Uuid,
    /// Who proposed it
    pub proposed_by: Uuid,
    /// Who confirmed it
    pub confirmed_by: Option<Uuid>,
    publication_kind: Option<String>,
    title: Option<String>,
}

const OF_POLL: &str = "SELECT l.id, l.kind, l.target_id, l.proposed_by, l.confirmed_by, p.kind AS publication_kind, \
     CASE l.kind WHEN 'operator' THEN o.name ELSE p.title END AS title FROM poll_link l \
     LEFT JOIN publication p ON p.id = l.target_id AND p.standing = 'public' \
     LEFT JOIN operator o ON o.id = l.target_id AND o.public WHERE l.poll_id = $1 ORDER BY l.created_at, l.id";
const CAUSES: &str = "SELECT p.id, p.kind, p.issue FROM poll_link l JOIN poll p ON p.id = l.poll_id \
     WHERE l.target_id = $1 AND l.confirmed_by IS NOT NULL AND p.issue IS NOT NULL ORDER BY p.kind, p.issue";
const INSERT: &str = "INSERT INTO poll_link (id, poll_id, kind, target_id, proposed_by, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (poll_id, target_id) DO NOTHING";
const CONFIRM: &str = "UPDATE poll_link SET confirmed_by = $3 WHERE id = $1 AND poll_id = $2 AND confirmed_by IS NULL";
const DROP: &str = "DELETE FROM poll_link WHERE id = $1 AND poll_id = $2";

impl PollLinkRow {
    /// What it leads to; none when that is not public.
    #[must_use]
    pub fn link(&self) -> Option<PollLink> {
        let kind = match &self.publication_kind {
            Some(code) => LinkKind::Publication(publication::Kind::from_code(code)?),
            None if self.kind == "operator" => LinkKind::Operator,
            None => return None,
        };
        self.title.clone().map(|title| PollLink { kind, target: self.target_id, title })
    }

    /// The change that its target's page looks different.
    pub(crate) fn change(&self) -> Option<(Entity, Uuid, Action)> {
        let entity = match self.link()?.kind {
            LinkKind::Publication(kind) => Entity::Publication(kind),
            LinkKind::Operator => Entity::Operator,
        };
        Some((entity, self.target_id, Action::Put))
    }
}

impl Db {
    /// All links of a round.
    pub async fn poll_links(&self, poll: Uuid) -> Result<Vec<PollLinkRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OF_POLL).bind(poll).fetch_all(pool).await)?)
    }

    /// Rounds that caused a publication.
    pub(crate) async fn poll_causes(&self, publication: Uuid) -> Result<Vec<PollRef>, StoreError> {
        let rows: Vec<(Uuid, String, i32)> =
            with_pool!(self, |pool| sqlx::query_as(CAUSES).bind(publication).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(id, kind, issue)| {
                Ok(PollRef {
                    id,
                    kind: Kind::from_code(&kind).ok_or(StoreError::Value("poll.kind"))?,
                    issue: u32::try_from(issue).map_err(|_| StoreError::Value("poll.issue"))?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Proposes a link. Tells whether it is new.
    pub(crate) async fn insert_poll_link(
        &mut self,
        (id, poll): (Uuid, Uuid),
        (kind, target): (&str, Uuid),
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, INSERT, id, poll, kind, target, by, now)? == 1)
    }

    /// Confirms a link. Tells whether it was there and open.
    pub(crate) async fn confirm_poll_link(&mut self, poll: Uuid, id: Uuid, by: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, CONFIRM, id, poll, by)? == 1)
    }

    /// Deletes a link. Tells whether it was there.
    pub(crate) async fn drop_poll_link(&mut self, poll: Uuid, id: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, DROP, id, poll)? == 1)
    }
}
