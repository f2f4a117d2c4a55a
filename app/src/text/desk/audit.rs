//! The audit trail.

use serde_json::Value;

use super::role;
use crate::domain::{
    audit::{Deed, Outcome},
    staff::Role,
};

/// What it is.
pub const AUDIT_LEAD: &str = "谁、何时、从哪里、做了什么、结果如何。记录只增不改，逐条相连，改动可以查出。";
/// Filter.
pub const WHO: &str = "人员";
/// Filter.
pub const DEED: &str = "行为";
/// Filter.
pub const OUTCOME: &str = "结果";
/// Filter.
pub const OBJECT: &str = "对象编号";
/// Column.
pub const OBJECT_SHORT: &str = "对象";
/// Filter.
pub const FROM: &str = "起始日期";
/// Filter.
pub const TO: &str = "截止日期";
/// Column.
pub const WHEN: &str = "时间";
/// Column.
pub const PLACE: &str = "序号";
/// Column.
pub const DETAIL: &str = "详情";
/// Any.
pub const ANY: &str = "全部";
/// Button.
pub const FILTER: &str = "筛选";
/// Without filters.
pub const NO_FILTER: &str = "清除筛选";
/// Export.
pub const EXPORT: &str = "导出";
/// Export.
pub const EXPORT_CSV: &str = "导出表格（CSV）";
/// Export.
pub const EXPORT_JSON: &str = "导出原始记录（JSON）";
/// What happens then.
pub const EXPORT_NOTE: &str = "按上面的筛选条件导出，导出本身也记入审计记录。";
/// None.
pub const NO_ENTRIES: &str = "没有符合条件的记录。";
/// A filter that can't be used.
pub const BAD_FILTER: &str = "筛选条件无法识别，已显示全部记录。";
/// Heads of the exported table.
pub const COLUMNS: [&str; 10] =
    ["序号", "时间", "账号", "网络地址", "行为", "行为代码", "对象类型", "对象", "结果", "详情"];

/// An act.
pub fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::SignIn => "登录（账号和密码）",
        Deed::SecondFactor => "登录（动态验证码）",
        Deed::SignOut => "退出",
        Deed::SessionEnd => "退出其他设备",
        Deed::Access => "访问无权限的功能",
        Deed::SetUp => "用链接设置密码",
        Deed::PasswordChange => "更换密码",
        Deed::SecondFactorEnrol => "启用动态验证码",
        Deed::SecondFactorRemove => "停用动态验证码",
        Deed::RecoveryCodes => "生成恢复码",
        Deed::AccountAdd => "新建账号",
        Deed::AccountReset => "重置账号",
        Deed::AccountRoles => "修改角色",
        Deed::AccountLock => "锁定账号",
        Deed::AccountUnlock => "解锁账号",
        Deed::PublicationBegin => "新建信息",
        Deed::PublicationSave => "保存信息草稿",
        Deed::PublicationAttach => "上传附件",
        Deed::PublicationTable => "读取样品表",
        Deed::PublicationSubmit => "提交审核",
        Deed::PublicationTakeBack => "撤回修改",
        Deed::PublicationReturn => "退回",
        Deed::PublicationApprove => "审核通过",
        Deed::PublicationSchedule => "设定发布时间",
        Deed::PublicationOpen => "发起更正、撤回或移除",
        Deed::PublicationDiscard => "放弃草稿",
        Deed::PublicationPerform => "公开行为（公布、更正、撤回、移除）",
        Deed::PublicationExpire => "期满自动移除",
        Deed::ObjectionReceive => "收到更正请求或者回应",
        Deed::ObjectionSupplement => "当事单位补充",
        Deed::ObjectionWithdraw => "当事单位撤回",
        Deed::ObjectionAsk => "要求当事单位补充",
        Deed::ObjectionPropose => "建议公开回应",
        Deed::ObjectionAccept => "采纳更正请求",
        Deed::ObjectionRefuse => "不采纳更正请求或者回应",
        Deed::ObjectionConfirm => "确认公开回应",
        Deed::ObjectionReturn => "退回公开建议",
        Deed::ObjectionTakeDown => "撤下已公开的回应",
        Deed::ObjectionReveal => "查看当事单位联系方式",
        Deed::CaseReceive => "收到投诉举报",
        Deed::CaseAct => "办理投诉举报",
        Deed::CaseReveal => "查看投诉举报人信息",
        Deed::CaseNational => "登记全国平台编号",
        Deed::CalendarLoad => "载入放假安排",
        Deed::CasePublic => "公示投诉信息",
        Deed::PollAct => "办理你点我检、调查",
        Deed::PollLink => "关联投票结果和公开信息",
        Deed::CameraSave => "登记或修改画面",
        Deed::CameraShow => "公开画面",
        Deed::CameraHide => "停止公开画面",
        Deed::CameraDelete => "删除画面",
        Deed::CameraTry => "试看画面",
        Deed::OperatorEdit => "更正经营者信息",
        Deed::OperatorMerge => "合并经营者",
        Deed::OperatorUndo => "撤销合并",
        Deed::OperatorDoubt => "判断是否同一经营者",
        Deed::AuditExport => "导出审计记录",
        Deed::AuditPrune => "清理到期的审计记录",
    }
}

