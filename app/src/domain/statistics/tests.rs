use proptest::prelude::*;

use super::*;

/// All numbers that a reader holds for possible at one place.
fn guesses(cells: &[Cell], sum: u64) -> Vec<std::collections::BTreeSet<u64>> {
    let is_blank = cells.iter().all(|cell| *cell == Cell::Withheld);
    let mut found = vec![std::collections::BTreeSet::new(); cells.len()];
    let mut tried = Vec::new();
    try_all(cells, sum, is_blank, &mut tried, &mut found);
    found
}

fn try_all(
    cells: &[Cell],
    left: u64,
    is_blank: bool,
    tried: &mut Vec<u64>,
    found: &mut Vec<std::collections::BTreeSet<u64>>,
) {
    let Some(cell) = cells.get(tried.len()) else {
        if left == 0 {
            for (set, number) in found.iter_mut().zip(tried.iter()) {
                set.insert(*number);
            }
        }
        return;
    };
    let range = match cell {
        Cell::Shown(number) => *number..=*number,
        Cell::Few => 1..=4,
        Cell::Withheld if is_blank => 0..=left,
        Cell::Withheld => 5..=left.max(4),
    };
    for number in range.filter(|number| *number <= left) {
        tried.push(number);
        try_all(cells, left - number, is_blank, tried, found);
        tried.pop();
    }
}

