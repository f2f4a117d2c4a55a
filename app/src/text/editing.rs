//! Words of writing publications at the desk: fields' hints, faults, stages, steps, the check before publication.

use chrono::{DateTime, NaiveDate, Utc};

use super::{act as name_of_act, day, moment};
use crate::domain::{
    act::Act,
    clock::{Due, Step},
    publication::{
        Kind, Standing,
        field::Fault,
        life::{Refusal, Stage},
    },
};

/// Publications, in navigation and as heading.
pub const PUBLICATIONS: &str = "信息发布";
/// Above the choice of a kind.
pub const NEW: &str = "写一条新的";
/// An empty list.
pub const NONE: &str = "这里没有信息。";
/// Search in titles.
pub const TITLE_PART: &str = "标题包含";
/// Filters.
pub const FILTER: &str = "筛选";
/// Everything.
pub const ALL: &str = "全部";
/// Without a title yet.
pub const UNTITLED: &str = "（还没有标题）";
/// Keep a draft.
pub const SAVE: &str = "保存草稿";
/// Keep and submit.
pub const SUBMIT: &str = "保存并提交审核";
/// Take back.
pub const TAKE_BACK: &str = "撤回修改";
/// Approve.
pub const APPROVE: &str = "审核通过";
/// Give back.
pub const RETURN: &str = "退回";
/// Its reason.
pub const RETURN_REASON: &str = "退回原因";
/// Perform now.
pub const PERFORM: &str = "立即";
/// At a time.
pub const SCHEDULE: &str = "定时";
/// Its time.
pub const SCHEDULE_AT: &str = "时间（北京时间）";
/// Drop.
pub const DISCARD: &str = "放弃这份草稿";
/// Begin a correction and others.
pub const REASON: &str = "原因";
/// Hint of it.
pub const REASON_HINT: &str = "会和记录一起公开，请不要写个人信息。";
/// Hide earlier revisions.
pub const HIDES: &str = "旧版含有不应公开的内容，发布后不再显示旧版";
/// Preview.
pub const PREVIEW: &str = "预览正文";
/// What is public now.
pub const PUBLIC_NOW: &str = "现在公开的内容";
/// Open the public page.
pub const OPEN_PUBLIC: &str = "打开公开页面";
/// Check.
pub const CHECK: &str = "发布前检查";
/// Check found nothing.
pub const CHECK_CLEAN: &str = "没有发现问题。";
/// Confirm a mark.
pub const CONFIRM: &str = "我已逐字看过，可以公开";
/// What can't be confirmed.
pub const CANNOT_CONFIRM: &str = "必须删去才能提交";
/// Where a mark stands.
pub const PLACE: &str = "位置";
/// Attachments.
pub const ATTACHMENTS: &str = "附件";
/// Hint of attachments.
pub const ATTACHMENTS_HINT: &str =
    "PDF、DOCX、XLSX、PNG、JPEG，每个不超过 20 MB。图片里的拍摄信息会去掉；带宏、脚本或内嵌文件的不收。";
/// Add files.
pub const ATTACH: &str = "上传附件";
/// Keep a file.
pub const KEEP_FILE: &str = "保留";
/// Table of a bulletin.
pub const TABLE: &str = "样品表";
/// Hint.
pub const TABLE_HINT: &str = "XLSX、XLS 或 CSV，小于 50 MB。标题、期号、日期会从表里读出，可以再改。";
/// Upload.
pub const READ_TABLE: &str = "上传并读取";
/// The file of a table.
pub const TABLE_FILE: &str = "样品表文件";
/// Files to be attached.
pub const ATTACH_FILES: &str = "选择文件";
/// Look at it.
pub const VIEW_TABLE: &str = "查看识别结果、改列的含义";
/// Columns.
pub const COLUMNS: &str = "每一列的含义";
/// Use the mapping.
pub const MAP: &str = "按这样重新读取";
/// No meaning.
pub const NO_MEANING: &str = "不采用";
/// Problems.
pub const PROBLEMS: &str = "表中的问题";
/// None.
pub const NO_PROBLEMS: &str = "没有发现问题。";
/// First rows.
pub const FIRST_ROWS: &str = "前几个样品";
/// History.
pub const HISTORY: &str = "公开记录";
/// Editors.
pub const EDITORS: &str = "参与编写：";
/// Approver.
pub const APPROVED_BY: &str = "审核人：";
/// Conflict.
pub const CONFLICT: &str = "您打开之后，同事保存了另一版";
/// What to do.
pub const CONFLICT_TEXT: &str = "下面列出两版不同的地方，您填写的内容都还在表单里。核对后再次保存，会以表单里的内容为准；要用同事的版本，请重新打开本页。";
/// Their version.
pub const THEIRS: &str = "同事的版本";
/// One's own.
pub const YOURS: &str = "您填写的";
/// Reload.
pub const RELOAD: &str = "放弃我的修改，重新打开";
/// Autosaved.
pub const AUTOSAVED: &str = "已自动保存";
/// Not autosaved.
pub const NOT_SAVED: &str = "没有自动保存，请按“保存草稿”";
/// Body hint.
pub const BODY_HINT: &str = "可以用 Markdown：空行分段，“## ”开头是小标题，“- ”开头是列表。";
/// Body hint of a bulletin.
pub const BULLETIN_BODY_HINT: &str = "公告正文，空行分段。批次数和合格率会与样品表核对。";
/// Publication day.
pub const DAY_HINT: &str = "留空表示实际发布的那一天。";

