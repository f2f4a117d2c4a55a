//! Sentences about registers: why a file is refused, what a spreadsheet's cell needs, what a cell says.

mod fault;
mod row;

pub use fault::{fault, file_fault};
pub use row::{cell_problem, heading_problem, problem_line, twice_in_sheets};

use super::day;
use crate::domain::register::{Cell, CellType, Column, Role, Shows};

/// What a cell says to readers.
#[must_use]
pub fn shown(column: &Column, cell: &Cell) -> String {
    match cell {
        Cell::Choice(code) => column.choice(code).map_or_else(|| code.clone(), |choice| choice.label.clone()),
        Cell::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Cell::Week(monday) => monday.format("%G年第%V周").to_string(),
        Cell::Month(first) => first.format("%Y年%-m月").to_string(),
        Cell::Day(date) => day(*date),
        Cell::Integer(number) => format!("{number}{}", column.unit),
        Cell::Decimal(number) => format!("{number}{}", column.unit),
        Cell::Text(text) => text.clone(),
    }
}

/// What a type is called.
#[must_use]
pub const fn cell_type(cell_type: CellType) -> &'static str {
    match cell_type {
        CellType::Text => "一行文字",
        CellType::Long => "多行文字",
        CellType::Day => "日期",
        CellType::Week => "周次",
        CellType::Month => "年月",
        CellType::Integer => "整数",
        CellType::Decimal => "数",
        CellType::Choice => "选项",
        CellType::YesNo => "是或否",
        CellType::Uscc => "统一社会信用代码",
        CellType::Licence => "许可证编号",
        CellType::OfficePhone => "办公电话",
        CellType::Url => "网址",
        CellType::Longitude => "经度",
        CellType::Latitude => "纬度",
    }
}

/// What an operator's page calls what a register shows. Four grades, four names.
#[must_use]
pub const fn shows(shows: Shows) -> &'static str {
    match shows {
        Shows::DynamicGrade => "量化分级动态等级",
        Shows::YearlyGrade => "量化分级年度等级",
        Shows::RiskGrade => "风险等级",
        Shows::OfficialTier => "包保干部",
        Shows::People => "食品安全总监和食品安全员",
        Shows::SelfCheck => "日管控、周排查、月调度",
        Shows::Inspection => "监督检查",
        Shows::School => "学校食堂",
        Shows::BrightKitchen => "明厨亮灶",
        Shows::SmallTrade => "三小登记",
        Shows::Delisted => "网络餐饮下线",
        Shows::QuickTest => "快检",
        Shows::Points => "违法行为记分",
        Shows::Demonstration => "示范与承诺",
        Shows::Plain => "其他名册",
    }
}

/// What a role is called, for those who write a register's file.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Title => "标题",
        Role::OperatorName => "经营者名称",
        Role::OperatorCode => "经营者的统一社会信用代码",
        Role::OperatorLicence => "经营者的许可或者登记编号",
        Role::Address => "地址",
        Role::District => "区县",
        Role::Town => "镇街",
        Role::Kind => "类型",
        Role::Latitude => "纬度",
        Role::Longitude => "经度",
        Role::Grade => "等级",
        Role::Level => "级别",
        Role::Tier => "包保层级",
        Role::Date => "日期",
        Role::Until => "有效期至",
        Role::Week => "周次",
        Role::Person => "人员姓名",
        Role::Post => "职务",
        Role::Office => "单位",
        Role::Phone => "办公电话",
        Role::Score => "分值",
        Role::Count => "数量",
        Role::Result => "结果",
        Role::Reason => "原因",
        Role::Basis => "依据",
        Role::State => "状态",
        Role::Link => "网址",
        Role::Product => "食品或者产品",
        Role::Item => "项目",
        Role::Spot => "地点",
        Role::Zone => "区域",
        Role::Hours => "时段",
        Role::Platform => "平台",
        Role::Number => "文号或者编号",
        Role::Source => "来源",
        Role::Remark => "备注",
    }
}
