//! Words of the way to a complaint or report: citizens' pages and the officer's entry.

mod evidence;
mod receipt;

use crate::domain::{
    case::{Kind, Wanted},
    intake::{Concern, Progress, Step},
};

pub use evidence::*;
pub use receipt::*;

/// In the head and on the home page.
pub const TITLE: &str = "投诉举报";
/// Likewise.
pub const STATUS: &str = "查进度";
/// On the page of an operator.
pub const ABOUT_OPERATOR: &str = "投诉或者举报这家单位";
/// On the page of a sample.
pub const ABOUT_SAMPLE: &str = "我也买到过：投诉或者举报";
/// On the home page.
pub const HOME_LEAD: &str = "食品有问题、和商家谈不拢、发现违法线索，可以在这里提交，大约三分钟。";

/// Button.
pub const NEXT: &str = "继续";
/// Button.
pub const BACK: &str = "上一步";
/// Button, where a step was opened from the last one.
pub const TO_CHECK: &str = "改好了，回到核对";
/// Below each form.
pub const KEPT: &str = "填写的内容加密保存在本站，关掉页面也不会丢，48 小时不动自动删除。";
/// Below each form.
pub const DISCARD: &str = "不填了，删除草稿";
/// The keeper.
pub const SAVED: &str = "已自动保存";
/// The keeper.
pub const UNSAVED: &str = "没有自动保存上，点“继续”时会再保存";
/// Below each form.
pub const ALSO: &str = "全国12315平台（www.12315.cn）和 12315 热线是法定渠道，也可以直接在那里提出。";

/// Heading of a step.
pub fn heading(step: Step, wanted: Option<Wanted>) -> &'static str {
    let is_report_only = wanted.is_some_and(|wanted| !wanted.complaint);
    match step {
        Step::What => "您遇到了什么事",
        Step::Ill => "先照顾好人",
        Step::Channels => "这件事应该找谁",
        Step::Both => "两样都要之前，请先看一下",
        Step::Party if is_report_only => "举报谁",
        Step::Party => "投诉谁",
        Step::Precheck => "有没有下面的情况",
        Step::Answer => "提交之前，您可以先知道",
        Step::Problem => "是哪一类问题",
        Step::Story => "发生了什么",
        Step::Request => "您希望怎样解决",
        Step::Evidence => "有什么能证明",
        Step::Who if is_report_only => "留不留联系方式",
        Step::Who => "您是谁",
        Step::Check => "核对一遍，然后提交",
    }
}

/// `第 3 步，共 9 步`
pub fn progress(progress: Progress) -> String {
    format!("第 {} 步，共 {} 步", progress.number, progress.of)
}

/// Field of the first step.
pub const WANT: &str = "请选一项";
/// Choices of the first step: value, words, what it means.
pub const WANTS: [(&str, &str, &str); 5] = [
    ("ill", "有人吃了东西，现在不舒服", "先看急救和举报电话、要留下什么，再填表。"),
    (
        "complaint",
        "投诉：我买的东西、吃的饭有问题，想退款或者赔偿",
        "由市场监管部门组织双方调解。要写姓名、电话、通讯地址；调解必需的信息商家会知道。",
    ),
    ("report", "举报：我发现有人可能违法", "没有买过也可以，可以匿名。您的身份和办理情况对被举报人保密。"),
    ("both", "两样都要", "分成两件分别办理，期限各算各的。"),
    ("other", "其他事", "咨询、建议、信息公开、复议、检举公职人员等，告诉您该找谁。"),
];
/// A draft is there.
pub const UNFINISHED: &str = "您有一份没写完的";
/// Way to it.
pub const GO_ON: &str = "接着写";
/// What it is about, taken from a page.
pub const FROM_PAGE: &str = "关于：";
/// Telephones, always in sight on the first page.
pub const PHONES: &str = "想直接打电话：投诉举报 12315，政务服务 12345，急救 120。";

