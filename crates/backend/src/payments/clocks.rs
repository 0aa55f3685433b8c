//! How far this machine's clock is from each gateway's, learned from the `Date` of the gateway's own
//! answers, and the refusal to open an order while they are too far apart: its dates would be wrong, and
//! until when it can be paid. Asking and giving back go on. Kept in memory; knows no protocol.

use crate::app::App;
use crate::error::Result;
use crate::payments::ask::PAUSE_SECONDS;
use crate::payments::attempts::Attempt;
use crate::payments::drivers::Driver;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long a citizen waits for a question that is asked for the clock's sake only.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is known of the gateways' clocks.
#[derive(Debug, Default)]
pub struct GatewayClocks(Mutex<HashMap<&'static str, Reading>>);

/// What an answer told.
#[derive(Debug, Clone, Copy)]
struct Reading {
    /// Seconds that our clock was ahead of the gateway's; below zero when it was behind.
    ahead: i64,
    /// When, by our clock.
    at: Moment,
    /// When, by a clock that nobody sets.
    since: Instant,
}

impl Reading {
    /// Seconds that our clock is ahead at `now`: what it was, and by how much it was set since.
    fn ahead_at(&self, now: Moment) -> i64 {
        let passed = i64::try_from(self.since.elapsed().as_secs()).unwrap_or(i64::MAX);
        self.ahead.saturating_add(now.0 - self.at.0).saturating_sub(passed)
    }
}

impl GatewayClocks {
    /// Takes in the `Date` of an answer that came at `now`. A call lasts ten seconds at most, so it is
    /// wrong by no more.
    pub fn learn(&self, driver: Driver, date: SystemTime, now: Moment) {
        let theirs = date.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let theirs = i64::try_from(theirs).unwrap_or(i64::MAX);
        let reading =
            Reading { ahead: now.0.saturating_sub(theirs), at: now, since: Instant::now() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(driver.id(), reading);
    }

    fn find(&self, driver: Driver) -> Option<Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(driver.id()).copied()
    }
}

/// Refuses a gateway whose clock is known to differ too much from ours; who runs it reads why.
///
/// # Errors
/// `gateway-unavailable`, as of a gateway that does not answer.
pub fn check(app: &App, driver: Driver) -> Result<()> {
    match apart(app, driver) {
        None => Ok(()),
        Some(ahead) => {
            let (channel, tolerance) = (driver.id(), app.settings.clock_tolerance_s);
            tracing::error!(
                channel,
                "no order is opened: our clock is {ahead} s ahead of the gateway's, and {tolerance} s \
                 are allowed. Is this machine's clock kept by NTP?"
            );
            Err(ProblemType::GatewayUnavailable.into())
        }
    }
}

/// The same before an attempt's order is opened. Asks the gateway where that tells more: VNPAY, whose
/// order is opened without a call, when nothing is known; any other when it was last too far off.
///
/// # Errors
/// As [`check`].
pub async fn check_anew(app: &App, driver: Driver, attempt: &Attempt) -> Result<()> {
    let known = app.gateway_clocks.find(driver);
    let rested =
        |reading: Reading| reading.since.elapsed().as_secs() >= PAUSE_SECONDS.unsigned_abs();
    let must_ask = match known {
        None => driver == Driver::Vnpay,
        Some(reading) => apart(app, driver).is_some() && rested(reading),
    };
    if must_ask {
        // About an order that nobody has: VNPAY answers 94 to a second question about the same one, and
        // the next one about this attempt is to be answered.
        let reference = driver.reference(app.clock.now())?;
        let nobody_s = Attempt { reference, ..attempt.clone() };
        // Whatever it says, or that it says nothing, is no word about this attempt.
        let _ = tokio::time::timeout(PATIENCE, driver.query(app, &nobody_s)).await;
    }
    check(app, driver)
}

/// Seconds that our clock is ahead, when that is more than the settings allow.
fn apart(app: &App, driver: Driver) -> Option<i64> {
    let ahead = app.gateway_clocks.find(driver)?.ahead_at(app.clock.now());
    (ahead.unsigned_abs() > u64::from(app.settings.clock_tolerance_s)).then_some(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_moves_with_our_clock() {
        let clocks = GatewayClocks::default();
        assert!(clocks.find(Driver::Momo).is_none());
        let theirs = UNIX_EPOCH + Duration::from_secs(1_000_000);
        clocks.learn(Driver::Momo, theirs, Moment(1_000_360));
        let reading = clocks.find(Driver::Momo).unwrap();
        // A second may pass between the two.
        let about = |now: i64, ahead: i64| {
            let found = reading.ahead_at(Moment(now));
            assert!((ahead - 1..=ahead).contains(&found), "{found}, not {ahead}");
        };
        about(1_000_360, 360);
        about(1_000_000, 0);
        about(999_640, -360);
        assert!(clocks.find(Driver::Vnpay).is_none(), "each gateway has a clock of its own");
    }
}
