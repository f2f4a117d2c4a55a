//! Ids: UUIDv7 (RFC 9562 §5.7) from a given time and generator, ascending within one [`Ids`].

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::{Builder, Uuid};

/// Makes ids. Cloning shares the generator.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<State>>);

struct State {
    random: ChaCha8Rng,
    millis: u64,
    counter: u16,
}

/// Ids that one millisecond holds before the next is borrowed (12 bits, `rand_a`).
const PER_MILLI: u16 = 1 << 12;

impl Ids {
    /// Unpredictable ids.
    #[must_use]
    pub fn random() -> Self {
        let mut seed = [0; 32];
        let (first, second) = (Uuid::new_v4(), Uuid::new_v4());
        seed[..16].copy_from_slice(first.as_bytes());
        seed[16..].copy_from_slice(second.as_bytes());
        Self::of(ChaCha8Rng::from_seed(seed))
    }

    /// Ids that repeat, for tests and demonstration content.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::of(ChaCha8Rng::seed_from_u64(seed))
    }

    fn of(random: ChaCha8Rng) -> Self {
        Self(Arc::new(Mutex::new(State { random, millis: 0, counter: 0 })))
    }

    /// 32 random bytes.
    #[must_use]
    pub fn salt(&self) -> [u8; 32] {
        let mut salt = [0; 32];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random.fill_bytes(&mut salt);
        salt
    }

    /// An id that tells nothing, not even its time (UUIDv4): for addresses that must not be guessed.
    #[must_use]
    pub fn secret(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random.fill_bytes(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// The next id at a time; greater than all before.
    #[must_use]
    pub fn next(&self, now: DateTime<Utc>) -> Uuid {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        if now > state.millis {
            state.millis = now;
            state.counter = 0;
        } else {
            state.counter += 1;
            if state.counter == PER_MILLI {
                state.millis += 1;
                state.counter = 0;
            }
        }
        let mut bytes = [0; 10];
        state.random.fill_bytes(&mut bytes);
        bytes[..2].copy_from_slice(&state.counter.to_be_bytes());
        Builder::from_unix_timestamp_millis(state.millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_ascend_and_repeat() {
        let at = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let take = |ids: Ids| (0..10_000).map(|_| ids.next(at)).collect::<Vec<_>>();
        let first = take(Ids::seeded(7));
        assert!(first.is_sorted_by(|a, b| a < b));
        assert_eq!(first, take(Ids::seeded(7)));
        assert_eq!(first[0].get_version_num(), 7);
    }
}
