//! The words of an XLSX, and what in it is not meant for everybody.

mod formula;
mod palette;
mod sheet;
mod strings;
mod styles;

use std::collections::BTreeSet;

use super::package::{Office, plain_text};
use super::parts::resolve;
use super::xml::{self, Step};
use super::{Concern, Concerns, Place, Refusal};
use palette::Palette;
use strings::Strings;
use styles::Styles;

/// What the cells of all sheets share.
struct Book {
    strings: Strings,
    styles: Styles,
}

/// A line of the workbook's list of sheets.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

/// Reads the sheets in their order, then everything else that holds words.
pub(super) fn read(office: &Office, concerns: &mut Concerns) -> Result<String, Refusal> {
    let mut read = BTreeSet::from([office.main.clone()]);
    let mut part = |kind: &str| {
        let (name, bytes) = office.related(&office.main, kind)?;
        read.insert(name);
        Some(bytes)
    };
    let palette = part("theme").map_or_else(|| Ok(Palette::default()), |bytes| Palette::read(bytes))?;
    let strings =
        part("sharedstrings").map_or_else(|| Ok(Strings::default()), |bytes| Strings::read(bytes, &palette))?;
    let styles = part("styles").map_or_else(|| Ok(Styles::default()), |bytes| Styles::read(bytes, &palette))?;
    let mut book = Book { strings, styles };
    let (listed, mut more) = workbook(&office.parts[&office.main])?;
    let mut text = String::new();
    for listed in listed {
        if listed.is_hidden {
            concerns.add(Concern::HiddenSheet { name: listed.name.clone() });
        }
        text.push_str(&listed.name);
        text.push('\n');
        let relation = office.relations(&office.main).iter().find(|relation| relation.id == listed.relation);
        let Some(name) = relation.and_then(|found| office.part_name(&resolve(&office.main, &found.target))) else {
            continue;
        };
        text.push_str(&sheet::read(&office.parts[&name], &listed.name, &mut book, concerns, &palette)?);
        text.push_str(&comments(office, &name, &listed.name, &mut read, concerns)?);
        read.insert(name);
    }
    text.push_str(&std::mem::take(&mut more));
    text.push_str(&leftovers(office, &book, &mut read, concerns)?);
    text.push_str(&plain_text(office, &read)?);
    Ok(text)
}

/// The sheets, and the texts in defined names.
fn workbook(bytes: &[u8]) -> Result<(Vec<Listed>, String), Refusal> {
    let (mut listed, mut more, mut name) = (Vec::new(), String::new(), None::<String>);
    xml::walk(bytes, |step| {
        match step {
            Step::Open(tag) if tag.name() == "sheet" => {
                let get = |name| tag.get(name).unwrap_or_default();
                let is_hidden = matches!(get("state").as_str(), "hidden" | "veryHidden");
                listed.push(Listed { name: get("name"), relation: get("id"), is_hidden });
            }
            Step::Open(tag) if tag.name() == "definedName" => {
                more.push_str(&tag.get("comment").map(|comment| comment + "\n").unwrap_or_default());
                name = Some(String::new());
            }
            Step::Text(text) => {
                if let Some(name) = &mut name {
                    name.push_str(text);
                }
            }
            Step::Close("definedName") => {
                let value = name.take().unwrap_or_default();
                formula::check(&value)?;
                if value.contains('"') {
                    more.push_str(&value);
                    more.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((listed, more))
}

/// The comments on a sheet, of the old kind and the new.
fn comments(
    office: &Office,
    owner: &str,
    sheet: &str,
    read: &mut BTreeSet<String>,
    concerns: &mut Concerns,
) -> Result<String, Refusal> {
    let mut text = String::new();
    for relation in office.relations(owner).iter().filter(|relation| !relation.external) {
        if !matches!(relation.kind().as_str(), "comments" | "threadedcomment") {
            continue;
        }
        let Some(name) = office.part_name(&resolve(owner, &relation.target)) else { continue };
        let bytes = &office.parts[&name];
        xml::walk(bytes, |step| {
            if let Step::Open(tag) = step
                && matches!(tag.name(), "comment" | "threadedComment")
            {
                let cell = tag.get("ref").unwrap_or_default();
                concerns.add(Concern::Comment { place: Place::Cell { sheet: sheet.to_owned(), cell } });
            }
            Ok(())
        })?;
        text.push_str(&xml::all_text(bytes)?);
        text.push('\n');
        read.insert(name);
    }
    Ok(text)
}

/// What is stored and shown nowhere: strings that no cell uses, the data under pivot tables, the log of a shared book.
fn leftovers(
    office: &Office,
    book: &Book,
    read: &mut BTreeSet<String>,
    concerns: &mut Concerns,
) -> Result<String, Refusal> {
    let mut text = String::new();
    for unused in book.strings.unused() {
        text.push_str(unused);
        text.push('\n');
        concerns.add(Concern::HiddenText { place: Place::Leftover, sample: super::sample(unused) });
    }
    for ending in ["pivotcachedefinition+xml", "pivotcacherecords+xml"] {
        for (name, bytes) in office.of_type(ending) {
            xml::walk(bytes, |step| {
                if let Step::Open(tag) = step
                    && matches!(tag.name(), "s" | "n" | "d" | "cacheField")
                    && let Some(value) = tag.get("v").or_else(|| tag.get("name"))
                {
                    text.push_str(&value);
                    text.push('\n');
                }
                Ok(())
            })?;
            read.insert(name.clone());
            concerns.add(Concern::HiddenText { place: Place::Leftover, sample: String::new() });
        }
    }
    if !office.of_type("revisionheaders+xml").is_empty() || !office.of_type("revisionlog+xml").is_empty() {
        concerns.add(Concern::TrackedChange { place: Place::Leftover });
    }
    Ok(text)
}
