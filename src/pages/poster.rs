//! Posters for the walls of the centre and the village: a procedure's code to scan, on paper. For
//! staff, who print them; a citizen meets only the paper.

mod poster_page;
mod sheet_page;

pub use poster_page::PosterPage;
pub use sheet_page::SheetPage;
