//! Counts and rates: exact findings on the county's sentence, and silence on what is said of parts.

use app::domain::arithmetic::{Counted, Disagreement, What, disagreements};
use app::text::redaction as words;
use proptest::prelude::*;

const TABLE: Counted = Counted { total: 54, passed: 48, failed: 6 };

fn found(text: &str, table: Option<&Counted>) -> Vec<(What, String, String)> {
    let all = disagreements(text, table);
    for one in &all {
        assert_eq!(&text[one.range.clone()], one.said);
    }
    all.into_iter().map(|Disagreement { what, said, computed, .. }| (what, said, computed)).collect()
}

fn one(what: What, said: &str, computed: &str) -> Vec<(What, String, String)> {
    vec![(what, said.to_owned(), computed.to_owned())]
}

#[test]
fn the_county_s_sentence() {
    let wrong = one(What::PassRate, "合格率为98.9%", "48÷54=88.9%");
    let own = one(What::SelfContradiction, "合格率为98.9%", "48÷54=88.9%");
    for text in [
        "54批次…不合格6批次，合格率为98.9%",
        "本次抽检54批次，合格48批次，不合格6批次，合格率为98.9%。",
        "近期，我局组织抽检粮食加工品、糕点等8大类54批次样品。经检验，合格48批次，不合格6批次，合格率为98.9%。",
        "共抽检54批次，其中48批次合格，6批次不合格。\n合格率为98.9%",
    ] {
        assert_eq!(found(text, Some(&TABLE)), wrong, "{text}");
        assert_eq!(found(text, None), own, "{text}");
    }
    let said = &disagreements("共抽检54批次，不合格6批次，合格率98.9%", Some(&TABLE))[0];
    assert_eq!(words::disagreement(said), "正文写“合格率98.9%”，按表计算是48÷54=88.9%，请改正。");
}

#[test]
fn written_in_other_ways() {
    for (text, said) in [
        ("本次共抽检５４批次，合格４８批次，不合格６批次，合格率为９８．９％。", "合格率为９８．９％"),
        ("本次共抽检五十四批次，合格四十八批次，不合格六批次，合格率为百分之九十八点九。", "合格率为百分之九十八点九"),
        ("本次共抽检 54 批次，合格 48 批次，不合格 6 批次，合格率为 98.9 %。", "合格率为 98.9 %"),
        ("本次共抽检**54**批次，合格**48**批次，不合格**6**批次，合格率**98.9%**。", "合格率**98.9%"),
        ("本次共抽检54批次合格48批次不合格6批次合格率达到了98.9%", "合格率达到了98.9%"),
    ] {
        assert_eq!(found(text, Some(&TABLE)), one(What::PassRate, said, "48÷54=88.9%"), "{text}");
    }
}

#[test]
fn each_number_is_held_against_the_table() {
    for (text, what, said, computed) in [
        ("本次共抽检55批次。", What::Total, "55批次", "54"),
        ("本次共抽检54批次，合格47批次。", What::Passed, "合格47批次", "48"),
        ("本次共抽检54批次，检出不合格样品7批次。", What::Failed, "不合格样品7批次", "6"),
        ("本次共抽检54批次，检出7批次样品不合格。", What::Failed, "7批次样品不合格", "6"),
        ("抽检54批次，其中7批次内在质量不合格。", What::Failed, "7批次内在质量不合格", "6"),
        ("本次共抽检54批次，不合格率为1.1%。", What::FailRate, "不合格率为1.1%", "6÷54=11.1%"),
        ("本次共抽检54批次，问题发现率1%。", What::FailRate, "问题发现率1%", "6÷54=11%"),
        ("某市关于7批次食品抽检不合格情况的通告\n近期我局组织抽检。", What::Failed, "7批次食品抽检不合格", "6"),
        ("本次总体合格率为98.89%。", What::PassRate, "合格率为98.89%", "48÷54=88.89%"),
    ] {
        assert_eq!(found(text, Some(&TABLE)), one(what, said, computed), "{text}");
    }
}

#[test]
fn right_numbers_are_silent() {
    for text in [
        "本次共抽检54批次，合格48批次，不合格6批次，合格率88.9%，不合格率11.1%，问题发现率为11%。",
        "本次共抽检54批次，合格48批次，不合格6批次，合格率88.8%。",
        "本次共抽检54批次，合格48批次，不合格6批次，合格率88%。",
        "本次共抽检54批次，合格48批次，不合格6批次，合格率89%。",
        "本次共抽检54批次，合格48批次，不合格6批次，合格率88.88%，不合格率11.11%。",
        "抽检粮食加工品20批次、糕点34批次，共54批次，合格48批次，不合格6批次，合格率88.89%。",
        "抽检粮食加工品20批次、糕点34批次，合格48批次，不合格6批次，合格率88.89%。",
        "共抽检54批次，其中粮食加工品20批次、糕点34批次，合格48批次，不合格6批次，合格率88.89%。",
    ] {
        assert_eq!(found(text, Some(&TABLE)), [], "{text}");
        assert_eq!(found(text, None), [], "{text}");
    }
}

