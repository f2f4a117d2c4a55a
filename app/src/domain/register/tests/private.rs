//! Telephones of offices, and nothing of persons.

use super::{
    super::row::CellFault,
    cells::{bad, good, nothing, stored},
};

#[test]
fn telephones_of_offices() {
    let line = "type = \"office_phone\"";
    good(
        line,
        &[
            ("0519-86668888", "0519-86668888"),
            ("（0519）8666 8888", "0519-86668888"),
            ("0519 86668888", "0519-86668888"),
            ("051986668888", "0519-86668888"),
            ("+86 519 86668888", "0519-86668888"),
            ("010-66668888", "010-66668888"),
            ("86668888", "86668888"),
            ("8666-8888", "86668888"),
            ("0519—86668888转801", "0519-86668888转801"),
            ("0519-86668888-801", "0519-86668888转801"),
            ("400-800-1234", "400-800-1234"),
            ("4008001234", "400-800-1234"),
            ("12315", "12315"),
            ("电话：0519-86668888", "0519-86668888"),
            ("0519-86668888、86668889", "0519-86668888、86668889"),
            ("0519-86668888/0519-86668889", "0519-86668888、0519-86668889"),
        ],
    );
    for text in [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "013812345678",
        "138****5678",
        "0519-86668888、13812345678",
        "王某 13812345678",
    ] {
        assert_eq!(stored(line, text), Err(CellFault::Mobile), "{text}");
    }
    bad(line, CellFault::NotPhone, &["见门口", "123", "0519", "0000-12345678"]);
    nothing(line, &["无", "/"]);
}

#[test]
fn words_without_personal_data() {
    let line = "type = \"text\"";
    good(
        line,
        &[
            ("东瑞餐饮\n有限公司", "东瑞餐饮有限公司"),
            ("Danone\nChina", "Danone China"),
            ("  云川市 青禾区  南门路1号 ", "云川市 青禾区 南门路1号"),
            ("南门路128号4幢5单元1601室", "南门路128号4幢5单元1601室"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("登记证 320412202600001234", "登记证 320412202600001234"),
            ("咨询电话 0519-86668888", "咨询电话 0519-86668888"),
        ],
    );
    for text in ["李某 13812345678", "联系 138-1234-5678", "１３８１２３４５６７８", "138****5678"] {
        assert_eq!(stored(line, text), Err(CellFault::Mobile), "{text}");
    }
    for text in ["身份证320412198001011237", "320412********1235"] {
        assert_eq!(stored(line, text), Err(CellFault::Identity), "{text}");
    }
    assert_eq!(stored(line, &"长".repeat(201)), Err(CellFault::TooLong(200)));
    assert_eq!(stored(line, "1.23457E+15"), Err(CellFault::Scientific));
    good("type = \"long\"", &[("一\r\n\r\n 二 \n三", "一\n二\n三")]);
}

#[test]
fn nothing_personal_in_a_sentence() {
    assert_eq!(stored("type = \"day\"", "13812345678"), Err(CellFault::NotDay("…".into())));
    assert_eq!(stored("type = \"integer\"", "320412198001011237"), Err(CellFault::NotInteger("…".into())));
}
