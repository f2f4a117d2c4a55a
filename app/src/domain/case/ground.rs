//! The closed lists of the rules: why a complaint is refused, why a mediation ends, what else a consumer can do, how a
//! report ends.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Rule;

/// 不予受理: exactly seven grounds (order 121 art. 16). Order 20 art. 15 had six (from memory, **unverified**): none
/// for [`RefusalGround::Impersonation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalGround {
    /// Not the department's duty, or this bureau is not competent
    NotCompetent,
    /// Somebody already accepted or handled the same dispute
    HandledBefore,
    /// Not for daily consumption, or no dispute proved (factors: art. 17)
    NotConsumer,
    /// More than three years since the consumer knew
    TooLate,
    /// Material missing or false
    Material,
    /// In another's name, or identity not shown
    Impersonation,
    /// Other cases in laws and rules
    Other,
}

/// 终止调解: exactly eight grounds (order 121 art. 23). Order 20 art. 21 had seven (from memory, **unverified**): none
/// for [`EndGround::PartyGone`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndGround {
    /// Withdrawn, or settled between the two
    Withdrawn,
    /// A party does not take part without reason, or refuses mediation
    NoPart,
    /// A party says that there can be no agreement
    NoAgreement,
    /// No agreement on who pays for 鉴定、检测
    TestingCost,
    /// The time is over
    TimeOver,
    /// Found afterwards: a ground of refusal, or fraud (art. 16, 42)
    FoundLater,
    /// A party died or exists no more
    PartyGone,
    /// Other cases in laws and rules
    Other,
}

/// 消费者权益保护法 art. 39: the ways to solve a dispute, to be named in every refusal and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// 与经营者协商和解
    Negotiation,
    /// 请求消费者协会或者依法成立的其他调解组织调解
    Association,
    /// 向有关行政部门投诉
    OtherDepartment,
    /// 根据与经营者达成的仲裁协议提请仲裁机构仲裁
    Arbitration,
    /// 向人民法院提起诉讼
    Court,
}

/// All five.
pub const REMEDIES: [Remedy; 5] =
    [Remedy::Negotiation, Remedy::Association, Remedy::OtherDepartment, Remedy::Arbitration, Remedy::Court];

/// How a filed case of a report was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 行政处罚
    Penalty,
    /// 不予行政处罚
    NoPenalty,
    /// 责令改正
    Rectification,
    /// 违法事实不能成立
    NotProved,
}

/// Who gets a matter that is not the department's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// 公安机关
    Police,
    /// 农业农村部门
    Agriculture,
    /// 卫生健康部门
    Health,
    /// 烟草专卖部门
    Tobacco,
    /// 其他部门, named in the text
    Other,
}

/// Codes by `snake_case` and back, for a list of the rules.
macro_rules! codes {
    ($name:ident, $count:literal, $($variant:ident => $code:literal),+ $(,)?) => {
        impl $name {
            /// All, in the order of the rule.
            pub const ALL: [Self; $count] = [$(Self::$variant),+];

            /// The name in the database and in forms.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads `code`.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.code() == code)
            }
        }
    };
}

codes!(RefusalGround, 7, NotCompetent => "not_competent", HandledBefore => "handled_before",
    NotConsumer => "not_consumer", TooLate => "too_late", Material => "material", Impersonation => "impersonation",
    Other => "other");
codes!(EndGround, 8, Withdrawn => "withdrawn", NoPart => "no_part", NoAgreement => "no_agreement",
    TestingCost => "testing_cost", TimeOver => "time_over", FoundLater => "found_later", PartyGone => "party_gone",
    Other => "other");
codes!(Outcome, 4, Penalty => "penalty", NoPenalty => "no_penalty", Rectification => "rectification",
    NotProved => "not_proved");
codes!(Receiver, 5, Police => "police", Agriculture => "agriculture", Health => "health", Tobacco => "tobacco",
    Other => "other");

impl RefusalGround {
    /// The item of the article (order 121 art. 16, order 20 art. 15); none where the rule does not have it.
    #[must_use]
    pub fn item(self, rule: Rule) -> Option<u8> {
        let place = Self::ALL.iter().position(|one| *one == self).and_then(|place| u8::try_from(place + 1).ok());
        match (rule, self) {
            (Rule::R121, _) => place,
            (Rule::R20, Self::Impersonation) => None,
            (Rule::R20, Self::Other) => Some(6),
            (Rule::R20, _) => place,
        }
    }
}

impl EndGround {
    /// The item of the article (order 121 art. 23, order 20 art. 21); none where the rule does not have it.
    #[must_use]
    pub fn item(self, rule: Rule) -> Option<u8> {
        let place = Self::ALL.iter().position(|one| *one == self).and_then(|place| u8::try_from(place + 1).ok());
        match (rule, self) {
            (Rule::R121, _) => place,
            (Rule::R20, Self::PartyGone) => None,
            (Rule::R20, Self::Other) => Some(7),
            (Rule::R20, _) => place,
        }
    }
}
