//! How much is sent at once. Small parts survive a weak link and tell a true progress; large ones cost
//! few headers. So a part is what the link carries in a few seconds, as it was measured.

/// Bytes of the first part.
const FIRST: u64 = 256 * 1024;
/// Fewest bytes: below it the headers of a part weigh more than what a break loses.
const LEAST: u64 = 32 * 1024;
/// Most bytes: what a phone with little memory reads, hashes and holds at once.
const MOST: u64 = 4 * 1024 * 1024;
/// Seconds that a part should take: progress moves that often, and a part is done before a short stop of
/// the network ends it.
const SECONDS: u64 = 4;
/// Percent that the newest measure weighs in the smoothed rate.
const WEIGHT: u64 = 30;
/// Fewest milliseconds that a measure counts as: clocks are coarse.
const SHORTEST: u64 = 5;

/// What is known of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    part: u64,
    rate: Option<u64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { part: FIRST, rate: None }
    }
}

impl Pace {
    /// Bytes of the next part.
    pub fn part(&self) -> u64 {
        self.part
    }

    /// Bytes that arrive in a second, smoothed; unknown until a part arrived.
    pub fn rate(&self) -> Option<u64> {
        self.rate
    }

    /// So many bytes arrived in so many milliseconds.
    pub fn arrived(&mut self, bytes: u64, milliseconds: u32) {
        if bytes == 0 {
            return;
        }
        let now = (bytes * 1_000 / u64::from(milliseconds).max(SHORTEST)).max(1);
        let rate = match self.rate {
            Some(before) => (before * (100 - WEIGHT) + now * WEIGHT) / 100,
            None => now,
        };
        self.rate = Some(rate);
        self.part = (rate * SECONDS).min(self.part * 2).clamp(LEAST, MOST);
    }

    /// A part broke off after so many of its bytes had arrived. A server that keeps them makes large
    /// parts cheap; where none were kept, the next part is half as large.
    pub fn broke(&mut self, kept: u64) {
        if kept == 0 {
            self.part = (self.part / 2).max(LEAST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_takes_some_seconds_of_the_link() {
        let mut slow = Pace::default();
        for _ in 0..20 {
            // 20 kB a second.
            slow.arrived(slow.part(), u32::try_from(slow.part() / 20).unwrap());
        }
        assert_eq!(slow.rate(), Some(20_000));
        assert_eq!(slow.part(), 80_000);
        let mut fast = Pace::default();
        fast.arrived(FIRST, 10);
        assert_eq!(fast.part(), 2 * FIRST, "no more than twice as much at a time");
        for _ in 0..20 {
            fast.arrived(fast.part(), 10);
        }
        assert_eq!(fast.part(), MOST);
    }

    #[test]
    fn breaks_halve_it_only_where_they_cost_the_part() {
        let mut pace = Pace::default();
        pace.broke(10_000);
        assert_eq!(pace.part(), FIRST);
        pace.broke(0);
        assert_eq!(pace.part(), FIRST / 2);
        for _ in 0..20 {
            pace.broke(0);
        }
        assert_eq!(pace.part(), LEAST);
    }

    #[test]
    fn coarse_clocks_and_empty_parts_do_no_harm() {
        let mut pace = Pace::default();
        pace.arrived(0, 0);
        assert_eq!(pace, Pace::default());
        pace.arrived(1, u32::MAX);
        assert_eq!(pace.rate(), Some(1));
    }
}
