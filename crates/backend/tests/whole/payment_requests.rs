//! Asking a relative to pay: the link pays and shows an amount, nothing else; it is paid once, by
//! whomever; and it can be taken back.

use crate::world::{Browser, HUONG, World, extract, problem_of};
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::payments::{AttemptView, PaymentRequestView};
use motcua_domain::payment::{AttemptState, FeeState};
use motcua_domain::payment_request::{LIFETIME, RequestState};
use reqwest::{Method, Response};
use serde_json::json;
use std::time::Duration;

async fn filed(world: &World) -> (Browser<'_>, DossierReceipt) {
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    (browser, receipt)
}

async fn try_ask(browser: &Browser<'_>, receipt: &DossierReceipt) -> Response {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let path = format!("/dossiers/{}/fees/{fee}/requests", receipt.code);
    browser.call(Method::POST, &path).send().await.unwrap()
}

async fn ask(browser: &Browser<'_>, receipt: &DossierReceipt) -> PaymentRequestView {
    let response = try_ask(browser, receipt).await;
    assert_eq!(response.status(), 201);
    response.json().await.unwrap()
}

async fn see(browser: &Browser<'_>, token: &str) -> PaymentRequestView {
    let path = format!("/payment-requests/{token}");
    browser.call(Method::GET, &path).send().await.unwrap().json().await.unwrap()
}

async fn try_pay(browser: &Browser<'_>, token: &str, key: &str, name: &str) -> Response {
    browser
        .call(Method::POST, &format!("/payment-requests/{token}/attempts"))
        .header("Idempotency-Key", format!("\"relative-of-the-tests-{key}\""))
        .json(&json!({ "channel": "vnpay", "language": "vi", "payer_name": name }))
        .send()
        .await
        .unwrap()
}

async fn pay(browser: &Browser<'_>, token: &str, key: &str, name: &str) -> AttemptView {
    let response = try_pay(browser, token, key, name).await;
    assert_eq!(response.status(), 201);
    response.json().await.unwrap()
}

/// Goes to the gateway and pays there.
async fn pay_at_gateway(browser: &Browser<'_>, attempt: &AttemptView) {
    let page = browser.follow(attempt.pay_url.as_ref().unwrap()).await;
    let token = page.split_once("token=").unwrap().1.to_owned();
    let form = [("token", token.as_str()), ("outcome", "success")];
    let next = browser.submit(&format!("{}/_simulator/outcome", browser.world.vnpay), &form).await;
    browser.follow(&next).await;
}

