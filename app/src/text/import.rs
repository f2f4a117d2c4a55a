//! Sentences of importing spreadsheets. `where` is said by sheet, row and column beside them.

use std::fmt::Display;

/// The file can't be opened.
#[must_use]
pub fn unreadable_file(path: &str, cause: &dyn Display) -> String {
    format!("打不开文件 {path}（{cause}），请检查路径和权限。")
}

/// The same file was imported under another title, number, day or publisher.
#[must_use]
pub fn imported_as_other(title: &str) -> String {
    format!("这份文件已经导入为《{title}》，标题、期号、日期或来源与这次填写的不一致；请去掉这些选项再导入。")
}

/// 50 MB or more.
pub const TOO_LARGE: &str = "文件达到或超过 50 MB，请按月份或类别拆成几份再导入。";
/// Nothing in it.
pub const EMPTY: &str = "文件是空的，请换一份有内容的表格。";
/// A password.
pub const PROTECTED: &str = "文件设有打开密码，请先在表格软件里取消密码，另存后再导入。";
/// Unpacks to far more than it is.
pub const BOMB: &str = "文件解压后大得不正常，疑似压缩炸弹，没有导入；请另存为普通的 XLSX 或 CSV 再试。";
/// Damaged.
pub const BROKEN: &str = "文件已损坏或不完整，请重新下载或另存后再导入。";
/// Not a spreadsheet.
pub const UNKNOWN: &str = "不认识这种文件，请用 XLSX、XLS 或 CSV 格式的表格。";
/// A spreadsheet, but no table of results.
pub const NO_TABLE: &str =
    "这份文件里没有找到抽检结果表：需要有食品（样品）名称一列，以及不合格项目、判定、抽样编号或被抽样单位等列。";
/// A spreadsheet, but no table of the register.
pub const NO_REGISTER_TABLE: &str =
    "这份文件里没有找到这个名册的表头，请核对是否选对了名册，或者用名册的空白表格填写。";

/// A row without product.
pub const NO_PRODUCT: &str = "缺少食品（样品）名称，请补上，或删除这一行。";
/// A row without verdict.
pub const NO_VERDICT: &str = "看不出合格还是不合格：没有判定列，也没有不合格项目，工作表名和标题里也没有写明。";
/// Passed with failed items.
pub const PASSED_WITH_ITEMS: &str = "判定为合格，却填有不合格项目，请核对。";
/// Failed without items.
pub const FAILED_WITHOUT_ITEMS: &str = "判定为不合格，但没有不合格项目，请核对。";
/// The same row again.
pub const TWICE: &str = "疑似重复：与上一行完全相同，已按两个样品导入，请核对。";
/// The same row with the same number again.
pub const TWICE_NUMBER: &str = "与同一抽样编号的前一行完全相同，只算一个样品，请核对。";
/// The column repeats the day of publication.
pub const DATE_REPEATS: &str =
    "生产日期一列大多与发布日期相同，不是真正的生产日期，已忽略整列；如有真实的生产日期，请更正后再导入。";
/// A hidden column.
pub const HIDDEN_COLUMN: &str = "这一列是隐藏列，已忽略；如需公开，请取消隐藏后再导入。";
/// A hidden row.
pub const HIDDEN_ROW: &str = "这一行是隐藏行，已忽略；如需公开，请取消隐藏后再导入。";
/// A hidden sheet.
pub const HIDDEN_SHEET: &str = "这张工作表是隐藏的，已忽略。";
/// A formula's error.
pub const ERROR_CELL: &str = "单元格是公式错误（如 #N/A），按空白处理。";

/// Two columns give different values for one thing.
#[must_use]
pub fn differing_columns(kept: &str, other: &str) -> String {
    format!("两列都是同一项内容但不一致：采用“{kept}”，另一列是“{other}”，请核对。")
}

/// Rows of one sampling number differ.
#[must_use]
pub fn differing_rows(number: &str, field: &str) -> String {
    format!("抽样编号 {number} 的几行里“{field}”不一致，采用第一行的，请核对。")
}

