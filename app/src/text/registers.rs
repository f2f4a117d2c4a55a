//! Words of registers and their entries.

use std::collections::BTreeMap;

use super::number;
use crate::domain::{
    publication::difference::Entry,
    register::{Cell, Column, Lives, Register, Role},
};

/// The list of all registers.
pub const TITLE: &str = "登记名册";
/// What it is.
pub const LEAD: &str = "学校食堂、明厨亮灶、等级、登记备案等名册，每一册写明来源、日期和范围。";
/// No register has an edition.
pub const NONE: &str = "还没有公开的名册。";
/// What a register is and is not.
pub const CAVEATS: &str = "阅读时请注意";
/// By what rule.
pub const BASIS: &str = "公开依据";
/// What it covers.
pub const SCOPE: &str = "范围";
/// Day of the edition.
pub const AS_OF: &str = "数据日期：";
/// Search within.
pub const SEARCH: &str = "在本册中查找";
/// Hint of it.
pub const SEARCH_HINT: &str = "名称、地址、编号都可以，多个词用空格分开";
/// The form's button.
pub const FILTER: &str = "查找";
/// Filters.
pub const FILTERS: &str = "筛选";
/// All values of a facet.
pub const ANY: &str = "不限";
/// Order.
pub const ORDER: &str = "排序";
/// Order of the file.
pub const GIVEN: &str = "名册顺序";
/// Only with a point.
pub const WITH_POINT: &str = "只看有位置的";
/// All filters away.
pub const CLEAR: &str = "清除筛选";
/// Nothing found.
pub const NOTHING: &str = "没有符合条件的条目，换个词或者放宽筛选试试。";
/// The edition is empty.
pub const EMPTY: &str = "这一册目前没有条目。";
/// Opens the drawing.
pub const ON_MAP: &str = "本页条目在哪里";
/// Downloads.
pub const DOWNLOAD: &str = "下载全部条目";
/// The table's name.
pub const ENTRIES: &str = "条目";
/// Name of the column that leads to the entry.
pub const NAME: &str = "名称";
/// The operator's page.
pub const OPERATOR: &str = "查看该单位的全部公开信息";
/// All of its register.
pub const WHOLE: &str = "查看整本名册";
/// Entry is wrong.
pub const REPORT: &str = "信息有误或者发现问题";
/// To a complaint or report.
pub const COMPLAIN: &str = "投诉举报";
/// Nothing in a cell.
pub const UNSAID: &str = "未填写";
/// Where it is.
pub const POINT: &str = "位置";
/// All cells of an entry.
pub const FACTS: &str = "登记内容";
/// Until when it is shown.
pub const UNTIL: &str = "公开至";
/// Changes of entries in a revision.
pub const CHANGES: &str = "条目的变化";
/// They are not shown any more.
pub const CHANGES_GONE: &str = "这一版的逐条变化不再显示：其中有公开期已满的条目。";
/// New entries.
pub const ADDED: &str = "新增";
/// Changed entries.
pub const CHANGED: &str = "更改";
/// Removed entries.
pub const REMOVED: &str = "移除";
/// Choice of a register for a new publication.
pub const CHOOSE: &str = "请选择名册";
/// A register has one publication.
pub const HAS_ONE: &str = "这本名册已经有一条信息，请在那一条里更正或者重新公布。";
/// Hint of the choice.
pub const CHOOSE_HINT: &str = "名册的列和公开期限由定义文件规定。一本名册只有一条信息，以后每次更新都是它的新版。";
/// Hint of the file.
pub const FILE_HINT: &str = "XLSX、XLS 或 CSV，小于 50 MB。这份文件就是整本名册：没有列出的条目会被移除。";
/// The entries of a file.
pub const TABLE: &str = "条目表";
/// First entries.
pub const FIRST: &str = "前几个条目";
/// What would change.
pub const WOULD_CHANGE: &str = "与现在公开的相比";

/// A cell as people read it, from the text under which it is stored.
#[must_use]
pub fn value(column: &Column, stored: &str) -> String {
    super::register::shown(column, &Cell::from_canonical(column, stored))
}

