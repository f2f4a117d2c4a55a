//! The XLSX that a bureau would publish: a sheet of failed and one of passed samples, a title line, the declaration,
//! several failed items of a sample on rows of their own.

use app::domain::sample::{SampleDraft, Verdict};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

const DECLARATION: &str = "（声明：以下信息仅指本次抽检标称的生产企业相关产品的生产日期/批号和所检项目）";
const HEADINGS: [&str; 18] = [
    "序号",
    "抽样编号",
    "标称生产企业名称",
    "标称生产企业地址",
    "被抽样单位名称",
    "被抽样单位地址",
    "网抽平台名称",
    "网店商铺名称",
    "食品名称",
    "规格型号",
    "商标",
    "生产（加工/购进/检疫/消毒）日期/批号",
    "分类",
    "抽样日期",
    "公告日期",
    "任务来源/项目名称",
    "检验机构",
    "备注",
];
const ITEMS: &str = "不合格项目║检验结果║标准值";

/// The file's bytes.
pub fn write(title: &str, samples: &[SampleDraft]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for (name, verdict) in [("不合格产品信息", Verdict::Failed), ("合格产品信息", Verdict::Passed)] {
        let own: Vec<&SampleDraft> = samples.iter().filter(|sample| sample.verdict == Some(verdict)).collect();
        if !own.is_empty() {
            sheet(book.add_worksheet().set_name(name)?, title, &own, verdict == Verdict::Failed)?;
        }
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, title: &str, samples: &[&SampleDraft], failed: bool) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let last = u16::try_from(HEADINGS.len()).unwrap_or(18);
    sheet.merge_range(0, 0, 0, last, title, &bold)?;
    sheet.merge_range(1, 0, 1, last, DECLARATION, &Format::new())?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_with_format(2, column, heading, &bold)?;
    }
    if failed {
        sheet.write_with_format(2, last, ITEMS, &bold)?;
    }
    let mut row = 3;
    for (number, sample) in (1_u32..).zip(samples) {
        sheet.write(row, 0, number)?;
        for (column, text) in (1..).zip(columns(sample)) {
            sheet.write(row, column, text.as_deref().unwrap_or("/"))?;
        }
        for (place, found) in sample.failed_items.iter().enumerate() {
            if place > 0 {
                row += 1;
            }
            let (result, limit) = (found.result.as_deref().unwrap_or("/"), found.limit.as_deref().unwrap_or("/"));
            sheet.write(row, last, format!("{}║{result}║{limit}", found.item))?;
        }
        row += 1;
    }
    Ok(())
}

fn columns(sample: &SampleDraft) -> [Option<String>; 17] {
    [
        sample.number.clone(),
        sample.producer.name.clone(),
        sample.producer.address.clone(),
        sample.seller.name.clone(),
        sample.seller.address.clone(),
        sample.platform.clone(),
        sample.shop.clone(),
        Some(sample.product.clone()),
        sample.spec.clone(),
        sample.brand.clone(),
        sample.date.as_ref().map(|date| date.text.clone()),
        sample.category.clone(),
        sample.sampled_on.map(|day| day.to_string()),
        sample.published_on.map(|day| day.to_string()),
        sample.task.clone(),
        sample.laboratory.clone(),
        sample.remark.clone(),
    ]
}
