//! Waiting for the truth about a payment: when to ask the backend again, and when to stop. The only
//! source of truth is the backend's answer; the browser's return says nothing. Knows no amounts.

/// Seconds to wait before each question.
pub const ASK_AFTER: [u32; 8] = [0, 1, 2, 3, 5, 8, 13, 20];
/// Seconds between questions after those.
pub const THEN_EVERY: u32 = 20;
/// Seconds of asking by itself; then only when the page comes back or a person asks.
pub const ASK_FOR: u32 = 120;

/// What the last answer said, as far as waiting is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// No answer yet.
    Nothing,
    /// Still open.
    Open,
    /// Settled, whichever way; more answers may still change it (late proof), but rarely.
    Settled,
    /// The backend does not know this payment.
    Unknown,
}

/// The wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// What is known.
    pub knowledge: Knowledge,
    /// Whether the last question got no answer. Never shown as failed or succeeded.
    pub unreachable: bool,
    /// Whether a question is out.
    pub asking: bool,
    /// Questions asked since the page came (back).
    asked: usize,
    /// Seconds waited since the page came (back).
    waited: u32,
    /// Tells a wait that is over from one that still counts.
    turn: u32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            knowledge: Knowledge::Nothing,
            unreachable: false,
            asking: false,
            asked: 0,
            waited: 0,
            turn: 0,
        }
    }
}

impl State {
    /// Whether it still asks by itself.
    pub fn is_patient(&self) -> bool {
        self.waited < ASK_FOR
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The page opened, was shown again, came from the back-forward cache or online; or a person
    /// asked.
    Woke,
    /// A wait is over.
    Due {
        /// The turn that the wait belongs to.
        turn: u32,
    },
    /// The backend answered.
    Answered(Knowledge),
    /// No answer came.
    NoAnswer,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Ask the backend.
    Ask,
    /// Say `Due` after so many seconds.
    Wait {
        /// Seconds.
        seconds: u32,
        /// The turn to say.
        turn: u32,
    },
}

/// The next state and what to do.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut next = *state;
    let effects = match event {
        Event::Woke => {
            next.asked = 0;
            next.waited = 0;
            next.turn = state.turn.wrapping_add(1);
            ask(&mut next)
        }
        Event::Due { turn } if turn == state.turn => ask(&mut next),
        Event::Due { .. } => vec![],
        Event::Answered(knowledge) => {
            next.asking = false;
            next.unreachable = false;
            next.knowledge = knowledge;
            match knowledge {
                Knowledge::Settled | Knowledge::Unknown => vec![],
                Knowledge::Nothing | Knowledge::Open => wait(&mut next),
            }
        }
        Event::NoAnswer => {
            next.asking = false;
            next.unreachable = true;
            wait(&mut next)
        }
    };
    (next, effects)
}

fn ask(next: &mut State) -> Vec<Effect> {
    if next.asking {
        return vec![];
    }
    next.asking = true;
    next.asked += 1;
    vec![Effect::Ask]
}

fn wait(next: &mut State) -> Vec<Effect> {
    if !next.is_patient() {
        return vec![];
    }
    let seconds = ASK_AFTER.get(next.asked).copied().unwrap_or(THEN_EVERY);
    next.waited += seconds;
    vec![Effect::Wait { seconds, turn: next.turn }]
}

/// What browsers within other apps call themselves by. A wallet often cannot be opened from them.
const WITHIN: [&str; 9] =
    ["Zalo", "FBAN", "FBAV", "FB_IAB", "Instagram", "Line/", "TikTok", "musical_ly", "; wv)"];

/// Whether a browser with this name (`User-Agent`) is a part of another app, such as Zalo's.
pub fn is_within_an_app(agent: &str) -> bool {
    WITHIN.iter().any(|name| agent.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_within_apps_are_told_from_browsers() {
        let android = "Mozilla/5.0 (Linux; Android 12; SM-A127F";
        for within in [
            format!("{android} Build/SP1A; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"),
            format!("{android}) AppleWebKit/537.36 Chrome/120.0 Mobile Zalo android/12100"),
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]"
                .to_owned(),
        ] {
            assert!(is_within_an_app(&within), "{within}");
        }
        for browser in [
            format!("{android}) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"),
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1".to_owned(),
            "Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0".to_owned(),
            String::new(),
        ] {
            assert!(!is_within_an_app(&browser), "{browser}");
        }
    }

    /// Plays a backend that always answers the same; returns the waits.
    fn play(answer: Event) -> (State, Vec<u32>) {
        let mut state = State::default();
        let mut waits = vec![];
        let mut events = vec![Event::Woke];
        while let Some(event) = events.pop() {
            let (next, effects) = step(&state, event);
            state = next;
            for effect in effects {
                events.push(match effect {
                    Effect::Ask => answer,
                    Effect::Wait { seconds, turn } => {
                        waits.push(seconds);
                        Event::Due { turn }
                    }
                });
            }
        }
        (state, waits)
    }

    #[test]
    fn asks_often_then_seldom_then_stops() {
        let (state, waits) = play(Event::Answered(Knowledge::Open));
        assert_eq!(waits, [1, 2, 3, 5, 8, 13, 20, 20, 20, 20, 20]);
        assert!(!state.is_patient());
        assert_eq!(state.knowledge, Knowledge::Open);
    }

    #[test]
    fn no_answer_is_neither_success_nor_failure() {
        let (state, _) = play(Event::NoAnswer);
        assert_eq!(state.knowledge, Knowledge::Nothing);
        assert!(state.unreachable);
    }

    #[test]
    fn a_settled_payment_is_asked_once_more_when_the_page_comes_back() {
        let (state, waits) = play(Event::Answered(Knowledge::Settled));
        assert!(waits.is_empty());
        let (_, effects) = step(&state, Event::Woke);
        assert_eq!(effects, [Effect::Ask]);
    }

    #[test]
    fn an_old_wait_does_not_ask_twice() {
        let (state, _) = step(&State::default(), Event::Woke);
        let (state, effects) = step(&state, Event::Answered(Knowledge::Open));
        let Effect::Wait { turn, .. } = effects[0] else { panic!() };
        let (state, effects) = step(&state, Event::Woke);
        assert_eq!(effects, [Effect::Ask]);
        assert_eq!(step(&state, Event::Due { turn }).1, []);
    }
}
