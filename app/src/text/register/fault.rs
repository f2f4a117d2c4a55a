//! Why a register's file is refused.

use super::role;
use crate::domain::register::{Fault, LARGEST_FILE, Problem, Role, Wanted};

/// A fault with its file and place: `school.toml 第 12 行第 8 列：……`.
#[must_use]
pub fn file_fault(code: &str, found: &Fault) -> String {
    format!("{code}.toml {}", fault(found))
}

/// A fault with its place.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    format!("第 {} 行第 {} 列：{}", fault.line, fault.column, problem(&fault.problem))
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::TooLarge => format!("文件超过 {LARGEST_FILE} 字节。"),
        Problem::Syntax(said) => syntax(said),
        Problem::Schema => "格式版本应写 schema = 1。".into(),
        Problem::FileName(name) => {
            format!("文件名“{name}”不能用：只用小写字母、数字和连字符，以字母开头，最多 40 个字符。")
        }
        Problem::Missing(key) => format!("缺少 {key}。"),
        Problem::UnknownKey(key, near) => format!("不认识“{key}”{}。", meant(*near)),
        Problem::WrongType(key, wanted) => format!("{key} 应写成{}。", form(*wanted)),
        Problem::Empty(key) => format!("{key} 是空的。"),
        Problem::TooLong(key, most) => format!("{key} 太长，最多 {most}（字数或者项数）。"),
        Problem::OutOfRange(key, least, most) => format!("{key} 应是 {least} 到 {most} 的整数。"),
        Problem::Code(code) => format!("代码“{code}”不能用：只用小写字母、数字和下划线，以字母开头，最多 40 个字符。"),
        Problem::UnknownWord(key, said, near, all) => {
            format!("{key} 不能是“{said}”{}。可以用：{}。", meant(near.as_deref()), all.join("、"))
        }
        Problem::Twice(said) => format!("“{said}”重复。"),
        Problem::HeadingTwice(heading, other) => {
            format!("表头“{heading}”已经属于“{other}”一列（不计空格、标点和大小写）。")
        }
        Problem::ValueTwice(said, other) => format!("写法“{said}”已经属于选项“{other}”。"),
        Problem::Private(word) => format!("这一列含“{word}”，属于不公开的个人信息，名册里不能有。"),
        Problem::Praise(word) => {
            format!("不能用“{word}”：监管部门不得向消费者推介食品和单位（食品安全法），请改用中性的说法。")
        }
        Problem::Sampling(word) => format!("快检只是初步筛查，不能叫“{word}”，请改用“初筛”“阴性”“阳性”。"),
        Problem::Reserved(word) => format!("“{word}”只能由国家或者省级部门公布（食品安全法第一百一十八条），请改名。"),
        Problem::BlackList => {
            "对经营者的“黑名单”要有法律依据（严重违法失信名单），名册不能用这个名字列经营者。".into()
        }
        Problem::RoleType(said, types) => format!("role = \"{}\"（{}）的 type 应是 {}。", said.code(), role(*said), types.join("、")),
        Problem::RoleTwice(said, other) => format!("role = \"{}\" 已经用在“{other}”一列。", said.code()),
        Problem::NeedsRole(roles) => format!("这种名册要有一列：{}。", either(roles)),
        Problem::Values => "选项（type = \"choice\"）要有 values，其他类型不能有。".into(),
        Problem::Unit => "只有 integer、decimal 能有单位 unit。".into(),
        Problem::Facet => "这一列不能作筛选项（facet）：只有会重复的选项、是否、年月和短文字可以，名称、人名、编号不可以。".into(),
        Problem::ListTooWide(most) => format!("列表里的列（list = true）最多 {most} 列。"),
        Problem::NothingListed => "至少要有一列 list = true，否则列表是空的。".into(),
        Problem::SortHidden => "能排序（sortable）的列也要在列表里（list = true）。".into(),
        Problem::OtherScale(code, all) => {
            format!("这种等级没有“{code}”，只有 {}。量化动态、量化年度、风险、包保是四种不同的等级。", all.join("、"))
        }
        Problem::BareScale(heading) => {
            format!("表头“{heading}”看不出是哪一种等级，名称和别名都要带“动态”“年度”“风险”或者“包保”。")
        }
        Problem::HalfPoint => "经度和纬度要么都有，要么都没有。".into(),
        Problem::MustBeRequired(code) => format!("“{code}”用来辨认条目或者计算期限，应写 required = true。"),
        Problem::ColumnType(code, types) => format!("“{code}”一列在这里的 type 应是 {}。", types.join("、")),
        Problem::Lives => "lives 写成 \"forever\"、{ days = 30, from = \"列\" }、{ months = 12, from = \"列\" } 或者 { until = \"列\" }。".into(),
        Problem::Consent => {
            "人员姓名要写 consent = \"列\"（本人是否同意公开的“是或否”列）；没有同意的只保存姓氏。".into()
        }
    }
}

fn either(roles: &[Role]) -> String {
    let said: Vec<String> = roles.iter().map(|said| format!("role = \"{}\"（{}）", said.code(), role(*said))).collect();
    said.join("或者 ")
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("，是不是“{near}”")).unwrap_or_default()
}

const fn form(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "带引号的文字",
        Wanted::Flag => " true 或者 false",
        Wanted::Number => "整数",
        Wanted::Texts => "方括号里的文字，如 [\"甲\", \"乙\"]",
        Wanted::Tables => "表（[[column]] 或者 { … }）的列表",
        Wanted::TextOrTable => "文字或者 { … }",
    }
}

/// What the parser says, in words for people; the parser's own in brackets where it says more.
fn syntax(said: &str) -> String {
    let known = [
        ("duplicate key", "同一个键写了两次"),
        ("string values must be quoted", "文字要放在英文引号里"),
        ("missing opening quote", "缺少引号"),
        ("invalid basic string", "引号没有配对，或者文字里有不能用的符号"),
        ("key with no value", "只有键，没有值"),
        ("missing value", "等号后面缺少值"),
        ("extra `=`", "多了一个等号"),
        ("missing comma", "少了一个逗号"),
        ("extra comma", "多了一个逗号"),
        ("unclosed array table", "缺少 ]]"),
        ("unclosed array", "方括号没有配对"),
        ("unclosed inline table", "花括号没有配对"),
        ("unclosed table", "缺少 ]"),
        ("missing assignment", "少了等号或者换行"),
        ("unquoted key", "键只能用字母、数字、- 和 _，等号前后用英文符号"),
        ("unexpected leading zero", "数字前面多了 0"),
        ("recursion", "嵌套太深"),
    ];
    let words = known.iter().find(|(start, _)| said.contains(start)).map_or("这里不合 TOML 的写法", |(_, words)| words);
    format!("{words}（{}）。", said.replace('\n', " "))
}
