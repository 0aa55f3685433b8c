//! Paying a fee by a wallet, coming back from it, and asking somebody else to pay.

mod ask_page;
mod channels;
mod fee_page;
mod pay_for_page;
mod return_page;

pub use ask_page::AskPage;
pub use fee_page::FeePage;
pub use pay_for_page::PayForPage;
pub use return_page::ReturnPage;
