//! What stands in a feed: the newest of a topic.

use std::collections::HashMap;

use app::{
    domain::{alert::Topic, publication::Kind, sample::Verdict},
    ports::{
        BulletinLine, Directory, FindQuery, FindSort, Notice, NoticeScope, Notices, OperatorRole, PortError,
        PortResult, Publications, Sample,
    },
    text,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Entry, NEWEST};
use crate::{http::Web, store::Db};

/// Reads the entries of one feed.
struct Reader<'a> {
    db: &'a Db,
    base: &'a str,
    /// When bulletins were changed last
    changed: HashMap<Uuid, DateTime<Utc>>,
}

/// The newest entries of a topic, the newest first.
pub async fn newest(web: &Web, base: &str, topic: &Topic) -> PortResult<Vec<Entry>> {
    let mut reader = Reader { db: &web.db, base, changed: HashMap::new() };
    let mut entries = match topic {
        Topic::All => reader.publications(None).await?,
        Topic::Kind(kind) => reader.publications(Some(*kind)).await?,
        Topic::Operator(id) => reader.of_operator(*id).await?,
        Topic::Category(_) | Topic::District(_) | Topic::Search(_) => reader.found(web, topic).await?,
    };
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.published, entry.id)));
    entries.truncate(NEWEST as usize);
    Ok(entries)
}

/// What has gone since the list was read is left out.
fn still<T>(read: PortResult<T>) -> PortResult<Option<T>> {
    match read {
        Err(PortError::NotFound | PortError::Gone(_)) => Ok(None),
        read => read.map(Some),
    }
}

impl Reader<'_> {
    async fn publications(&mut self, kind: Option<Kind>) -> PortResult<Vec<Entry>> {
        let mut entries = Vec::new();
        if kind != Some(Kind::Bulletin) {
            let scope = NoticeScope { kind, ..NoticeScope::default() };
            let notices = self.db.notices(scope, None, NEWEST).await?.items;
            entries.extend(notices.into_iter().map(|notice| self.notice(notice)));
        }
        if kind.is_none_or(|kind| kind == Kind::Bulletin) {
            for line in self.db.bulletins(None, None, NEWEST).await?.items {
                entries.extend(self.bulletin(line).await?);
            }
        }
        Ok(entries)
    }

    async fn of_operator(&mut self, id: Uuid) -> PortResult<Vec<Entry>> {
        let scope = NoticeScope { operator: Some(id), ..NoticeScope::default() };
        let notices = self.db.notices(scope, None, NEWEST).await?.items;
        let mut entries: Vec<Entry> = notices.into_iter().map(|notice| self.notice(notice)).collect();
        for role in [OperatorRole::Seller, OperatorRole::Producer] {
            for sample in self.db.operator_samples(id, role, None, NEWEST).await?.items {
                // one that it both made and sold stands once
                if entries.iter().all(|entry| entry.id != sample.id) {
                    entries.extend(self.sample(sample).await?);
                }
            }
        }
        Ok(entries)
    }

    /// What a search finds by all of its words.
    async fn found(&mut self, web: &Web, topic: &Topic) -> PortResult<Vec<Entry>> {
        let query = FindQuery::from_pairs(topic.pairs()).map_err(|_| PortError::Invalid("query"))?;
        let limit = NEWEST as usize;
        let found = web.finder.find(FindQuery { sort: FindSort::Newest, limit, facets: false, ..query }).await?;
        let mut entries = Vec::new();
        for hit in found.hits.into_iter().take(found.relaxed_after.unwrap_or(limit)) {
            let Ok(id) = Uuid::try_parse(&hit.id) else { continue };
            match hit.kind.as_str() {
                "sample" => {
                    if let Some(sample) = still(self.db.sample(id).await)? {
                        entries.extend(self.sample(sample).await?);
                    }
                }
                "bulletin" => {
                    if let Some(bulletin) = still(self.db.bulletin(id).await)? {
                        entries.push(self.of_bulletin(bulletin.line, bulletin.updated_at));
                    }
                }
                other if Kind::from_code(other).is_some() => {
                    entries.extend(still(self.db.notice(id).await)?.map(|full| self.notice(full.notice)));
                }
                // an operator is nothing that happens
                _ => {}
            }
        }
        Ok(entries)
    }

    fn notice(&self, notice: Notice) -> Entry {
        let content = &notice.content;
        Entry {
            id: notice.id,
            summary: text::publication_summary(content),
            link: format!("{}{}", self.base, content.path(notice.id)),
            category: text::alert::entry_kind(content.kind),
            published: notice.published_on,
            updated: notice.updated_at,
            title: notice.content.title,
            author: notice.content.source,
        }
    }

    async fn changed(&mut self, bulletin: Uuid) -> PortResult<Option<DateTime<Utc>>> {
        if let Some(known) = self.changed.get(&bulletin) {
            return Ok(Some(*known));
        }
        let found = still(self.db.bulletin(bulletin).await)?.map(|bulletin| bulletin.updated_at);
        self.changed.extend(found.map(|at| (bulletin, at)));
        Ok(found)
    }

    async fn bulletin(&mut self, line: BulletinLine) -> PortResult<Option<Entry>> {
        let updated = self.changed(line.id).await?;
        Ok(updated.map(|updated| self.of_bulletin(line, updated)))
    }

    fn of_bulletin(&self, line: BulletinLine, updated: DateTime<Utc>) -> Entry {
        let rates: Vec<String> = line.tallies.iter().map(|tally| text::rate(*tally)).collect();
        Entry {
            id: line.id,
            title: line.title,
            summary: rates.join("；"),
            link: format!("{}/bulletins/{}", self.base, line.id),
            author: line.source,
            category: text::alert::entry_kind(Kind::Bulletin),
            published: line.published_on,
            updated,
        }
    }

    async fn sample(&mut self, sample: Sample) -> PortResult<Option<Entry>> {
        let Some(updated) = self.changed(sample.bulletin.id).await? else { return Ok(None) };
        let printed = &sample.printed;
        let verdict = text::verdict(printed.verdict);
        let items: Vec<String> = printed.failed_items.iter().map(|failed| failed.item.clone()).collect();
        let outcome = if printed.verdict == Some(Verdict::Failed) && !items.is_empty() {
            format!("{verdict}（{}）", items.join("、"))
        } else {
            verdict.to_owned()
        };
        let seller = printed.seller.name.as_deref();
        Ok(Some(Entry {
            id: sample.id,
            title: text::alert::sample_entry(&printed.product, &outcome),
            summary: text::sample_summary(&printed.product, seller, printed.verdict, &sample.bulletin.title),
            link: format!("{}/samples/{}", self.base, sample.id),
            author: printed.publisher.clone().unwrap_or(sample.bulletin.source),
            category: text::alert::sample_kind(),
            published: printed.published_on.unwrap_or(sample.bulletin.published_on),
            updated,
        }))
    }
}
