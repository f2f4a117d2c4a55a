//! What there is to tell: the changes between two positions of the feed, and who follows what they touch.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use app::{
    domain::{
        alert::{Pace, Topic, news},
        publication::Kind,
    },
    ports::MOST_HITS,
    text::alert::letter::News,
};
use search::{Index, Within};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    AlertError, query_of,
    touched::{Touched, touched},
};
use crate::{
    index::find_within,
    store::{Changed, Db, Past},
};

/// A publication to be told of.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id
    pub id: Uuid,
    /// What letters say of it
    pub news: News,
    /// Position of its first change
    pub first: u64,
    /// Position of its last one
    pub last: u64,
}

/// What there is to tell in one round. It holds what somebody follows, and nothing else of what was touched.
#[derive(Debug, Default)]
pub struct Batch {
    /// Publications in the order of their last change
    pub items: Vec<Item>,
    /// Places in `items`, by topic
    pub hits: BTreeMap<String, Vec<usize>>,
    /// Names of operators that are followed
    pub names: HashMap<Uuid, String>,
}

/// What a table's content says of itself.
#[derive(Deserialize)]
struct Headed {
    title: String,
    #[serde(default)]
    source: String,
    published_on: Option<chrono::NaiveDate>,
}

/// Title, publisher and day of a revision.
fn headed(past: &Past) -> Option<Headed> {
    serde_json::from_str(past.content.as_deref()?).ok()
}

fn item(changed: &Changed, act: app::domain::act::Act, seen: Option<&Past>) -> Item {
    let headed = seen.and_then(headed);
    let (title, source, day) =
        headed.map_or((None, String::new(), None), |said| (Some(said.title), said.source, said.published_on));
    let news = News {
        act,
        kind: changed.kind,
        title,
        source,
        day,
        path: format!("/{}/{}", changed.kind.folder(), changed.id),
    };
    Item { id: changed.id, news, first: changed.first, last: changed.last }
}

/// What one publication has to tell, and what it touches. Nothing for what readers don't see.
async fn look(db: &Db, changed: &Changed) -> Result<Option<(Item, Touched)>, AlertError> {
    let before = db.last_revision(changed.id, changed.first_at, false).await?;
    let Some(after) = db.last_revision(changed.id, changed.last_at, true).await? else { return Ok(None) };
    if after.at < changed.first_at {
        // no public act: a reply was added, a state of the desk moved
        return Ok(None);
    }
    let before = before.filter(Past::is_public);
    let differs = before.as_ref().is_none_or(|before| before.shown() != after.shown());
    let Some(act) = news(before.is_some(), after.act, differs) else { return Ok(None) };
    let after = Some(after).filter(Past::is_public);
    let item = item(changed, act, after.as_ref().or(before.as_ref()));
    let mut touched = touched(db, changed, before, after.clone()).await?;
    if after.is_none() {
        // whoever was told that it is there is told that it is not
        touched.topics.extend(db.told_topics(changed.id).await?);
    }
    Ok(Some((item, touched)))
}

/// What there is to tell to those who follow at this pace. Each followed search is asked once, and once more for each
/// publication where more is found than one answer holds.
pub async fn gather(db: &Db, index: Arc<Index>, pace: Pace, after: u64, upto: u64) -> Result<Batch, AlertError> {
    let mut batch = Batch::default();
    let mut only = Vec::new();
    for changed in db.changed_between(after, upto).await? {
        let Some((item, touched)) = look(db, &changed).await? else { continue };
        let number = batch.items.len();
        let topics: Vec<String> = touched.topics.into_iter().collect();
        for topic in db.followed(pace, &topics).await? {
            batch.hits.entry(topic).or_default().push(number);
        }
        batch.items.push(item);
        only.push(touched.only);
    }
    if only.iter().any(|only| !only.ids.is_empty() || !only.groups.is_empty()) {
        search_all(db, index, pace, &only, &mut batch).await?;
    }
    let operators = batch.hits.keys().filter_map(|topic| match Topic::parse(topic) {
        Ok(Topic::Operator(id)) => Some(id),
        _ => None,
    });
    let operators: Vec<Uuid> = operators.collect();
    batch.names = db.public_operators(&operators).await?.into_iter().map(|found| (found.id, found.name)).collect();
    Ok(batch)
}

async fn search_all(
    db: &Db,
    index: Arc<Index>,
    pace: Pace,
    only: &[Within],
    batch: &mut Batch,
) -> Result<(), AlertError> {
    let places: HashMap<Uuid, usize> = batch.items.iter().enumerate().map(|(place, item)| (item.id, place)).collect();
    let all = Within {
        ids: only.iter().flat_map(|only| only.ids.iter().cloned()).collect(),
        groups: only.iter().flat_map(|only| only.groups.iter().cloned()).collect(),
    };
    let mut last = "search:".to_owned();
    while let Some(topic) = db.next_search(pace, &last).await? {
        last.clone_from(&topic);
        let Ok(parsed) = Topic::parse(&topic) else { continue };
        let Ok(query) = query_of(&parsed) else { continue };
        let query = app::ports::FindQuery { limit: MOST_HITS, facets: false, ..query };
        let (total, hits) = find_within(Arc::clone(&index), query.clone(), all.clone()).await?;
        let mut found = Vec::new();
        if usize::try_from(total).is_ok_and(|total| total <= hits.len()) {
            found.extend(publications(db, hits).await?.into_iter().filter_map(|id| places.get(&id).copied()));
        } else {
            for (place, own) in only.iter().enumerate() {
                let (total, _) = find_within(Arc::clone(&index), query.clone(), own.clone()).await?;
                found.extend((total > 0).then_some(place));
            }
        }
        found.sort_unstable();
        found.dedup();
        let own = batch.hits.entry(topic).or_default();
        own.extend(found);
        // a withdrawal may have been told to it already
        own.sort_unstable();
        own.dedup();
    }
    batch.hits.retain(|_, places| !places.is_empty());
    Ok(())
}

/// The publications of hits.
async fn publications(db: &Db, hits: Vec<(String, Uuid)>) -> Result<Vec<Uuid>, AlertError> {
    let (rows, own): (Vec<_>, Vec<_>) = hits.into_iter().partition(|(kind, _)| Kind::from_code(kind).is_none());
    let rows: Vec<Uuid> = rows.into_iter().map(|(_, id)| id).collect();
    let mut found = db.publications_of(&rows).await?;
    found.extend(own.into_iter().map(|(_, id)| id));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use app::domain::publication::content::Content;

    use super::*;

    #[test]
    fn a_notice_and_a_table_say_what_they_are() {
        let mut content = Content::new(Kind::Tip);
        content.title = "提示".into();
        content.source = "云川市市场监督管理局".into();
        let past = |text: String| Past {
            act: app::domain::act::Act::Publish,
            at: chrono::DateTime::UNIX_EPOCH,
            content: Some(text),
            lines: None,
        };
        let notice = past(serde_json::to_string(&content).unwrap());
        assert_eq!(headed(&notice).unwrap().title, "提示");
        let table =
            past(r#"{"title":"第一期","issue_no":null,"published_on":"2026-03-01","source":"局","samples":{}}"#.into());
        let said = headed(&table).unwrap();
        assert_eq!((said.title.as_str(), said.published_on), ("第一期", "2026-03-01".parse().ok()));
        assert!(table.notice().is_none() && notice.notice().is_some());
    }
}
