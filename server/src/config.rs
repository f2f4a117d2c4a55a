//! Every setting, its default and its reason.

mod alerts;
mod cases;
mod desk;
mod evidence;
mod kitchens;
mod mail;
mod map;
mod polls;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::ports::Site;

pub use alerts::AlertSettings;
pub use cases::CaseSettings;
pub use desk::{DeskSettings, LEAST_AUDIT_MONTHS};
pub use evidence::EvidenceSettings;
pub use kitchens::KitchenSettings;
pub use mail::{MailArgs, MailError, Way};
pub use map::MapSettings;
pub use polls::PollSettings;

/// Where a portal keeps what it knows.
#[derive(Clone, Debug, clap::Args)]
pub struct DataArgs {
    /// Data folder: database, original files, index, portal.toml
    #[arg(long, env = "PORTAL_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// PostgreSQL instead of the SQLite file in the data folder
    #[arg(long, env = "PORTAL_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
}

/// How the site is served.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeArgs {
    /// Where things are kept
    #[command(flatten)]
    pub data: DataArgs,
    /// Address to listen on. The default is reachable from this machine only: a reverse proxy with TLS stands before it
    #[arg(long, env = "PORTAL_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Fill an empty data folder with demonstration content (fictional; every page says so)
    #[arg(long)]
    pub demo: bool,
    /// How letters leave
    #[command(flatten)]
    pub mail: MailArgs,
}

/// Pages, compressed pages and answers of the API kept in memory. One page with a full table takes about 100 KB.
pub const PAGE_CACHE_BYTES: u64 = 64 << 20;
/// Memory of the index writer while following the feed. Commits are small: more would only lie idle.
pub const FOLLOW_HEAP: usize = 64 << 20;
/// Memory of the index writer while building a whole index.
pub const REBUILD_HEAP: usize = 160 << 20;
/// How often the feed is asked for news. A publication must be searchable within one second of its commit.
pub const FEED_POLL: std::time::Duration = std::time::Duration::from_millis(100);
/// How long a request may take before it is answered with 503.
pub const REQUEST_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
/// How long a form with a case's files may take: 100 MB over a slow mobile network.
pub const UPLOAD_TIMEOUT: std::time::Duration = std::time::Duration::from_mins(15);
/// Path and query of a request, bytes. Longer ones are answered with 414.
pub const URI_BYTES: usize = 4096;

/// A font for papers that the administrator named.
#[must_use]
pub fn font() -> Option<PathBuf> {
    std::env::var_os("PORTAL_FONT").map(PathBuf::from)
}

const SITE_FILE: &str = "portal.toml";
/// Written into a new data folder, for the administrator to fill in.
const SITE_TEMPLATE: &str = r#"# 网站信息。改后重新启动生效；未填写的项目不会显示，也不会被编造。
# name = "某某市食品安全信息公开"
# bureau = "某某市市场监督管理局"
# base_url = "https://spaq.example.gov.cn"   # 对外地址，末尾不带斜杠
# address = ""
# phone = ""
# bureaus = ["某某分局", "某某区市场监督管理局"]   # 投诉举报可以分送的机构
# icp = ""              # ICP备案号
# police_record = ""    # 公安备案号，14位数字
# site_code = ""        # 网站标识码，10位
# survey_url = ""       # 国家平台“你点我检”专区的网址；不填就不显示

# 工作台：账号、登录和审计。下面写的是默认值。
[desk]
# require_totp_roles = ["reviewer", "auditor", "admin"]   # 这些角色必须启用动态验证码
# password_length = 12          # 密码最短长度；混用三类字符时不短于 password_mixed_length
# password_mixed_length = 8
# password_mixed_kinds = 3
# password_days = 90            # 多少天后必须更换密码，0 为不要求
# lock_failures = 5             # 连续失败几次后锁定
# lock_minutes = 15
# address_failures = 30         # 同一网络地址失败几次后须等待
# idle_minutes = 30             # 多久不操作自动退出
# session_hours = 12            # 一次登录最长多久
# setup_hours = 72              # 设置链接的有效时间
# audit_months = 36             # 审计记录保存月数，不少于 6
# trusted_proxies = ["127.0.0.1"]   # 只信任这些反向代理提供的 X-Forwarded-For

# 投诉举报的证据文件。下面写的是默认值。
[evidence]
# image_mb = 15                 # 每张照片
# pdf_mb = 15                   # 每份 PDF
# video_mb = 50                 # 每段视频
# image_megapixels = 50         # 照片的像素，百万
# files = 12                    # 每件最多几个文件
# total_mb = 100                # 每件合计
# basket_hours = 48             # 上传后没有提交的，多久删除
# address_mb = 4096             # 同一网络地址一小时内上传
# address_baskets = 300         # 同一网络地址一小时内几份材料
# baskets_gb = 20               # 没有提交的文件合计
# checks_at_once = 4            # 同时检查几个文件

# 投诉举报的期限提醒。下面写的是默认值。
[cases]
# remind_days = 3               # 期限内最后一个工作日之前几天提醒承办人和负责人
# personal_days = 1098          # 办结后多少天删除姓名、电话、正文和证据文件
# escalate_to = []              # 逾期时另外通知的邮箱，例如 ["leader@example.gov.cn"]

