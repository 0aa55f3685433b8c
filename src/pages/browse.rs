//! Ways to a procedure besides scanning and typing: by event of life, by sector, and by plain
//! questions between procedures that look alike.

mod chooser_page;
mod list_pages;

pub use chooser_page::ChooserPage;
pub use list_pages::{EventPage, SectorPage};
