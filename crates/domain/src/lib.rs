//! The nouns and rules of a one-stop public service centre.
//!
//! What belongs here: procedures, forms and their validation, fees, the working-day calendar,
//! identifiers, the meaning of a scanned code, search, and the state tables of dossiers and
//! payments. The app and the backend run the same code, so what the phone accepts the server
//! accepts.
//!
//! What must not come here: I/O, async, clocks (time is an argument), the browser, HTTP, and text
//! for people (errors are typed; the app words them in the reader's language).

pub mod amount_words;
pub mod answers;
pub mod behalf;
pub mod browse;
pub mod calendar;
pub mod catalogue_check;
pub mod citizen;
pub mod citizen_card;
pub mod consent;
pub mod data_rights;
pub mod date;
pub mod date_words;
pub mod desk;
pub mod directory;
pub mod dossier;
pub mod exemption;
pub mod fee;
pub mod feedback;
pub mod figures;
pub mod filing;
pub mod form;
pub mod money;
pub mod online_free;
pub mod paper;
pub mod payment;
pub mod payment_request;
pub mod procedure;
pub mod readiness;
pub mod retention;
pub mod reuse;
pub mod scan;
pub mod search;
pub mod text;
pub mod turns;
pub mod units;
pub mod validate;
pub mod vietqr;
