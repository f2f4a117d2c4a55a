//! Exact days on which notices are removed, and files of rules.

use app::{
    domain::removal::{Penalty, Problem, Publish, Removal, RemovalError, Restriction, Rules, RulesError},
    text,
};
use chrono::{Datelike, Months, NaiveDate};
use proptest::prelude::*;

const EMBEDDED: &str = include_str!("../../../app/data/removal.toml");

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn food(decided: &str, published: &str) -> Penalty {
    Penalty { decided_on: d(decided), published_on: d(published), restriction: Restriction::None, food: true }
}

fn of(rule: &str, class: &str, penalty: Penalty) -> Removal {
    Rules::embedded().unwrap().removal(rule, class, penalty).unwrap()
}

fn days(removal: &Removal) -> (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>) {
    (removal.last_day, removal.on, removal.earliest_repair)
}

#[test]
fn order_45_counts_from_publication() {
    // decided on 10 January, published on the 31st: three months end on the last of April
    let minor = of("order-45", "minor", food("2026-01-10", "2026-01-31"));
    assert_eq!(days(&minor), (Some(d("2026-04-30")), Some(d("2026-05-01")), None));
    assert!(!minor.is_over(d("2026-04-30")) && minor.is_over(d("2026-05-01")));
    // over a leap day: 30 November + 3 months
    let leap = of("order-45", "minor", food("2023-11-01", "2023-11-30"));
    assert_eq!(leap.last_day, Some(d("2024-02-29")));
    assert_eq!(of("order-45", "minor", food("2022-11-01", "2022-11-30")).last_day, Some(d("2023-02-28")));
    // three years from a leap day, repair after one
    let ordinary = of("order-45", "ordinary", food("2024-02-20", "2024-02-29"));
    assert_eq!(days(&ordinary), (Some(d("2027-02-28")), Some(d("2027-03-01")), Some(d("2025-03-01"))));
    let other = Penalty { food: false, ..food("2024-02-20", "2024-02-29") };
    assert_eq!(of("order-45", "ordinary", other).earliest_repair, Some(d("2024-08-30")));
}

#[test]
fn a_longer_restriction_is_public_for_its_real_length() {
    let banned = |restriction| Penalty { restriction, ..food("2026-01-10", "2026-01-31") };
    let five_years = of("order-45", "restricted", banned(Restriction::Until(d("2031-01-09"))));
    assert_eq!(days(&five_years), (Some(d("2031-01-09")), Some(d("2031-01-10")), None));
    let shorter = of("order-45", "restricted", banned(Restriction::Until(d("2027-01-09"))));
    assert_eq!(shorter.last_day, Some(d("2029-01-31")));
    let life = of("order-45", "restricted", banned(Restriction::Lifetime));
    assert_eq!(days(&life), (None, None, None));
    assert!(!life.is_over(d("2099-01-01")));
    let rules = Rules::embedded().unwrap();
    let wrong = rules.removal("order-45", "minor", banned(Restriction::Lifetime)).unwrap_err();
    assert!(matches!(wrong, RemovalError::NoRestriction { .. }));
    assert!(text::removal::error(&wrong).ends_with('。'));
}

#[test]
fn the_rule_of_2026_counts_from_the_document() {
    let penalty = food("2026-08-31", "2026-09-20");
    let minor = of("credit-repair-2026", "minor", penalty);
    assert_eq!(days(&minor), (Some(d("2026-11-30")), Some(d("2026-12-01")), Some(d("2026-08-31"))));
    assert_eq!(minor.publish, Publish::OnlyIfNeeded);
    let ordinary = of("credit-repair-2026", "ordinary", penalty);
    assert_eq!(days(&ordinary), (Some(d("2027-08-31")), Some(d("2027-09-01")), Some(d("2026-12-01"))));
    let serious = of("credit-repair-2026", "serious", penalty);
    assert_eq!(days(&serious), (Some(d("2029-08-31")), Some(d("2029-09-01")), Some(d("2027-09-01"))));
    assert!(!serious.basis.verified && serious.basis.version == "2026-04-01");
    assert!(text::removal::removal(&serious).contains("2029年8月31日"));
    // decided on 29 February
    let leap = of("credit-repair-2026", "ordinary", food("2028-02-29", "2028-03-10"));
    assert_eq!(leap.last_day, Some(d("2029-02-28")));
}

