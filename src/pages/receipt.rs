//! The intake receipt.

mod receipt_page;

pub use receipt_page::ReceiptPage;
