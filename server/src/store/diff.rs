//! What a file would change in a bulletin that is already stored. Pure.

use std::collections::HashMap;

use app::domain::{operator::name_key, sample::SampleDraft};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A stored sample, as far as comparing needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: Uuid,
    pub ordinal: i32,
    pub identity: String,
    pub content: String,
}

/// How many samples a file creates, changes, leaves and removes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// New samples
    pub created: usize,
    /// Samples with other content
    pub changed: usize,
    /// Samples as before
    pub unchanged: usize,
    /// Samples that the file names no more
    pub removed: usize,
}

impl Difference {
    /// Whether anything differs.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.created + self.changed + self.removed == 0
    }
}

/// What becomes of one sample of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Create,
    Change(Uuid),
    /// As before, perhaps at another place in the file
    Keep {
        id: Uuid,
        moved: bool,
    },
}

/// A comparison: one fate per sample of the file, and what is gone.
pub struct Comparison {
    pub fates: Vec<Fate>,
    pub removed: Vec<Uuid>,
    pub difference: Difference,
}

/// The identities of samples in order: the sampling number, else what names a sample, counted where it repeats.
pub fn identities(samples: &[SampleDraft]) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::with_capacity(samples.len());
    samples
        .iter()
        .map(|sample| {
            let base = sample.number.as_ref().map_or_else(|| natural_key(sample), |number| format!("n:{number}"));
            let count = seen.entry(base.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { base } else { format!("{base}#{count}") }
        })
        .collect()
}

fn natural_key(sample: &SampleDraft) -> String {
    let party = |name: &Option<String>| name.as_deref().and_then(name_key).unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let day = sample.date.as_ref().map(|date| date.text.clone()).unwrap_or_default();
    let published = sample.published_on.map(|day| day.to_string()).unwrap_or_default();
    let key = [
        name_key(&sample.product).unwrap_or_default(),
        party(&sample.producer.name),
        party(&sample.seller.name),
        text(&sample.spec),
        text(&sample.lot),
        day,
        text(&sample.publisher),
        published,
    ];
    format!("k:{}", digest(key.join("\u{1f}").as_bytes()))
}

/// A digest of everything printed of a sample.
pub fn content(sample: &SampleDraft) -> String {
    digest(serde_json::to_string(sample).unwrap_or_default().as_bytes())
}

/// 128 bits of SHA-256, hexadecimal.
fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..16])
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Compares the samples of a file (identity and content, in order) with the stored ones.
pub fn compare(known: Vec<Known>, file: &[(String, String)]) -> Comparison {
    let mut by_identity: HashMap<String, Known> = known.into_iter().map(|k| (k.identity.clone(), k)).collect();
    let mut difference = Difference::default();
    let fates = file
        .iter()
        .enumerate()
        .map(|(index, (identity, content))| match by_identity.remove(identity) {
            None => {
                difference.created += 1;
                Fate::Create
            }
            Some(old) if old.content != *content => {
                difference.changed += 1;
                Fate::Change(old.id)
            }
            Some(old) => {
                difference.unchanged += 1;
                Fate::Keep { id: old.id, moved: usize::try_from(old.ordinal) != Ok(index + 1) }
            }
        })
        .collect();
    difference.removed = by_identity.len();
    Comparison { fates, removed: by_identity.into_values().map(|old| old.id).collect(), difference }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(product: &str) -> SampleDraft {
        SampleDraft { product: product.into(), ..SampleDraft::default() }
    }

    fn file(samples: &[SampleDraft]) -> Vec<(String, String)> {
        identities(samples).into_iter().zip(samples.iter().map(content)).collect()
    }

    fn stored(file: &[(String, String)]) -> Vec<Known> {
        (1..)
            .zip(file)
            .map(|(ordinal, (identity, content))| Known {
                id: Uuid::from_u128(u128::try_from(ordinal).unwrap()),
                ordinal,
                identity: identity.clone(),
                content: content.clone(),
            })
            .collect()
    }

    #[test]
    fn the_same_file_changes_nothing() {
        let twice = file(&[sample("大米"), sample("大米"), sample("面粉")]);
        let comparison = compare(stored(&twice), &twice);
        assert!(comparison.difference.is_empty());
        assert_eq!(comparison.difference.unchanged, 3);
    }

    #[test]
    fn a_correction_is_told() {
        let before = file(&[sample("大米"), sample("面粉"), sample("食盐")]);
        let mut corrected = sample("面粉");
        corrected.remark = Some("复检结论维持".into());
        let after = file(&[sample("白糖"), sample("大米"), corrected]);
        let comparison = compare(stored(&before), &after);
        let expected = Difference { created: 1, changed: 1, unchanged: 1, removed: 1 };
        assert_eq!(comparison.difference, expected);
        assert_eq!(comparison.fates[1], Fate::Keep { id: Uuid::from_u128(1), moved: true });
        assert_eq!(comparison.removed, [Uuid::from_u128(3)]);
    }
}
