//! Numbers in running text: full-width, with thousands separators, in Chinese numerals.

/// A number read at a place: its value and the place after it.
pub(super) fn whole(signs: &[char], at: usize) -> Option<(u64, usize)> {
    let first = signs.get(at)?;
    if first.is_ascii_digit() { arabic(signs, at) } else { chinese(signs, at) }
}

fn arabic(signs: &[char], at: usize) -> Option<(u64, usize)> {
    let digit = |at: usize| signs.get(at).filter(|sign| sign.is_ascii_digit());
    let mut text = String::new();
    let mut end = at;
    loop {
        while let Some(sign) = digit(end) {
            text.push(*sign);
            end += 1;
        }
        // 1,256: groups of three behind one to three digits
        let grouped = signs.get(end) == Some(&',')
            && (1..=3).all(|offset| digit(end + offset).is_some())
            && digit(end + 4).is_none();
        if !(grouped && (1..=3).contains(&leading(signs, at))) {
            break;
        }
        end += 1;
    }
    (text.len() <= 15).then(|| text.parse().ok().map(|value| (value, end)))?
}

fn leading(signs: &[char], at: usize) -> usize {
    signs.iter().skip(at).take_while(|sign| sign.is_ascii_digit()).count()
}

/// 五十四, 一千二百零三, 两万: up to 万.
fn chinese(signs: &[char], at: usize) -> Option<(u64, usize)> {
    let (mut total, mut section, mut digit, mut end) = (0u64, 0u64, 0u64, at);
    let (mut plain, mut units) = (String::new(), false);
    while let Some(sign) = signs.get(end) {
        if let Some(value) = chinese_digit(*sign) {
            digit = value;
            plain.push(char::from_digit(u32::try_from(value).ok()?, 10)?);
        } else if let Some(unit) = chinese_unit(*sign) {
            units = true;
            if unit == 10_000 {
                total = total.checked_add(section + digit)?.checked_mul(unit)?;
                section = 0;
            } else {
                section += unit * if digit == 0 { 1 } else { digit };
            }
            digit = 0;
        } else {
            break;
        }
        end += 1;
        if end - at > 12 {
            return None;
        }
    }
    if end == at {
        return None;
    }
    // 五四: signs read one by one, as in a year
    let value = if units { total.checked_add(section + digit)? } else { plain.parse().ok()? };
    Some((value, end))
}

fn chinese_digit(sign: char) -> Option<u64> {
    Some(match sign {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn chinese_unit(sign: char) -> Option<u64> {
    Some(match sign {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        _ => return None,
    })
}

/// A rate as printed: `889` with one decimal is 88.9 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) scaled: u128,
    pub(super) decimals: u32,
}

/// `98.9%`, `百分之九十八点九` at a place, and the place after it.
pub(super) fn rate(signs: &[char], at: usize) -> Option<(Rate, usize)> {
    let words: Vec<char> = "百分之".chars().collect();
    if signs.get(at..at + 3).is_some_and(|start| start == words) {
        let (value, end) = match signs.get(at + 3) {
            Some('百') => (100, at + 4),
            _ => whole(signs, at + 3)?,
        };
        let point = matches!(signs.get(end), Some('点' | '.'));
        let (digits, end) = if point { decimals(signs, end + 1) } else { (String::new(), end) };
        return Some((Rate::of(value, &digits)?, end));
    }
    if !signs.get(at)?.is_ascii_digit() {
        return None;
    }
    let (value, end) = arabic(signs, at)?;
    let (digits, end) = if signs.get(end) == Some(&'.') { decimals(signs, end + 1) } else { (String::new(), end) };
    (signs.get(end) == Some(&'%')).then(|| Rate::of(value, &digits).map(|rate| (rate, end + 1)))?
}

fn decimals(signs: &[char], at: usize) -> (String, usize) {
    let digits: String = signs
        .iter()
        .skip(at)
        .map_while(|sign| {
            let digit = chinese_digit(*sign).and_then(|digit| u32::try_from(digit).ok());
            sign.to_digit(10).or(digit).and_then(|digit| char::from_digit(digit, 10))
        })
        .collect();
    let end = at + digits.len();
    (digits, end)
}

impl Rate {
    fn of(whole: u64, decimals: &str) -> Option<Self> {
        let places = u32::try_from(decimals.len()).ok().filter(|places| *places <= 9)?;
        let fraction: u128 = if decimals.is_empty() { 0 } else { decimals.parse().ok()? };
        Some(Self { scaled: u128::from(whole) * 10u128.pow(places) + fraction, decimals: places })
    }

    /// Whether it is `part ÷ whole` to the printed number of decimals, rounded half up or cut off; nothing else.
    pub(super) fn is(self, part: u64, whole: u64) -> bool {
        whole > 0
            && (self.scaled == cut(part, whole, self.decimals) || self.scaled == round(part, whole, self.decimals))
    }
}

fn cut(part: u64, whole: u64, decimals: u32) -> u128 {
    u128::from(part) * 100 * 10u128.pow(decimals) / u128::from(whole)
}

fn round(part: u64, whole: u64, decimals: u32) -> u128 {
    (u128::from(part) * 200 * 10u128.pow(decimals) + u128::from(whole)) / (2 * u128::from(whole))
}

/// `part ÷ whole` in percent, rounded half up: `88.9%`.
pub(super) fn percent(part: u64, whole: u64, decimals: u32) -> String {
    let scaled = round(part, whole.max(1), decimals);
    let unit = 10u128.pow(decimals);
    if decimals == 0 {
        format!("{scaled}%")
    } else {
        format!("{}.{:0width$}%", scaled / unit, scaled % unit, width = decimals as usize)
    }
}
