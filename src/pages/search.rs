//! Finding a procedure by name.

mod search_page;

pub use search_page::SearchPage;