/// Some, not all values of a wide table's row.
#[must_use]
pub fn several_values(count: usize) -> String {
    format!("这一行有 {count} 个检验项目填了结果，分不清哪个不合格，已按不合格样品导入、未填项目，请核对。")
}

/// A day of publication that can't be.
#[must_use]
pub fn odd_day(text: &str) -> String {
    format!("公布日期“{text}”不合理，请核对。")
}

/// Column and heading as people speak of them.
#[must_use]
pub fn column(letter: &str, heading: &str) -> String {
    if heading.is_empty() { format!("{letter} 列") } else { format!("{letter} 列“{heading}”") }
}

/// Publisher of a file that names none, while `portal.toml` names no bureau.
pub const UNNAMED_BUREAU: &str = "本单位";
/// Question before a change.
pub const GO_ON: &str = "继续吗？输入 y 并回车继续，其他键放弃：";
/// Answers that mean yes.
pub const YES: [&str; 3] = ["y", "Y", "是"];
/// Answered no.
pub const NOTHING_CHANGED: &str = "没有导入，什么都没有改变。";
/// The index is not there yet.
pub const INDEX_LAGS: &str = "已导入，但索引还没有跟上；运行中的网站会继续建立索引，也可以用 portal check 查看。";
/// Demonstration content only goes into an empty portal.
pub const NOT_EMPTY: &str = "数据目录里已经有内容，演示数据只能装入空的数据目录。";
/// Index and database agree.
pub const INDEX_AGREES: &str = "索引与数据库一致。";
/// They don't.
pub const INDEX_DIFFERS: &str = "索引与数据库不一致：请运行 portal reindex 重建索引。";
/// Another process rebuilds.
pub const REBUILD_RUNS: &str = "另一个进程正在重建索引，请等它结束。";

/// Rows that can't be read keep the file out.
#[must_use]
pub fn kept_out(errors: usize) -> String {
    format!("有 {errors} 处错误，整份文件没有导入。请改正后再导入，或加上 --partial 只导入能读的部分。")
}

/// What a corrected file would change.
#[must_use]
pub fn would_change(title: &str, created: usize, changed: usize, removed: usize, unchanged: usize) -> String {
    format!(
        "《{title}》已经导入过。这份文件会新增 {created} 个、更改 {changed} 个、删除 {removed} 个样品，{unchanged} 个不变。"
    )
}

/// A problem on one line.
#[must_use]
pub fn problem_line(sheet: &str, row: Option<&str>, column: Option<&str>, reason: &str) -> String {
    let sheet = if sheet.is_empty() { String::new() } else { format!("工作表“{sheet}”") };
    let row = row.map(|row| format!("第 {row} 行")).unwrap_or_default();
    let column = column.unwrap_or_default();
    let place = format!("{sheet}{row}{column}");
    if place.is_empty() { reason.to_owned() } else { format!("{place}：{reason}") }
}

/// More problems than are told.
#[must_use]
pub fn more_problems(count: usize) -> String {
    format!("……另有 {count} 处，全部见 --json。")
}

/// What was read.
#[must_use]
pub fn read_summary(file: &str, title: &str, samples: usize, failed: usize, items: usize) -> String {
    format!("{file}：《{title}》读到 {samples} 个样品，其中不合格 {failed} 个、不合格项目 {items} 项。")
}

/// What was done or would be.
#[must_use]
pub fn done_summary(
    dry: bool,
    public: bool,
    created: usize,
    changed: usize,
    removed: usize,
    unchanged: usize,
) -> String {
    let act = if dry { "试运行，没有保存：将" } else { "已" };
    let state = match (dry, public) {
        (true, _) => "",
        (false, true) => "，公告已公开",
        (false, false) => "，公告尚未公开（加 --publish 公开）",
    };
    format!("{act}新增 {created} 个、更改 {changed} 个、删除 {removed} 个，{unchanged} 个不变{state}。")
}