#[test]
fn what_is_not_published_or_not_known_has_no_date() {
    let rules = Rules::embedded().unwrap();
    let penalty = food("2026-01-10", "2026-01-31");
    let warning = rules.removal("order-45", "warning-only", penalty).unwrap_err();
    assert_eq!(text::removal::error(&warning), "“仅受到警告”不予公示（第二条第二款）。");
    assert_eq!(rules.removal("order-46", "minor", penalty), Err(RemovalError::NoRule("order-46".into())));
    assert!(matches!(rules.removal("order-45", "serious", penalty), Err(RemovalError::NoClass { .. })));
    let early = food("2026-02-01", "2026-01-31");
    assert!(matches!(rules.removal("order-45", "minor", early), Err(RemovalError::PublishedEarly { .. })));
    let end = Penalty { decided_on: NaiveDate::MAX, published_on: NaiveDate::MAX, ..penalty };
    assert!(matches!(rules.removal("order-45", "minor", end), Err(RemovalError::OutOfRange(_))));
}

#[test]
fn the_default_is_the_newest_in_force_on_the_day_of_decision() {
    let rules = Rules::embedded().unwrap();
    let default = |day: &str| rules.default_for(d(day)).map(|rule| rule.id.as_str());
    assert_eq!(default("2021-08-31"), None);
    assert_eq!(default("2021-09-01"), Some("order-45"));
    assert_eq!(default("2026-03-31"), Some("order-45"));
    assert_eq!(default("2026-04-01"), Some("credit-repair-2026"));
    assert_eq!(rules.in_force(d("2026-11-24")).len(), 2);
    let versions: Vec<_> = rules.versions().iter().map(|rule| (rule.id.as_str(), rule.version.as_str())).collect();
    assert_eq!(versions, [("order-45", "2021-09-01"), ("credit-repair-2026", "2026-04-01")]);
}

#[test]
fn a_bureau_can_replace_and_add_rules() {
    let rules = Rules::embedded().unwrap();
    let start = EMBEDDED.find("[[rule]]").unwrap();
    let end = EMBEDDED.rfind("[[rule]]").unwrap();
    let own = format!("schema = 1\n{}", &EMBEDDED[start..end])
        .replace("# fine_up_to_yuan = 5000", "fine_up_to_yuan = 5000")
        .replace("version = \"2021-09-01\"", "version = \"本省2026\"");
    let own = rules.with(&Rules::parse(&own).unwrap());
    let rule = own.get("order-45").unwrap();
    assert_eq!((own.versions().len(), rule.version.as_str()), (2, "本省2026"));
    assert_eq!(rule.class_for_fine(5000).map(|class| class.id.as_str()), Some("minor"));
    assert_eq!(rule.class_for_fine(5001), None);
    assert_eq!(rules.get("order-45").unwrap().class_for_fine(1), None);
}

