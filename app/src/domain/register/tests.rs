//! Files with every fault, the shipped files, rows as bureaus fill them in.

mod any_cell;
mod cells;
mod faults;
mod mapping;
mod private;
mod rows;
mod shipped;

use super::Register;

/// A whole register; line numbers below depend on it.
const SMALL: &str = r#"schema = 1
name = "学校食堂名录"
short = "学校食堂"
note = "说明"
basis = "依据"
caveats = ["注意"]
scope = "范围"
source = "市场监督管理部门"
shows = "plain"
key = ["name"]
lives = { months = 12, from = "date" }

[[column]]
code = "name"
name = "单位名称"
type = "text"
required = true
list = true
sortable = true
role = "operator_name"
aliases = ["名称", "企业 名称"]

[[column]]
code = "date"
name = "日期"
type = "day"
required = true
role = "date"

[[column]]
code = "kind"
name = "类型"
type = "choice"
facet = true
values = [
    { code = "a", label = "甲", aliases = ["一"] },
    { code = "b", label = "乙" },
]
"#;

fn small() -> Register {
    Register::parse("small", SMALL).unwrap()
}

/// A register with one column of a type beside its name.
fn with_type(line: &str) -> Register {
    let toml = format!(
        "schema = 1\nname = \"名册\"\nshort = \"名册\"\nnote = \"说明\"\nbasis = \"依据\"\nscope = \"范围\"\nsource = \"局\"\n\
         shows = \"plain\"\nkey = [\"name\"]\nlives = \"forever\"\n\n[[column]]\ncode = \"name\"\nname = \"名称\"\ntype = \"text\"\n\
         required = true\nlist = true\nrole = \"title\"\n\n[[column]]\ncode = \"it\"\nname = \"此列\"\n{line}\n"
    );
    Register::parse("one", &toml).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
