//! Formulas that start programs or fetch something.

use super::super::Refusal;

/// Refuses DDE (`cmd|'/c calc'!A1`) and functions that reach outside the workbook.
pub(super) fn check(formula: &str) -> Result<(), Refusal> {
    let bare = without_quoted(formula).to_uppercase();
    if bare.contains('|') {
        return Err(Refusal::ActiveContent("DDE"));
    }
    for (name, refusal) in [
        ("DDE", Refusal::ActiveContent("DDE")),
        ("CALL", Refusal::ActiveContent("CALL")),
        ("EXEC", Refusal::ActiveContent("EXEC")),
        ("REGISTER", Refusal::ActiveContent("REGISTER")),
        ("REGISTER.ID", Refusal::ActiveContent("REGISTER")),
        ("RTD", Refusal::ExternalReference),
        ("WEBSERVICE", Refusal::ExternalReference),
        ("IMAGE", Refusal::ExternalReference),
    ] {
        if calls(&bare, name) {
            return Err(refusal);
        }
    }
    Ok(())
}

fn calls(formula: &str, name: &str) -> bool {
    formula.match_indices(name).any(|(at, _)| {
        let before = formula[..at].chars().next_back();
        // `_xlfn.` and the like may stand before a newer function
        let begins = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        begins && formula[at + name.len()..].trim_start().starts_with('(')
    })
}

/// Without strings and quoted names of sheets.
fn without_quoted(formula: &str) -> String {
    let mut quote = None;
    formula
        .chars()
        .filter(|&c| match quote {
            Some(open) => {
                if c == open {
                    quote = None;
                }
                false
            }
            None if matches!(c, '"' | '\'') => {
                quote = Some(c);
                false
            }
            None => true,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::Refusal;
    use super::check;

    #[test]
    fn programs_and_servers_are_refused_and_words_are_not() {
        assert_eq!(check("cmd|'/c calc'!A0"), Err(Refusal::ActiveContent("DDE")));
        assert_eq!(check("_xlfn.WEBSERVICE(\"http://a/\")"), Err(Refusal::ExternalReference));
        assert_eq!(check("CALL (\"kernel32\")"), Err(Refusal::ActiveContent("CALL")));
        assert_eq!(check("'a|b'!A1&\"x|y CALL(1)\""), Ok(()));
        assert_eq!(check("SUM(A1:A3)+RECALL(2)"), Ok(()));
    }
}
