//! Finding a procedure by name, or by what happened.

mod procedure_link;
mod search_page;

pub use procedure_link::ProcedureLink;
pub use search_page::SearchPage;
