//! Signing in, passwords, the second factor.

/// Signing in.
pub const SIGN_IN: &str = "登录";
/// Above the form.
pub const SIGN_IN_LEAD: &str = "供本单位工作人员使用。";
/// Field.
pub const NAME: &str = "账号";
/// Field.
pub const PASSWORD: &str = "密码";
/// Button.
pub const GO_ON: &str = "继续";
/// One answer for a wrong name, a wrong password and a locked account.
pub const WRONG: &str = "账号或密码不正确，或者账号暂时锁定。连续多次不正确会锁定一段时间。";
/// Too many failures from one address.
pub const WAIT: &str = "从您所在网络登录失败的次数过多，请过一会儿再试。";
/// Forgotten.
pub const FORGOTTEN: &str = "忘记密码、手机丢失或者账号被锁定，请联系本单位的系统管理员。";
/// The code.
pub const CODE_TITLE: &str = "输入动态验证码";
/// Field.
pub const CODE: &str = "动态验证码";
/// Hint.
pub const CODE_HINT: &str = "手机验证器应用上显示的6位数字。手机不在身边时，可以输入一个恢复码。";
/// Hint at enrolment.
pub const CODE_HINT_FIRST: &str = "手机验证器应用上现在显示的6位数字。";
/// Wrong code.
pub const WRONG_CODE: &str = "验证码不正确或已经用过。请等待应用显示下一个验证码再输入。";
/// Set-up.
pub const SET_UP: &str = "设置密码";
/// The link is not good.
pub const LINK_GONE: &str = "链接不能使用";
/// Why, and what to do.
pub const LINK_GONE_WHY: &str = "这个链接已经用过、已经过期，或者被新的链接取代。请联系系统管理员重新获取。";
/// Field.
pub const NEW_PASSWORD: &str = "新密码";
/// Field.
pub const AGAIN: &str = "再输入一次新密码";
/// Field.
pub const PRESENT_PASSWORD: &str = "现在的密码";
/// Button.
pub const SAVE_PASSWORD: &str = "保存密码";
/// They differ.
pub const NOT_THE_SAME: &str = "两次输入的密码不一样。";
/// Wrong.
pub const WRONG_PRESENT: &str = "现在的密码不正确。连续多次不正确会锁定账号。";
/// The same as before.
pub const SAME_PASSWORD: &str = "新密码不能和现在的密码相同。";
/// Too long.
pub const PASSWORD_LONG: &str = "密码太长，请不超过256个字。";
/// The name.
pub const PASSWORD_NAME: &str = "密码不能主要由账号名构成。";
/// Common.
pub const PASSWORD_COMMON: &str = "这个密码太常见，容易被猜到。请换一个。";
/// Renewing is due.
pub const RENEW: &str = "密码使用时间已到，请更换后继续。";
/// Changing the password.
pub const CHANGE_PASSWORD: &str = "更换密码";
/// What happens then.
pub const CHANGE_PASSWORD_NOTE: &str = "更换后，其他设备上的登录会全部退出。";

/// How long a password must be.
pub fn password_rule(length: u32, mixed: u32, kinds: u32) -> String {
    format!("至少{length}个字；混用大写字母、小写字母、数字、符号中的{kinds}种时，至少{mixed}个字。")
}

/// The second factor.
pub const SECOND_FACTOR: &str = "动态验证码";
/// What it is for.
pub const ENROL_LEAD: &str = "登录时除密码外，还要输入手机验证器应用显示的6位数字，别人得到密码也无法登录。";
/// It is asked for.
pub const ENROL_DUTY: &str = "您的角色必须启用动态验证码，启用后才能继续。";
/// Step.
pub const ENROL_1: &str =
    "在手机上打开验证器应用，例如微信小程序“腾讯身份验证器”、Microsoft Authenticator 或 FreeOTP。";
/// Step.
pub const ENROL_2: &str = "用应用扫描下面的二维码；不能扫描时，手工输入密钥。";
/// Step.
pub const ENROL_3: &str = "输入应用显示的6位数字。";
/// Of the picture.
pub const PICTURE: &str = "绑定验证器的二维码，密钥文字见下方";
/// The secret.
pub const SECRET: &str = "密钥";
/// Button.
pub const ENROL: &str = "启用";
/// It is on.
pub const ENROLLED: &str = "已启用";
/// It is not.
pub const NOT_ENROLLED: &str = "未启用";
/// Taking it away.
pub const REMOVE: &str = "更换手机或停用";
/// What happens then.
pub const REMOVE_NOTE: &str = "先停用，再绑定新的手机。恢复码同时作废。";
/// Button.
pub const REMOVE_GO: &str = "停用";
/// Recovery codes.
pub const RECOVERY: &str = "恢复码";
/// What to do with them.
pub const RECOVERY_LEAD: &str =
    "手机不在身边时，可以用恢复码代替动态验证码登录，每个只能用一次。恢复码只显示这一次，请打印或抄下来，妥善保管。";
/// Button.
pub const RECOVERY_NEW: &str = "生成新的恢复码";
/// What happens then.
pub const RECOVERY_NEW_NOTE: &str = "生成后，原来的恢复码全部作废。";
/// After writing them down.
pub const RECOVERY_DONE: &str = "已经保存，继续";

/// Recovery codes that are left.
pub fn recovery_left(count: u32) -> String {
    format!("还有{count}个可用")
}

/// One's own account.
pub const OWN_ACCOUNT: &str = "我的账号";
/// Sessions.
pub const SESSIONS: &str = "登录中的设备";
/// This one.
pub const THIS_SESSION: &str = "当前设备";
/// Ending one.
pub const END_SESSION: &str = "退出这个设备";
/// When it began.
pub const SESSION_FROM: &str = "登录时间";
/// When it was last used.
pub const SESSION_SEEN: &str = "最近使用";
/// From where.
pub const ADDRESS: &str = "网络地址";
/// The browser.
pub const BROWSER: &str = "浏览器";
/// When the password was chosen.
pub const PASSWORD_AT: &str = "密码设置时间";
/// Nothing known.
pub const UNKNOWN: &str = "未知";
/// Managing the second factor.
pub const MANAGE: &str = "管理";
