//! What is wrong with a spreadsheet's headings and cells, and what to do.

use crate::domain::register::{
    CellType, HeadingProblem, Mapping, Register,
    row::{CellFault, Problem},
};

/// What is wrong with the headings.
#[must_use]
pub fn heading_problem(register: &Register, mapping: &Mapping, problem: &HeadingProblem) -> String {
    let column = |place: usize| register.columns.get(place).map(|column| column.name.as_str()).unwrap_or_default();
    let heading =
        |place: usize| mapping.headings.get(place).map(|heading| heading.heading.as_str()).unwrap_or_default();
    match problem {
        HeadingProblem::Missing(place) => {
            let aliases = register.columns.get(*place).map(|column| column.aliases.as_slice()).unwrap_or_default();
            let also: Vec<&str> = aliases.iter().take(4).map(String::as_str).collect();
            let also = if also.is_empty() { String::new() } else { format!("，也可以写作 {}", also.join("、")) };
            format!("缺少“{}”一列{also}。请在表格里补上，或者指定哪一列是它。", column(*place))
        }
        HeadingProblem::Ambiguous(place, first, second) => format!(
            "“{}”和“{}”两列都像是“{}”，请指定用哪一列，另一列设为不导入。",
            heading(*first),
            heading(*second),
            column(*place)
        ),
        HeadingProblem::Private(place, word) => {
            format!("“{}”一列含“{word}”，属于不公开的个人信息，没有读取。", heading(*place))
        }
        HeadingProblem::Unused(place) => {
            format!("“{}”一列不属于这个名册，没有读取；如有需要，请指定它是哪一列。", heading(*place))
        }
    }
}

/// What is wrong with a cell and what to do, without its place.
#[must_use]
pub fn cell_problem(register: &Register, problem: &Problem) -> String {
    let column = problem.column.and_then(|place| register.columns.get(place));
    match &problem.fault {
        CellFault::Missing => "必填，请补上，或者删去这一行。".into(),
        CellFault::TooLong(most) => format!("超过 {most} 个字，请缩短。"),
        CellFault::NotDay(text) => format!("“{text}”不是日期，请写成 2026-03-05 的样子。"),
        CellFault::OnlyMonth(text) => format!("“{text}”只有年月，请补上日，写成 2026-03-05 的样子。"),
        CellFault::NotWeek(text) => format!("“{text}”不是周次，请写成 2026年第12周，或者这一周的任何一天。"),
        CellFault::NotMonth(text) => format!("“{text}”不是年月，请写成 2026-03 的样子。"),
        CellFault::NotInteger(text) => format!("“{text}”不是整数，请只填数字。"),
        CellFault::NotNumber(text) => format!("“{text}”不是数，请只填数字，小数最多六位。"),
        CellFault::NotChoice(text) => {
            let labels: Vec<&str> = column
                .map(|column| column.values.iter().map(|value| value.label.as_str()).collect())
                .unwrap_or_default();
            format!("没有“{text}”这一项，请改为：{}。", labels.join("、"))
        }
        CellFault::NotFlag(text) => format!("“{text}”看不出是或否，请填“是”或者“否”。"),
        CellFault::Mobile => match column.map(|column| column.cell_type) {
            Some(CellType::OfficePhone) => "这是手机号码，不公开；请改填办公电话，或者留空。".into(),
            _ => "里面有手机号码，不公开；请删去。".into(),
        },
        CellFault::Identity => "里面有像身份证号码的数字，不公开；请删去。".into(),
        CellFault::IdentityLeftOut => "像身份证号码（旧执照常用它作编号），没有导入这一格。".into(),
        CellFault::NotPhone(text) => format!("“{text}”不是办公电话，请写成 0519-86668888 的样子，或者留空。"),
        CellFault::Scientific => "号码被表格软件改成了科学计数法，请把这一列设为文本格式后重新填写。".into(),
        CellFault::NotUrl(text) => format!("“{text}”不是网址，请填以 https:// 开头的完整网址。"),
        CellFault::NotHttps => "只收 https:// 开头的网址，请改填，或者留空。".into(),
        CellFault::Swapped => "经度和纬度像是填反了，请对调。".into(),
        CellFault::NotDegrees(text) => format!("“{text}”不是国内的经纬度，请填十进制度数，如 119.95、31.75。"),
        CellFault::HalfPoint => "经度、纬度只填了一个，地图上不显示这一条。".into(),
        CellFault::CheckDigit => "校验位不对，可能抄错了一位，已照原样导入，请核对。".into(),
        CellFault::Form => match column.map(|column| column.cell_type) {
            Some(CellType::Uscc) => {
                "不是十八位统一社会信用代码的写法（不含字母 I、O、S、V、Z），已照原样导入，请核对。".into()
            }
            _ => "不是食品许可证编号的写法（JY 或者 SC 加十四位数字），已照原样导入，请核对。".into(),
        },
        CellFault::Formula => "单元格是公式错误，按空白处理。".into(),
        CellFault::Twice(first) => {
            format!("与第 {first} 行是同一条（{}相同），但内容不同，请只留一条。", key(register))
        }
        CellFault::Repeated(first) => format!("与第 {first} 行完全相同，只算一条。"),
    }
}

/// An entry that another sheet has too.
#[must_use]
pub fn twice_in_sheets(register: &Register, sheet: &str, row: u32) -> String {
    format!("与工作表“{sheet}”第 {row} 行是同一条（{}相同），请只留一条。", key(register))
}

fn key(register: &Register) -> String {
    register.key.iter().map(|place| register.columns[*place].name.as_str()).collect::<Vec<_>>().join("、")
}

/// A problem with its place: `第 7 行“检查日期”：……`.
#[must_use]
pub fn problem_line(register: &Register, problem: &Problem) -> String {
    let column = problem.column.and_then(|place| register.columns.get(place));
    let column = column.map(|column| format!("“{}”", column.name)).unwrap_or_default();
    format!("第 {} 行{column}：{}", problem.row, cell_problem(register, problem))
}
