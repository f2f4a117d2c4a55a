//! Each fault of a file with its place and its sentence.

use proptest::prelude::*;

use super::{
    super::{CellType, Fault, LARGEST_FILE, Problem, Register, Role, Wanted, rules},
    SMALL,
};
use crate::text::register::{fault as sentence, file_fault};

fn faults(toml: &str) -> Vec<Fault> {
    Register::parse("small", toml).expect_err("this file has a fault")
}

/// The file with one stretch replaced.
fn with(from: &str, to: &str) -> String {
    assert_eq!(SMALL.matches(from).count(), 1, "{from}");
    SMALL.replace(from, to)
}

fn one(from: &str, to: &str, line: usize, problem: &Problem) {
    let found = faults(&with(from, to));
    assert!(found.iter().any(|fault| fault.line == line && fault.problem == *problem), "{to}: {found:?}");
    for fault in &found {
        let said = sentence(fault);
        assert!(said.starts_with("第 ") && said.ends_with('。'), "{said}");
    }
}

#[test]
fn the_file_is_whole() {
    assert_eq!(Register::parse("small", SMALL).map(|register| register.columns.len()), Ok(3));
    assert_eq!(Register::parse("small", &format!("\u{feff}{SMALL}")).map(|register| register.columns.len()), Ok(3));
}

#[test]
fn forms_of_keys_and_values() {
    let word = |key: &str, said: &str, near: Option<&str>, all: &[&str]| {
        let all = all.iter().map(|word| (*word).to_owned()).collect();
        Problem::UnknownWord(key.into(), said.into(), near.map(ToOwned::to_owned), all)
    };
    one("schema = 1", "schema = 2", 1, &Problem::Schema);
    one("schema = 1", "schema = \"1\"", 1, &Problem::Schema);
    one("schema = 1\n", "", 1, &Problem::Missing("schema"));
    one("note = \"说明\"\n", "", 1, &Problem::Missing("note"));
    one("scope =", "scop =", 7, &Problem::UnknownKey("scop".into(), Some("scope")));
    one("sortable =", "sortabel =", 19, &Problem::UnknownKey("sortabel".into(), Some("sortable")));
    one("sortable = true", "xyz = true", 19, &Problem::UnknownKey("xyz".into(), None));
    one("name = \"学校食堂名录\"", "name = 3", 2, &Problem::WrongType("name".into(), Wanted::Text));
    one("note = \"说明\"", "note = \" \"", 4, &Problem::Empty("note".into()));
    one("short = \"学校食堂\"", "short = \"学校食堂学校食堂学校食堂学\"", 3, &Problem::TooLong("short".into(), 12));
    one(
        "required = true\nlist = true",
        "required = 1\nlist = true",
        17,
        &Problem::WrongType("required".into(), Wanted::Flag),
    );
    one("[\"注意\"]", "\"注意\"", 6, &Problem::WrongType("caveats".into(), Wanted::Texts));
    one("[\"注意\"]", "[1]", 6, &Problem::WrongType("caveats".into(), Wanted::Text));
    one("months = 12", "months = 0", 11, &Problem::OutOfRange("months".into(), 1, 1200));
    one("months = 12", "months = 99999999999", 11, &Problem::OutOfRange("months".into(), 1, 1200));
    one("months = 12", "days = 7, months = 12", 11, &Problem::Lives);
    one("months = 12, ", "", 11, &Problem::Lives);
    one("months = 12", "until = \"date\", months = 12", 11, &Problem::Lives);
    one(
        "{ months = 12, from = \"date\" }",
        "\"for ever\"",
        11,
        &word("lives", "for ever", Some("forever"), &["forever"]),
    );
    one("{ months = 12, from = \"date\" }", "7", 11, &Problem::WrongType("lives".into(), Wanted::TextOrTable));
    one("from = \"date\"", "from = \"dat\"", 11, &word("from", "dat", Some("date"), &["name", "date", "kind"]));
    one("from = \"date\"", "from = \"name\"", 11, &Problem::ColumnType("name".into(), vec!["day", "week", "month"]));
    one(
        "source = \"市场监督管理部门\"",
        "source = { column = \"who\" }",
        8,
        &word("column", "who", None, &["name", "date", "kind"]),
    );
    one("source = \"市场监督管理部门\"", "source = 1", 8, &Problem::WrongType("source".into(), Wanted::TextOrTable));
    one("key = [\"name\"]", "key = []", 10, &Problem::Empty("key".into()));
    one("key = [\"name\"]", "key = [\"name\", \"name\"]", 10, &Problem::Twice("name".into()));
    one("key = [\"name\"]", "key = [\"kind\"]", 10, &Problem::MustBeRequired("kind".into()));
    one("key = [\"name\"]", "key = [\"nmae\"]", 10, &word("key", "nmae", Some("name"), &["name", "date", "kind"]));
    one("code = \"name\"", "code = \"Name\"", 14, &Problem::Code("Name".into()));
    one("code = \"b\"", "code = \"1b\"", 37, &Problem::Code("1b".into()));
    one("code = \"kind\"", "code = \"date\"", 31, &Problem::Twice("date".into()));
    one("code = \"b\"", "code = \"a\"", 37, &Problem::Twice("a".into()));
    one("code = \"b\", ", "", 37, &Problem::Missing("code"));
    let types = faults(&with("type = \"day\"", "type = \"date\""));
    assert!(
        matches!(&types[0].problem, Problem::UnknownWord(key, said, near, all)
        if key == "type" && said == "date" && near.as_deref() == Some("day") && all.len() == CellType::ALL.len()),
        "{types:?}"
    );
    assert_eq!((types[0].line, types[0].column), (26, 8));
}

