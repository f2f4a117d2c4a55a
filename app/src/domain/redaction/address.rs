//! Home addresses (家庭住址): what stands after a word for living somewhere, and what reaches a flat or a farm's number.
//! An operator's place of business is public and isn't marked.

mod words;

use words::{BUSINESS, ENDS, HOME_WORDS, PARTY_WORDS, PERSON, UNITS};

use super::plain::{Plain, ends_clause, is_han};
use super::{Datum, Find};

const MOST: usize = 60;

/// Marks all home addresses.
pub(super) fn find(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    for (start, end) in plain.each(HOME_WORDS) {
        let ambiguous =
            plain.ends_with(end, "住址") && (plain.ends_with(start, "住所(") || plain.ends_with(start, "住所/"));
        let home = if ambiguous { is_person(plain, start) } else { true };
        finds.extend(after_word(plain, end).filter(|_| home));
    }
    for (start, end) in plain.each(PARTY_WORDS) {
        finds.extend(
            after_word(plain, end).filter(|found| is_person(plain, start) && !within(plain, found.from, found.to)),
        );
    }
    finds.extend(flats(plain));
    finds
}

/// The address right behind a word, if what stands there is one.
fn after_word(plain: &Plain, end: usize) -> Option<Find> {
    let from = (end..plain.len().min(end + 8))
        .find(|at| !plain.get(*at).is_some_and(|sign| "：:为是在于址地 \n()|\t）系位".contains(sign)))?;
    let to = address_end(plain, from);
    let law =
        plain.each_in(from, to, &["人民政府", "行政区域", "本省", "本市", "本村", "机构", "部门", "机关", "所属"]);
    (!law && weight(plain, from, to) >= 2 && to - from >= 4).then_some(Find { datum: Datum::HomeAddress, from, to })
}

fn address_end(plain: &Plain, from: usize) -> usize {
    (from..plain.len().min(from + MOST))
        .find(|at| {
            let sign = plain.get(*at).unwrap_or('\n');
            let part = is_han(sign) || sign.is_ascii_alphanumeric() || matches!(sign, '-' | '#' | '·' | '*');
            !part || plain.word_at(*at, ENDS).is_some()
        })
        .unwrap_or_else(|| plain.len().min(from + MOST))
}

/// How much of an address it is: places one each, a number with its unit two.
fn weight(plain: &Plain, from: usize, to: usize) -> usize {
    const NO_PLACE: &[&str] = &[
        "市场",
        "县级",
        "市级",
        "区级",
        "省级",
        "地区",
        "社会",
        "路边",
        "村民",
        "街坊",
        "公安机关",
        "乡下",
        "城市",
        "农村",
    ];
    const PLACES: &[&str] = &[
        "省", "市", "区", "县", "旗", "镇", "乡", "街道", "村", "社区", "小区", "路", "街", "大道", "巷", "弄", "花园",
        "新村", "公寓", "苑", "家园", "庄", "屯", "里", "湾", "宿舍",
    ];
    let mut total = 0;
    let mut at = from;
    while at < to {
        if let Some(length) = plain.word_at(at, NO_PLACE) {
            at += length;
        } else if let Some(length) = unit_at(plain, at) {
            total += 2;
            at += length;
        } else if at > from
            && let Some(length) = plain.word_at(at, PLACES)
        {
            total += 1;
            at += length;
        } else {
            at += 1;
        }
    }
    total
}

fn is_number(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "一二三四五六七八九十百甲乙丙丁*-".contains(sign)
}

/// `12栋`, `五组`: its length.
fn unit_at(plain: &Plain, at: usize) -> Option<usize> {
    let digits = (at..plain.len().min(at + 8)).take_while(|place| plain.get(*place).is_some_and(is_number)).count();
    let unit = plain.word_at(at + digits, UNITS).filter(|_| digits > 0)?;
    Some(digits + unit)
}

