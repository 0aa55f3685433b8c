//! Wiping a shared device: what goes in which order, and what a crash in between leaves to do. The
//! marker is written before anything goes and removed after everything is gone, so that the next start
//! of the app finds a wipe that was cut off. Signing out takes a network: it can be owed.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody pressed the button, or nobody is there any more.
    Begin,
    /// The app starts, and finds this on the device.
    Started {
        /// A wipe was begun and did not end, or a session was not ended.
        left: bool,
        /// Somebody may still be signed in.
        owed: bool,
    },
    /// The last effect is done.
    Done,
    /// The last effect did not work.
    Failed,
    /// The network is back.
    Online,
}

/// What to do. Each can be done twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Write down that a wipe is begun, and that signing out is owed.
    Mark,
    /// Let go of what is in the memory, keys first: what is on the disk can no longer be read.
    Forget,
    /// Remove the databases.
    RemoveDatabases,
    /// Remove the small settings, but for the device's own.
    RemoveSettings,
    /// Remove what was fetched and kept, but for the app itself.
    RemoveCaches,
    /// Ask the server to end the session.
    SignOut,
    /// Write down that signing out is no longer owed.
    Settle,
    /// Write down that the wipe is over.
    Unmark,
    /// Go to the start page, in the place of the page that is shown.
    Leave,
}

/// In this order. Signing out comes after everything that needs no network.
const ORDER: [Effect; 7] = [
    Effect::Mark,
    Effect::Forget,
    Effect::RemoveDatabases,
    Effect::RemoveSettings,
    Effect::RemoveCaches,
    Effect::Unmark,
    Effect::SignOut,
];

/// Where a wipe is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// The effect that runs.
    running: Option<Effect>,
    /// Something could not be removed: the marker stays, and the next start tries again.
    pub incomplete: bool,
    /// Somebody may still be signed in at the server.
    pub owed: bool,
    /// Whether it ends with the start page; a debt that is paid later ends where the visitor is.
    leaves: bool,
}

impl State {
    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Whether nothing is left on the device, as far as it could be removed: the rest is the server's.
    pub fn is_wiped(&self) -> bool {
        matches!(self.running, None | Some(Effect::SignOut | Effect::Settle | Effect::Leave))
    }
}

/// The next state and what to do.
pub fn step(state: &State, event: Event) -> (State, Option<Effect>) {
    let mut next = *state;
    let effect = match (event, state.running) {
        (Event::Begin | Event::Started { left: true, .. }, None) => {
            next = State { leaves: event == Event::Begin, owed: true, ..State::default() };
            Some(Effect::Mark)
        }
        (Event::Started { owed, .. }, None) => {
            next.owed = owed;
            owed.then_some(Effect::SignOut)
        }
        (Event::Online, None) => state.owed.then_some(Effect::SignOut),
        (Event::Done, Some(Effect::SignOut)) => {
            next.owed = false;
            Some(Effect::Settle)
        }
        (Event::Failed, Some(Effect::SignOut))
        | (Event::Done | Event::Failed, Some(Effect::Settle)) => {
            state.leaves.then_some(Effect::Leave)
        }
        (Event::Done | Event::Failed, Some(running)) => {
            next.incomplete |= event == Event::Failed;
            following(running, next.incomplete)
        }
        // A second tap, or a step that nobody waits for.
        (_, Some(_)) => return (*state, None),
        (Event::Done | Event::Failed, None) => None,
    };
    next.running = effect;
    (next, effect)
}

