//! `[map]` in `portal.toml`: whose tiles a map shows. Without them it is drawn from `districts.geojson` in the data folder.

use std::{collections::BTreeSet, path::Path};

use serde::Deserialize;

use super::ConfigError;

/// Settings of maps. Points are WGS 84; 天地图 is CGCS2000, which differs from it by centimetres. Tiles in GCJ-02 (高德, 腾讯)
/// or BD-09 (百度) would show every point some hundred metres aside and must not be used.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapSettings {
    /// Templates with `{z}`, `{x}` and `{y}` in Web Mercator, the lowest layer first. Default none.
    pub tiles: Vec<String>,
    /// What the owner of the tiles wants said on the map.
    pub attribution: String,
    /// Deepest level of the tiles. Default 18, as of 天地图.
    pub max_zoom: u8,
}

impl Default for MapSettings {
    fn default() -> Self {
        Self { tiles: Vec::new(), attribution: String::new(), max_zoom: 18 }
    }
}

impl MapSettings {
    /// The first setting that can't be used.
    pub(super) fn check(&self, file: &Path) -> Result<(), ConfigError> {
        match self.tiles.iter().find(|tiles| origin(tiles).is_none()) {
            Some(wrong) => Err(ConfigError::Tiles(file.to_owned(), wrong.clone())),
            None if self.max_zoom == 0 => Err(ConfigError::Least(file.to_owned(), "max_zoom", 1)),
            None => Ok(()),
        }
    }

    /// The hosts that the page of a map may load from, as in a content-security policy.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        self.tiles.iter().filter_map(|tiles| origin(tiles)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Scheme and host of a usable template.
fn origin(template: &str) -> Option<String> {
    let is_whole = ["{z}", "{x}", "{y}"].iter().all(|part| template.contains(part));
    let is_plain =
        template.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '\'' | '"' | ';' | ',' | '<' | '>' | '\\'));
    let (scheme, rest) = template.split_once("://")?;
    let host = rest.split('/').next()?;
    let is_loopback = host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
    let is_safe = scheme == "https" || (scheme == "http" && is_loopback);
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    (is_whole && is_plain && is_safe && is_host).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_secure_templates_are_taken() {
        let tianditu =
            "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=KEY";
        assert_eq!(origin(tianditu).as_deref(), Some("https://t0.tianditu.gov.cn"));
        assert_eq!(origin("http://127.0.0.1:9/{z}/{x}/{y}.png").as_deref(), Some("http://127.0.0.1:9"));
        for wrong in [
            "http://tiles.example.gov.cn/{z}/{x}/{y}",
            "https://tiles.example.gov.cn/{z}/{x}",
            "https://*/{z}/{x}/{y}",
            "https://a.example; script-src */{z}/{x}/{y}",
            "https://user:pw@a.example/{z}/{x}/{y}",
            "//a.example/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }
}