#[test]
fn rules_of_columns() {
    one("type = \"day\"", "type = \"text\"", 28, &Problem::RoleType(Role::Date, vec!["day", "week", "month"]));
    one(
        "type = \"choice\"\nfacet = true",
        "type = \"choice\"\nrole = \"date\"",
        34,
        &Problem::RoleTwice(Role::Date, "日期".into()),
    );
    one("type = \"choice\"", "type = \"text\"", 31, &Problem::Values);
    one("type = \"text\"", "type = \"choice\"", 14, &Problem::Values);
    one("type = \"day\"", "type = \"day\"\nunit = \"天\"", 24, &Problem::Unit);
    one("sortable = true\n", "sortable = true\nfacet = true\n", 14, &Problem::Facet);
    one("required = true\nlist = true", "required = true\nlist = false", 1, &Problem::NothingListed);
    one("required = true\nlist = true", "required = true\nlist = false", 14, &Problem::SortHidden);
    one("required = true\nlist = true", "list = true", 14, &Problem::MustBeRequired("name".into()));
    one("role = \"operator_name\"\n", "", 1, &Problem::NeedsRole(rules::TITLES.to_vec()));
    one("name = \"类型\"", "name = \"企业名称\"", 32, &Problem::HeadingTwice("企业名称".into(), "单位名称".into()));
    one("\"名称\", ", "\"单位 名称：\", ", 21, &Problem::Twice("单位 名称：".into()));
    one("label = \"乙\"", "label = \"一\"", 37, &Problem::ValueTwice("一".into(), "甲".into()));
    one(
        "type = \"choice\"\nfacet = true",
        "type = \"choice\"\nconsent = \"agreed\"",
        34,
        &Problem::UnknownWord(
            "consent".into(),
            "agreed".into(),
            None,
            vec!["name".into(), "date".into(), "kind".into()],
        ),
    );
    let person = "type = \"text\"\nrole = \"person\"";
    one("type = \"day\"\nrequired = true\nrole = \"date\"", person, 24, &Problem::Consent);
    let latitude = "[[column]]\ncode = \"lat\"\nname = \"纬度\"\ntype = \"latitude\"\nrole = \"latitude\"\n\n[[column]]\ncode = \"date\"";
    one("[[column]]\ncode = \"date\"", latitude, 1, &Problem::HalfPoint);
    let wide: String = (0..8)
        .map(|n| format!("[[column]]\ncode = \"c{n}\"\nname = \"列{n}\"\ntype = \"text\"\nlist = true\n\n"))
        .collect::<Vec<_>>()
        .concat();
    one("[[column]]\ncode = \"date\"", &format!("{wide}[[column]]\ncode = \"date\""), 60, &Problem::ListTooWide(7));
}

#[test]
fn what_is_never_published() {
    for (heading, word) in [
        ("身份证号码", "身份证"),
        ("经营者手机号", "手机"),
        ("家庭住址", "家庭住址"),
        ("出生年月", "出生"),
        ("QQ号", "qq"),
    ] {
        one("name = \"类型\"", &format!("name = \"{heading}\""), 32, &Problem::Private(word.into()));
        one("\"名称\", ", &format!("\"{heading}\", "), 21, &Problem::Private(word.into()));
    }
    one("code = \"kind\"", "code = \"mobile_phone\"", 31, &Problem::Private("mobile".into()));
}

