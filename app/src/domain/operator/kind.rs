//! What an operator is.

use serde::{Deserialize, Serialize};

/// What an operator is (主体业态). Its words stand in `text::operator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorKind {
    /// 食品生产
    Producer,
    /// 食品销售
    Seller,
    /// 餐饮服务
    Catering,
    /// 学校食堂
    SchoolCanteen,
    /// 养老机构食堂
    CareCanteen,
    /// 集体用餐配送
    MealDelivery,
    /// 农贸市场、批发市场
    Market,
    /// 食品小作坊
    SmallWorkshop,
    /// 小餐饮
    SmallCatering,
    /// 食品摊贩
    Stall,
    /// 食品仓储
    Warehouse,
    /// 网络餐饮
    OnlineCatering,
}

impl OperatorKind {
    /// All, in the order in which pages show them.
    pub const ALL: [Self; 12] = [
        Self::Producer,
        Self::Seller,
        Self::Catering,
        Self::SchoolCanteen,
        Self::CareCanteen,
        Self::MealDelivery,
        Self::Market,
        Self::SmallWorkshop,
        Self::SmallCatering,
        Self::Stall,
        Self::Warehouse,
        Self::OnlineCatering,
    ];

    /// The name in the database and in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Seller => "seller",
            Self::Catering => "catering",
            Self::SchoolCanteen => "school_canteen",
            Self::CareCanteen => "care_canteen",
            Self::MealDelivery => "meal_delivery",
            Self::Market => "market",
            Self::SmallWorkshop => "small_workshop",
            Self::SmallCatering => "small_catering",
            Self::Stall => "stall",
            Self::Warehouse => "warehouse",
            Self::OnlineCatering => "online_catering",
        }
    }

    /// Reads [`OperatorKind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_are_those_of_json() {
        for kind in OperatorKind::ALL {
            assert_eq!(OperatorKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()));
        }
        assert_eq!(OperatorKind::from_code("Catering"), None);
    }
}
