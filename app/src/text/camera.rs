//! Words of live pictures (明厨亮灶): what the public reads. A place without one is never called a violator.

pub mod desk;
pub mod letter;

use chrono::{DateTime, Utc};

use super::moment;
use crate::domain::{
    camera::{Position, Setting},
    stream::Shown,
};

/// The list.
pub const TITLE: &str = "明厨亮灶";
/// Below the title.
pub const LEAD: &str =
    "自愿公开操作画面的食堂、餐饮店、食品车间和仓库。画面来自各单位自己的摄像头，状态由本网站按时段抽查画面得出。";
/// What the list does not say.
pub const NOT_LISTED: &str = "没有列出的单位不代表有问题：公开画面是鼓励，不是强制。";
/// Beside every picture (PIPL art. 26).
pub const TOLD: &str =
    "现场设有摄像提示标识。画面只为公共安全公开，没有声音，不提供下载；请勿截取、传播可以辨认的人员。";
/// What a live picture is not.
pub const CAVEAT: &str = "画面是现场情况的一部分，不是检查结果，也不代表对食品的评价。";

/// Filter.
pub const DISTRICT: &str = "区县";
/// Filter.
pub const SETTING: &str = "类型";
/// Filter.
pub const NOW: &str = "现在的状态";
/// Only what is live.
pub const ONLY_LIVE: &str = "只看直播中";
/// Filter.
pub const SORT: &str = "排列";
/// Any.
pub const ALL: &str = "全部";
/// Button.
pub const SHOW: &str = "查看";
/// Order: live first.
pub const BY_LIVE: &str = "直播中的在前";
/// Order: by name.
pub const BY_NAME: &str = "按名称";
/// Order: by uptime.
pub const BY_UPTIME: &str = "按在线率";
/// No place.
pub const NONE: &str = "没有符合条件的单位。";
/// No place at all.
pub const EMPTY: &str = "目前没有单位公开画面。";
/// Without filters.
pub const NO_FILTER: &str = "清除条件";
/// Heading of the averages.
pub const AVERAGES: &str = "各区县近 90 天平均在线率";
/// Their table.
pub const AVERAGES_TABLE: &str = "各区县平均在线率表";
/// How it is counted.
pub const UPTIME_HOW: &str = "在线率 = 抽查时画面正常的时间 ÷ 公布的直播时段里抽查过的时间。检修日、放假日和没有抽查的时间不计入。画面静止、全黑或者被遮挡不算正常。";
/// Column.
pub const CAMERAS: &str = "画面";
/// Column.
pub const UPTIME: &str = "在线率";
/// Row of all.
pub const WHOLE: &str = "全市";
/// Column.
pub const TIME: &str = "正常 / 抽查过的时间";
/// Before it was looked at.
pub const NO_UPTIME: &str = "还没有记录";
/// Where the place is.
pub const TO_OPERATOR: &str = "查看该单位的许可、检查和抽检信息";

/// Heading of the strip.
pub const STRIP: &str = "近 90 天在线记录";
/// Opens the table.
pub const STRIP_TABLE: &str = "看逐日数字";
/// Columns of the table.
pub const STRIP_HEADS: [&str; 4] = ["日期", "应直播", "正常", "在线率"];
/// Label.
pub const HOURS: &str = "直播时段";
/// Label.
pub const MENDED: &str = "检修";
/// Before the uptime of one place.
pub const UPTIME_OF: &str = "该单位近 90 天";
/// Label.
pub const LOOKED_AT: &str = "最近一次抽查";
/// Label.
pub const DESCRIBED: &str = "画面内容";
/// Label.
pub const PROVIDER: &str = "画面所在平台";
/// On a demonstration's picture.
pub const DEMO: &str = "演示画面，不是真实现场";
/// Where there is no script.
pub const NO_SCRIPT: &str = "观看画面需要允许浏览器运行脚本。没有脚本时，状态、时段和在线记录仍然可以查看。";

/// No such picture.
pub const NO_PICTURE: &str = "找不到这路画面：没有公开，或者已经停止公开。";
/// Out of its hours.
pub const NOT_NOW: &str = "现在不在直播时段。";
/// A fault of ours.
pub const FAILED: &str = "本网站出了故障，请过一会儿再试。";

