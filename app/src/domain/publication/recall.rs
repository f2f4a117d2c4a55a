//! Is my lot affected? (召回: product, lot and date against a recall's own words.)

use chrono::NaiveDate;

use super::content::Content;
use crate::domain::{date::parse_day, operator::narrow};

/// What somebody holds in the hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// 批号 as printed on the package
    pub lot: Option<String>,
    /// 生产日期
    pub made_on: Option<NaiveDate>,
}

/// The answer; it never says "safe".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Lot or day is one of those recalled
    Affected,
    /// The recall names lots and only a day is known, or the other way round
    NotKnown,
    /// Neither is
    NotListed,
}

fn plain(lot: &str) -> String {
    lot.chars().map(narrow).filter(|c| c.is_alphanumeric() || *c == '*').flat_map(char::to_uppercase).collect()
}

/// Compares. Lots decide where both name one: the lot is finer than the day.
#[must_use]
pub fn answer(recall: &Content, held: &Held) -> Answer {
    let lots: Vec<String> = recall.field("lots").lines().map(plain).filter(|lot| !lot.is_empty()).collect();
    let (from, to) = (recall.day("made_from"), recall.day("made_to"));
    let by_lot = held.lot.as_deref().map(plain).filter(|lot| !lot.is_empty() && !lots.is_empty()).map(|held| {
        lots.iter().any(|lot| match lot.strip_suffix('*') {
            Some(start) => held.starts_with(start),
            None => held == *lot,
        })
    });
    // lots are often the day of production
    let day = held.made_on.or_else(|| held.lot.as_deref().and_then(parse_day));
    let has_days = from.is_some() || to.is_some();
    let by_day = day
        .filter(|_| has_days)
        .map(|day| from.is_none_or(|from| from <= day) && to.or(from).is_none_or(|to| day <= to));
    match by_lot.or(by_day) {
        Some(true) => Answer::Affected,
        Some(false) => Answer::NotListed,
        None => Answer::NotKnown,
    }
}

/// Whether a recall is about what somebody calls by these words: each stands in product, brand, producer or title.
#[must_use]
pub fn is_about(recall: &Content, words: &str) -> bool {
    let normal = |text: &str| text.chars().map(narrow).flat_map(char::to_lowercase).collect::<String>();
    let said: Vec<String> =
        [recall.title.as_str(), recall.field("product"), recall.field("brand"), recall.field("producer")]
            .map(normal)
            .into();
    normal(words).split_whitespace().all(|word| said.iter().any(|text| text.contains(word)))
}

/// The answer of one recall to somebody who may have said in words what they hold; `None` where the recall does not
/// concern them. Without words only a lot or day that is recalled does.
#[must_use]
pub fn judge(recall: &Content, words: &str, held: &Held) -> Option<Answer> {
    let answer = is_about(recall, words).then(|| answer(recall, held))?;
    (answer == Answer::Affected || !words.trim().is_empty()).then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::{super::Kind, *};

    fn recall(fields: &[(&str, &str)]) -> Content {
        let mut content = Content::new(Kind::Recall);
        content.fields.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        content
    }

    fn held(lot: &str, made_on: &str) -> Held {
        Held { lot: Some(lot.to_owned()).filter(|lot| !lot.is_empty()), made_on: made_on.parse().ok() }
    }

    #[test]
    fn words_find_a_recall() {
        let found = recall(&[("product", "高钙奶粉 ＡＢ"), ("brand", "岚山里"), ("producer", "云川市乳业有限公司")]);
        assert!(
            is_about(&found, "奶粉")
                && is_about(&found, " 岚山里  高钙 ")
                && is_about(&found, "ab")
                && is_about(&found, "")
        );
        assert!(!is_about(&found, "奶粉 酱油") && !is_about(&found, "米"));
    }

    #[test]
    fn lots_and_days_decide() {
        let by_lot = recall(&[("lots", "A-2026 01\n2026*")]);
        assert_eq!(answer(&by_lot, &held("a202601", "")), Answer::Affected);
        assert_eq!(answer(&by_lot, &held("20260305", "")), Answer::Affected);
        assert_eq!(answer(&by_lot, &held("20250305", "")), Answer::NotListed);
        assert_eq!(answer(&by_lot, &held("", "2026-01-01")), Answer::NotKnown);
        assert_eq!(answer(&by_lot, &held("", "")), Answer::NotKnown);
        let by_day = recall(&[("made_from", "2026-01-01"), ("made_to", "2026-01-31")]);
        assert_eq!(answer(&by_day, &held("", "2026-01-31")), Answer::Affected);
        assert_eq!(answer(&by_day, &held("", "2026-02-01")), Answer::NotListed);
        assert_eq!(answer(&by_day, &held("20260115", "")), Answer::Affected);
        assert_eq!(answer(&by_day, &held("XY", "")), Answer::NotKnown);
        let one_day = recall(&[("made_from", "2026-01-01")]);
        assert_eq!(answer(&one_day, &held("", "2026-01-01")), Answer::Affected);
        assert_eq!(answer(&one_day, &held("", "2026-01-02")), Answer::NotListed);
        let both = recall(&[("lots", "B1"), ("made_from", "2026-01-01"), ("made_to", "2026-01-31")]);
        assert_eq!(answer(&both, &held("B2", "2026-01-05")), Answer::NotListed);
        assert_eq!(answer(&both, &held("", "2026-01-05")), Answer::Affected);
        assert_eq!(answer(&both, &held("B1", "2026-03-05")), Answer::Affected);
    }
}
