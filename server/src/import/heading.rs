//! What a heading means, by rule: who, what, and only then the exceptions. Rules are tried in order.

mod finding;

use app::domain::operator::narrow;
use finding::{finding, item_column};

use super::Field;

/// Signs between the parts of a heading such as `不合格项目║检验结果║标准值`.
pub const SEPARATORS: [char; 11] = ['║', '‖', '∥', '∣', '︱', '丨', '｜', '|', '/', '、', ':'];

/// A heading without blanks, line breaks, asterisks and the numbers that programs add to repeated headings.
pub fn plain(heading: &str) -> String {
    let text: String = heading
        .chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\u{200b}' | '\u{feff}'))
        .collect();
    let text = text.to_lowercase();
    match text.rsplit_once('.') {
        Some((before, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => before.to_owned(),
        _ => text,
    }
}

/// The heading without what stands in brackets, unless nothing else is there.
fn bare(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.is_empty() { text.to_owned() } else { out }
}

/// A heading ready for rules.
struct Heading {
    full: String,
    bare: String,
}

impl Heading {
    fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.bare.contains(word))
    }

    fn full_has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.full.contains(word))
    }

    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.bare.as_str())
    }

    fn ends(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.bare.ends_with(word))
    }

    /// Names the sampled unit.
    fn about_seller(&self) -> bool {
        self.has(&[
            "被抽",
            "被检",
            "受检",
            "被采",
            "供样",
            "采样",
            "取样",
            "经销",
            "销售单位",
            "经营者",
            "购入单位",
            "送样单位",
        ]) || self.has(&[
            "抽样场所",
            "抽样地",
            "抽样社区",
            "抽样企业",
            "抽检单位地",
            "抽样单位地",
            "抽样单位/地",
            "监测地",
            "监测点",
        ])
    }

    /// Names the (labelled) producer.
    fn about_producer(&self) -> bool {
        self.has(&[
            "生产",
            "标称",
            "标示",
            "标识",
            "厂家",
            "厂名",
            "制造",
            "产地",
            "供货",
            "供应商",
            "种植",
            "养殖企业",
            "委托方",
            "小作坊",
        ])
    }
}

/// What a heading means, as far as it says so by itself.
#[must_use]
pub fn map_heading(heading: &str) -> Option<Field> {
    let full = plain(heading);
    if full.is_empty() {
        return None;
    }
    let heading = Heading { bare: bare(&full), full };
    let rules: [fn(&Heading) -> Option<Field>; 11] =
        [internal, combined, dates, numbers, places, verdict, finding, product, parties, agency, rest];
    rules.iter().find_map(|rule| rule(&heading)).or_else(|| item_column(&heading))
}

/// What is never published.
fn internal(h: &Heading) -> Option<Field> {
    let inside = h.is(&["filename", "sheetname", "源文件", "搜索条件", "信息来源", "no", "no."])
        || h.ends(&["序号", "链接", "网址"])
        || h.has(&[
            "电话",
            "联系人",
            "联系方式",
            "手机",
            "传真",
            "邮编",
            "抽样人员",
            "抽样人",
            "营业执照",
            "法定代表",
            "法人",
        ])
        || h.has(&["抽样基数", "备样", "抽样数", "抽样量", "样品数量", "公众号", "出厂检验"]);
    inside.then_some(Field::Ignored)
}

/// Several parts in one column.
fn combined(h: &Heading) -> Option<Field> {
    let parts: Vec<&str> = h.bare.split(SEPARATORS).collect();
    let any = |words: &[&str]| parts.iter().any(|part| words.iter().any(|word| part.contains(word)));
    let item = any(&["项目", "指标"]);
    let value = any(&["结果", "值", "数据", "情况"]) && !parts.iter().all(|part| part.contains("标准"));
    let limit = any(&["标准", "限量", "限值", "要求"]);
    let dates = any(&["日期", "批号", "判定"]);
    let by_parts = parts.len() >= 2 && !dates && (item && (value || limit) || value && limit) && !any(&["任务"]);
    let by_word = h.bare.starts_with("不合格") && h.ends(&["类别", "信息", "原因", "指数"]);
    (by_parts || by_word).then_some(Field::Combined)
}