/// When somebody is ill.
pub const ILL_PHONES: [(&str, &str); 2] = [
    ("120", "急救。呕吐腹泻不止、发烧、意识不清、多人同时不适，马上拨打。"),
    ("12315", "报告疑似食物中毒，让执法人员尽快到场。"),
];
/// Heading.
pub const ILL_KEEP: &str = "现在就留下这些";
/// What is gone tomorrow.
pub const ILL_KEEP_LIST: [&str; 4] = [
    "没吃完的食物：用干净袋子装好，放冰箱冷藏，不要扔。",
    "呕吐物、排泄物样本：听医生的安排留取。",
    "就诊记录、化验单，小票、订单、付款记录。",
    "一起吃的有谁、吃了什么、几点吃的、几点开始不舒服，记下来。",
];
/// Heading.
pub const ILL_FORM: &str = "人安顿好了，再填表";
/// Buttons: what then.
pub const ILL_NEXT: [(&str, &str); 3] =
    [("report", "举报这家店（可以匿名）"), ("complaint", "投诉，要求退款赔偿"), ("both", "两样都要")];

/// Before both.
pub const BOTH_TEXT: [&str; 3] = [
    "投诉要调解，商家会知道是谁投诉、要什么。举报则对被举报人保密。",
    "同一件事又投诉又举报，调解必需的信息会给商家，商家很可能猜到举报的也是您（办法第三十七条）。",
    "两件各有编号，期限各算各的：投诉可以撤回，举报不能撤回。",
];
/// Buttons.
pub const BOTH_NEXT: [(&str, &str); 3] = [("both", "知道了，两样都要"), ("report", "只举报"), ("complaint", "只投诉")];

/// Why it is not for this form.
pub const CHANNELS_LEAD: &str = "下面这些事不按投诉举报办理（办法第四十四条），请找对应的部门，才不会耽误。";
/// What, who.
pub const CHANNELS: [(&str, &str); 9] = [
    ("咨询政策、办事、提建议", "拨打 12315 或者 12345。"),
    ("申请政府信息公开", "向掌握信息的机关提交书面申请；本单位的联系方式在页面底部。"),
    ("不服处罚、不予受理等决定", "向行政复议机关申请行政复议，或者向人民法院起诉。"),
    ("检举公职人员违纪违法", "纪检监察机关，12388。"),
    ("打架、盗窃、人身伤害、诈骗", "公安机关，110。"),
    ("种植养殖、饲料、兽药", "农业农村部门，或者拨打 12345。"),
    ("卷烟、电子烟", "烟草专卖部门，12313。"),
    ("物业、供暖、停车收费", "住房城乡建设部门，或者拨打 12345。"),
    ("食品、餐饮、食堂、网购食品的问题", "就在这里提交。"),
];

/// Field.
pub const SEARCH: &str = "店名或者企业名称";
/// How.
pub const SEARCH_HINT: &str = "先找一找有没有登记在本站的，选中后名称和地址会自动填好。只记得几个字也行。";
/// Button.
pub const SEARCH_NOW: &str = "查找";
/// Heading of what was found.
pub const FOUND: &str = "找到这些，点一下就选中";
/// Nothing.
pub const NOT_FOUND: &str = "没有找到。没关系，在下面按您知道的写就行。";
/// The search is down.
pub const SEARCH_DOWN: &str = "现在查不了，请在下面按您知道的写。";
/// Chosen.
pub const CHOSEN: &str = "已选中";
/// Button.
pub const UNPICK: &str = "不是这家，换一个";
/// Heading.
pub const DESCRIBE: &str = "查不到，就按您知道的写";
/// Field.
pub const PARTY: &str = "招牌上的店名";
/// How.
pub const PARTY_HINT: &str = "营业执照、小票、包装上的名称更好。";
/// Field.
pub const PARTY_ADDRESS: &str = "在哪里";
/// How.
pub const PARTY_ADDRESS_HINT: &str = "大概位置也行，例如“南门路农贸市场东门第三家”。";
/// Details.
pub const ONLINE: &str = "是网店、外卖";
/// Field.
pub const PLATFORM: &str = "平台名称";
/// Field.
pub const SHOP: &str = "店铺名称";
/// How.
pub const ONLINE_HINT: &str = "写了平台和店铺，可以不写店名和地址。";

