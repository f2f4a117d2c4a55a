//! Words of finding places, of the list of school canteens, and of the notice for the gate.

use crate::{domain::operator::OperatorKind, ports::SchoolSort};

/// Title of the search of places
pub const TITLE: &str = "找单位";
/// What it is
pub const LEAD: &str = "按名称、区县、类型查找食品生产经营单位和食堂，看它的公开记录。";
/// What the list is not
pub const NOT_ADVICE: &str = "列出不表示推荐；没有记录不表示没有问题。";
/// Label of the box
pub const BOX: &str = "名称、地址、拼音或首字母";
/// Its example
pub const EXAMPLE: &str = "例如：第一小学、zhiwei、xyc";
/// Label
pub const DISTRICT: &str = "区县";
/// Label
pub const KIND: &str = "类型";
/// All values
pub const ALL: &str = "全部";
/// Button
pub const FIND: &str = "查找";
/// The switch
pub const LIST: &str = "列表";
/// The switch
pub const MAP: &str = "地图";
/// Name of the switch
pub const VIEWS: &str = "显示方式";
/// Nothing found
pub const NOTHING: &str = "没有找到符合条件的单位。可以少写几个字，或者去掉区县、类型。";
/// No place yet
pub const EMPTY: &str = "还没有公开的单位。";
/// A way back
pub const NO_FILTER: &str = "看全部";
/// Matched in part
pub const RELAXED: &str = "以下只有部分字词相符";
/// Better text
pub const BETTER: &str = "是不是要找：";
/// Before a yearly grade in a list.
pub const OF_YEAR: &str = "年度 ";
/// Name of the drawing
pub const DRAWN: &str = "区县示意图";
/// What the drawing shows
pub const DRAWN_NOTE: &str = "数字是符合条件的单位数，点是本页列出的单位。点区县只看该区县。";
/// What the drawing shows where there are no districts
pub const DOTS_NOTE: &str = "点是本页列出的单位，上北下南。";
/// Nothing to draw
pub const NO_POINTS: &str = "本页单位没有登记位置，画不出地图。";
/// Button
pub const OPEN_MAP: &str = "打开可缩放的地图";
/// Said while it loads
pub const LOADING: &str = "正在载入地图……";
/// Said when it can't be loaded
pub const MAP_FAILED: &str = "地图载入失败。下面的示意图和列表仍可使用。";
/// Name of the map
pub const MAP_LABEL: &str = "地图。用方向键移动，加减号缩放；按 Tab 键逐个到达图上的单位。";
/// Map shows only some
pub const MAP_PART: &str = "地图上只显示其中 2000 家；选区县或类型可以看全。";
/// Button
pub const NEAR: &str = "找离我近的";
/// What happens with the position
pub const NEAR_NOTE: &str = "按下后浏览器会问你是否同意。位置先在你的设备上取整到约 100 米，只发给本网站算一次距离，不保存、不记入日志、不写进网址，也不发给地图服务或任何第三方。";
/// Said while it is asked
pub const NEAR_ASKING: &str = "正在等浏览器给出位置……";
/// Refused
pub const NEAR_REFUSED: &str = "没有得到位置。可以改用区县查找。";
/// Failed
pub const NEAR_FAILED: &str = "查找失败，请稍后再试。";
/// Heading of what is near
pub const NEAR_FOUND: &str = "离你最近的单位";
/// None is near
pub const NEAR_NONE: &str = "符合条件的单位都没有登记位置。";
/// Way back from near
pub const NEAR_END: &str = "回到原来的列表";
/// Where the point is
pub const SHOW_HERE: &str = "在地图上看";
/// Metres
pub const METRES: &str = "米";
/// Kilometres
pub const KILOMETRES: &str = "公里";
/// A cluster on the map
pub const CLUSTER: &str = "家，放大看";

