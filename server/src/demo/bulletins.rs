//! Bulletins: a monthly one, and those before festivals, of tableware, of rapid tests, of evaluation sampling.

use app::domain::sample::{Group, SampleDraft, Verdict};
use chrono::{Datelike, Duration, NaiveDate};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    CITY, DemoBulletin,
    samples::{Lot, PRODUCERS_EACH, SELLERS, sample},
    workbook,
};

/// Months of demonstration content.
const MONTHS: u32 = 36;
/// Samples of one bulletin of [`stream`].
const STREAMED: u64 = 2_000;

struct Plan {
    subject: &'static str,
    group: Group,
    categories: Option<&'static [&'static str]>,
    samples: u64,
    failing: f64,
}

fn plans(month: u32, number: u32) -> Vec<Plan> {
    let food = |subject, categories, samples| Plan { subject, group: Group::Food, categories, samples, failing: 0.03 };
    let mut plans = vec![food("食品安全监督抽检", None, 90)];
    match month {
        1 => plans.push(food(
            "元旦春节节令食品专项抽检",
            Some(&["糕点", "酒类", "糖果制品", "炒货食品及坚果制品", "肉制品"]),
            60,
        )),
        5 => plans.push(food("端午粽子及节令食品专项抽检", Some(&["速冻食品", "蛋制品", "糕点"]), 40)),
        8 => plans.push(food("中秋月饼专项抽检", Some(&["糕点"]), 50)),
        9 => plans.push(food("校园食品安全专项抽检", Some(&["餐饮食品", "食用农产品", "乳制品", "糕点"]), 70)),
        3 | 11 => plans.push(Plan {
            subject: "餐饮具专项监督抽检",
            group: Group::Tableware,
            categories: None,
            samples: 40,
            failing: 0.18,
        }),
        6 => plans.push(Plan {
            subject: "农贸市场食用农产品快检",
            group: Group::RapidTest,
            categories: Some(&["食用农产品"]),
            samples: 80,
            failing: 0.012,
        }),
        12 => plans.push(Plan {
            subject: "食品安全评价性抽检",
            group: Group::Evaluation,
            categories: None,
            samples: 120,
            failing: 0.015,
        }),
        _ if number.is_multiple_of(4) => plans.push(food("网络销售食品专项抽检", None, 40)),
        _ => {}
    }
    plans
}

/// The demonstration's bulletins, the oldest first, the newest some days before `today`.
#[must_use]
pub fn bulletins(seed: u64, today: NaiveDate) -> Vec<DemoBulletin> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut bulletins = Vec::new();
    let (mut issue, mut year, mut number_from) = (0, 0, 1);
    for back in (0..MONTHS).rev() {
        let month_day = today - Duration::days(i64::from(back) * 30 + 6);
        // the special one stands some days before the monthly one
        for (place, plan) in plans(month_day.month(), back).into_iter().enumerate().rev() {
            let published_on = month_day - Duration::days(if place == 0 { 0 } else { 3 });
            if published_on.year() != year {
                (year, issue) = (published_on.year(), 0);
            }
            issue += 1;
            let lot = Lot {
                group: plan.group,
                published_on,
                number_from,
                categories: plan.categories,
                failing: plan.failing,
                producers_each: PRODUCERS_EACH,
                sellers: SELLERS,
                seed,
            };
            let samples: Vec<SampleDraft> = (0..plan.samples).map(|place| sample(&lot, place, &mut random)).collect();
            number_from += plan.samples;
            bulletins.push(whole(plan.subject, published_on, issue, plan.group, samples));
        }
    }
    bulletins
}

fn whole(subject: &str, published_on: NaiveDate, issue: u32, group: Group, samples: Vec<SampleDraft>) -> DemoBulletin {
    let issue_no = format!("{}年第{issue}期", published_on.year());
    let title = format!("{}关于{subject}信息的公告（{issue_no}）", CITY.bureau);
    let original = workbook::write(&title, &samples).unwrap_or_default();
    DemoBulletin {
        intro: intro(subject, published_on, group, &samples),
        original_name: format!("{subject}结果（{issue_no}）.xlsx"),
        source: CITY.bureau.to_owned(),
        issue_no,
        title,
        published_on,
        samples,
        original,
    }
}

/// The standards in force on a day (domain 3.6).
fn standards(on: NaiveDate) -> String {
    let from = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).is_some_and(|first| on >= first);
    let additives = if from(2025, 2, 8) { "GB 2760-2024" } else { "GB 2760-2014" };
    let contaminants = if from(2026, 9, 2) { "GB 2762-2025" } else { "GB 2762-2022" };
    let pesticides = if from(2026, 3, 1) { "GB 2763-2026" } else { "GB 2763-2021" };
    format!(
        "{additives}《食品添加剂使用标准》、{contaminants}《食品中污染物限量》、{pesticides}《食品中农药最大残留限量》等食品安全国家标准"
    )
}

