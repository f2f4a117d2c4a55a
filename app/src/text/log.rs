//! Words of `portal log`, `portal witness`, and of what `/log/cosignature` refuses.

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

/// The only signatures are those of keys that were ended.
pub const SIGNED_BY_RETIRED_KEY: &str = "现在的检查点只有已停用的密钥签名，不能采信。";
/// A key of one's own does not fit.
pub const KEYS_MAY_HAVE_CHANGED: &str =
    "如果发布单位更换了密钥，请用其他途径向其核实新的公钥（/log/keys），再加入 --keys 指定的文件。";
/// Without witnesses' keys of one's own.
pub const WITNESSES_OF_THE_LOG: &str = "见证人的公钥取自日志本身。请向见证人本人核实，并用 --witness 指定。";
/// The record's content was checked.
pub const CONTENT_PROVED: &str = "✓ 记录的内容与公布时一致。";
/// The record has no content any more.
pub const CONTENT_GONE: &str = "这份记录不含内容（撤回或者移除后内容不再公开），只证明了这项行为确实发生过。";
/// The tiles don't lead to the root.
pub const TILES_PROVE_NOTHING: &str = "日志的数据块缺失或者与检查点的根哈希不一致，不能证明日志只增不改。";
/// No more evidence is kept.
pub const EVIDENCE_FULL: &str = "证据文件夹已满，这次的检查点没有保存。";
/// What was sent is no cosignature.
pub const NOT_A_COSIGNATURE: &str = "内容不是联署签名：每行应为一个 signed-note 签名，总长不超过 8 KB。";
/// Nobody who signed is accepted.
pub const COSIGNER_UNKNOWN: &str = "签名不属于任何已登记的见证人。请先把公钥交给发布单位登记。";
/// Nothing to sign yet.
pub const NO_CHECKPOINT: &str = "日志还没有检查点。";

/// A signature that does not fit the present checkpoint.
pub fn cosignature_elsewhere(name: &str) -> String {
    format!("{name} 的签名与现在的检查点不符。检查点可能刚刚更新，请重新读取后联署。")
}

/// A line that is no key of a witness.
pub fn not_a_witness(line: &str) -> String {
    format!("这一行不是见证人的公钥：{line}")
}

/// A witness accepted before.
pub fn witness_twice(vkey: &str) -> String {
    format!("同名或者同一密钥的见证人已经登记：{vkey}")
}

/// The log can't be its own witness.
pub fn witness_is_the_log(name: &str) -> String {
    format!("{name} 是日志自己的名称，不能作见证人。")
}

/// Enough witnesses.
pub fn too_many_witnesses(most: usize) -> String {
    format!("最多登记 {most} 个见证人。")
}

/// No such witness.
pub fn no_such_witness(id: &str) -> String {
    format!("没有登记编号为 {id} 的见证人。")
}

/// A signature in a witness's name that is not its own.
pub fn not_witnessed(name: &str) -> String {
    format!("检查点上 {name} 的联署签名是假的。")
}

/// Too few witnesses.
pub fn too_few_witnesses(wanted: usize, found: usize) -> String {
    format!("联署检查点的已知见证人只有 {found} 个，要求至少 {wanted} 个。")
}

/// What was done later to the same publication.
pub fn later(act: &str, revision: i32, at: &str) -> String {
    format!("此后：第 {revision} 版，{act}（{at}）。")
}

/// A log is followed for the first time.
pub fn first_seen(origin: &str, size: u64) -> String {
    format!("首次见证日志 {origin}：{size} 项。")
}

/// A log only grew.
pub fn continued(origin: &str, before: u64, size: u64) -> String {
    format!("日志 {origin} 只增不改：先前 {before} 项，现在 {size} 项，已联署。")
}

/// A log is refused.
pub fn refused(place: &str, because: &str) -> String {
    format!("拒绝联署 {place} 的日志。{because}")
}

/// Where the evidence is.
pub fn evidence(folder: &str) -> String {
    format!("前后两个检查点已作为证据保存在 {folder}，请公开并告知其他见证人。")
}

/// Not now.
pub fn not_witnessed_now(place: &str, error: &str) -> String {
    format!("暂时读不到 {place} 的日志，没有联署：{error}")
}

/// The witness itself fails.
pub fn witness_failed(place: &str, error: &str) -> String {
    format!("见证人自己的文件有问题，没有联署 {place}：{error}")
}

/// The log does not take the signature.
pub fn signature_not_taken(place: &str, answer: &str) -> String {
    format!("已联署，但是 {place} 没有接收签名：{answer}")
}

/// Two trees of one size.
pub fn forked(size: u64) -> String {
    format!("日志有两个版本：同样是 {size} 项，内容却与先前签名的不同。")
}

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

/// A signer with its key, and when it signed.
pub fn signer(name: &str, id: &str, retired: bool, at: Option<&str>) -> String {
    let retired = if retired { "，已停用" } else { "" };
    let at = at.map(|at| format!("，{at}")).unwrap_or_default();
    format!("{name}（密钥 {id}{retired}{at}）")
}

/// Which witnesses signed.
pub fn witnessed_by(count: usize, names: &[String]) -> String {
    format!("{count} 个已知的见证人联署了检查点：{}。", names.join("、"))
}

/// Signatures of unknown keys.
pub fn signed_by_unknown(names: &[String]) -> String {
    format!("另有未知密钥的签名，未计入：{}。", names.join("、"))
}

/// Who signed the earlier checkpoint.
pub fn earlier_signed_by(names: &[String]) -> String {
    format!("先前的检查点由 {} 签名。", names.join("、"))
}

/// It only grew.
pub fn only_grew(then: u64, now: u64) -> String {
    format!("日志只增不改：先前的 {then} 项原样保留，现在共 {now} 项。")
}

/// The record is in it.
pub fn contains(kind: &str, id: &str, revision: i32, at: &str) -> String {
    format!("记录（{kind} {id} 第 {revision} 版，{at}）在日志中。")
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
