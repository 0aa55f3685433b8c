//! Moving a draft from one device to another: the page that gives it and the page that takes it.

mod give_page;
mod take_page;

pub use give_page::GivePage;
pub use take_page::TakePage;