#[test]
fn broken_files_are_refused_with_the_line() {
    let fault = |text: &str| {
        let error = Rules::parse(text).unwrap_err();
        let said = text::removal::rules_error(&error);
        assert!(said.starts_with(&format!("第 {} 行：", error.line)) && said.ends_with('。'), "{said}");
        error
    };
    let line = |needle: &str| EMBEDDED[..EMBEDDED.find(needle).unwrap()].lines().count() + 1;
    let changed = |from: &str, to: &str| {
        assert!(EMBEDDED.contains(from));
        fault(&EMBEDDED.replacen(from, to, 1))
    };
    assert_eq!(fault("schema = 1\n"), RulesError { line: 1, problem: Problem::NoRules });
    assert_eq!(fault("\n\nschema = 2\n"), RulesError { line: 3, problem: Problem::Schema(2) });
    assert!(matches!(fault("schema = 1\n[[rule]\n"), RulesError { line: 2, problem: Problem::Form(_) }));
    assert!(matches!(fault(&"#".repeat(300_000)).problem, Problem::TooLarge));
    let minor = line("id = \"minor\"");
    assert_eq!(
        changed("id = \"minor\"", "id = \"Minor\""),
        RulesError { line: minor, problem: Problem::Id("Minor".into()) }
    );
    let twice = changed("id = \"minor\"", "id = \"ordinary\"");
    assert_eq!(twice, RulesError { line: line("id = \"ordinary\""), problem: Problem::Duplicate("ordinary".into()) });
    let rules = changed("id = \"credit-repair-2026\"", "id = \"order-45\"");
    assert_eq!(rules.problem, Problem::Duplicate("order-45".into()));
    let months = changed("stop_after_months = 3", "stop_after_months = 0");
    assert_eq!(months, RulesError { line: minor, problem: Problem::Months("minor".into()) });
    assert!(matches!(changed("stop_after_months = 3\n", "").problem, Problem::Months(_)));
    assert!(matches!(
        changed("publish = \"never\"", "publish = \"never\"\nstop_after_months = 3").problem,
        Problem::Months(_)
    ));
    assert!(matches!(changed("after_months_food = 12", "after_months_food = 36").problem, Problem::RepairLate(_)));
    assert!(matches!(changed("counts_from", "count_from").problem, Problem::Form(_)));
    assert!(matches!(changed("stop_after_months = 3", "stop_after_months = -3").problem, Problem::Form(_)));
    assert!(matches!(changed("\"2021-09-01\"\ncounts", "\"2021-09-31\"\ncounts").problem, Problem::Form(_)));
    assert!(matches!(changed("publish = \"yes\"", "publish = \"ja\"").problem, Problem::Form(_)));
    let until = "\"2021-09-01\"\neffective_until = \"2021-08-31\"\ncounts";
    assert!(matches!(changed("\"2021-09-01\"\ncounts", until).problem, Problem::Backwards(_)));
}

proptest! {
    /// The last day is the day of the same number or the last of the month, never later; and later publication never
    /// ends earlier.
    #[test]
    fn months_end_where_the_civil_code_says(from in 0_i64..20_000, later in 0_i64..40, class in 0_usize..2) {
        let rules = Rules::embedded().unwrap();
        let (class, months) = [("minor", 3), ("ordinary", 36)][class];
        let day = d("2000-01-01") + chrono::TimeDelta::days(from);
        let at = |day| Penalty { decided_on: day, published_on: day, restriction: Restriction::None, food: true };
        let removal = rules.removal("order-45", class, at(day)).unwrap();
        let last = removal.last_day.unwrap();
        let month = (day.year() * 12 + i32::try_from(day.month0()).unwrap() + months).rem_euclid(12);
        prop_assert_eq!(i32::try_from(last.month0()).unwrap(), month);
        let month_end = last.with_day(1).unwrap() + Months::new(1);
        prop_assert!(last.day() == day.day() || (last.day() < day.day() && last.succ_opt() == Some(month_end)));
        prop_assert_eq!(removal.on, last.succ_opt());
        let after = rules.removal("order-45", class, at(day + chrono::TimeDelta::days(later))).unwrap();
        prop_assert!(after.on >= removal.on);
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(place in 0_usize..5000, length in 0_usize..80, junk in "\\PC{0,8}") {
        let chars: Vec<char> = EMBEDDED.chars().collect();
        let place = place % chars.len();
        let after = (place + length).min(chars.len());
        let damaged: String = chars[..place].iter().copied().chain(junk.chars()).chain(chars[after..].iter().copied()).collect();
        if let Err(error) = Rules::parse(&damaged) {
            prop_assert!(error.line >= 1 && error.line <= damaged.lines().count() + 1);
            prop_assert!(text::removal::rules_error(&error).ends_with('。'));
        }
    }
}
