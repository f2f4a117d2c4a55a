//! A record and its leaf.

use app::proof::unhex;

use super::{Finding, Report};
use crate::tlog::{LeafEntry, Record, commitment, root_of_lines};

/// Whether a record's leaf is at its place, and commits to its content. A record without content (what is left of it
/// after a removal) is only found.
pub(super) fn check(record: &Record, entries: &[Vec<u8>], report: &mut Report) {
    let place = usize::try_from(record.index).unwrap_or(usize::MAX);
    let leaf = serde_json::from_str::<LeafEntry>(&record.entry).ok();
    let (Some(leaf), true) = (leaf, entries.get(place).is_some_and(|entry| entry == record.entry.as_bytes())) else {
        report.findings.push(Finding::RecordNotInLog);
        return;
    };
    if let (Some(salt), Some(content)) = (&record.salt, &record.content) {
        let committed = unhex(salt).map(|salt| commitment(&salt, content));
        report.content_proved = committed.is_some() && committed == leaf.commitment;
        if !report.content_proved {
            report.findings.push(Finding::RecordOtherContent);
        }
        let named = serde_json::from_str::<serde_json::Value>(content).ok();
        let of = |list: &str| named.as_ref().and_then(|content| content[list]["root"].as_str());
        let named = of("samples").or_else(|| of("entries"));
        let is_same = match (&record.lines, named) {
            (Some(lines), Some(root)) => root_of_lines(lines.iter().map(String::as_str)) == root,
            (None, _) => true,
            (Some(_), None) => false,
        };
        if !is_same {
            report.findings.push(Finding::RecordOtherSamples);
        }
    } else if record.salt.is_some() || record.content.is_some() || record.lines.is_some() {
        report.findings.push(Finding::RecordOtherContent);
    }
    report.later = later(&leaf, entries, place);
    report.record = Some(leaf);
}

/// The acts on the same publication that follow its leaf.
fn later(leaf: &LeafEntry, entries: &[Vec<u8>], place: usize) -> Vec<LeafEntry> {
    let following = entries.iter().skip(place.saturating_add(1));
    let leaves = following.filter_map(|entry| serde_json::from_slice::<LeafEntry>(entry).ok());
    leaves.filter(|other| other.kind == leaf.kind && other.id == leaf.id).collect()
}
