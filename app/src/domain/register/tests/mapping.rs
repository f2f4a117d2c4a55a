//! Which heading is which column.

use super::{
    super::{Definitions, HeadingProblem, Mapping, Role},
    headings, small,
};
use crate::text::register::heading_problem;

fn columns(words: &[&str]) -> Vec<Option<usize>> {
    Mapping::find(&small(), &headings(words)).headings.into_iter().map(|heading| heading.column).collect()
}

#[test]
fn names_aliases_and_dirt() {
    assert_eq!(columns(&["单位名称", "日期", "类型"]), [Some(0), Some(1), Some(2)]);
    assert_eq!(columns(&["序号", " 单位\n名称 *", "日期：", "类 型（必填）"]), [None, Some(0), Some(1), Some(2)]);
    assert_eq!(columns(&["企业名称", "日期（年月日）"]), [Some(0), Some(1)]);
    assert_eq!(columns(&["", "备注"]), [None, None]);
}

#[test]
fn the_better_found_is_it() {
    // a name before an alias, an alias before brackets
    assert_eq!(columns(&["企业名称", "单位名称"]), [None, Some(0)]);
    assert_eq!(columns(&["单位名称（盖章）", "企业名称"]), [None, Some(0)]);
}

#[test]
fn doubts_are_told_and_settled_by_an_officer() {
    let register = small();
    let mut mapping = Mapping::find(&register, &headings(&["名称", "企业名称", "日期", "手机号码", "其他"]));
    let problems = mapping.problems(&register);
    assert_eq!(
        problems,
        [HeadingProblem::Ambiguous(0, 0, 1), HeadingProblem::Private(3, "手机"), HeadingProblem::Unused(4)]
    );
    assert!(problems[0].stops() && !problems[1].stops() && !problems[2].stops());
    let said: Vec<String> = problems.iter().map(|problem| heading_problem(&register, &mapping, problem)).collect();
    assert_eq!(said[0], "“名称”和“企业名称”两列都像是“单位名称”，请指定用哪一列，另一列设为不导入。");
    assert_eq!(said[1], "“手机号码”一列含“手机”，属于不公开的个人信息，没有读取。");
    mapping.choose(1, None);
    mapping.choose(4, Some(2));
    mapping.choose(99, Some(0));
    assert_eq!(mapping.problems(&register), [HeadingProblem::Unused(1), HeadingProblem::Private(3, "手机")]);
    assert_eq!(mapping.columns(), 3);
}

#[test]
fn what_is_required_is_missed() {
    let register = small();
    let mapping = Mapping::find(&register, &headings(&["类型"]));
    let problems = mapping.problems(&register);
    assert_eq!(problems, [HeadingProblem::Missing(0), HeadingProblem::Missing(1)]);
    let said = heading_problem(&register, &mapping, &problems[0]);
    assert_eq!(said, "缺少“单位名称”一列，也可以写作 名称、企业 名称。请在表格里补上，或者指定哪一列是它。");
}

#[test]
fn one_scale_is_not_taken_for_another() {
    let all = Definitions::shipped().unwrap();
    for (code, own, others) in [
        ("dynamic-grades", "动态等级", ["年度等级", "风险等级", "包保层级", "等级"]),
        ("yearly-grades", "年度等级", ["动态等级", "风险等级", "包保层级", "等级"]),
        ("risk-grades", "风险等级", ["动态等级", "年度等级", "包保层级", "等级"]),
        ("officials", "包保层级", ["动态等级", "年度等级", "风险等级", "等级"]),
    ] {
        let register = all.get(code).unwrap();
        let scale = register.with_role(Role::Grade).or_else(|| register.with_role(Role::Tier));
        assert_eq!(Mapping::find(register, &headings(&[own])).headings[0].column, scale, "{code}");
        for other in others {
            assert_eq!(Mapping::find(register, &headings(&[other])).headings[0].column, None, "{code} {other}");
        }
    }
}
