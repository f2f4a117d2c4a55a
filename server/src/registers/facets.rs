//! Facets of a register, counted from entries that are counted by all facets at once. Pure.

use std::collections::BTreeMap;

use app::{
    domain::register::{CellType, Column, Register, Role},
    ports::{EntryFacet, EntryFacetValue, EntryOrder, EntryQuery, PortError, PortResult},
    text::registers as say,
};

use crate::store::facet_values;

/// The facet of districts, which entries have even where no column says them.
const DISTRICT: &str = "district";
/// Values of one facet that are given.
const VALUES: usize = 200;

/// Facets by code, with their column where they have one.
fn facets(register: &Register) -> Vec<(&str, Option<&Column>)> {
    let is_district = |column: &Column| column.role == Some(Role::District);
    let own = register.facets().map(|(_, column)| column).filter(|column| !is_district(column));
    let district = register.columns.iter().find(|column| is_district(column));
    std::iter::once((DISTRICT, district)).chain(own.map(|column| (column.code.as_str(), Some(column)))).collect()
}

/// Refuses facets and orders that the register has not.
pub fn check(register: &Register, query: &EntryQuery) -> PortResult<()> {
    let known = facets(register);
    if query.facets.iter().any(|(code, _)| !known.iter().any(|(known, _)| known == code)) {
        return Err(PortError::Invalid("facet"));
    }
    let sorts = |code: &str| register.columns.iter().any(|column| column.sortable && column.code == code);
    match &query.order {
        EntryOrder::Up(code) | EntryOrder::Down(code) if !sorts(code) => Err(PortError::Invalid("order")),
        _ => Ok(()),
    }
}

/// How many entries all filters leave, and the values of each facet with those that the filters of the others leave.
pub fn count(
    register: &Register,
    chosen: &[(String, String)],
    combinations: &[(String, i64)],
) -> (u64, Vec<EntryFacet>) {
    let known = facets(register);
    let mut counts: Vec<BTreeMap<&str, u64>> = vec![BTreeMap::new(); known.len()];
    let mut total = 0;
    for (combination, entries) in combinations {
        let entries = u64::try_from(*entries).unwrap_or(0);
        let values: Vec<(&str, &str)> = facet_values(combination).collect();
        let misses: Vec<&str> = chosen
            .iter()
            .filter(|(code, value)| !values.contains(&(code.as_str(), value.as_str())))
            .map(|(code, _)| code.as_str())
            .collect();
        if misses.is_empty() {
            total += entries;
        }
        for ((code, _), counts) in known.iter().zip(&mut counts) {
            if misses.iter().all(|missed| missed == code) {
                for (_, value) in values.iter().filter(|(of, _)| of == code) {
                    *counts.entry(value).or_default() += entries;
                }
            }
        }
    }
    let facets = known.into_iter().zip(counts).filter(|(_, counts)| !counts.is_empty());
    (total, facets.map(|((code, column), counts)| facet(code, column, counts)).collect())
}

fn facet(code: &str, column: Option<&Column>, counts: BTreeMap<&str, u64>) -> EntryFacet {
    let is_label = code == DISTRICT;
    let mut values: Vec<EntryFacetValue> = counts
        .into_iter()
        .map(|(value, count)| EntryFacetValue {
            value: value.to_owned(),
            name: column.filter(|_| !is_label).map_or_else(|| value.to_owned(), |column| say::value(column, value)),
            count,
        })
        .collect();
    let rank = |value: &str| {
        let column = column.filter(|column| column.cell_type == CellType::Choice)?;
        column.values.iter().position(|choice| choice.code == value || is_label && choice.label == value)
    };
    let is_time = column.is_some_and(|column| column.cell_type.is_time());
    values.sort_by(|one, other| match (rank(&one.value), rank(&other.value)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ if is_time => other.value.cmp(&one.value),
        _ => other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)),
    });
    values.truncate(VALUES);
    let name = column.map_or(app::text::place::DISTRICT, |column| column.name.as_str());
    EntryFacet { code: code.to_owned(), name: name.to_owned(), values }
}
