//! Who watches: each load of a playlist says so. An address that is used stays good, one that isn't ends.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{IDLE_SECONDS, RelayFault, RelayLimits, WATCH_SECONDS, seconds};

/// Seconds after its last playlist for which somebody counts as watching. Players load one every few seconds.
const ACTIVE_SECONDS: i64 = 30;
/// Seconds that clocks of two machines may differ.
const SKEW_SECONDS: i64 = 60;

struct Watch {
    camera: Uuid,
    seen: DateTime<Utc>,
}

/// Those who watch; at most four times as many entries as may watch.
pub(super) struct Watches {
    limits: RelayLimits,
    all: Mutex<HashMap<u64, Watch>>,
}

impl Watches {
    pub fn new(limits: RelayLimits) -> Self {
        Self { limits, all: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Watch>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn count(&self, now: DateTime<Utc>) -> usize {
        self.lock().values().filter(|watch| is_active(watch, now)).count()
    }

    /// Whether one more may watch.
    pub fn check(&self, camera: Uuid, now: DateTime<Utc>) -> Result<(), RelayFault> {
        self.has_room(&self.lock(), camera, now)
    }

    fn has_room(&self, all: &HashMap<u64, Watch>, camera: Uuid, now: DateTime<Utc>) -> Result<(), RelayFault> {
        let active = || all.values().filter(|watch| is_active(watch, now));
        let of_one = active().filter(|watch| watch.camera == camera).count();
        if active().count() >= self.limits.watchers
            || of_one >= self.limits.watchers_of_one
            || all.len() >= 4 * self.limits.watchers
        {
            return Err(RelayFault::Full);
        }
        Ok(())
    }

    /// Somebody loads a playlist.
    pub fn touch(&self, camera: Uuid, watch: u64, opened: i64, now: DateTime<Utc>) -> Result<(), RelayFault> {
        let age = now.timestamp() - opened;
        if age > i64::try_from(WATCH_SECONDS).unwrap_or(0) || age < -SKEW_SECONDS {
            return Err(RelayFault::Expired);
        }
        let mut all = self.lock();
        all.retain(|_, watch| now - watch.seen <= seconds(IDLE_SECONDS));
        if let Some(known) = all.get_mut(&watch) {
            known.seen = known.seen.max(now);
            return Ok(());
        }
        if age > IDLE_SECONDS {
            return Err(RelayFault::Expired);
        }
        self.has_room(&all, camera, now)?;
        all.insert(watch, Watch { camera, seen: now });
        Ok(())
    }
}

fn is_active(watch: &Watch, now: DateTime<Utc>) -> bool {
    now - watch.seen <= seconds(ACTIVE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + second, 0).unwrap()
    }

    #[test]
    fn an_address_lives_while_it_is_used() {
        let watches = Watches::new(RelayLimits::default());
        let (camera, opened) = (Uuid::from_u128(1), at(0).timestamp());
        for second in (0..=900).step_by(100) {
            assert_eq!(watches.touch(camera, 1, opened, at(second)), Ok(()), "{second}");
        }
        assert_eq!(watches.touch(camera, 1, opened, at(901)), Err(RelayFault::Expired), "not for ever");
        assert_eq!(watches.touch(camera, 2, opened, at(121)), Err(RelayFault::Expired), "never used");
        assert_eq!(watches.touch(camera, 3, at(300).timestamp(), at(0)), Err(RelayFault::Expired), "from the future");
        let opened = at(1000).timestamp();
        assert_eq!(watches.touch(camera, 4, opened, at(1001)), Ok(()));
        assert_eq!(watches.touch(camera, 4, opened, at(1122)), Err(RelayFault::Expired), "not used for two minutes");
    }

    #[test]
    fn limits_hold_for_one_and_for_all() {
        let limits = RelayLimits { watchers: 5, watchers_of_one: 3, ..RelayLimits::default() };
        let watches = Watches::new(limits);
        let opened = at(0).timestamp();
        let touch =
            |camera: u128, watch: u64, second: i64| watches.touch(Uuid::from_u128(camera), watch, opened, at(second));
        for watch in 0..3 {
            assert_eq!(touch(1, watch, 0), Ok(()));
        }
        assert_eq!(touch(1, 9, 0), Err(RelayFault::Full), "one camera");
        assert_eq!((touch(2, 3, 0), touch(2, 4, 0)), (Ok(()), Ok(())));
        assert_eq!(touch(3, 5, 0), Err(RelayFault::Full), "all");
        assert_eq!(watches.check(Uuid::from_u128(3), at(0)), Err(RelayFault::Full));
        assert_eq!(touch(1, 0, 1), Ok(()), "who watches may go on");
        assert_eq!(watches.count(at(1)), 5);
        assert_eq!(touch(3, 5, 31), Ok(()), "those who went away make room");
        assert_eq!(watches.count(at(31)), 2);
    }
}
