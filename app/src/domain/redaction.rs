//! Personal data in a text that is about to be published (domain section 5 "Redaction", 7.4; 公示规定 art. 6):
//! identity numbers and bank accounts block, everything else is confirmed by an officer, one by one.
//!
//! The same rules read the text of a publication and the text layers of its attachments.

mod address;
mod bank;
mod columns;
mod digits;
mod identity;
mod names;
mod phone;
pub(in crate::domain) mod plain;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use plain::Plain;

/// A kind of personal data, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// 身份证件号码: resident identity numbers of 18 or 15 digits, passports, permits; half-masked ones too.
    IdentityNumber,
    /// 银行账号: bank cards and accounts (of companies too), accounts of payment services.
    BankAccount,
    /// 通讯方式: mobile and fixed telephones, QQ, 微信, e-mail.
    Phone,
    /// 家庭住址.
    HomeAddress,
    /// 姓名 of a natural person other than the punished.
    PersonName,
}

impl Datum {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 5] =
        [Self::IdentityNumber, Self::BankAccount, Self::Phone, Self::HomeAddress, Self::PersonName];

    /// The word it is stored under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::IdentityNumber => "identity_number",
            Self::BankAccount => "bank_account",
            Self::Phone => "phone",
            Self::HomeAddress => "home_address",
            Self::PersonName => "person_name",
        }
    }

    /// The kind stored under a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|datum| datum.code() == code)
    }

    /// Whether it forbids publication. What doesn't must be confirmed one by one.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(self, Self::IdentityNumber | Self::BankAccount)
    }
}

/// Personal data found in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is
    pub datum: Datum,
    /// Where: bytes of the given text, on borders of signs
    pub range: Range<usize>,
    /// As written in the text
    pub text: String,
    /// With up to 12 signs on either side
    pub context: String,
}

impl Mark {
    /// The key under which an officer's confirmation is remembered: kind and text without spaces, separators and width,
    /// so that it holds when the text around it changes. It contains the datum itself: store it hashed.
    #[must_use]
    pub fn key(&self) -> String {
        let plain = Plain::of(&self.text);
        let kept =
            plain.signs().iter().filter(|sign| !plain::is_separator(**sign)).flat_map(|sign| sign.to_uppercase());
        std::iter::once(self.datum.code()).chain([":"]).flat_map(str::chars).chain(kept).collect()
    }
}

/// What may stand in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Names that are not marked: the punished party, and who else the publication is about
    pub names: &'a [&'a str],
    /// Telephones and addresses of mail that are not marked: those the bureau itself publishes
    pub phones: &'a [&'a str],
}

/// A find, in signs of the [`Plain`] text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Find {
    datum: Datum,
    from: usize,
    to: usize,
}

/// Marks the personal data of a text, in its order. No two marks overlap: the graver wins, and what is left of an
/// address on either side of it stays an address.
#[must_use]
pub fn find(text: &str, known: &Known) -> Vec<Mark> {
    let plain = Plain::of(text);
    let mut finds = identity::find(&plain);
    finds.extend(bank::find(&plain));
    finds.extend(phone::find(&plain, known.phones));
    finds.extend(address::find(&plain));
    finds.extend(columns::find(&plain, known.names));
    finds.extend(names::find(&plain, known.names));
    names::beside_numbers(&plain, known.names, &mut finds);
    settle(finds).into_iter().map(|found| mark(text, &plain, &found)).collect()
}

/// Sorts by place, the graver (then the longer) taking its place first.
fn settle(mut finds: Vec<Find>) -> Vec<Find> {
    finds.sort_by_key(|found| (found.datum, std::cmp::Reverse(found.to - found.from), found.from));
    let mut kept: std::collections::BTreeMap<usize, Find> = std::collections::BTreeMap::new();
    for found in finds {
        for (from, to) in free_parts(&kept, found.from, found.to) {
            let whole = (from, to) == (found.from, found.to);
            if whole || (found.datum == Datum::HomeAddress && to - from >= 4) {
                kept.insert(from, Find { datum: found.datum, from, to });
            }
        }
    }
    kept.into_values().collect()
}

/// The parts of a stretch that no kept find covers.
fn free_parts(kept: &std::collections::BTreeMap<usize, Find>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut start = kept.range(..=from).next_back().map_or(from, |(_, before)| before.to.max(from));
    let mut parts = Vec::new();
    for taken in kept.range(from..to).map(|(_, taken)| taken) {
        if taken.from > start {
            parts.push((start, taken.from));
        }
        start = start.max(taken.to);
    }
    if start < to {
        parts.push((start, to));
    }
    parts
}

fn mark(text: &str, plain: &Plain, found: &Find) -> Mark {
    const AROUND: usize = 12;
    let range = plain.range(found.from, found.to);
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at) + range.end;
    Mark {
        datum: found.datum,
        text: text.get(range.clone()).unwrap_or_default().to_owned(),
        context: text.get(start..end).unwrap_or_default().to_owned(),
        range,
    }
}
