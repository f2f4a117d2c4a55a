//! What a bulletin's leaf in the public log commits to.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::BulletinDraft;
use crate::{
    id::Ids,
    store::{StoreError, Tx, acts::Content, with_tx},
    tlog::{pack, root_of_lines},
};

const ORIGINALS: &str = "SELECT sha256, name FROM original WHERE bulletin_id = $1 ORDER BY added_at, sha256";

#[derive(Serialize)]
struct Bulletin<'a> {
    title: &'a str,
    issue_no: Option<&'a str>,
    published_on: NaiveDate,
    source: &'a str,
    intro: Option<&'a str>,
    notes: &'a [String],
    originals: Vec<Original>,
    demo: bool,
    samples: Samples,
}

#[derive(Serialize)]
struct Original {
    sha256: String,
    name: String,
}

#[derive(Serialize)]
struct Samples {
    count: usize,
    /// Root of the Merkle tree over the samples' lines, in the order of the bulletin
    root: String,
}

impl Tx {
    /// The content of a bulletin as saved in this transaction.
    pub(super) async fn bulletin_content(
        &mut self,
        id: Uuid,
        draft: &BulletinDraft,
        ids: &Ids,
    ) -> Result<Content, StoreError> {
        const UNWRITABLE: StoreError = StoreError::Value("revision.content");
        let originals: Vec<(String, String)> =
            with_tx!(self, |conn| sqlx::query_as(ORIGINALS).bind(id).fetch_all(&mut *conn).await)?;
        let lines: Result<Vec<String>, _> = draft.samples.iter().map(serde_json::to_string).collect();
        let lines = lines.map_err(|_| UNWRITABLE)?;
        let bulletin = Bulletin {
            title: &draft.title,
            issue_no: draft.issue_no.as_deref(),
            published_on: draft.published_on,
            source: &draft.source,
            intro: draft.intro.as_deref(),
            notes: &draft.notes,
            originals: originals.into_iter().map(|(sha256, name)| Original { sha256, name }).collect(),
            demo: draft.demo,
            samples: Samples { count: lines.len(), root: root_of_lines(lines.iter().map(String::as_str)) },
        };
        Ok(Content {
            text: serde_json::to_string(&bulletin).map_err(|_| UNWRITABLE)?,
            lines: Some(pack(lines.iter().map(String::as_str)).map_err(|_| UNWRITABLE)?),
            salt: ids.salt(),
        })
    }
}
