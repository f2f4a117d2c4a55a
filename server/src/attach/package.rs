//! Office files (DOCX, XLSX): what may be in the package, and what is taken out of it.

mod edit;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use super::media::Budget;
use super::parts::{self, Parts, Relation, Types};
use super::{Checked, Concerns, Kind, Limits, Refusal, docx, kind, media, xlsx, xml};

/// An unpacked office file.
pub(super) struct Office {
    pub(super) parts: Parts,
    pub(super) types: Types,
    relations: BTreeMap<String, Vec<Relation>>,
    /// The part everything hangs on.
    pub(super) main: String,
}

impl Office {
    /// The relationships of a part.
    pub(super) fn relations(&self, owner: &str) -> &[Relation] {
        self.relations.get(owner).map(Vec::as_slice).unwrap_or_default()
    }

    /// The parts whose type ends with `ending`, in the order of their names.
    pub(super) fn of_type(&self, ending: &str) -> Vec<(&String, &Vec<u8>)> {
        self.parts.iter().filter(|(name, _)| self.types.of(name).ends_with(ending)).collect()
    }

    /// The part that `owner` reaches by a relationship of this kind.
    pub(super) fn related(&self, owner: &str, kind: &str) -> Option<(String, &Vec<u8>)> {
        let relation = self.relations(owner).iter().find(|relation| relation.kind() == kind && !relation.external)?;
        let name = self.part_name(&parts::resolve(owner, &relation.target))?;
        self.parts.get_key_value(&name).map(|(name, bytes)| (name.clone(), bytes))
    }

    /// The stored spelling of a part's name.
    pub(super) fn part_name(&self, name: &str) -> Option<String> {
        if self.parts.contains_key(name) {
            return Some(name.to_owned());
        }
        self.parts.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned()
    }
}

/// Looks at an office file and packs it anew.
pub(super) fn inspect(name: &str, bytes: &[u8], limits: &Limits) -> Result<Checked, Refusal> {
    let unpacked = parts::unpack(bytes, limits)?;
    let types = Types::read(unpacked.get(parts::TYPES).ok_or(Refusal::UnknownKind)?)?;
    rules::check_types(&types)?;
    let mut office = open(unpacked, types)?;
    let kind = main_kind(&office)?;
    kind::agree(name, kind)?;
    for (owner, relations) in &office.relations {
        rules::check_relations(owner, relations)?;
    }
    rules::check_names(&office.parts)?;
    reduce(&mut office);
    let mut budget = Budget::new(limits.pixels);
    for (name, content) in &mut office.parts {
        if rules::is_xml(name) {
            edit::tidy(name, content)?;
        } else {
            *content = media::clean(name, content, &mut budget)?;
        }
    }
    let mut concerns = Concerns::default();
    let mut text =
        if kind == Kind::Docx { docx::read(&office, &mut concerns)? } else { xlsx::read(&office, &mut concerns)? };
    text.push_str(&hyperlinks(&office));
    let bytes = close(office)?;
    Ok(Checked { kind, bytes, text, concerns: concerns.0 })
}

/// Reads the relationships and finds the main part.
fn open(parts: Parts, types: Types) -> Result<Office, Refusal> {
    let mut relations = BTreeMap::new();
    for (name, bytes) in &parts {
        if let Some(owner) = parts::relations_owner(name) {
            relations.insert(owner, parts::relations(bytes)?);
        }
    }
    let root = relations.get("").map(Vec::as_slice).unwrap_or_default();
    let main = root.iter().find(|relation: &&Relation| relation.kind() == "officedocument" && !relation.external);
    let main = main.map(|relation| parts::resolve("", &relation.target)).ok_or(Refusal::UnknownKind)?;
    let mut office = Office { parts, types, relations, main };
    office.main = office.part_name(&office.main).ok_or(Refusal::Damaged)?;
    Ok(office)
}

fn main_kind(office: &Office) -> Result<Kind, Refusal> {
    match office.types.of(&office.main).as_str() {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml" => Ok(Kind::Docx),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml" => Ok(Kind::Xlsx),
        _ => Err(Refusal::UnknownKind),
    }
}

/// Drops the parts that are metadata, with the relationships to them, and then all that nothing leads to any more.
fn reduce(office: &mut Office) {
    let dropped: BTreeSet<String> =
        office.parts.keys().filter(|name| rules::is_dropped(name, &office.types.of(name), office)).cloned().collect();
    for (owner, relations) in &mut office.relations {
        relations.retain(|relation| relation.external || !dropped.contains(&parts::resolve(owner, &relation.target)));
    }
    let mut reached = BTreeSet::new();
    let mut waiting = vec![String::new()];
    while let Some(owner) = waiting.pop() {
        for relation in office.relations(&owner).iter().filter(|relation| !relation.external) {
            let Some(target) = office.part_name(&parts::resolve(&owner, &relation.target)) else { continue };
            if !dropped.contains(&target) && reached.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    office.parts.retain(|name, _| reached.contains(name));
    office.relations.retain(|owner, _| owner.is_empty() || reached.contains(owner));
    for (name, content) in &mut office.parts {
        if let Some(empty) = rules::emptied(name, &office.types.of(name)) {
            *content = empty;
        }
    }
}

/// The addresses that links lead to: they can hold names and numbers too.
fn hyperlinks(office: &Office) -> String {
    let all = office.relations.values().flatten().filter(|relation| relation.external);
    let targets: BTreeSet<&str> = all.map(|relation| relation.target.as_str()).collect();
    targets.into_iter().flat_map(|target| [target, "\n"]).collect()
}

/// Packs what is left.
fn close(mut office: Office) -> Result<Vec<u8>, Refusal> {
    for (owner, relations) in &office.relations {
        if !relations.is_empty() {
            office.parts.insert(parts::relations_name(owner), parts::write_relations(relations));
        }
    }
    let types = office.types.write(&office.parts);
    office.parts.insert(parts::TYPES.to_owned(), types);
    parts::pack(&office.parts)
}

/// The text of parts that need no understanding: charts, diagrams, drawings, custom data.
pub(super) fn plain_text(office: &Office, read: &BTreeSet<String>) -> Result<String, Refusal> {
    let mut all = String::new();
    for (name, bytes) in office.parts.iter().filter(|(name, _)| rules::is_xml(name) && !read.contains(*name)) {
        if rules::is_wordless(&office.types.of(name)) {
            continue;
        }
        // drawings are full of coordinates
        let is_word = |line: &&str| !name.to_lowercase().contains("drawing") || line.chars().any(char::is_alphabetic);
        for line in xml::all_text(bytes)?.lines().filter(is_word) {
            all.push_str(line);
            all.push('\n');
        }
    }
    Ok(all)
}
