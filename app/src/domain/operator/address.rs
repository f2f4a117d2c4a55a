//! Addresses as far as two printings of one are to be recognised.

use super::{is_named, narrow};

/// Signs of a key below which nothing is said of a place: a town alone is no address.
const SHORTEST: usize = 4;
/// What ends a part of an address that printings leave out.
const REGIONS: [&str; 6] = ["省", "自治区", "特别行政区", "自治州", "地区", "市"];
/// Regions at the start that are looked for: province, then city.
const LEVELS: usize = 2;
/// Longest name of a region in signs.
const LONGEST: usize = 8;

/// The key by which two printings of one address are the same: blanks, punctuation, brackets with what they say of the way,
/// province and city left out; numerals and letters made plain. `None` where nothing is said.
#[must_use]
pub fn address_key(address: &str) -> Option<String> {
    if !is_named(address) {
        return None;
    }
    let mut key = String::with_capacity(address.len());
    let mut depth = 0_u32;
    for c in address.chars().map(narrow) {
        match c {
            '(' | '【' | '[' | '〔' => depth += 1,
            ')' | '】' | ']' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => key.extend(plain(c).to_lowercase()),
            // a number's hyphen tells 1-2 from 12
            '-' | '－' | '—' | '–' | '~' | '#' if depth == 0 && key.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                key.push('-');
            }
            _ => {}
        }
    }
    let rest = without_regions(key.trim_end_matches('-'));
    let rest = rest.strip_suffix("号").unwrap_or(rest);
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// Numerals in one writing.
fn plain(c: char) -> char {
    match c {
        '〇' | '○' => '0',
        '號' => '号',
        '樓' => '楼',
        '區' => '区',
        '縣' => '县',
        '鎮' => '镇',
        other => other,
    }
}

fn without_regions(address: &str) -> &str {
    let mut rest = address;
    for _ in 0..LEVELS {
        let limit = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
        let head = &rest[..limit];
        let end = REGIONS.iter().filter_map(|region| head.find(region).map(|at| (at, at + region.len()))).min();
        let Some((at, end)) = end.filter(|(at, _)| *at >= "省".len() * 2) else { break };
        // 区、县 before it: the word belongs to a name of a street (青禾区市场路)
        if head[..at].contains(['区', '县', '镇', '乡', '路', '街']) || rest[end..].chars().count() < SHORTEST {
            break;
        }
        rest = &rest[end..];
    }
    rest
}

/// Whether two keys are one address: the same, or one says more of the same place (a floor, a stall, the district before it).
/// Numbers are never cut: 南门路1 is not 南门路12.
#[must_use]
pub fn same_address(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let says_where = short.chars().count() >= SHORTEST && short.contains(|c: char| c.is_ascii_digit());
    if !says_where {
        return false;
    }
    let number = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_split = |before: Option<char>, after: Option<char>| {
        matches!((before, after), (Some(before), Some(after)) if number(before) && number(after))
    };
    let mut starts = long.match_indices(short).map(|(at, _)| at);
    starts.any(|at| {
        let (before, after) = (&long[..at], &long[at + short.len()..]);
        !is_split(before.chars().next_back(), short.chars().next())
            && !is_split(short.chars().next_back(), after.chars().next())
            // 南门路1 and 西南门路1 are two streets: more before it must end a region
            && (before.is_empty() || before.ends_with(['区', '县', '旗', '镇', '乡', '道', '市', '村', '社']))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn printings_of_one_address() {
        let key = address_key("云江省云川市青禾区南门路12号").unwrap();
        assert_eq!(key, "青禾区南门路12");
        for same in [
            "云川市青禾区南门路12号",
            "青禾区南门路１２号",
            "云江省 云川市 青禾区 南门路 12 号",
            "云川市青禾区南门路12号（南门菜场对面）",
            "云川市,青禾区,南门路12號",
        ] {
            assert_eq!(address_key(same).as_deref(), Some(key.as_str()), "{same}");
        }
        assert!(same_address(&key, &address_key("南门路12号").unwrap()));
        assert!(same_address(&key, &address_key("云川市青禾区南门路12号3楼").unwrap()));
        for other in ["南门路1号", "南门路120号", "南门路12-1号", "西南门路12号", "青禾区北门路12号", "南门路", "青禾区"] {
            assert!(!same_address(&key, &address_key(other).unwrap()), "{other}");
        }
        for nothing in ["", "/", "-", "无", "——", "（）"] {
            assert_eq!(address_key(nothing), None, "{nothing}");
        }
        assert_eq!(address_key("江苏省").as_deref(), Some("江苏省"));
        assert_eq!(address_key("青禾区市场路1号").as_deref(), Some("青禾区市场路1"));
    }

    proptest! {
        #[test]
        fn any_text_has_a_stable_key(text in ".{0,60}") {
            if let Some(key) = address_key(&text) {
                prop_assert!(same_address(&key, &key));
                prop_assert!(!key.contains(char::is_whitespace));
            }
        }

        #[test]
        fn the_order_does_not_matter(one in "[青禾南门路区1-3-]{1,9}", other in "[青禾南门路区1-3-]{1,9}") {
            prop_assert_eq!(same_address(&one, &other), same_address(&other, &one));
        }
    }
}
