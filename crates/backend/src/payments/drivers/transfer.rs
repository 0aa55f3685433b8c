//! A bank transfer by VietQR: a code with account, amount and our reference. Nobody calls back and
//! nobody can be asked; the bank's statement, or staff who read it, say that the money came.

use super::{Opened, Page, Told, call};
use crate::app::App;
use crate::error::Result;
use crate::payments::attempts::Attempt;
use motcua_gateways::vietqr::{Service, TransferRequest, purpose};

/// A code with account, amount and reference.
pub fn open(app: &App, attempt: &Attempt) -> Result<Opened> {
    let settings = &app.settings;
    let request = TransferRequest {
        bank: settings.transfer_bank.clone(),
        account: settings.transfer_account.clone(),
        service: Service::Account,
        amount: Some(attempt.amount),
        bill: None,
        purpose: Some(purpose(&words(&attempt.reference))),
    };
    let qr = request.payload().map_err(call::ours)?;
    Ok(Opened::Ready(Page { url: None, qr: Some(qr) }))
}

/// The words of the transfer: a mark that is found again in a statement, and the reference.
pub fn words(reference: &str) -> String {
    format!("{MARK}{reference}")
}

/// What our references begin with in the words of a transfer.
pub const MARK: &str = "MC";

/// What the bank says when it is asked: nothing.
pub fn silence() -> Told {
    Told {
        outcome: None,
        not_found: true,
        amount: None,
        code: None,
        reference: None,
        paid_at: None,
        raw: String::new(),
    }
}
