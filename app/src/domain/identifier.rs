//! Identifiers of operators and their check digits.

/// Signs of the unified social credit code (GB 32100-2015): no I, O, S, V, Z.
const USCC_SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// What is known of an identifier's form. A miss of the check digit in old data is a warning, not a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Right length, signs and check digit.
    Valid,
    /// Right length and signs, wrong check digit.
    CheckDigit,
    /// Something else.
    Malformed,
}

/// The check sign of the first 17 signs of a unified social credit code (统一社会信用代码, GB 32100-2015 §5):
/// `(31 − Σ(index·weight) mod 31) mod 31`. `None` if a sign is not of its alphabet or the length is not 17.
#[must_use]
pub fn uscc_check_sign(first_17: &str) -> Option<char> {
    if first_17.chars().count() != USCC_WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (sign, weight) in first_17.chars().zip(USCC_WEIGHTS) {
        sum += USCC_SIGNS.find(sign)? * weight;
    }
    USCC_SIGNS.chars().nth((31 - sum % 31) % 31)
}

/// Checks a unified social credit code (统一社会信用代码, GB 32100-2015).
#[must_use]
pub fn uscc_form(code: &str) -> Form {
    let in_form = code.chars().count() == 18
        && code.chars().all(|c| USCC_SIGNS.contains(c))
        && code.chars().skip(2).take(6).all(|c| c.is_ascii_digit());
    if !in_form {
        return Form::Malformed;
    }
    let (first, last) = code.split_at(17);
    if uscc_check_sign(first).is_some_and(|sign| last.starts_with(sign)) { Form::Valid } else { Form::CheckDigit }
}

/// The check digit of a food licence number (JY…/SC…): GB/T 17710-2008 (ISO 7064 MOD 11,10) over the digits before it.
/// `None` if a sign is not a digit.
#[must_use]
pub fn mod_11_10(digits: &str) -> Option<u32> {
    let mut product = 10;
    for c in digits.chars() {
        let sum = (product + c.to_digit(10)?) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    Some((11 - product) % 10)
}

/// Checks a food licence number: `JY` + 14 digits (食品经营许可证) or `SC` + 14 digits (食品生产许可证),
/// the last of them the check digit.
#[must_use]
pub fn licence_form(number: &str) -> Form {
    let digits = match number.get(..2) {
        Some("JY" | "SC") => &number[2..],
        _ => return Form::Malformed,
    };
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Form::Malformed;
    }
    let (first, last) = digits.split_at(13);
    if mod_11_10(first).is_some_and(|digit| last.parse() == Ok(digit)) { Form::Valid } else { Form::CheckDigit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_code_is_valid() {
        // the example of GB 32100-2015 as public companies print it
        assert_eq!(uscc_form("91350100M000100Y43"), Form::Valid);
        assert_eq!(uscc_form("91350100M000100Y44"), Form::CheckDigit);
        assert_eq!(uscc_form("91350100M000100Y4I"), Form::Malformed);
        assert_eq!(uscc_form("9135"), Form::Malformed);
    }

    #[test]
    fn iso_7064_example() {
        // ISO 7064 MOD 11,10: 0794 has the check digit 5
        assert_eq!(mod_11_10("0794"), Some(5));
    }

    proptest! {
        #[test]
        fn one_changed_digit_is_seen(first in "[0-9]{13}", at in 0usize..13, by in 1u32..10) {
            let check = mod_11_10(&first).unwrap();
            prop_assert_eq!(licence_form(&format!("JY{first}{check}")), Form::Valid);
            let changed: String = first.chars().enumerate()
                .map(|(i, c)| if i == at { char::from_digit((c.to_digit(10).unwrap() + by) % 10, 10).unwrap() } else { c })
                .collect();
            prop_assert_eq!(licence_form(&format!("JY{changed}{check}")), Form::CheckDigit);
        }

        #[test]
        fn any_text_has_a_form(text in ".{0,24}") {
            let _ = (uscc_form(&text), licence_form(&text));
        }
    }
}
