//! The intake receipt, the receipt of a paid fee, and the slips of the office.

mod checked_paper;
mod consent;
mod fee_receipt_page;
mod office_slip_page;
mod receipt_page;

pub use fee_receipt_page::FeeReceiptPage;
pub use office_slip_page::OfficeSlipPage;
pub use receipt_page::ReceiptPage;
