//! Firms and shops: names from parts, so that there are as many as wanted; the same number is always the same firm.

use app::domain::identifier::{mod_11_10, uscc_check_sign};

use super::{CITY, DemoOperator};

const FIRST: [&str; 40] = [
    "禾", "沐", "岚", "澄", "霁", "穗", "麓", "汀", "棠", "笙", "芃", "昀", "溪", "樾", "珩", "苒", "黛", "荇", "岑",
    "漪", "杉", "栩", "翎", "筱", "茗", "葭", "朔", "晏", "砚", "隽", "稔", "槿", "舟", "皎", "荔", "枫", "绯", "峤",
    "湛", "瑾",
];
const SECOND: [&str; 40] = [
    "香源",
    "味坊",
    "田园",
    "谷仓",
    "丰年",
    "佳禾",
    "客来",
    "鲜集",
    "知味",
    "小厨",
    "四季",
    "满仓",
    "山房",
    "水岸",
    "家宴",
    "老巷",
    "新农",
    "百果",
    "千品",
    "同乐",
    "和顺",
    "永泰",
    "长青",
    "向阳",
    "明月",
    "清泉",
    "金穗",
    "银杏",
    "福满",
    "春晓",
    "秋实",
    "东篱",
    "西窗",
    "南风",
    "北斗",
    "天工",
    "雨润谷",
    "云栖",
    "鹤鸣",
    "鹿野",
];
const PLACES: [&str; 8] = ["云川市", "青岚市", "云江省柳浦市", "鹤庭市", "澜口市", "松阳湾市", "杏川市", "岭北州"];
const STREETS: [&str; 16] = [
    "南门路",
    "学府路",
    "幸福街",
    "望江大道",
    "梧桐巷",
    "渡口街",
    "春晖路",
    "石桥路",
    "柳岸街",
    "书院路",
    "集市街",
    "北站大道",
    "荷塘路",
    "松风路",
    "银杏大道",
    "旧城巷",
];
/// What a producer makes, by category.
pub const MAKERS: [(&str, &str); 16] = [
    ("粮", "粮油有限公司"),
    ("油", "油脂有限公司"),
    ("调味", "调味品有限公司"),
    ("肉", "肉类食品有限公司"),
    ("乳", "乳业有限公司"),
    ("饮料", "饮品有限公司"),
    ("酒", "酒业有限公司"),
    ("糕点", "糕点食品厂"),
    ("豆", "豆制品加工坊"),
    ("水产", "水产品有限公司"),
    ("茶", "茶业有限公司"),
    ("蜂", "蜂业有限公司"),
    ("糖", "糖果食品有限公司"),
    ("蔬菜", "蔬菜食品有限公司"),
    ("保健", "生物科技有限公司"),
    ("", "食品有限公司"),
];
const SHOPS: [(&str, &str); 9] = [
    ("超市有限公司", "流通"),
    ("生鲜超市", "流通"),
    ("食品批发部", "流通"),
    ("菜市场三区摊位", "流通"),
    ("便利店", "流通"),
    ("餐饮管理有限公司", "餐饮"),
    ("小学食堂", "餐饮"),
    ("面馆", "餐饮"),
    ("中心幼儿园食堂", "餐饮"),
];

/// Mixes a number (SplitMix64), so that neighbours differ in all parts.
pub fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<T: Copy>(list: &[T], number: u64) -> T {
    let length = list.len() as u64;
    list[usize::try_from(number % length).unwrap_or(0)]
}

/// A firm or shop.
pub struct Firm {
    pub name: String,
    pub address: String,
    pub stage: &'static str,
}

