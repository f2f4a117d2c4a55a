//! What is wrong with a calendar file, and what is odd in it.

use chrono::NaiveDate;

use super::file::LARGEST_FILE;

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Far larger than a calendar.
    #[error("the file has {bytes} bytes, at most {LARGEST_FILE} are read")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// No JSON, or not with the members `year` and `days`.
    #[error("line {line}, column {column}: {message}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// A year outside 2000–2100.
    #[error("the year {year} can't be meant")]
    Year {
        /// The year of the file.
        year: i32,
    },
    /// No days: the calendar of that year is not announced.
    #[error("the calendar of {year} is not announced: the file has no days")]
    NotAnnounced {
        /// The year of the file.
        year: i32,
    },
    /// One entry of `days` is wrong.
    #[error("line {line}, entry {entry} of days: {problem:?}")]
    Day {
        /// Line on which the entry begins, from 1.
        line: usize,
        /// Which entry, from 1.
        entry: usize,
        /// What is wrong.
        problem: DayProblem,
    },
    /// A holiday of a fixed date is not off: rows are missing.
    #[error("{date} is a statutory holiday, but not in the file")]
    Missing {
        /// The first such day.
        date: NaiveDate,
    },
    /// More days than any year has.
    #[error("{off} days off and {worked} weekend days worked are too many")]
    TooMany {
        /// Days off.
        off: usize,
        /// Days worked.
        worked: usize,
    },
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// `name`, `date` or `isOffDay` is missing or of another type.
    Fields(String),
    /// Not a day, 2026-02-30 for example.
    Date(String),
    /// Neither in the file's year nor in the December before.
    OtherYear(NaiveDate),
    /// The day was there already.
    Duplicate(NaiveDate),
    /// No name, too long a name or one with control characters.
    Name,
    /// A holiday that is statutory every year is said to be worked.
    HolidayWorked(NaiveDate),
}

/// What is odd, but may be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A "weekend day worked" that is no weekend day; it counts as an ordinary working day.
    WorkedWeekday {
        /// The day.
        date: NaiveDate,
    },
    /// A statutory holiday of the lunar calendar, or 清明, is not off in the file.
    HolidayNotOff {
        /// The day.
        date: NaiveDate,
    },
    /// Rest days on weekdays should be the statutory days plus the weekend days worked; a row may be missing. (Years
    /// with additional days off, 2020 for example, are off balance too.)
    Unbalanced {
        /// The year of the file.
        year: i32,
        /// Days off on Monday to Friday.
        off: usize,
        /// Statutory days plus weekend days worked.
        expected: usize,
    },
    /// The file names no notice.
    NoPapers {
        /// The year of the file.
        year: i32,
    },
    /// The year before arranges this day differently; this file counts.
    Contradiction {
        /// The day.
        date: NaiveDate,
        /// The year of the file that counts.
        year: i32,
    },
}
