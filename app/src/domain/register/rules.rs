//! What a register as a whole must keep to: roles, scales, words.

use super::{
    CellType, Column, Problem, Role, Shows,
    file::{Draft, MOST_LISTED, place},
    heading::plain,
    node::{At, Faults},
    wording,
};

/// What an entry is called by, in this order.
pub(super) const TITLES: [Role; 4] = [Role::Title, Role::OperatorName, Role::Product, Role::Person];

/// Words of the whole file.
pub(super) fn wording(
    shows: Shows,
    [name, short, note, basis, scope]: [Option<&At<String>>; 5],
    caveats: &[At<String>],
    drafts: &[Draft],
    faults: &mut Faults<'_>,
) {
    let names: Vec<&At<String>> = [name, short].into_iter().flatten().collect();
    let screens = shows == Shows::QuickTest || names.iter().any(|name| wording::is_screening(&name.value));
    let about_operators = drafts.iter().any(|draft| {
        matches!(draft.column.role, Some(Role::OperatorName | Role::OperatorCode | Role::OperatorLicence))
    });
    for name in &names {
        if wording::is_black(&name.value) && about_operators {
            faults.add(name.at, Problem::BlackList);
        }
        if let Some(word) = wording::reserved(&name.value) {
            faults.add(name.at, Problem::Reserved(word));
        }
        if let Some(word) = wording::sampling(&name.value).filter(|_| screens) {
            faults.add(name.at, Problem::Sampling(word));
        }
    }
    let texts = [name, short, note, basis, scope].into_iter().flatten().chain(caveats);
    for text in texts {
        praise(&text.value, text.at, faults);
    }
    for draft in drafts {
        let column = &draft.column;
        praise(&column.name, draft.name_at, faults);
        praise(&column.hint, draft.name_at, faults);
        if let Some(word) = wording::sampling(&column.name).filter(|_| screens) {
            faults.add(draft.name_at, Problem::Sampling(word));
        }
        for (choice, at) in column.values.iter().zip(&draft.values_at) {
            praise(&choice.label, *at, faults);
            if let Some(word) = wording::sampling(&choice.label).filter(|_| screens) {
                faults.add(*at, Problem::Sampling(word));
            }
        }
        private(draft, faults);
    }
}

fn praise(text: &str, at: usize, faults: &mut Faults<'_>) {
    if let Some(word) = wording::praise(text) {
        faults.add(at, Problem::Praise(word));
    }
}

fn private(draft: &Draft, faults: &mut Faults<'_>) {
    let by_code = wording::private_code(&draft.column.code).map(|word| (draft.at, word));
    let by_name = wording::private(&draft.column.name).map(|word| (draft.name_at, word));
    let aliases = draft.column.aliases.iter().zip(&draft.aliases_at);
    let by_alias = aliases.filter_map(|(alias, at)| wording::private(alias).map(|word| (*at, word)));
    for (at, word) in by_code.into_iter().chain(by_name).chain(by_alias) {
        faults.add(at, Problem::Private(word.to_owned()));
    }
}

/// Columns that keep to the rules; `at` is where the file begins.
pub(super) fn columns(shows: Shows, drafts: Vec<Draft>, at: usize, faults: &mut Faults<'_>) -> Vec<Column> {
    twice(&drafts, faults);
    headings(shows, &drafts, faults);
    for draft in &drafts {
        one(shows, draft, faults);
    }
    roles(shows, &drafts, at, faults);
    let listed: Vec<&Draft> = drafts.iter().filter(|draft| draft.column.list).collect();
    if let Some(draft) = listed.get(MOST_LISTED) {
        faults.add(draft.at, Problem::ListTooWide(MOST_LISTED));
    }
    if listed.is_empty() && !drafts.is_empty() {
        faults.add(at, Problem::NothingListed);
    }
    let mut columns: Vec<Column> = drafts.iter().map(|draft| draft.column.clone()).collect();
    for (number, draft) in drafts.iter().enumerate() {
        consent(shows, number, draft, &mut columns, faults);
    }
    columns
}

fn twice(drafts: &[Draft], faults: &mut Faults<'_>) {
    for (number, draft) in drafts.iter().enumerate() {
        let before = &drafts[..number];
        if before.iter().any(|other| other.column.code == draft.column.code) {
            faults.add(draft.at, Problem::Twice(draft.column.code.clone()));
        }
        if let Some(role) = draft.column.role
            && let Some(other) = before.iter().find(|other| other.column.role == Some(role))
        {
            faults.add(draft.role_at, Problem::RoleTwice(role, other.column.name.clone()));
        }
    }
}

