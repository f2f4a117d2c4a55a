//! Words of the engine of live pictures: why an address is not taken, what a look found, why a picture can't be relayed.

use crate::domain::stream::{AddressRefusal, Darkness, HoursFault, Look, MOST_OFF, MOST_SPANS, Network};

/// The portal's gateway advice, after addresses that no browser plays.
const GATEWAY: &str = "请在视频网关（如 ZLMediaKit、SRS）上开启 HLS，填写网关给出的 https://….m3u8 地址";

/// Why an address is not taken, and what to do.
#[must_use]
pub fn address(refusal: AddressRefusal) -> String {
    match refusal {
        AddressRefusal::Empty => "请填写地址".into(),
        AddressRefusal::TooLong => "地址太长，最多 2048 个字符".into(),
        AddressRefusal::Rtsp => format!("RTSP 是摄像头自己的地址，浏览器不能播放，也常带有密码，不能公开。{GATEWAY}"),
        AddressRefusal::Rtmp => format!("浏览器不能播放 RTMP。{GATEWAY}"),
        AddressRefusal::Gb28181 => format!("GB/T 28181 是平台之间的接入协议，浏览器不能播放。{GATEWAY}"),
        AddressRefusal::WebSocket => format!("不接受 ws:// 地址。{GATEWAY}"),
        AddressRefusal::Scheme => "只接受 http:// 或 https:// 开头的地址".into(),
        AddressRefusal::Credentials => {
            "地址里不能有用户名和密码。请在视频网关上生成不含密码的地址，并更换已经写在地址里的密码".into()
        }
        AddressRefusal::Port => "这个端口属于其他服务，不能填写。请填写视频网关的网页端口，如 80、443、8080".into(),
        AddressRefusal::Nonsense => "这不是网址。请从视频网关复制完整的地址，以 http:// 或 https:// 开头".into(),
    }
}

/// Why a network is not asked.
#[must_use]
pub fn network(network: Network) -> &'static str {
    match network {
        Network::Loopback => "地址指向本机",
        Network::Private => "地址在内部网络",
        Network::LinkLocal => "地址在链路本地网络",
        Network::Shared => "地址在运营商内部网络",
        Network::Multicast => "地址是组播地址",
        Network::Unspecified => "地址是空地址",
        Network::Embedded => "地址是转换用的地址",
        Network::Reserved => "地址是保留地址",
    }
}

/// After [`network`]: what an administrator can do.
pub const ALLOW: &str = "。确需使用的，请管理员把主机写进 PORTAL_STREAM_ALLOW";

/// Why hours can't be read.
#[must_use]
pub fn hours(fault: HoursFault) -> String {
    match fault {
        HoursFault::Empty => "请填写至少一段直播时段".into(),
        HoursFault::Day => "星期写得不对，请写成“周一至周五 10:30–12:30”".into(),
        HoursFault::Time => "时间写得不对，请写成“周一至周五 10:30–12:30”".into(),
        HoursFault::Overlap => "同一天的时段有重叠".into(),
        HoursFault::TooMany => format!("太多：一天最多 {MOST_SPANS} 段，停播日期最多 {MOST_OFF} 段"),
        HoursFault::Off => "停播日期的开始晚于结束".into(),
    }
}

/// What a look found.
#[must_use]
pub fn look(look: Look) -> &'static str {
    match look {
        Look::Live => "直播中",
        Look::Frozen => "画面静止",
        Look::Black => "画面全黑或被遮挡",
        Look::Stalled => "画面停止更新",
        Look::Offline => "离线",
        Look::Refused => "不予接入",
        Look::Unseen => "有流，但没能查看画面",
    }
}

/// Which kind of darkness.
#[must_use]
pub fn darkness(darkness: Darkness) -> &'static str {
    match darkness {
        Darkness::Black => "画面全黑",
        Darkness::Covered => "画面被遮挡或只有一种颜色",
    }
}

/// An address that the portal did not give.
pub const NO_ADDRESS: &str = "找不到这路画面：地址不对，或者已经停止公开。";
/// An address that is over.
pub const EXPIRED: &str = "播放地址已失效，请再试一次。";
/// As many as may watch do.
pub const FULL: &str = "同时观看的人太多，请过一会儿再试。";
/// Refused for safety.
pub const NOT_PASSED_ON: &str = "对方提供的不是可以播放的画面，本网站没有转发。";
/// The other side has none.
pub const MISSING: &str = "找不到这路画面：对方没有提供，或者已经停止公开。";
/// The other side does not answer.
pub const UNREACHED: &str = "对方的画面现在打不开，可能断线了。";
/// The other side is slow.
pub const SLOW: &str = "等了很久没有收到画面，对方网络可能很慢或者已经断线。";
/// Encrypted.
pub const ENCRYPTED: &str = "对方的画面加了密，本网站不能播放。";

/// The setting of hosts can't be read.
pub const BAD_ALLOW: &str = "PORTAL_STREAM_ALLOW 的内容无法识别，应为用逗号分开的主机或“主机:端口”。";
/// Not a playlist.
pub const NO_PLAYLIST: &str = "对方给出的不是 HLS 播放列表";
/// Another kind of stream.
pub const NOT_HLS: &str = "只能查看 HLS（.m3u8）地址的画面，其他格式只能作为链接";
/// Nothing in it.
pub const NO_SEGMENT: &str = "播放列表里没有画面";
/// Over.
pub const ENDED: &str = "对方标明直播已经结束";
/// Stands still.
pub const NOT_ADVANCING: &str = "播放列表没有更新";
/// Something else.
pub const NOT_FILM: &str = "对方给出的不是视频";
/// Encrypted.
pub const CANT_SEE_ENCRYPTED: &str = "画面加了密，无法查看";
/// No program to look with.
pub const NO_FFMPEG: &str = "本机没有安装 ffmpeg，无法查看画面";
/// Not one frame.
pub const UNDECODABLE: &str = "画面无法解码";
/// The program failed.
pub const EYE_FAILED: &str = "查看画面时出错";
/// In circles.
pub const REDIRECTS: &str = "跳转次数太多";
/// No such name.
pub const NO_HOST: &str = "找不到这个主机";
/// Nobody answers.
pub const NO_CONNECTION: &str = "连接不上";
/// Too much.
pub const TOO_LARGE: &str = "内容太大，没有接收";
/// Broken off.
pub const CUT: &str = "传输中断";
/// Nonsense.
pub const NOT_HTTP: &str = "对方的应答不符合 HTTP";

/// A status that is none of a stream.
#[must_use]
pub fn status(status: u16) -> String {
    format!("对方应答 {status}")
}
