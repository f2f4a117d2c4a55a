//! One failed item of a sample: what was tested, what was found, what was allowed.

use serde::{Deserialize, Serialize};

/// 不合格项目 with its 检验结果 and 标准值, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FailedItem {
    /// 不合格项目
    pub item: String,
    /// 检验结果 as printed
    pub result: Option<String>,
    /// 标准值 as printed
    pub limit: Option<String>,
}

/// A number with its unit, parsed from a printed result or limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Quantity {
    /// The sign in front of the number (`≤`, `≥`, `<`, `>`), if any
    pub bound: Option<char>,
    /// The number
    pub number: f64,
    /// The unit as printed (`g/kg`), empty where none is
    pub unit: String,
}

impl Quantity {
    /// Reads `0.117g/kg`, `≤0.5 mg/kg`, `1.2×10³CFU/g`, `58`. Anything else (`检出`, `n=5,c=2…`, five values) is `None`:
    /// a number is given where it is certain, or not at all.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (bound, rest) = take_bound(text);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let mantissa: f64 =
            rest.get(..end).filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))?.parse().ok()?;
        let (exponent, unit) = take_exponent(rest.get(end..)?.trim_start())?;
        let unit = unit.trim();
        let clean = unit.chars().count() <= 16
            && !unit.chars().any(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '=' | '~' | '-' | '±'));
        let starts_as_unit = !unit.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        (clean && starts_as_unit).then(|| Self {
            bound,
            number: mantissa * 10f64.powi(exponent),
            unit: unit.to_owned(),
        })
    }
}

fn take_bound(text: &str) -> (Option<char>, &str) {
    let sign = match text.chars().next() {
        Some('≤' | '⩽' | '≦') => '≤',
        Some('≥' | '⩾' | '≧') => '≥',
        Some('<' | '＜') => '<',
        Some('>' | '＞') => '>',
        _ => return (None, text),
    };
    let rest = text.trim_start_matches(['≤', '⩽', '≦', '≥', '⩾', '≧', '<', '＜', '>', '＞', '=']);
    (Some(sign), rest.trim_start())
}

/// `×10³CFU/g` → (3, `CFU/g`). A cut exponent (`×10CFU`, `×10`) makes the number uncertain: `None`.
fn take_exponent(text: &str) -> Option<(i32, &str)> {
    let Some(rest) =
        text.strip_prefix(['×', '╳', '*', 'x', 'X']).map(str::trim_start).and_then(|rest| rest.strip_prefix("10"))
    else {
        return Some((0, text));
    };
    let rest = rest.trim_start_matches('^');
    let mut exponent = 0;
    let mut length = 0;
    for c in rest.chars() {
        let Some(digit) = superscript(c) else { break };
        exponent = exponent * 10 + digit;
        length += c.len_utf8();
    }
    (length > 0 && exponent < 20).then(|| (exponent, &rest[length..]))
}

fn superscript(c: char) -> Option<i32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => i32::try_from(c as u32 - '⁰' as u32).ok(),
        '0'..='9' => i32::try_from(c as u32 - '0' as u32).ok(),
        _ => None,
    }
}

/// Families of failing items, for filters and plain-language notes.
/// Grouping: sampling practice (`shared/domain.md` 3.5); an item in none is [`Family::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// 农兽药残留超标
    Residue,
    /// 禁用药
    BannedDrug,
    /// 微生物污染
    Microbe,
    /// 致病菌
    Pathogen,
    /// 超范围、超限量使用食品添加剂
    Additive,
    /// 重金属等元素污染物
    Metal,
    /// 生物毒素
    Toxin,
    /// 其他污染物
    Contaminant,
    /// 质量指标
    Quality,
    /// 标签
    Label,
    /// 非法添加
    Illegal,
    /// 其他
    Other,
}

