//! What a procedure is: for whom, which papers, what it costs, how long it takes.

pub mod fees;
mod procedure_page;
mod sharing;
mod sources;

pub use procedure_page::ProcedurePage;