/// Days, and what shares a column with them.
fn dates(h: &Heading) -> Option<Field> {
    let is_day = h.full_has(&["日期", "时间", "/期"]);
    if is_day && h.has(&["公告", "发布", "公布", "报告", "签发", "公示"]) {
        return Some(Field::PublishedOn);
    }
    if is_day && h.has(&["抽样", "采样", "送样", "购样", "抽检", "取样", "样品到达"]) {
        return Some(Field::SampledOn);
    }
    if h.has(&["保质期", "失效日期", "限期使用"]) && !h.has(&["生产日期"]) {
        return Some(Field::ShelfLife);
    }
    let made =
        h.full_has(&["生产", "加工", "购进", "购买", "进货", "制作", "检疫", "消毒", "包装", "屠宰", "捕捞", "采收"]);
    let production = is_day && (made || h.is(&["日期", "日期/批号"]) || h.full_has(&["批号", "批次"]))
        || h.is(&["生产", "生产批次"])
        || h.bare == "生产" && h.full_has(&["加工", "购进"]);
    if production {
        return Some(Field::Date);
    }
    let lot = h.full_has(&["批号", "批次号"]) || h.is(&["批次", "lot"]);
    lot.then_some(Field::Lot)
}

/// Numbers of samples and notices.
fn numbers(h: &Heading) -> Option<Field> {
    if h.has(&["公告号", "公告期号", "通告号", "期号", "公告编号", "文号"]) || h.is(&["公告", "通告"])
    {
        return Some(Field::NoticeNumber);
    }
    if h.has(&["编号", "条码"]) && h.has(&["抽样", "样品", "抽查", "抽检", "报告", "检验"])
        || h.is(&["编号", "抽样单号"])
    {
        return Some(Field::Number);
    }
    (h.has(&["单号"]) && h.has(&["抽样", "采样"])).then_some(Field::Number)
}

/// Addresses and provinces.
fn places(h: &Heading) -> Option<Field> {
    let both = h.has(&["名称或地址", "名称及地址", "名称和地址", "名称、地址", "名称或生产地址", "名称及所在地"]);
    let is_task = h.has(&["任务", "省抽", "省级抽检"]);
    let province = h.has(&["省份", "省市", "所在省", "省(", "所属省"]) || h.bare == "省" || h.bare.starts_with("省市");
    if province && !is_task && !h.has(&["网站"]) {
        let producer = h.about_producer() && !h.about_seller();
        return Some(if producer { Field::ProducerProvince } else { Field::SellerProvince });
    }
    if h.bare.ends_with("单位所") {
        return Some(Field::SellerProvince);
    }
    let address = h.has(&["地址", "所在地", "住所", "街道", "市州", "所在县", "所在区", "所在市", "场点"])
        || h.ends(&["地点", "地区"]) && !h.has(&["及地区"])
        || h.is(&["标示产地", "标称产地", "产地", "生产地", "原产地"])
        || h.ends(&["单位信息"])
        || h.has(&["地点/单位", "地点详细"]);
    if !address || both || h.is(&["抽样地点", "取样地点", "采样地点", "购样地点"]) {
        return None;
    }
    if h.about_seller() && !h.has(&["生产企业", "生产单位"]) || h.is(&["单位地址", "地点"]) {
        return Some(Field::SellerAddress);
    }
    Some(Field::ProducerAddress)
}

/// Passed or failed.
fn verdict(h: &Heading) -> Option<Field> {
    if h.has(&["不合格情况", "不符合"]) {
        return None;
    }
    let says = h.has(&["判定", "结论", "是否合格", "合格情况", "合格/不合格", "合格与否", "合格率"])
        || h.is(&[
            "结果",
            "状态",
            "合格",
            "检验",
            "检验结果",
            "检测结果",
            "抽检结果",
            "抽查结果",
            "检查结果",
            "监测结果",
            "抽样结果",
        ])
        || h.is(&["确认情况", "问题检出情况", "内在质量", "质量状况", "抽检情况"]);
    let measured = h.full_has(&["/kg", "/l", "mg", "μg", "ug", "单位"]);
    (says && !measured).then_some(Field::Verdict)
}

