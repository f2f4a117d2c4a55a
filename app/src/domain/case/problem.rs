//! Kinds of problem of a food complaint or report: the portal's own list, to be mapped to the 12315 tree.

use serde::{Deserialize, Serialize};

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident => $code:literal),+ $(,)?) => {
        /// What the problem is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Problem { $($(#[$doc])* $variant),+ }

        impl Problem {
            /// All, in the order in which forms show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the database, in forms and addresses.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads [`Problem::code`].
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

problems! {
    /// 食物中毒、身体不适
    Illness => "illness",
    /// 异物
    ForeignBody => "foreign_body",
    /// 变质、霉变
    Spoiled => "spoiled",
    /// 过期
    Expired => "expired",
    /// 环境卫生、虫鼠
    Hygiene => "hygiene",
    /// 无证经营
    Unlicensed => "unlicensed",
    /// 添加剂超范围超限量、非法添加
    Additive => "additive",
    /// 标签、虚假标注
    Label => "label",
    /// 假冒伪劣
    Counterfeit => "counterfeit",
    /// 保健食品虚假宣传
    Supplement => "supplement",
    /// 网络订餐：地址、证照、无堂食标识
    Delivery => "delivery",
    /// 学校食堂
    School => "school",
    /// 病死畜禽、未检疫肉
    Meat => "meat",
    /// 短斤缺两、价格
    Measure => "measure",
    /// 预付卡
    Prepaid => "prepaid",
    /// 食品浪费
    Waste => "waste",
    /// 其他
    Other => "other",
}
