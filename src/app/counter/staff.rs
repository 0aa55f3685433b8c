//! Staff make a device everybody's, and take it back, each with a PIN. Both wipe first.

use super::{CounterService, MODE, ON, session};
use crate::app::Services;
use crate::browser::preference::Setting;
use crate::browser::{Refused, clock, memory, pin, preference, push, shared_device, tasks};
use crate::route::Route;
use motcua_journeys::counter::pin::{PinProblem, Tries, check};

/// The PIN's hash with its salt.
const PIN: Setting = Setting::COUNTER_PIN;
const TRIES: Setting = Setting::COUNTER_TRIES;

/// Why the mode stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffProblem {
    /// The new PIN will not do.
    Pin(PinProblem),
    /// It is not the PIN.
    Wrong,
    /// Too many wrong tries: seconds to wait.
    Wait(i64),
    /// Not everything could be wiped, or signing out needs a network.
    NotWiped,
    /// The browser refused.
    Refused,
}

impl From<Refused> for StaffProblem {
    fn from(why: Refused) -> Self {
        tasks::log_failure("counter", &why);
        Self::Refused
    }
}

impl CounterService {
    /// Makes this device everybody's. What the app kept on it is wiped. Opens the start page.
    pub async fn turn_on(
        self,
        services: Services,
        first: &str,
        second: &str,
    ) -> Result<(), StaffProblem> {
        check(first, second).map_err(StaffProblem::Pin)?;
        let hashed = pin::hash(first).await?;
        if !session::wipe(services).await {
            return Err(StaffProblem::NotWiped);
        }
        // Whoever owned it before would be told of in front of strangers.
        push::end().await?;
        preference::remember(PIN, &hashed);
        preference::remember(TRIES, "");
        preference::remember(MODE, ON);
        memory::begin();
        shared_device::replace(&Route::Counter.to_string());
        Ok(())
    }

    /// Ends counter mode. Wipes, and opens the start page.
    pub async fn turn_off(self, services: Services, typed: &str) -> Result<(), StaffProblem> {
        let now = clock::now_seconds();
        let tries = Tries::read(preference::find(TRIES).as_deref(), now);
        if tries.wait(now) > 0 {
            return Err(StaffProblem::Wait(tries.wait(now)));
        }
        // Written down before it is looked at: closing the app meanwhile wins no try.
        let worse = tries.after_wrong(now);
        preference::remember(TRIES, &worse.text());
        let hashed = preference::find(PIN).unwrap_or_default();
        if !pin::is_right(typed, &hashed).await? {
            let wait = worse.wait(now);
            return Err(if wait > 0 { StaffProblem::Wait(wait) } else { StaffProblem::Wrong });
        }
        preference::remember(TRIES, "");
        if !session::wipe(services).await {
            return Err(StaffProblem::NotWiped);
        }
        preference::remember(PIN, "");
        preference::remember(MODE, "");
        shared_device::replace("/");
        Ok(())
    }
}
