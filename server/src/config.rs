//! Every setting, its default and its reason.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use app::ports::Site;

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
/// Path and query of a request, bytes. Longer ones are answered with 414.
pub const URI_BYTES: usize = 4096;

const SITE_FILE: &str = "portal.toml";
/// Written into a new data folder, for the administrator to fill in.
const SITE_TEMPLATE: &str = r#"# 网站信息。改后重新启动生效；未填写的项目不会显示，也不会被编造。
# name = "某某市食品安全信息公开"
# bureau = "某某市市场监督管理局"
# base_url = "https://spaq.example.gov.cn"   # 对外地址，末尾不带斜杠
# address = ""
# phone = ""
# icp = ""              # ICP备案号
# police_record = ""    # 公安备案号，14位数字
# site_code = ""        # 网站标识码，10位
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
}

/// Reads the site's identity from `portal.toml`; a new folder gets a template.
///
/// # Errors
/// [`ConfigError`] with the file's path.
pub fn read_site(data: &Path) -> Result<Site, ConfigError> {
    let file = data.join(SITE_FILE);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::write(&file, SITE_TEMPLATE).map_err(|error| ConfigError::File(file.clone(), error))?;
            String::new()
        }
        Err(error) => return Err(ConfigError::File(file, error)),
    };
    let mut site: Site = toml::from_str(&text).map_err(|error| ConfigError::Content(file, Box::new(error)))?;
    site.base_url.truncate(site.base_url.trim_end_matches('/').len());
    Ok(site)
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
        std::fs::write(dir.path().join(SITE_FILE), "nam = 1").unwrap();
        assert!(read_site(dir.path()).unwrap_err().to_string().contains("portal.toml"));
    }
}
