//! What holds for every message of the national PaymentPlatform: what is signed is proven on the
//! other side, what is changed by one byte is refused, and no text makes a parser panic.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod changes;

use changes::changed;
use motcua_gateways::platform::{
    Beneficiary, BillRequest, Confirm, ErrorCode, FeeKind, FeeLine, InitRequest, InitResponse,
    Merchant, Payer, QueryRequest, QueryResponse, Receipt, Return, Status, ack, confirm, init,
    query,
};
use motcua_gateways::text::OrderInfo;
use motcua_gateways::{MessageError, Outcome, Secret, Stamp, Verdict, Vnd};
use proptest::prelude::*;

fn merchant() -> Merchant {
    Merchant::new("KIMTHANHTEST", Secret::new("KimThanhSecret"))
}

/// The signed fields and the proof.
fn all<const N: usize>(order: [&'static str; N]) -> Vec<&'static str> {
    order.into_iter().chain(["MaXacThuc"]).collect()
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (0u64..4_102_444_800).prop_map(Stamp::from_unix)
}

fn receipt(amounts: Vec<u64>, words: String) -> Receipt {
    let line = |dong| FeeLine {
        kind: FeeKind::Charge,
        code: "1.001193.01".into(),
        name: words.clone(),
        amount: Vnd(dong),
    };
    Receipt {
        procedure_code: "1.001193".into(),
        procedure_name: "Đăng ký khai sinh".into(),
        office_code: "H24.99".into(),
        office_name: "UBND xã Kim Thành".into(),
        dossier_code: "H24.99-251123-0001".into(),
        purpose: words.clone(),
        beneficiary: Beneficiary {
            account: "0011".into(),
            bank: "970436".into(),
            name: words.clone(),
        },
        payer: Payer {
            name: words.clone(),
            identity_number: Some("030123456789".into()),
            address: words.clone(),
            district: String::new(),
            province: "Hải Phòng".into(),
        },
        lines: amounts.into_iter().map(line).collect(),
    }
}

fn inits() -> impl Strategy<Value = InitRequest> {
    let amounts = proptest::collection::vec(1u64..1_000_000, 1..4);
    ("dvc[A-Za-z0-9]{1,40}", amounts, any::<String>(), stamp(), any::<String>()).prop_map(
        |(reference, amounts, info, created, words)| InitRequest {
            reference,
            amount: Vnd(amounts.iter().sum()),
            order_info: OrderInfo::new(&info),
            created,
            ip_addr: "203.0.113.7".into(),
            receipt: receipt(amounts, words),
        },
    )
}

fn confirms() -> impl Strategy<Value = Confirm> {
    (
        "[0-9]{2}",
        "[A-Za-z0-9]{1,40}",
        0u64..1_000_000_000_000,
        proptest::option::of("[A-Z0-9]{1,20}"),
        "[^|]{0,40}",
        stamp(),
    )
        .prop_map(|(code, reference, dong, transaction, order_info, at)| Confirm {
            code: ErrorCode::from(code.as_str()),
            reference,
            amount: Vnd(dong),
            transaction,
            bank: "VNPTPAY".into(),
            at,
            order_info,
            proof: String::new(),
        })
}

proptest! {
    #[test]
    fn an_init_is_read_back(request in inits(), at: usize, bit in 0u32..5) {
        let body = request.signed(&merchant()).unwrap();
        prop_assert_eq!(InitRequest::verify(&body, &merchant()), Ok(request));
        let body = changed(&body, &all(init::ORDER), at, bit);
        prop_assert_eq!(InitRequest::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn a_confirm_is_read_back(confirm in confirms(), at: usize, bit in 0u32..5) {
        let body = confirm.signed(&merchant()).unwrap();
        let read = Confirm::verify(&body, &merchant()).unwrap();
        prop_assert_eq!(&Confirm { proof: read.proof.clone(), ..confirm }, &read);
        // The answer repeats what was proven, and is taken only when it was kept.
        for verdict in Verdict::ALL {
            let kept = matches!(
                verdict, Verdict::Recorded | Verdict::AlreadyRecorded | Verdict::WrongAmount
            );
            let answer = ack::answer(verdict, Some(&read), &merchant());
            prop_assert_eq!(ack::accepted(&answer, &read), kept);
            prop_assert!(!ack::accepted(&ack::answer(verdict, None, &merchant()), &read));
        }
        let body = changed(&body, &all(confirm::ORDER), at, bit);
        prop_assert_eq!(Confirm::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn query_and_bill_go_both_ways(
        reference in "[A-Za-z0-9]{1,40}", created in stamp(), at: usize, bit in 0u32..5,
    ) {
        let asked = QueryRequest { reference: reference.clone(), created };
        let body = asked.signed(&merchant()).unwrap();
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Ok(asked));
        // One is not the other, though they are signed alike.
        let other = BillRequest::verify(&body, &merchant());
        prop_assert_eq!(other, Err(MessageError::Foreign("LoaiBanTin")));
        let body = changed(&body, &all(query::ORDER), at, bit);
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Err(MessageError::BadHash));

        let bill = BillRequest { reference, created };
        let body = bill.signed(&merchant()).unwrap();
        prop_assert_eq!(BillRequest::verify(&body, &merchant()), Ok(bill));
        let body = changed(&body, &all(query::ORDER), at, bit);
        prop_assert_eq!(BillRequest::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn no_text_makes_a_parser_panic(
        text in any::<String>(),
        object in "\\{(\"(SoTien|MaLoi|error_code|message|TrangThaiGD)\":(\"\\PC{0,4}\"|[0-9.e-]{1,5}|null),){0,4}\"MaXacThuc\":\"[0-9a-f]{0,4}\"\\}",
        receipt in "\\{(\"PhiLePhi\":(\\[\\{\\}\\]|\\[1\\]|7)|\"MaTTHC\":\\{\\})?\\}",
    ) {
        let asked = QueryRequest { reference: "R".into(), created: Stamp::from_unix(0) };
        for text in [text, object] {
            let _ = InitRequest::verify(&text, &merchant());
            let _ = InitResponse::parse(&text);
            let _ = Return::parse(&text);
            let _ = Confirm::verify(&text, &merchant());
            let _ = QueryRequest::verify(&text, &merchant());
            let _ = BillRequest::verify(&text, &merchant());
            let _ = QueryResponse::parse(&text, &merchant(), &asked);
        }
        // The receipt is not signed: whatever stands there is read after the hash was proven.
        let mut body: serde_json::Value =
            serde_json::from_str(&example().signed(&merchant()).unwrap()).unwrap();
        body["ThongTinBienLai"] = serde_json::from_str(&receipt).unwrap_or_default();
        prop_assert!(InitRequest::verify(&body.to_string(), &merchant()).is_err());
    }
}

fn example() -> InitRequest {
    InitRequest {
        reference: "dvcHS120251123083000".into(),
        amount: Vnd(15_000),
        order_info: OrderInfo::new("THANH TOAN HO SO HS1"),
        created: Stamp::from_unix(1_763_861_400),
        ip_addr: "127.0.0.1".into(),
        receipt: receipt(vec![8_000, 7_000], "Lệ phí".into()),
    }
}

#[test]
fn the_receipt_and_the_amount_agree() {
    let dearer = InitRequest { amount: Vnd(16_000), ..example() };
    assert_eq!(dearer.signed(&merchant()), Err(MessageError::Malformed("ThongTinBienLai")));
    let body: serde_json::Value =
        serde_json::from_str(&example().signed(&merchant()).unwrap()).unwrap();
    assert_eq!(body["SoTien"], "15000");
    let receipt = &body["ThongTinBienLai"];
    assert_eq!((&receipt["MaDichVu"], &receipt["MaDVC"]), (&"2".into(), &"1.001193.01".into()));
    assert_eq!(receipt["PhiLePhi"][1]["SoTien"], "7000");
    assert_eq!(receipt["SoQD"], "");
    // 24 hours: the evening of the same day is another time.
    let evening = InitRequest { created: Stamp::from_unix(1_763_861_400 + 43_200), ..example() };
    let body: serde_json::Value =
        serde_json::from_str(&evening.signed(&merchant()).unwrap()).unwrap();
    assert_eq!(body["ThoiGianGD"], "20251123203000");
}

#[test]
fn answers_are_about_what_was_asked() {
    let asked = QueryRequest { reference: "R1".into(), created: Stamp::from_unix(1) };
    let paid = QueryResponse {
        code: ErrorCode::Success,
        message: String::new(),
        status: Some(Status::Paid),
        amount: Some(Vnd(15_000)),
        transaction: Some("PP1".into()),
        bank: None,
    };
    let body = paid.body(&merchant(), &asked);
    assert_eq!(QueryResponse::parse(&body, &merchant(), &asked), Ok(paid.clone()));
    assert_eq!(paid.outcome(), Some(Outcome::Paid));
    let other = QueryRequest { reference: "R2".into(), ..asked.clone() };
    let foreign = QueryResponse::parse(&body, &merchant(), &other);
    assert_eq!(foreign, Err(MessageError::Foreign("MaThamChieu")));
    let pending = QueryResponse { status: Some(Status::Unknown), ..paid };
    assert_eq!(pending.outcome(), Some(Outcome::Pending));

    for answer in [
        InitResponse::Ready("https://pay.example/p?id=1".into()),
        InitResponse::Refused("9".into(), "bảo trì".into()),
    ] {
        assert_eq!(InitResponse::parse(&answer.body()), Ok(answer));
    }
    let back = Return { reference: "R1".into(), code: ErrorCode::Success };
    assert_eq!(Return::parse(&back.query("forged")), Ok(back));
    assert!(query::is_pdf(b"%PDF-1.7") && !query::is_pdf(b"{\"MaLoi\":\"99\"}"));
}
