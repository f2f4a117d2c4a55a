//! Cells of anything.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    super::{Cell, CellType, Choice, Column, row::read_cell},
    with_type,
};

fn any_type() -> impl Strategy<Value = CellType> {
    (0..CellType::ALL.len()).prop_map(|at| CellType::ALL[at])
}

fn column_of(cell_type: CellType) -> Column {
    let mut column = with_type("type = \"text\"").columns[1].clone();
    column.cell_type = cell_type;
    column.values = vec![Choice { code: "a".into(), label: "甲".into(), aliases: vec!["1".into()] }];
    column
}

proptest! {
    /// Whatever is typed in: read or told, and what is read is stored and read again as the same.
    #[test]
    fn any_text_under_any_type(cell_type in any_type(), text in "[ -~年月日周第至·（）０-９\\n\\u{200b}*甲是否无/—]{0,30}") {
        let column = column_of(cell_type);
        if let Ok(Some(cell)) = read_cell(&column, &text) {
            let stored = cell.canonical();
            prop_assert!(!stored.is_empty());
            prop_assert_eq!(&Cell::from_canonical(&column, &stored), &cell, "{}", text);
            prop_assert!(!crate::text::register::shown(&column, &cell).is_empty());
        }
    }

    /// What is stored is a wording that is read as the same.
    #[test]
    fn stored_texts_are_read_again(days in 0u64..20_000, number in -1_000_000i64..1_000_000) {
        let day = NaiveDate::from_ymd_opt(1995, 1, 2).unwrap() + chrono::Days::new(days);
        prop_assert_eq!(read_cell(&column_of(CellType::Day), &Cell::Day(day).canonical()), Ok(Some(Cell::Day(day))));
        let monday = day - chrono::Days::new(u64::from(chrono::Datelike::weekday(&day).num_days_from_monday()));
        prop_assert_eq!(read_cell(&column_of(CellType::Week), &Cell::Week(monday).canonical()), Ok(Some(Cell::Week(monday))));
        prop_assert_eq!(read_cell(&column_of(CellType::Integer), &number.to_string()), Ok(Some(Cell::Integer(number))));
    }

    /// No mobile number gets through under any heading of words or telephones, however it is grouped.
    #[test]
    fn mobile_numbers_stay_out(rest in "[3-9][0-9]{9}", dash in "[ -]?", before in "(电话|联系人王某|)") {
        let (one, other) = (&rest[..2], &rest[2..]);
        let text = format!("{before}1{one}{dash}{}{dash}{}", &other[..4], &other[4..]);
        for cell_type in [CellType::Text, CellType::Long, CellType::OfficePhone] {
            prop_assert!(read_cell(&column_of(cell_type), &text).is_err(), "{cell_type:?} {text}");
        }
    }
}
