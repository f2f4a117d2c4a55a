//! How much one network address may send in an hour, in memory. Whoever has one IPv6 address has its whole /64.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::unsync::Cache;

use crate::auth::network;

const ADDRESSES: usize = 20_000;
const SPAN: TimeDelta = TimeDelta::hours(1);

#[derive(Clone, Copy)]
struct Count {
    since: DateTime<Utc>,
    bytes: u64,
    baskets: u32,
}

/// Counts by address.
pub(super) struct Quota {
    bytes: u64,
    baskets: u32,
    seen: Mutex<Cache<IpAddr, Count>>,
}

impl Quota {
    pub(super) fn new(bytes: u64, baskets: u32) -> Self {
        Self { bytes, baskets, seen: Mutex::new(Cache::new(ADDRESSES)) }
    }

    /// Counts what comes; `false`, and nothing is counted, where it is too much.
    pub(super) fn take(&self, address: Option<IpAddr>, bytes: u64, baskets: u32, now: DateTime<Utc>) -> bool {
        let Some(address) = address.map(network) else { return true };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let old = seen.get(&address).copied().filter(|count| now - count.since < SPAN);
        let old = old.unwrap_or(Count { since: now, bytes: 0, baskets: 0 });
        let new = Count { bytes: old.bytes.saturating_add(bytes), baskets: old.baskets + baskets, ..old };
        if new.bytes > self.bytes || new.baskets > self.baskets {
            return false;
        }
        seen.insert(address, new);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_its_measure() {
        let quota = Quota::new(100, 2);
        let start = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let address = Some("192.0.2.1".parse().unwrap());
        assert!(quota.take(address, 60, 1, start));
        assert!(!quota.take(address, 41, 0, start));
        assert!(quota.take(address, 40, 1, start), "what was refused is not counted");
        assert!(!quota.take(address, 0, 1, start));
        assert!(quota.take(Some("192.0.2.2".parse().unwrap()), 100, 2, start));
        assert!(quota.take(None, 1000, 9, start));
        assert!(!quota.take(address, 1, 0, start + TimeDelta::seconds(3599)));
        assert!(quota.take(address, 100, 2, start + SPAN));
    }
}
