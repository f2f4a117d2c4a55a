//! Generated numbers in generated contexts.

use app::domain::redaction::{Datum, Known, Mark, find};
use proptest::prelude::*;

fn marks(text: &str) -> Vec<Mark> {
    let found = find(text, &Known::default());
    for mark in &found {
        assert_eq!(text.get(mark.range.clone()), Some(mark.text.as_str()));
        assert!(mark.context.contains(&mark.text));
    }
    assert!(found.windows(2).all(|two| two[0].range.end <= two[1].range.start), "{found:?}");
    found
}

fn check_digit(first: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('?')
}

fn identity() -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["110105", "320412", "513221", "820000", "654325", "120101"]),
        1900u32..2026,
        1u32..13,
        1u32..29,
        0u32..1000,
    )
        .prop_map(|(region, year, month, day, order)| {
            let first = format!("{region}{year}{month:02}{day:02}{order:03}");
            let check = check_digit(&first);
            format!("{first}{check}")
        })
}

fn uscc(head: &'static str) -> impl Strategy<Value = String> {
    (Just(head), "[1-6][1-5][0-9]{4}", "[0-9A-HJ-NPQRTUWXY]{9}|[0-9]{9}").prop_map(|(head, region, body)| {
        let first = format!("{head}{region}{body}");
        let check = app::domain::identifier::uscc_check_sign(&first).unwrap_or('?');
        format!("{first}{check}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn any_text_is_read_without_panic(text in "(\\PC|[0-9*xX张三李先生女士住址：电话账号身份证号栋单元室@. \n|-]){0,80}") {
        marks(&text);
    }

    #[test]
    fn each_identity_number_is_found(
        number in identity(),
        before in "[\u{4e00}-\u{9fa5}，。：、（]{0,20}",
        after in "[\u{4e00}-\u{9fa5}，。：；）]{0,20}",
        cuts in prop::collection::btree_map(1usize..18, prop::sample::select(vec![" ", "-", ".", "\n", " - ", "\r\n  ", "\u{3000}", "－", "·", "\u{200b}"]), 0..6),
        wide in any::<bool>(),
    ) {
        let mut written = String::new();
        for (at, sign) in number.chars().enumerate() {
            written.push_str(cuts.get(&at).unwrap_or(&""));
            written.push(if wide { char::from_u32(u32::from(sign) + 0xfee0).unwrap() } else { sign });
        }
        let text = format!("{before}{written}{after}");
        let found = find(&text, &Known::default());
        let start = before.len();
        prop_assert!(
            found.iter().any(|mark| mark.datum == Datum::IdentityNumber && mark.range == (start..start + written.len())),
            "{} {:?}", text, found
        );
    }

    #[test]
    fn codes_of_companies_licences_and_samples_never_block(
        company in uscc("91"), shop in uscc("92"), labelled in prop_oneof![uscc("52"), uscc("12"), uscc("11"), uscc("51")],
        licence in "(JY|SC) ?[1-3][1-6][0-9]{12}", sample in "(XBJ|DC|DBJ|SBJ|NCP|GC|XC)[0-9]{14,20}(ZX)?", case in "1[1-6][0-9]{23}", bar in "69[0-9]{11}",
    ) {
        let text = format!("统一社会信用代码{labelled}，{company}，{shop} 许可证{licence}，抽样单{sample}，编号{case}、条码{bar}。{sample}，{case}，{bar}，{licence}");
        let found = find(&text, &Known::default());
        prop_assert!(found.iter().all(|mark| !mark.datum.blocks()), "{} {:?}", text, found);
    }

    #[test]
    fn half_masked_numbers_are_found(number in identity(), from in 4usize..10, length in 4usize..9, mask in prop::sample::select(vec!['*', '＊', '×', 'X', '●'])) {
        let hidden: String = number.chars().enumerate().map(|(at, sign)| if (from..from + length).contains(&at) { mask } else { sign }).collect();
        let text = format!("当事人{hidden}，");
        prop_assert!(find(&text, &Known::default()).iter().any(|mark| mark.datum == Datum::IdentityNumber && mark.text == hidden), "{}", text);
    }

    #[test]
    fn keys_do_not_depend_on_the_place(before in "[\u{4e00}-\u{4e20}，]{0,9}", middle in 10_000_000u32..99_999_999) {
        let text = format!("{before}，138{middle}");
        let alone = format!("138{middle}");
        let key = |text: &str| find(text, &Known::default()).iter().filter(|mark| mark.datum == Datum::Phone).map(Mark::key).collect::<Vec<_>>();
        prop_assert_eq!(key(&text), key(&alone));
    }
}
