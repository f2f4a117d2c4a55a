//! Checking a log without trusting who keeps it.

mod record;
mod report;
mod tiles;

pub use report::{Finding, Report};

use signed_note::Signature;
use tlog_tiles::tree_hash;

use super::{Keyring, NotOpened, Opened, Record, Signed, Source, SourceError};

/// Reads the whole log and checks that its checkpoint is signed, that all entries lead to its root, that every tile
/// is what the entries make, that it continues an earlier checkpoint, and that a record is in it.
///
/// # Errors
/// Only where the log can't be reached; everything else is a finding.
pub fn check(
    source: &Source,
    keys: &Keyring,
    earlier: Option<&[u8]>,
    record: Option<&Record>,
) -> Result<Report, SourceError> {
    let mut report = Report::default();
    let Some(opened) = present(&source.checkpoint()?, keys, &mut report) else { return Ok(report) };
    let size = report.size;
    let Some(entries) = tiles::entries(source, size, &mut report.findings)? else { return Ok(report) };
    let tree = tiles::tree_of(&entries);
    if tree_hash(size, &tree).ok() != Some(*opened.checkpoint.hash()) {
        report.findings.push(Finding::OtherRoot);
    }
    tiles::compare(source, size, &tree, &mut report.findings)?;
    tiles::compare_parts(source, &entries, &tree, &mut report.findings)?;
    if let Some(bytes) = earlier {
        match keys.open(bytes) {
            Ok(then) if then.checkpoint.origin() == report.origin => {
                continues(&then, &tree, &mut report);
            }
            _ => report.findings.push(Finding::EarlierUnusable),
        }
    }
    if let Some(record) = record {
        record::check(record, &entries, &mut report);
    }
    Ok(report)
}

/// The present checkpoint, if it can be trusted.
fn present(bytes: &[u8], keys: &Keyring, report: &mut Report) -> Option<Opened> {
    let finding = match keys.open_present(bytes) {
        Ok(opened) => {
            opened.checkpoint.origin().clone_into(&mut report.origin);
            report.size = opened.checkpoint.size();
            report.root = opened.checkpoint.hash().to_string();
            report.signed_by.clone_from(&opened.log);
            report.witnessed_by.clone_from(&opened.witnesses);
            report.witnesses = keys.distinct(&opened.witnesses);
            report.unknown = opened.unknown.iter().map(unknown).collect();
            return Some(opened);
        }
        Err(NotOpened::Unreadable) => Finding::CheckpointUnreadable,
        Err(NotOpened::UnknownLog | NotOpened::NotSigned) => Finding::CheckpointNotSigned,
        Err(NotOpened::RetiredKey) => Finding::SignedByRetiredKey,
        Err(NotOpened::NotWitnessed(name)) => Finding::NotWitnessed { name },
    };
    report.findings.push(finding);
    None
}

fn unknown(signature: &Signature) -> Signed {
    Signed { name: signature.name().to_owned(), id: format!("{:08x}", signature.id()), retired: false, at: None }
}

/// Whether the log only grew since an earlier checkpoint.
fn continues(then: &Opened, tree: &tiles::Tree, report: &mut Report) {
    let size = then.checkpoint.size();
    report.grown_from = Some(size);
    report.earlier_signed_by.clone_from(&then.log);
    if size > report.size {
        report.findings.push(Finding::Shrunk { then: size, now: report.size });
    } else if tree_hash(size, tree).ok() != Some(*then.checkpoint.hash()) {
        report.findings.push(Finding::Rewritten { then: size });
    }
}
