//! What a citizen does, as state machines without I/O: `step(&State, Event) -> (State, Vec<Effect>)`.
//!
//! What belongs here: the order of things in a draft, an upload, a submission and a payment; what is
//! kept before what is sent; when to try again. Effects are data; a driver in the app's `src/app`
//! carries them out and feeds the results back as events.
//!
//! What must not come here: the browser, Leptos, async, clocks, and text for people.

pub mod counter;
pub mod draft;
pub mod feedback;
pub mod pay;
pub mod submit;
pub mod upload;
