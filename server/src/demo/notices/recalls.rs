//! Recalls: of what failed, and of a label that says too little.

use app::domain::{publication::Kind, sample::SampleDraft};
use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{DemoNotice, aged, content, item, spread};

const RETURNS: &str = "1. 请停止食用，保留剩余产品和包装。\n2. 持购物小票或者付款记录到购买的商店退货，没有凭证的凭产品包装也可以登记退货。\n3. 网上购买的，通过订单申请退货，运费由生产者承担。\n4. 按购买价款全额退款；因食用受到损害的，请保留病历和票据，与生产者协商赔偿，也可以拨打12315投诉。";

/// Three over the years.
pub fn all(failed: &[&SampleDraft], today: NaiveDate) -> Vec<DemoNotice> {
    let old = spread(&aged(failed, today, 900, 500), 1);
    let new = spread(&aged(failed, today, 499, 40), 2);
    let levels = ["first", "second", "voluntary"];
    old.into_iter()
        .chain(new)
        .zip(levels)
        .enumerate()
        .map(|(place, (sample, level))| recall(place, sample, level, today))
        .collect()
}

fn recall(place: usize, sample: &SampleDraft, level: &str, today: NaiveDate) -> DemoNotice {
    let on = sample.published_on.unwrap_or(today) + Days::new(5);
    let made = sample.date.as_ref().and_then(|date| date.day).unwrap_or(on - Days::new(60));
    let producer = sample.producer.name.as_deref().unwrap_or_default();
    let stem = made.format("%Y%m%d").to_string();
    let lots = match place {
        0 => format!("{stem}A\n{stem}B"),
        1 => format!("{stem}*"),
        _ => String::new(),
    };
    let until = if place == 2 { (made + Days::new(9)).to_string() } else { made.to_string() };
    let reason = if level == "voluntary" {
        "产品标签上的贮存条件印刷不清，可能影响消费者按要求存放。产品经检验符合食品安全标准。".to_owned()
    } else {
        format!("监督抽检发现，{}。为避免同批次产品继续流通，生产者主动召回。", item(sample))
    };
    let (from, starts, ends) = (made.to_string(), on.to_string(), (on + Days::new(28)).to_string());
    let phone = format!("0990-55501{place:02}");
    let title = format!("{producer}召回{}", sample.product);
    let fields = [
        ("title", title.as_str()),
        ("product", &sample.product),
        ("producer", producer),
        ("producer_address", sample.producer.address.as_deref().unwrap_or_default()),
        ("representative", "（演示人员）"),
        ("phone", &phone),
        ("email", "recall@example.com"),
        ("brand", sample.brand.as_deref().unwrap_or_default()),
        ("spec", sample.spec.as_deref().unwrap_or_default()),
        ("lots", &lots),
        ("made_from", &from),
        ("made_to", &until),
        ("reason", &reason),
        ("level", level),
        ("starts_on", &starts),
        ("ends_on", &ends),
        ("region", "云川市各区县的超市、便利店和批发市场，以及网络销售渠道。"),
        ("returns", RETURNS),
        ("samples", if level == "voluntary" { "" } else { sample.number.as_deref().unwrap_or_default() }),
        ("body", "生产者已通知全部经销单位停止销售并下架。属地市场监管部门监督召回的实施和召回产品的处理。"),
    ];
    let file = if place == 0 {
        details(&fields).ok().map(|bytes| ("召回产品明细表.xlsx".to_owned(), bytes))
    } else {
        None
    };
    DemoNotice { content: content(Kind::Recall, on, &fields), corrected: None, file }
}

/// A table of the recalled product as a file.
fn details(fields: &[(&str, &str)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("召回产品明细")?;
    let shown = ["product", "brand", "spec", "lots", "made_from", "producer", "phone", "reason", "ends_on"];
    for (row, name) in (0..).zip(shown) {
        let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        sheet.write(row, 0, app::text::label(Kind::Recall, name))?;
        sheet.write(row, 1, value.replace('\n', "、"))?;
    }
    book.save_to_buffer()
}
