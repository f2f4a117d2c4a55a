//! The parts of an office file: unpacked within limits, with their types and relationships, and packed again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{self, Step};
use super::{Limits, Refusal};

/// Parts by name, without a leading slash.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

pub(super) const TYPES: &str = "[Content_Types].xml";

/// Unpacking more than this many times is a bomb, once it is also more than [`HARMLESS`].
const MOST_RATIO: u64 = 150;
const HARMLESS: u64 = 16 << 20;

/// Unpacks everything, counting what really comes out and not what the directory says.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<Parts, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.offset() != 0 {
        return Err(Refusal::Polyglot);
    }
    if archive.len() > limits.parts {
        return Err(Refusal::ZipBomb);
    }
    if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(|_| Refusal::Damaged)? {
        return Err(Refusal::Damaged);
    }
    let mut parts = Parts::new();
    let mut folded = BTreeSet::new();
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| refused(&error))?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        let name = std::str::from_utf8(entry.name_raw()).map_err(|_| Refusal::Damaged)?.to_owned();
        if !is_plain(&name) || !folded.insert(name.to_lowercase()) {
            return Err(Refusal::Damaged);
        }
        if name.ends_with('/') {
            continue;
        }
        let packed = entry.compressed_size();
        let left = limits.unpacked.saturating_sub(unpacked);
        let mut content = Vec::new();
        entry.take(left + 1).read_to_end(&mut content).map_err(|_| Refusal::Damaged)?;
        let size = content.len() as u64;
        unpacked += size;
        if unpacked > limits.unpacked || size > HARMLESS && size / MOST_RATIO > packed.min(bytes.len() as u64) {
            return Err(Refusal::ZipBomb);
        }
        parts.insert(name, content);
    }
    if unpacked > HARMLESS && unpacked / MOST_RATIO > bytes.len() as u64 {
        return Err(Refusal::ZipBomb);
    }
    Ok(parts)
}

fn refused(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(text) if text.contains("assword") => Refusal::Encrypted,
        ZipError::InvalidPassword => Refusal::Encrypted,
        _ => Refusal::Damaged,
    }
}

/// A part's name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let body = name.strip_suffix('/').unwrap_or(name);
    !body.is_empty()
        && body.chars().all(plain)
        && body.split('/').all(|segment| !segment.is_empty() && segment.chars().any(|c| c != '.'))
}

/// Packs parts: always the same bytes for the same parts, no times, no owner, no comment.
pub(super) fn pack(parts: &Parts) -> Result<Vec<u8>, Refusal> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut names: Vec<&String> = parts.keys().collect();
    names.sort_by_key(|name| (*name != TYPES, !name.starts_with("_rels/"), *name));
    let damaged = |_| Refusal::Damaged;
    for name in names {
        writer.start_file(name.as_str(), options).map_err(damaged)?;
        writer.write_all(&parts[name]).map_err(|_| Refusal::Damaged)?;
    }
    Ok(writer.finish().map_err(damaged)?.into_inner())
}

/// The types of all parts.
#[derive(Debug, Default)]
pub(super) struct Types {
    defaults: BTreeMap<String, String>,
    overrides: BTreeMap<String, String>,
}

impl Types {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut types = Self::default();
        xml::walk(bytes, |step| {
            let Step::Open(tag) = step else { return Ok(()) };
            let content = || tag.get("ContentType");
            match tag.name() {
                "Default" => {
                    if let (Some(extension), Some(content)) = (tag.get("Extension"), content()) {
                        types.defaults.insert(extension.to_lowercase(), content);
                    }
                }
                "Override" => {
                    if let (Some(name), Some(content)) = (tag.get("PartName"), content()) {
                        types.overrides.insert(name.trim_start_matches('/').to_owned(), content);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(types)
    }

    /// The type of a part, in lower case; "" where it has none.
    pub(super) fn of(&self, name: &str) -> String {
        let found = self.overridden(name).or_else(|| self.defaults.get(&super::kind::extension(name)));
        found.map(|content| content.to_lowercase()).unwrap_or_default()
    }

    /// The type given to this part alone; names of parts do not differ by case.
    fn overridden(&self, name: &str) -> Option<&String> {
        let exact = self.overrides.get(name);
        exact.or_else(|| {
            self.overrides.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, content)| content)
        })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.defaults.values().chain(self.overrides.values())
    }

    /// The part that lists the types, for these parts only.
    pub(super) fn write(&self, parts: &Parts) -> Vec<u8> {
        let mut text = String::from(HEAD);
        text.push_str(r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#);
        for (extension, content) in &self.defaults {
            let (extension, content) = (xml::escape(extension), xml::escape(content));
            text.extend([format!(r#"<Default Extension="{extension}" ContentType="{content}"/>"#)]);
        }
        for name in parts.keys() {
            let Some(content) = self.overridden(name) else { continue };
            let (name, content) = (xml::escape(name), xml::escape(content));
            text.extend([format!(r#"<Override PartName="/{name}" ContentType="{content}"/>"#)]);
        }
        text.push_str("</Types>");
        text.into_bytes()
    }
}

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A relationship from a part to another, or to somewhere else.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    pub(super) target: String,
    pub(super) external: bool,
}

impl Relation {
    /// The last word of its type, in lower case.
    pub(super) fn kind(&self) -> String {
        self.kind.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase()
    }
}

/// The relationships in a `.rels` part.
pub(super) fn relations(bytes: &[u8]) -> Result<Vec<Relation>, Refusal> {
    let mut found = Vec::new();
    xml::walk(bytes, |step| {
        if let Step::Open(tag) = step
            && tag.name() == "Relationship"
        {
            let get = |name| tag.get(name).unwrap_or_default();
            let external = get("TargetMode").trim().eq_ignore_ascii_case("external");
            found.push(Relation { id: get("Id"), kind: get("Type"), target: get("Target"), external });
        }
        Ok(())
    })?;
    Ok(found)
}

/// The `.rels` part for these relationships.
pub(super) fn write_relations(relations: &[Relation]) -> Vec<u8> {
    let mut text = String::from(HEAD);
    text.push_str(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for relation in relations {
        let [id, kind, target] = [&relation.id, &relation.kind, &relation.target].map(|part| xml::escape(part));
        let mode = if relation.external { r#" TargetMode="External""# } else { "" };
        text.extend([format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"{mode}/>"#)]);
    }
    text.push_str("</Relationships>");
    text.into_bytes()
}

/// The part that holds the relationships of `name` ("" for the package).
pub(super) fn relations_name(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// The part whose relationships `name` holds.
pub(super) fn relations_owner(name: &str) -> Option<String> {
    let file = name.strip_suffix(".rels")?;
    if let Some(file) = file.strip_prefix("_rels/") {
        return Some(file.to_owned());
    }
    let (folder, file) = file.split_once("/_rels/")?;
    Some(format!("{folder}/{file}"))
}

/// The part that a target in the relationships of `owner` names.
pub(super) fn resolve(owner: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut segments: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        segments.extend(owner.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev());
    }
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    segments.join("/")
}
