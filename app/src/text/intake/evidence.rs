//! What shows it, by kind of problem.

use crate::domain::case::Problem;

/// Above the list.
pub const EVIDENCE_LEAD: &str = "有什么就准备什么，没有的不用勉强。";
/// Beside it.
pub const EVIDENCE_KEEP: &str = "原件、实物、包装请一直留着，到办结为止。";
/// Sick notes are sensitive.
pub const EVIDENCE_HEALTH: &str = "就诊记录属于敏感个人信息，要求赔偿或者反映食物中毒时才需要。";
/// Where files can't be sent with the form.
pub const EVIDENCE_LATER: &str = "提交后凭编号和查询码，可以随时补充材料。";

/// Button, without script.
pub const ADD_FILES: &str = "上传选好的文件";
/// On the check page.
pub const FILES: &str = "文件";

/// How many files are ready.
pub fn files_ready(count: usize) -> String {
    format!("{count} 个文件")
}

const PAID: &str = "小票、订单截图、付款记录（证明确实买过）";
const PACKAGE: &str = "食品和包装的照片，拍清名称、批号、生产日期、保质期";
const TALK: &str = "和商家沟通的聊天记录、录音";
const DOOR: &str = "门头照片、具体位置";
const REST: &str = "剩下的食品，密封冷藏留着";

/// What to look for.
pub fn evidence(problem: Option<Problem>) -> Vec<&'static str> {
    match problem {
        Some(Problem::Illness) => vec![PAID, REST, "就诊记录、化验单", "同餐的人、吃了什么、几点开始不舒服", DOOR],
        Some(Problem::ForeignBody) => {
            vec!["异物和食品在一起的照片，最好有比例（如硬币）", PAID, PACKAGE, "异物本身，不要扔", TALK]
        }
        Some(Problem::Spoiled) => vec!["变质部分的照片或者视频", PAID, PACKAGE, REST],
        Some(Problem::Expired) => vec!["拍清生产日期和保质期的照片", PAID, "货架上还在卖的照片、拍摄日期"],
        Some(Problem::Hygiene) => vec!["看到的照片或者视频，写明时间", DOOR],
        Some(Problem::Unlicensed) => vec![DOOR, "店内、菜单、平台页面上没有证照的照片", "什么时间在营业"],
        Some(Problem::Additive) => vec![PACKAGE, PAID, "为什么这样判断：检测报告、看到的添加过程"],
        Some(Problem::Label) => vec!["标签各面的照片，文字拍清", PAID, "宣传页面截图"],
        Some(Problem::Counterfeit) => vec![PACKAGE, PAID, "与真品不同在哪里", "厂家的说明（有的话）"],
        Some(Problem::Supplement) => vec!["宣传单、直播、会场、聊天中的宣传内容", PACKAGE, PAID],
        Some(Problem::Delivery) => vec!["店铺页面截图：地址、证照、堂食标识", "订单截图", "食品照片", TALK],
        Some(Problem::School) => {
            vec!["食物照片，写明日期、餐次", "学校、食堂、供餐单位名称", "孩子的病历只在需要时提供"]
        }
        Some(Problem::Meat) => vec!["肉和检疫标志、票据的照片", DOOR, PAID],
        Some(Problem::Measure) => vec!["称重、价签的照片或者视频", PAID],
        Some(Problem::Prepaid) => vec!["卡、充值和余额记录", "合同、办卡须知", TALK, "停业的照片、通知"],
        Some(Problem::Waste) => vec!["照片或者视频", "点餐单、最低消费提示"],
        _ => vec![PAID, PACKAGE, TALK, DOOR],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_own_prompts() {
        for problem in Problem::ALL {
            assert!(evidence(Some(*problem)).len() >= 2, "{problem:?}");
        }
    }
}
