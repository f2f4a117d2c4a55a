//! What the operator's page makes of a register.

use serde::{Deserialize, Serialize};

use super::Role;

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

impl Shows {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 15] = [
        Self::DynamicGrade,
        Self::YearlyGrade,
        Self::RiskGrade,
        Self::OfficialTier,
        Self::People,
        Self::SelfCheck,
        Self::Inspection,
        Self::School,
        Self::BrightKitchen,
        Self::SmallTrade,
        Self::Delisted,
        Self::QuickTest,
        Self::Points,
        Self::Demonstration,
        Self::Plain,
    ];

    /// The word in files and in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DynamicGrade => "dynamic_grade",
            Self::YearlyGrade => "yearly_grade",
            Self::RiskGrade => "risk_grade",
            Self::OfficialTier => "official_tier",
            Self::People => "people",
            Self::SelfCheck => "self_check",
            Self::Inspection => "inspection",
            Self::School => "school",
            Self::BrightKitchen => "bright_kitchen",
            Self::SmallTrade => "small_trade",
            Self::Delisted => "delisted",
            Self::QuickTest => "quick_test",
            Self::Points => "points",
            Self::Demonstration => "demonstration",
            Self::Plain => "plain",
        }
    }

    /// Reads [`Shows::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shows| shows.code() == code)
    }

    /// Roles that such a register must have: of each group at least one.
    pub(super) const fn needs(self) -> &'static [&'static [Role]] {
        const OPERATOR: &[Role] = &[Role::OperatorName];
        match self {
            Self::DynamicGrade | Self::YearlyGrade | Self::RiskGrade => &[OPERATOR, &[Role::Grade], &[Role::Date]],
            Self::OfficialTier => &[OPERATOR, &[Role::Tier], &[Role::Person], &[Role::Post]],
            Self::People => &[OPERATOR, &[Role::Person], &[Role::Post]],
            Self::SelfCheck => &[OPERATOR, &[Role::Week]],
            Self::Inspection => &[OPERATOR, &[Role::Date], &[Role::Result]],
            Self::School => &[OPERATOR, &[Role::Kind]],
            Self::BrightKitchen => &[OPERATOR, &[Role::Address]],
            Self::SmallTrade => &[OPERATOR, &[Role::Kind], &[Role::OperatorLicence]],
            Self::Delisted => &[OPERATOR, &[Role::Platform], &[Role::Reason], &[Role::Date]],
            Self::QuickTest => {
                &[&[Role::Product], &[Role::Item], &[Role::Result], &[Role::Date], &[Role::Spot, Role::OperatorName]]
            }
            Self::Points => &[OPERATOR, &[Role::Score], &[Role::Date], &[Role::Basis]],
            Self::Demonstration => &[OPERATOR, &[Role::Kind], &[Role::Date], &[Role::State], &[Role::Basis]],
            Self::Plain => &[],
        }
    }

    /// The role and the codes of its scale, where it has one. Four scales, of which three begin with A: none may be taken
    /// for another.
    pub(super) const fn scale(self) -> Option<(Role, &'static [&'static str])> {
        match self {
            Self::DynamicGrade => Some((Role::Grade, &["excellent", "good", "fair", "none"])),
            Self::YearlyGrade => Some((Role::Grade, &["a", "b", "c", "d", "none"])),
            Self::RiskGrade => Some((Role::Grade, &["a", "b", "c", "d"])),
            Self::OfficialTier => Some((Role::Tier, &["a", "b", "c", "d"])),
            _ => None,
        }
    }

    /// A word that each heading of the scale has.
    pub(super) const fn scale_words(self) -> &'static [&'static str] {
        match self {
            Self::DynamicGrade => &["动态"],
            Self::YearlyGrade => &["年度"],
            Self::RiskGrade => &["风险"],
            Self::OfficialTier => &["包保"],
            _ => &[],
        }
    }

    /// Whether its persons hold an office, by which they are public (§6 row 3, 4).
    pub(super) const fn names_offices(self) -> bool {
        matches!(self, Self::OfficialTier | Self::People)
    }
}