/// The producer of a number, for a category of food.
pub fn producer(number: u64, category: &str) -> Firm {
    let bits = mix(number);
    let place = if bits.is_multiple_of(3) { PLACES[0] } else { pick(&PLACES, bits >> 8) };
    let trade =
        MAKERS.iter().find(|(word, _)| category.contains(word)).map_or("食品有限公司", |(_, trade)| trade);
    let core = format!("{}{}", pick(&FIRST, bits >> 16), pick(&SECOND, bits >> 24));
    let name = match bits >> 32 & 7 {
        0 => format!("{place}{core}（集团）{trade}"),
        1 => format!("{core}{trade}"),
        _ => format!("{place}{core}{trade}"),
    };
    let district = if place == CITY.name { pick(CITY.districts, bits >> 36) } else { "经济开发区" };
    Firm {
        name,
        address: format!("{place}{district}{}{}号", pick(&STREETS, bits >> 40), bits >> 48 & 255),
        stage: "生产",
    }
}

/// The shop, restaurant or canteen of a number.
pub fn seller(number: u64) -> Firm {
    let bits = mix(number ^ 0x5e11_e500);
    let district = pick(CITY.districts, bits >> 8);
    let (kind, stage) = pick(&SHOPS, bits >> 16);
    let core = format!("{}{}", pick(&FIRST, bits >> 24), pick(&SECOND, bits >> 32));
    let name = match kind {
        "小学食堂" => {
            format!("{}{district}{}第{}小学食堂", CITY.name, pick(&STREETS, bits >> 40), 1 + (bits >> 44) % 9)
        }
        "中心幼儿园食堂" => format!("{}{district}{core}中心幼儿园食堂", CITY.name),
        "菜市场三区摊位" => {
            format!("{district}{}菜市场{}号摊位", pick(&STREETS, bits >> 40), 1 + (bits >> 44) % 300)
        }
        kind => format!("{}{district}{core}{kind}", CITY.name),
    };
    let address = format!("云江省{}{district}{}{}号", CITY.name, pick(&STREETS, bits >> 48), 1 + (bits >> 52) % 400);
    Firm { name, address, stage }
}

/// Identifiers with valid check signs, of division 990101, which does not exist.
pub fn identifiers(number: u64, makes: bool) -> (String, String) {
    let first = format!("92990101MA{:07}", number % 10_000_000);
    let uscc = format!("{first}{}", uscc_check_sign(&first).unwrap_or('0'));
    let digits = format!("{}990101{:06}", if makes { "1" } else { "2" }, number % 1_000_000);
    let digits = format!("{digits:0<13}").chars().take(13).collect::<String>();
    let licence = format!("{}{digits}{}", if makes { "SC" } else { "JY" }, mod_11_10(&digits).unwrap_or(0));
    (uscc, licence)
}

/// The register: producers and shops that the bulletins name.
#[must_use]
pub fn operators(seed: u64) -> Vec<DemoOperator> {
    let makers = super::catalogue::CATEGORIES.iter().enumerate().flat_map(|(place, category)| {
        (0..super::samples::PRODUCERS_EACH).map(move |number| (number * 64 + place as u64, category.name))
    });
    let of = |firm: Firm, number: u64, makes: bool| {
        let (uscc, licence) = identifiers(number ^ seed & 0xffff, makes);
        DemoOperator { name: firm.name, address: firm.address, uscc, licence }
    };
    let makers = makers.map(|(number, category)| of(producer(mix(seed) ^ number, category), number, true));
    let sellers = (0..super::samples::SELLERS).map(|number| of(seller(mix(seed) ^ number), 500_000 + number, false));
    makers.chain(sellers).collect()
}

#[cfg(test)]
mod tests {
    use app::domain::identifier::{Form, licence_form, uscc_form};

    use super::*;

    #[test]
    fn identifiers_have_valid_check_signs() {
        let operators = operators(1);
        assert!(operators.len() >= 300);
        for operator in operators {
            assert!(matches!(uscc_form(&operator.uscc), Form::Valid), "{}", operator.uscc);
            assert!(matches!(licence_form(&operator.licence), Form::Valid), "{}", operator.licence);
        }
    }
}