async fn becomes(browser: &Browser<'_>, token: &str, state: RequestState) -> PaymentRequestView {
    for _ in 0..40 {
        let seen = see(browser, token).await;
        if seen.state == state {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?}, not {state:?}", see(browser, token).await);
}

#[tokio::test]
async fn a_relative_pays_and_the_citizen_sees_who() {
    let world = World::open().await;
    let (citizen, receipt) = filed(&world).await;
    let asked = ask(&citizen, &receipt).await;
    assert_eq!((asked.state, asked.amount.0), (RequestState::Open, 16_000));
    assert_eq!(ask(&citizen, &receipt).await.token, asked.token, "one open request for a fee");
    let tracked = citizen.track(receipt.code.as_str()).await.detail.unwrap();
    assert_eq!(tracked.fees[0].request.as_ref(), Some(&asked.token));

    let relative = world.visitor();
    let attempt = pay(&relative, &asked.token, "a", "  Trần   Văn Nam ").await;
    pay_at_gateway(&relative, &attempt).await;
    let seen = becomes(&citizen, &asked.token, RequestState::Paid).await;
    assert_eq!(seen.payer_name.as_deref(), Some("Trần Văn Nam"));
    assert!(seen.paid_at.is_some());
    assert_eq!(
        see(&relative, &asked.token).await.payer_name,
        None,
        "only the dossier's holder reads who paid"
    );
    let fees = citizen.track(receipt.code.as_str()).await.detail.unwrap().fees;
    assert_eq!(fees[0].state, FeeState::Paid);
    let again = try_pay(&relative, &asked.token, "b", "").await;
    assert_eq!(problem_of(again).await.1, "fee-not-payable");
}

#[tokio::test]
async fn the_link_shows_nothing_personal_and_opens_nothing_else() {
    let world = World::open().await;
    let (citizen, receipt) = filed(&world).await;
    let asked = ask(&citizen, &receipt).await;
    let stranger = world.visitor();
    let path = format!("/payment-requests/{}", asked.token);
    let said = stranger.call(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    let dossier = citizen.track(receipt.code.as_str()).await;
    let detail = dossier.detail.unwrap();
    for secret in [
        receipt.code.as_str(),
        &receipt.key,
        &detail.applicant_name,
        &detail.submitter_name,
        &dossier.procedure_name.vi,
        dossier.procedure.as_str(),
    ] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    let cancel = stranger.call(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(problem_of(cancel).await.0, 403);
    let unknown = stranger.call(Method::GET, "/payment-requests/AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(problem_of(unknown.send().await.unwrap()).await.0, 404);
    let ask = try_ask(&stranger, &receipt).await;
    assert_eq!(problem_of(ask).await.0, 403);
}

#[tokio::test]
async fn two_who_pay_at_once_pay_once_and_the_other_money_goes_back() {
    let world = World::open().await;
    let (citizen, receipt) = filed(&world).await;
    let asked = ask(&citizen, &receipt).await;
    let (son, daughter) = (world.visitor(), world.visitor());
    // Both are at the gateway: the daughter's attempt took over from the son's.
    let first = pay(&son, &asked.token, "son", "").await;
    let page = son.follow(first.pay_url.as_ref().unwrap()).await;
    let second = pay(&daughter, &asked.token, "daughter", "").await;
    assert_ne!(first.token, second.token);
    pay_at_gateway(&daughter, &second).await;
    becomes(&citizen, &asked.token, RequestState::Paid).await;
    let token = page.split_once("token=").unwrap().1.to_owned();
    let form = [("token", token.as_str()), ("outcome", "success")];
    son.submit(&format!("{}/_simulator/outcome", world.vnpay), &form).await;
    let mut states = vec![];
    for _ in 0..40 {
        states.clear();
        for token in [&first.token, &second.token] {
            let path = format!("/payments/{token}");
            let seen: AttemptView =
                son.call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
            states.push(seen.state);
        }
        if states[0] == AttemptState::RefundDue {
            break;
        }
        world.app.clock.advance(10);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(states, [AttemptState::RefundDue, AttemptState::Succeeded]);
}

#[tokio::test]
async fn what_was_taken_back_or_is_old_cannot_be_paid() {
    let world = World::open().await;
    let (citizen, receipt) = filed(&world).await;
    let asked = ask(&citizen, &receipt).await;
    let relative = world.visitor();
    let attempt = pay(&relative, &asked.token, "a", "").await;
    let path = format!("/payment-requests/{}", asked.token);
    let cancelled: PaymentRequestView =
        citizen.call(Method::DELETE, &path).send().await.unwrap().json().await.unwrap();
    assert_eq!(cancelled.state, RequestState::Cancelled);
    let refused = try_pay(&relative, &asked.token, "b", "").await;
    assert_eq!(problem_of(refused).await, (410, "payment-request-gone".into()));
    // The attempt that was begun leads to the page that says why, not to the gateway.
    let go = format!("{}/pay/go/{}", world.app.settings.origin, attempt.token);
    assert!(relative.follow(&go).await.contains("/thanh-toan/"));

    let anew = ask(&citizen, &receipt).await;
    assert_ne!(anew.token, asked.token);
    world.app.clock.advance(LIFETIME);
    assert_eq!(see(&relative, &anew.token).await.state, RequestState::Expired);
    let late = try_pay(&relative, &anew.token, "c", "").await;
    assert_eq!(problem_of(late).await.1, "payment-request-gone");
}

#[tokio::test]
async fn taken_back_while_paying_the_money_still_counts() {
    let world = World::open().await;
    let (citizen, receipt) = filed(&world).await;
    let asked = ask(&citizen, &receipt).await;
    let relative = world.visitor();
    let attempt = pay(&relative, &asked.token, "a", "Nam").await;
    let page = relative.follow(attempt.pay_url.as_ref().unwrap()).await;
    let path = format!("/payment-requests/{}", asked.token);
    citizen.call(Method::DELETE, &path).send().await.unwrap();
    let token = page.split_once("token=").unwrap().1.to_owned();
    let form = [("token", token.as_str()), ("outcome", "success")];
    relative.submit(&format!("{}/_simulator/outcome", world.vnpay), &form).await;
    becomes(&citizen, &asked.token, RequestState::Paid).await;
}
