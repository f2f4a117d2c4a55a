//! Finding places: operators by name, kind, district and distance; school canteens with what parents ask for.

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FacetCount, Fragment, InvalidParameter, OperatorEntry, PortResult};
use crate::domain::{district_map::DistrictMap, operator::OperatorKind, place::Point};

/// Places a page when nothing is said.
const DEFAULT_LIMIT: usize = 20;
/// Places a page at most.
pub const MOST_PLACES: usize = 100;
/// Points of a map at most.
pub const MOST_POINTS: usize = 2_000;
/// Metres of the largest circle.
pub const MOST_METRES: u32 = 100_000;

/// Around where to look. Never part of an address, a log or a key of a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// The middle
    pub point: Point,
    /// How far at most, metres
    pub metres: Option<u32>,
}

/// Which places to find: values of one filter are alternatives, filters add up.
#[derive(Clone, Debug, Default)]
pub struct PlaceQuery {
    /// Name, pinyin, initials, address; empty lists all
    pub text: String,
    /// Districts
    pub district: Vec<String>,
    /// What they are
    pub kind: Vec<OperatorKind>,
    /// Around where: the nearest first, and only those of which the point is known
    pub near: Option<Nearby>,
    /// Places a page, at most [`MOST_PLACES`]; of points at most [`MOST_POINTS`]
    pub limit: usize,
    /// Cursor of the page before
    pub after: Option<String>,
}

impl PlaceQuery {
    /// Reads the parameters of pages and API: `q`, `district` and `kind` (each may repeat), `limit`, `after`. Empty values
    /// are as if left out. A position is never read from an address.
    ///
    /// # Errors
    /// The first parameter that is unknown or can't be read.
    pub fn from_pairs<N: AsRef<str>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, InvalidParameter> {
        let mut query = Self { limit: DEFAULT_LIMIT, ..Self::default() };
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.into());
            if !value.trim().is_empty() && query.set(name, value.trim()).is_none() {
                return Err(InvalidParameter { name: name.to_owned(), value });
            }
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "q" => value.clone_into(&mut self.text),
            "district" => self.district.push(value.to_owned()),
            "kind" => self.kind.push(OperatorKind::from_code(value)?),
            "limit" => self.limit = value.parse().ok().filter(|limit| (1..=MOST_PLACES).contains(limit))?,
            "after" => self.after = Some(value.to_owned()),
            _ => return None,
        }
        Some(())
    }
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlaceHit {
    /// Id of the operator
    pub id: Uuid,
    /// Its name in pieces; what matched is marked
    pub name: Vec<Fragment>,
    /// Its address
    pub address: Option<String>,
    /// Its district
    pub district: Option<String>,
    /// What it is
    pub kind: Option<OperatorKind>,
    /// Where it is, WGS 84
    pub point: Option<Point>,
    /// Metres from where was asked
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metres: Option<f64>,
}

impl PlaceHit {
    /// Its name without marks.
    #[must_use]
    pub fn plain_name(&self) -> String {
        super::plain(&self.name)
    }
}

/// An answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlacesFound {
    /// Places in all
    pub total: u64,
    /// Time of the search, milliseconds
    pub took_ms: f64,
    /// Places by district, all other filters applied
    pub districts: Vec<FacetCount>,
    /// … by kind
    pub kinds: Vec<FacetCount>,
    /// This page
    pub hits: Vec<PlaceHit>,
    /// Cursor of the next page
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// A text that would find more
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// Places of this page from here on matched only part of the words
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed_after: Option<usize>,
}

/// Finds places.
#[async_trait]
pub trait Places: Send + Sync {
    /// Finds.
    async fn places(&self, query: PlaceQuery) -> PortResult<PlacesFound>;
}

/// A school canteen in the list for parents.
#[derive(Clone, Debug)]
pub struct SchoolLine {
    /// Operator
    pub operator: Uuid,
    /// Name
    pub name: String,
    /// Address
    pub address: Option<String>,
    /// District
    pub district: Option<String>,
    /// Its newest yearly grade
    pub yearly: Option<OperatorEntry>,
    /// Its newest inspection
    pub inspection: Option<OperatorEntry>,
    /// Cameras that show a picture, that should, and all; none where it has no public camera
    pub pictures: Option<Pictures>,
}

/// Cameras of a place now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pictures {
    /// With a live picture
    pub live: usize,
    /// That should have one now
    pub in_hours: usize,
    /// All
    pub cameras: usize,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchoolSort {
    /// By name
    #[default]
    Name,
    /// A first; those without a grade last
    Grade,
    /// Those with a live picture first; those without cameras last
    Live,
    /// The one that was inspected last first
    Inspected,
}

/// Which schools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolQuery {
    /// Part of the name
    pub text: String,
    /// Of one district
    pub district: Option<String>,
    /// In which order
    pub sort: SchoolSort,
}

/// School canteens.
#[derive(Clone, Debug)]
pub struct SchoolList {
    /// This page
    pub items: Vec<SchoolLine>,
    /// Opaque; give it back as `after`
    pub next: Option<String>,
    /// All that match
    pub total: usize,
    /// All districts with a canteen and how many, in order of their names
    pub districts: Vec<(String, usize)>,
}

/// Reads school canteens.
#[async_trait]
pub trait Schools: Send + Sync {
    /// A page of them.
    async fn schools(&self, query: &SchoolQuery, after: Option<&str>, limit: usize) -> PortResult<SchoolList>;
}

/// What maps are made of.
#[derive(Clone, Debug, Default)]
pub struct MapGround {
    /// The districts, where the bureau gave them
    pub districts: Option<Arc<DistrictMap>>,
    /// Templates of tiles, the lowest layer first; none where maps are drawn from the districts only
    pub tiles: Vec<String>,
    /// Whose tiles they are, as their owner wants it said
    pub attribution: String,
    /// Deepest level of the tiles
    pub max_zoom: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_a_position_is_not() {
        let pairs =
            [("q", " 面馆 "), ("kind", "catering"), ("district", "青禾区"), ("district", "望江区"), ("after", "")];
        let query = PlaceQuery::from_pairs(pairs).unwrap();
        assert_eq!((query.text.as_str(), query.kind, query.district.len()), ("面馆", vec![OperatorKind::Catering], 2));
        for (name, value) in [("lat", "31.7"), ("lon", "119.9"), ("kind", "school"), ("limit", "101"), ("limit", "0")] {
            assert_eq!(PlaceQuery::from_pairs([(name, value)]).unwrap_err().name, name);
        }
    }
}
