//! Words of `portal log`.

/// When something is wrong.
pub const NOT_PROVED: &str = "核验没有通过。请保留这份日志的副本，并向发布单位和其他见证人询问。";
/// Without keys of one's own.
pub const KEYS_OF_THE_LOG: &str = "使用的是日志自带的公钥。要做到不依赖服务器，请事先保存公钥，核验时用 --keys 指定。";
/// No tree head.
pub const CHECKPOINT_UNREADABLE: &str = "检查点（checkpoint）的内容无法识别。";
/// No valid signature.
pub const CHECKPOINT_NOT_SIGNED: &str = "检查点没有有效签名：不是用已知的公钥签发，或者签发后被改动。";
/// Leaves and root disagree.
pub const OTHER_ROOT: &str = "日志条目与检查点的根哈希不一致：有条目被改动、删去或者插入。";
/// The earlier checkpoint can't serve.
pub const EARLIER_UNUSABLE: &str = "先前保存的检查点无法使用：不属于这份日志，或者签名无效。";
/// The record isn't there.
pub const RECORD_NOT_IN_LOG: &str = "日志中没有这条记录：在它应在的位置上是别的内容。";
/// The record was changed.
pub const RECORD_OTHER_CONTENT: &str = "记录的内容与日志中的承诺不一致：内容被改动过。";
/// The samples were changed.
pub const RECORD_OTHER_SAMPLES: &str = "记录中的样品与公布时不一致：有样品被改动、删去或者增加。";

/// A line that is no key.
pub fn not_a_key(line: &str) -> String {
    if line.is_empty() { "没有可用的公钥。".into() } else { format!("这一行不是公钥：{line}") }
}

/// The log can't be reached.
pub fn unreachable(place: &str, error: &str) -> String {
    format!("读不到 {place} 的日志，没有核验：{error}")
}

/// A file given can't be read.
pub fn unreadable(option: &str, error: &str) -> String {
    format!("{option} 指定的文件无法读取，没有核验：{error}")
}

/// Everything fits.
pub fn whole(origin: &str, size: u64, root: &str) -> String {
    format!("日志 {origin} 完整：{size} 项公开行为都与根哈希 {root} 相符。")
}

/// Who signed.
pub fn signed_by(names: &[String]) -> String {
    format!("检查点由 {} 签名。", names.join("、"))
}

/// It only grew.
pub fn only_grew(then: u64, now: u64) -> String {
    format!("日志只增不改：先前的 {then} 项原样保留，现在共 {now} 项。")
}

/// The record is in it.
pub fn contains(kind: &str, id: &str, revision: i32, at: &str) -> String {
    format!("记录（{kind} {id} 第 {revision} 版，{at}）在日志中，内容与公布时一致。")
}

/// A part is missing.
pub fn missing(path: &str) -> String {
    format!("日志缺少 {path}。")
}

/// A part is damaged.
pub fn damaged(path: &str) -> String {
    format!("{path} 被改动：与日志条目不一致。")
}

/// It shrank.
pub fn shrunk(then: u64, now: u64) -> String {
    format!("日志变短了：先前有 {then} 项，现在只有 {now} 项。")
}

/// It was rewritten.
pub fn rewritten(then: u64) -> String {
    format!("日志被改写：现在的内容不包含先前签名的 {then} 项。")
}
