//! Words of the desk (工作台): signing in, accounts, the audit trail, and what all its forms share.

mod accounts;
mod audit;
mod sign_in;

pub use accounts::*;
pub use audit::*;
pub use sign_in::*;

/// The desk.
pub const DESK: &str = "工作台";
/// Its navigation.
pub const PARTS: &str = "工作台导航";
/// Where one is reminded of dates.
pub const REMINDERS: &str = "期限提醒";
/// Its field.
pub const REMINDERS_TO: &str = "提醒邮箱";
/// What comes there.
pub const REMINDERS_HINT: &str =
    "经办案件的期限临近、逾期，以及当事人补充材料时，发到这个邮箱。邮件里只有编号、步骤和日期。留空不发。";
/// Its button.
pub const SAVE_MAIL: &str = "保存邮箱";
/// Accounts.
pub const ACCOUNTS: &str = "账号";
/// The audit trail.
pub const AUDIT: &str = "审计记录";
/// Leaving.
pub const SIGN_OUT: &str = "退出";
/// Beside the label of a field that may be left empty.
pub const OPTIONAL: &str = "（选填）";
/// Before an error, for those who hear the page.
pub const ERROR: &str = "错误：";
/// Before the title of a page with errors.
pub const TITLE_WRONG: &str = "有误：";
/// Above all errors.
pub const SUMMARY: &str = "没有提交，请先改正";
/// On the desk's first page.
pub const NOTHING_HERE: &str = "您的角色目前没有可处理的事项。";
/// Above one's roles.
pub const YOUR_ROLES: &str = "您的角色";

/// Title and text of a page that only says something.
pub type Words = (&'static str, &'static str);

/// Nobody is signed in (any more).
pub const SIGNED_OUT: Words =
    ("需要重新登录", "您没有登录，或者登录已经过期，刚才的内容没有提交。请另开窗口登录，再回到填写的页面复制内容。");
/// The role doesn't allow it.
pub const FORBIDDEN: Words = ("没有权限", "您的角色不能使用这项功能。这次访问已记入审计记录。");
/// The form is too large.
pub const TOO_LARGE: Words =
    ("内容太大", "提交的内容超过了限制，没有保存。请返回上一页，删减内容或者缩小文件后再提交。");
/// The form can't be read.
pub const UNREADABLE: Words =
    ("没有收到完整的内容", "提交的内容不完整或者无法识别，没有保存。请返回上一页再提交一次。");
/// The form came from elsewhere, or from an earlier session.
pub const FOREIGN: Words =
    ("没有提交", "这次提交不是来自您当前登录的页面，没有执行。如果是您自己提交的，请回到工作台重新打开页面再试。");
/// There is nothing at this address.
pub const NOT_FOUND: Words = ("没有这个页面", "地址有误，或者内容已经不在。");
/// Back to the desk.
pub const BACK: &str = "回到工作台";
