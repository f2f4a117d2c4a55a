//! Words around the papers of a case.

use crate::domain::document::Field;

/// Said above a paper's form.
pub const PAPER_NOTE: &str = "内容已按本件填好，可以修改。生成后记入办理经过。";
/// Said at places with names and addresses.
pub const MASKED_HINT: &str = "保持遮盖的样子不改，生成时会填入完整信息，并留下查看记录。";
/// Button.
pub const MAKE_PDF: &str = "生成 PDF";
/// Button.
pub const MAKE_PAGE: &str = "打开可打印的网页";
/// Basis of answers to reports about food.
pub const FOOD_LAW_115: &str = "《中华人民共和国食品安全法》第一百一十五条";
/// Names and addresses can't be put in.
pub const NOT_UNMASKED: &str = "只有本件承办人可以在文书里填入完整的姓名和地址。";

/// Places that are masked in the form.
#[must_use]
pub fn is_masked_place(field: Field) -> bool {
    matches!(field, Field::Complainant | Field::Reporter | Field::Recipient | Field::ServedAt)
}

/// Places with several lines.
#[must_use]
pub fn is_long_place(field: Field) -> bool {
    matches!(
        field,
        Field::Request
            | Field::Facts
            | Field::Reason
            | Field::Remedies
            | Field::Missing
            | Field::Agreement
            | Field::Outcome
            | Field::NextSteps
            | Field::Claim
    )
}

/// What stands in the case's history.
#[must_use]
pub fn made(paper: &str) -> String {
    format!("已生成：{paper}")
}
