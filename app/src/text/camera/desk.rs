//! What officers read of cameras.

use chrono::NaiveDate;

use crate::domain::{
    camera::{Fault, Position, Refusal, Way},
    stream::Hours,
};

/// The list.
pub const CAMERAS: &str = "现场画面";
/// Below it.
pub const LEAD: &str = "登记明厨亮灶、透明车间、阳光仓储的摄像头。画面公开需要两个人：一人登记，另一人核对后公开。AI 识别的结果只作为线索，不在这里发布。";
/// A new one.
pub const NEW: &str = "登记画面";
/// How to get there.
pub const NEW_HOW: &str = "打开经营者的页面，按“登记画面”；或者在这里输入经营者编号。";
/// Field.
pub const OPERATOR: &str = "经营者编号";
/// Button.
pub const OPEN: &str = "下一步";
/// No such operator.
pub const NO_OPERATOR: &str = "没有这个经营者，或者已经并入别的经营者。";
/// Filters.
pub const FILTERS: [(&str, &str); 4] =
    [("", "全部"), ("troubled", "在时段内不正常"), ("hidden", "没有公开"), ("links", "在别处打开")];
/// None.
pub const NONE: &str = "没有这样的画面。";
/// State.
pub const PUBLIC: &str = "已公开";
/// State.
pub const HIDDEN: &str = "没有公开";
/// State.
pub const NOT_TOLD: &str = "没有设置提示标识";
/// Who wrote.
pub const WRITTEN_BY: &str = "登记人：";

/// Field.
pub const POSITION: &str = "位置";
/// How.
pub const POSITION_HINT: &str = "更衣间、卫生间、就餐区不能公开。";
/// Field.
pub const LABEL: &str = "区分名称";
/// How.
pub const LABEL_HINT: &str = "同一位置有几个摄像头时填写，例如“东侧”“二号灶台”。";
/// Field.
pub const DESCRIBED: &str = "画面里看得到什么";
/// How.
pub const DESCRIBED_HINT: &str = "供看不见画面的人阅读，例如“从上方看三口大锅和排烟罩”。不要写人名。";
/// Field.
pub const WAY: &str = "怎样观看";
/// Choices.
pub const WAYS: [(Way, &str, &str); 2] = [
    (Way::Hls, "在本网站播放（HLS，.m3u8）", "由本网站转送，不把原地址交给浏览器。"),
    (Way::Link, "在对方网站打开", "FLV、WebRTC 网页和平台页面。打开前会提示“您将离开本网站”。"),
];
/// Field.
pub const PROVIDER: &str = "对方网站是谁的";
/// How.
pub const PROVIDER_HINT: &str = "在对方网站打开时填写，例如“云川市教育局阳光食堂平台”。";
/// Field.
pub const ADDRESS: &str = "地址";
/// How, of a new one.
pub const ADDRESS_HINT: &str = "以 http:// 或 https:// 开头，不能带用户名和密码。保存后加密，不再完整显示。";
/// How, of one that is there.
pub const ADDRESS_KEPT: &str = "已保存，不再完整显示。留空不改；换地址后须由另一人重新核对才公开。现在的地址：";
/// Field.
pub const DAYS: &str = "星期";
/// Names of the days, Monday first.
pub const DAY_NAMES: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
/// Legend.
pub const HOURS: &str = "直播时段";
/// How.
pub const HOURS_HINT: &str = "北京时间，例如 06:30 到 08:00，最多三段。只在这些时段检查画面、计算在线率。";
/// Labels of the spans.
pub const SPANS: [(&str, &str); 3] =
    [("第一段开始", "第一段结束"), ("第二段开始", "第二段结束"), ("第三段开始", "第三段结束")];