# 邮件订阅的汇总。下面写的是默认值。
[alerts]
# digest_hour = 8               # 每天几点发送汇总，0 到 23
# digest_weekday = 1            # 每周汇总在星期几发送，1 到 7
# 你点我检、你点我查和满意度测评。下面写的是默认值；反向代理没有写进 trusted_proxies 时，所有人会被算作同一个网络。
[polls]
# per_network = 500             # 每个网络地址每天最多收几份（学校、单位、运营商可能很多人共用一个地址）
# unproved = 60                 # 其中浏览器没有运行脚本的最多几份
# 地图。没有瓦片时，用数据目录里的 districts.geojson（区县边界，属性 name 为区县名，WGS 84 坐标）画示意图。
# 天地图：在 https://console.tianditu.gov.cn 申请密钥，代替下面的 KEY。不要用 GCJ-02、BD-09 坐标的瓦片，点会偏几百米。
[map]
# tiles = [
#   "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=KEY",
#   "https://t0.tianditu.gov.cn/cva_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cva&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=KEY",
# ]
# attribution = "天地图，审图号 …"   # 照天地图网站要求的写法填写
# max_zoom = 18

# 明厨亮灶的画面。下面写的是默认值。
[kitchens]
# offline_minutes = 30          # 在直播时段内离线多少分钟后发邮件，0 为不发
# tell = []                     # 除登记人外另外通知的邮箱
# watchers = 200                # 同时观看的人数，全部画面合计
"#;

/// Why the settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file says something unknown.
    #[error("{0}: {1}")]
    Content(PathBuf, Box<toml::de::Error>),
    /// A template of tiles that can't be used.
    #[error("{0}: [map] tiles: {1:?} is no https address with {{z}}, {{x}} and {{y}}")]
    Tiles(PathBuf, String),
    /// A number that is too small.
    #[error("{0}: {1} must be at least {2}")]
    Least(PathBuf, &'static str, u32),
    /// An address that is none.
    #[error("{0}: {1}: {2:?} is not an e-mail address")]
    Address(PathBuf, &'static str, String),
}

/// What `portal.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whose site it is
    pub site: Site,
    /// Accounts, sessions, the audit trail
    pub desk: DeskSettings,
    /// Evidence files
    pub evidence: EvidenceSettings,
    /// Reminders of cases
    pub cases: CaseSettings,
    /// Digests of alerts
    pub alerts: AlertSettings,
    /// Limits of votes and surveys
    pub polls: PollSettings,
    /// Live pictures
    pub kitchens: KitchenSettings,
    /// Maps
    pub map: MapSettings,
}

/// Reads the site's identity from `portal.toml`.
///
/// # Errors
/// [`ConfigError`] with the file's path.
pub fn read_site(data: &Path) -> Result<Site, ConfigError> {
    Ok(read_settings(data)?.site)
}

/// Reads `portal.toml`; a new folder gets a template.
///
/// # Errors
/// [`ConfigError`] with the file's path.
pub fn read_settings(data: &Path) -> Result<Settings, ConfigError> {
    let file = data.join(SITE_FILE);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::write(&file, SITE_TEMPLATE).map_err(|error| ConfigError::File(file.clone(), error))?;
            String::new()
        }
        Err(error) => return Err(ConfigError::File(file, error)),
    };
    let wrong = |error| ConfigError::Content(file.clone(), Box::new(error));
    let mut table: toml::Table = toml::from_str(&text).map_err(wrong)?;
    let mut part = |name| table.remove(name).unwrap_or_else(|| toml::Table::new().into());
    let desk: DeskSettings = part("desk").try_into().map_err(wrong)?;
    desk.check().map_err(|(name, least)| ConfigError::Least(file.clone(), name, least))?;
    let evidence: EvidenceSettings = part("evidence").try_into().map_err(wrong)?;
    evidence.check().map_err(|(name, least)| ConfigError::Least(file.clone(), name, least))?;
    let cases: CaseSettings = part("cases").try_into().map_err(wrong)?;
    cases.check(&file)?;
    let alerts: AlertSettings = part("alerts").try_into().map_err(wrong)?;
    let polls: PollSettings = part("polls").try_into().map_err(wrong)?;
    polls.check().map_err(|(name, least)| ConfigError::Least(file.clone(), name, least))?;
    let kitchens: KitchenSettings = part("kitchens").try_into().map_err(wrong)?;
    kitchens.check(&file)?;
    let map: MapSettings = part("map").try_into().map_err(wrong)?;
    map.check(&file)?;
    // what is left stands outside of every table
    let mut site: Site = toml::Value::Table(table).try_into().map_err(wrong)?;
    site.base_url.truncate(site.base_url.trim_end_matches('/').len());
    Ok(Settings { site, desk, evidence, cases, alerts, polls, kitchens, map })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_gets_a_template_that_reads() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read_site(dir.path()).unwrap().name, "");
        let filled = SITE_TEMPLATE.replace("# name", "name").replace("# base_url", "base_url");
        std::fs::write(dir.path().join(SITE_FILE), filled.replace(".gov.cn\"", ".gov.cn/\"")).unwrap();
        let site = read_site(dir.path()).unwrap();
        assert_eq!(site.base_url, "https://spaq.example.gov.cn");
        let desk = read_settings(dir.path()).unwrap().desk;
        assert_eq!((desk.lock_failures, desk.audit_months, desk.require_totp_roles.len()), (5, 36, 3));
        std::fs::write(dir.path().join(SITE_FILE), "[desk]\naudit_months = 5").unwrap();
        assert!(read_settings(dir.path()).unwrap_err().to_string().ends_with("audit_months must be at least 6"));
        std::fs::write(dir.path().join(SITE_FILE), "[desk]\nrequire_totp_roles = [\"boss\"]").unwrap();
        assert!(read_settings(dir.path()).unwrap_err().to_string().contains("portal.toml"));
        std::fs::write(dir.path().join(SITE_FILE), "nam = 1").unwrap();
        assert!(read_site(dir.path()).unwrap_err().to_string().contains("portal.toml"));
    }
}
