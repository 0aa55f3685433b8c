//! What the commune is judged by, for whoever wants to know.

mod figures_page;

pub use figures_page::FiguresPage;