#[test]
fn words_that_recommend_or_mislead() {
    one("note = \"说明\"", "note = \"这些店可以放心购买。\"", 4, &Problem::Praise("放心购买"));
    one("name = \"学校食堂名录\"", "name = \"推荐食堂名录\"", 2, &Problem::Praise("推荐"));
    one("caveats = [\"注意\"]", "caveats = [\"注意\", \"请消费者优先选择\"]", 6, &Problem::Praise("优先选择"));
    one("label = \"乙\"", "label = \"免检\"", 37, &Problem::Praise("免检"));
    one("name = \"学校食堂名录\"", "name = \"食品风险警示\"", 2, &Problem::Reserved("风险警示"));
    one("name = \"学校食堂名录\"", "name = \"食品商户黑榜\"", 2, &Problem::BlackList);
    one("name = \"学校食堂名录\"", "name = \"快检抽检结果\"", 2, &Problem::Sampling("抽检"));
    let screening = with("name = \"学校食堂名录\"", "name = \"市场快检结果\"");
    let found = faults(&screening.replace("label = \"乙\"", "label = \"合格\""));
    assert_eq!(
        found.iter().map(|fault| (fault.line, &fault.problem)).collect::<Vec<_>>(),
        [(37, &Problem::Sampling("合格"))]
    );
    // as a wording of spreadsheets it may stand: it is read as the neutral label
    assert!(Register::parse("small", &screening.replace("\"一\"", "\"合格\"")).is_ok());
    // a note may say what it is not
    assert!(Register::parse("small", &screening.replace("\"说明\"", "\"快检是初筛，不是监督抽检。\"")).is_ok());
}

#[test]
fn four_scales_stay_four() {
    let graded = |shows: &str, heading: &str, code: &str| {
        with("shows = \"plain\"", &format!("shows = \"{shows}\""))
            .replace("name = \"类型\"", &format!("name = \"{heading}\"\nrole = \"grade\""))
            .replace("code = \"a\"", &format!("code = \"{code}\""))
    };
    assert!(Register::parse("small", &graded("yearly_grade", "年度等级", "a")).is_ok());
    assert!(Register::parse("small", &graded("risk_grade", "风险等级", "a")).is_ok());
    for (shows, heading) in [("yearly_grade", "风险等级"), ("risk_grade", "等级"), ("dynamic_grade", "年度等级")]
    {
        let found = faults(&graded(shows, heading, "c"));
        assert!(found.iter().any(|fault| fault.problem == Problem::BareScale(heading.into())), "{found:?}");
    }
    let found = faults(&graded("dynamic_grade", "动态等级", "a"));
    let codes = vec!["excellent", "good", "fair", "none"];
    assert!(found.iter().any(|fault| fault.problem == Problem::OtherScale("a".into(), codes.clone())), "{found:?}");
    let found = faults(&graded("official_tier", "包保层级", "a"));
    for role in [Role::Tier, Role::Person, Role::Post] {
        assert!(found.iter().any(|fault| fault.problem == Problem::NeedsRole(vec![role])), "{found:?}");
    }
}

#[test]
fn names_of_files() {
    for code in ["", "School", "a_b", "-a", "1a", "../etc", "学校", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddee"] {
        let found = Register::parse(code, SMALL).unwrap_err();
        assert_eq!(found[0].problem, Problem::FileName(code.into()));
    }
}

#[test]
fn syntax_in_chinese() {
    for (toml, line, words) in [
        ("name = \"甲\"\nname = \"乙\"", 2, "同一个键写了两次"),
        ("schema = 1\nname = 甲", 2, "引号"),
        ("schema = 1\nname =\n", 2, "引号"),
        ("[[column]\ncode = 1", 1, "缺少 ]]"),
    ] {
        let found = faults(toml);
        assert_eq!(found[0].line, line, "{found:?}");
        let said = file_fault("small", &found[0]);
        assert!(said.starts_with("small.toml 第 ") && said.contains(words), "{said}");
    }
    let found = faults(&"#".repeat(LARGEST_FILE + 1));
    assert_eq!(found[0].problem, Problem::TooLarge);
}

#[test]
fn places_are_counted_in_signs() {
    let found = faults(&with("caveats = [\"注意\"]", "caveats = [\"注意注意\", 5]"));
    assert_eq!((found[0].line, found[0].column), (6, 20));
}

#[test]
fn all_faults_at_once() {
    let toml = with("scope = \"范围\"\n", "")
        .replace("type = \"day\"", "type = \"dya\"")
        .replace("label = \"乙\"", "label = \"\"");
    let lines: Vec<usize> = faults(&toml).iter().map(|fault| fault.line).collect();
    assert!(lines.contains(&1) && lines.contains(&25) && lines.contains(&36), "{lines:?}");
}

proptest! {
    #[test]
    fn any_file_has_an_answer(toml in ".{0,400}") {
        let _ = Register::parse("small", &toml);
    }

    #[test]
    fn a_spoilt_file_has_an_answer(at in 0usize..700, by in ".{0,3}", gone in 0usize..40) {
        let signs: Vec<char> = SMALL.chars().collect();
        let at = at.min(signs.len());
        let rest = (at + gone).min(signs.len());
        let toml: String = signs[..at].iter().copied().chain(by.chars()).chain(signs[rest..].iter().copied()).collect();
        if let Err(faults) = Register::parse("small", &toml) {
            prop_assert!(!faults.is_empty() && faults.len() <= 50);
            for fault in faults {
                prop_assert!(fault.line <= toml.matches('\n').count() + 1);
                prop_assert!(sentence(&fault).ends_with('。'));
            }
        }
    }
}
