//! Sampling bulletins (抽检公告) and the rates computed from their samples.

use serde::{Deserialize, Serialize};

use super::sample::{Group, Verdict};

/// Failed and all samples of one group. Shown with both numbers: 100 % of three is not 100 % of three thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Tally {
    /// 合格 samples
    pub passed: u64,
    /// 不合格 samples
    pub failed: u64,
}

impl Tally {
    /// All samples with a verdict (已出结果批次).
    #[must_use]
    pub fn total(self) -> u64 {
        self.passed + self.failed
    }

    /// 合格率 in hundredths of a percent, rounded half up; `None` without samples.
    #[must_use]
    pub fn pass_rate_bp(self) -> Option<u64> {
        let total = self.total();
        (total > 0).then(|| (self.passed * 20_000 + total) / (total * 2))
    }

    /// Counts one more sample.
    pub fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed => self.failed += 1,
        }
    }
}

/// The tally of one group. Food, tableware, rapid tests and evaluation sampling never share a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GroupTally {
    /// Which group.
    pub group: Group,
    /// Its samples.
    #[serde(flatten)]
    pub tally: Tally,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_a_county_that_printed_another() {
        // 54 samples, 6 failed: printed as 98.9 %, is 88.89 %
        assert_eq!(Tally { passed: 48, failed: 6 }.pass_rate_bp(), Some(8_889));
        assert_eq!(Tally::default().pass_rate_bp(), None);
        assert_eq!(Tally { passed: 3, failed: 0 }.pass_rate_bp(), Some(10_000));
    }
}