fn intro(subject: &str, on: NaiveDate, group: Group, samples: &[SampleDraft]) -> String {
    let total = samples.len();
    let failed = samples.iter().filter(|sample| sample.verdict == Some(Verdict::Failed)).count();
    let mut categories: Vec<&str> = samples.iter().filter_map(|sample| sample.category.as_deref()).collect();
    categories.sort_unstable();
    categories.dedup();
    let passed = total - failed;
    let basis = match group {
        Group::Tableware => "检验依据为GB 14934-2016《食品安全国家标准 消毒餐（饮）具》。".to_owned(),
        Group::RapidTest => "快检使用国家规定的快速检测方法，结果仅用于筛查。".to_owned(),
        _ => format!("检验依据为{}。", standards(on)),
    };
    let counts = match group {
        Group::RapidTest => {
            format!("本次共快检{}类食品{total}批次，筛查阴性{passed}批次、阳性{failed}批次。", categories.len())
        }
        _ => format!("本次共抽检{}类产品{total}批次，合格{passed}批次，不合格{failed}批次。", categories.len()),
    };
    format!(
        "根据《中华人民共和国食品安全法》及其实施条例和年度抽检计划，{}组织开展{subject}。{counts}\n{basis}\n\
         对不合格产品，属地市场监管部门已责令生产经营单位查清产品流向，采取下架、召回等措施控制风险，分析原因进行整改，并依法调查处理。\n\
         消费者如购买到公告所列不合格产品，可拨打12315投诉举报。",
        CITY.bureau
    )
}

/// Bulletins of 2,000 samples each for measuring, one after another: memory stays bounded. No originals.
pub fn stream(seed: u64, samples: u64, today: NaiveDate) -> impl Iterator<Item = DemoBulletin> {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x57_12_ea_37);
    (0..samples.div_ceil(STREAMED)).map(move |number| {
        let first = number * STREAMED;
        let count = STREAMED.min(samples - first);
        let published_on = today - Duration::days(random.random_range(1..1_095));
        let lot = Lot {
            group: Group::Food,
            published_on,
            number_from: 10_000_000 + first,
            categories: None,
            failing: 0.08,
            producers_each: 1_500,
            sellers: 30_000,
            seed,
        };
        let issue_no = format!("{}年测量第{}期", published_on.year(), number + 1);
        DemoBulletin {
            title: format!("{}关于食品安全监督抽检信息的公告（{issue_no}）", CITY.bureau),
            issue_no,
            published_on,
            source: CITY.bureau.to_owned(),
            intro: String::new(),
            samples: (0..count).map(|place| sample(&lot, place, &mut random)).collect(),
            original: Vec::new(),
            original_name: String::new(),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::import;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn rich_enough_and_the_same_each_time() {
        let made = bulletins(1, today());
        let samples: Vec<&SampleDraft> = made.iter().flat_map(|bulletin| &bulletin.samples).collect();
        let numbers: HashSet<&String> = samples.iter().filter_map(|sample| sample.number.as_ref()).collect();
        assert!(made.len() >= 36 && samples.len() >= 3_600, "{} bulletins, {} samples", made.len(), samples.len());
        assert_eq!(numbers.len(), samples.len());
        let again = bulletins(1, today());
        assert!(made.iter().zip(&again).all(|(a, b)| a.samples == b.samples && a.intro == b.intro));
        for sample in samples {
            let (produced, taken) = (sample.date.as_ref().unwrap().day.unwrap(), sample.sampled_on.unwrap());
            assert!(produced <= taken && taken < sample.published_on.unwrap());
        }
    }

    #[test]
    fn the_original_holds_the_same_samples() {
        let made = bulletins(2, today());
        let bulletin = &made[3];
        let options = import::Options { today: today(), published_on: None, title: None, mapping: Vec::new() };
        let read = import::read(&bulletin.original_name, &bulletin.original, &options, &mut |_| ()).unwrap();
        let rows: Vec<&SampleDraft> =
            read.sheets.iter().flat_map(|sheet| sheet.samples.iter().map(|row| &row.sample)).collect();
        assert_eq!(rows.len(), bulletin.samples.len());
        for sample in &bulletin.samples {
            let row = rows.iter().find(|row| row.number == sample.number).unwrap();
            assert_eq!((&row.product, row.verdict), (&sample.product, sample.verdict));
            assert_eq!(row.failed_items, sample.failed_items);
            assert_eq!((&row.producer, &row.seller), (&sample.producer, &sample.seller));
            assert_eq!((&row.date, &row.remark, row.group), (&sample.date, &sample.remark, sample.group));
        }
    }

    #[test]
    fn a_stream_has_as_many_as_asked() {
        assert_eq!(stream(1, 4_100, today()).map(|bulletin| bulletin.samples.len()).sum::<usize>(), 4_100);
    }
}
