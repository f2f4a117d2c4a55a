//! Operators (经营者) that published samples name.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Page, PortResult, Sample};
use crate::domain::{bulletin::GroupTally, operator::OperatorKind, place::Point};

/// An operator in a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OperatorLine {
    /// Id
    pub id: Uuid,
    /// Name as first printed
    pub name: String,
    /// Address as last printed
    pub address: Option<String>,
}

/// What is known of one operator.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Operator {
    /// What a list shows of it
    #[serde(flatten)]
    pub line: OperatorLine,
    /// 统一社会信用代码
    pub uscc: Option<String>,
    /// 食品生产 / 经营许可证号
    pub licence: Option<String>,
    /// What it is
    pub kind: Option<OperatorKind>,
    /// District
    pub district: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// Other names that were printed of it, and names of operators that turned out to be the same
    pub aliases: Vec<String>,
    /// Its samples as (labelled) producer, one entry a group
    pub as_producer: Vec<GroupTally>,
    /// Its samples as sampled unit, one entry a group
    pub as_seller: Vec<GroupTally>,
}

/// What an operator is to a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorRole {
    /// 标称生产企业
    Producer,
    /// 被抽样单位
    Seller,
}

/// Reads operators.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Operators by id.
    async fn operators(&self, after: Option<&str>, limit: u32) -> PortResult<Page<OperatorLine>>;
    /// One operator. For one that was merged the kept one is given: compare the ids.
    async fn operator(&self, id: Uuid) -> PortResult<Operator>;
    /// Its samples in a role, newest publication first.
    async fn operator_samples(
        &self,
        id: Uuid,
        role: OperatorRole,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<Page<Sample>>;
}
