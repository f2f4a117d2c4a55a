//! Samples: who sold what, made by whom, tested when, with what outcome.

use app::domain::{
    date::{DateKind, SampleDate},
    sample::{Group, Party, SampleDraft, Verdict},
};
use chrono::{Duration, NaiveDate};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{
    CITY,
    catalogue::{CATEGORIES, Category, TABLEWARE},
    firms::{mix, producer, seller},
    results::failed,
};

/// Producers of each category, and shops, in the ordinary demonstration.
pub const PRODUCERS_EACH: u64 = 8;
pub const SELLERS: u64 = 240;
const REMARKS: [&str; 5] = [
    "生产企业对产品真实性提出异议，经核实为假冒产品",
    "生产企业对检验结论提出异议，处理中",
    "委托方：云川市禾香源食品有限公司",
    "复检结论维持初检结论",
    "经营单位已停止销售并召回",
];
/// From here on remarks don't speak of a producer.
const FIRST_WITHOUT_PRODUCER: usize = 3;
const BRANDS: [&str; 12] =
    ["禾小满", "沐谷", "岚山里", "澄味", "霁月坊", "穗知", "麓野", "汀兰", "棠记", "笙家", "芃芃", "昀食"];
const LABORATORIES: [&str; 3] = ["云川市食品检验检测中心", "云江省产品质量检验研究院", "鹤庭检测技术有限公司"];

/// What kind of bulletin samples are for.
pub struct Lot<'a> {
    pub group: Group,
    pub published_on: NaiveDate,
    pub number_from: u64,
    /// Only these categories, or all
    pub categories: Option<&'a [&'a str]>,
    /// Share of samples that fail
    pub failing: f64,
    /// How many producers a category has, and shops there are
    pub producers_each: u64,
    pub sellers: u64,
    pub seed: u64,
}

/// As many firms that each is found about as often as any other; of more, small numbers far more often.
const EVEN: u64 = 500;

/// A number below `count`, small ones far more often where there are many (a rough Zipf law).
fn skewed(random: &mut ChaCha8Rng, count: u64) -> u64 {
    if count <= EVEN {
        return random.random_range(0..count);
    }
    let part: f64 = random.random_range(0.0..1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a choice"
    )]
    let at = (part * part * part * count as f64) as u64;
    at.min(count.saturating_sub(1))
}

fn choose<'a, T>(random: &mut ChaCha8Rng, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

/// One sample.
pub fn sample(lot: &Lot<'_>, place: u64, random: &mut ChaCha8Rng) -> SampleDraft {
    let (at, category) = category(lot, random);
    let product = *choose(random, category.products);
    let fresh = category.name == "食用农产品";
    let made_there = fresh || category.name == "餐饮食品" || lot.group == Group::Tableware;
    let shop = seller(mix(lot.seed) ^ skewed(random, lot.sellers));
    let maker = (!made_there || random.random_bool(0.1) && lot.group != Group::Tableware)
        .then(|| producer(mix(lot.seed) ^ (skewed(random, lot.producers_each) * 64 + at), category.name));
    let sampled_on = lot.published_on - Duration::days(random.random_range(25..70));
    let made_on =
        sampled_on - Duration::days(if made_there { random.random_range(0..3) } else { random.random_range(3..160) });
    let kind = match (fresh, lot.group) {
        (_, Group::Tableware) => DateKind::Disinfection,
        (true, _) => DateKind::Purchase,
        _ => DateKind::Production,
    };
    let text = match kind {
        DateKind::Production => made_on.to_string(),
        other => format!("{made_on}({})", app::text::date_kind(other)),
    };
    let online = !made_there && random.random_bool(0.04);
    let fails = random.random_bool(lot.failing);
    let brand = *choose(random, &BRANDS);
    let loose = if category.spec == "/" { "/" } else { "散装" };
    let spec = *choose(random, &[category.spec, category.spec, category.spec, loose]);
    let mut sample = SampleDraft {
        number: Some(format!("DBJ{}990101{:08}", sampled_on.format("%y"), lot.number_from + place)),
        product: if online || random.random_bool(0.15) && !made_there {
            format!("{brand}{product}")
        } else {
            product.to_owned()
        },
        brand: (!made_there).then(|| brand.to_owned()),
        spec: Some(spec.to_owned()).filter(|spec| spec != "/"),
        category: Some(category.name.to_owned()),
        producer: maker
            .map(|firm| Party { name: Some(firm.name), address: Some(firm.address), province: None })
            .unwrap_or_default(),
        seller: Party { name: Some(shop.name), address: Some(shop.address), province: None },
        platform: online.then(|| "云购平台（演示）".to_owned()),
        shop: online.then(|| format!("{brand}旗舰店")),
        date: Some(SampleDate { kind, text, day: Some(made_on) }),
        sampled_on: Some(sampled_on),
        group: lot.group,
        verdict: Some(if fails { Verdict::Failed } else { Verdict::Passed }),
        laboratory: Some((*choose(random, &LABORATORIES)).to_owned()),
        task: Some(task(lot.group).to_owned()),
        stage: Some(shop.stage.to_owned()),
        published_on: Some(lot.published_on),
        publisher: Some(CITY.bureau.to_owned()),
        ..SampleDraft::default()
    };
    if fails {
        let count = if random.random_bool(0.12) { 2.min(category.items.len()) } else { 1 };
        let first = random.random_range(0..category.items.len());
        let items = (0..count).map(|next| category.items[(first + next) % category.items.len()]);
        sample.failed_items = items.map(|item| failed(item, random)).collect();
        let remarks = if sample.producer.name.is_some() { &REMARKS[..] } else { &REMARKS[FIRST_WITHOUT_PRODUCER..] };
        sample.remark = random.random_bool(0.15).then(|| (*choose(random, remarks)).to_owned());
    }
    sample
}

fn category(lot: &Lot<'_>, random: &mut ChaCha8Rng) -> (u64, &'static Category) {
    if lot.group == Group::Tableware {
        return (63, &TABLEWARE);
    }
    loop {
        let at = random.random_range(0..CATEGORIES.len());
        // fresh produce is sampled most
        let at = if random.random_bool(0.2) { 29 } else { at };
        let category = &CATEGORIES[at];
        if lot.categories.is_none_or(|wanted| wanted.contains(&category.name)) {
            return (at as u64, category);
        }
    }
}

fn task(group: Group) -> &'static str {
    match group {
        Group::Food => "云川市/市级监督抽检",
        Group::Tableware => "云川市/餐饮具监督抽检",
        Group::RapidTest => "云川市/农贸市场快检",
        Group::Evaluation => "云川市/评价性抽检",
    }
}
