//! A device that many strangers use, at the commune's counter: when it counts as left alone, what is
//! wiped in which order, and who may turn the mode off. Knows no screens.

pub mod idle;
pub mod pin;
pub mod wipe;
