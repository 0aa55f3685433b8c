//! Paying a fee by a wallet, and coming back from it.

mod fee_page;
mod return_page;

pub use fee_page::FeePage;
pub use return_page::ReturnPage;
