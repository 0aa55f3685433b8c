//! Following a dossier.

mod dossier_page;
mod track_page;

pub use dossier_page::DossierPage;
pub use track_page::TrackPage;