/// No file was chosen.
pub const NO_FILE: &str = "请先选择文件。";

/// A table that could not be read for a reason that is the program's.
pub const READ_FAILED: &str = "表格没有读成，请再上传一次；还不行请告诉管理员。";
/// A table is being read.
pub const READING: &str = "正在读取表格";
/// What happens meanwhile.
pub const READING_NOTE: &str = "可以先去做别的，读取不会中断。";
/// Looks again, where there is no script.
pub const LOOK_AGAIN: &str = "查看最新进度";
/// Back to the form.
pub const UPLOAD_AGAIN: &str = "重新选择文件";

/// How far the reading is.
#[must_use]
pub fn reading(rows: u64) -> String {
    if rows == 0 {
        "文件已收到，正在打开……".into()
    } else {
        format!("已读 {} 行", super::number(rows))
    }
}

/// A file that is not taken.
#[must_use]
pub fn file_refused(name: &str, sentence: &str) -> String {
    format!("{name}：{sentence}")
}

/// A hint of a field; empty where its label says enough.
#[must_use]
pub fn hint(kind: Kind, name: &str) -> &'static str {
    match (kind, name) {
        (_, "document_number" | "penalty_number") => "例如 云市监处罚〔2026〕12号，年份用六角括号〔〕。",
        (_, "samples") => "已公布样品的抽样编号，每行一个。",
        (_, "lots") => "每行一个批号；以 * 结尾表示所有以此开头的批号。",
        (_, "party_code" | "producer_code") => "18 位。",
        (_, "procedure") => "简易程序（当场处罚）的决定不公示。",
        (Kind::Penalty, "party") => "决定书所载的当事人。个体工商户写字号。",
        (_, "facts") => "不写当事人以外的人名、住址、电话、身份证号和账号。",
        (_, "removal_class") => "决定公示多久，期满自动移除。",
        (_, "restriction_until") => "有限制开展经营、从业等处罚时填写。",
        (_, "returns") => "消费者怎样退货、怎样得到赔偿。",
        (_, "made_from" | "made_to") => "没有批号时，按生产日期说明召回范围。",
        (_, "official_link") => "省级或国家召回公告的网址。",
        _ => "",
    }
}