/// Headings are claimed once, and those of a scale say which one it is.
fn headings(shows: Shows, drafts: &[Draft], faults: &mut Faults<'_>) {
    let mut claimed: Vec<(String, usize)> = Vec::new();
    let scale = shows.scale().map(|(role, _)| role);
    for (number, draft) in drafts.iter().enumerate() {
        let aliases = draft.column.aliases.iter().zip(draft.aliases_at.iter().copied());
        let said = std::iter::once((&draft.column.name, draft.name_at)).chain(aliases);
        for (heading, at) in said {
            let key = plain(heading);
            match claimed.iter().find(|(known, _)| *known == key) {
                Some((_, other)) if *other != number => {
                    faults.add(at, Problem::HeadingTwice(heading.clone(), drafts[*other].column.name.clone()));
                }
                Some(_) => faults.add(at, Problem::Twice(heading.clone())),
                None => claimed.push((key, number)),
            }
            let is_scale = draft.column.role.is_some() && draft.column.role == scale;
            if is_scale && !shows.scale_words().iter().any(|word| heading.contains(word)) {
                faults.add(at, Problem::BareScale(heading.clone()));
            }
        }
    }
}

fn one(shows: Shows, draft: &Draft, faults: &mut Faults<'_>) {
    let column = &draft.column;
    if let Some(role) = column.role.filter(|role| !role.types().contains(&column.cell_type)) {
        let types = role.types().iter().map(|cell_type| cell_type.code()).collect();
        faults.add(draft.role_at, Problem::RoleType(role, types));
    }
    if (column.cell_type == CellType::Choice) == column.values.is_empty() {
        faults.add(draft.at, Problem::Values);
    }
    if !column.unit.is_empty() && !column.cell_type.is_number() {
        faults.add(draft.at, Problem::Unit);
    }
    let repeats = matches!(column.cell_type, CellType::Choice | CellType::YesNo | CellType::Text | CellType::Month);
    let is_own = matches!(column.role, Some(Role::Title | Role::OperatorName | Role::OperatorLicence | Role::Person));
    if column.facet && (!repeats || is_own) {
        faults.add(draft.at, Problem::Facet);
    }
    if column.sortable && !column.list {
        faults.add(draft.at, Problem::SortHidden);
    }
    if let Some((_, codes)) = shows.scale().filter(|(role, _)| column.role == Some(*role)) {
        let others = column.values.iter().zip(&draft.values_at).filter(|(value, _)| !codes.contains(&&*value.code));
        for (value, at) in others {
            faults.add(*at, Problem::OtherScale(value.code.clone(), codes.to_vec()));
        }
    }
    values(draft, faults);
}

/// Codes, labels and wordings of a choice stand for one value each.
fn values(draft: &Draft, faults: &mut Faults<'_>) {
    let mut claimed: Vec<(String, usize)> = Vec::new();
    for (number, (value, at)) in draft.column.values.iter().zip(&draft.values_at).enumerate() {
        if draft.column.values[..number].iter().any(|other| other.code == value.code) {
            faults.add(*at, Problem::Twice(value.code.clone()));
        }
        for said in [&value.label, &value.code].into_iter().chain(&value.aliases) {
            let key = plain(said);
            match claimed.iter().find(|(known, _)| *known == key) {
                Some((_, other)) if *other != number => {
                    let other = draft.column.values[*other].label.clone();
                    faults.add(*at, Problem::ValueTwice(said.clone(), other));
                }
                Some(_) => {}
                None => claimed.push((key, number)),
            }
        }
    }
}

fn roles(shows: Shows, drafts: &[Draft], at: usize, faults: &mut Faults<'_>) {
    let has = |role: &Role| drafts.iter().any(|draft| draft.column.role == Some(*role));
    for wanted in shows.needs() {
        if !wanted.iter().any(has) {
            faults.add(at, Problem::NeedsRole(wanted.to_vec()));
        }
    }
    let titled = |draft: &Draft| draft.column.role.is_some_and(|role| TITLES.contains(&role));
    match drafts.iter().find(|draft| titled(draft)) {
        None if !drafts.is_empty() => faults.add(at, Problem::NeedsRole(TITLES.to_vec())),
        Some(draft) if !drafts.iter().any(|draft| titled(draft) && draft.column.required) => {
            faults.add(draft.at, Problem::MustBeRequired(draft.column.code.clone()));
        }
        _ => {}
    }
    if has(&Role::Latitude) != has(&Role::Longitude) {
        faults.add(at, Problem::HalfPoint);
    }
}

/// Names of persons who hold no office are kept whole only with consent.
fn consent(shows: Shows, number: usize, draft: &Draft, columns: &mut [Column], faults: &mut Faults<'_>) {
    let Some(said) = &draft.consent else {
        if draft.column.role == Some(Role::Person) && !shows.names_offices() {
            faults.add(draft.at, Problem::Consent);
        }
        return;
    };
    let Some(found) = place(said, "consent", columns, faults) else { return };
    if columns[found].cell_type != CellType::YesNo {
        faults.add(said.at, Problem::ColumnType(said.value.clone(), vec![CellType::YesNo.code()]));
    }
    if draft.column.cell_type != CellType::Text {
        faults.add(draft.at, Problem::ColumnType(draft.column.code.clone(), vec![CellType::Text.code()]));
    }
    columns[number].consent = Some(found);
}
