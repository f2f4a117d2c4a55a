//! The words of a DOCX, and what in it is not meant for everybody.

mod field;
mod look;
mod story;

use std::collections::BTreeSet;

use super::package::{Office, plain_text};
use super::xml::{self, Step};
use super::{Concern, Concerns, Place, Refusal};
use look::Styles;

/// Reads every part that holds words, the body first.
pub(super) fn read(office: &Office, concerns: &mut Concerns) -> Result<String, Refusal> {
    let styles = match office.related(&office.main, "styles") {
        Some((_, bytes)) => Styles::read(bytes)?,
        None => Styles::default(),
    };
    let kinds = [
        ("wordprocessingml.document.main+xml", Place::Body),
        ("wordprocessingml.header+xml", Place::Header),
        ("wordprocessingml.footer+xml", Place::Footer),
        ("wordprocessingml.footnotes+xml", Place::Notes),
        ("wordprocessingml.endnotes+xml", Place::Notes),
        ("wordprocessingml.comments+xml", Place::Comments),
        ("wordprocessingml.document.glossary+xml", Place::Leftover),
    ];
    let (mut text, mut read) = (String::new(), BTreeSet::new());
    for (ending, place) in kinds {
        for (name, bytes) in office.of_type(ending) {
            text.push_str(&story::read(bytes, &place, &styles, concerns)?);
            read.insert(name.clone());
        }
    }
    for (name, bytes) in office.of_type("wordprocessingml.settings+xml") {
        text.push_str(&variables(bytes)?);
        read.insert(name.clone());
    }
    text.push_str(&plain_text(office, &read)?);
    Ok(text)
}

/// Document variables: values that a document carries along without showing them.
fn variables(bytes: &[u8]) -> Result<String, Refusal> {
    let mut text = String::new();
    xml::walk(bytes, |step| {
        if let Step::Open(tag) = step
            && tag.name() == "docVar"
        {
            text.push_str(&tag.get("val").unwrap_or_default());
            text.push('\n');
        }
        Ok(())
    })?;
    Ok(text)
}

/// What a run's look says about its text, if anything.
fn judge(hidden: bool, lost: bool, place: &Place, text: &str, concerns: &mut Concerns) {
    if text.trim().is_empty() {
        return;
    }
    let sample = super::sample(text);
    if hidden {
        concerns.add(Concern::HiddenText { place: place.clone(), sample });
    } else if lost {
        concerns.add(Concern::WhiteText { place: place.clone(), sample });
    }
}
