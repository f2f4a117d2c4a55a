//! Publications of every kind but sampling bulletins, as the public reads them; and what became of those that are gone.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OperatorLine, Page, PortResult, PublicReply, Revision};
use crate::domain::{
    act::Act,
    publication::{
        Kind,
        content::Content,
        recall::{Answer, Held, judge},
    },
};

/// A publication that was public and is not any more: its address answers 410.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Which kind
    pub kind: Kind,
    /// Withdrawn or removed
    pub act: Act,
    /// Since when
    pub at: DateTime<Utc>,
    /// Why it was withdrawn; removed records give none
    pub reason: Option<String>,
    /// Its leaf in the public log
    pub place: u64,
}

/// Which publications to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoticeScope {
    /// Kind; none: all but bulletins
    pub kind: Option<Kind>,
    /// Year of publication
    pub year: Option<i32>,
    /// Those that name an operator
    pub operator: Option<Uuid>,
    /// Those that are linked to a sample
    pub sample: Option<Uuid>,
}

/// A publication as the public sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// Id
    pub id: Uuid,
    /// What it says, without the fields that are not shown
    pub content: Content,
    /// Day of publication
    pub published_on: NaiveDate,
    /// Last public act
    pub updated_at: DateTime<Utc>,
}

/// A published sample that a publication is linked to.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SampleLink {
    /// Id
    pub id: Uuid,
    /// 抽样编号
    pub number: Option<String>,
    /// Product
    pub product: String,
    /// Verdict code
    pub verdict: String,
    /// Its bulletin
    pub bulletin: String,
}

/// A publication with what it is linked to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoticeFull {
    /// What it says
    #[serde(flatten)]
    pub notice: Notice,
    /// Operators that it names and that have a page
    pub operators: Vec<OperatorLine>,
    /// Samples that it is linked to
    pub samples: Vec<SampleLink>,
    /// Public acts, the newest first
    pub revisions: Vec<Revision>,
    /// What operators that it names say to it, the oldest first
    pub replies: Vec<PublicReply>,
}

/// An earlier revision, where its content may still be shown.
#[derive(Clone, Debug)]
pub struct EarlierRevision {
    /// Which act it was
    pub revision: Revision,
    /// What it said; `None` where it is not shown any more
    pub content: Option<serde_json::Value>,
    /// Samples of a bulletin, one JSON text each, in order
    pub lines: Vec<String>,
}

/// A recall and what it says to somebody who asks.
#[derive(Clone, Debug)]
pub struct RecallAnswer {
    /// The recall
    pub recall: Notice,
    /// Its answer
    pub answer: Answer,
}

/// Recalls read at once, and at all.
const RECALLS: u32 = 200;
const MOST_RECALLS: usize = 2_000;

/// Asks all public recalls: those that affect what somebody holds first, then those that can't tell, the newest first.
pub async fn check_recalls(notices: &dyn Notices, words: &str, held: &Held) -> PortResult<Vec<RecallAnswer>> {
    let scope = NoticeScope { kind: Some(Kind::Recall), ..NoticeScope::default() };
    let (mut answers, mut asked, mut after) = (Vec::new(), 0, None);
    loop {
        let page = notices.notices(scope, after.as_deref(), RECALLS).await?;
        asked += page.items.len();
        answers.extend(page.items.into_iter().filter_map(|recall| {
            let answer = judge(&recall.content, words, held)?;
            Some(RecallAnswer { recall, answer })
        }));
        after = page.next;
        if after.is_none() || asked >= MOST_RECALLS {
            break;
        }
    }
    answers.sort_by_key(|answer| answer.answer);
    Ok(answers)
}

/// Reads.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Publications, newest first.
    async fn notices(&self, scope: NoticeScope, after: Option<&str>, limit: u32) -> PortResult<Page<Notice>>;
    /// Years in which a kind was published, with how many, newest first.
    async fn notice_years(&self, kind: Kind) -> PortResult<Vec<(i32, u64)>>;
    /// How many are public of each kind, bulletins too; kinds without any are left out.
    async fn notice_counts(&self) -> PortResult<Vec<(Kind, u64)>>;
    /// One publication. [`super::PortError::Gone`] for what is withdrawn or removed.
    async fn notice(&self, id: Uuid) -> PortResult<NoticeFull>;
    /// A revision of something that is public.
    async fn earlier(&self, id: Uuid, number: u32) -> PortResult<EarlierRevision>;
    /// What became of a publication, sample or file that can't be found.
    async fn gone(&self, id: Uuid) -> PortResult<Option<Gone>>;
}