proptest! {
    #[test]
    fn no_small_number_can_be_computed_from_the_sum(numbers in prop::collection::vec(0_u64..9, 1..6)) {
        let cells = hide(&numbers);
        let sum: u64 = numbers.iter().sum();
        for (cell, number) in cells.iter().zip(&numbers) {
            if let Cell::Shown(shown) = cell {
                prop_assert!(shown == number && !(1..5).contains(shown));
            }
            prop_assert!(*cell != Cell::Few || (1..5).contains(number));
        }
        if !numbers.iter().any(|number| (1..5).contains(number)) {
            prop_assert!(cells.iter().all(|cell| cell.shown().is_some()), "nothing to protect, nothing hidden");
        }
        if sum >= FEWEST {
            for (set, number) in guesses(&cells, sum).iter().zip(&numbers) {
                prop_assert!(set.contains(number));
                prop_assert!(!(1..5).contains(number) || set.len() >= 2, "{numbers:?} {cells:?}");
            }
        }
    }

    #[test]
    fn the_median_is_that_of_the_sorted_list(mut days in prop::collection::vec(-3_i64..90, 1..40)) {
        let pairs: Vec<(i64, u64)> = days.iter().map(|day| (*day, 1)).collect();
        days.sort_unstable();
        let middle = days.len() / 2;
        let plain = if days.len() % 2 == 1 { days[middle] * 2 } else { days[middle - 1] + days[middle] };
        prop_assert_eq!(median(&pairs).map(|found| found * 2.0), i32::try_from(plain).ok().map(f64::from));
    }

    #[test]
    fn all_tables_of_a_kind_count_the_same_cases(
        cases in prop::collection::vec((0_u8..2, 0_u8..4, 0_usize..17, 0_usize..8, 0_i64..500, 0_i64..80, any::<(bool, bool)>()), 0..120)
    ) {
        let today = day("2026-11-25");
        let all: Vec<Alike> = cases.into_iter().map(|(kind, district, problem, source, ago, took, (open, late))| {
            let received_on = today - chrono::Days::new(ago.unsigned_abs());
            Alike {
                kind: Kind::ALL[usize::from(kind)],
                district: ["", "青禾区", "南浦区", "云川县"][usize::from(district)].into(),
                problem: Problem::ALL[problem],
                source: Source::ALL[source],
                received_on,
                closed_on: (!open).then(|| received_on + chrono::Days::new(took.unsigned_abs())),
                is_late: late,
                ..alike()
            }
        }).collect();
        let found = statistics(&all, today);
        prop_assert_eq!(found.tables.len(), 8);
        for kind in Kind::ALL {
            let totals: Vec<&Row> = By::ALL.iter().map(|by| &found.table(kind, *by).unwrap().total).collect();
            prop_assert!(totals.iter().all(|total| *total == totals[0]));
            prop_assert_eq!(found.table(kind, By::Month).unwrap().rows.len(), 12);
            for table in found.tables.iter().filter(|table| table.kind == kind) {
                let shown = table.rows.iter().map(|row| row.cell(Measure::Received));
                if let (Some(total), Some(shown)) = (
                    table.total.cell(Measure::Received).shown(),
                    shown.map(Cell::shown).sum::<Option<u64>>(),
                ) {
                    prop_assert_eq!(shown, total);
                }
            }
        }
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn alike() -> Alike {
    Alike {
        kind: Kind::Complaint,
        district: "青禾区".into(),
        problem: Problem::Label,
        source: Source::Portal,
        received_on: day("2026-10-08"),
        closed_on: None,
        is_accepted: false,
        is_refused: false,
        is_late: false,
        is_merged: false,
        count: 1,
    }
}

#[test]
fn one_small_number_takes_the_smallest_other_with_it() {
    use Cell::{Few, Shown, Withheld};
    assert_eq!(hide(&[20, 3, 9, 0]), [Shown(20), Few, Withheld, Shown(0)]);
    // 1 beside 5 would be known: 6 is not 2 + 4 where the other is 5 at least
    assert_eq!(hide(&[20, 1, 5]), [Withheld, Few, Withheld]);
    assert_eq!(hide(&[20, 1, 2]), [Shown(20), Few, Few]);
    // two times 1, and two times 4, would be known from their sum
    assert_eq!(hide(&[20, 1, 1]), [Withheld, Few, Few]);
    assert_eq!(hide(&[4, 4]), [Withheld, Withheld]);
    assert_eq!(hide(&[1, 2]), [Few, Few]);
    assert_eq!(hide(&[5, 0, 7]), [Shown(5), Shown(0), Shown(7)]);
    assert_eq!(hide(&[]), []);
}

#[test]
fn twelve_full_months_end_before_this_one() {
    assert_eq!(span(day("2026-11-25")), (day("2025-11-01"), day("2026-10-31")));
    assert_eq!(span(day("2028-03-31")), (day("2027-03-01"), day("2028-02-29")));
    assert_eq!(span(day("2026-01-01")), (day("2025-01-01"), day("2025-12-31")));
}

#[test]
fn rates_round_half_up() {
    assert_eq!(
        [(48, 54), (1, 2000), (1, 2001), (0, 7), (7, 7)].map(|(part, whole)| per_mille(part, whole)),
        [Some(889), Some(1), Some(0), Some(0), Some(1000)]
    );
    assert_eq!(per_mille(0, 0), None);
}

#[test]
fn numbers_of_a_small_bureau() {
    let on = |received: &str, closed: &str, count| Alike {
        received_on: day(received),
        closed_on: Some(day(closed)),
        is_accepted: true,
        count,
        ..alike()
    };
    let all = [
        on("2026-10-08", "2026-10-18", 6),
        Alike { is_late: true, ..on("2026-10-09", "2026-12-31", 2) },
        Alike { is_refused: true, is_accepted: false, ..on("2026-09-01", "2026-09-05", 7) },
        Alike { received_on: day("2026-11-01"), count: 90, ..alike() },
        Alike { received_on: day("2025-10-31"), count: 90, ..alike() },
        Alike { is_merged: true, count: 6, ..alike() },
    ];
    let found = statistics(&all, day("2026-11-25"));
    assert_eq!(found.merged, Cell::Shown(6));
    let by_month = found.table(Kind::Complaint, By::Month).unwrap();
    assert_eq!(by_month.total.cells, [15, 8, 7, 15, 13].map(Cell::Shown));
    let october = by_month.rows.last().unwrap();
    assert_eq!((october.code.as_str(), october.median_days), ("2026-10", Some(10.0)));
    assert_eq!(october.share(Measure::OnTime), Some((6, 8)));
    assert_eq!(by_month.rows[10].median_days, Some(4.0));
    assert_eq!(by_month.rows[0].cells, [Cell::Shown(0); 5]);
    assert!(found.table(Kind::Report, By::District).unwrap().rows.is_empty());
}

#[test]
fn districts_with_few_cases_have_no_row_of_their_own() {
    let of = |district: &str, count| Alike { district: district.into(), count, ..alike() };
    let all = [of("青禾区", 9), of("南浦区", 12), of("张三区", 4), of("", 3)];
    let found = statistics(&all, day("2026-11-25"));
    let rows = &found.table(Kind::Complaint, By::District).unwrap().rows;
    let shown: Vec<_> = rows.iter().map(|row| (row.code.as_str(), row.cell(Measure::Received))).collect();
    assert_eq!(shown, [("南浦区", Cell::Shown(12)), ("青禾区", Cell::Shown(9)), ("", Cell::Shown(7))]);
}
