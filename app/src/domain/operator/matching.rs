//! Whether two records mean one operator: certain, doubtful, or not. What is doubtful an officer decides; a wrong page is
//! worse than two pages.

use std::borrow::Borrow;

use super::same_address;
use crate::domain::identifier::{Form, licence_form, uscc_form};

/// What a record says of who it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// [`super::name_key`]
    pub name: String,
    /// 统一社会信用代码
    pub code: Option<String>,
    /// Licence number
    pub licence: Option<String>,
    /// [`super::address_key`]
    pub address: Option<String>,
    /// District
    pub district: Option<String>,
}

/// Why it is not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The code is the same, the names have nothing in common
    CodeOtherName,
    /// The code is the same, but one name is that of a branch or shop
    CodeBranch,
    /// The code and the name are the same, the districts are not
    CodeOtherPlace,
    /// The name is the same, and one of both says no address
    NoAddress,
    /// The name is the same, the addresses of one district are not
    OtherAddress,
    /// Name and address are the same, the codes are not
    OtherCode,
    /// Several operators fit
    Several,
}

impl Doubt {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::CodeOtherName,
        Self::CodeBranch,
        Self::CodeOtherPlace,
        Self::NoAddress,
        Self::OtherAddress,
        Self::OtherCode,
        Self::Several,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CodeOtherName => "code_other_name",
            Self::CodeBranch => "code_branch",
            Self::CodeOtherPlace => "code_other_place",
            Self::NoAddress => "no_address",
            Self::OtherAddress => "other_address",
            Self::OtherCode => "other_code",
            Self::Several => "several",
        }
    }

    /// Reads [`Doubt::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doubt| doubt.code() == code)
    }
}

/// What two records are to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// One operator
    Certain,
    /// Perhaps one
    Doubtful(Doubt),
    /// Two
    Different,
}

/// Which of the known operators a record means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one at this place
    One(usize),
    /// None for certain; these are to be looked at
    Doubtful(Vec<(usize, Doubt)>),
    /// None
    New,
}

/// Compares two records: codes first, then name and address. The order does not matter.
#[must_use]
pub fn match_one(one: &Identity, other: &Identity) -> Match {
    let same_name = one.name == other.name;
    let codes = compare(checked(one.code.as_deref()), checked(other.code.as_deref()));
    let licences = compare(premises(one.licence.as_deref()), premises(other.licence.as_deref()));
    let place = place(one, other);
    if codes == Some(true) || (licences == Some(true) && codes.is_none()) {
        return match (same_name, place) {
            (true, Place::OtherDistrict) => Match::Doubtful(Doubt::CodeOtherPlace),
            (true, _) => Match::Certain,
            (false, _) if branch(&one.name) != branch(&other.name) => Match::Doubtful(Doubt::CodeBranch),
            (false, _) if related(&one.name, &other.name) => Match::Certain,
            (false, _) => Match::Doubtful(Doubt::CodeOtherName),
        };
    }
    match (same_name, place) {
        (false, _) | (true, Place::OtherDistrict) => Match::Different,
        (true, Place::Same) if codes == Some(false) => Match::Doubtful(Doubt::OtherCode),
        (true, Place::Same) => Match::Certain,
        (true, _) if codes == Some(false) => Match::Different,
        (true, Place::OtherAddress) => Match::Doubtful(Doubt::OtherAddress),
        // names of registered firms are given once within a registration office; those of shops are not
        (true, Place::Unsaid) if is_registered(&one.name) => Match::Certain,
        (true, Place::Unsaid) => Match::Doubtful(Doubt::NoAddress),
    }
}

/// The operator that a record means, of those that have its code, its licence or its name.
#[must_use]
pub fn choose<K: Borrow<Identity>>(candidate: &Identity, known: &[K]) -> Choice {
    let mut certain = Vec::new();
    let mut doubtful = Vec::new();
    for (at, one) in known.iter().enumerate() {
        match match_one(candidate, one.borrow()) {
            Match::Certain => certain.push(at),
            Match::Doubtful(doubt) => doubtful.push((at, doubt)),
            Match::Different => {}
        }
    }
    // the same record once more: all that is said is the same
    let exact = |at: &&usize| {
        let one: &Identity = known[**at].borrow();
        (&one.name, &one.address, &one.code) == (&candidate.name, &candidate.address, &candidate.code)
    };
    let placed = |at: &&usize| {
        let one: &Identity = known[**at].borrow();
        one.name == candidate.name && place(candidate, one) == Place::Same
    };
    match certain.as_slice() {
        [] if doubtful.is_empty() => Choice::New,
        [] => Choice::Doubtful(doubtful),
        [one] => Choice::One(*one),
        several => match several.iter().find(exact).or_else(|| several.iter().find(placed)) {
            Some(one) => Choice::One(*one),
            None => Choice::Doubtful(several.iter().map(|at| (*at, Doubt::Several)).collect()),
        },
    }
}