#[test]
fn neither_rounding_up_nor_two_units_off_is_allowed() {
    let half = Counted { total: 300, passed: 200, failed: 100 };
    for (rate, right) in [
        ("66.6%", true),
        ("66.7%", true),
        ("66.8%", false),
        ("66.5%", false),
        ("66%", true),
        ("67%", true),
        ("68%", false),
        ("66.67%", true),
        ("66.66%", true),
        ("66.68%", false),
    ] {
        let text = format!("本次共抽检300批次，合格200批次，合格率{rate}。");
        assert_eq!(found(&text, Some(&half)).is_empty(), right, "{rate}");
        assert_eq!(found(&text, None).is_empty(), right, "{rate}");
    }
    // 87.0 % cut to 87 is right, 88 is not: half up, not up
    let table = Counted { total: 1000, passed: 873, failed: 127 };
    assert_eq!(found("本次合格率88%", Some(&table)).len(), 1);
}

#[test]
fn parts_other_years_and_estimates_are_left_alone() {
    for text in [
        "本次共抽检54批次。其中粮食加工品12批次，合格11批次，合格率91.7%。",
        "本次共抽检54批次，粮食加工品合格率为100%，糕点合格率为75%。",
        "今年以来累计抽检1,254批次，合格1,230批次，合格率98.1%。",
        "去年同期合格率为97.5%。",
        "本次共抽检54批次，合格率88.9%，较去年同期的97.5%下降。",
        "本次抽检近百批次，抽检1000余批次。",
        "粮食加工品、糕点监督抽检不合格率分别为0.43%、0.53%。",
        "快检2000批次，快检合格率99.9%。本次共抽检54批次。",
        "（一）调味品不合格1批次：……（二）饮料不合格10批次：……",
        "不合格产品：生产批号20260101批次，第3批次。",
        "不合格率高的产品占32.5%，问题占不合格总数的27.4%。",
    ] {
        assert_eq!(found(text, Some(&TABLE)), [], "{text}");
    }
}

#[test]
fn a_text_that_contradicts_itself() {
    for (text, said, computed) in [
        ("共抽检54批次，合格48批次，不合格5批次。", "54批次", "48+5=53"),
        ("合格48批次，不合格6批次，合格率98.9%。", "合格率98.9%", "48÷54=88.9%"),
        ("关于5批次食品不合格情况的通告\n共抽检54批次，不合格6批次。", "5批次食品不合格", "6"),
        ("共抽检1,256批次，不合格10批次，合格率98.2%。", "合格率98.2%", "1246÷1256=99.2%"),
        ("抽检10批次，全部合格10批次，不合格0批次，合格率99%。", "合格率99%", "10÷10=100%"),
        ("共抽检60批次，合格48批次，不合格6批次。", "60批次", "48+6=54"),
    ] {
        assert_eq!(found(text, None), one(What::SelfContradiction, said, computed), "{text}");
    }
    assert_eq!(found("共抽检60批次，已检出结果54批次，合格48批次，不合格6批次，合格率88.9%。", None), []);
}

#[test]
fn lines_of_a_document_s_text_layer_are_joined() {
    let text =
        "近期，我局组织对全市粮食加工品、糕点、饮料等食品开展监督抽检，共抽检54\n批次，不合格6批次，合格率为9\n8.9%。";
    // a number cut by the line's end is not guessed at
    assert_eq!(found(text, Some(&TABLE)), []);
    let text = "近期，我局组织对全市粮食加工品、糕点、饮料等食品开展监督抽检，共抽检54批\n次，经过检验和判定，依据食品安全国家标准，其中不合格6批次，合格率\n为98.9%。";
    assert_eq!(found(text, Some(&TABLE)).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_text_has_an_answer_on_borders_of_signs(text in "(\\PC|[0-9,%.批次合格不率共抽检百分之十万\n ]){0,60}", total in any::<u64>(), passed in any::<u64>()) {
        for table in [None, Some(&Counted { total, passed, failed: total.wrapping_sub(passed) })] {
            for one in disagreements(&text, table) {
                prop_assert_eq!(text.get(one.range.clone()), Some(one.said.as_str()));
                prop_assert!(!one.said.is_empty());
            }
        }
    }

    #[test]
    fn right_sentences_are_silent_and_wrong_ones_found(total in 1u64..100_000, share in 0u64..=1000, places in 0usize..4, off in 2u64..50, chinese in any::<bool>()) {
        let passed = total * share / 1000;
        let table = Counted { total, passed, failed: total - passed };
        let unit = 10u64.pow(u32::try_from(places).unwrap());
        let scaled = passed * 100 * unit / total;
        let print = |scaled: u64| if places == 0 { format!("{scaled}") } else { format!("{}.{:0places$}", scaled / unit, scaled % unit) };
        let write = |rate: String| {
            let rate = if chinese && places == 0 { format!("{rate}％") } else { format!("{rate}%") };
            format!("本次共抽检{total}批次，合格{passed}批次，不合格{}批次，合格率为{rate}。", total - passed)
        };
        prop_assert_eq!(found(&write(print(scaled)), Some(&table)), []);
        prop_assert_eq!(found(&write(print(scaled)), None), []);
        let wrong = write(print(scaled + off));
        prop_assert_eq!(found(&wrong, Some(&table)).len(), 1, "{}", wrong);
        prop_assert_eq!(found(&wrong, None).len(), 1, "{}", wrong);
    }
}
