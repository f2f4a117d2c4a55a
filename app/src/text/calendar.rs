//! Sentences about calendar files.

use super::day;
use crate::domain::calendar::{CalendarError, DayProblem, LARGEST_FILE, Warning};

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
