//! One failed item of a sample: what was tested, what was found, what was allowed.

mod family;

use serde::{Deserialize, Serialize};

pub use family::Family;

/// 不合格项目 with its 检验结果 and 标准值, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FailedItem {
    /// 不合格项目
    pub item: String,
    /// 检验结果 as printed
    pub result: Option<String>,
    /// 标准值 as printed
    pub limit: Option<String>,
}

/// A number with its unit, parsed from a printed result or limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Quantity {
    /// The sign in front of the number (`≤`, `≥`, `<`, `>`), if any
    pub bound: Option<char>,
    /// The number
    pub number: f64,
    /// The unit as printed (`g/kg`), empty where none is
    pub unit: String,
}

impl Quantity {
    /// Reads `0.117g/kg`, `≤0.5 mg/kg`, `1.2×10³CFU/g`, `58`. Anything else (`检出`, `n=5,c=2…`, five values) is `None`:
    /// a number is given where it is certain, or not at all.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (bound, rest) = take_bound(text);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let mantissa: f64 =
            rest.get(..end).filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))?.parse().ok()?;
        let (exponent, unit) = take_exponent(rest.get(end..)?.trim_start())?;
        let unit = unit.trim();
        let clean = unit.chars().count() <= 16
            && !unit.chars().any(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '=' | '~' | '-' | '±'));
        let starts_as_unit = !unit.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        (clean && starts_as_unit).then(|| Self {
            bound,
            number: mantissa * 10f64.powi(exponent),
            unit: unit.to_owned(),
        })
    }
}

fn take_bound(text: &str) -> (Option<char>, &str) {
    let sign = match text.chars().next() {
        Some('≤' | '⩽' | '≦') => '≤',
        Some('≥' | '⩾' | '≧') => '≥',
        Some('<' | '＜') => '<',
        Some('>' | '＞') => '>',
        _ => return (None, text),
    };
    let rest = text.trim_start_matches(['≤', '⩽', '≦', '≥', '⩾', '≧', '<', '＜', '>', '＞', '=']);
    (Some(sign), rest.trim_start())
}

/// `×10³CFU/g` → (3, `CFU/g`). A cut exponent (`×10CFU`, `×10`) makes the number uncertain: `None`.
fn take_exponent(text: &str) -> Option<(i32, &str)> {
    let Some(rest) =
        text.strip_prefix(['×', '╳', '*', 'x', 'X']).map(str::trim_start).and_then(|rest| rest.strip_prefix("10"))
    else {
        return Some((0, text));
    };
    let rest = rest.trim_start_matches('^');
    let mut exponent = 0;
    let mut length = 0;
    for c in rest.chars() {
        let Some(digit) = superscript(c) else { break };
        exponent = exponent * 10 + digit;
        length += c.len_utf8();
    }
    (length > 0 && exponent < 20).then(|| (exponent, &rest[length..]))
}

fn superscript(c: char) -> Option<i32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => i32::try_from(c as u32 - '⁰' as u32).ok(),
        '0'..='9' => i32::try_from(c as u32 - '0' as u32).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Option<(Option<char>, f64, String)> {
        Quantity::parse(text).map(|q| (q.bound, q.number, q.unit))
    }

    #[test]
    fn numbers_with_units() {
        assert_eq!(quantity("0.117g/kg"), Some((None, 0.117, "g/kg".into())));
        assert_eq!(quantity("≤0.5 mg/kg"), Some((Some('≤'), 0.5, "mg/kg".into())));
        assert_eq!(quantity("58"), Some((None, 58.0, String::new())));
        assert_eq!(quantity("1.5×10³CFU/g"), Some((None, 1500.0, "CFU/g".into())));
        assert_eq!(quantity("1.5×10^4 CFU/mL"), Some((None, 15000.0, "CFU/mL".into())));
    }

    #[test]
    fn what_is_no_single_number_stays_text() {
        for text in
            ["检出", "不得检出", "n=5,c=2,m=10,M=100", "1.2×10CFU/g", "5、6、7", "120,130,140", "", "0.5-0.8g/kg", ".5"]
        {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
