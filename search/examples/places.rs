//! Measures the search of places: `cargo run --release -p search --example places [OPERATORS]`.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a tool for developers")]

use std::time::Instant;

use search::{Document, Filters, Index, Near, Point, Query};

const FIRST: [&str; 16] =
    ["禾", "沐", "岚", "澄", "霁", "穗", "麓", "汀", "棠", "笙", "芃", "昀", "溪", "樾", "珩", "苒"];
const SECOND: [&str; 16] = [
    "香源", "味坊", "田园", "谷仓", "丰年", "佳禾", "客来", "鲜集", "知味", "小厨", "四季", "满仓", "山房", "水岸",
    "家宴", "老巷",
];
const LAST: [&str; 8] =
    ["超市有限公司", "生鲜超市", "食品批发部", "餐饮管理有限公司", "面馆", "便利店", "小学食堂", "幼儿园食堂"];
const KINDS: [&str; 8] =
    ["seller", "seller", "seller", "catering", "catering", "seller", "school_canteen", "school_canteen"];
const STREETS: [&str; 8] = ["南门路", "学府路", "幸福街", "望江大道", "梧桐巷", "渡口街", "春晖路", "石桥路"];
const DISTRICTS: [&str; 8] = ["青禾区", "望江区", "石榴区", "松岭区", "白鹭区", "柳湾县", "鹤溪县", "茶坪县"];
const ROUNDS: u64 = 400;

/// `SplitMix64`
fn mix(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<'a>(list: &[&'a str], bits: u64) -> &'a str {
    list[(bits % list.len() as u64) as usize]
}

fn point(bits: u64) -> Point {
    Point { lat_e6: 31_600_000 + (bits % 300_000) as i32, lon_e6: 119_750_000 + (bits >> 20 & 0x3_ffff) as i32 }
}

fn place(number: u64) -> Document {
    let bits = mix(number);
    let kind = bits >> 40 & 7;
    let district = pick(&DISTRICTS, bits >> 48);
    let core = format!("{}{}{}", pick(&FIRST, bits), pick(&SECOND, bits >> 8), pick(&FIRST, bits >> 16));
    let name = format!("云川市{district}{}{core}{}", pick(&STREETS, bits >> 24), pick(&LAST, kind));
    Document {
        id: format!("operator:{number:032x}"),
        kind: "operator".into(),
        names: vec![name.clone()],
        title: name,
        terms: vec![format!("云江省云川市{district}{}{}号", pick(&STREETS, bits >> 30), bits >> 52 & 0x1ff)],
        district: Some(district.into()),
        place: Some(KINDS[kind as usize].into()),
        point: (bits >> 60 != 0).then(|| point(mix(bits))),
        ..Document::default()
    }
}

fn measure(index: &Index, name: &str, mut query: impl FnMut(u64) -> Query) {
    let (mut times, mut found) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let query = query(mix(round ^ 0xabcd));
        let started = Instant::now();
        let results = index.search(&query).unwrap();
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        found += results.total;
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{name:28} p50 {:6.2} ms  p99 {:6.2} ms  hits {}", at(50), at(99), found / ROUNDS);
}

fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0) / 1024
}

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200_000);
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let started = Instant::now();
    let mut writer = index.writer(160_000_000).unwrap();
    for number in 0..count {
        writer.add(&place(number)).unwrap();
    }
    writer.commit(1).unwrap();
    writer.finish().unwrap();
    let size: u64 = std::fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    println!("{count} operators, built in {:.1} s, {} MB on disk", started.elapsed().as_secs_f64(), size >> 20);
    let base = || Query { only: Some("operator".into()), limit: 20, facets: true, snippets: true, ..Query::default() };
    let with = |text: String| Query { text, ..base() };
    let near = |bits: u64, metres| Some(Near { point: point(bits), metres });
    let core = |bits: u64| format!("{}{}", pick(&SECOND, bits >> 8), pick(&FIRST, bits >> 16));
    measure(&index, "everything", |_| base());
    measure(&index, "part of a name", |bits| with(core(bits)));
    measure(&index, "whole name", |bits| with(place(bits % count).title));
    measure(&index, "one wrong character", |bits| {
        let name: Vec<char> = place(bits % count).title.chars().collect();
        let at = name.len() / 2;
        with(name.iter().enumerate().map(|(here, c)| if here == at { '龘' } else { *c }).collect())
    });
    measure(&index, "kind of shop (common)", |bits| with(pick(&LAST, bits).to_owned()));
    measure(&index, "pinyin", |bits| {
        with(["zhiwei", "xiaochu", "sijijia", "fengnian"][(bits & 3) as usize].to_owned())
    });
    measure(&index, "initials", |bits| with(["xyc", "sjmg", "hxycs", "qhq"][(bits & 3) as usize].to_owned()));
    measure(&index, "near, 2 km", |bits| Query { near: near(bits, Some(2_000)), ..base() });
    measure(&index, "near, no limit", |bits| Query { near: near(bits, None), ..base() });
    measure(&index, "name near, 5 km", |bits| Query { near: near(bits, Some(5_000)), ..with(core(bits)) });
    let filters = |bits: u64| Filters {
        district: vec![pick(&DISTRICTS, bits).into()],
        place: vec![KINDS[(bits >> 3 & 7) as usize].into()],
        ..Filters::default()
    };
    measure(&index, "district and kind", |bits| Query { filters: filters(bits), ..base() });
    measure(&index, "name, district, kind", |bits| Query { filters: filters(bits), ..with(core(bits)) });
    measure(&index, "near, district, kind", |bits| Query {
        filters: filters(bits),
        near: near(bits, Some(5_000)),
        ..base()
    });
    println!("resident memory {} MB", memory());
}
