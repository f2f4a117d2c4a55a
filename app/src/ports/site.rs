//! Whose portal it is. Nothing here is ever invented: what the administrator left out is shown as 待填写 or not at all.

use serde::{Deserialize, Serialize};

/// Identity of the site, from `portal.toml` in the data folder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Name of the site, e.g. `云川市食品安全信息公开`
    pub name: String,
    /// The bureau (主办单位)
    pub bureau: String,
    /// Public address of the site without a slash at the end, e.g. `https://spaq.example.gov.cn`; canonical links need it
    pub base_url: String,
    /// Office address
    pub address: Option<String>,
    /// Office telephone
    pub phone: Option<String>,
    /// Bureaus and branches to which cases are handed (分送)
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bureaus: Vec<String>,
    /// ICP备案号
    pub icp: Option<String>,
    /// 公安备案号, 14 digits
    pub police_record: Option<String>,
    /// 网站标识码, 10 digits
    pub site_code: Option<String>,
    /// The zone 你点我检 of the national survey system; no address is invented where it is not given
    pub survey_url: Option<String>,
    /// Demonstration content is loaded: every page says 演示数据
    #[serde(skip)]
    pub demo: bool,
}