/// Button of the player.
pub const WATCH: &str = "观看";
/// A kind that isn't played here.
pub const ELSEWHERE: &str = "到对方网站观看";
/// Why.
pub const ELSEWHERE_WHY: &str = "这路画面的格式不能在本网站播放，只能在提供画面的网站打开。";
/// The page before another site.
pub const LEAVING: &str = "您将离开本网站";
/// What it says.
pub const LEAVING_LEAD: &str =
    "下面的网站不是本网站，由他人负责。本网站不能保证它的内容、安全和可用，也不控制它怎样处理您的个人信息。";
/// On.
pub const LEAVING_GO: &str = "继续前往";
/// Back.
pub const LEAVING_BACK: &str = "返回";
/// Its address.
pub const LEAVING_TO: &str = "网址";
/// Whose.
pub const LEAVING_OF: &str = "画面属于";

/// Words of the player, as its script finds them.
#[must_use]
pub fn player() -> serde_json::Value {
    serde_json::json!({
        "watch": WATCH,
        "stop": "停止",
        "large": "全屏",
        "retry": "再试一次",
        "connecting": "正在连接……",
        "playing": "正在播放，没有声音。按 Esc 停止。",
        "stopped": "已停止。",
        "hidden": "页面不在前台，已停止播放。",
        "failed": {
            "0": "没有连上本网站，请检查网络后再试。",
            "403": "播放地址已失效，请再试一次。",
            "404": "找不到这路画面：对方没有提供，或者已经停止公开。",
            "410": "这路画面已经停止公开。",
            "502": "对方的画面现在打不开，可能断线了。",
            "503": "同时观看的人太多，请过一会儿再试。",
            "504": "等了很久没有收到画面，对方网络可能很慢或者已经断线。",
            "blocked": "浏览器不允许播放，请再按一次。",
            "unable": "这个浏览器放不了这种画面，请换一个浏览器，或者更新后再试。",
            "other": "画面暂时放不了，请过一会儿再试。"
        }
    })
}

/// A kind of place.
#[must_use]
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Kitchen => "明厨亮灶",
        Setting::Workshop => "透明车间",
        Setting::Warehouse => "阳光仓储",
    }
}

/// Where a camera stands.
#[must_use]
pub fn position(position: Position) -> &'static str {
    match position {
        Position::Rough => "粗加工",
        Position::Cutting => "切配",
        Position::Cooking => "烹饪",
        Position::SpecialRoom => "专间",
        Position::Serving => "备餐",
        Position::Washing => "餐饮具清洗消毒",
        Position::Store => "仓库",
        Position::Retained => "留样",
        Position::Intake => "原料验收",
        Position::Pretreatment => "原料处理",
        Position::Processing => "生产加工",
        Position::InnerPacking => "内包装",
        Position::OuterPacking => "外包装",
        Position::Cleaning => "设备清洗消毒",
        Position::Receiving => "收货",
        Position::Ambient => "常温库",
        Position::Chilled => "冷藏库",
        Position::Frozen => "冷冻库",
        Position::Picking => "分拣",
        Position::Dispatch => "发货",
    }
}

/// What a picture of a position shows, where nobody wrote it.
#[must_use]
pub fn described(position: Position) -> String {
    format!("固定镜头，对着{}区域。", self::position(position))
}

/// Name of a camera: `烹饪 · 东侧`.
#[must_use]
pub fn camera(position: Position, label: Option<&str>) -> String {
    let name = self::position(position);
    label.map_or_else(|| name.to_owned(), |label| format!("{name} · {label}"))
}

/// The state in a word or two.
#[must_use]
pub fn shown(shown: Shown) -> &'static str {
    match shown {
        Shown::Live => "直播中",
        Shown::OutOfHours => "未到时段",
        Shown::Frozen => "画面静止",
        Shown::Dark => "画面全黑或被遮挡",
        Shown::Checking => "检测中",
        Shown::Offline { .. } => "离线",
        Shown::Maintenance => "检修",
    }
}

/// The state with what belongs to it.
#[must_use]
pub fn shown_long(state: Shown) -> String {
    match state {
        Shown::Offline { since } => format!("离线，自{}起", moment(since)),
        other => shown(other).to_owned(),
    }
}