/// Above the questions.
pub const PRECHECK_LEAD: &str = "有就勾上，都没有直接继续。这里只是提前告诉您可能的结果，勾了也可以提交。";
/// Field.
pub const CONCERN: &str = "您的情况";

/// A question of the pre-check.
pub fn concern(concern: Concern, wanted: Option<Wanted>) -> &'static str {
    let is_report_only = wanted.is_some_and(|wanted| !wanted.complaint);
    match concern {
        Concern::NotFood => "和食品、餐饮、食堂、网上卖的吃的都没有关系？",
        Concern::Elsewhere if is_report_only => "事情发生在外地？",
        Concern::Elsewhere => "商家实际经营的地方和注册地都不在本地？网店看平台上公示的地址。",
        Concern::Handled => "同一件事，法院、仲裁机构、市场监管或其他行政机关、消费者协会已经受理或者处理过？",
        Concern::NotConsumer => "不是为自己或家人生活买的，例如进货、转卖、经营用？",
        Concern::TooLate => "知道权益受损，已经超过三年？",
        Concern::NoProof if is_report_only => "说不出具体的线索，也没有任何依据？",
        Concern::NoProof => "没有小票、订单、付款记录、照片这类能证明的东西，或者不愿写姓名、电话、通讯地址？",
        Concern::NotOwnName => "是用别人的名义，又没有授权委托书？",
    }
}

/// The likely answer.
pub fn likely(concern: Concern, wanted: Option<Wanted>) -> &'static str {
    let is_report_only = wanted.is_some_and(|wanted| !wanted.complaint);
    match concern {
        Concern::NotFood => "很可能不归本单位管。其他商品和服务请到全国12315平台提出，别的部门的事请拨 12345。",
        Concern::Elsewhere if is_report_only => {
            "很可能会告知您向当地的市场监管部门举报：举报不在各地之间转送（办法第三十四条）。全国12315平台可以直接选当地。"
        }
        Concern::Elsewhere => {
            "很可能不予受理。请在全国12315平台选商家所在的区县提出；网店可以选平台所在地（办法第十三条）。"
        }
        Concern::Handled => "很可能不予受理。对那次结果不满意，可以申请仲裁或者向法院起诉。",
        Concern::NotConsumer => "作为投诉很可能不予受理，因为投诉只为生活消费。发现违法线索，可以改为举报。",
        Concern::TooLate => "作为投诉很可能不予受理，法律另有规定的除外。违法线索仍然可以举报。",
        Concern::NoProof if is_report_only => {
            "没有具体线索和依据，很可能无法核查。时间、地点、看到了什么，写得越具体越好。"
        }
        Concern::NoProof => {
            "先提交也可以：材料不够会先请您补正，补不上才不予受理。支付记录、聊天记录都算；三项联系信息必须真实。"
        }
        Concern::NotOwnName => "很可能不予受理。请本人提出，或者带上授权委托书原件。",
    }
}

/// The seventh ground, which nobody can be asked about.
pub const OTHER_GROUND: &str = "此外，法律、法规、规章规定的其他不予受理情形，由办案人员判断。";
/// Before the likely answers.
pub const LIKELY: &str = "按您勾的情况";
/// Nothing stands against it.
pub const LIKELY_FINE: &str = "按您的回答，没有看到不予受理的情形。是否受理以办案人员的决定为准。";
/// Nobody is blocked.
pub const NOT_BLOCKED: &str = "这只是提示，不是决定。您可以继续提交。";
/// Heading.
pub const SIMILAR: &str = "本站已经公开的、可能有关的信息";
/// Below.
pub const SIMILAR_NOTE: &str =
    "同一家、同一批次已经公布处置结果的，可以先看结果；您的情况不一样，照常提交。同名的可能不是同一家，请核对地址。";
/// Nothing public.
pub const SIMILAR_NONE: &str = "本站没有这家单位的公开信息。没有公开信息不等于没有问题。";

