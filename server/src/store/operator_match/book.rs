//! Operators of one round as far as they are loaded or made.

use std::collections::HashMap;

use app::domain::{
    district::district_of,
    operator::{Doubt, Identity, address_key},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::NamedOperator;

/// Longest text of other names.
const LONGEST_ALIASES: usize = 1_000;

/// An operator as stored.
#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    name: String,
    same_name: String,
    uscc: Option<String>,
    licence: Option<String>,
    address: Option<String>,
    district: Option<String>,
    kind: Option<String>,
    lat_e6: Option<i64>,
    merged_into: Option<Uuid>,
    public: bool,
    aliases: String,
}

impl Row {
    /// One that is being made.
    pub fn new(id: Uuid, same_name: String, one: &NamedOperator) -> Self {
        Self {
            id,
            name: one.name.clone(),
            same_name,
            uscc: one.code.clone(),
            licence: one.licence.clone(),
            address: one.address.clone(),
            district: one.district.clone(),
            kind: one.kind.map(str::to_owned),
            lat_e6: one.point.map(|point| i64::from(point.lat_e6)),
            merged_into: None,
            public: false,
            aliases: String::new(),
        }
    }
}

struct Known {
    row: Row,
    identity: Identity,
}

/// The operators.
#[derive(Default)]
pub(super) struct Book {
    all: Vec<Known>,
    by_id: HashMap<Uuid, usize>,
    by_code: HashMap<String, Vec<usize>>,
    by_licence: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    exact: HashMap<Identity, usize>,
}

/// What a record says of who it is about.
pub(super) fn identity(key: &str, one: &NamedOperator) -> Identity {
    Identity {
        name: key.to_owned(),
        code: one.code.clone(),
        licence: one.licence.clone(),
        address: one.address.as_deref().and_then(address_key),
        district: one.district.clone().or_else(|| one.address.as_deref().and_then(district_of)),
    }
}

/// What makes two records the same words: all but the licence, which not every list prints.
fn said(identity: &Identity) -> Identity {
    Identity { licence: None, ..identity.clone() }
}

impl Book {
    /// The operator that was made of the same words.
    pub fn exact(&self, identity: &Identity) -> Option<usize> {
        self.exact.get(&said(identity)).copied()
    }

    pub fn add(&mut self, row: Row) {
        if self.by_id.contains_key(&row.id) {
            return;
        }
        let place = self.all.len();
        self.by_id.insert(row.id, place);
        if let Some(code) = &row.uscc {
            self.by_code.entry(code.clone()).or_default().push(place);
        }
        if let Some(licence) = &row.licence {
            self.by_licence.entry(licence.clone()).or_default().push(place);
        }
        self.by_name.entry(row.same_name.clone()).or_default().push(place);
        let identity = Identity {
            name: row.same_name.clone(),
            code: row.uscc.clone(),
            licence: row.licence.clone(),
            address: row.address.as_deref().and_then(address_key),
            district: row.district.clone().or_else(|| row.address.as_deref().and_then(district_of)),
        };
        self.exact.entry(said(&identity)).or_insert(place);
        self.all.push(Known { row, identity });
    }

    /// Those that may be meant: by code, then licence, then name.
    pub fn candidates(&self, identity: &Identity) -> Vec<usize> {
        let by_code = identity.code.as_ref().and_then(|code| self.by_code.get(code));
        let by_licence = identity.licence.as_ref().and_then(|licence| self.by_licence.get(licence));
        let lists = [by_code, by_licence, self.by_name.get(&identity.name)];
        let mut places: Vec<usize> = Vec::new();
        for place in lists.into_iter().flatten().flatten() {
            if !places.contains(place) {
                places.push(*place);
            }
        }
        places
    }

    pub fn identity(&self, place: usize) -> &Identity {
        &self.all[place].identity
    }

    pub fn id(&self, place: usize) -> Uuid {
        self.all[place].row.id
    }

    pub fn has_name(&self, key: &str) -> bool {
        self.by_name.contains_key(key)
    }

    fn page(&self, place: usize) -> Uuid {
        let row = &self.all[place].row;
        row.merged_into.unwrap_or(row.id)
    }

    /// The page of one that the public sees; one that is not public has none to be told of. That of a merged one always:
    /// nobody knows here, and an index that looks once too often is right.
    pub fn public_page(&self, place: usize) -> Option<Uuid> {
        let row = &self.all[place].row;
        (row.public || row.merged_into.is_some()).then(|| self.page(place))
    }

    /// The operator of a code, where only one has it.
    pub fn only_with_code(&self, code: &str) -> Option<Uuid> {
        let places = self.by_code.get(code)?;
        let first = *places.first()?;
        places.iter().all(|place| self.page(*place) == self.page(first)).then(|| self.id(first))
    }

    /// Of doubtful ones the one that was made of the same words before, or the page that all of them are merged into.
    pub fn as_before(&self, doubts: &[(usize, Doubt)], identity: &Identity) -> Option<usize> {
        let exact = |place: usize| {
            let known = self.identity(place);
            known.name == identity.name && known.address == identity.address && known.code == identity.code
        };
        if let Some((place, _)) = doubts.iter().find(|(place, _)| exact(*place)) {
            return Some(*place);
        }
        let (first, _) = *doubts.first()?;
        let one_page = doubts.iter().all(|(place, _)| self.page(*place) == self.page(first));
        let several = doubts.iter().all(|(_, doubt)| *doubt == Doubt::Several);
        (one_page && several).then(|| self.by_id.get(&self.page(first)).copied().unwrap_or(first))
    }

    /// Whether a record says something of it that is not known yet; it is known afterwards.
    pub fn complete(&mut self, place: usize, one: &NamedOperator) -> bool {
        let known = &mut self.all[place];
        let row = &mut known.row;
        let mut more = false;
        let mut take = |own: &mut Option<String>, said: Option<&str>| {
            if own.is_none() && said.is_some() {
                *own = said.map(str::to_owned);
                more = true;
            }
        };
        take(&mut row.uscc, one.code.as_deref());
        take(&mut row.licence, one.licence.as_deref());
        take(&mut row.address, one.address.as_deref());
        take(&mut row.district, one.district.as_deref());
        take(&mut row.kind, one.kind);
        if let (None, Some(point)) = (row.lat_e6, one.point) {
            row.lat_e6 = Some(i64::from(point.lat_e6));
            more = true;
        }
        if more {
            known.identity.code.clone_from(&row.uscc);
            known.identity.address = row.address.as_deref().and_then(address_key);
        }
        more
    }

    /// Another name by which a record calls it.
    pub fn new_alias(&mut self, place: usize, key: &str, one: &NamedOperator) -> Option<String> {
        let row = &mut self.all[place].row;
        let name = one.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_known = row.same_name == key || row.name == name || row.aliases.lines().any(|known| known == name);
        if is_known || row.aliases.len() + name.len() > LONGEST_ALIASES {
            return None;
        }
        row.aliases = if row.aliases.is_empty() { name } else { format!("{}\n{name}", row.aliases) };
        Some(row.aliases.clone())
    }
}
