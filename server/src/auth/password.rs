//! Which passwords are taken, and how they are kept: Argon2id (RFC 9106), off the async threads, few at once.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::AuthError;
use crate::{config::DeskSettings, id::Ids};

/// Bytes of a salt (RFC 9106 §3.1).
const SALT_BYTES: usize = 16;
/// Checks that may wait; more are refused at once, so that a flood doesn't pile up.
const WAITING: u32 = 64;
/// The same for query codes.
const WAITING_CODES: u32 = 2000;
/// Cost of the hash of a query code: memory in KiB, passes, hashes at once. A code has 125 random bits, so that nobody
/// tries it out at whatever cost; a cheap hash keeps the taking of complaints quick when many come at once.
const CODE_COST: (u32, u32, u32) = (256, 1, 4);
/// Characters at most, so that nobody makes the server hash a book.
const LONGEST: usize = 256;

/// The passwords found most often in what was stolen elsewhere, in small letters, at least eight characters long.
/// Shorter ones are refused for their length.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    /// Too short for the kinds of characters in it
    Short,
    /// Longer than 256 characters
    Long,
    /// The account's name is most of it
    Name,
    /// Among the commonest, or one sign repeated, or a row of digits
    Common,
}

/// Looks at a new password.
///
/// # Errors
/// Why it is not taken.
pub fn check_password(password: &str, name: &str, settings: &DeskSettings) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length > LONGEST {
        return Err(PasswordFault::Long);
    }
    let enough = |least: u32| length >= usize::try_from(least).unwrap_or(usize::MAX);
    let is_mixed = kinds(password) >= settings.password_mixed_kinds;
    let is_long = enough(settings.password_length) || (is_mixed && enough(settings.password_mixed_length));
    if !is_long {
        return Err(PasswordFault::Short);
    }
    let small = password.to_lowercase();
    let name = name.to_lowercase();
    // the name with less than a short password around it is the name
    if !name.is_empty() && small.contains(&name) && length < name.chars().count() + 6 {
        return Err(PasswordFault::Name);
    }
    let different: BTreeSet<char> = small.chars().collect();
    if different.len() < 4 || is_row(&small) || COMMON.lines().any(|common| common == small) {
        return Err(PasswordFault::Common);
    }
    Ok(())
}

/// How many of the four kinds of characters are in it.
fn kinds(password: &str) -> u32 {
    let has = |test: fn(char) -> bool| u32::from(password.chars().any(test));
    has(char::is_uppercase)
        + has(char::is_lowercase)
        + has(|sign| sign.is_ascii_digit())
        + has(|sign| !sign.is_ascii_alphanumeric())
}

