//! Reading a register's file: all faults with their lines.

use toml::de::DeTable;

use super::{
    CellType, Choice, Column, Fault, Lives, Problem, Register, Role, Shows, Source, Wanted,
    node::{At, Faults, Table},
    rules,
};

/// Bytes that a file may have.
pub const LARGEST_FILE: usize = 256 * 1024;
/// Columns that a register may have.
pub const MOST_COLUMNS: usize = 40;
/// Columns that the table of entries may show.
pub const MOST_LISTED: usize = 7;
/// Signs of a name.
const NAME: usize = 40;
/// Signs of a heading in a spreadsheet.
const HEADING: usize = 60;
/// Signs of a note.
const NOTE: usize = 2_000;
/// Members of a list.
const MEMBERS: usize = 60;

const FILE_KEYS: &[&str] =
    &["schema", "name", "short", "note", "basis", "caveats", "scope", "source", "shows", "key", "lives", "column"];
const COLUMN_KEYS: &[&str] = &[
    "code", "name", "type", "unit", "values", "required", "aliases", "role", "facet", "list", "sortable", "hint",
    "consent",
];
const VALUE_KEYS: &[&str] = &["code", "label", "aliases"];

/// A column with the places of what is said of it.
pub(super) struct Draft {
    pub column: Column,
    pub at: usize,
    pub name_at: usize,
    pub role_at: usize,
    pub aliases_at: Vec<usize>,
    pub values_at: Vec<usize>,
    pub consent: Option<At<String>>,
}

pub(super) fn parse(code: &str, toml: &str) -> Result<Register, Vec<Fault>> {
    let toml = toml.strip_prefix('\u{feff}').unwrap_or(toml);
    let mut faults = Faults::of(toml);
    if toml.len() > LARGEST_FILE {
        faults.add(0, Problem::TooLarge);
        return Err(faults.into_list());
    }
    let (root, errors) = DeTable::parse_recoverable(toml);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        faults.add(at, Problem::Syntax(error.message().to_owned()));
    }
    if !faults.is_empty() {
        return Err(faults.into_list());
    }
    let read = register(code, root.get_ref(), &mut faults);
    match read {
        Some(register) if faults.is_empty() => Ok(register),
        _ => Err(faults.into_list()),
    }
}

/// Whether a name is a code of letters, digits and one joining sign.
pub(super) fn is_code(code: &str, joins: char) -> bool {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == joins;
    (1..=40).contains(&code.len())
        && code.chars().all(plain)
        && code.starts_with(|sign: char| sign.is_ascii_lowercase())
}

fn register(code: &str, root: &DeTable<'_>, faults: &mut Faults<'_>) -> Option<Register> {
    let table = Table::open(root, 0, FILE_KEYS, faults);
    if !is_code(code, '-') {
        faults.add(0, Problem::FileName(code.to_owned()));
    }
    if let Some(value) = table.needed("schema", faults)
        && value.get_ref().as_integer().is_none_or(|number| number.as_str() != "1")
    {
        faults.add(value.span().start, Problem::Schema);
    }
    let name = table.needed_text("name", NAME, faults);
    let short = table.needed_text("short", 12, faults);
    let note = table.needed_text("note", NOTE, faults);
    let basis = table.needed_text("basis", NOTE, faults);
    let scope = table.needed_text("scope", NOTE, faults);
    let caveats = table.texts("caveats", 10, 300, faults);
    table.needed("shows", faults);
    let shows = table.word("shows", Shows::from_code, &Shows::ALL.map(Shows::code), faults);
    table.needed("column", faults);
    let tables = table.tables("column", MOST_COLUMNS, COLUMN_KEYS, faults);
    let drafts: Vec<Draft> = tables.iter().filter_map(|column| draft(column, faults)).collect();
    let kind = shows.as_ref().map_or(Shows::Plain, |shows| shows.value);
    rules::wording(kind, [&name, &short, &note, &basis, &scope].map(Option::as_ref), &caveats, &drafts, faults);
    // without one of its columns nothing can be said of the whole
    if drafts.len() < tables.len() {
        return None;
    }
    let columns = rules::columns(kind, drafts, table.at, faults);
    let source = source(&table, &columns, faults);
    let key = key(&table, &columns, faults);
    let lives = lives(&table, &columns, faults);
    Some(Register {
        code: code.to_owned(),
        source: source?,
        key,
        lives: lives?,
        name: name?.value,
        short: short?.value,
        note: note?.value,
        basis: basis?.value,
        caveats: caveats.into_iter().map(|caveat| caveat.value).collect(),
        scope: scope?.value,
        shows: shows?.value,
        columns,
    })
}

