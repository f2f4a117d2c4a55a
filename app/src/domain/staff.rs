//! Officers of the bureau and what their roles allow (least privilege, domain 7.3).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A role. One officer may have several; the rule of two persons holds all the same (see `publication::life`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 编辑: writes publications
    Editor,
    /// 审核: approves and publishes what others wrote
    Reviewer,
    /// 办案: handles cases
    CaseOfficer,
    /// 负责人: leads those who handle cases, assigns, approves extensions (order 121 art. 27), is told of what is late
    Lead,
    /// 审计: reads and exports the audit trail
    Auditor,
    /// 管理员: manages accounts, sees no case contents
    Admin,
}

/// What somebody at the desk wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See drafts and the state of publications
    SeeDesk,
    /// Write and submit publications
    Write,
    /// Approve, return, schedule and publish them
    Review,
    /// Handle cases: complaints, reports, an operator's request for correction
    HandleCases,
    /// Assign cases, approve extensions, open again what was closed by mistake
    LeadCases,
    /// Read and export the audit trail
    ReadAudit,
    /// Make, change and lock accounts
    ManageAccounts,
}

impl Role {
    /// All roles, in the order in which pages show them.
    pub const ALL: [Self; 6] =
        [Self::Editor, Self::Reviewer, Self::CaseOfficer, Self::Lead, Self::Auditor, Self::Admin];

    /// The name in the database and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Reviewer => "reviewer",
            Self::CaseOfficer => "case_officer",
            Self::Lead => "lead",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// Reads [`Role::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The role table.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Editor => matches!(permission, P::SeeDesk | P::Write),
            Self::Reviewer => matches!(permission, P::SeeDesk | P::Review),
            Self::CaseOfficer => matches!(permission, P::HandleCases),
            Self::Lead => matches!(permission, P::HandleCases | P::LeadCases),
            Self::Auditor => matches!(permission, P::ReadAudit),
            Self::Admin => matches!(permission, P::ManageAccounts),
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account
    pub id: Uuid,
    /// Name as colleagues know it
    pub name: String,
    /// Roles
    pub roles: Vec<Role>,
    /// Token that each form of this session carries
    pub csrf: String,
}

impl Viewer {
    /// Whether one of the roles allows it.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.may(permission))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_own_and_nothing_else() {
        use Permission as P;
        let all = [P::SeeDesk, P::Write, P::Review, P::HandleCases, P::LeadCases, P::ReadAudit, P::ManageAccounts];
        let table: Vec<String> =
            Role::ALL.iter().map(|role| all.iter().map(|p| if role.may(*p) { 'x' } else { '.' }).collect()).collect();
        assert_eq!(table, ["xx.....", "x.x....", "...x...", "...xx..", ".....x.", "......x"]);
        assert!(Role::ALL.iter().all(|role| Role::from_code(role.code()) == Some(*role)));
    }
}
