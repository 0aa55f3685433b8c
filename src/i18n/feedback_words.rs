//! Feedback in words: its states, its clocks, what it is about. Each is a total match.

use super::t;
use crate::browser::intl;
use motcua_contract::feedback::ClockView;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::feedback::{State, Task};

/// Where feedback stands.
pub fn feedback_state_words(state: State) -> &'static str {
    match state {
        State::Received => t().voice_state_received(),
        State::Asked => t().voice_state_asked(),
        State::Added => t().voice_state_added(),
        State::Answered => t().voice_state_answered(),
        State::Refused => t().voice_state_refused(),
    }
}

/// A civil day in the reader's language.
pub fn day_words(day: CivilDate) -> String {
    intl::day(t().locale(), Moment::at(day, 12 * 60).0)
}

/// A clock in plain words; nothing for what only may be done and is over.
pub fn clock_words(clock: &ClockView) -> Option<String> {
    let day = day_words(clock.last_day);
    let Some(left) = clock.days_left else {
        return clock.task.is_owed().then(|| t().voice_late(&day));
    };
    let left = match left {
        0 => t().voice_left_today().to_owned(),
        days => t().voice_left(&days.to_string()),
    };
    Some(match clock.task {
        Task::Answer => t().voice_answer_by(&day, &left),
        Task::Publish => t().voice_publish_by(&day, &left),
        Task::Ask => t().voice_ask_by(&day),
        Task::Refuse => t().voice_refuse_by(&day),
    })
}