/// Field.
pub const OFF: &str = "放假日";
/// How.
pub const OFF_HINT: &str = "一行一天或一段，例如 2027-01-20 至 2027-02-20。";
/// Field.
pub const MENDED_UNTIL: &str = "检修到哪一天";
/// How.
pub const MENDED_UNTIL_HINT: &str = "这一天结束前显示“检修”，不计入在线率。留空为不检修。";
/// Field.
pub const MENDED_NOTE: &str = "检修说明";
/// Field.
pub const TOLD: &str = "现场已设置提示标识";
/// Why.
pub const TOLD_HINT: &str = "个人信息保护法第二十六条：公共场所的图像采集应当设置显著的提示标识。没有设置的不能公开。";
/// Button.
pub const SAVE: &str = "保存";
/// Heading.
pub const TRY: &str = "试看一次";
/// What it does.
pub const TRY_LEAD: &str = "马上检查一次画面，不看时段，不计入在线率，也不留图片。";
/// Button.
pub const TRY_GO: &str = "试看";
/// Heading.
pub const PUBLICITY: &str = "公开";
/// Heading.
pub const CHANGE: &str = "修改";
/// To those who may not.
pub const SHOW_BY_OTHER: &str = "由审核人员核对后公开。";
/// Button.
pub const SHOW: &str = "核对无误，公开";
/// Button.
pub const HIDE: &str = "停止公开";
/// Button.
pub const DELETE: &str = "删除";
/// What it does.
pub const DELETE_NOTE: &str = "连同在线记录一起删除，不能恢复。";
/// To the public's page.
pub const PUBLIC_PAGE: &str = "看公开页面";
/// Heading.
pub const HISTORY: &str = "近 90 天";
/// Somebody else wrote.
pub const CONFLICT: &str = "刚才有别人改过，没有保存。请重新打开页面，看过新内容再改。";
/// What must be known before it is made public.
pub const SHOW_LEAD: &str = "公开前请核对：画面不对着更衣间、卫生间和就餐的未成年人；角度低或者已经模糊，认不出人；现场有提示标识；该单位已经告知员工。";

/// To be played here, and no playlist.
pub const NOT_PLAYLIST: &str = "在本网站播放的地址要以 .m3u8 结尾；其他格式请选“在对方网站打开”";
/// Redirects without end.
pub const REDIRECTS: &str = "对方一再转到别的地址";
/// A look that found what should be there.
pub const TRIED_LIVE: &str = "画面正常：播放列表在更新，画面能解码，也在变化。";
/// A page that does not answer.
pub const NO_PAGE: &str = "对方网页打不开";
/// Reasons.
pub const BAD_PLAYLIST: &str = "地址里没有能用的 HLS 播放列表";
/// Reason.
pub const ENDED: &str = "播放列表已经结束，不是直播";
/// Reason.
pub const NOT_ADVANCING: &str = "等了几个分片的时间，播放列表没有更新";
/// Reason.
pub const NOT_FILM: &str = "分片里不是视频";
/// Reason.
pub const ENCRYPTED: &str = "分片已加密，看不到画面";
/// Reason.
pub const NO_EYE: &str = "服务器上没有 ffmpeg，看不到画面";
/// Reason.
pub const NO_FRAME: &str = "视频解不出画面";
/// Reason.
pub const NO_HOST: &str = "找不到这个主机";
/// Reason.
pub const NO_CONNECTION: &str = "连不上对方";
/// Reason.
pub const SLOW: &str = "对方太慢，等不到回答";
/// Reason.
pub const TOO_LARGE: &str = "对方给的内容太大";
/// Reason.
pub const BROKEN: &str = "对方的回答不完整";

/// Reason: a status.
#[must_use]
pub fn status(status: u16) -> String {
    format!("对方回答 HTTP {status}")
}

/// What a look found, and why.
#[must_use]
pub fn tried(found: &str, reason: &str) -> String {
    if reason.is_empty() { format!("{found}。") } else { format!("{found}：{reason}。") }
}

/// A page that answers.
#[must_use]
pub fn tried_page(status: u16) -> String {
    format!("对方网页可以打开（HTTP {status}）。画面本身没有检查。")
}

/// Where a camera may stand, with its kind of place.
#[must_use]
pub fn position_item(position: Position) -> String {
    format!("{}：{}", super::setting(position.setting()), super::position(position))
}

