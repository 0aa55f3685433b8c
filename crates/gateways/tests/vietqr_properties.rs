//! What holds for every transfer code and for the check sums of KeyPay and Viettel.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod changes;

use changes::flipped;
use motcua_gateways::vietqr::{
    LIMITS, LONGEST_TEXT, Service, Transfer, TransferRequest, TransferRequestError, purpose, read,
};
use motcua_gateways::viettel::{Merchant, Message};
use motcua_gateways::{MessageError, Secret, Vnd, keypay};
use proptest::prelude::*;

fn requests() -> impl Strategy<Value = TransferRequest> {
    (
        "[0-9]{6}",
        "[A-Za-z0-9]{1,19}",
        any::<bool>(),
        proptest::option::of(1u64..=9_999_999_999_999),
        proptest::option::of("[ -~]{1,25}"),
        proptest::option::of("[A-Za-z0-9 ]{1,25}"),
    )
        .prop_map(|(bank, account, card, dong, bill, purpose)| TransferRequest {
            bank,
            account,
            service: if card { Service::Card } else { Service::Account },
            amount: dong.map(Vnd),
            bill,
            purpose,
        })
}

proptest! {
    #[test]
    fn a_code_is_read_back(request in requests(), at: usize, bit in 0u32..5) {
        let text = request.payload().unwrap();
        prop_assert!(Transfer::is_shaped_like(&text) && text.is_ascii());
        let asked = Transfer {
            bank: request.bank,
            account: request.account,
            amount: request.amount.map(|amount| amount.0),
            bill: request.bill,
            purpose: request.purpose,
        };
        prop_assert_eq!(read(&text), Ok(asked));
        // Any byte but the four digits of the sum, whose case does not count.
        let body = text.len() - 4;
        let damaged = flipped(&text[..body], at, bit) + &text[body..];
        prop_assert!(read(&damaged).is_err());
    }

    #[test]
    fn the_words_of_a_transfer_fit(text in any::<String>()) {
        let words = purpose(&text);
        let plain = words.bytes().all(|b| b == b' ' || b.is_ascii_alphanumeric());
        prop_assert!(plain && words.len() <= LONGEST_TEXT && words == words.trim());
    }

    #[test]
    fn a_check_sum_of_viettel_is_proven(
        order in "[A-Z0-9]{1,20}", dong in 1u64..100_000_000, at: usize, bit in 0u32..5,
    ) {
        let merchant = Merchant {
            access_code: Secret::new("access"), merchant_code: "KIMTHANH".into(),
            hash_key: Secret::new("key"),
        };
        let amount = dong.to_string();
        let message = Message::Confirm { bill: "B1", order: &order, amount: &amount };
        let sum = message.check_sum(&merchant);
        prop_assert!(message.is_proven_by(&sum, &merchant));
        prop_assert!(!message.is_proven_by(&flipped(&sum, at, bit), &merchant));
        let other = flipped(&amount, at, bit);
        let cheaper = Message::Confirm { bill: "B1", order: &order, amount: &other };
        prop_assert!(!cheaper.is_proven_by(&sum, &merchant));
        let redirect = Message::Redirect { bill: "B1", order: &order, amount: &amount };
        prop_assert!(redirect.is_proven_by(&redirect.check_sum(&merchant), &merchant));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "(000201)?\\PC{0,60}") {
        let _ = read(&text);
        let _ = purpose(&text);
    }
}

#[test]
fn what_no_bank_reads_is_not_made() {
    let request = TransferRequest {
        bank: "970436".into(),
        account: "1900000022".into(),
        service: Service::Account,
        amount: Some(Vnd(8_000)),
        bill: None,
        purpose: Some("KT250002L1".into()),
    };
    assert!(request.payload().is_ok());
    for (name, wrong) in [
        ("bank", TransferRequest { bank: "97043".into(), ..request.clone() }),
        ("account", TransferRequest { account: "1 2".into(), ..request.clone() }),
        ("account", TransferRequest { account: "1".repeat(20), ..request.clone() }),
        ("purpose", TransferRequest { purpose: Some("Lệ phí".into()), ..request.clone() }),
        ("purpose", TransferRequest { purpose: Some("x".repeat(26)), ..request.clone() }),
        ("bill", TransferRequest { bill: Some(String::new()), ..request.clone() }),
    ] {
        assert_eq!(wrong.payload(), Err(TransferRequestError::Malformed(name)));
    }
    for amount in [Vnd::ZERO, Vnd(LIMITS.most.0 + 1)] {
        let wrong = TransferRequest { amount: Some(amount), ..request.clone() };
        assert!(matches!(wrong.payload(), Err(TransferRequestError::Amount(_))));
    }
}

#[test]
fn a_separator_in_a_keypay_field_is_refused() {
    let create = keypay::Create {
        addition_fee: Vnd::ZERO,
        client_id: "KIM|THANH".into(),
        trans_amount: Vnd(15_000),
        transaction_id: "501".into(),
    };
    let made = create.check_sum(&Secret::new("k"));
    assert_eq!(made, Err(MessageError::Ambiguous("client_id")));
}
