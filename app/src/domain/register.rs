//! Registers (登记名册): lists with typed columns that a file describes.

use serde::{Deserialize, Serialize};

/// What the operator's page makes of the entries of a register. The four A–D scales are four different things (domain rules,
/// 明厨亮灶: grades).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// 量化分级动态等级
    DynamicGrade,
    /// 量化分级年度等级
    YearlyGrade,
    /// 风险等级
    RiskGrade,
    /// 包保干部 and 包保层级
    OfficialTier,
    /// 食品安全总监, 食品安全员
    People,
    /// 日管控、周排查、月调度
    SelfCheck,
    /// 监督检查结果
    Inspection,
    /// 学校食堂
    School,
    /// 明厨亮灶单位
    BrightKitchen,
    /// 小作坊、小餐饮、摊贩
    SmallTrade,
    /// 网络餐饮下线商户
    Delisted,
    /// 快检结果
    QuickTest,
    /// 违法行为记分
    Points,
    /// 示范店、放心市场 …
    Demonstration,
    /// A line of its own
    Plain,
}
