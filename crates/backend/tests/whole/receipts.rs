//! Receipts: one for each payment whatever the channel, masked to strangers, whole to the holder, and never
//! said to be good when the money is not there.

use crate::world::{Browser, HUONG, STAFF_TOKEN, World, extract, problem_of};
use motcua_contract::DOSSIER_KEY_HEADER;
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_contract::ledger::Totals;
use motcua_contract::payments::AttemptView;
use motcua_contract::receipts::{ReceiptState, ReceiptView};
use motcua_domain::money::Vnd;
use motcua_domain::payment::FeeState;
use reqwest::{Method, Response};
use serde_json::json;

async fn cash(world: &World, receipt: &DossierReceipt) -> DossierView {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let path = format!("/dossiers/{}/fees/{fee}/cash", receipt.code);
    world.staff(&path, json!({})).await.json().await.unwrap()
}

fn token_of(view: &DossierView) -> String {
    view.detail.as_ref().unwrap().fees[0].receipt.clone().unwrap()
}

async fn seen(browser: &Browser<'_>, token: &str) -> ReceiptView {
    let answer = browser.call(Method::GET, &format!("/receipts/{token}")).send().await.unwrap();
    answer.json().await.unwrap()
}

async fn void(world: &World, token: &str, reason: &str) -> Response {
    world.staff(&format!("/receipts/{token}/void"), json!({ "reason": reason })).await
}

async fn totals(world: &World) -> Totals {
    let address = format!("{}/api/v1/staff/totals?from=2020-01-01&to=2099-12-31", world.origin);
    let answer = reqwest::Client::new().get(address).bearer_auth(STAFF_TOKEN).send().await.unwrap();
    answer.json().await.unwrap()
}

/// Pays by transfer, as the bank's statement says; gives the attempt.
async fn transferred(browser: &Browser<'_>, receipt: &DossierReceipt) -> AttemptView {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let attempt: AttemptView = browser
        .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
        .header("Idempotency-Key", "\"a-transfer-with-a-receipt\"")
        .json(&json!({ "channel": "vietqr", "language": "vi" }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let words = &attempt.transfer.as_ref().unwrap().words;
    let row = format!("26/11/2026 08:15,{},{words},FT26330001", attempt.amount.0);
    let table = format!("Ngày,Số tiền,Nội dung,Mã giao dịch\n{row}\n");
    let address = format!("{}/api/v1/staff/statements", browser.world.origin);
    let staff = reqwest::Client::new().post(address).bearer_auth(STAFF_TOKEN).body(table);
    assert!(staff.send().await.unwrap().status().is_success());
    let path = format!("/payments/{}", attempt.token);
    browser.call(Method::GET, &path).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_transfer_has_a_receipt_with_the_bank_s_number_and_moment() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&extract()).await;
    assert_eq!(filed.dossier.detail.as_ref().unwrap().fees[0].receipt, None);
    let attempt = transferred(&browser, &filed).await;
    let token = attempt.receipt.unwrap();
    assert_eq!(token_of(&browser.track(filed.code.as_str()).await), token);
    let receipt = seen(&browser, &token).await;
    assert_eq!((receipt.state, receipt.amount), (ReceiptState::Valid, Vnd(16_000)));
    assert_eq!(receipt.channel, "vietqr");
    // 08:15 of that day in Vietnam.
    assert_eq!(receipt.paid_at.0, 1_795_655_700);
    assert!(receipt.number.starts_with("H24.31-BL"), "{}", receipt.number);
    assert!(receipt.number.ends_with("-0000001"), "{}", receipt.number);
    assert_eq!(receipt.dossier, filed.code.as_str());
    assert_eq!(receipt.gateway_reference.as_deref(), Some("FT26330001"));
}

#[tokio::test]
async fn who_has_the_code_can_check_it_and_learns_nothing_personal() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&extract()).await;
    let token = token_of(&cash(&world, &filed).await);
    let stranger = world.visitor();
    let receipt = seen(&stranger, &token).await;
    assert_eq!((receipt.state, receipt.amount), (ReceiptState::Valid, Vnd(16_000)));
    assert_eq!((receipt.channel.as_str(), receipt.payer.as_str()), ("cash", "Phạm T. T. H."));
    assert_eq!((receipt.file.as_ref(), receipt.gateway_reference.as_ref()), (None, None));
    let text = serde_json::to_string(&receipt).unwrap();
    for secret in ["Hương", filed.code.as_str(), HUONG, "receipt-files"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // The receipt's holder without login, by the dossier's key.
    let keyed = stranger
        .call(Method::GET, &format!("/receipts/{token}"))
        .header(DOSSIER_KEY_HEADER, &filed.key);
    let whole: ReceiptView = keyed.send().await.unwrap().json().await.unwrap();
    assert_eq!(whole.payer, "Phạm Thị Thu Hương");
    for unknown in ["AAAAAAAAAAAAAAAAAAAAAA", "x"] {
        for path in [format!("/receipts/{unknown}"), format!("/receipt-files/{unknown}")] {
            let answer = stranger.call(Method::GET, &path).send().await.unwrap();
            assert_eq!(problem_of(answer).await, (404, "not-found".to_owned()));
        }
    }
    // The check's code opens no file.
    let file = stranger.call(Method::GET, &format!("/receipt-files/{token}")).send().await.unwrap();
    assert_eq!(file.status(), 404);
}