/// The shape of a state: colour and word never stand alone.
#[must_use]
pub fn shape(shown: Shown) -> &'static str {
    match shown {
        Shown::Live => "●",
        Shown::OutOfHours => "◷",
        Shown::Frozen => "❚❚",
        Shown::Dark => "■",
        Shown::Checking => "…",
        Shown::Offline { .. } => "✕",
        Shown::Maintenance => "◆",
    }
}

/// `6 处单位，9 路画面；现在应直播 8 路，直播中 5 路`
#[must_use]
pub fn counts(places: usize, cameras: usize, in_hours: usize, live: usize) -> String {
    format!("{places} 处单位，{cameras} 路画面；现在应直播 {in_hours} 路，直播中 {live} 路。")
}

/// `直播中 2 / 应直播 3`, of one place.
#[must_use]
pub fn of_place(live: usize, in_hours: usize, cameras: usize) -> String {
    if in_hours == 0 {
        format!("{cameras} 路画面，现在都不在直播时段")
    } else {
        format!("应直播 {in_hours} 路，直播中 {live} 路（共 {cameras} 路）")
    }
}

/// `97.3%`, with what it is a share of; nothing was looked at: says so.
#[must_use]
pub fn uptime(live: u64, expected: u64) -> String {
    percent(live, expected)
        .map_or_else(|| NO_UPTIME.to_owned(), |share| format!("{share}（{} / {}）", hours(live), hours(expected)))
}

/// `97.3%`
#[must_use]
pub fn percent(live: u64, expected: u64) -> Option<String> {
    // cut, not rounded: 100% is said of nothing less
    let tenths = (live.min(expected) * 1000).checked_div(expected)?;
    Some(format!("{}.{}%", tenths / 10, tenths % 10))
}

/// `12.5 小时`
#[must_use]
pub fn hours(seconds: u64) -> String {
    let tenths = (seconds + 180) / 360;
    format!("{}.{} 小时", tenths / 10, tenths % 10)
}

/// Average of a district, with n.
#[must_use]
pub fn average(district: Option<&str>, live: u64, expected: u64, cameras: usize) -> String {
    let place = district.unwrap_or(WHOLE);
    format!("{place}平均在线率 {}，{cameras} 路画面", percent(live, expected).unwrap_or_else(|| NO_UPTIME.to_owned()))
}

/// What the strip says, for those who don't see it.
#[must_use]
pub fn strip(days: usize, good: usize, live: u64, expected: u64) -> String {
    if days == 0 {
        return "近 90 天没有抽查记录。".to_owned();
    }
    format!("有记录的 {days} 天里，{good} 天在线率不低于 95%；合计 {}。", uptime(live, expected))
}

/// Title of a place's page.
#[must_use]
pub fn title_of(place: &str) -> String {
    format!("{place}：现场画面")
}

/// Description of a place's page.
#[must_use]
pub fn about(place: &str, cameras: usize) -> String {
    format!("{place}公开的 {cameras} 路现场画面：现在的状态、直播时段和近 90 天在线记录。")
}

/// Label of the button of one camera.
#[must_use]
pub fn watch(name: &str) -> String {
    format!("{WATCH}：{name}")
}

/// When it was last looked at.
#[must_use]
pub fn looked(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "还没有".to_owned(), moment)
}

/// A repair.
#[must_use]
pub fn mended(until: chrono::NaiveDate, note: Option<&str>) -> String {
    let note = note.map(|note| format!("：{note}")).unwrap_or_default();
    format!("检修到{}{note}", super::day(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_up_to_all() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(99_999, 100_000).as_deref(), Some("99.9%"));
        assert_eq!(percent(7, 7).as_deref(), Some("100.0%"));
        assert_eq!(percent(9, 7).as_deref(), Some("100.0%"));
        assert_eq!(uptime(3600 * 9, 3600 * 10), "90.0%（9.0 小时 / 10.0 小时）");
        assert_eq!(uptime(0, 0), "还没有记录");
    }

    #[test]
    fn nobody_without_a_picture_is_blamed() {
        let words = [LEAD, NOT_LISTED, TOLD, CAVEAT, UPTIME_HOW, NONE, EMPTY].concat();
        assert!(["违规", "违法", "未按要求", "推荐", "放心"].iter().all(|word| !words.contains(word)));
    }
}
