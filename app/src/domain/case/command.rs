//! What may be done to a case: acts, commands with their data, who gives them, and why one is refused.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{EndGround, Outcome, Receiver, RefusalGround};
use crate::domain::{
    clock::PauseReason,
    staff::{Permission, Viewer},
};

/// Whether a mediation document was made (order 121 art. 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// 调解书, signed by both and sealed, three copies
    Document,
    /// Performed on the spot: a record is enough
    Performed,
    /// Both agreed on none: a record is enough
    NoneWanted,
}

/// Something done to a case, with what the rules must know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The citizen adds material, or answers
    Supplement,
    /// The citizen takes a complaint back
    Withdraw,
    /// An officer takes a case that nobody has
    Take,
    /// The lead gives it to an officer
    Assign(Uuid),
    /// 分送 to another bureau or branch (art. 41); nobody has it then
    HandOver,
    /// 补正
    Ask,
    /// 受理
    Accept,
    /// 不予受理
    Refuse(RefusalGround),
    /// Time, place and mediators of a session, told to both (art. 20)
    Invite,
    /// 中止
    Pause(PauseReason),
    /// The reason is gone
    Resume,
    /// 调解成功
    Settle(Settlement),
    /// 终止调解
    End(EndGround),
    /// Both parties (a report: its author) have been told
    Told,
    /// A clue to a breach was found in the mediation (art. 27): a report is opened beside
    FindClue,
    /// 核查 begins
    Check,
    /// 延期, asked for
    AskExtension,
    /// … approved by the lead
    ApproveExtension,
    /// … not approved
    DenyExtension,
    /// 立案
    File,
    /// 不予立案
    DontFile,
    /// The case is decided
    Decide(Outcome),
    /// 移送, with the written notice (food law art. 115)
    Transfer(Receiver),
    /// 告知另行提出: market-supervision work of another place (art. 34: no transfer between bureaus)
    Redirect,
    /// 合并 into another case (art. 35)
    Merge,
    /// Takes in a repeated report with new facts: the clock starts again (art. 35)
    TakeIn,
    /// Something said to the citizen
    Message,
    /// Something for colleagues
    Note,
    /// The lead opens again what was closed by mistake
    Reopen,
}

/// [`Command`] without what comes with it.
#[expect(missing_docs, reason = "see Command")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Supplement,
    Withdraw,
    Take,
    Assign,
    HandOver,
    Ask,
    Accept,
    Refuse,
    Invite,
    Pause,
    Resume,
    Settle,
    End,
    Told,
    FindClue,
    Check,
    AskExtension,
    ApproveExtension,
    DenyExtension,
    File,
    DontFile,
    Decide,
    Transfer,
    Redirect,
    Merge,
    TakeIn,
    Message,
    Note,
    Reopen,
}

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Whoever filed it, by number and query code
    Citizen,
    /// An officer
    Officer(&'a Viewer),
}

/// Why it is not done; nothing has changed then. Words are in `text::case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not by this person at all
    NotAllowed,
    /// Another officer has the case
    NotYours,
    /// Nobody has the case yet: take it first
    NotTaken,
    /// Not at this stage, or not for this kind
    NotNow,
    /// Whoever asked for an extension can't approve it
    OwnWork,
    /// This ground is not in the rule of the case
    NoGround,
    /// This does not stop a clock (order 121 art. 22)
    NoPause,
    /// Something must be said with it
    NoText,
}

impl Act {
    /// All.
    pub const ALL: [Self; 29] = [
        Self::Supplement,
        Self::Withdraw,
        Self::Take,
        Self::Assign,
        Self::HandOver,
        Self::Ask,
        Self::Accept,
        Self::Refuse,
        Self::Invite,
        Self::Pause,
        Self::Resume,
        Self::Settle,
        Self::End,
        Self::Told,
        Self::FindClue,
        Self::Check,
        Self::AskExtension,
        Self::ApproveExtension,
        Self::DenyExtension,
        Self::File,
        Self::DontFile,
        Self::Decide,
        Self::Transfer,
        Self::Redirect,
        Self::Merge,
        Self::TakeIn,
        Self::Message,
        Self::Note,
        Self::Reopen,
    ];

    /// The name in the database, in forms and in the audit trail.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Withdraw => "withdraw",
            Self::Take => "take",
            Self::Assign => "assign",
            Self::HandOver => "hand_over",
            Self::Ask => "ask",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Invite => "invite",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Settle => "settle",
            Self::End => "end",
            Self::Told => "told",
            Self::FindClue => "find_clue",
            Self::Check => "check",
            Self::AskExtension => "ask_extension",
            Self::ApproveExtension => "approve_extension",
            Self::DenyExtension => "deny_extension",
            Self::File => "file",
            Self::DontFile => "dont_file",
            Self::Decide => "decide",
            Self::Transfer => "transfer",
            Self::Redirect => "redirect",
            Self::Merge => "merge",
            Self::TakeIn => "take_in",
            Self::Message => "message",
            Self::Note => "note",
            Self::Reopen => "reopen",
        }
    }

    /// Reads [`Act::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The permission it needs; none where it is the citizen's.
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Supplement | Self::Withdraw => None,
            Self::Assign | Self::ApproveExtension | Self::DenyExtension | Self::Reopen => Some(Permission::LeadCases),
            _ => Some(Permission::HandleCases),
        }
    }

    /// Whether a reason, a question or a text belongs to it.
    #[must_use]
    pub fn says(self) -> bool {
        matches!(
            self,
            Self::Supplement
                | Self::HandOver
                | Self::Ask
                | Self::Refuse
                | Self::Invite
                | Self::Pause
                | Self::Settle
                | Self::End
                | Self::FindClue
                | Self::AskExtension
                | Self::DenyExtension
                | Self::DontFile
                | Self::Decide
                | Self::Transfer
                | Self::Redirect
                | Self::Message
                | Self::Note
                | Self::Reopen
        )
    }

    /// Whether the citizen sees that it happened, and what was said with it.
    #[must_use]
    pub fn is_told(self) -> bool {
        !matches!(
            self,
            Self::Take | Self::Assign | Self::FindClue | Self::AskExtension | Self::DenyExtension | Self::Note
        )
    }
}

impl Command {
    /// Which act it is.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::Supplement => Act::Supplement,
            Self::Withdraw => Act::Withdraw,
            Self::Take => Act::Take,
            Self::Assign(_) => Act::Assign,
            Self::HandOver => Act::HandOver,
            Self::Ask => Act::Ask,
            Self::Accept => Act::Accept,
            Self::Refuse(_) => Act::Refuse,
            Self::Invite => Act::Invite,
            Self::Pause(_) => Act::Pause,
            Self::Resume => Act::Resume,
            Self::Settle(_) => Act::Settle,
            Self::End(_) => Act::End,
            Self::Told => Act::Told,
            Self::FindClue => Act::FindClue,
            Self::Check => Act::Check,
            Self::AskExtension => Act::AskExtension,
            Self::ApproveExtension => Act::ApproveExtension,
            Self::DenyExtension => Act::DenyExtension,
            Self::File => Act::File,
            Self::DontFile => Act::DontFile,
            Self::Decide(_) => Act::Decide,
            Self::Transfer(_) => Act::Transfer,
            Self::Redirect => Act::Redirect,
            Self::Merge => Act::Merge,
            Self::TakeIn => Act::TakeIn,
            Self::Message => Act::Message,
            Self::Note => Act::Note,
            Self::Reopen => Act::Reopen,
        }
    }
}
