//! Operators (经营者): the firms and shops that samples, penalties and registers name.

mod address;
mod codes;
mod kind;
mod matching;

pub use address::{address_key, same_address};
pub use codes::{IdentifierNote, identifier_note};
pub use kind::OperatorKind;
pub use matching::{Choice, Doubt, Identity, Match, choose, match_one};

/// The key by which two printings of one name are the same operator: blanks and case dropped, full-width letters
/// and brackets of all kinds made plain. `None` for what stands for "no name" (`/`, `-`, `无` …). Endings such as 有限公司,
/// 分公司 and 门店 stay: a firm and its branch are two operators.
#[must_use]
pub fn name_key(name: &str) -> Option<String> {
    let key: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '"' | '“' | '”'))
        .map(|c| bracket(narrow(c)))
        .flat_map(char::to_lowercase)
        .collect();
    is_named(&key).then_some(key)
}

/// Whether a cell holds something rather than a sign for "not applicable".
#[must_use]
pub fn is_named(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && !matches!(text, "无" | "不详" | "未标注" | "未标示" | "N/A" | "n/a" | "NA" | "空" | "null" | "NULL")
        && text.chars().any(char::is_alphanumeric)
}

/// Brackets of any kind as round ones.
fn bracket(c: char) -> char {
    match c {
        '[' | '{' | '【' | '〔' | '［' | '﹙' | '〖' => '(',
        ']' | '}' | '】' | '〕' | '］' | '﹚' | '〗' => ')',
        other => other,
    }
}

/// A full-width ASCII character as its plain one.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_firm_in_several_printings() {
        let key = name_key("云川市青禾食品（集团）有限公司");
        assert_eq!(key, name_key("云川市青禾食品(集团) 有限公司"));
        assert_eq!(key, name_key("云川市青禾食品\n（集团）有限公司"));
        assert_eq!(key, name_key("云川市青禾食品【集团】有限公司"));
        assert_eq!(key, name_key("云川市青禾食品〔集团〕有限公司"));
        for other in ["云川市青禾食品（集团）", "云川市青禾食品（集团）有限公司南门店", "云川市青禾食品集团有限公司"] {
            assert_ne!(key, name_key(other), "{other}");
        }
    }

    #[test]
    fn signs_for_nobody() {
        for sign in ["/", "-", "—", "——", "无", "", " ", "／", "\\", "…", "*"] {
            assert_eq!(name_key(sign), None, "{sign}");
        }
        assert!(is_named("无锡市某店"));
    }
}
