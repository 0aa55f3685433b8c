//! What runs behind the pages: the drivers of the journeys, the API, what is kept on the device,
//! and the frame around every page. Pages ask this layer; they never fetch or store by themselves.

pub mod api;
pub mod camera_paper;
pub mod camera_scan;
pub mod confirmation;
pub mod consents;
pub mod counter;
pub mod draft;
pub mod failure;
pub mod feedback;
pub mod follow;
pub mod frame;
pub mod hand_over;
pub mod kept;
pub mod kept_papers;
pub mod lens;
pub mod load;
pub mod my_data;
pub mod order;
pub mod outbox;
pub mod papers;
pub mod payment;
pub mod people;
pub mod pictures;
pub mod prefill;
pub mod push;
pub mod services;
pub mod slip;
pub mod submit;
pub mod supplement;
pub mod turns;
pub mod uploads;
pub mod vault;
pub mod wire;

pub use failure::Failure;
pub use services::{Services, services};
