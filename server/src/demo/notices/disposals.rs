//! What was done about failed samples (核查处置).

use app::domain::{publication::Kind, sample::SampleDraft};
use chrono::{Days, NaiveDate};

use super::{DemoNotice, aged, content, decision, item, plain, punished, spread};

/// Why a disposal was corrected.
const FINISHED: &str = "核查处置已经完成，补充处罚结果和完成日期";

/// Punished, let off, and still being looked into.
pub fn all(failed: &[&SampleDraft], today: NaiveDate) -> Vec<DemoNotice> {
    let of_punished = punished(failed, today);
    let mut all: Vec<DemoNotice> =
        of_punished.iter().enumerate().map(|(place, sample)| settled(place, sample, today)).collect();
    let others: Vec<&SampleDraft> = aged(failed, today, 900, 130)
        .into_iter()
        .filter(|sample| of_punished.iter().all(|other| other.number != sample.number))
        .collect();
    all.extend(spread(&others, 2).into_iter().map(|sample| let_off(sample, today)));
    all.extend(spread(&aged(failed, today, 75, 4), 2).into_iter().map(|sample| {
        let on = (sample.published_on.unwrap_or(today) + Days::new(20)).min(today);
        let title = title(sample);
        plain(content(Kind::Disposal, on, &fields(sample, &[("title", &title), ("outcome", "in_progress")])))
    }));
    all
}

fn title(sample: &SampleDraft) -> String {
    format!("{}销售的{}核查处置情况", sample.seller.name.as_deref().unwrap_or_default(), sample.product)
}

fn fields<'a>(sample: &'a SampleDraft, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("operator", sample.seller.name.as_deref().unwrap_or_default()),
        ("samples", sample.number.as_deref().unwrap_or_default()),
        ("control", "该批次食品已全部停止销售，库存已封存；经营单位发布召回通知，已联系到的购买者均已退货。"),
    ];
    fields.extend_from_slice(more);
    fields
}

/// First that it began, then, as a correction, how it ended.
fn settled(place: usize, sample: &SampleDraft, today: NaiveDate) -> DemoNotice {
    let (number, decided_on) = decision(place, sample, today);
    let title = title(sample);
    let begun_on = sample.published_on.unwrap_or(today) + Days::new(15);
    let (bought, sold) = (20 + place * 6, 14 + place * 4);
    let control = format!(
        "购进{bought}袋，销售{sold}袋，库存封存{}袋，召回{}袋。\n该批次食品已全部停止销售。",
        bought - sold,
        sold / 4
    );
    let cause =
        format!("经查，{}。主要原因是生产环节投料控制不严，经营单位没有查验该批次的出厂检验报告。", item(sample));
    let done = decided_on.to_string();
    let begun = fields(sample, &[("title", &title), ("control", &control), ("outcome", "in_progress")]);
    let ended = fields(
        sample,
        &[
            ("title", &title),
            ("control", &control),
            ("cause", &cause),
            (
                "rectification",
                "经营单位已完善进货查验记录制度，逐批索取合格证明，并组织从业人员培训。属地监管所现场复查，整改到位。",
            ),
            ("outcome", "punished"),
            ("penalty_number", &number),
            ("completed_on", &done),
        ],
    );
    let begun = content(Kind::Disposal, begun_on, &begun);
    let ended = content(Kind::Disposal, begun_on, &ended);
    // the older ones were put in when everything was known
    if place < 3 { plain(ended) } else { DemoNotice { content: begun, corrected: Some((ended, FINISHED)), file: None } }
}

fn let_off(sample: &SampleDraft, today: NaiveDate) -> DemoNotice {
    let done_on = (sample.published_on.unwrap_or(today) + Days::new(80)).min(today);
    let done = done_on.to_string();
    let title = title(sample);
    let more = [
        ("title", title.as_str()),
        (
            "cause",
            "经营单位能够提供供货者的许可证、该批次的出厂检验合格证明和进货凭证，履行了进货查验义务，有充分证据证明其不知道所采购的食品不符合食品安全标准，并能如实说明进货来源。",
        ),
        ("rectification", "经营单位已下架全部同批次食品，更换供货者。生产环节线索已移送生产者所在地的市场监管部门。"),
        ("outcome", "not_punished"),
        ("completed_on", &done),
        ("body", "依照《中华人民共和国食品安全法》第一百三十六条，免予处罚，依法没收不符合食品安全标准的食品。"),
    ];
    plain(content(Kind::Disposal, done_on, &fields(sample, &more)))
}
