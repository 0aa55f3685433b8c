//! Money that no gateway tells of: transfers by the bank's statement, cash at the counter; and the
//! ledger behind all of it.

use crate::world::{Browser, HUONG, World, extract, problem_of};
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_contract::ledger::{Reconciliation, RowFault, StatementReport, Totals};
use motcua_contract::payments::AttemptView;
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FeeState};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

async fn attempt(
    browser: &Browser<'_>,
    receipt: &DossierReceipt,
    channel: &str,
    key: &str,
) -> Response {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    browser
        .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
        .header("Idempotency-Key", format!("\"{key}\""))
        .json(&json!({ "channel": channel, "language": "vi" }))
        .send()
        .await
        .unwrap()
}

async fn transfer(browser: &Browser<'_>, receipt: &DossierReceipt, key: &str) -> AttemptView {
    let response = attempt(browser, receipt, "vietqr", key).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json().await.unwrap()
}

async fn import(world: &World, rows: &str) -> StatementReport {
    let table = format!("Ngày,Số tiền,Nội dung,Mã giao dịch\n{rows}");
    world.staff_text("/statements", table).await.json().await.unwrap()
}

async fn totals(world: &World) -> Totals {
    world.staff_get("/totals?from=2020-01-01&to=2099-12-31").await.json().await.unwrap()
}

async fn fee_of(browser: &Browser<'_>, receipt: &DossierReceipt) -> FeeState {
    browser.track(receipt.code.as_str()).await.detail.unwrap().fees[0].state
}

#[tokio::test]
async fn a_transfer_is_paid_when_the_bank_s_statement_says_so_and_once() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = transfer(&browser, &receipt, "transfer-key-number-1").await;
    assert_eq!((view.state, view.pay_url.clone()), (AttemptState::Ready, None));
    let words = view.transfer.clone().unwrap().words;
    // The code is what `domain` reads of a bank transfer: account, amount, our reference.
    let code = motcua_gateways::vietqr::read(view.qr.as_deref().unwrap()).unwrap();
    assert_eq!(code.amount, Some(view.amount.0));
    assert_eq!(code.purpose.as_deref(), Some(words.as_str()));

    let amount = view.amount.0;
    let row = format!("26/11/2026 08:15,{amount},CT DEN {words} le phi,FT26330001\n");
    let other = "26/11/2026,100000,hoc phi,FT26330002\n26/11/2026,x,MC,FT26330003\n";
    let report = import(&world, &format!("{row}{other}")).await;
    assert_eq!((report.rows, report.paid, report.foreign, report.known), (2, 1, 1, 0));
    assert_eq!(report.problems[0].problem, RowFault::NotAnAmount);
    assert_eq!(fee_of(&browser, &receipt).await, FeeState::Paid);

    let again = import(&world, &row).await;
    assert_eq!((again.paid, again.known), (0, 1));
    let totals = totals(&world).await;
    assert!(totals.balanced);
    let [line] = totals.lines.as_slice() else { panic!("{totals:?}") };
    assert_eq!((line.channel.as_str(), line.payments, line.taken), ("vietqr", 1, view.amount));
    assert_eq!(line.day, "2026-11-26".parse().unwrap());
}

#[tokio::test]
async fn a_transfer_of_another_amount_or_a_second_one_is_for_staff_and_not_forgotten() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = transfer(&browser, &receipt, "transfer-key-number-2").await;
    let words = view.transfer.clone().unwrap().words;
    let short = import(&world, &format!("26/11/2026,1000,{words},FT1\n")).await;
    assert_eq!(short.problems[0].problem, RowFault::OtherAmount);
    assert_eq!(fee_of(&browser, &receipt).await, FeeState::Due);
    // While money may be held nobody is asked to pay again.
    let refused = attempt(&browser, &receipt, "vietqr", "transfer-key-number-3").await;
    assert_eq!(problem_of(refused).await, (409, "fee-not-payable".to_owned()));
    let amount = view.amount.0;
    let rest = import(&world, &format!("27/11/2026,{amount},{words},FT2\n")).await;
    assert_eq!(rest.paid, 1);
    let twice = import(&world, &format!("28/11/2026,{amount},{words},FT3\n")).await;
    assert_eq!(twice.problems[0].problem, RowFault::PaidTwice);
    // What came beside the fee is owed back: the first thousand, and the second transfer.
    let totals = totals(&world).await;
    assert!(totals.balanced);
    assert_eq!(totals.owed_back, Vnd(1_000 + amount));
    let nobody = import(&world, "28/11/2026,8000,MC00000000000000FF,FT4\n").await;
    assert_eq!(nobody.problems[0].problem, RowFault::UnknownReference);
}

#[tokio::test]
async fn cash_at_the_counter_ends_the_fee_and_a_transfer_that_comes_all_the_same_goes_back() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = transfer(&browser, &receipt, "transfer-key-number-4").await;
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let path = format!("/dossiers/{}/fees/{fee}/cash", receipt.code);
    let paid: DossierView = world.staff_text(&path, String::new()).await.json().await.unwrap();
    assert_eq!(paid.detail.unwrap().fees[0].state, FeeState::PaidOffline);
    let again = world.staff_text(&path, String::new()).await;
    assert_eq!(problem_of(again).await, (409, "fee-not-payable".to_owned()));

    let (words, amount) = (view.transfer.unwrap().words, view.amount.0);
    let late = import(&world, &format!("26/11/2026,{amount},{words},FT1\n")).await;
    assert_eq!(late.problems[0].problem, RowFault::PaidTwice);
    let totals = totals(&world).await;
    assert!(totals.balanced);
    assert_eq!(totals.owed_back, Vnd(amount));
}

#[tokio::test]
async fn a_gateway_s_file_is_held_against_the_ledger() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = transfer(&browser, &receipt, "transfer-key-number-5").await;
    let (words, amount) = (view.transfer.unwrap().words, view.amount.0);
    import(&world, &format!("26/11/2026,{amount},{words},FT1\n")).await;
    let reference = words.trim_start_matches("MC");
    let hold = async |rows: String| {
        let table = format!("date,amount,order,transaction\n{rows}");
        let answer = world.staff_text("/reconciliations/vietqr", table).await;
        answer.json::<Reconciliation>().await.unwrap()
    };
    let same = hold(format!("26/11/2026,{amount},{reference},FT1\n")).await;
    assert!(same.differences.is_empty(), "{same:?}");
    assert_eq!((same.at_gateway, same.in_ledger, same.ledger_sum), (1, 1, Vnd(amount)));
    let differs =
        hold(format!("26/11/2026,1,{reference},FT1\n26/11/2026,5000,0000000000000000,FT9\n")).await;
    let faults: Vec<_> = differs.differences.iter().map(|it| it.problem).collect();
    assert_eq!(faults, [RowFault::AmountDiffers, RowFault::NotInLedger]);
    let missing = hold("26/11/2026,5000,0000000000000000,FT9\n".to_owned()).await;
    assert!(missing.differences.iter().any(|it| it.problem == RowFault::NotAtGateway));
    let unknown = world.staff_text("/reconciliations/paypal", String::new()).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_ledger_is_append_only() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    world.staff_text(&format!("/dossiers/{}/fees/{fee}/cash", receipt.code), String::new()).await;
    for change in ["UPDATE ledger SET amount = 1", "DELETE FROM ledger"] {
        let refused = sqlx::query(change).execute(&world.app.db).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}