/// Words by which an item's family is told; the first family with a word in the item's name wins.
const WORDS: [(Family, &[&str]); 11] = [
    (Family::Label, &["标签", "标识"]),
    (
        Family::Illegal,
        &[
            "苏丹红",
            "罗丹明",
            "硼砂",
            "硼酸",
            "罂粟碱",
            "吗啡",
            "可待因",
            "那可丁",
            "蒂巴因",
            "西布曲明",
            "西地那非",
            "他达拉非",
            "酚酞",
            "三聚氰胺",
            "吊白块",
            "甲醛次硫酸",
            "碱性橙",
            "酸性橙",
            "双氯芬酸",
            "二甲双胍",
            "格列",
        ],
    ),
    (
        Family::BannedDrug,
        &[
            "孔雀石绿",
            "呋喃",
            "氯霉素",
            "克伦特罗",
            "莱克多巴胺",
            "沙丁胺醇",
            "特布他林",
            "五氯酚",
            "地西泮",
            "洛硝达唑",
            "氯丙嗪",
        ],
    ),
    (
        Family::Pathogen,
        &[
            "沙门氏菌",
            "沙门菌",
            "金黄色葡萄球菌",
            "单核细胞增生李斯特",
            "单增李斯特",
            "副溶血",
            "蜡样芽孢",
            "致泻大肠",
            "阪崎",
            "克罗诺",
        ],
    ),
    (
        Family::Microbe,
        &[
            "菌落总数",
            "大肠菌群",
            "大肠埃希",
            "大肠杆菌",
            "霉菌",
            "酵母",
            "铜绿假单胞",
            "粪链球菌",
            "产气荚膜",
            "商业无菌",
            "乳酸菌",
        ],
    ),
    (
        Family::Toxin,
        &[
            "黄曲霉",
            "呕吐毒素",
            "脱氧雪腐",
            "玉米赤霉",
            "赭曲霉",
            "展青霉",
            "伏马",
            "组胺",
            "贝类毒素",
            "河豚",
            "米酵菌酸",
        ],
    ),
    (Family::Metal, &["铅", "镉", "铬", "汞", "砷", "锡", "镍"]),
    (
        Family::Contaminant,
        &[
            "苯并",
            "增塑剂",
            "塑化剂",
            "邻苯二甲酸",
            "亚硝胺",
            "氯丙醇",
            "溴酸盐",
            "高氯酸",
            "氟(",
            "氰化",
            "甲醇",
            "多氯联苯",
            "缩水甘油",
            "阴离子合成洗涤剂",
            "游离性余氯",
            "亚硝酸盐(以NO",
            "耗氧量",
            "界限指标",
        ],
    ),
    (
        Family::Additive,
        &[
            "苯甲酸",
            "山梨酸",
            "脱氢乙酸",
            "甜蜜素",
            "环己基氨基磺酸",
            "糖精",
            "二氧化硫",
            "铝",
            "日落黄",
            "胭脂红",
            "柠檬黄",
            "苋菜红",
            "亮蓝",
            "诱惑红",
            "赤藓红",
            "亚硝酸",
            "安赛蜜",
            "乙酰磺胺酸",
            "三氯蔗糖",
            "阿斯巴甜",
            "阿力甜",
            "纽甜",
            "防腐剂",
            "丙酸",
            "没食子酸",
            "丁基羟基茴香醚",
            "二丁基羟基甲苯",
            "特丁基对苯二酚",
            "tbhq",
            "bha",
            "bht",
            "纳他霉素",
            "色素",
            "甜味剂",
            "抗氧化剂",
            "过氧化苯甲酰",
            "滑石粉",
            "硫酸铝钾",
        ],
    ),
    (
        Family::Residue,
        &[
            "毒死蜱",
            "噻虫",
            "吡虫啉",
            "腐霉利",
            "克百威",
            "恩诺沙星",
            "氟苯尼考",
            "沙星",
            "霉素",
            "磺胺",
            "菊酯",
            "氧乐果",
            "乐果",
            "甲拌磷",
            "水胺硫磷",
            "灭蝇胺",
            "多菌灵",
            "联苯",
            "氯氟氰",
            "啶虫脒",
            "氟虫腈",
            "甲胺磷",
            "三唑磷",
            "三唑酮",
            "咪鲜胺",
            "百菌清",
            "烯酰吗啉",
            "丙溴磷",
            "敌敌畏",
            "敌百虫",
            "杀扑磷",
            "甲氨基阿维",
            "阿维菌素",
            "4-氯苯氧乙酸",
            "6-苄基腺嘌呤",
            "赤霉素",
            "甲硝唑",
            "地美硝唑",
            "尼卡巴嗪",
            "金刚烷胺",
            "利巴韦林",
            "甲砜",
            "土霉素",
            "四环素",
            "多西环素",
            "替米考星",
            "甲氧苄啶",
            "倍硫磷",
            "狄氏剂",
            "涕灭威",
            "乙酰甲胺磷",
            "辛硫磷",
            "哒螨灵",
            "苯醚甲环唑",
            "戊唑醇",
            "嘧菌酯",
            "吡唑醚菌酯",
            "地塞米松",
            "五氯硝基苯",
            "六六六",
            "滴滴涕",
            "灭多威",
            "虫螨腈",
            "异丙威",
            "对硫磷",
            "硫线磷",
            "氯唑磷",
            "乙螨唑",
            "三氯杀螨醇",
            "茚虫威",
            "甲霜灵",
            "福美",
            "2,4-滴",
            "氟啶",
        ],
    ),
    (
        Family::Quality,
        &[
            "酸价",
            "酸值",
            "过氧化值",
            "蛋白质",
            "酒精度",
            "水分",
            "总酸",
            "总酯",
            "氨基酸态氮",
            "脂肪",
            "净含量",
            "灰分",
            "总糖",
            "还原糖",
            "蔗糖",
            "果糖",
            "氯化钠",
            "食盐",
            "羰基价",
            "极性组分",
            "固形物",
            "可溶性",
            "挥发性盐基氮",
            "感官",
            "电导率",
            "脂肪酸",
            "棕榈酸",
            "油酸",
            "碘",
            "乙酸乙酯",
            "己酸乙酯",
            "谷氨酸",
            "不挥发酸",
            "白度",
            "色度",
            "浑浊度",
            "维生素",
            "钙",
            "铁",
            "锌",
            "硒",
            "钠",
            "钾",
            "镁",
            "谷氨酰胺",
            "二十二碳六烯酸",
            "亚油酸",
            "溶剂残留",
            "乙酸",
            "游离矿酸",
            "茶多酚",
            "咖啡因",
            "二氧化碳",
            "膳食纤维",
            "淀粉",
            "反式",
            "dha",
            "ara",
            "能量",
            "碳水化合物",
        ],
    ),
];

