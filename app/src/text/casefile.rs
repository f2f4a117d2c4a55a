//! Words of the signed case file (案卷) and of `portal case verify`.

/// First line: what the file is.
pub const HEAD: &str = "投诉举报案卷";
/// Second line: how to read it.
pub const HOW_TO_READ: &str = "以“│ ”开头的行是往来和决定的原文，一字未改；其余的行由办理系统写成。末尾一行是办理单位的数字签名，改动任何一个字都会使签名失效。";
/// Third: how to check it.
pub const HOW_TO_CHECK: &str = "核验：portal case verify 文件 --key 公钥。公钥见网站的 /case/keys。";
/// Heading.
pub const ABOUT: &str = "【基本情况】";
/// Heading.
pub const EVENTS: &str = "【办理经过】";
/// Heading.
pub const CLOCKS: &str = "【期限】";
/// Heading.
pub const MESSAGES: &str = "【往来】";
/// Heading.
pub const DECISIONS: &str = "【决定】";
/// Heading.
pub const ATTACHMENTS: &str = "【附件】";
/// Heading.
pub const OPENED: &str = "【查阅记录】";
/// Nothing under a heading.
pub const NONE: &str = "无";
/// The last line of the text.
pub const END: &str = "【案卷完】";
/// Above public keys.
pub const KEYS_HEAD: &str = "# 案卷签名的公钥，每行一个。核验：portal case verify 文件 --key 公钥";
/// Not a case file.
pub const UNREADABLE: &str = "这个文件不是案卷，或者结尾的签名行已经不完整，无法核验。";
/// Changed.
pub const CHANGED: &str = "✗ 内容与签名不符：签发以后被改动过。";
/// Signed by somebody else.
pub const OTHER_KEY: &str = "✗ 不是用给出的公钥签发的。请核对公钥；签名行可能被换过。";
/// Key of this machine.
pub const OWN_KEY: &str = "使用的是本机数据文件夹中的公钥。";
/// No key given and none here.
pub const NO_KEY: &str = "没有公钥。请用 --key 指定网站 /case/keys 上的公钥，或者存有公钥的文件。";

/// Label and value.
#[must_use]
pub fn labelled(label: &str, value: &str) -> String {
    format!("{label}：{value}")
}

/// Labels of the first part.
pub mod label {
    /// Number
    pub const NUMBER: &str = "编号";
    /// Kind
    pub const KIND: &str = "类别";
    /// State
    pub const STATE: &str = "状态";
    /// Rule
    pub const RULE: &str = "适用规定";
    /// Bureau
    pub const AUTHORITY: &str = "办理单位";
    /// Received
    pub const RECEIVED: &str = "收到时间";
    /// Written
    pub const WRITTEN: &str = "本案卷生成时间";
    /// By article
    pub const BASIS: &str = "依据";
    /// Working
    pub const WORKING: &str = "计算过程";
}

/// A due day.
#[must_use]
pub fn due(step: &str, day: &str, estimated: bool) -> String {
    format!("{step}：{day}{}", if estimated { "（预计）" } else { "" })
}

/// An attachment.
#[must_use]
pub fn attachment(name: &str, bytes: u64, sha256: &str) -> String {
    format!("{name}（{bytes} 字节）SHA-256 {sha256}")
}

/// Unchanged.
#[must_use]
pub fn unchanged(key: &str, id: &str) -> String {
    format!("✓ 签发以后没有改动过。签名：{key}（密钥 {id}）")
}

/// Not a key.
#[must_use]
pub fn not_a_key(text: &str) -> String {
    format!("不是公钥：{text}")
}

/// The file can't be read.
#[must_use]
pub fn unreadable_file(file: &str, error: &str) -> String {
    format!("读不出文件 {file}：{error}")
}
