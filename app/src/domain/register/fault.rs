//! What is wrong with a register's file, and where.

use super::Role;

/// A fault and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1
    pub line: usize,
    /// Sign in the line, from 1
    pub column: usize,
    /// What is wrong
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Larger than [`super::LARGEST_FILE`]
    TooLarge,
    /// No TOML; what the parser says
    Syntax(String),
    /// Another `schema` than 1
    Schema,
    /// The file's name is no code: small letters, digits, hyphens, at most 40
    FileName(String),
    /// A key that must be there
    Missing(&'static str),
    /// A key that no part of a file has, and the nearest that this one has
    UnknownKey(String, Option<&'static str>),
    /// A value of another type: key, type that is wanted
    WrongType(String, Wanted),
    /// Nothing in it
    Empty(String),
    /// More signs or members than allowed: key, limit
    TooLong(String, usize),
    /// Outside its limits: key, smallest, largest
    OutOfRange(String, i64, i64),
    /// A code of other signs than small letters, digits and `_`
    Code(String),
    /// A word that is none of those known: key, word, nearest, all
    UnknownWord(String, String, Option<String>, Vec<String>),
    /// Two columns, values or members of a key with one code
    Twice(String),
    /// A heading that two columns claim: heading, name of the other column
    HeadingTwice(String, String),
    /// A wording that two values of a choice claim: wording, label of the other
    ValueTwice(String, String),
    /// A column that holds what is never published: what gives it away
    Private(String),
    /// Words that recommend (FSL art. 140)
    Praise(&'static str),
    /// A screening that calls itself 抽检, or its results 合格 and 不合格
    Sampling(&'static str),
    /// A name that only higher authorities may use (FSL art. 118)
    Reserved(&'static str),
    /// A black list of operators, which needs a law
    BlackList,
    /// A role whose columns are of other types: role, types
    RoleType(Role, Vec<&'static str>),
    /// A role that another column has: role, name of that column
    RoleTwice(Role, String),
    /// A role that the register must have for what it shows: any of these
    NeedsRole(Vec<Role>),
    /// A choice without values, or values without a choice
    Values,
    /// A unit without a number
    Unit,
    /// A facet of something that doesn't repeat
    Facet,
    /// More columns in the table of entries than fit: limit
    ListTooWide(usize),
    /// No column in the table of entries
    NothingListed,
    /// A sortable column that the table doesn't show
    SortHidden,
    /// A code that the scale of the register doesn't have: code, codes of the scale
    OtherScale(String, Vec<&'static str>),
    /// A heading that doesn't say which of the four scales is meant
    BareScale(String),
    /// Latitude without longitude or the other way round
    HalfPoint,
    /// A column of the key, or one from which a life is counted, must be required (of the key: at least one)
    MustBeRequired(String),
    /// Of a type that can't be used here: code of the column, types
    ColumnType(String, Vec<&'static str>),
    /// `lives` wants exactly one of `days`, `months` and `until`
    Lives,
    /// A name of a person without `consent`, where the person holds no office
    Consent,
}

/// A type that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// "…"
    Text,
    /// true, false
    Flag,
    /// 1
    Number,
    /// `["…", "…"]`
    Texts,
    /// `[[column]]`
    Tables,
    /// `{ … }` or `"…"`
    TextOrTable,
}
