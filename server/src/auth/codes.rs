//! Query codes of those who have no account: hashed and checked as passwords are.

use super::{Auth, AuthError};

/// Crockford's base 32: no sign is taken for another.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs in a group, for reading aloud.
const GROUP: usize = 5;

/// The first signs of a number or code, from random bytes: 5 bits each.
pub(crate) fn code_signs(random: &[u8; 32], count: usize) -> String {
    random.iter().take(count).map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect()
}

/// In groups of five, as they are read over the telephone.
pub(crate) fn grouped(code: &str) -> String {
    let groups: Vec<&str> =
        (0..code.len()).step_by(GROUP).filter_map(|at| code.get(at..(at + GROUP).min(code.len()))).collect();
    groups.join("-")
}

impl Auth {
    /// The hash of a code to store.
    pub(crate) async fn hash_code(&self, code: &str) -> Result<String, AuthError> {
        self.codes.hash(code, &self.ids).await
    }

    /// Whether a code is that of a stored hash. Without one it takes the same time and is not.
    pub(crate) async fn verify_code(&self, code: &str, stored: Option<&str>) -> Result<bool, AuthError> {
        self.codes.verify(code, stored).await
    }
}

#[cfg(test)]
mod tests {
    use app::domain::objection::code_form;

    use super::*;

    #[test]
    fn codes_are_read_as_they_are_shown() {
        let random: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 9 % 256).unwrap());
        let code = code_signs(&random, 25);
        assert_eq!((code.len(), grouped(&code).len()), (25, 29));
        assert_eq!(code_form(&grouped(&code)), code);
        assert_eq!(SIGNS.iter().collect::<std::collections::BTreeSet<_>>().len(), 32);
        // every sign survives the one form
        let all = String::from_utf8(SIGNS.to_vec()).unwrap();
        assert_eq!(code_form(&all), all);
    }
}
