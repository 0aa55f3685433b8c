//! The intake receipt, and the receipt of a paid fee.

mod consent;
mod fee_receipt_page;
mod receipt_page;

pub use fee_receipt_page::FeeReceiptPage;
pub use receipt_page::ReceiptPage;