/// A code of an act; the code itself where this program doesn't know it.
pub fn deed_of(code: &str) -> String {
    Deed::from_code(code).map_or_else(|| code.to_owned(), |known| deed(known).to_owned())
}

/// A result.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok => "成功",
        Outcome::Refused => "拒绝",
        Outcome::Failed => "失败",
    }
}

/// A code of a result.
pub fn outcome_of(code: &str) -> String {
    Outcome::from_code(code).map_or_else(|| code.to_owned(), |known| outcome(known).to_owned())
}

/// A kind of object; its code where there are no words for it.
pub fn object_kind(kind: &str) -> String {
    match kind {
        "account" => "账号".to_owned(),
        "session" => "登录".to_owned(),
        "route" => "页面".to_owned(),
        "audit" => "审计记录".to_owned(),
        "objection" => "异议与回应".to_owned(),
        "poll" => "你点我检、调查".to_owned(),
        "camera" => "画面".to_owned(),
        other => other.to_owned(),
    }
}

/// Who it was: the account, somebody who was not signed in, or the command line on the server.
pub fn who(staff: Option<String>, has_address: bool) -> String {
    let nobody = if has_address { "未登录" } else { "服务器命令行" };
    staff.unwrap_or_else(|| nobody.to_owned())
}

/// What else is known of an act.
pub fn detail(detail: &Value) -> String {
    let Value::Object(parts) = detail else { return String::new() };
    let parts = parts.iter().filter(|(_, value)| !value.is_null());
    let parts: Vec<String> =
        parts.map(|(key, value)| format!("{}：{}", detail_key(key), detail_value(value))).collect();
    parts.join("；")
}

fn detail_key(key: &str) -> &str {
    match key {
        "roles" => "角色",
        "before" => "原角色",
        "after" => "新角色",
        "by" => "方式",
        "open" => "账号当时可登录",
        "password" => "密码正确",
        "sessions_ended" => "退出设备数",
        "needs" => "所需权限",
        "format" => "格式",
        "staff" => "人员",
        "deed" => "行为",
        "outcome" => "结果",
        "object" => "对象",
        "from" => "起始日期",
        "to" => "截止",
        "entries" => "条数",
        "hash" => "哈希",
        other => other,
    }
}

fn detail_value(value: &Value) -> String {
    match value {
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Array(all) => all.iter().map(detail_value).collect::<Vec<_>>().join("、"),
        Value::String(text) => match text.as_str() {
            "code" => "动态验证码".to_owned(),
            "recovery_code" => "恢复码".to_owned(),
            "SeeDesk" => "查看未公开的信息".to_owned(),
            "Write" => "撰写".to_owned(),
            "Review" => "审核".to_owned(),
            "HandleCases" => "办理案件".to_owned(),
            "ReadAudit" => "查看审计记录".to_owned(),
            "ManageAccounts" => "管理账号".to_owned(),
            code => Role::from_code(code).map_or_else(|| code.to_owned(), |known| role(known).to_owned()),
        },
        other => other.to_string(),
    }
}
