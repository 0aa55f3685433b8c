//! The intake receipt.

mod consent;
mod receipt_page;

pub use receipt_page::ReceiptPage;