/// What is wrong with a field.
#[must_use]
pub fn fault(field: &str, fault: Fault) -> String {
    match (field, fault) {
        ("from1", Fault::Empty) => "请填写至少一段直播时段".to_owned(),
        ("day", Fault::Empty) => "请选择至少一天".to_owned(),
        ("address", Fault::Empty) => "请填写地址".to_owned(),
        ("provider", Fault::Empty) => "请填写对方网站是谁的".to_owned(),
        ("mended_until", Fault::Empty) => "写了检修说明，请填写检修到哪一天".to_owned(),
        (_, Fault::Empty) => "请填写".to_owned(),
        (_, Fault::Unknown) => "请选择一项".to_owned(),
        (_, Fault::TooLong(most)) => format!("太长，最多 {most} 个字符"),
        (_, Fault::Time) => "请写成 06:30 这样的时间".to_owned(),
        (_, Fault::Order) => "时段要从早到晚、不重叠；跨过零点的，请分成两段".to_owned(),
        (_, Fault::Day) => "请写成 2027-01-20 这样的日期；一段写成“2027-01-20 至 2027-02-20”".to_owned(),
        (_, Fault::TooMany(most)) => format!("太多，最多 {most} 行"),
    }
}

/// Why a step was not taken.
#[must_use]
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您的角色不能这样做",
        Refusal::SamePerson => "登记或修改的人不能自己公开，请另一位审核人员核对",
        Refusal::NotTold => "现场没有设置提示标识，不能公开（个人信息保护法第二十六条）",
        Refusal::NotNow => "现在的状态不能这样做，请重新打开页面",
    }
}

/// Days without pictures as they are written in the form: `2027-01-20 至 2027-02-20`.
#[must_use]
pub fn off_span(from: &NaiveDate, to: &NaiveDate) -> String {
    if from == to { from.to_string() } else { format!("{from} 至 {to}") }
}

/// `星期一至星期五 06:30–08:00、10:00–12:30`
#[must_use]
pub fn hours(hours: &Hours) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let of_day = |day: u8| {
        let spans = hours.week.iter().filter(|span| span.day == day);
        spans.map(|span| format!("{}–{}", time(span.from), time(span.to))).collect::<Vec<_>>().join("、")
    };
    // days that follow one another with the same hours are said together
    let mut groups: Vec<(u8, u8, String)> = Vec::new();
    for day in 0..7 {
        let said = of_day(day);
        match groups.last_mut() {
            Some((_, last, same)) if *last + 1 == day && *same == said => *last = day,
            _ => groups.push((day, day, said)),
        }
    }
    let name = |day: u8| DAY_NAMES[usize::from(day.min(6))];
    let group = |(from, to, said): &(u8, u8, String)| match to - from {
        _ if said.is_empty() => None,
        6 => Some(format!("每天 {said}")),
        0 => Some(format!("{} {said}", name(*from))),
        1 => Some(format!("{}、{} {said}", name(*from), name(*to))),
        _ => Some(format!("{}至{} {said}", name(*from), name(*to))),
    };
    groups.iter().filter_map(group).collect::<Vec<_>>().join("；")
}

/// Days off that are not over.
#[must_use]
pub fn off(hours: &Hours, today: NaiveDate) -> Option<String> {
    let coming = hours.off.iter().filter(|(_, until)| *until >= today);
    let said = coming.map(|(from, until)| {
        if from == until {
            super::super::day(*from)
        } else {
            format!("{}至{}", super::super::day(*from), super::super::day(*until))
        }
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stream::Span;

    #[test]
    fn days_with_the_same_hours_are_said_together() {
        let span = |day, from, to| Span { day, from, to };
        let week = |days: &[u8]| Hours {
            week: days.iter().flat_map(|day| [span(*day, 390, 480), span(*day, 600, 750)]).collect(),
            off: Vec::new(),
        };
        assert_eq!(hours(&week(&[0, 1, 2, 3, 4])), "星期一至星期五 06:30–08:00、10:00–12:30");
        assert_eq!(hours(&week(&[0, 1, 2, 3, 4, 5, 6])), "每天 06:30–08:00、10:00–12:30");
        assert_eq!(
            hours(&week(&[0, 1, 4])),
            "星期一、星期二 06:30–08:00、10:00–12:30；星期五 06:30–08:00、10:00–12:30"
        );
        assert_eq!(hours(&Hours::default()), "");
    }
}
