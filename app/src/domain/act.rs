//! Public acts (公开行为): what the public log keeps.

use serde::{Deserialize, Serialize};

/// What was done to a publication in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 公布
    Publish,
    /// 更正: a new revision; the old one stays visible
    Correct,
    /// 撤回
    Withdraw,
    /// 期满移除, or removal for another legal reason
    Remove,
}

impl Act {
    /// The name in the database and in the log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::Withdraw => "withdraw",
            Self::Remove => "remove",
        }
    }

    /// Reads [`Act::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Publish, Self::Correct, Self::Withdraw, Self::Remove].into_iter().find(|act| act.code() == code)
    }
}
