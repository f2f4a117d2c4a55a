//! Where a page ended: the sort key of its last hit. Deep pages cost what the first one costs.

use std::{fmt, str::FromStr};

use crate::Error;

/// The last hit's place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// How strictly words had to match
    pub(crate) tier: u8,
    /// The hit's rank value: the score's or date's order-preserving bits
    pub(crate) rank: u32,
    /// Order of equal ranks
    pub(crate) key: u64,
}

/// Bits that order as the score does; scores are not negative.
pub(crate) fn rank_of_score(score: f32) -> u32 {
    score.max(0.0).to_bits()
}

/// Bits that order as the day does; no day is before every day.
pub(crate) fn rank_of_day(day: Option<i64>) -> u32 {
    const MIDDLE: i64 = 1 << 31;
    day.and_then(|day| u32::try_from(day + MIDDLE).ok()).unwrap_or(0)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}-{:x}", self.tier, self.rank, self.key)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = text.split('-');
        let mut next =
            || parts.next().filter(|part| part.len() <= 16).and_then(|part| u64::from_str_radix(part, 16).ok());
        let (tier, rank, key) = (next(), next(), next());
        let (Some(tier), Some(rank), Some(key), None) = (tier, rank, key, parts.next()) else {
            return Err(Error::Cursor);
        };
        let tier = u8::try_from(tier).ok().filter(|tier| *tier < 4).ok_or(Error::Cursor)?;
        Ok(Self { tier, rank: u32::try_from(rank).map_err(|_| Error::Cursor)?, key })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cursors_read_back(tier in 0..4_u8, rank: u32, key: u64) {
            let cursor = Cursor { tier, rank, key };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }

        #[test]
        fn garbage_is_refused_without_panic(text in ".{0,40}") {
            let _ = text.parse::<Cursor>();
        }

        #[test]
        fn ranks_keep_the_order(a in -1_000_000..1_000_000_i64, b in -1_000_000..1_000_000_i64) {
            prop_assert_eq!(a.cmp(&b), rank_of_day(Some(a)).cmp(&rank_of_day(Some(b))));
            prop_assert!(rank_of_day(None) < rank_of_day(Some(a)));
        }
    }
}
