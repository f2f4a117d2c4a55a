//! Words of `portal user` and `portal audit`.

/// Done.
pub const DONE: &str = "已完成。";
/// The head of an earlier check can't be read.
pub const BAD_HEAD: &str = "--kept 的内容无法识别，应为“序号:哈希”。";
/// The end was cut off or added to.
pub const AUDIT_HEAD: &str = "审计记录的末尾与登记的不一致：末尾有记录被删去或者加入。";
/// The beginning was cut off.
pub const AUDIT_PRUNED_UNSAID: &str = "较早的记录已经不在，但没有清理记录说明。";
/// The kept head isn't in it.
pub const AUDIT_NOT_KEPT: &str = "先前保存的序号和哈希不在审计记录中：记录被改写。";

/// A link was printed.
pub fn link(until: &str) -> String {
    format!("以上链接只能使用一次，有效期至 {until}。请当面或通过内部渠道交给本人。")
}

/// There is no such account.
pub fn no_account(name: &str) -> String {
    format!("没有账号 {name}。")
}

/// One account of the list.
pub fn account_line(name: &str, display_name: &str, roles: &str, state: &str, factor: &str, seen: &str) -> String {
    format!("{name}  {display_name}  {roles}  {state}  动态验证码{factor}  最近登录：{seen}")
}

/// Entries taken away.
pub fn pruned(entries: u64, months: u32) -> String {
    format!("清理了 {entries} 条超过 {months} 个月的审计记录。")
}

/// All holds.
pub fn audit_whole(entries: u64, pruned: i64) -> String {
    let before = if pruned > 0 { format!("（第 {pruned} 条及以前的已按期清理）") } else { String::new() };
    format!("审计记录完整：{entries} 条记录逐条相连{before}。请保存下面的序号和哈希，以后核对时用 --kept 指定。")
}

/// One is missing.
pub fn audit_missing(place: i64) -> String {
    format!("第 {place} 条审计记录缺失。")
}

/// One was changed.
pub fn audit_changed(place: i64) -> String {
    format!("第 {place} 条审计记录被改动：与哈希不一致。")
}

/// Columns differ.
pub fn audit_columns(place: i64) -> String {
    format!("第 {place} 条审计记录的检索字段与内容不一致。")
}