/// Signs that follow one another, up or down: 123456789012, abcdefghijkl.
fn is_row(password: &str) -> bool {
    let signs: Vec<u32> = password.chars().map(u32::from).collect();
    let (zero, nine) = (u32::from('0'), u32::from('9'));
    let steps = |up: bool| {
        signs.windows(2).all(|pair| {
            let (from, to) = if up { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            to == from + 1 || (from == nine && to == zero)
        })
    };
    steps(true) || steps(false)
}

/// Hashes and checks, few at once.
pub(super) struct Hasher {
    argon: Argon2<'static>,
    /// Hash of nothing anybody knows: checked where there is no account, so that it takes the same time
    dummy: String,
    permits: Arc<Semaphore>,
    waiting: AtomicU32,
    most_waiting: u32,
}

impl Hasher {
    /// For passwords.
    pub fn new(settings: &DeskSettings, ids: &Ids) -> Result<Self, AuthError> {
        Self::with((settings.argon2_memory, settings.argon2_passes, settings.argon2_at_once), WAITING, ids)
    }

    /// For query codes.
    pub fn of_codes(ids: &Ids) -> Result<Self, AuthError> {
        Self::with(CODE_COST, WAITING_CODES, ids)
    }

    fn with((memory, passes, at_once): (u32, u32, u32), most_waiting: u32, ids: &Ids) -> Result<Self, AuthError> {
        let failed = |error: argon2::Error| AuthError::Hash(error.to_string());
        let params = Params::new(memory, passes, 1, None).map_err(failed)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = hash(&argon, &ids.salt(), &ids.salt())?;
        let permits = Arc::new(Semaphore::new(usize::try_from(at_once).unwrap_or(1)));
        Ok(Self { argon, dummy, permits, waiting: AtomicU32::new(0), most_waiting })
    }

    /// The hash to store.
    pub async fn hash(&self, password: &str, ids: &Ids) -> Result<String, AuthError> {
        let (argon, password, salt) = (self.argon.clone(), password.to_owned(), ids.salt());
        self.run(move || hash(&argon, password.as_bytes(), &salt)).await?
    }

    /// Whether a password is that of a stored hash. Without one it takes the same time and is not.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, AuthError> {
        let (argon, password) = (self.argon.clone(), password.to_owned());
        let (is_there, stored) = (stored.is_some(), stored.unwrap_or(&self.dummy).to_owned());
        self.run(move || {
            let parsed = PasswordHash::new(&stored).map_err(|error| AuthError::Hash(error.to_string()))?;
            Ok(argon.verify_password(password.as_bytes(), &parsed).is_ok() && is_there)
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AuthError> {
        let _place = Waiting::enter(&self.waiting, self.most_waiting)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| AuthError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        done.await.map_err(|error| AuthError::Hash(error.to_string()))
    }
}

/// A place in the queue; given back even when the request is given up.
struct Waiting<'a>(&'a AtomicU32);

impl<'a> Waiting<'a> {
    fn enter(waiting: &'a AtomicU32, most: u32) -> Result<Self, AuthError> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::SeqCst) >= most { Err(AuthError::Busy) } else { Ok(place) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn hash(argon: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<String, AuthError> {
    let salt = salt.get(..SALT_BYTES).unwrap_or(salt);
    let hashed = argon.hash_password_with_salt(password, salt);
    hashed.map(|hash| hash.to_string()).map_err(|error| AuthError::Hash(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_looked_at() {
        let settings = DeskSettings::default();
        let check = |password: &str| check_password(password, "zhangsan", &settings);
        for taken in ["correct horse battery", "Abc-2026x", "青禾路上的第三家面馆真好吃", "zhangsan walks the dog"]
        {
            assert_eq!(check(taken), Ok(()), "{taken}");
        }
        for (refused, fault) in [
            ("", PasswordFault::Short),
            ("Ab1!567", PasswordFault::Short),
            ("abcdefg1234", PasswordFault::Short),
            ("ZhangSan2026", PasswordFault::Name),
            ("zhangsan!1A", PasswordFault::Name),
            ("aaaaaaaaaaaa", PasswordFault::Common),
            ("123456789012", PasswordFault::Common),
            ("ponmlkjihgfedcba", PasswordFault::Common),
            ("P@ssw0rd", PasswordFault::Common),
            ("Admin@123", PasswordFault::Common),
        ] {
            assert_eq!(check(refused), Err(fault), "{refused}");
        }
        assert_eq!(check(&"长".repeat(257)), Err(PasswordFault::Long));
        assert!(COMMON.lines().all(|line| line.chars().count() >= 8 && line.to_lowercase() == line));
    }

    #[tokio::test]
    async fn hashes_are_salted_and_a_missing_one_never_fits() {
        let ids = Ids::seeded(5);
        let hasher = Hasher::new(&DeskSettings::default(), &ids).unwrap();
        let (first, second) = (hasher.hash("geheim", &ids).await.unwrap(), hasher.hash("geheim", &ids).await.unwrap());
        assert_ne!(first, second);
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert!(hasher.verify("geheim", Some(&first)).await.unwrap());
        assert!(!hasher.verify("geheim ", Some(&second)).await.unwrap());
        assert!(!hasher.verify("", None).await.unwrap());
        assert_eq!(hasher.waiting.load(Ordering::SeqCst), 0);
    }
}