/// The product and what it is.
fn product(h: &Heading) -> Option<Field> {
    if h.has(&["商标", "品牌"]) && !h.has(&["品名"]) {
        return Some(Field::Brand);
    }
    let company = h.has(&["企业", "单位", "者", "商铺", "平台", "机构", "场所", "公司"]);
    let name = h.has(&[
        "食品名称",
        "样品名称",
        "产品名称",
        "商品名称",
        "检品名称",
        "物料名称",
        "样品总称",
        "产品明细",
        "品名",
        "菜品",
        "菜名",
    ]) || h.is(&["名称", "食品", "样品", "产品", "商品"]) && !h.full_has(&["分类"]);
    if name && !company {
        return Some(Field::Product);
    }
    if h.has(&["规格", "型号", "包装", "形态"]) {
        return Some(Field::Spec);
    }
    if h.has(&["抽检类别", "抽样类别", "功能类别"]) {
        return None;
    }
    let category = h.has(&["分类", "类别", "大类", "亚类", "细类", "小类", "主类", "种类", "品种", "申证单元"]);
    (category && !company && !h.has(&["任务"])).then_some(Field::Category)
}

/// Firms and shops.
fn parties(h: &Heading) -> Option<Field> {
    if h.has(&["平台"]) {
        return Some(Field::Platform);
    }
    if h.has(&["网店", "商铺", "店铺"]) {
        return Some(Field::Shop);
    }
    let sampled_by = h.has(&["抽样单位", "抽检单位", "采样单位", "抽样机构", "检测单位", "检验单位", "抽送样单位"])
        && !h.has(&["被", "采样单位名称", "标称"]);
    if sampled_by {
        return None;
    }
    let seller = h.about_seller()
        || h.full_has(&["被抽样单位", "被抽检单位", "受检企业"]) && !h.full_has(&["提供"])
        || h.is(&[
            "供货商名称",
            "样品来源",
            "集体用餐配送单位",
            "标称被抽样单位名称",
            "企业名称",
            "单位名称",
            "经营单位",
            "使用单位",
        ]);
    let made_there = h.has(&["生产单位", "生产企业", "生产厂"]);
    if seller && !made_there {
        return Some(Field::SellerName);
    }
    let producer = h.about_producer()
        || h.has(&["购进单位", "进货来源", "违法企业", "经营企业名称", "委托企业", "进口商", "代理商"])
        || h.is(&["供应商"]);
    producer.then_some(Field::ProducerName)
}

/// Laboratories, tasks.
fn agency(h: &Heading) -> Option<Field> {
    if h.has(&["任务", "项目来源", "抽检类别", "抽样类别", "省抽", "风险监测", "抽检性质", "抽样类型", "抽检类型"])
    {
        return Some(Field::Task);
    }
    if h.has(&["发布单位", "公布单位", "发布机构", "发布部门", "公布机关"]) || h.is(&["data_source_general"])
    {
        return Some(Field::Publisher);
    }
    let laboratory = h.has(&[
        "机构",
        "检测单位",
        "检验单位",
        "抽样单位",
        "抽检单位",
        "承检",
        "区局",
        "实施主体",
        "处置单位",
        "抽检公司",
        "送样单位",
        "组织单位",
    ]);
    laboratory.then_some(Field::Laboratory)
}

fn rest(h: &Heading) -> Option<Field> {
    if h.has(&["环节", "业态"]) {
        return Some(Field::Stage);
    }
    h.has(&["备注", "说明", "注"]).then_some(Field::Remark).filter(|_| h.bare.chars().count() <= 6)
}

#[cfg(test)]
mod tests;
