//! Sentences about calendar files.

use super::day;
use crate::domain::calendar::{CalendarError, DayProblem, LARGEST_FILE, Warning};

/// The page.
pub const CALENDAR: &str = "放假安排";
/// What it is for.
pub const CALENDAR_LEAD: &str = "期限按这些年份的放假和调休计算。没有载入的年份按周一至周五扣除法定节假日估算，标为“预计”。\
    国务院办公厅公布下一年安排后，请在这里载入，未办结的期限会重新计算，并通知有关的人。";
/// The form.
pub const LOAD: &str = "载入一年的安排";
/// Its field.
pub const FILE: &str = "放假安排文件";
/// What is taken.
pub const FILE_HINT: &str =
    "JSON 文件，含 year 和 days（name、date、isOffDay），一年一个文件。同一年再次载入会替换原来的。";
/// Its button.
pub const LOAD_NOW: &str = "载入";
/// A column.
pub const YEAR: &str = "年份";
/// A column.
pub const DAYS: &str = "放假、调休";
/// A column.
pub const PAPERS: &str = "依据";
/// A column.
pub const VERSION: &str = "版本";
/// Nothing was chosen.
pub const NO_FILE: &str = "请选择文件。";
/// The file can't be read as text.
pub const NOT_TEXT: &str = "文件不是 UTF-8 文本，请另存为 UTF-8 后再传。";

/// `2027年`
#[must_use]
pub fn year(year: i32) -> String {
    format!("{year}年")
}

/// `35 天`
#[must_use]
pub fn days(days: usize) -> String {
    format!("{days} 天")
}

/// What loading a year did.
#[must_use]
pub fn loaded(year: i32, moved: usize) -> String {
    match moved {
        0 => format!("已载入 {year} 年的安排，没有期限因此变动。"),
        _ => format!("已载入 {year} 年的安排，{moved} 件的期限重新计算，已通知有关的人。"),
    }
}

/// Why a calendar file is refused.
#[must_use]
pub fn error(error: &CalendarError) -> String {
    match error {
        CalendarError::TooLarge { bytes } => {
            format!("文件有 {bytes} 字节，超过 {LARGEST_FILE} 字节，不像一年的放假安排。")
        }
        CalendarError::Json { line, column, .. } => {
            format!("第 {line} 行第 {column} 列无法识别：应为 JSON，并含有 year 和 days 两项。")
        }
        CalendarError::Year { year } => format!("年份 {year} 有误，应在 2000 到 2100 之间。"),
        CalendarError::NotAnnounced { year } => format!("文件里没有一天：{year} 年放假安排尚未公布。"),
        CalendarError::Day { line, entry, problem } => {
            format!("第 {line} 行（第 {entry} 项）{}", day_problem(problem))
        }
        CalendarError::Missing { date } => {
            format!("{}是法定节假日，文件里却没有，文件不完整。", day(*date))
        }
        CalendarError::TooMany { off, worked } => {
            format!("放假 {off} 天、调休上班 {worked} 天，多得不正常，请核对文件。")
        }
    }
}

fn day_problem(problem: &DayProblem) -> String {
    match problem {
        DayProblem::Fields(_) => "缺少 name、date 或 isOffDay，或者写法有误。".into(),
        DayProblem::Date(text) => {
            let shown: String = text.chars().take(20).collect();
            format!("的日期“{shown}”有误，应写成 2026-10-01 的样子。")
        }
        DayProblem::OtherYear(date) => format!("的日期{}不属于这一年，也不在上一年12月。", day(*date)),
        DayProblem::Duplicate(date) => format!("的日期{}重复。", day(*date)),
        DayProblem::Name => "的节日名称为空、过长或者含有控制字符。".into(),
        DayProblem::HolidayWorked(date) => format!("把法定节假日{}写成了上班。", day(*date)),
    }
}

/// What is odd in a calendar file that is taken.
#[must_use]
pub fn warning(warning: &Warning) -> String {
    match warning {
        Warning::WorkedWeekday { date } => {
            format!("{}写成调休上班，但本来就不是周末，按普通工作日计算。", day(*date))
        }
        Warning::HolidayNotOff { date } => format!("{}是法定节假日，文件里却没有放假，请核对。", day(*date)),
        Warning::Unbalanced { year, off, expected } => format!(
            "{year} 年周一至周五放假 {off} 天，法定节假日加调休上班共 {expected} 天，两者不等，可能漏了几行，请核对。"
        ),
        Warning::NoPapers { year } => format!("{year} 年的文件没有写明依据的通知（papers）。"),
        Warning::Contradiction { date, year } => {
            format!("{}在前后两年的文件里安排不同，以 {year} 年的文件为准。", day(*date))
        }
    }
}
