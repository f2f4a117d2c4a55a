//! Words of operators (经营者): their page, their four different scales, and their duplicates at the desk.

use chrono::{Datelike, NaiveDate};

use crate::{
    domain::operator::{Doubt, IdentifierNote, OperatorKind},
    ports::OperatorError,
};

/// What it is.
#[must_use]
pub const fn kind(kind: OperatorKind) -> &'static str {
    match kind {
        OperatorKind::Producer => "食品生产",
        OperatorKind::Seller => "食品销售",
        OperatorKind::Catering => "餐饮服务",
        OperatorKind::SchoolCanteen => "学校食堂",
        OperatorKind::CareCanteen => "养老机构食堂",
        OperatorKind::MealDelivery => "集体用餐配送",
        OperatorKind::Market => "市场",
        OperatorKind::SmallWorkshop => "小作坊",
        OperatorKind::SmallCatering => "小餐饮",
        OperatorKind::Stall => "摊贩",
        OperatorKind::Warehouse => "仓储",
        OperatorKind::OnlineCatering => "网络餐饮",
    }
}

/// Other names.
pub const ALSO: &str = "又名";
/// What it is.
pub const KIND: &str = "类型";
/// Where.
pub const DISTRICT: &str = "区县";
/// Section.
pub const NOW: &str = "目前的公开信息";
/// Section.
pub const NOW_NOTE: &str = "每一项是一次检查、评定或者安排的记录，只说明当时的情况。";
/// Section.
pub const KITCHEN: &str = "后厨实况";
/// Its link.
pub const KITCHEN_LINK: &str = "查看画面";
/// Section.
pub const LAST_INSPECTION: &str = "最近一次监督检查";
/// Section.
pub const PAPERS: &str = "证照";
/// Section.
pub const TALLIES: &str = "抽检合计";
/// Section.
pub const TIMELINE: &str = "公开记录";
/// Its navigation.
pub const FILTERS: &str = "按种类看";
/// Filter.
pub const ALL: &str = "全部";
/// With a filter.
pub const NONE_OF_KIND: &str = "没有这一类公开记录。";
/// Without any.
pub const NONE: &str = "本站没有带日期的公开记录。";
/// Section.
pub const PEOPLE: &str = "谁负责";
/// Its note.
pub const PEOPLE_NOTE: &str = "只公开姓名、职务和办公电话。";
/// Of an official.
pub const OFFICIAL: &str = "包保干部";
/// Of an official.
pub const LAST_VISIT: &str = "最近督导";
/// Of a person.
pub const PHONE: &str = "办公电话";
/// Section.
pub const SELF_CHECK: &str = "日管控、周排查、月调度";
/// Its note.
pub const SELF_CHECK_NOTE: &str =
    "食品安全员每日检查、食品安全总监每周排查、主要负责人每月调度。下面是最近十二周的记录是否已经公开；没有公开不等于没有做。";
/// A week.
pub const PUBLISHED: &str = "已公开";
/// A week.
pub const NOT_PUBLISHED: &str = "未公开";
/// Section.
pub const REGISTERED: &str = "在册信息";
/// Of a complaint.
pub const COMPLAINT: &str = "投诉信息公示";
/// Of a sample.
pub const SAMPLE: &str = "抽检";
/// Role in a sample.
pub const AS_PRODUCER: &str = "标称生产企业";
/// Role in a sample.
pub const AS_SELLER: &str = "被抽样单位";
/// Of an event.
pub const SOURCE: &str = "来源：";

/// What stands beside an identifier.
#[must_use]
pub const fn identifier_note(note: IdentifierNote) -> &'static str {
    match note {
        IdentifierNote::CheckDigit => "校验位不符，可能是来源有误，请以证照原件为准",
        IdentifierNote::Unchecked => "编号没有通用的校验规则，未作校验",
    }
}

/// Day of a grade.
#[must_use]
pub fn graded_on(day: NaiveDate) -> String {
    format!("评定日期 {day}")
}

/// A dynamic grade: its face's words.
#[must_use]
pub fn dynamic(code: &str) -> Option<&'static str> {
    Some(match code {
        "excellent" => "优秀（大笑脸）",
        "good" => "良好（微笑脸）",
        "fair" => "一般（平脸）",
        "none" => "暂不评定",
        _ => return None,
    })
}

/// Label and explanation of the dynamic grade.
pub const DYNAMIC: (&str, &str) =
    ("量化分级·动态等级", "一次监督检查当时的结果。新取得许可的头三个月内、发生食品安全事故后六个月内不评定。");
/// Label and explanation of the yearly grade.
pub const YEARLY: (&str, &str) = ("量化分级·年度等级", "过去十二个月检查结果的综合。");
/// Label and explanation of the risk grade.
pub const RISK: (&str, &str) =
    ("风险等级", "决定监管部门多久检查一次：从 A（低风险）到 D（高风险）。它不是卫生好坏的评价。");
/// Label and explanation of the official's tier.
pub const TIER: (&str, &str) =
    ("包保层级", "由哪一级的领导干部包保，按照单位的类别和规模确定。它不是这家单位的等级。");

/// A yearly grade.
#[must_use]
pub fn yearly(code: &str) -> Option<&'static str> {
    Some(match code {
        "a" => "A（优秀）",
        "b" => "B（良好）",
        "c" => "C（一般）",
        "d" => "D",
        "none" => "暂不评定",
        _ => return None,
    })
}

/// The four steps of risk, from low to high.
pub const RISKS: [(&str, &str); 4] = [("a", "A 低"), ("b", "B 较低"), ("c", "C 较高"), ("d", "D 高")];
/// The four tiers of officials.
pub const TIERS: [(&str, &str); 4] = [("a", "市级"), ("b", "县级"), ("c", "乡镇级"), ("d", "村级")];

