//! Feedback (phản ánh, kiến nghị): taken from anybody, shown to who has its key, added to when the office
//! asks, answered or refused by staff, and published without its sender. What is allowed and which clocks
//! run is the domain's (`feedback`).

pub mod acts;
pub mod photos;
pub mod reading;
pub mod sending;
pub mod store;