fn following(running: Effect, incomplete: bool) -> Option<Effect> {
    let mut rest = ORDER.iter().copied().skip_while(|effect| *effect != running).skip(1);
    rest.find(|effect| !(incomplete && *effect == Effect::Unmark))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is on a device, as far as a wipe touches it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Device {
        marked: bool,
        owed: bool,
        memory: bool,
        databases: bool,
        settings: bool,
        caches: bool,
        signed_in: bool,
        online: bool,
    }

    const USED: Device = Device {
        marked: false,
        owed: false,
        memory: true,
        databases: true,
        settings: true,
        caches: true,
        signed_in: true,
        online: true,
    };

    impl Device {
        fn carry_out(&mut self, effect: Effect) -> Event {
            match effect {
                Effect::Mark => (self.marked, self.owed) = (true, true),
                Effect::Forget => self.memory = false,
                Effect::RemoveDatabases => self.databases = false,
                Effect::RemoveSettings => self.settings = false,
                Effect::RemoveCaches => self.caches = false,
                Effect::SignOut if !self.online => return Event::Failed,
                Effect::SignOut => self.signed_in = false,
                Effect::Settle => self.owed = false,
                Effect::Unmark => self.marked = false,
                Effect::Leave => {}
            }
            Event::Done
        }

        /// Runs until nothing follows, or the power goes after so many effects.
        fn run(&mut self, state: &mut State, first: Event, power: usize) -> Vec<Effect> {
            let mut done = vec![];
            let mut event = first;
            loop {
                let (next, effect) = step(state, event);
                *state = next;
                let Some(effect) = effect.filter(|_| done.len() < power) else { return done };
                event = self.carry_out(effect);
                done.push(effect);
            }
        }

        fn start(&mut self) -> State {
            self.memory = false;
            let mut state = State::default();
            let found = Event::Started { left: self.marked, owed: self.owed };
            self.run(&mut state, found, usize::MAX);
            state
        }

        fn holds_something(&self) -> bool {
            self.memory || self.databases || self.settings || self.caches || self.marked
        }
    }

    #[test]
    fn the_keys_go_first_and_the_start_page_comes_last() {
        let (mut device, mut state) = (USED, State::default());
        let done = device.run(&mut state, Event::Begin, usize::MAX);
        assert_eq!(done[..2], [Effect::Mark, Effect::Forget]);
        assert_eq!(done.last(), Some(&Effect::Leave));
        assert!(!device.holds_something() && !device.signed_in && !device.owed);
        assert!(!state.is_running());
    }

    #[test]
    fn a_crash_between_any_two_effects_leaves_nothing_after_the_next_start() {
        for online in [true, false] {
            for power in 0..9 {
                let (mut device, mut state) = (Device { online, ..USED }, State::default());
                let done = device.run(&mut state, Event::Begin, power);
                if done.is_empty() {
                    // Nothing was written: the app finds a session that was not ended.
                    device.marked = true;
                    device.owed = true;
                }
                device.start();
                assert!(!device.holds_something(), "power {power}: {device:?}");
                assert_eq!(device.owed, device.signed_in, "power {power}");
                assert_eq!(device.signed_in, !online);
            }
        }
    }

    #[test]
    fn without_a_network_signing_out_is_owed_and_comes_first_when_it_is_back() {
        let (mut device, mut state) = (Device { online: false, ..USED }, State::default());
        let done = device.run(&mut state, Event::Begin, usize::MAX);
        assert_eq!(done.last(), Some(&Effect::Leave));
        assert!(!device.holds_something() && device.owed && state.owed);
        let mut state = device.start();
        assert!(state.owed);
        device.online = true;
        assert_eq!(
            device.run(&mut state, Event::Online, usize::MAX),
            [Effect::SignOut, Effect::Settle]
        );
        assert!(!device.signed_in && !device.owed && !state.owed);
    }

    #[test]
    fn what_could_not_be_removed_keeps_the_marker() {
        let (state, _) = step(&State::default(), Event::Begin);
        let (state, _) = step(&state, Event::Done);
        let (state, effect) = step(&state, Event::Done);
        assert_eq!(effect, Some(Effect::RemoveDatabases));
        let (mut state, mut effect) = step(&state, Event::Failed);
        let mut seen = vec![];
        while let Some(now) = effect {
            seen.push(now);
            (state, effect) = step(&state, Event::Done);
        }
        assert!(state.incomplete && !seen.contains(&Effect::Unmark));
        assert!(seen.contains(&Effect::RemoveCaches) && seen.contains(&Effect::SignOut));
    }

    #[test]
    fn a_second_tap_changes_nothing() {
        let (state, _) = step(&State::default(), Event::Begin);
        assert_eq!(step(&state, Event::Begin), (state, None));
        assert_eq!(step(&State::default(), Event::Online).1, None);
    }
}