/// A code that has the form of one; others are words.
fn checked(code: Option<&str>) -> Option<&str> {
    code.filter(|code| uscc_form(code) != Form::Malformed)
}

/// Numbers of provinces repeat from office to office; JY and SC don't.
fn premises(licence: Option<&str>) -> Option<&str> {
    licence.filter(|number| licence_form(number) != Form::Malformed)
}

fn compare(one: Option<&str>, other: Option<&str>) -> Option<bool> {
    Some(one? == other?)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Same,
    OtherAddress,
    OtherDistrict,
    Unsaid,
}

fn place(one: &Identity, other: &Identity) -> Place {
    let is_same = match (&one.address, &other.address) {
        (Some(one), Some(other)) => Some(same_address(one, other)),
        _ => None,
    };
    let districts = compare(one.district.as_deref().map(bare), other.district.as_deref().map(bare));
    match (is_same, districts) {
        (_, Some(false)) => Place::OtherDistrict,
        (Some(true), _) => Place::Same,
        (Some(false), _) => Place::OtherAddress,
        (None, _) => Place::Unsaid,
    }
}

/// A district as registers shorten it: 青禾区 and 青禾 are one.
fn bare(district: &str) -> &str {
    let short = district.trim_end_matches(['区', '县', '市', '旗']);
    if short.chars().count() < 2 { district } else { short }
}

/// Words of a part of a firm that has a page of its own.
const BRANCHES: [&str; 12] =
    ["分公司", "分店", "门店", "支店", "分校", "校区", "分园", "食堂", "门市部", "经营部", "便利店", "店"];

/// What a name says of being a branch: from its word back to where the firm's name ends, else all before the word.
fn branch(name: &str) -> Option<&str> {
    let word = BRANCHES.iter().find(|word| name.trim_end_matches(')').ends_with(**word))?;
    let end = name.trim_end_matches(')').len() - word.len();
    let firm = ["公司", "集团", "大学", "中学", "小学", "幼儿园"]
        .iter()
        .filter_map(|word| name[..end].rfind(word).map(|at| at + word.len()));
    Some(&name[firm.max().unwrap_or(0)..])
}

/// Whether a name is one that a registration office gives once.
fn is_registered(name: &str) -> bool {
    name.chars().count() >= 8
        && ["有限公司", "有限责任公司", "专业合作社", "集团公司"].iter().any(|end| name.ends_with(end))
}

/// Words that say nothing of who it is.
const GENERIC: [&str; 19] = [
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "公司",
    "集团",
    "食品",
    "餐饮",
    "超市",
    "商贸",
    "商店",
    "中心",
    "农业",
    "科技",
    "贸易",
    "服务",
    "管理",
    "经营",
    "食堂",
    "店",
];

/// Whether two names have a telling pair of signs in common, words of the trade and the region left out.
fn related(one: &str, other: &str) -> bool {
    let known = pairs(one);
    pairs(other).iter().any(|pair| known.contains(pair))
}

fn pairs(name: &str) -> Vec<String> {
    let plain = GENERIC.iter().fold(name.to_owned(), |name, word| name.replace(word, "|"));
    let region = plain.split_once(['市', '县', '区']);
    let rest =
        region.filter(|(head, rest)| head.chars().count() <= 3 && rest.chars().count() >= 2).map(|(_, rest)| rest);
    let signs: Vec<char> = rest.unwrap_or(&plain).chars().collect();
    let telling = |pair: &&[char]| pair.iter().all(|c| c.is_alphanumeric());
    signs.windows(2).filter(telling).map(|pair| pair.iter().collect()).collect()
}

#[cfg(test)]
mod tests;
