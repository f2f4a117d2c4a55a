//! Families of failing items.

mod words;

use serde::{Deserialize, Serialize};
use words::WORDS;

/// Families of failing items, for filters and plain-language notes.
/// Grouping: sampling practice (`shared/domain.md` 3.5); an item in none is [`Family::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// 农兽药残留超标
    Residue,
    /// 禁用药
    BannedDrug,
    /// 微生物污染
    Microbe,
    /// 致病菌
    Pathogen,
    /// 超范围、超限量使用食品添加剂
    Additive,
    /// 重金属等元素污染物
    Metal,
    /// 生物毒素
    Toxin,
    /// 其他污染物
    Contaminant,
    /// 质量指标
    Quality,
    /// 标签
    Label,
    /// 非法添加
    Illegal,
    /// 其他
    Other,
}

impl Family {
    /// All families, in the order of the filter list.
    pub const ALL: [Self; 12] = [
        Self::Residue,
        Self::BannedDrug,
        Self::Microbe,
        Self::Pathogen,
        Self::Additive,
        Self::Metal,
        Self::Toxin,
        Self::Contaminant,
        Self::Quality,
        Self::Label,
        Self::Illegal,
        Self::Other,
    ];

    /// The family of a test item by its printed name.
    #[must_use]
    pub fn of(item: &str) -> Self {
        let item = item.to_lowercase().replace('（', "(");
        // "其他霉素" would swallow the moulds and the banned drug: the order of WORDS decides
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| item.contains(word)))
            .map_or(Self::Other, |(family, _)| *family)
    }

    /// The name in the database, the index and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Residue => "residue",
            Self::BannedDrug => "banned_drug",
            Self::Microbe => "microbe",
            Self::Pathogen => "pathogen",
            Self::Additive => "additive",
            Self::Metal => "metal",
            Self::Toxin => "toxin",
            Self::Contaminant => "contaminant",
            Self::Quality => "quality",
            Self::Label => "label",
            Self::Illegal => "illegal",
            Self::Other => "other",
        }
    }

    /// Reads [`Family::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_common_items() {
        for (item, family) in [
            ("毒死蜱", Family::Residue),
            ("恩诺沙星（以恩诺沙星与环丙沙星之和计）", Family::Residue),
            ("氯霉素", Family::BannedDrug),
            ("呋喃唑酮代谢物", Family::BannedDrug),
            ("霉菌", Family::Microbe),
            ("大肠菌群", Family::Microbe),
            ("金黄色葡萄球菌", Family::Pathogen),
            ("苯甲酸及其钠盐（以苯甲酸计）", Family::Additive),
            ("铝的残留量(干样品,以Al计)", Family::Additive),
            ("铅（以Pb计）", Family::Metal),
            ("黄曲霉毒素B₁", Family::Toxin),
            ("苯并[a]芘", Family::Contaminant),
            ("酸价(KOH)", Family::Quality),
            ("标签", Family::Label),
            ("罂粟碱", Family::Illegal),
            ("某未知项目", Family::Other),
        ] {
            assert_eq!(Family::of(item), family, "{item}");
        }
    }
}
