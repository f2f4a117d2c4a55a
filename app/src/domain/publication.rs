//! Publications (公开信息): what the bureau makes public, of several kinds, each with its own fields.

pub mod content;
pub mod difference;
pub mod field;
pub mod life;
pub mod recall;

use serde::{Deserialize, Serialize};

/// Kinds of publications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 抽检公告: with a table of samples
    Bulletin,
    /// 核查处置 of failed samples
    Disposal,
    /// 行政处罚
    Penalty,
    /// 召回
    Recall,
    /// 消费警示
    Warning,
    /// 消费提示
    Tip,
    /// 通知公告
    Notice,
    /// 科普
    Article,
    /// 登记名册: with entries
    Register,
}

impl Kind {
    /// All kinds, in the order in which pages show them.
    pub const ALL: [Self; 9] = [
        Self::Bulletin,
        Self::Disposal,
        Self::Penalty,
        Self::Recall,
        Self::Warning,
        Self::Tip,
        Self::Notice,
        Self::Article,
        Self::Register,
    ];

    /// The name in the database, the index, the log and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin",
            Self::Disposal => "disposal",
            Self::Penalty => "penalty",
            Self::Recall => "recall",
            Self::Warning => "warning",
            Self::Tip => "tip",
            Self::Notice => "notice",
            Self::Article => "article",
            Self::Register => "register",
        }
    }

    /// Reads [`Kind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The first part of the path of its pages.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletins",
            Self::Disposal => "disposals",
            Self::Penalty => "penalties",
            Self::Recall => "recalls",
            Self::Warning => "warnings",
            Self::Tip => "tips",
            Self::Notice => "notices",
            Self::Article => "articles",
            Self::Register => "registers",
        }
    }

    /// Reads [`Kind::folder`].
    #[must_use]
    pub fn from_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

/// How a publication stands before the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Never was public
    Never,
    /// 公开
    Public,
    /// 已撤回: its content is not shown, its page says why
    Withdrawn,
    /// 已移除: its time was over, or the law asks for it; its content is deleted
    Removed,
}

impl Standing {
    /// All, for reading and for tests.
    pub const ALL: [Self; 4] = [Self::Never, Self::Public, Self::Withdrawn, Self::Removed];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Public => "public",
            Self::Withdrawn => "withdrawn",
            Self::Removed => "removed",
        }
    }

    /// Reads [`Standing::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in Kind::ALL {
            assert_eq!((Kind::from_code(kind.code()), Kind::from_folder(kind.folder())), (Some(kind), Some(kind)));
        }
        assert!(Standing::ALL.iter().all(|one| Standing::from_code(one.code()) == Some(*one)));
    }
}