/// Field.
pub const PROBLEM: &str = "最接近的一类";
/// Field.
pub const STORY: &str = "经过";
/// How.
pub const STORY_HINT: &str = "什么时候、在哪里、买了什么或看到什么、结果怎样、有什么能证明。可以粘贴，最多 4000 字。";
/// Field.
pub const CLUE: &str = "给执法部门的线索";
/// How.
pub const CLUE_HINT: &str = "只放进举报那一件。不填，就用上面的经过。最多 4000 字。";
/// Field.
pub const DAY: &str = "哪一天";
/// Heading.
pub const BOUGHT: &str = "买的是什么";
/// Field.
pub const PRODUCT: &str = "商品或者服务";
/// Field.
pub const LOT: &str = "生产日期或者批号";
/// Field.
pub const AMOUNT: &str = "付了多少钱";
/// Field.
pub const ORDER: &str = "订单号";
/// Field.
pub const REQUEST: &str = "请求";
/// How.
pub const REQUEST_HINT: &str = "写具体，例如“退款 6 元，赔偿检查费 180 元”。最多 1000 字。";

/// Field.
pub const ANONYMOUS: &str = "怎么举报";
/// Choices: value, words, what it means.
pub const ANONYMOUS_CHOICES: [(&str, &str, &str); 2] = [
    ("no", "留下联系方式", "能收到办理结果、回答执法人员的问题，属于重大违法行为的可以申领奖励。对被举报人保密。"),
    (
        "yes",
        "匿名",
        "不填姓名电话。用查询码一样能看进度、补材料；但执法人员不能主动联系您，也难以认定奖励，除非以后能确认身份。",
    ),
];
/// Field.
pub const NAME: &str = "真实姓名";
/// Field.
pub const PHONE: &str = "电话";
/// Field.
pub const ADDRESS: &str = "通讯地址";
/// How.
pub const ADDRESS_HINT: &str = "规定要求投诉必须写，用来寄送文书。";
/// Field.
pub const MAIL: &str = "电子邮箱";
/// Field.
pub const NEWS: &str = "办理结果要告诉您吗";
/// Choices.
pub const NEWS_CHOICES: [(&str, &str); 2] = [("yes", "要"), ("no", "不用")];
/// Field.
pub const AGENT: &str = "谁来提出";
/// Choices: value, words, what it means.
pub const AGENT_CHOICES: [(&str, &str, &str); 2] = [
    ("no", "本人", ""),
    (
        "yes",
        "代别人提出",
        "上面写委托人，下面写您自己。还要把授权委托书原件（写明委托事项、权限、期限，委托人签名）和您的身份证明交到或者寄到本单位，只上传照片不够。",
    ),
];
/// Field.
pub const AGENT_NAME: &str = "受托人姓名";
/// Field.
pub const AGENT_PHONE: &str = "受托人电话";
/// Field.
pub const AGENT_ADDRESS: &str = "受托人通讯地址";
/// Details.
pub const JOINT: &str = "几个人一起投诉";
/// Field.
pub const JOINT_NAMES: &str = "其他人的姓名";
/// How.
pub const JOINT_HINT: &str =
    "同一家、同一件事，经各人同意可以一起提。可以书面推选两名代表人；变更、放弃请求或者和解，要经被代表的人同意。";

/// Heading of the notice (PIPL art. 17).
pub const PRIVACY: &str = "个人信息怎样使用";
/// The notice, a paragraph a line; the first after the bureau's name.
pub const PRIVACY_TEXT: [&str; 5] = [
    "为办理您的投诉举报处理姓名、电话、通讯地址、电子邮箱和您写的内容，依据是履行法定职责（个人信息保护法第十三条第一款第三项），不需要另行同意。",
    "加密保存在境内，只有承办人员能看到全文，每次查看都有记录，您查进度时看得到。涉及健康状况、未满十四周岁的人的内容按敏感个人信息保护，不需要的请不要写。",
    "投诉中调解必需的信息会告诉被投诉人；举报人的身份和办理情况对被举报人保密。需要其他机关处理的，依法移送并告诉您。",
    "办结满三年后删除姓名、联系方式和内容，案卷按档案规定保存。没有提交的草稿 48 小时后删除。",
    "您可以凭编号和查询码查看、补充；查阅、复制、更正、删除的其他请求，请按页面底部的方式联系我们。",
];
/// Where the bureau is not named.
pub const BUREAU: &str = "本网站的主办单位";

