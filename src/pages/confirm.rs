//! Saying whether a dossier was filed in one's name: by a scanned link, or by digits read out on the
//! telephone.

mod confirm_page;

pub use confirm_page::ConfirmPage;
