//! A sample (样品) as a bulletin prints it: one tested lot with none or several failed items.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{date::SampleDate, finding::FailedItem};

/// 合格 or 不合格. One failed item makes the sample fail (个别项目不合格，即判定为不合格产品).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 合格
    Passed,
    /// 不合格
    Failed,
}

impl Verdict {
    /// The name in the database, the index and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// Reads [`Verdict::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Passed, Self::Failed].into_iter().find(|verdict| verdict.code() == code)
    }

    /// Reads a verdict cell. 不合格 contains 合格, so the negative is looked for first.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let failed = ["不合格", "不符合", "未合格", "问题样品", "阳性", "fail"];
        let passed = ["合格", "符合", "阴性", "未检出问题", "pass"];
        let text = text.to_lowercase();
        if failed.iter().any(|word| text.contains(word)) {
            Some(Self::Failed)
        } else if passed.iter().any(|word| text.contains(word)) {
            Some(Self::Passed)
        } else {
            None
        }
    }
}

/// Which rate a sample belongs to; groups never share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 食品监督抽检
    #[default]
    Food,
    /// 餐饮具 (GB 14934): not a food
    Tableware,
    /// 快检: screening, never a 抽检 verdict (实施条例 art. 43)
    RapidTest,
    /// 评价性抽检: estimates the market
    Evaluation,
}

impl Group {
    /// All groups, in the order in which pages show them.
    pub const ALL: [Self; 4] = [Self::Food, Self::Tableware, Self::RapidTest, Self::Evaluation];

    /// The name in the database and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Food => "food",
            Self::Tableware => "tableware",
            Self::RapidTest => "rapid_test",
            Self::Evaluation => "evaluation",
        }
    }

    /// Reads [`Group::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    /// The group that a product name, category, task or title tells.
    #[must_use]
    pub fn told_by<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut group = Self::Food;
        for text in texts {
            if text.contains("快检") || text.contains("快速检测") || text.contains("快筛") {
                return Self::RapidTest;
            }
            if text.contains("评价性") {
                group = Self::Evaluation;
            }
            let is_tableware =
                ["餐饮具", "餐具", "餐(饮)具", "餐（饮）具", "消毒餐", "饮具"].iter().any(|word| text.contains(word));
            if group == Self::Food && is_tableware {
                group = Self::Tableware;
            }
        }
        group
    }
}

/// A firm or shop as a row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Party {
    /// Name as printed; for producers to be shown as 标称 (as labelled)
    pub name: Option<String>,
    /// Address as printed
    pub address: Option<String>,
    /// Province as printed in a column of its own
    pub province: Option<String>,
}

/// A sample as read from a table. Absent values (`/ - — 无`, blank) are `None`; everything else is as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SampleDraft {
    /// 抽样编号, an opaque unique key
    pub number: Option<String>,
    /// 食品名称 / 样品名称
    pub product: String,
    /// 商标
    pub brand: Option<String>,
    /// 规格型号
    pub spec: Option<String>,
    /// 分类 (食品大类 or finer), as printed
    pub category: Option<String>,
    /// 标称生产企业
    pub producer: Party,
    /// 被抽样单位
    pub seller: Party,
    /// 网抽平台名称
    pub platform: Option<String>,
    /// 网店商铺名称
    pub shop: Option<String>,
    /// 生产 (or 购进 …) 日期
    pub date: Option<SampleDate>,
    /// 批号 in a column of its own
    pub lot: Option<String>,
    /// 保质期
    pub shelf_life: Option<String>,
    /// 抽样日期
    pub sampled_on: Option<NaiveDate>,
    /// Which rate it belongs to
    pub group: Group,
    /// 合格 / 不合格; `None` only while reading
    pub verdict: Option<Verdict>,
    /// 不合格项目
    pub failed_items: Vec<FailedItem>,
    /// 检验机构
    pub laboratory: Option<String>,
    /// 任务来源 / 项目名称
    pub task: Option<String>,
    /// 抽样环节
    pub stage: Option<String>,
    /// 公告号
    pub notice_number: Option<String>,
    /// 发布单位, where a table mixes several
    pub publisher: Option<String>,
    /// 公告日期
    pub published_on: Option<NaiveDate>,
    /// 备注 (异议, 假冒, 复检 …): always shown beside the named producer
    pub remark: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_passed_is_failed() {
        for (text, verdict) in [
            ("合格", Some(Verdict::Passed)),
            ("不 合格", Some(Verdict::Failed)),
            ("不合格", Some(Verdict::Failed)),
            ("该批次不符合要求", Some(Verdict::Failed)),
            ("符合", Some(Verdict::Passed)),
            ("/", None),
            ("", None),
        ] {
            assert_eq!(Verdict::read(text), verdict, "{text}");
        }
    }

    #[test]
    fn groups_are_told_apart() {
        assert_eq!(Group::told_by(["复用餐饮具", "2024年监督抽检"]), Group::Tableware);
        assert_eq!(Group::told_by(["韭菜", "农贸市场快检"]), Group::RapidTest);
        assert_eq!(Group::told_by(["大米", "评价性抽检"]), Group::Evaluation);
        assert_eq!(Group::told_by(["大米", "监督抽检"]), Group::Food);
    }
}
