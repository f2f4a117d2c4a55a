//! What a laboratory prints for an item that fails. Each value really exceeds its limit.

use app::domain::finding::FailedItem;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::catalogue::Item;

/// Digits as printed: three that count.
fn shown(value: f64) -> String {
    let places = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else if value >= 1.0 {
        2
    } else if value >= 0.01 {
        3
    } else {
        5
    };
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn superscript(exponent: u32) -> &'static str {
    ["", "", "²", "³", "⁴", "⁵"][exponent as usize % 6]
}

/// A failed item.
pub fn failed(item: Item, random: &mut ChaCha8Rng) -> FailedItem {
    let (name, result, limit) = match item {
        Item::Most(name, limit, unit) => {
            let value = limit * random.random_range(1.12..4.0);
            (name, format!("{}{unit}", shown(value)), format!("≤{}{unit}", shown(limit)))
        }
        Item::Least(name, limit, unit) => {
            let value = limit * random.random_range(0.3..0.93);
            (name, format!("{}{unit}", shown(value)), format!("≥{}{unit}", shown(limit)))
        }
        Item::Never(name, floor, unit) => {
            let value = floor * random.random_range(2.0..60.0);
            (name, format!("{}{unit}", shown(value)), "不得使用".to_owned())
        }
        Item::Absent(name) => (name, "检出".to_owned(), "不得检出".to_owned()),
        Item::Microbe(name) => {
            let low = random.random_range(2..4);
            let values: Vec<String> =
                (0..5).map(|_| format!("{:.1}×10{}", random.random_range(1.1..9.8), superscript(low + 1))).collect();
            let limit = format!("n=5，c=2，m=10{}，M=10{}", superscript(low), superscript(low + 1));
            (name, format!("{}CFU/g", values.join("；")), format!("{limit}CFU/g"))
        }
    };
    FailedItem { item: name.to_owned(), result: Some(result), limit: Some(limit) }
}

#[cfg(test)]
mod tests {
    use app::domain::finding::Quantity;
    use rand::SeedableRng;

    use super::*;
    use crate::demo::catalogue::CATEGORIES;

    #[test]
    fn every_failing_value_fails() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for item in CATEGORIES.iter().flat_map(|category| category.items) {
            for _ in 0..50 {
                let found = failed(*item, &mut random);
                let number =
                    |text: &Option<String>| Quantity::parse(text.as_deref().unwrap()).map(|quantity| quantity.number);
                let (Some(result), Some(limit)) = (number(&found.result), number(&found.limit)) else { continue };
                match item {
                    Item::Most(..) => assert!(result > limit, "{found:?}"),
                    Item::Least(..) => assert!(result < limit, "{found:?}"),
                    _ => {}
                }
            }
        }
    }
}
