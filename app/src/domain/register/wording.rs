//! Words that a register may not use, and headings that give away what is never published.

/// Words that recommend food, shops or lists of them (FSL art. 140).
const PRAISE: &[&str] = &[
    "推荐",
    "优先选择",
    "优先选购",
    "优先购买",
    "首选",
    "放心消费",
    "放心选购",
    "放心购买",
    "放心食用",
    "放心吃",
    "建议购买",
    "建议选择",
    "建议消费者选",
    "安全可靠",
    "绝对安全",
    "最安全",
    "最放心",
    "保证安全",
    "零风险",
    "免检",
];
/// What the city may not publish (FSL art. 118).
const RESERVED: &[&str] = &["风险警示", "重大食品安全事故"];
/// Lists of operators that need a law (严重违法失信名单).
const BLACK: &[&str] = &["黑名单", "黑榜"];
/// A screening is none of these (实施条例 art. 43).
const SAMPLING: &[&str] = &["抽检", "抽样检验", "监督抽查", "检验合格"];
const VERDICTS: &[&str] = &["合格", "不合格"];
const SCREENING: &[&str] = &["快检", "快速检测", "快速检验"];
/// Columns of these are never published (domain 5 "Redaction", PIPL art. 28).
const PRIVATE: &[&str] = &[
    "身份证",
    "身份号",
    "证件号",
    "护照",
    "手机",
    "移动电话",
    "家庭住址",
    "家庭地址",
    "户籍",
    "住址",
    "出生",
    "年龄",
    "银行",
    "账号",
    "帐号",
    "微信",
    "qq",
    "邮箱",
    "病史",
    "健康状况",
    "举报人",
    "投诉人",
    "民族",
    "学号",
];
const PRIVATE_CODES: &[&str] =
    &["mobile", "cell_phone", "cellphone", "id_card", "idcard", "id_number", "identity", "birth", "bank", "wechat"];

/// A word that recommends.
pub(super) fn praise(text: &str) -> Option<&'static str> {
    find(text, PRAISE)
}

/// A word that is reserved for higher authorities.
pub(super) fn reserved(text: &str) -> Option<&'static str> {
    find(text, RESERVED)
}

/// Whether a name is that of a black list.
pub(super) fn is_black(text: &str) -> bool {
    find(text, BLACK).is_some()
}

/// Whether a name is that of a screening.
pub(super) fn is_screening(text: &str) -> bool {
    find(text, SCREENING).is_some()
}

/// What a screening may not call itself or its results.
pub(super) fn sampling(text: &str) -> Option<&'static str> {
    find(text, SAMPLING).or_else(|| VERDICTS.iter().copied().find(|word| text.trim() == *word))
}

/// What gives a private column away: by its heading.
pub(super) fn private(heading: &str) -> Option<&'static str> {
    let heading = heading.to_lowercase();
    find(&heading, PRIVATE)
}

/// … by its code.
pub(super) fn private_code(code: &str) -> Option<&'static str> {
    find(code, PRIVATE_CODES)
}

fn find(text: &str, words: &[&'static str]) -> Option<&'static str> {
    words.iter().copied().find(|word| text.contains(word))
}
