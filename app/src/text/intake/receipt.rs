//! The receipt.

use crate::domain::case::Kind;

/// Heading.
pub const RECEIVED: &str = "已收到，请保存这张回执";
/// Label.
pub const NUMBER: &str = "编号";
/// Label.
pub const CODE: &str = "查询码";
/// Below the code.
pub const CODE_ONCE: &str =
    "凭编号和查询码查进度、补材料。查询码只在这里显示，我们也无法找回。请打印、截图或者抄下来，不要给别人。";
/// Later.
pub const CODE_GONE: &str =
    "查询码只在提交后一小时内显示，现在不再显示。没有保存的，请带身份证明到受理窗口，或者拨打 12315。";
/// To whom it may be read.
pub const CODE_ALOUD: &str = "电话里念：五个一组。字母没有 I、L、O、U，所以“0”是零，“1”是一。";
/// Label of the picture.
pub const PICTURE: &str = "二维码：查进度的网址和编号";
/// Beside the picture.
pub const PICTURE_NOTE: &str = "扫码打开查进度的页面。二维码里没有查询码。";
/// Heading.
pub const AFTERWARDS: &str = "接下来";
/// Button.
pub const KEPT_BUTTON: &str = "我已保存好";
/// Beside it.
pub const KEPT_NOTE: &str =
    "点了以后，这台设备上不再显示这张回执。没点之前，回执在这个浏览器里保留 48 小时，查询码保留一小时。";
/// After it.
pub const DONE: (&str, &str) = ("办好了", "随时可以凭编号和查询码查进度、补充材料、回答办案人员的问题。");
/// Way on.
pub const TO_STATUS: &str = "查进度";
/// Way on.
pub const NEW_ONE: &str = "再提交一件";
/// How to print.
pub const PRINT: &str = "打印：用浏览器菜单里的“打印”，会排成一页。";
/// Both.
pub const TWO: &str = "您的材料分成了两件，分别办理，共用一个查询码。";
/// Also.
pub const ALSO_12315: &str = "全国12315平台和 12315 热线是全国统一的渠道。您的事项会按规定录入该平台；在那里重复提交同一件事，会合并或者不再重复办理。";
/// Agent.
pub const AGENT_NOTE: &str = "代别人提出的：请尽快把授权委托书原件和受托人身份证明交到或者寄到本单位。";
/// Issued for.
pub const RECEIVED_BY: &str = "受理单位：";
/// When.
pub const RECEIVED_AT: &str = "收到时间：";

/// What happens next.
pub fn next_steps(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Complaint => [
            "办案人员可能打电话核实身份和情况；缺材料会请您补正。",
            "受理后 60 日内组织调解，调解要双方自愿；鉴定、检测的时间不算在内。",
            "不予受理的，会写明理由，并告诉您还可以走的五条途径。",
        ],
        Kind::Report => [
            "核查后决定立案或者不立案，经批准可以再延长 15 个工作日。",
            "办理情况和您的身份对被举报人保密。举报不能撤回。",
            "不归市场监管部门管的，移交有权处理的部门并告诉您；该由外地处理的，告诉您向哪里提出。",
        ],
    }
}
