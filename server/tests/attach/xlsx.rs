use rust_xlsxwriter::{Color, Format, Formula, Note, Workbook};
use server::attach::{Concern, Place, Refusal};

use super::fixtures::{altered, part, unzip};
use super::inspect;

fn cell(cell: &str) -> Place {
    Place::Cell { sheet: "表".to_owned(), cell: cell.to_owned() }
}

fn book(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("表").unwrap();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

fn concerns(fill: impl Fn(&mut Workbook)) -> Vec<Concern> {
    inspect("a.xlsx", &book(fill)).unwrap().concerns
}

#[test]
fn cells_headers_and_sheet_names_are_read() {
    let bytes = book(|book| {
        let sheet = book.worksheet_from_index(0).unwrap();
        sheet.set_header("&C页眉字");
        sheet.write(0, 0, "样品").unwrap().write(0, 2, 13_812_345_678_u64).unwrap();
        sheet.write(1, 0, Formula::new("=\"姓名\"&\"李四\"").set_result("姓名李四")).unwrap();
    });
    let checked = inspect("a.xlsx", &bytes).unwrap();
    assert_eq!(checked.concerns, []);
    let lines: Vec<&str> = checked.text.lines().collect();
    assert_eq!(lines, ["表", "样品\t13812345678", "姓名李四", "\"姓名\"&\"李四\"", "&C页眉字"]);
}

#[test]
fn hidden_sheets_rows_and_columns_are_found() {
    let hidden = |name: &str| Concern::HiddenSheet { name: name.to_owned() };
    let found = concerns(|book| {
        book.add_worksheet().set_name("暗").unwrap().set_hidden(true);
        book.add_worksheet().set_name("更暗").unwrap().set_very_hidden(true);
    });
    assert_eq!(found, [hidden("暗"), hidden("更暗")]);
    let rows = [Concern::HiddenRowsOrColumns { sheet: "表".to_owned() }];
    let column = |content: bool| {
        concerns(move |book| {
            let sheet = book.worksheet_from_index(0).unwrap();
            sheet.set_column_hidden(3).unwrap();
            sheet.write(0, 0, "x").unwrap();
            if content {
                sheet.write(0, 3, "y").unwrap();
            }
        })
    };
    assert_eq!((column(true).as_slice(), column(false).as_slice()), (&rows[..], &[][..]));
    let row = concerns(|book| {
        let sheet = book.worksheet_from_index(0).unwrap();
        sheet.write(4, 0, "x").unwrap().set_row_hidden(4).unwrap();
    });
    assert_eq!(row, rows);
}

#[test]
fn comments_are_found_with_their_text() {
    let bytes = book(|book| {
        let sheet = book.worksheet_from_index(0).unwrap();
        sheet.insert_note(1, 1, &Note::new("批注的话").set_author("王五")).unwrap();
    });
    let checked = inspect("a.xlsx", &bytes).unwrap();
    assert_eq!(checked.concerns, [Concern::Comment { place: cell("B2") }]);
    assert!(checked.text.contains("批注的话"));
}

#[test]
fn white_and_hidden_cells_are_found_and_white_on_dark_is_not() {
    let found = |format: Format| {
        concerns(move |book| {
            book.worksheet_from_index(0).unwrap().write_with_format(0, 0, "字", &format).unwrap();
        })
    };
    let white = [Concern::WhiteText { place: cell("A1"), sample: "字".to_owned() }];
    let hidden = [Concern::HiddenText { place: cell("A1"), sample: "字".to_owned() }];
    assert_eq!(found(Format::new().set_font_color(Color::White)), white);
    assert_eq!(found(Format::new().set_font_color(Color::RGB(0xf5_f5f5))), white);
    assert_eq!(found(Format::new().set_font_color(Color::Theme(0, 0))), white);
    assert_eq!(found(Format::new().set_font_color(Color::White).set_background_color(Color::Navy)), []);
    assert_eq!(found(Format::new().set_background_color(Color::Black)), white);
    assert_eq!(found(Format::new().set_font_color(Color::Gray)), []);
    assert_eq!(found(Format::new().set_num_format(";;;")), hidden);
    assert_eq!(found(Format::new().set_num_format("0.00;-0.00;;@")), []);
    assert_eq!(found(Format::new().set_font_size(1)), hidden);
}

#[test]
fn strings_that_no_cell_shows_are_found() {
    let bytes = book(|book| {
        book.worksheet_from_index(0).unwrap().write(0, 0, "在").unwrap();
    });
    let bytes =
        altered(&bytes, "xl/sharedStrings.xml", |text| text.replace("</sst>", "<si><t>删掉的姓名</t></si></sst>"));
    let checked = inspect("a.xlsx", &bytes).unwrap();
    assert!(checked.text.contains("删掉的姓名"));
    assert_eq!(checked.concerns, [Concern::HiddenText { place: Place::Leftover, sample: "删掉的姓名".to_owned() }]);
}

#[test]
fn formulas_that_start_programs_and_links_to_other_books_are_refused() {
    let formula = |formula: &'static str| {
        let bytes = book(|book| {
            book.worksheet_from_index(0).unwrap().write(0, 0, "x").unwrap();
        });
        altered(&bytes, "xl/worksheets/sheet1.xml", |text| {
            text.replace("<v>0</v>", &format!("<f>{formula}</f><v>0</v>"))
        })
    };
    assert_eq!(inspect("a.xlsx", &formula("cmd|'/c calc'!A0")), Err(Refusal::ActiveContent("DDE")));
    assert_eq!(inspect("a.xlsx", &formula("WEBSERVICE(\"http://a/\")")), Err(Refusal::ExternalReference));
    assert!(inspect("a.xlsx", &formula("SUM(A1:A2)")).is_ok());
    let mut parts = unzip(&book(|_| {}));
    parts.push(("xl/externalLinks/externalLink1.xml".to_owned(), b"<x/>".to_vec()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(inspect("a.xlsx", &super::fixtures::zip(&parts)), Err(Refusal::ExternalReference));
}

#[test]
fn the_authors_path_and_printer_are_gone() {
    let bytes = altered(&book(|_| {}), "xl/workbook.xml", |text| {
        text.replace("<bookViews>", "<x15ac:absPath xmlns:x15ac=\"http://a\" url=\"C:\\Users\\张三\\\"/><bookViews>")
    });
    let bytes = altered(&bytes, "xl/worksheets/sheet1.xml", |text| {
        text.replace("</worksheet>", "<pageSetup paperSize=\"9\" r:id=\"rId1\"/></worksheet>")
    });
    let checked = inspect("a.xlsx", &bytes).unwrap();
    assert!(!part(&checked.bytes, "xl/workbook.xml").contains("张三"));
    assert!(part(&checked.bytes, "xl/worksheets/sheet1.xml").contains("<pageSetup paperSize=\"9\"/>"));
    assert!(!part(&checked.bytes, "docProps/core.xml").contains("created"));
}

#[test]
fn real_workbooks_pass() {
    let Ok(folder) = std::fs::read_dir("/work/shared/data/spreadsheets") else { return };
    for file in folder.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|x| x == "xlsx")) {
        let checked = inspect("a.xlsx", &std::fs::read(&file).unwrap()).unwrap();
        assert!(checked.text.contains("抽样") || checked.text.contains("样品"), "{}", file.display());
    }
}