impl Family {
    /// All families, in the order of the filter list.
    pub const ALL: [Self; 12] = [
        Self::Residue,
        Self::BannedDrug,
        Self::Microbe,
        Self::Pathogen,
        Self::Additive,
        Self::Metal,
        Self::Toxin,
        Self::Contaminant,
        Self::Quality,
        Self::Label,
        Self::Illegal,
        Self::Other,
    ];

    /// The family of a test item by its printed name.
    #[must_use]
    pub fn of(item: &str) -> Self {
        let item = item.to_lowercase().replace('（', "(");
        // "其他霉素" would swallow the moulds and the banned drug: the order of WORDS decides
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| item.contains(word)))
            .map_or(Self::Other, |(family, _)| *family)
    }

    /// The name in the database, the index and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Residue => "residue",
            Self::BannedDrug => "banned_drug",
            Self::Microbe => "microbe",
            Self::Pathogen => "pathogen",
            Self::Additive => "additive",
            Self::Metal => "metal",
            Self::Toxin => "toxin",
            Self::Contaminant => "contaminant",
            Self::Quality => "quality",
            Self::Label => "label",
            Self::Illegal => "illegal",
            Self::Other => "other",
        }
    }

    /// Reads [`Family::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Option<(Option<char>, f64, String)> {
        Quantity::parse(text).map(|q| (q.bound, q.number, q.unit))
    }

    #[test]
    fn numbers_with_units() {
        assert_eq!(quantity("0.117g/kg"), Some((None, 0.117, "g/kg".into())));
        assert_eq!(quantity("≤0.5 mg/kg"), Some((Some('≤'), 0.5, "mg/kg".into())));
        assert_eq!(quantity("58"), Some((None, 58.0, String::new())));
        assert_eq!(quantity("1.5×10³CFU/g"), Some((None, 1500.0, "CFU/g".into())));
        assert_eq!(quantity("1.5×10^4 CFU/mL"), Some((None, 15000.0, "CFU/mL".into())));
    }

    #[test]
    fn what_is_no_single_number_stays_text() {
        for text in
            ["检出", "不得检出", "n=5,c=2,m=10,M=100", "1.2×10CFU/g", "5、6、7", "120,130,140", "", "0.5-0.8g/kg", ".5"]
        {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn families_of_common_items() {
        for (item, family) in [
            ("毒死蜱", Family::Residue),
            ("恩诺沙星（以恩诺沙星与环丙沙星之和计）", Family::Residue),
            ("氯霉素", Family::BannedDrug),
            ("呋喃唑酮代谢物", Family::BannedDrug),
            ("霉菌", Family::Microbe),
            ("大肠菌群", Family::Microbe),
            ("金黄色葡萄球菌", Family::Pathogen),
            ("苯甲酸及其钠盐（以苯甲酸计）", Family::Additive),
            ("铝的残留量(干样品,以Al计)", Family::Additive),
            ("铅（以Pb计）", Family::Metal),
            ("黄曲霉毒素B₁", Family::Toxin),
            ("苯并[a]芘", Family::Contaminant),
            ("酸价(KOH)", Family::Quality),
            ("标签", Family::Label),
            ("罂粟碱", Family::Illegal),
            ("某未知项目", Family::Other),
        ] {
            assert_eq!(Family::of(item), family, "{item}");
        }
    }
}