/// Cells that differ: name of the column, before, after.
#[must_use]
pub fn differences(
    register: &Register,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<(String, String, String)> {
    let said = |cells: &BTreeMap<String, String>, column: &Column| {
        cells.get(&column.code).map(|stored| value(column, stored)).unwrap_or_default()
    };
    let columns = register.columns.iter();
    let all = columns.map(|column| (column.name.clone(), said(before, column), said(after, column)));
    all.filter(|(_, before, after)| before != after).collect()
}

/// An entry before and after, in words.
#[must_use]
pub fn changed(register: &Register, entry: &Entry) -> (&'static str, String, Vec<(String, String, String)>) {
    let title = |cells: &BTreeMap<String, String>| {
        let named = [Role::Title, Role::OperatorName].into_iter().find_map(|role| register.with_role(role));
        let first = named.or_else(|| register.listed().map(|(place, _)| place).next());
        let column = first.and_then(|place| register.columns.get(place));
        column.and_then(|column| Some(value(column, cells.get(&column.code)?))).unwrap_or_default()
    };
    match (&entry.before, &entry.after) {
        (Some(before), Some(after)) => ("changed", title(after), differences(register, before, after)),
        (None, Some(after)) => ("added", title(after), Vec::new()),
        (before, None) => ("removed", before.as_ref().map(title).unwrap_or_default(), Vec::new()),
    }
}

/// How many entries a revision had.
#[must_use]
pub fn in_revision(entries: usize) -> String {
    format!("这一版共有 {} 条。", number(entries as u64))
}

/// Why entries went by themselves.
#[must_use]
pub fn expired(count: usize) -> String {
    format!("按名册规定的公开期限，移除已到期的条目 {} 条。", number(count as u64))
}

/// How long entries are shown.
#[must_use]
pub fn lives(register: &Register) -> String {
    let name = |column: usize| register.columns.get(column).map_or("", |column| column.name.as_str());
    match register.lives {
        Lives::Forever => "条目公开到更新时不再列出为止。".to_owned(),
        Lives::Days { from, days } => format!("每个条目自“{}”起公开 {days} 天，期满自动移除。", name(from)),
        Lives::Months { from, months } => format!("每个条目自“{}”起公开 {months} 个月，期满自动移除。", name(from)),
        Lives::Until(column) => format!("每个条目公开至“{}”当天，期满自动移除。", name(column)),
    }
}

/// How many entries.
#[must_use]
pub fn count(entries: u64) -> String {
    format!("{} 条", number(entries))
}

/// How many were found.
#[must_use]
pub fn found(total: u64, all: u64) -> String {
    if total == all {
        format!("共 {} 条", number(total))
    } else {
        format!("{} 条中有 {} 条符合", number(all), number(total))
    }
}

/// A value of a facet with its count.
#[must_use]
pub fn facet_value(name: &str, count: u64) -> String {
    format!("{name}（{}）", number(count))
}

/// A column as an order.
#[must_use]
pub fn order(column: &Column, down: bool) -> String {
    let way = match (column.cell_type.is_time(), column.cell_type.is_number(), down) {
        (true, _, true) => "新的在前",
        (true, _, false) => "旧的在前",
        (_, true, true) => "从大到小",
        (_, true, false) => "从小到大",
        (.., true) => "倒序",
        (.., false) => "顺序",
    };
    format!("{}{way}", column.name)
}

/// A point in degrees.
#[must_use]
pub fn degrees(lat: f64, lon: f64) -> String {
    format!("北纬 {lat:.5}°，东经 {lon:.5}°")
}

/// What an edition changes.
#[must_use]
pub fn difference(added: usize, changed: usize, removed: usize, unchanged: usize) -> String {
    format!("新增 {added} 条、更改 {changed} 条、移除 {removed} 条，{unchanged} 条不变。")
}

/// A page of an entry in one sentence.
#[must_use]
pub fn entry_summary(register: &str, title: &str) -> String {
    format!("{register}：{title}的登记内容、来源和日期。")
}

/// No such register.
#[must_use]
pub fn unknown(code: &str, known: &str) -> String {
    format!("没有代号为 {code} 的名册。现有：{known}。")
}

/// Entries that would not be shown any more.
#[must_use]
pub fn already_over(count: usize) -> String {
    format!("有 {count} 条的公开期限已满，不会公开。")
}

/// A sheet as read.
#[must_use]
pub fn sheet(name: &str) -> String {
    format!("工作表“{name}”")
}

/// What was read from a file.
#[must_use]
pub fn read(file: &str, register: &str, entries: usize) -> String {
    format!("{file}：《{register}》读到 {entries} 条。")
}

/// What was done, or would be.
#[must_use]
pub fn done(dry: bool, said: &str) -> String {
    if dry { format!("试运行，没有保存：将{said}") } else { format!("已公开：{said}") }
}

/// A change on one line of a terminal.
#[must_use]
pub fn change_line(what: &str, title: &str, cells: &[(String, String, String)]) -> String {
    let what = match what {
        "added" => ADDED,
        "changed" => CHANGED,
        _ => REMOVED,
    };
    let cells = cells.iter().map(|(name, before, after)| format!("，{name}：{before} → {after}"));
    format!("{what} {title}{}", cells.collect::<String>())
}

/// Errors keep the file out.
#[must_use]
pub fn kept_out(errors: usize) -> String {
    format!("有 {errors} 处错误，整份文件没有导入，什么都没有改变。请改正后再导入。")
}

/// Summary of a table at the desk.
#[must_use]
pub fn table(name: &str, entries: u64, errors: u64) -> String {
    let wrong = if errors > 0 { format!("，{errors} 处错误要先改正") } else { String::new() };
    format!("{name}：读到 {} 条{wrong}。", number(entries))
}

/// A register was withdrawn: only an officer at the desk may publish it again.
pub const WITHDRAWN: &str = "这本名册已撤回，请在信息发布里重新公布。";
/// An officer's draft of a register that never was public.
pub const AT_DESK: &str = "信息发布里有这本名册的草稿，请先发布或者放弃它。";
/// Why an edition was published, where nothing was said.
pub const UPDATED: &str = "名册更新。";
/// Nothing differs.
pub const SAME: &str = "与现在公开的内容相同，没有改变。";
