//! A device that is everybody's: turning that on and off, the bar above every page, the guided run.

mod bar;
mod counter_page;
mod demo_page;
mod sayings;

pub use bar::CounterBar;
pub use counter_page::CounterPage;
pub use demo_page::DemoPage;