/// What is wrong with a field.
#[must_use]
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::Empty => "请填写。".into(),
        Fault::TooLong(most) => format!("太长了，请不要超过 {most} 个字。"),
        Fault::NotADay => "看不出是哪一天，请写成 2026-01-31 这样。".into(),
        Fault::NotAChoice => "请选择一项。".into(),
        Fault::DocumentNumber => "文号要有年份和序号，例如 云市监处罚〔2026〕12号。".into(),
        Fault::Uscc => "统一社会信用代码是 18 位数字和大写字母（没有 I、O、S、V、Z），请核对。".into(),
        Fault::NotALink => "请填写 https:// 开头的完整网址。".into(),
        Fault::DayOrder => "日期不对：不能晚于今天，结束也不能早于开始，请核对。".into(),
        Fault::RiskWarning => {
            "“食品安全风险警示”只能由国家或者省级发布（食品安全法第118条），请改用“消费提示”或“消费警示”。".into()
        }
        Fault::SummaryProcedure => "简易程序的处罚决定不公示（总局令第45号第二条），不能提交。".into(),
        Fault::OnlyWarned => "仅给予警告的处罚不公示（总局令第45号第二条），不能提交。".into(),
        Fault::UnknownSample => "有抽样编号不在已公布的样品里，请核对或者删去。".into(),
        Fault::NoLots => "请至少填写批号或者生产日期范围，消费者才能核对。".into(),
        Fault::NoRestriction => "这一类公示期限与限制期限不相符：请填写限制截止日期，或者改选其他类别。".into(),
        Fault::NoSuchRule => "请选择一条公示期限规则。".into(),
        Fault::NoTable => "还没有表格，或者表里有读不出的行，请上传或改正后重新读取。".into(),
        Fault::NoSuchRegister => super::registers::CHOOSE.into(),
        Fault::RegisterHasOne => super::registers::HAS_ONE.into(),
    }
}

/// Why a step is refused.
#[must_use]
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您的角色不能这样做。",
        Refusal::NotNow => "现在的状态不能这样做，可能同事刚刚处理过，请看页面上的最新状态。",
        Refusal::OwnWork => "您参与了编写，要由另一位同事审核。",
        Refusal::NoReason => "请写明原因。",
        Refusal::PastTime => "时间已经过去，请选一个将来的时间。",
    }
}

/// How far work is.
#[must_use]
pub fn stage(stage: Stage) -> String {
    match stage {
        Stage::Draft => "草稿".into(),
        Stage::Submitted => "待审核".into(),
        Stage::Approved => "已审核，待发布".into(),
        Stage::Scheduled(at) => format!("定于{}发布", moment(at)),
    }
}

/// A stage by its code, as a tab.
#[must_use]
pub fn stage_tab(code: &str) -> &'static str {
    match code {
        "draft" => "草稿",
        "submitted" => "待审核",
        "approved" => "待发布",
        "scheduled" => "定时",
        _ => ALL,
    }
}

/// How a publication stands.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Never => "未发布",
        Standing::Public => "公开",
        Standing::Withdrawn => "已撤回",
        Standing::Removed => "已移除",
    }
}

/// The act that work leads to.
#[must_use]
pub fn work(act: Act) -> &'static str {
    match act {
        Act::Publish => "发布",
        Act::Correct => "更正",
        Act::Withdraw => "撤回",
        Act::Remove => "移除",
    }
}

/// A button that begins one.
#[must_use]
pub fn open(act: Act) -> &'static str {
    match act {
        Act::Publish => "重新发布",
        Act::Correct => "更正",
        Act::Withdraw => "申请撤回",
        Act::Remove => "申请移除",
    }
}

/// A button that performs one.
#[must_use]
pub fn perform(act: Act) -> String {
    format!("{PERFORM}{}", name_of_act(act))
}

/// The deadline for publishing a penalty.
#[must_use]
pub fn publish_by(due: &Due) -> String {
    let on = day(due.on);
    let about = if due.estimated { "预计" } else { "" };
    match due.step {
        Step::PenaltyForward => {
            format!("应在{about}{on}前推送给当事人住所地省级部门（决定之日起 10 个工作日，总局令第45号第十条）")
        }
        Step::PenaltyAssist => format!("应在{about}{on}前公示（收到推送之日起 10 个工作日，总局令第45号第十条）"),
        _ => format!("应在{about}{on}前公示（决定之日起 20 个工作日，总局令第45号）"),
    }
}

/// Asks for the working of a date.
pub const WHY_THIS_DAY: &str = "为什么是这一天";
/// Early end of a public penalty.
pub const REPAIR: &str = "信用修复，提前终止公示";
/// The day of the decision on credit repair.
pub const REPAIRED_ON: &str = "准予信用修复决定日期";
/// Its number.
pub const REPAIR_NUMBER: &str = "准予信用修复决定书文号";
/// No number.
pub const NO_REPAIR_NUMBER: &str = "请填写准予信用修复决定书的文号。";
/// No day, or one that is to come.
pub const NO_REPAIR_DAY: &str = "请填写作出准予信用修复决定的日期，不能晚于今天。";
/// The rule of this record knows no credit repair.
pub const NO_REPAIR: &str = "这一类公示不适用信用修复，不能提前终止。";