/// Above the summary.
pub const CHECK_LEAD: &str = "您对内容的真实性负责。捏造事实、调包、夹带骗取赔偿的，依法处理。";
/// Link beside each part.
pub const CHANGE: &str = "修改";
/// Left empty.
pub const EMPTY: &str = "（没有填）";
/// Anonymous.
pub const IS_ANONYMOUS: &str = "匿名举报";
/// Button.
pub const SEND: &str = "提交";
/// Both, in the summary.
pub const BOTH: &str = "投诉并举报";
/// What the button makes.
pub fn will_make(wanted: Wanted) -> &'static str {
    match (wanted.complaint, wanted.report) {
        (true, true) => "提交后分成一件投诉、一件举报，各有编号，共用一个查询码。",
        (true, false) => "提交后生成一件投诉。",
        _ => "提交后生成一件举报。举报不能撤回。",
    }
}
/// Something on an earlier page is missing: title of the summary's paragraph.
pub const INCOMPLETE: &str = "还差几处，点下面的文字去补，其他内容都在。";

/// Too many without a proof of work.
pub const WAIT_NO_PROOF: &str = "没有提交：这个网络半小时内有好几份没有经过浏览器校验的提交。您填的都在。请打开浏览器的 JavaScript 后再提交，或者半小时后再试，也可以拨打 12315。";
/// Too many with the same words without a proof of work.
pub const WAIT_SAME_WORDS: &str = "没有提交：24 小时内已收到 3 件以上文字相同的材料。您填的都在。请用自己的话写您遇到的情况，或者打开浏览器的 JavaScript 后再提交，也可以拨打 12315。";
/// Busy.
pub const BUSY: &str = "没有提交：现在提交的人太多。您填的都在，请一分钟后再提交。";
/// No draft.
pub const NO_DRAFT: (&str, &str) = (
    "没有找到草稿",
    "可能已经超过 48 小时，或者已经删除；也可能是浏览器不允许本站保存 Cookie，请允许后重新开始。也可以直接拨打 12315。",
);
/// Too many drafts.
pub const WAIT_DRAFT: (&str, &str) = ("请稍后再试", "这个网络半小时内新开的草稿太多。请稍后再试，或者拨打 12315。");
/// The form came from elsewhere.
pub const FOREIGN: (&str, &str) =
    ("没有提交", "这次提交不是来自本网站的页面，没有收下。请回到本网站，重新打开页面再提交。");
/// After it was taken away.
pub const DISCARDED: (&str, &str) = ("草稿已删除", "本站没有留下您填写的内容。");

/// Who may be told of it.
pub fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "投诉",
        Kind::Report => "举报",
    }
}

/// The officer's entry.
pub const COUNTER: &str = "代为登记";
/// Above it.
pub const COUNTER_LEAD: &str =
    "来访、来电、来函或者其他平台转来的，在这里登记，和网上提交走同样的流程，打印同样的回执。";
/// Field.
pub const SOURCE: &str = "来源";
/// Field.
pub const NATIONAL: &str = "全国12315平台编号";
/// How.
pub const NATIONAL_HINT: &str = "平台上已有的写上，统计时不重复计算。";
/// Field.
pub const KIND: &str = "性质";
/// Choices.
pub const KINDS: [(&str, &str); 3] = [("complaint", "投诉"), ("report", "举报"), ("both", "投诉并举报（分成两件）")];
/// Field.
pub const OPERATOR_ID: &str = "本站单位页面地址";
/// How.
pub const OPERATOR_ID_HINT: &str = "知道的，粘贴单位页面的地址，例如 /operators/…。";
/// The address names no operator.
pub const NO_OPERATOR: &str = "没有这个单位，请核对地址，或者留空。";
/// The number is too long.
pub const NATIONAL_LONG: &str = "编号太长，请核对。";
/// Not chosen.
pub const SOURCE_MISSING: &str = "请选择来源。";
/// Way on.
pub const TO_CASES: &str = "到投诉举报列表";
/// Button.
pub const REGISTER: &str = "登记并打印回执";
