//! Public acts: state, links, files, revision, leaf and change feed in the transaction of the act.

use std::collections::BTreeSet;

use app::domain::{
    act::Act,
    identifier::{Form, uscc_form},
    operator::{is_named, name_key},
    publication::{
        Kind, Standing,
        content::Content,
        field::fields,
        life::{Life, Work},
    },
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use const_format::concatcp;
use uuid::Uuid;

use super::super::{
    Action, BulletinDraft, Edition, Entity, StoreError, Tx,
    acts::{self, NewAct},
    operator_match::{MatchedOperators, NamedOperator},
    operator_visible::{IS_BARE, KEPT},
    with_tx,
};
use super::{Publication, due_at, to_json};
use crate::{fail, id::Ids};

/// What an act needs beside the publication.
pub struct Performing<'a> {
    /// The state after it
    pub next: Life,
    /// The act
    pub act: Act,
    /// What becomes public
    pub content: Option<&'a Content>,
    /// Of a bulletin: its samples, read
    pub bulletin: Option<&'a BulletinDraft>,
    /// Of a register: its entries
    pub edition: Option<&'a Edition>,
    /// Why
    pub reason: &'a str,
    /// See `Work::hides_earlier`
    pub hides_earlier: bool,
    /// When it is removed by rule
    pub remove_on: Option<NaiveDate>,
}

/// What an act left to be done outside of the database.
#[derive(Clone, Debug, Default)]
pub struct Performed {
    /// Attachments whose bytes are to be deleted
    pub attachments: Vec<Uuid>,
    /// Original files (SHA-256) whose bytes are to be deleted
    pub originals: Vec<String>,
}

const PUBLISH: &str = "UPDATE publication SET standing = $2, title = $3, source = $4, published_on = $5, year = $6, \
     content = $7, remove_on = $8, work = $10, stage = $11, due_at = $12, version = version + 1, updated_at = $9 \
     WHERE id = $1";
const END: &str = "UPDATE publication SET standing = $2, work = NULL, stage = NULL, due_at = NULL, \
     content = CASE WHEN $2 = 'removed' THEN NULL ELSE content END, version = version + 1, updated_at = $3 WHERE id = $1";
const DROP_OPERATORS: &str = "DELETE FROM publication_operator WHERE publication_id = $1 RETURNING operator_id";
const LINK_OPERATOR: &str = "INSERT INTO publication_operator (publication_id, operator_id) VALUES ($1, $2) \
     ON CONFLICT (publication_id, operator_id) DO NOTHING";
const DROP_SAMPLES: &str = "DELETE FROM publication_sample WHERE publication_id = $1";
const LINK_SAMPLES: &str = "INSERT INTO publication_sample (publication_id, sample_id) \
     SELECT $1, s.id FROM sample s JOIN bulletin b ON b.id = s.bulletin_id WHERE s.number = $2 AND b.state = 'published' \
     ON CONFLICT (publication_id, sample_id) DO NOTHING";
const SHOW_OPERATOR: &str =
    concatcp!("UPDATE operator SET public = TRUE WHERE id = ", KEPT, " AND public = FALSE RETURNING id");
/// An operator without anything public left.
const HIDE_OPERATOR: &str = concatcp!(
    "UPDATE operator SET public = FALSE WHERE id = ",
    KEPT,
    " AND public = TRUE AND ",
    IS_BARE,
    " RETURNING id"
);
const OPERATORS_OF_BULLETIN: &str = "SELECT producer_id FROM sample WHERE bulletin_id = $1 AND producer_id IS NOT NULL \
     UNION SELECT seller_id FROM sample WHERE bulletin_id = $1 AND seller_id IS NOT NULL";
const HIDE_BULLETIN: &str = "UPDATE bulletin SET state = 'draft', updated_at = $2 WHERE id = $1";
const DELETE_BULLETIN: &str = "DELETE FROM bulletin WHERE id = $1";
const BURY_SAMPLES: &str = "INSERT INTO tombstone (id, publication_id) SELECT id, bulletin_id FROM sample \
     WHERE bulletin_id = $1";
const BURY_ATTACHMENTS: &str = "INSERT INTO tombstone (id, publication_id) SELECT id, publication_id FROM attachment \
     WHERE publication_id = $1 ON CONFLICT (id) DO NOTHING";
const FILE_USED: &str = "SELECT EXISTS (SELECT 1 FROM original WHERE sha256 = $1) \
     OR EXISTS (SELECT 1 FROM publication WHERE work LIKE $2 OR (content LIKE $2 AND id <> $3))";
const ORIGINALS_OF: &str = "SELECT o.sha256 FROM original o WHERE o.bulletin_id = $1 \
     AND NOT EXISTS (SELECT 1 FROM original other WHERE other.sha256 = o.sha256 AND other.bulletin_id <> o.bulletin_id)";

