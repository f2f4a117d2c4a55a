//! Which district or county (区、县、县级市、旗) an address names. A guess by rule, used for filters only:
//! what is shown is the address as printed.

/// The longest name of a district in characters, its last one included (`达茂旗` … `达尔罕茂明安联合旗`).
const LONGEST: usize = 10;
/// What ends like a district and is none.
const NOT_DISTRICTS: [&str; 19] = [
    "小区",
    "社区",
    "园区",
    "开发区",
    "工业区",
    "新区",
    "厂区",
    "校区",
    "景区",
    "港区",
    "片区",
    "库区",
    "街区",
    "住宅区",
    "示范区",
    "保税区",
    "产业区",
    "商业区",
    "自治区",
];

/// The district an address names, without province and city: `云川市青禾区南门路1号` → `青禾区`.
/// 新区 and 开发区 of state level are districts in practice, but their names in addresses are too uncertain to be one here.
#[must_use]
pub fn district_of(address: &str) -> Option<String> {
    let address: String = address.chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = address.as_str();
    for ends in [&["省", "自治区"][..], &["市", "自治州", "盟"]] {
        if let Some(end) = first_end(rest, ends) {
            rest = &rest[end..];
        }
    }
    let end = first_end(rest, &["区", "县", "旗", "市"])?;
    let name = &rest[..end];
    let plausible = name.chars().count() >= 2
        && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !name.contains(['路', '街', '镇', '乡', '村', '号', '楼', '巷', '道'])
        && !NOT_DISTRICTS.iter().any(|word| name.ends_with(word));
    plausible.then(|| name.to_owned())
}

/// Where the first of these endings ends, looked for in the first characters only.
fn first_end(text: &str, endings: &[&str]) -> Option<usize> {
    let limit = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let head = &text[..limit];
    endings.iter().filter_map(|ending| head.find(ending).map(|at| at + ending.len())).filter(|end| *end > 3).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_of_addresses() {
        for (address, district) in [
            ("云江省云川市青禾区南门路1号", Some("青禾区")),
            ("云川市青禾区南门路1号", Some("青禾区")),
            ("内蒙古自治区包头市达尔罕茂明安联合旗百灵庙镇", Some("达尔罕茂明安联合旗")),
            ("浙江省 杭州市 桐庐县 城南街道", Some("桐庐县")),
            ("江苏省苏州市昆山市玉山镇", Some("昆山市")),
            ("云川市幸福小区3号楼", None),
            ("重庆市渝北区龙溪街道", Some("渝北区")),
            ("云川市高新技术开发区科技路", None),
            ("南门路1号", None),
            ("", None),
        ] {
            assert_eq!(district_of(address).as_deref(), district, "{address}");
        }
    }
}
