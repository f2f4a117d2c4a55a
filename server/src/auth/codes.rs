//! Query codes of those who have no account: hashed and checked as passwords are.

use super::{Auth, AuthError};

impl Auth {
    /// The hash of a code to store.
    pub(crate) async fn hash_code(&self, code: &str) -> Result<String, AuthError> {
        self.hasher.hash(code, &self.ids).await
    }

    /// Whether a code is that of a stored hash. Without one it takes the same time and is not.
    pub(crate) async fn verify_code(&self, code: &str, stored: Option<&str>) -> Result<bool, AuthError> {
        self.hasher.verify(code, stored).await
    }
}
