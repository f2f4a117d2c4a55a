//! Headings of what was found: items, results and limits.

use app::domain::finding::Family;

use super::{Field, Heading};

/// Items, results, limits.
pub(super) fn finding(h: &Heading) -> Option<Field> {
    let limit = h.has(&[
        "标准值",
        "限量",
        "限值",
        "标准要求",
        "技术要求",
        "允许限",
        "基准值",
        "标准规定",
        "国标",
        "标准限",
        "标准指标",
    ]) || h.has(&["国家标准要求", "判定标准", "指标要求"])
        || h.bare.strip_prefix("标准").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let result = h.has(&["检验值", "检测值", "实测值", "不合格值", "测定值", "检出值", "结果", "实物质量"]);
    if limit && !result && !h.has(&["不符合"]) {
        return Some(Field::Limit);
    }
    // below a group: `不合格项目` + `检验结果`
    if result && h.ends(&["结果", "检验值", "检测值", "实测值"]) {
        return Some(Field::Result);
    }
    let item =
        h.has(&[
            "不合格项",
            "检验项目",
            "检测项目",
            "检测项",
            "抽检项目",
            "风险项目",
            "问题项目",
            "所检项目",
            "监测项目",
            "复检项目",
            "检品项目",
            "合格项目",
        ]) || h.has(&["不合格情况", "不合格指标", "不符合规定", "不符合标准", "主要问题", "检出农药", "超标项目"])
            || h.is(&["项目", "项目名称", "不合格", "检测", "指标"])
            || h.bare.strip_prefix("项目").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
            || h.bare.starts_with("备注") && h.full_has(&["项目"]);
    if item && !h.has(&["任务", "编号"]) {
        return Some(Field::Item);
    }
    if result {
        return Some(Field::Result);
    }
    (h.is(&["单位", "计量单位", "结果单位"])).then_some(Field::Unit)
}

/// Ends of names of substances and indices.
const SUBSTANCES: [&str; 35] = [
    "磷", "酯", "威", "啉", "胺", "素", "酸", "钠", "醇", "菌", "铅", "汞", "砷", "镉", "铬", "红", "黄", "蓝", "价",
    "醛", "物", "灵", "脒", "唑", "酮", "果", "六", "苯", "量", "质", "氯", "芘", "砂", "硫", "脲",
];

/// A tested item as a heading: its results stand below.
pub(super) fn item_column(h: &Heading) -> Option<Field> {
    let with_unit = h.full_has(&["/kg", "/g", "/l", "μg", "ug/", "gb/t", "ny/t", "cma"]);
    let lists =
        !with_unit && h.full.contains(['、', ',']) && h.full.chars().filter(|c| matches!(c, '、' | ',')).count() >= 2;
    if lists {
        return Some(Field::Item);
    }
    let substance = SUBSTANCES.iter().any(|end| h.bare.ends_with(end)) || Family::of(&h.bare) != Family::Other;
    (with_unit || substance || h.has(&["极性组分", "蛋白", "水分", "农残"])).then_some(Field::ItemColumn)
}