/// Title of the list for parents
pub const SCHOOLS: &str = "学校食堂";
/// What it is
pub const SCHOOLS_LEAD: &str = "各学校、幼儿园食堂：年度等级、后厨直播现在的状态、最近一次监督检查。";
/// What it is not
pub const SCHOOLS_NOTE: &str = "年度等级是过去十二个月检查结果的综合。没有直播不是违规：公开后厨由学校自愿。没有列出等级或检查，表示本站没有收到相应的公开名册。";
/// Column
pub const SCHOOL: &str = "学校食堂";
/// Column
pub const YEARLY: &str = "量化年度等级";
/// Column
pub const LIVE: &str = "后厨直播";
/// Column
pub const INSPECTED: &str = "最近检查";
/// Label
pub const SCHOOL_NAME: &str = "校名";
/// Label
pub const SORT: &str = "排序";
/// Not known
pub const NONE: &str = "–";
/// Not known, for those who listen
pub const NOT_GIVEN: &str = "未公布";
/// No public camera
pub const NO_CAMERA: &str = "没有公开画面";
/// Outside of hours
pub const OUT_OF_HOURS: &str = "未到时段";
/// None is live
pub const NONE_LIVE: &str = "现在没有画面";

/// Title of the notice for the gate
pub const NOTICE: &str = "校门告示";
/// The link to it
pub const NOTICE_LINK: &str = "打印张贴用的告示（二维码）";
/// The notice's heading
pub const NOTICE_HEAD: &str = "食堂食品安全信息公开";
/// What one finds there
pub const NOTICE_SCAN: &str = "用手机扫一扫，查看本食堂公开的食品安全信息：";
/// What one finds there
pub const NOTICE_ITEMS: [&str; 5] = [
    "量化等级和最近的监督检查结果",
    "食品抽检的每一批结果，合格的和不合格的",
    "处罚、整改等公开的处理信息",
    "谁负责食品安全",
    "公开了后厨画面的，可以看直播",
];
/// How to complain
pub const NOTICE_COMPLAIN: &str = "发现食品安全问题，可以在同一页面投诉举报，也可以拨打 12315。";
/// What it costs
pub const NOTICE_FREE: &str = "查看不用注册，不收集手机号，不收费。";
/// Whose site
pub const NOTICE_BY: &str = "公开单位：";
/// How to print
pub const NOTICE_HOW: &str = "用 A4 纸竖向打印，正好一页；打印设置用默认的就可以。";
/// Button for the press of keys
pub const NOTICE_PRINT: &str = "按 Ctrl+P（苹果电脑 ⌘P）打印";
/// Text in place of the picture
pub const NOTICE_QR: &str = "二维码：";

/// `共 1,234 家`
#[must_use]
pub fn found(total: u64, text: &str) -> String {
    let number = super::number(total);
    if text.is_empty() { format!("共 {number} 家") } else { format!("“{text}”找到 {number} 家") }
}

/// `青禾区（123）`
#[must_use]
pub fn counted(name: &str, count: u64) -> String {
    format!("{name}（{}）", super::number(count))
}

/// A kind by its code.
#[must_use]
pub fn kind(code: &str) -> String {
    OperatorKind::from_code(code).map_or_else(|| code.to_owned(), |kind| super::operator::kind(kind).to_owned())
}

/// `共 52 个学校食堂`
#[must_use]
pub fn schools(total: usize) -> String {
    format!("共 {total} 个食堂")
}

/// Name of an order.
#[must_use]
pub const fn sort(sort: SchoolSort) -> &'static str {
    match sort {
        SchoolSort::Name => "按校名",
        SchoolSort::Grade => "按年度等级",
        SchoolSort::Live => "正在直播的在前",
        SchoolSort::Inspected => "最近检查的在前",
    }
}

/// `2 路直播中（共 3 路）`
#[must_use]
pub fn live(live: usize, cameras: usize) -> String {
    format!("{live} 路直播中（共 {cameras} 路）")
}

/// What the script says.
#[must_use]
pub fn words() -> serde_json::Value {
    serde_json::json!({
        "loading": LOADING, "failed": MAP_FAILED, "label": MAP_LABEL, "part": MAP_PART, "asking": NEAR_ASKING,
        "refused": NEAR_REFUSED, "nearFailed": NEAR_FAILED, "near": NEAR_FOUND, "none": NEAR_NONE, "end": NEAR_END,
        "here": SHOW_HERE, "m": METRES, "km": KILOMETRES, "cluster": CLUSTER, "close": "关闭",
        "zoomIn": "放大", "zoomOut": "缩小",
    })
}