impl Tx {
    /// Makes a public act true: everything of it or nothing.
    pub async fn perform(
        &mut self,
        publication: &Publication,
        act: &Performing<'_>,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Performed, StoreError> {
        let done = match (act.next.standing, act.content, act.bulletin) {
            (Standing::Public, Some(content), Some(bulletin)) => {
                self.save_bulletin(bulletin, ids, now).await?;
                self.show_attachments(publication.id, &content.attachments).await?;
                Performed::default()
            }
            (Standing::Public, Some(content), None) => {
                self.publish(publication, act, content, ids, now).await?;
                let file = |content: Option<&Content>| content.and_then(|one| Some(one.table.as_ref()?.sha256.clone()));
                let replaced = file(publication.content.as_ref()) != file(Some(content));
                let originals = if replaced { self.unused_file(publication).await? } else { Vec::new() };
                Performed { originals, ..Performed::default() }
            }
            (Standing::Withdrawn | Standing::Removed, ..) => self.end(publication, act, now).await?,
            _ => return Err(StoreError::Value("publication: nothing to publish")),
        };
        if act.hides_earlier {
            self.forget_revisions(publication.id, act.next.standing == Standing::Removed).await?;
        }
        Ok(done)
    }

    async fn publish(
        &mut self,
        publication: &Publication,
        act: &Performing<'_>,
        content: &Content,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = publication.id;
        let text = to_json(content)?;
        with_tx!(self, |conn| sqlx::query(PUBLISH)
            .bind(id)
            .bind(act.next.standing.code())
            .bind(&content.title)
            .bind(&content.source)
            .bind(content.published_on)
            .bind(content.published_on.map(|day| day.year()))
            .bind(&text)
            .bind(act.remove_on)
            .bind(now)
            .bind(act.next.work.as_ref().map(to_json).transpose()?)
            .bind(act.next.work.as_ref().map(|work| work.stage.code()))
            .bind(act.next.work.as_ref().and_then(due_at))
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        fail::at("within-transaction");
        let mut changes = vec![(Entity::Publication(publication.kind), id, Action::Put)];
        changes.extend(self.relink(id, content, ids, now).await?);
        self.show_attachments(id, &content.attachments).await?;
        let reason = Some(act.reason).filter(|reason| !reason.is_empty());
        let entity = Entity::Publication(publication.kind);
        let log = |content| NewAct { act: act.act, entity, id, content: Some(content), reason };
        if let Some(edition) = act.edition {
            let compared = self.compare_entries(content, edition, ids).await?;
            let place = self.log_act(&log(compared.logged()), now).await?;
            changes.extend(self.save_entries(id, edition, &compared, place, ids, now).await?);
        } else {
            self.log_act(&log(acts::Content { text, lines: None, salt: ids.salt() }), now).await?;
        }
        self.append_changes(&changes, now).await
    }

    /// Withdraws or removes.
    async fn end(
        &mut self,
        publication: &Publication,
        act: &Performing<'_>,
        now: DateTime<Utc>,
    ) -> Result<Performed, StoreError> {
        let id = publication.id;
        let removed = act.next.standing == Standing::Removed;
        let was_public = publication.life.standing == Standing::Public;
        let mut changes = vec![(Entity::Publication(publication.kind), id, Action::Removed)];
        let mut done = Performed::default();
        with_tx!(self, |conn| sqlx::query(END)
            .bind(id)
            .bind(act.next.standing.code())
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        let mut named: BTreeSet<Uuid> = self.drop_links(id).await?;
        if removed {
            for statement in [BURY_SAMPLES, BURY_ATTACHMENTS] {
                with_tx!(self, |conn| sqlx::query(statement).bind(id).execute(&mut *conn).await.map(|_| ()))?;
            }
        }
        if publication.kind == Kind::Bulletin {
            let of_samples: Vec<Uuid> =
                with_tx!(self, |conn| sqlx::query_scalar(OPERATORS_OF_BULLETIN).bind(id).fetch_all(&mut *conn).await)?;
            named.extend(of_samples);
            if removed {
                done.originals =
                    with_tx!(self, |conn| sqlx::query_scalar(ORIGINALS_OF).bind(id).fetch_all(&mut *conn).await)?;
                with_tx!(self, |conn| sqlx::query(DELETE_BULLETIN).bind(id).execute(&mut *conn).await.map(|_| ()))?;
            } else {
                with_tx!(self, |conn| sqlx::query(HIDE_BULLETIN)
                    .bind(id)
                    .bind(now)
                    .execute(&mut *conn)
                    .await
                    .map(|_| ()))?;
            }
        }
        if publication.kind == Kind::Register {
            let of_entries = self.operators_of_entries(id).await?;
            if removed {
                self.delete_entries(id).await?;
                done.originals = self.unused_file(publication).await?;
            }
            changes.extend(self.hide_entry_operators(&of_entries).await?);
        }
        changes.extend(self.hide_operators(&named).await?);
        self.show_attachments(id, &[]).await?;
        let reason = Some(act.reason).filter(|reason| !reason.is_empty());
        let entity = Entity::Publication(publication.kind);
        self.log_act(&NewAct { act: act.act, entity, id, content: None, reason }, now).await?;
        if removed {
            done.attachments = self.delete_attachments(id).await?;
            self.forget_revisions(id, true).await?;
            self.forget_replies(id).await?;
        }
        if was_public || removed {
            self.append_changes(&changes, now).await?;
        }
        Ok(done)
    }

    /// Links to the operators and samples that the content names. Gives the changes of operators.
    async fn relink(
        &mut self,
        id: Uuid,
        content: &Content,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let before = self.drop_links(id).await?;
        let mut changes = Vec::new();
        for number in content.field("samples").lines() {
            with_tx!(self, |conn| sqlx::query(LINK_SAMPLES)
                .bind(id)
                .bind(number)
                .execute(&mut *conn)
                .await
                .map(|_| ()))?;
        }
        let mut now_named = BTreeSet::new();
        let named = self.named_operator(content, ids, now).await?.unwrap_or_default();
        changes.extend(named.changes);
        if let Some(operator) = named.ids.into_iter().flatten().next() {
            now_named.insert(operator);
            with_tx!(self, |conn| sqlx::query(LINK_OPERATOR)
                .bind(id)
                .bind(operator)
                .execute(&mut *conn)
                .await
                .map(|_| ()))?;
            let shown: Option<Uuid> = with_tx!(self, |conn| sqlx::query_scalar(SHOW_OPERATOR)
                .bind(operator)
                .fetch_optional(&mut *conn)
                .await)?;
            changes.extend(shown.map(|id| (Entity::Operator, id, Action::Put)));
        }
        let lost: BTreeSet<Uuid> = before.difference(&now_named).copied().collect();
        changes.extend(self.hide_operators(&lost).await?);
        Ok(changes)
    }

    /// The file of a register's last edition, unless something else is made of it: it goes when another takes its place.
    async fn unused_file(&mut self, publication: &Publication) -> Result<Vec<String>, StoreError> {
        let table = publication.content.as_ref().and_then(|content| content.table.as_ref());
        let Some(table) = table.filter(|_| publication.kind == Kind::Register) else { return Ok(Vec::new()) };
        let like = format!("%\"{}\"%", table.sha256);
        let used: bool = with_tx!(self, |conn| sqlx::query_scalar(FILE_USED)
            .bind(&table.sha256)
            .bind(&like)
            .bind(publication.id)
            .fetch_one(&mut *conn)
            .await)?;
        Ok(if used { Vec::new() } else { vec![table.sha256.clone()] })
    }

    async fn drop_links(&mut self, id: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
        with_tx!(self, |conn| sqlx::query(DROP_SAMPLES).bind(id).execute(&mut *conn).await.map(|_| ()))?;
        let operators: Vec<Uuid> =
            with_tx!(self, |conn| sqlx::query_scalar(DROP_OPERATORS).bind(id).fetch_all(&mut *conn).await)?;
        Ok(operators.into_iter().collect())
    }

    async fn hide_operators(&mut self, named: &BTreeSet<Uuid>) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let mut changes = Vec::new();
        for id in named {
            let hidden: Option<Uuid> =
                with_tx!(self, |conn| sqlx::query_scalar(HIDE_OPERATOR).bind(id).fetch_optional(&mut *conn).await)?;
            changes.extend(hidden.map(|id| (Entity::Operator, id, Action::Removed)));
        }
        Ok(changes)
    }

    /// The operator that the content names, found or made. A natural person is no operator and gets
    /// no page (domain 5).
    async fn named_operator(
        &mut self,
        content: &Content,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Option<MatchedOperators>, StoreError> {
        let Some(field) = fields(content.kind).iter().find(|field| field.names_operator) else { return Ok(None) };
        let name = content.field(field.name);
        if name_key(name).is_none() || content.field("party_kind") == "person" {
            return Ok(None);
        }
        let code = ["party_code", "producer_code"]
            .map(|name| content.field(name))
            .into_iter()
            .find(|code| !code.is_empty() && uscc_form(code) != Form::Malformed);
        let address = ["party_address", "producer_address"].map(|name| content.field(name)).into_iter();
        let address = address.into_iter().find(|address| is_named(address));
        let (name, code) = (name.to_owned(), code.map(str::to_owned));
        let one = NamedOperator { name, code, address: address.map(str::to_owned), ..NamedOperator::default() };
        Ok(Some(self.match_operators(&[Some(one)], ids, now).await?))
    }
}

/// The work of a bulletin that was imported without being published.
pub fn imported(content: Content) -> Work {
    Work {
        act: Act::Publish,
        stage: app::domain::publication::life::Stage::Draft,
        content: Some(content),
        reason: String::new(),
        hides_earlier: false,
        editors: BTreeSet::new(),
        approved_by: None,
        returned: None,
        confirmed: BTreeSet::new(),
    }
}
