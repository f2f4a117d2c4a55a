//! What can be found.

use crate::Point;

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Unique. Adding does not replace: delete the older one first
    pub id: String,
    /// What it belongs to, for [`crate::Writer::delete_group`]
    pub group: String,
    /// `sample`, `bulletin`, `operator`, …
    pub kind: String,
    /// Shown as the hit's title
    pub title: String,
    /// Firms and shops: found by core, pinyin and initials
    pub names: Vec<String>,
    /// Tested items: found and suggested
    pub items: Vec<String>,
    /// Other short fields
    pub terms: Vec<String>,
    /// Long text, may be empty
    pub text: String,
    /// Facet
    pub verdict: Option<String>,
    /// Facet
    pub category: Option<String>,
    /// Facet with several values
    pub families: Vec<String>,
    /// Facet
    pub district: Option<String>,
    /// Facet: publishing body
    pub body: Option<String>,
    /// Days since 1970-01-01; the facet of years derives from it
    pub date: Option<i32>,
    /// Facet: what an operator is
    pub place: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// Opaque, given back with the hit
    pub payload: String,
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): stable over versions and machines.
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes a text with its length, so that `ab`+`c` differs from `a`+`bc`.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        let length = text.len().to_le_bytes();
        for byte in length.iter().chain(text.as_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    pub(crate) fn finish(&self) -> u64 {
        self.0
    }
}

impl Document {
    /// A hash of all fields, the same over versions and machines; the index keeps it for comparing.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Fnv::new();
        for text in [&self.id, &self.group, &self.kind, &self.title, &self.text, &self.payload] {
            hash.text(text);
        }
        for list in [&self.names, &self.items, &self.terms, &self.families] {
            hash.text(&list.len().to_string());
            for text in list {
                hash.text(text);
            }
        }
        for value in [&self.verdict, &self.category, &self.district, &self.body, &self.place] {
            hash.text(value.as_deref().unwrap_or("\u{0}"));
        }
        hash.text(&self.date.map(|date| date.to_string()).unwrap_or_default());
        hash.text(&self.point.map(|point| format!("{},{}", point.lat_e6, point.lon_e6)).unwrap_or_default());
        hash.finish()
    }

    /// The stable key by which equal scores are ordered.
    pub(crate) fn key(&self) -> u64 {
        Fnv::new().text(&self.id).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_tell_documents_apart() {
        let one = Document { id: "a".into(), names: vec!["bc".into()], ..Document::default() };
        let other = Document { id: "a".into(), names: vec!["b".into(), "c".into()], ..Document::default() };
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_eq!(one.fingerprint(), one.clone().fingerprint());
        // a value written down: a change here means that every index must be built anew
        assert_eq!(Document::default().fingerprint(), 0x6384_7a4f_707f_19c4);
    }
}
