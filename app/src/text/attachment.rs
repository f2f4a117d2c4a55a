//! What people are told: one sentence, with what to do.

use crate::domain::attachment::{Concern, Kind, Place, Refusal};

const MIB: usize = 1 << 20;

/// The name of a kind of file.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "PDF 文件",
        Kind::Docx => "Word 文档（.docx）",
        Kind::Xlsx => "Excel 工作簿（.xlsx）",
        Kind::Png => "PNG 图片",
        Kind::Jpeg => "JPEG 图片",
    }
}

/// Why a file is not taken, and what to do.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Empty => "文件是空的，请重新选择文件。".to_owned(),
        Refusal::TooLarge { limit } => {
            format!("文件超过 {} MB，请压缩图片或拆分后再上传。", (limit / MIB).max(1))
        }
        Refusal::UnknownKind => "只接受 PDF、DOCX、XLSX、PNG 和 JPEG 文件，请另存为其中一种后再上传。".to_owned(),
        Refusal::Legacy => {
            "这是旧版 Office 文件（.doc 或 .xls），请用 Office 或 WPS 另存为 .docx 或 .xlsx 后再上传。".to_owned()
        }
        Refusal::ExtensionMismatch { name_says, is } if name_says.is_empty() => {
            format!("文件名没有扩展名，而内容是{}，请把扩展名改为 .{} 后再上传。", kind(*is), is.extension())
        }
        Refusal::ExtensionMismatch { name_says, is } => {
            format!("文件名是 .{name_says}，内容却是{}，请把扩展名改为 .{} 后再上传。", kind(*is), is.extension())
        }
        Refusal::Html => "这是网页文件，不能作为附件，请打印为 PDF 后再上传。".to_owned(),
        Refusal::Svg => "这是或含有 SVG 矢量图，可能带有脚本，请换成 PNG 图片后再上传。".to_owned(),
        Refusal::Macros => "文件含有宏，请另存为不含宏的 .docx 或 .xlsx 后再上传。".to_owned(),
        Refusal::Encrypted => "文件设有密码或权限限制，请取消密码和限制后再上传。".to_owned(),
        Refusal::Polyglot => "文件里夹带了另一种文件，请从原始文档重新导出后再上传。".to_owned(),
        Refusal::ActiveContent(what) => {
            format!("文件含有会自动运行的内容（{}），请删除后另存，或打印为 PDF 后再上传。", active(what))
        }
        Refusal::ExternalReference => {
            "文件引用了外部文件、数据或服务器，请断开链接、改为嵌入图片或粘贴为数值后再上传。".to_owned()
        }
        Refusal::UnsupportedMedia { name } => {
            format!("文档内嵌的“{name}”无法检查，请换成 PNG 或 JPEG 图片后再上传。")
        }
        Refusal::Damaged => "文件已损坏或不完整，请重新导出后再上传。".to_owned(),
        Refusal::TooManyPixels { width, height, limit } => {
            format!("图片为 {width}×{height} 像素，超过 {} 万像素的上限，请缩小后再上传。", limit / 10_000)
        }
        Refusal::ZipBomb => "文件展开后过大，请拆分，或删除多余的内容后再上传。".to_owned(),
    }
}

fn active(what: &str) -> &str {
    match what {
        "JavaScript" => "脚本",
        "Launch" => "启动程序的动作",
        "SubmitForm" => "提交或导入表单的动作",
        "RichMedia" | "media" => "音视频或三维媒体",
        "EmbeddedFile" => "内嵌的附件",
        "XFA" => "XFA 动态表单",
        "AA" | "OpenAction" => "打开时自动执行的动作",
        "URI" => "不安全的链接",
        "OLE" => "嵌入的对象",
        "ActiveX" => "ActiveX 控件",
        "DDE" => "DDE 动态数据交换",
        "add-in" => "加载项",
        "altChunk" => "嵌入的其他格式文档",
        "field" => "可执行的域",
        "CALL" | "EXEC" | "REGISTER" => "调用程序的公式",
        "DTD" => "外部实体定义",
        other => other,
    }
}

/// What must be put right before publication.
pub fn concern(concern: &Concern) -> String {
    match concern {
        Concern::HiddenSheet { name } => format!("工作表“{name}”是隐藏的，请删除，或取消隐藏后核对。"),
        Concern::HiddenRowsOrColumns { sheet } => {
            format!("工作表“{sheet}”有隐藏或被筛选掉的行、列，请删除，或取消隐藏后核对。")
        }
        Concern::Comment { place } => format!("{}有批注，请删除批注。", self::place(place)),
        Concern::WhiteText { place, sample } => {
            format!("{}有与底色相同、看不见的文字{}，请删除或改为可见的颜色。", self::place(place), quoted(sample))
        }
        Concern::HiddenText { place: Place::Leftover, sample } => {
            format!("文件里存有不显示的旧数据{}，请把需要的内容粘贴为数值、另存为新文件后再上传。", quoted(sample))
        }
        Concern::HiddenText { place, sample } => {
            format!("{}有隐藏或小到看不见的文字{}，请删除或改为正常显示。", self::place(place), quoted(sample))
        }
        Concern::TrackedChange { place } => {
            format!("{}有修订记录，请接受或拒绝全部修订后再上传。", self::place(place))
        }
        Concern::InvisibleText { page } => {
            format!(
                "第 {page} 页有看不见的文字（未绘制、被遮盖、在页面之外或图层已关闭），请从原始文档删除后重新导出。"
            )
        }
        Concern::RecognisedText { page } => {
            format!("第 {page} 页是扫描图，上面附有看不见的识别文字，请对照图像核对，确认其中没有不应公开的内容。")
        }
        Concern::Signature => {
            "附件含电子签名，处理元数据后签名将失效，请确认可以公布不带有效签名的文件，或改为公布扫描件。".to_owned()
        }
        Concern::Annotation { page } => format!("第 {page} 页有注释、标记或图章，请删除，或合并到页面后重新导出。"),
        Concern::UnreadableText { page } => {
            format!("第 {page} 页的文字无法由程序读取（可能是扫描件），请人工逐字核对，或换成可以选中文字的文件。")
        }
    }
}

fn quoted(sample: &str) -> String {
    if sample.is_empty() { String::new() } else { format!("“{sample}”") }
}

fn place(place: &Place) -> String {
    match place {
        Place::Body => "正文".to_owned(),
        Place::Header => "页眉".to_owned(),
        Place::Footer => "页脚".to_owned(),
        Place::Notes => "脚注或尾注".to_owned(),
        Place::Comments => "文档".to_owned(),
        Place::Cell { sheet, cell } => format!("工作表“{sheet}”的单元格 {cell} "),
        Place::Leftover => "文件".to_owned(),
        Place::Page(page) => format!("第 {page} 页"),
    }
}
