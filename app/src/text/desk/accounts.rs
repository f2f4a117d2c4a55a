//! Administrators' pages of accounts.

use crate::{domain::staff::Role, ports::AccountState};

/// Making one.
pub const ADD_ACCOUNT: &str = "新建账号";
/// Button.
pub const ADD_GO: &str = "新建并生成链接";
/// Field.
pub const DISPLAY_NAME: &str = "姓名";
/// Hint.
pub const NAME_HINT: &str = "用于登录。2到32个小写字母、数字或 . - _，建好后不能修改，也不会再给别人使用。";
/// Field.
pub const ROLES: &str = "角色";
/// Hint.
pub const ROLES_HINT: &str = "只选工作需要的角色。";
/// Column.
pub const STATE: &str = "状态";
/// Column.
pub const LAST_SEEN: &str = "最近登录";
/// Nobody yet.
pub const NEVER: &str = "从未";
/// Wrong name.
pub const BAD_NAME: &str = "账号只能用2到32个小写字母、数字或 . - _，以字母或数字开头。";
/// Taken.
pub const NAME_TAKEN: &str = "这个账号已经有人使用，或者曾经使用过。";
/// None.
pub const NO_ROLE: &str = "请至少选择一个角色。";
/// No name.
pub const NO_DISPLAY_NAME: &str = "请填写姓名。";
/// One's own.
pub const OWN_REFUSED: &str = "不能在这里修改自己的账号，请由另一位管理员操作。";
/// Roles.
pub const CHANGE_ROLES: &str = "修改角色";
/// What happens then.
pub const CHANGE_ROLES_NOTE: &str = "修改后，该账号须重新登录。";
/// Button.
pub const SAVE_ROLES: &str = "保存角色";
/// Locking.
pub const LOCK: &str = "锁定";
/// Button.
pub const LOCK_GO: &str = "锁定账号";
/// What happens then.
pub const LOCK_NOTE: &str = "锁定后立即退出所有设备，不能登录，直到解锁。";
/// Unlocking.
pub const UNLOCK: &str = "解锁";
/// Button.
pub const UNLOCK_GO: &str = "解锁账号";
/// What happens then.
pub const UNLOCK_NOTE: &str = "解锁后可以用原来的密码登录；没有设置过密码的，请重置后发送新链接。";
/// Resetting.
pub const RESET: &str = "重置";
/// Button.
pub const RESET_GO: &str = "重置并生成新链接";
/// What happens then.
pub const RESET_NOTE: &str =
    "用于忘记密码、手机丢失或首次链接过期。原密码、动态验证码和恢复码作废，所有设备退出，由本人用新链接重新设置。";
/// The link.
pub const LINK_TITLE: &str = "设置链接";
/// What to do with it.
pub const LINK_LEAD: &str = "请把链接当面或通过内部渠道交给本人。链接只显示这一次，只能使用一次。";
/// Back.
pub const TO_ACCOUNTS: &str = "回到账号列表";

/// Until when the link is good.
pub fn link_until(moment: &str) -> String {
    format!("有效期至 {moment}。")
}

/// A role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Editor => "编辑",
        Role::Reviewer => "审核",
        Role::CaseOfficer => "办案",
        Role::Lead => "办案负责人",
        Role::Auditor => "审计",
        Role::Admin => "管理员",
    }
}

/// What a role does.
pub fn role_hint(role: Role) -> &'static str {
    match role {
        Role::Editor => "撰写和提交公告",
        Role::Reviewer => "审核、发布别人撰写的公告",
        Role::CaseOfficer => "办理投诉、举报和更正申请",
        Role::Lead => "分派案件、批准延期、纠正误办结，收到超期提醒",
        Role::Auditor => "查看和导出审计记录",
        Role::Admin => "管理账号，看不到案件内容",
    }
}

/// Roles in one line.
pub fn roles(roles: &[Role]) -> String {
    roles.iter().map(|one| role(*one)).collect::<Vec<_>>().join("、")
}

/// Whether somebody can sign in.
pub fn account_state(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "正常",
        AccountState::Waiting => "等待设置密码",
        AccountState::LinkExpired => "链接已过期",
        AccountState::Paused => "登录失败过多，暂时锁定",
        AccountState::Locked => "已锁定",
    }
}