#[tokio::test]
async fn the_file_says_it_in_words() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&extract()).await;
    let token = token_of(&cash(&world, &filed).await);
    let receipt = seen(&browser, &token).await;
    let address = format!("{}{}", world.origin, receipt.file.as_ref().unwrap());
    let file = reqwest::get(address).await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/pdf");
    assert_eq!(file.headers()["cache-control"], "private, no-store");
    let bytes = file.bytes().await.unwrap();
    let text = lopdf::Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap();
    for said in [
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "mười sáu nghìn đồng chẵn",
        "Phạm Thị Thu Hương",
        "Tiền mặt tại quầy",
        filed.code.as_str(),
        &receipt.number,
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(!text.contains("HỦY"), "{text}");
}

#[tokio::test]
async fn cash_that_was_noted_by_mistake_is_taken_back_and_the_fee_is_due_again() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&extract()).await;
    let token = token_of(&cash(&world, &filed).await);
    let unsaid = void(&world, &token, " ").await;
    assert_eq!(problem_of(unsaid).await, (400, "malformed-body".to_owned()));
    let voided: ReceiptView = void(&world, &token, "Nhập nhầm hồ sơ.").await.json().await.unwrap();
    assert_eq!(voided.state, ReceiptState::Voided);
    assert_eq!(seen(&world.visitor(), &token).await.state, ReceiptState::Voided);
    let again = void(&world, &token, "Nhập nhầm hồ sơ.").await;
    assert_eq!(problem_of(again).await, (409, "wrong-status".to_owned()));

    let tracked = browser.track(filed.code.as_str()).await;
    let fee = &tracked.detail.as_ref().unwrap().fees[0];
    assert_eq!((fee.state, fee.payable, tracked.status.code), (FeeState::Due, true, 6));
    assert_eq!(tracked.appointment, None);
    let file = reqwest::get(format!("{}{}", world.origin, voided.file.unwrap()));
    let bytes = file.await.unwrap().bytes().await.unwrap();
    let text = lopdf::Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap();
    assert!(text.contains("ĐÃ HỦY") && text.contains("Nhập nhầm hồ sơ."), "{text}");

    // Paid again it has another number; the ledger balances and the till holds one fee.
    let second = seen(&browser, &token_of(&cash(&world, &filed).await)).await;
    assert!(second.number.ends_with("-0000002"), "{}", second.number);
    let totals = totals(&world).await;
    assert!(totals.balanced);
    let [line] = totals.lines.as_slice() else { panic!("{totals:?}") };
    assert_eq!((line.taken, line.returned), (Vnd(32_000), Vnd(16_000)));
}

#[tokio::test]
async fn a_gateway_s_money_is_not_voided_and_its_refund_is_on_the_receipt() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let filed = browser.filed(&extract()).await;
    let attempt = transferred(&browser, &filed).await;
    let token = attempt.receipt.unwrap();
    let refused = void(&world, &token, "Nhập nhầm.").await;
    assert_eq!(problem_of(refused).await, (409, "wrong-status".to_owned()));
    for (state, expected) in
        [("refund_pending", ReceiptState::Refunding), ("refunded", ReceiptState::Refunded)]
    {
        let moved = sqlx::query("UPDATE attempts SET state = ?1 WHERE token = ?2")
            .bind(state)
            .bind(&attempt.token);
        moved.execute(&world.app.db).await.unwrap();
        assert_eq!(seen(&browser, &token).await.state, expected);
    }
}
