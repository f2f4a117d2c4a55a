//! Failures by address, in memory: a guesser who tries many names from one place has to wait.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::unsync::Cache;

/// Addresses remembered; the least used are forgotten first.
const ADDRESSES: usize = 20_000;

/// Counts failures of an address within a span of time.
pub struct Limits {
    most: u32,
    span: TimeDelta,
    seen: Mutex<Cache<IpAddr, Count>>,
}

#[derive(Clone, Copy)]
struct Count {
    since: DateTime<Utc>,
    failures: u32,
}

/// Whoever has one IPv6 address has its whole /64.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Limits {
    pub fn new(most: u32, span: TimeDelta) -> Self {
        Self { most, span, seen: Mutex::new(Cache::new(ADDRESSES)) }
    }

    /// Whether this address has to wait.
    pub fn is_blocked(&self, address: Option<IpAddr>, now: DateTime<Utc>) -> bool {
        let Some(address) = address.map(network) else { return false };
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.peek(&address).is_some_and(|count| count.failures >= self.most && now - count.since < self.span)
    }

    /// How often this address was counted within the span.
    pub fn count(&self, address: Option<IpAddr>, now: DateTime<Utc>) -> u32 {
        let Some(address) = address.map(network) else { return 0 };
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.peek(&address).filter(|count| now - count.since < self.span).map_or(0, |count| count.failures)
    }

    /// Counts a failure.
    pub fn failed(&self, address: Option<IpAddr>, now: DateTime<Utc>) {
        let Some(address) = address.map(network) else { return };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let old = seen.get(&address).copied().filter(|count| now - count.since < self.span);
        let count =
            old.map_or(Count { since: now, failures: 1 }, |count| Count { failures: count.failures + 1, ..count });
        seen.insert(address, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_and_may_again() {
        let limits = Limits::new(3, TimeDelta::minutes(15));
        let start = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let address = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for _ in 0..3 {
            assert!(!limits.is_blocked(address("2001:db8::1"), start));
            limits.failed(address("2001:db8::1"), start);
        }
        assert!(limits.is_blocked(address("2001:db8::ffff:2"), start), "the same /64");
        assert!(!limits.is_blocked(address("2001:db8:0:1::1"), start));
        assert!(limits.is_blocked(address("2001:db8::1"), start + TimeDelta::seconds(899)));
        assert!(!limits.is_blocked(address("2001:db8::1"), start + TimeDelta::seconds(900)));
        limits.failed(address("2001:db8::1"), start + TimeDelta::seconds(900));
        assert!(!limits.is_blocked(address("2001:db8::1"), start + TimeDelta::seconds(901)));
        for _ in 0..3 {
            limits.failed(address("::ffff:10.0.0.1"), start);
        }
        assert!(limits.is_blocked(address("10.0.0.1"), start));
    }
}
