//! Words of the desk (工作台): signing in, accounts, the audit trail, and what all its forms share.

/// The desk.
pub const DESK: &str = "工作台";
/// Its navigation.
pub const PARTS: &str = "工作台导航";
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