/// The risk in one sentence.
#[must_use]
pub fn risk(code: &str) -> Option<String> {
    let (_, name) = RISKS.iter().find(|(known, _)| *known == code)?;
    Some(format!("{name}风险"))
}

/// The tier in one sentence.
#[must_use]
pub fn tier(code: &str) -> Option<String> {
    let (_, name) = TIERS.iter().find(|(known, _)| *known == code)?;
    Some(format!("{name}干部包保（{}级）", code.to_uppercase()))
}

/// A week by its Monday.
#[must_use]
pub fn week(monday: NaiveDate) -> String {
    let sunday = monday + chrono::Days::new(6);
    format!("{}月{}日至{}月{}日", monday.month(), monday.day(), sunday.month(), sunday.day())
}

/// How many of the weeks.
#[must_use]
pub fn weeks(published: usize, of: usize) -> String {
    format!("最近 {of} 周中 {published} 周已公开")
}

/// Cameras.
#[must_use]
pub fn cameras(count: usize) -> String {
    format!("{count} 路画面")
}

/// The desk's part.
pub const DESK: &str = "经营者";
/// Its search.
pub const SEARCH: &str = "名称、统一社会信用代码或者许可证编号";
/// Its button.
pub const SEARCH_BUTTON: &str = "查找";
/// Without hits.
pub const NOT_FOUND: &str = "没有这样的经营者。";
/// Questions.
pub const DOUBTS: &str = "可能是同一家";
/// What it is.
pub const DOUBTS_NOTE: &str =
    "导入的名称对不上确定的一家，先各建了一页。请判断：是同一家就合并，不是就分开，同一对不会再问。";
/// None.
pub const NO_DOUBTS: &str = "没有待判断的名称。";
/// Button.
pub const SAME: &str = "是同一家，合并";
/// Button.
pub const DIFFERENT: &str = "不是同一家";
/// Decided.
pub const WAS_SAME: &str = "已判断：同一家";
/// Decided.
pub const WAS_DIFFERENT: &str = "已判断：不是同一家";
/// Section.
pub const EDIT: &str = "更正信息";
/// Field.
pub const ADDRESS: &str = "地址";
/// Field.
pub const POINT: &str = "位置";
/// Its hint.
pub const POINT_HINT: &str = "纬度和经度（度），如 31.75, 119.95";
/// Field.
pub const USCC: &str = "统一社会信用代码";
/// Field.
pub const LICENCE: &str = "许可证或者登记证编号";
/// Its hint.
pub const CODES_HINT: &str = "校验位不符只提示，不拒绝";
/// Field.
pub const ALIASES: &str = "其他名称";
/// Its hint.
pub const ALIASES_HINT: &str = "招牌名、旧名，一行一个，最多 10 个，会公开";
/// Choice.
pub const UNKNOWN_KIND: &str = "没有说明";
/// Button.
pub const SAVE: &str = "保存";
/// Section.
pub const MERGE: &str = "并入另一家";
/// Its note.
pub const MERGE_NOTE: &str =
    "两页是同一家时，把这一页并入那一页：记录都在那一页显示，这一页的地址自动转到那一页。什么都不会移动，可以随时撤销，所以一人即可办理。";
/// Field.
pub const INTO: &str = "并入的页面";
/// Its hint.
pub const INTO_HINT: &str = "粘贴那一家的页面地址或者编号";
/// Section.
pub const MERGED: &str = "已并入这一家";
/// Of a merged one.
pub const MERGED_INTO: &str = "已并入";
/// Button.
pub const UNDO: &str = "撤销合并";
/// Link.
pub const PUBLIC_PAGE: &str = "公开页面";
/// Of one without page.
pub const NOT_PUBLIC: &str = "没有公开页面";
/// Error.
pub const TOO_LONG: &str = "最多 200 个字";
/// Error.
pub const BAD_KIND: &str = "请从列表中选择";
/// Error.
pub const BAD_POINT: &str = "请写成“纬度, 经度”，如 31.75, 119.95";
/// Error.
pub const TOO_MANY_ALIASES: &str = "最多 10 行，每行最多 200 个字";
/// Error.
pub const BAD_INTO: &str = "请粘贴经营者页面的地址或者编号";
/// Error.
pub const UNKNOWN: &str = "没有这个经营者";
/// Error.
pub const ITSELF: &str = "不能并入自己，或者已经在同一页";

/// Why nothing was done.
#[must_use]
pub const fn refusal(error: &OperatorError) -> &'static str {
    match error {
        OperatorError::Conflict => "没有保存：别人刚刚改过。请看过现在的内容再提交。",
        OperatorError::NotAllowed => "您的角色不能这样做。",
        OperatorError::Itself => ITSELF,
        OperatorError::Unknown => UNKNOWN,
        OperatorError::NotNow => "这一项已经判断过了。",
        OperatorError::Port(_) => "暂时无法办理，请稍后再试。",
    }
}

/// Why it is not certain.
#[must_use]
pub const fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::CodeOtherName => "代码相同，名称没有共同之处",
        Doubt::CodeBranch => "代码相同，但有一个是分店、分公司或者食堂的名称",
        Doubt::CodeOtherPlace => "代码和名称相同，区县不同",
        Doubt::NoAddress => "名称相同，有一方没有地址",
        Doubt::OtherAddress => "名称相同，区县相同或者不明，地址不同",
        Doubt::OtherCode => "名称和地址相同，代码不同",
        Doubt::Several => "名称相同的有好几家",
    }
}

/// Open questions.
#[must_use]
pub fn open(count: u64) -> String {
    format!("{count} 项待判断")
}