/// From when credit repair is possible.
#[must_use]
pub fn earliest_repair(on: NaiveDate) -> String {
    format!("{}起可以凭准予信用修复决定提前终止公示，须另一位同事审核", day(on))
}

/// Decided before the shortest time of publication was over.
#[must_use]
pub fn repair_early(earliest: NaiveDate) -> String {
    format!("最短公示期未满：{}起才可以申请信用修复，请核对决定日期。", day(earliest))
}

/// The reason of an early end, as everybody reads it.
#[must_use]
pub fn repair_reason(number: &str, on: NaiveDate) -> String {
    format!("准予信用修复（{}，{}），提前终止公示", number.trim(), day(on))
}

/// When it is removed.
#[must_use]
pub fn remove_on(on: NaiveDate) -> String {
    format!("按规则于{}移除", day(on))
}

/// It was given back.
#[must_use]
pub fn returned(reason: &str) -> String {
    format!("已退回：{reason}")
}

/// A code whose check digit doesn't fit.
#[must_use]
pub fn odd_code(code: &str) -> String {
    format!("统一社会信用代码 {code} 的校验位不符，可能写错了，请核对；确认无误可以照常提交。")
}

/// Attachments at most.
#[must_use]
pub fn too_many_attachments(most: usize) -> String {
    format!("一条信息最多 {most} 个附件，请合并文件。")
}

/// Something stands in the way of submitting.
#[must_use]
pub fn blocked(count: usize) -> String {
    format!("还有 {count} 处要处理，见“发布前检查”。")
}

/// Samples of a table.
#[must_use]
pub fn table(name: &str, samples: u64, failed: u64, errors: u64) -> String {
    let errors = if errors > 0 { format!("，{errors} 行读不出") } else { String::new() };
    let samples = super::number(samples);
    format!("{name}：{samples} 个样品，其中不合格 {failed} 个{errors}")
}

/// Header row of a sheet.
#[must_use]
pub fn sheet(name: &str, row: u32, samples: usize, failed: usize) -> String {
    let samples = super::number(samples as u64);
    format!("工作表“{name}”：表头在第 {row} 行，{samples} 个样品，不合格 {failed} 个")
}

/// Where a problem is.
#[must_use]
pub fn problem_place(sheet: &str, row: Option<u32>, column: Option<&str>) -> String {
    let row = row.map(|row| format!("第 {row} 行")).unwrap_or_default();
    format!("{sheet} {row} {}", column.unwrap_or_default()).trim().to_owned()
}

/// What a column can be.
#[must_use]
pub fn column_field(code: &str) -> &'static str {
    match code {
        "sample_number" => "抽样编号",
        "food_name" => "食品名称",
        "brand" => "商标",
        "specifications_model" => "规格型号",
        "product_classification" => "分类",
        "manufacturer_name" => "标称生产企业名称",
        "manufacturer_address" => "标称生产企业地址",
        "manufacturer_province" => "标称生产企业所在省份",
        "sampled_location_name" => "被抽样单位名称",
        "sampled_location_address" => "被抽样单位地址",
        "sampled_location_province" => "被抽样单位所在省份",
        "platform" => "网抽平台名称",
        "shop" => "网店商铺名称",
        "production_date" => "生产（购进等）日期",
        "lot_number" => "批号",
        "shelf_life" => "保质期",
        "sampled_date" => "抽样日期",
        "adulterant" => "不合格项目",
        "test_outcome" => "检验结果",
        "legal_limit" => "标准值",
        "failing_results" => "不合格项目║检验结果║标准值",
        "unit" => "计量单位",
        "inspection_results" => "判定",
        "testing_agency" => "检验机构",
        "task_source_or_project_name" => "任务来源／项目名称",
        "stage" => "抽样环节",
        "notice_number" => "公告号",
        "announcement_date" => "公告日期",
        "data_source_general" => "发布单位",
        "remark" => "备注",
        _ => NO_MEANING,
    }
}

/// When it was written last.
#[must_use]
pub fn updated(at: DateTime<Utc>) -> String {
    format!("{}更新", moment(at))
}
