//! Family names.

/// One sign: those of 百家姓 and of today's registers.
const SINGLE: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳\
    酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞\
    熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓\
    郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫\
    宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉\
    宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧\
    殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付覃佟佘阳占尧岳冼代仝\
    亓卿商苑战原展芦辜候兰楚牟揭邸晋苟粟邝麦门佀帅修闪操敬洛郇郄笪盘禤庹青鹿买才丛亢伦雒綦扬";

/// Two signs.
const COMPOUND: &[&str] = &[
    "欧阳",
    "太史",
    "端木",
    "上官",
    "司马",
    "东方",
    "独孤",
    "南宫",
    "万俟",
    "闻人",
    "夏侯",
    "诸葛",
    "尉迟",
    "公羊",
    "赫连",
    "澹台",
    "皇甫",
    "宗政",
    "濮阳",
    "公冶",
    "太叔",
    "申屠",
    "公孙",
    "慕容",
    "仲孙",
    "钟离",
    "长孙",
    "宇文",
    "司徒",
    "鲜于",
    "司空",
    "令狐",
    "闾丘",
    "轩辕",
    "百里",
    "呼延",
    "东郭",
    "南门",
    "羊舌",
    "微生",
    "梁丘",
    "左丘",
    "东门",
    "西门",
    "拓跋",
    "完颜",
    "纳兰",
    "爱新觉罗",
    "叶赫那拉",
    "段干",
];

/// Common enough to be a name in running text, and rarely the beginning of anything else.
const COMMON: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任\
    姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦申\
    尤毕聂焦柳邢岳齐梅莫庄辛祝涂谷祁舒耿牟卜詹苗凌费纪靳盛童欧甄项曲游裴席屈鲍覃霍翁隋甘景薄柏宁柯阮桂闵柴冉肖闫付佟佘卞娄\
    缪储芮嵇臧郁仇栾";

/// Signs that are names seldom and other words nearly always.
const HARDLY: &str = "和于从向都时关别那能应经全后通由相终咸且满越公原单连商曾计支占代展成家当买才";

/// How many signs of a family name begin at this place of a text.
pub(super) fn length_at(signs: &[char]) -> Option<usize> {
    let compound = COMPOUND.iter().find(|name| name.chars().enumerate().all(|(at, sign)| signs.get(at) == Some(&sign)));
    match compound {
        Some(name) => Some(name.chars().count()),
        None => signs.first().filter(|sign| SINGLE.contains(**sign)).map(|_| 1),
    }
}

pub(super) fn is_common(sign: char) -> bool {
    COMMON.contains(sign)
}

pub(super) fn is_hardly_one(sign: char) -> bool {
    HARDLY.contains(sign)
}
