//! Evidence files: limits and refusals as people read them.

use crate::domain::evidence::{Class, Limits, Refusal};

/// The field for files.
pub const FIELD: &str = "选择照片、PDF 或者视频";
/// What is taken out.
pub const CLEANED: &str = "上传后会去掉照片和视频里的拍摄位置、时间和设备信息，文件加密保存，只有经办人员能看。";
/// Button: break off, or take away.
pub const REMOVE: &str = "移除";
/// Button: try again.
pub const AGAIN: &str = "重试";
/// While bytes go.
pub const SENDING: &str = "正在上传";
/// While the server looks at it.
pub const CHECKING: &str = "正在检查";
/// Done.
pub const READY: &str = "已上传";
/// The network is gone; it goes on by itself.
pub const WAITING: &str = "网络断开，恢复后会自动接着传";
/// Started before, not finished.
pub const UNFINISHED: &str = "没有传完，请重新选择这个文件，会接着传";
/// It failed for another reason.
pub const FAILED: &str = "没有传上去，请重试";
/// Taken away.
pub const REMOVED: &str = "已移除";

/// The page is too old, or not from here.
pub const STALE: &str = "页面已过期，请刷新后再上传。";
/// The file is not there any more.
pub const GONE: &str = "这个文件已不在，请重新选择。";
/// The same file is being sent twice.
pub const LOCKED: &str = "这个文件正在上传，请稍候。";
/// No space for drafts.
pub const FULL: &str = "现在上传的人太多，请半小时后再传；也可以先提交，之后再补充材料。";
/// Something broke.
pub const BROKEN: &str = "服务器没有保存成功，请稍后重试。";

/// All that the uploader says, in the order of its places.
pub fn uploader() -> crate::islands::UploaderWords {
    let all = [FIELD, REMOVE, AGAIN, SENDING, CHECKING, READY, WAITING, UNFINISHED, FAILED, REMOVED];
    crate::islands::UploaderWords(all.into_iter().map(str::to_owned).collect())
}

const MB: u64 = 1 << 20;

/// What is taken and how much, for beside the field.
pub fn limits(limits: &Limits) -> String {
    format!(
        "最多 {} 个文件，合计不超过 {} MB。照片（JPEG、PNG、WebP）每张不超过 {} MB，PDF 每份不超过 {} MB，视频（MP4、MOV）每段不超过 {} MB。",
        limits.files,
        limits.total / MB,
        limits.image / MB,
        limits.pdf / MB,
        limits.video / MB,
    )
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Image => "照片每张",
        Class::Pdf => "PDF 每份",
        Class::Video => "视频每段",
    }
}

/// Why a file is not taken, and what to do.
pub fn refusal(refusal: Refusal, limits: &Limits) -> String {
    match refusal {
        Refusal::Empty => "文件是空的，请重新选择。".to_owned(),
        Refusal::TooLarge(Class::Video) => {
            format!("视频每段不超过 {} MB，请截短，或者在手机相册里压缩后再传。", limits.video / MB)
        }
        Refusal::TooLarge(of) => format!("{}不超过 {} MB，请压缩后再传。", class(of), limits.of(of) / MB),
        Refusal::Larger => format!("文件不能超过 {} MB。", limits.largest() / MB),
        Refusal::TooMany => format!("最多 {} 个文件，请先移除不需要的。", limits.files),
        Refusal::Total => format!("文件合计不超过 {} MB，请先移除不需要的。", limits.total / MB),
        Refusal::UnknownKind => "只能上传照片（JPEG、PNG、WebP）、PDF 和视频（MP4、MOV）。".to_owned(),
        Refusal::Heic => {
            "这是 HEIC 照片，请转成 JPEG：iPhone 在“设置－相机－格式”里选“兼容性最佳”后重拍，或者截屏后上传截图。"
                .to_owned()
        }
        Refusal::Markup => "网页和 SVG 图不能上传，请截图，或者打印成 PDF 后再传。".to_owned(),
        Refusal::Office => "Word、Excel 文件和压缩包不能上传，请导出成 PDF 后再传。".to_owned(),
        Refusal::Encrypted => "文件有密码，请去掉密码，或者截图上传。".to_owned(),
        Refusal::Unsafe => "文件里夹带了别的内容，不能接收，请重新导出成 PDF，或者截图上传。".to_owned(),
        Refusal::Damaged => "文件打不开或者不完整，请重新选择，或者截图上传。".to_owned(),
        Refusal::Bomb => "图片或者 PDF 展开后太大，请缩小后再传。".to_owned(),
        Refusal::Film => "视频的格式不能处理，请用手机相册另存，或者用微信发给自己后保存再传。".to_owned(),
    }
}

/// Too much from one network address.
pub fn wait(megabytes: u64, drafts: u32) -> String {
    format!(
        "这个网络地址一小时内上传得太多（上限 {megabytes} MB、{drafts} 份材料），请一小时后再传；也可以先提交，之后再补充材料。"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_said_in_numbers() {
        let some = Limits { image: 15 * MB, pdf: 16 * MB, video: 50 * MB, files: 12, total: 100 * MB };
        let said = limits(&some);
        for number in ["12 个", "100 MB", "每张不超过 15 MB", "每份不超过 16 MB", "每段不超过 50 MB"] {
            assert!(said.contains(number), "{said}");
        }
        assert!(refusal(Refusal::TooLarge(Class::Pdf), &some).contains("PDF 每份不超过 16 MB"));
        assert!(Refusal::ALL.iter().all(|one| refusal(*one, &some).ends_with('。')));
    }
}
