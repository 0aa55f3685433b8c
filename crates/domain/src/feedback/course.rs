//! The course of feedback: its states, whose act fits which, and the clocks that run.
//!
//! Days, as the commune was given them (national index 5.2; the decree's own text was not seen, UNVERIFIED):
//! more may be asked for within 5 working days, an answer is due within 15, a refusal within 2, and the
//! answer is published within 2 after it. How they are counted is ours (UNVERIFIED): the day of receipt does
//! not count; while the sender is waited for, the clock of the answer stands still; more is asked for once,
//! and not after its days, so that no clock is stopped to win time. A refusal or an answer that is late is
//! still possible: the sender must get one.

use crate::calendar::Holidays;
use crate::date::{CivilDate, Moment};
use crate::desk::Role;
use serde::{Deserialize, Serialize};

/// Working days within which more may be asked for.
pub const ASK_DAYS: u16 = 5;
/// Working days within which it is answered.
pub const ANSWER_DAYS: u16 = 15;
/// Working days within which it is refused, from receipt or from what was added.
pub const REFUSE_DAYS: u16 = 2;
/// Working days within which an answer is published.
pub const PUBLISH_DAYS: u16 = 2;

/// Where feedback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = FeedbackState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The office has it.
    Received,
    /// The office waits for more.
    Asked,
    /// More was sent.
    Added,
    /// It was answered.
    Answered,
    /// It was refused.
    Refused,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Received, Self::Asked, Self::Added, Self::Answered, Self::Refused];

    /// Its name on the wire and in the table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Asked => "asked",
            Self::Added => "added",
            Self::Answered => "answered",
            Self::Refused => "refused",
        }
    }

    /// The state of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// What somebody at the office does with feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Ask the sender for more.
    Ask,
    /// Answer.
    Answer,
    /// Refuse, with the reason.
    Refuse,
    /// Publish the answer.
    Publish,
}

impl Act {
    /// Every act, in the order in which a desk shows them.
    pub const ALL: [Self; 4] = [Self::Answer, Self::Ask, Self::Refuse, Self::Publish];

    /// Its name in addresses and in the audit log.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ask => "feedback_ask",
            Self::Answer => "feedback_answer",
            Self::Refuse => "feedback_refuse",
            Self::Publish => "feedback_publish",
        }
    }

    /// The act of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.id() == id)
    }

    /// Whether it is this role's. Who takes feedback in asks for more and publishes; who works on the matter
    /// asks and answers; refusing is the leader's.
    pub const fn is_of(self, role: Role) -> bool {
        match role {
            Role::System => true,
            Role::Reception => matches!(self, Self::Ask | Self::Publish),
            Role::Officer => matches!(self, Self::Ask | Self::Answer),
            Role::Leader => matches!(self, Self::Answer | Self::Refuse | Self::Publish),
        }
    }
}

/// What a clock is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = FeedbackTask))]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// More can be asked for until then.
    Ask,
    /// A refusal is due by then, if it is to be refused.
    Refuse,
    /// An answer is due by then.
    Answer,
    /// The answer is to be published by then.
    Publish,
}

impl Task {
    /// Whether it must be done, whatever the office decides.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Answer | Self::Publish)
    }
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What for.
    pub task: Task,
    /// The last working day for it; over when that day is over.
    pub last_day: CivilDate,
}

/// What happened to feedback, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// When it came.
    pub received: Moment,
    /// When more was asked for.
    pub asked: Option<Moment>,
    /// When more came.
    pub added: Option<Moment>,
    /// When it was answered.
    pub answered: Option<Moment>,
    /// When it was refused.
    pub refused: Option<Moment>,
    /// When the answer was published.
    pub published: Option<Moment>,
}

impl Course {
    /// Feedback that just came.
    pub const fn begun(received: Moment) -> Self {
        Self { received, asked: None, added: None, answered: None, refused: None, published: None }
    }

    /// Where it stands.
    pub const fn state(&self) -> State {
        match self {
            Self { refused: Some(_), .. } => State::Refused,
            Self { answered: Some(_), .. } => State::Answered,
            Self { added: Some(_), .. } => State::Added,
            Self { asked: Some(_), .. } => State::Asked,
            _ => State::Received,
        }
    }

    /// The clocks that run, what is due first before.
    pub fn clocks(&self, holidays: &Holidays) -> Vec<Clock> {
        let from = |moment: Moment, task, days| Clock {
            task,
            last_day: holidays.plus_working_days(moment.date(), days),
        };
        let answer = |waited| from(self.received, Task::Answer, ANSWER_DAYS.saturating_add(waited));
        match self.state() {
            State::Received => vec![
                from(self.received, Task::Refuse, REFUSE_DAYS),
                from(self.received, Task::Ask, ASK_DAYS),
                answer(0),
            ],
            State::Added => {
                let since = self.added.unwrap_or(self.received);
                vec![from(since, Task::Refuse, REFUSE_DAYS), answer(self.waited(since, holidays))]
            }
            State::Answered if self.published.is_none() => {
                let since = self.answered.unwrap_or(self.received);
                vec![from(since, Task::Publish, PUBLISH_DAYS)]
            }
            // The clock stands still for the sender; what was refused or published has none.
            State::Asked | State::Answered | State::Refused => vec![],
        }
    }

    /// Working days for which the sender was waited for, until a moment.
    fn waited(&self, until: Moment, holidays: &Holidays) -> u16 {
        let Some(asked) = self.asked else { return 0 };
        working_days_between(asked.date(), until.date(), holidays)
    }

    /// Working days for an answer that are left while the clock stands still, those of the moment when it
    /// stopped; none while it runs, or when it is over.
    pub fn days_kept(&self, holidays: &Holidays) -> Option<u16> {
        let asked = self.asked.filter(|_| self.state() == State::Asked)?;
        let used = working_days_between(self.received.date(), asked.date(), holidays);
        Some(ANSWER_DAYS.saturating_sub(used))
    }

    /// What is owed next.
    pub fn due(&self, holidays: &Holidays) -> Option<Clock> {
        self.clocks(holidays).into_iter().find(|clock| clock.task.is_owed())
    }

    /// Whether an act makes sense now.
    pub fn takes(&self, act: Act, today: CivilDate, holidays: &Holidays) -> bool {
        match (act, self.state()) {
            (Act::Ask, State::Received) => {
                let clocks = self.clocks(holidays);
                let ask = clocks.iter().find(|clock| clock.task == Task::Ask);
                ask.is_some_and(|clock| today <= clock.last_day)
            }
            (Act::Answer | Act::Refuse, State::Received | State::Asked | State::Added) => true,
            (Act::Publish, State::Answered) => self.published.is_none(),
            _ => false,
        }
    }

    /// Whether the sender may add to it.
    pub const fn takes_addition(&self) -> bool {
        matches!(self.state(), State::Asked)
    }
}

/// Working days after one day, up to and with another.
fn working_days_between(from: CivilDate, to: CivilDate, holidays: &Holidays) -> u16 {
    let days =
        (1..=to.days_after(from)).filter(|day| holidays.is_working_day(from.plus_days(*day)));
    u16::try_from(days.count()).unwrap_or(u16::MAX)
}

/// Working days that are left until a last day, today not counted; none once it is over.
pub fn working_days_left(
    today: CivilDate,
    last_day: CivilDate,
    holidays: &Holidays,
) -> Option<u16> {
    (today <= last_day).then(|| working_days_between(today, last_day, holidays))
}

#[cfg(test)]
mod tests;