/// Addresses without a word before them that reach a flat (`3栋2单元101室`) or a farm (`5组12号`).
fn flats(plain: &Plain) -> Vec<Find> {
    let mut finds: Vec<Find> = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        let Some((end, units)) = units_at(plain, at).filter(|_| at == 0 || !plain.before(at).is_some_and(is_number))
        else {
            at += 1;
            continue;
        };
        let has = |unit: &str| units.iter().any(|found| found == unit);
        let house = has("栋") || has("幢") || has("号楼") || has("单元") || has("座") || has("弄");
        let bare_end = units.last().is_some_and(String::is_empty);
        let flat = house
            && (has("室")
                || has("户")
                || has("房")
                || (has("单元") && units.len() >= 2)
                || (bare_end && units.len() >= 2))
            || (has("号") && has("室"))
            || (has("组") && has("号"));
        let from = address_start(plain, at);
        if flat && at - from >= 2 && !within(plain, from, end) && !beside(plain, from, end) {
            finds.push(Find { datum: Datum::HomeAddress, from, to: end });
        }
        at = end.max(at + 1);
    }
    finds
}

/// Numbers with units, one after the other; a number at the end may have none (`3栋101`).
fn units_at(plain: &Plain, start: usize) -> Option<(usize, Vec<String>)> {
    let mut units = Vec::new();
    let mut at = start;
    while let Some(length) = unit_at(plain, at) {
        let digits = (at..at + length).take_while(|place| plain.get(*place).is_some_and(is_number)).count();
        units.push(plain.string(at + digits, at + length));
        at += length;
    }
    let rest = (at..plain.len().min(at + 6))
        .take_while(|place| plain.get(*place).is_some_and(|sign| sign.is_ascii_digit() || sign == '-'))
        .count();
    if !units.is_empty() && rest >= 3 {
        units.push(String::new());
        at += rest;
    }
    (!units.is_empty()).then_some((at, units))
}

/// The beginning of the address whose numbers stand at a place.
fn address_start(plain: &Plain, at: usize) -> usize {
    const STARTS: &[&str] = &[
        "位于", "在", "住", "的", "到", "至", "与", "和", "为", "是", "从", "于", "地址", "我", "系", "送", "投诉",
        "举报", "反映", "有",
    ];
    let mut from = at;
    while from > 0 && at - from < 40 {
        let sign = plain.get(from - 1).unwrap_or('\n');
        let part = is_han(sign) || sign.is_ascii_alphanumeric() || matches!(sign, '-' | '·');
        if !part || STARTS.iter().any(|word| plain.ends_with(from, word)) {
            break;
        }
        from -= 1;
    }
    from
}

/// A place of business by its own words.
fn within(plain: &Plain, from: usize, to: usize) -> bool {
    plain.each_in(from, to, BUSINESS)
}

/// A place of business by what stands before it on the line or behind it in the clause, unless a home's word is nearer.
fn beside(plain: &Plain, from: usize, to: usize) -> bool {
    let business = plain.label_before(from, 30, BUSINESS);
    let home = plain.label_before(from, 30, HOME_WORDS).or_else(|| plain.label_before(from, 4, &["住", "家"]));
    let before = business.is_some_and(|business| home.is_none_or(|home| business < home));
    let end = (to..plain.len().min(to + 20))
        .find(|at| plain.get(*at).is_some_and(ends_clause))
        .unwrap_or(plain.len().min(to + 20));
    before || (home.is_none() && plain.each_in(to, end, BUSINESS))
}

/// Whether the party spoken of before a place is a person: words of a person stand nearer than words of business.
fn is_person(plain: &Plain, at: usize) -> bool {
    const PARTY_REACH: usize = 120;
    let nearest = |words: &[&str]| {
        (at.saturating_sub(PARTY_REACH)..at).rev().find(|place| plain.word_at(*place, words).is_some())
    };
    match (nearest(PERSON), nearest(BUSINESS)) {
        (Some(person), Some(business)) => person > business,
        (Some(_), None) => true,
        (None, _) => nearest(&["投诉人", "举报人", "消费者", "证人", "受害人"]) > nearest(BUSINESS),
    }
}
