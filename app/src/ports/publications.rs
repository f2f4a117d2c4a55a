//! Bulletins and samples that are public.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Page, PortResult, PublicReply};
use crate::domain::{act::Act, bulletin::GroupTally, sample::SampleDraft, sample::Verdict};

/// A bulletin in a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BulletinLine {
    /// Id
    pub id: Uuid,
    /// Title as published
    pub title: String,
    /// 期号 as printed
    pub issue_no: Option<String>,
    /// Day of publication
    pub published_on: NaiveDate,
    /// 来源: who published it
    pub source: String,
    /// Passed and failed samples, one entry a group
    pub tallies: Vec<GroupTally>,
}

/// The file a bulletin was imported from.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OriginalFile {
    /// File name as published
    pub name: String,
    /// Bytes
    pub size: u64,
    /// SHA-256, hexadecimal
    pub sha256: String,
    /// Path on this site
    pub url: String,
}

/// A public act on a publication, as the public log keeps it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Revision {
    /// 第几版, from 1
    pub number: u32,
    /// What was done
    pub act: Act,
    /// When
    pub at: DateTime<Utc>,
    /// Why, where a reason was given
    pub reason: Option<String>,
    /// Place of its leaf in the public log, from 0
    pub place: u64,
    /// Whether what it said can still be read
    pub shown: bool,
}

/// A bulletin.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Bulletin {
    /// What a list shows of it
    #[serde(flatten)]
    pub line: BulletinLine,
    /// Text above the table, paragraphs separated by line breaks
    pub intro: Option<String>,
    /// Notes below the table, as printed
    pub notes: Vec<String>,
    /// The original files
    pub originals: Vec<OriginalFile>,
    /// Last change of what is shown
    pub updated_at: DateTime<Utc>,
    /// Its public acts, the newest first
    pub revisions: Vec<Revision>,
    /// What operators that it names say to it, the oldest first
    pub replies: Vec<PublicReply>,
}

/// The bulletin of a sample.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BulletinRef {
    /// Id
    pub id: Uuid,
    /// Title as published
    pub title: String,
    /// Day of publication
    pub published_on: NaiveDate,
    /// 来源
    pub source: String,
}

/// A sample.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sample {
    /// Id
    pub id: Uuid,
    /// Its bulletin
    pub bulletin: BulletinRef,
    /// Place in the bulletin, from 1
    pub ordinal: u32,
    /// The producer's page, if it is named
    pub producer_id: Option<Uuid>,
    /// The sampled unit's page, if it is named
    pub seller_id: Option<Uuid>,
    /// As printed
    #[serde(flatten)]
    pub printed: SampleDraft,
}

/// Which samples to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleScope {
    /// Only those of this verdict
    pub verdict: Option<Verdict>,
}

/// What is on this site, for the home page and `/about`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Overview {
    /// Bulletins
    pub bulletins: u64,
    /// Operators
    pub operators: u64,
    /// Samples by group
    pub tallies: Vec<GroupTally>,
    /// Day of the oldest bulletin
    pub first_on: Option<NaiveDate>,
    /// Last change of public content
    pub updated_at: Option<DateTime<Utc>>,
}

/// Reads what is published.
#[async_trait]
pub trait Publications: Send + Sync {
    /// Numbers of the whole site.
    async fn overview(&self) -> PortResult<Overview>;
    /// Bulletins, newest first; `year` keeps those published in it.
    async fn bulletins(&self, year: Option<i32>, after: Option<&str>, limit: u32) -> PortResult<Page<BulletinLine>>;
    /// Years with bulletins and their number, newest first.
    async fn bulletin_years(&self) -> PortResult<Vec<(i32, u64)>>;
    /// One bulletin.
    async fn bulletin(&self, id: Uuid) -> PortResult<Bulletin>;
    /// The samples of a bulletin: failed ones first, then as printed.
    async fn samples(
        &self,
        bulletin: Uuid,
        scope: SampleScope,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<Page<Sample>>;
    /// One sample.
    async fn sample(&self, id: Uuid) -> PortResult<Sample>;
    /// Samples of the whole site, newest publication first.
    async fn all_samples(&self, scope: SampleScope, after: Option<&str>, limit: u32) -> PortResult<Page<Sample>>;
}
