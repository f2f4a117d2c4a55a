//! One normal form for documents and queries: NFKC, lower case, traditional to simplified, char by char.

use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

/// Characters of the table of simplified forms: CJK Extension A and the unified ideographs.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// The simplified form of each character from [`FIRST`] to [`LAST`].
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: Vec<char> = (FIRST..=LAST).collect();
    let lines: String = all.iter().flat_map(|c| [*c, '\n']).collect();
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else { return all };
    let converted = converter.convert(&lines);
    let simplified: Vec<char> = converted.lines().filter_map(|line| line.chars().next()).collect();
    if simplified.len() == all.len() { simplified } else { all }
});

/// Whether a character is written Chinese.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn simplify(c: char) -> char {
    if (FIRST..=LAST).contains(&c) { SIMPLIFIED.get(c as usize - FIRST as usize).copied().unwrap_or(c) } else { c }
}

/// Gives the normal form of one character to `put`; usually one character, rarely several.
pub fn each_normal(c: char, mut put: impl FnMut(char)) {
    if c.is_ascii() {
        put(c.to_ascii_lowercase());
    } else if (FIRST..=LAST).contains(&c) {
        put(simplify(c));
    } else {
        for part in c.nfkc() {
            for lower in part.to_lowercase() {
                put(simplify(lower));
            }
        }
    }
}

/// Stands for signs that are neither letters, digits nor blanks, in [`apart`].
pub const SIGN: char = ',';

/// A query's words as [`words_into`] gives them, but with [`SIGN`] where more than blanks stood between them.
pub fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        each_normal(c, |c| {
            if c.is_alphanumeric() {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with(SIGN) {
                if !c.is_whitespace() {
                    out.truncate(out.trim_end().len());
                    out.push(SIGN);
                } else if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        });
    }
    out.truncate(out.trim_end_matches([' ', SIGN]).len());
    out
}

/// Words as one sequence: normal characters, everything that is neither letter nor digit as a blank.
/// Blanks between Chinese characters are dropped when `joined` (documents), and end a run otherwise (queries).
pub fn words_into(text: &str, joined: bool, out: &mut Vec<char>) {
    out.clear();
    let mut only_blanks = true;
    for c in text.chars() {
        each_normal(c, |c| {
            if c.is_alphanumeric() {
                let closes = joined && only_blanks && is_han(c) && out.last() == Some(&' ');
                if closes && out.len() >= 2 && is_han(out[out.len() - 2]) {
                    out.pop();
                }
                out.push(c);
                only_blanks = true;
            } else {
                only_blanks &= c.is_whitespace();
                if out.last().is_some_and(|last| *last != ' ') {
                    out.push(' ');
                }
            }
        });
    }
    if out.last() == Some(&' ') {
        out.pop();
    }
}

/// The normal form of a text, for comparing: letters and digits only, words apart by one blank.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    words_into(text, true, &mut out);
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_are_the_same() {
        for (text, normal) in [
            ("海天　味业", "海天味业"),
            ("海天\n味业（集团）", "海天味业 集团"),
            ("ＡＢＣ１２３", "abc123"),
            ("醬油", "酱油"),
            ("臺灣龍鬚菜", "台湾龙须菜"),
            ("GB 2760-2024", "gb 2760 2024"),
            ("㎎/㎏", "mg kg"),
            ("海 味", "海味"),
            ("海，味", "海 味"),
            ("a b", "a b"),
            ("  ", ""),
        ] {
            assert_eq!(normalise(text), normal, "{text}");
        }
    }
}
