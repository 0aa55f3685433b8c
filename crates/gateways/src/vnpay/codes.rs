//! Owns VNPAY's code tables. Knows what each code is called, not what to do about it
//! (that is `outcome`).

use crate::codes::table;

table! {
    /// `vnp_ResponseCode` of a return or IPN (pay.html, table of response codes).
    ResponseCode {
        /// Success.
        Success = "00",
        /// Money taken, the transaction is suspected of fraud.
        SuspectedFraud = "07",
        /// The card or account is not registered for internet banking.
        NotRegistered = "09",
        /// Card or account data wrong more than three times.
        WrongDetails = "10",
        /// The time to pay is over.
        TimedOut = "11",
        /// The card or account is locked.
        Locked = "12",
        /// Wrong one-time password.
        WrongOtp = "13",
        /// The payment page idled out.
        PageIdle = "15",
        /// The customer cancelled.
        Cancelled = "24",
        /// Not enough money in the account.
        InsufficientFunds = "51",
        /// Over the day's limit.
        DailyLimit = "65",
        /// The bank is under maintenance.
        BankMaintenance = "75",
        /// Wrong payment password too often.
        WrongPassword = "79",
        /// Any other error.
        General = "99",
    }
}

table! {
    /// `vnp_TransactionStatus`: what the transaction is at VNPAY (querydr&refund.html).
    TransactionStatus {
        /// Success.
        Success = "00",
        /// Not finished.
        Unfinished = "01",
        /// Failed.
        Failed = "02",
        /// Reversed: debited at the bank, not successful at VNPAY.
        Reversed = "04",
        /// VNPAY is working on a refund.
        RefundProcessing = "05",
        /// VNPAY has sent the refund to the bank.
        RefundSent = "06",
        /// Suspected of fraud.
        SuspectedFraud = "07",
        /// The refund was refused.
        RefundRefused = "09",
    }
}

table! {
    /// `vnp_ResponseCode` of the answer of `/merchant_webapi/api/transaction`
    /// (querydr&refund.html).
    ApiCode {
        /// The request was carried out; for querydr the transaction's state is in the status.
        Success = "00",
        /// Unknown `vnp_TmnCode`.
        UnknownMerchant = "02",
        /// Bad format.
        BadFormat = "03",
        /// No such transaction.
        NotFound = "91",
        /// The same request again within the API's time limit, or a second refund.
        Duplicate = "94",
        /// The transaction was not successful, so there is nothing to refund.
        NotPaid = "95",
        /// The request's hash is wrong.
        BadHash = "97",
        /// Any other error.
        General = "99",
    }
}

table! {
    /// Why the gateway did not open a payment: the `code` of
    /// `/paymentv2/Payment/Error.html?code=NN`.
    CreateError {
        /// A transaction with this `vnp_TxnRef` exists already that day.
        Duplicate = "01",
        /// Bad format.
        BadFormat = "03",
        /// The time to pay is over, or the page idled out.
        TimedOut = "15",
        /// The amount is outside the limits.
        Amount = "32",
        /// Wrong signature.
        BadHash = "70",
        /// The merchant's site is not approved.
        NotApproved = "71",
        /// No such merchant site.
        UnknownMerchant = "72",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_two_digits_goes_round() {
        for n in 0..100 {
            let code = format!("{n:02}");
            assert_eq!(ResponseCode::from(code.as_str()).code(), code);
            assert_eq!(TransactionStatus::from(code.as_str()).code(), code);
            assert_eq!(ApiCode::from(code.as_str()).code(), code);
            assert_eq!(CreateError::from(code.as_str()).code(), code);
        }
        assert_eq!(ResponseCode::from("x1"), ResponseCode::Other("x1".into()));
    }
}
