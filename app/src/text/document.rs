//! Words of the papers of a case. Their sentences are templates: `app/data/documents`.

use crate::domain::document::{Field, Kind};

/// The ways of 消费者权益保护法 art. 39, as they are printed where a complaint is refused or a mediation ends.
pub const REMEDIES: &str = "一、与经营者协商和解；\n二、请求消费者协会或者依法成立的其他调解组织调解；\n三、向有关行政部门投诉；\n四、根据与经营者达成的仲裁协议提请仲裁机构仲裁；\n五、向人民法院提起诉讼。";
/// Where the seal goes.
pub const SEAL: &str = "（印章）";
/// After the name of who signs.
pub const SIGN_HERE: &str = "（签名或者盖章）：";
/// Day of a signature.
pub const SIGN_DATE: &str = "　　年　　月　　日";
/// Below a QR code.
pub const SCAN: &str = "扫码查询办理情况";
/// No font on this machine.
pub const NO_FONT: &str = "没有找到中文字体，不能生成 PDF。请管理员安装 Noto Serif CJK SC（Debian、Ubuntu：apt install fonts-noto-cjk），或者用 PORTAL_FONT 指定字体文件。文书仍可在网页上打印。";
/// Template: no heading.
pub const NO_HEADING: &str = "缺少标题：应有一行以“# ”开头";
/// Template: two headings.
pub const TWO_HEADINGS: &str = "标题只能有一行";
/// Template: something stands before the heading.
pub const HEADING_FIRST: &str = "标题应在正文之前";
/// Template: a bracket without its other.
pub const OPEN_BRACKET: &str = "“{{”和“}}”没有成对";
/// Template: a row without cells.
pub const BAD_ROW: &str = "表格的一行应以“|”开头、以“|”结尾，有 1 至 6 格";
/// Template: larger than any letter.
pub const TOO_LONG: &str = "文件超过 64 KB";
/// Template: not a text.
pub const NOT_TEXT: &str = "文件不是 UTF-8 文本";

/// Name of a paper.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Acceptance => "投诉受理告知书",
        Kind::Refusal => "投诉不予受理告知书",
        Kind::Correction => "投诉补正告知书",
        Kind::Termination => "终止调解告知书",
        Kind::Mediation => "调解书",
        Kind::MediationRecord => "调解记录",
        Kind::ReportResult => "举报处理结果告知书",
        Kind::Transfer => "举报移送告知书",
        Kind::NotFiled => "举报不予立案告知书",
        Kind::Extension => "延长核查期限审批表",
        Kind::Service => "送达回证",
        Kind::Receipt => "回执",
        Kind::Reward => "举报奖励告知书",
    }
}

/// A page's number, as official letters print it (GB/T 9704).
#[must_use]
pub fn page_number(page: usize) -> String {
    format!("— {page} —")
}

/// A place that nothing was given for.
#[must_use]
pub fn missing(kind: Kind, field: Field) -> String {
    format!("{}缺少内容：{}。", self::kind(kind), field.code())
}

/// A template that can't be used.
#[must_use]
pub fn wrong_template(file: &str, line: usize, why: &str) -> String {
    format!("文书模板 {file} 第 {line} 行：{why}。")
}

/// Template: a place that this paper doesn't have.
#[must_use]
pub fn unknown_field(name: &str, kind: Kind) -> String {
    format!("{}没有 {{{{{name}}}}} 这一项", self::kind(kind))
}

/// Template: an instruction that doesn't exist.
#[must_use]
pub fn unknown_instruction(name: &str) -> String {
    format!("没有“@{name}”这个指令，可用的有 @落款、@签名、@二维码、@空行")
}

/// Template: a place that must be there.
#[must_use]
pub fn required_field(field: Field) -> String {
    format!("必须写明 {{{{{}}}}}", field.code())
}

/// A file that is no font.
#[must_use]
pub fn bad_font(file: &str) -> String {
    format!("字体文件 {file} 无法使用：读不出来，或者没有中文字形。")
}

/// A file among the templates that no paper is named by.
#[must_use]
pub fn unknown_template(file: &str) -> String {
    format!("没有与 {file} 同名的文书，请核对文件名。")
}