fn draft(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<Draft> {
    let code = table.needed_text("code", NAME, faults);
    let name = table.needed_text("name", NAME, faults);
    table.needed("type", faults);
    let cell_type = table.word("type", CellType::from_code, &CellType::ALL.map(CellType::code), faults);
    let unit = table.text("unit", 8, faults);
    let role =
        table.word("role", Role::from_code, &Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>(), faults);
    let aliases = table.texts("aliases", MEMBERS, HEADING, faults);
    let hint = table.text("hint", 200, faults);
    let values: Vec<(usize, Choice)> = table
        .tables("values", MEMBERS, VALUE_KEYS, faults)
        .into_iter()
        .filter_map(|value| choice(&value, faults).map(|choice| (value.at, choice)))
        .collect();
    if let Some(code) = code.as_ref().filter(|code| !is_code(&code.value, '_')) {
        faults.add(code.at, Problem::Code(code.value.clone()));
    }
    let (values_at, values) = values.into_iter().unzip();
    let (required, facet) = (table.flag("required", faults), table.flag("facet", faults));
    let (list, sortable) = (table.flag("list", faults), table.flag("sortable", faults));
    let consent = table.text("consent", NAME, faults);
    let (code, name, cell_type) = (code?, name?, cell_type?);
    let (aliases_at, aliases) = aliases.into_iter().map(|alias| (alias.at, alias.value)).unzip();
    Some(Draft {
        at: code.at,
        name_at: name.at,
        role_at: role.as_ref().map_or(code.at, |role| role.at),
        aliases_at,
        values_at,
        consent,
        column: Column {
            code: code.value,
            name: name.value,
            hint: hint.map(|hint| hint.value).unwrap_or_default(),
            cell_type: cell_type.value,
            unit: unit.map(|unit| unit.value).unwrap_or_default(),
            values,
            required,
            aliases,
            role: role.map(|role| role.value),
            facet,
            list,
            sortable,
            consent: None,
        },
    })
}

fn choice(table: &Table<'_>, faults: &mut Faults<'_>) -> Option<Choice> {
    let code = table.needed_text("code", NAME, faults);
    let label = table.needed_text("label", NAME, faults);
    let aliases = table.texts("aliases", MEMBERS, HEADING, faults);
    if let Some(code) = code.as_ref().filter(|code| !is_code(&code.value, '_')) {
        faults.add(code.at, Problem::Code(code.value.clone()));
    }
    Some(Choice {
        code: code?.value,
        label: label?.value,
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
    })
}

/// The place of the column that a word names.
pub(super) fn place(said: &At<String>, key: &str, columns: &[Column], faults: &mut Faults<'_>) -> Option<usize> {
    let found = columns.iter().position(|column| column.code == said.value);
    if found.is_none() {
        let codes = || columns.iter().map(|column| column.code.as_str());
        let near = super::node::nearest(&said.value, codes()).map(ToOwned::to_owned);
        let all = codes().map(ToOwned::to_owned).collect();
        faults.add(said.at, Problem::UnknownWord(key.to_owned(), said.value.clone(), near, all));
    }
    found
}

fn source(table: &Table<'_>, columns: &[Column], faults: &mut Faults<'_>) -> Option<Source> {
    let value = table.needed("source", faults)?;
    let at = value.span().start;
    if value.get_ref().is_str() {
        return table.text("source", NAME, faults).map(|source| Source::Fixed(source.value));
    }
    let Some(inner) = value.get_ref().as_table() else {
        faults.add(at, Problem::WrongType("source".into(), Wanted::TextOrTable));
        return None;
    };
    let inner = Table::open(inner, at, &["column"], faults);
    let said = inner.needed_text("column", NAME, faults)?;
    place(&said, "column", columns, faults).map(Source::Column)
}

fn key(table: &Table<'_>, columns: &[Column], faults: &mut Faults<'_>) -> Vec<usize> {
    let Some(value) = table.needed("key", faults) else { return Vec::new() };
    let said = table.texts("key", 6, NAME, faults);
    let mut key = Vec::new();
    for word in &said {
        let Some(place) = place(word, "key", columns, faults) else { continue };
        if key.contains(&place) {
            faults.add(word.at, Problem::Twice(word.value.clone()));
        }
        key.push(place);
    }
    if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
        faults.add(value.span().start, Problem::Empty("key".into()));
    } else if !key.is_empty() && !key.iter().any(|place| columns[*place].required) {
        faults.add(value.span().start, Problem::MustBeRequired(columns[key[0]].code.clone()));
    }
    key
}

fn lives(table: &Table<'_>, columns: &[Column], faults: &mut Faults<'_>) -> Option<Lives> {
    let value = table.needed("lives", faults)?;
    let at = value.span().start;
    if value.get_ref().is_str() {
        let read = |word: &str| (word == "forever").then_some(Lives::Forever);
        return table.word("lives", read, &["forever"], faults).map(|lives| lives.value);
    }
    let Some(inner) = value.get_ref().as_table() else {
        faults.add(at, Problem::WrongType("lives".into(), Wanted::TextOrTable));
        return None;
    };
    let inner = Table::open(inner, at, &["days", "months", "from", "until"], faults);
    if let Some(until) = inner.text("until", NAME, faults) {
        if ["days", "months", "from"].iter().any(|key| inner.get(key).is_some()) {
            faults.add(at, Problem::Lives);
        }
        let place = place(&until, "until", columns, faults)?;
        if columns[place].cell_type != CellType::Day {
            faults.add(until.at, Problem::ColumnType(until.value, vec![CellType::Day.code()]));
        }
        return Some(Lives::Until(place));
    }
    let days = inner.number("days", 1..3_651, faults);
    let months = inner.number("months", 1..1_201, faults);
    let said = inner.needed_text("from", NAME, faults)?;
    let from = place(&said, "from", columns, faults)?;
    if !columns[from].cell_type.is_time() {
        let types = CellType::ALL.into_iter().filter(|cell_type| cell_type.is_time()).map(CellType::code).collect();
        faults.add(said.at, Problem::ColumnType(said.value, types));
    } else if !columns[from].required {
        faults.add(said.at, Problem::MustBeRequired(said.value));
    }
    match (days, months) {
        (Some(days), None) => Some(Lives::Days { from, days: days.value }),
        (None, Some(months)) => Some(Lives::Months { from, months: months.value }),
        _ => {
            faults.add(at, Problem::Lives);
            None
        }
    }
}
