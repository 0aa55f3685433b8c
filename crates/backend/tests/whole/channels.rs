//! MoMo, ZaloPay and the national platform over sockets, each played by the gateway's side of its
//! protocol: opened, paid, told, asked, forged, replayed; and opened though the answer was lost.

mod gateways;

use crate::world::{Browser, HUONG, World, extract, problem_of};
use axum::http::StatusCode;
use gateways::Gateways;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::payments::AttemptView;
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FailureReason, FeeState};
use motcua_gateways::{Stamp, momo, platform, zalopay};
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

struct Stage {
    world: World,
    played: Arc<Gateways>,
}

impl Stage {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut found = None;
        let world = World::open_with(|settings| {
            let mut commune: serde_json::Value =
                serde_json::from_slice(&std::fs::read(&settings.commune).unwrap()).unwrap();
            for id in ["momo", "zalopay", "platform"] {
                let name = json!({ "vi": id, "en": id });
                let channel = json!({ "id": id, "name": name, "min": 1000, "max": 50_000_000 });
                commune["channels"].as_array_mut().unwrap().push(channel);
            }
            std::fs::create_dir_all(&settings.data).unwrap();
            // What belongs to a commune's file stands beside it.
            let beside = settings.commune.with_file_name("portal_ids.json");
            std::fs::copy(beside, settings.data.join("portal_ids.json")).unwrap();
            settings.commune = settings.data.join("commune.json");
            std::fs::write(&settings.commune, commune.to_string()).unwrap();
            settings.momo_url.clone_from(&address);
            settings.zalopay_url.clone_from(&address);
            settings.platform_url.clone_from(&address);
            found = Some(settings.clone());
        })
        .await;
        let settings = found.unwrap();
        let played = Arc::new(Gateways {
            momo: momo::Merchant::new(
                settings.momo_partner.clone(),
                settings.momo_access_key.gateway_secret(),
                settings.momo_secret.gateway_secret(),
            ),
            zalopay: zalopay::Merchant::new(
                settings.zalopay_app_id,
                settings.zalopay_key1.gateway_secret(),
                settings.zalopay_key2.gateway_secret(),
            ),
            platform: platform::Merchant::new(
                settings.platform_partner.clone(),
                settings.platform_secret.gateway_secret(),
            ),
            orders: std::sync::Mutex::default(),
            loses_answers: AtomicBool::new(false),
            creates: AtomicU32::new(0),
        });
        let routes = gateways::routes(Arc::clone(&played));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { world, played }
    }

    async fn begin(
        &self,
        browser: &Browser<'_>,
        receipt: &DossierReceipt,
        channel: &str,
        key: &str,
    ) -> AttemptView {
        let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
        let response = browser
            .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
            .header("Idempotency-Key", format!("\"{key}\""))
            .json(&json!({ "channel": channel, "language": "vi" }))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::CREATED, "{:?}", response.text().await);
        response.json().await.unwrap()
    }

    async fn show(&self, browser: &Browser<'_>, token: &str) -> AttemptView {
        let address = format!("/payments/{token}");
        browser.call(Method::GET, &address).send().await.unwrap().json().await.unwrap()
    }

    async fn tell(&self, path: &str, body: &str) -> u16 {
        let address = format!("{}{path}", self.world.origin);
        let call = reqwest::Client::new().post(address).body(body.to_owned());
        call.send().await.unwrap().status().as_u16()
    }

    fn momo_notice(&self, order_id: &str, amount: Vnd, code: &str) -> String {
        let notice = momo::Notice {
            order_id: order_id.to_owned(),
            request_id: order_id.to_owned(),
            amount,
            order_info: "a".to_owned(),
            order_type: "momo_wallet".to_owned(),
            trans_id: "4088878653".to_owned(),
            result_code: code.into(),
            message: "Thành công".to_owned(),
            pay_type: "qr".to_owned(),
            response_time: 1_795_000_000_000,
            extra_data: String::new(),
        };
        notice.signed_ipn(&self.played.momo).unwrap()
    }
}

async fn fee_of(browser: &Browser<'_>, receipt: &DossierReceipt) -> FeeState {
    browser.track(receipt.code.as_str()).await.detail.unwrap().fees[0].state
}

#[tokio::test]
async fn each_channel_opens_a_page_and_is_paid_when_the_gateway_says_so() {
    for channel in ["momo", "zalopay", "platform"] {
        let stage = Stage::open().await;
        let browser = stage.world.citizen(HUONG).await;
        let receipt = browser.filed(&extract()).await;
        let view = stage.begin(&browser, &receipt, channel, "key-of-the-channel").await;
        assert_eq!(view.state, AttemptState::Ready, "{channel}");
        // The tap is a plain link of ours that leads to the gateway's page.
        let go = browser.http.get(view.pay_url.as_deref().unwrap()).send().await.unwrap();
        assert_eq!(go.status(), StatusCode::SEE_OTHER);
        let page = go.headers()["location"].to_str().unwrap();
        assert!(page.starts_with("https://") && !page.contains("motcua"), "{page}");
        let reference = stage.played.only();
        stage.played.pay(&reference);
        // No notice comes. The browser is back, and what it brings proves nothing but makes us ask.
        let back = match channel {
            "platform" => format!("/pay/return?data={reference}&responseCode=00&secureCode=x"),
            _ => format!("/pay/return/{}?resultCode=1006&status=-49", view.token),
        };
        let landed = browser.follow(&format!("{}{back}", stage.world.origin)).await;
        assert!(landed.ends_with(&format!("/thanh-toan/{}", view.token)), "{landed}");
        let shown = stage.show(&browser, &view.token).await;
        assert_eq!(shown.state, AttemptState::Succeeded, "{channel}");
        assert_eq!(fee_of(&browser, &receipt).await, FeeState::Paid);
    }
}

#[tokio::test]
async fn notices_settle_once_and_forged_foreign_or_differing_ones_do_not() {
    let stage = Stage::open().await;
    let browser = stage.world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = stage.begin(&browser, &receipt, "momo", "key-of-the-notices").await;
    let reference = stage.played.only();
    let good = stage.momo_notice(&reference, view.amount, "0");
    let forged = good.replace("4088878653", "4088878654");
    assert_eq!(stage.tell("/pay/ipn/momo", &forged).await, 400);
    assert_eq!(stage.tell("/pay/ipn/momo", "{}").await, 400);
    // Of an order that we do not have (yet): the gateway must call again.
    let foreign = stage.momo_notice("0000000000000000", view.amount, "0");
    assert!(stage.tell("/pay/ipn/momo", &foreign).await >= 500);
    assert_eq!(fee_of(&browser, &receipt).await, FeeState::Due);
    for _ in 0..3 {
        assert_eq!(stage.tell("/pay/ipn/momo", &good).await, 204);
    }
    // Late and out of order: a refusal after the success changes nothing.
    let refused = stage.momo_notice(&reference, view.amount, "1006");
    assert_eq!(stage.tell("/pay/ipn/momo", &refused).await, 204);
    assert_eq!(stage.show(&browser, &view.token).await.state, AttemptState::Succeeded);
    assert_eq!(fee_of(&browser, &receipt).await, FeeState::Paid);
}

#[tokio::test]
async fn another_amount_is_held_and_a_refusal_has_its_own_reason() {
    let stage = Stage::open().await;
    let browser = stage.world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let view = stage.begin(&browser, &receipt, "momo", "key-of-the-refusal").await;
    let reference = stage.played.only();
    // Biometrics are missing: the wallet took nothing.
    let refused = stage.momo_notice(&reference, view.amount, "4002");
    stage.tell("/pay/ipn/momo", &refused).await;
    let shown = stage.show(&browser, &view.token).await;
    assert_eq!(shown.failure, Some(FailureReason::AccountNotVerified));
    // It is paid after all, with another amount: a person looks.
    let differs = stage.momo_notice(&reference, Vnd(1_000), "0");
    stage.tell("/pay/ipn/momo", &differs).await;
    let shown = stage.show(&browser, &view.token).await;
    assert_eq!(shown.state, AttemptState::UnderReview);
    assert_eq!(fee_of(&browser, &receipt).await, FeeState::Due);
}

#[tokio::test]
async fn opened_though_the_answer_was_lost_it_is_one_order() {
    for channel in ["momo", "zalopay", "platform"] {
        let stage = Stage::open().await;
        let browser = stage.world.citizen(HUONG).await;
        let receipt = browser.filed(&extract()).await;
        stage.played.loses_answers.store(true, Ordering::Relaxed);
        let view = stage.begin(&browser, &receipt, channel, "key-of-the-lost-answer").await;
        assert_eq!((view.state, view.pay_url), (AttemptState::Created, None), "{channel}");
        stage.played.loses_answers.store(false, Ordering::Relaxed);
        let again = stage.show(&browser, &view.token).await;
        assert!(stage.played.creates.load(Ordering::Relaxed) >= 2);
        let reference = stage.played.only();
        match channel {
            // ZaloPay does not give the page of a known order again: another attempt takes over, and
            // this one is watched.
            "zalopay" => assert_eq!(again.state, AttemptState::Superseded),
            _ => assert_eq!(again.state, AttemptState::Ready, "{channel}"),
        }
        // Paid by whoever saw its page: it counts.
        stage.played.pay(&reference);
        let told = match channel {
            "momo" => {
                let notice = stage.momo_notice(&reference, view.amount, "0");
                stage.tell("/pay/ipn/momo", &notice).await
            }
            "zalopay" => {
                let callback = zalopay::Callback {
                    order_id: reference,
                    app_time: 1,
                    app_user: "motcua".to_owned(),
                    amount: view.amount,
                    embed_data: "{}".to_owned(),
                    item: "[]".to_owned(),
                    trans_id: "241200000000001".to_owned(),
                    server_time: 1_795_000_000_000,
                    channel: "38".to_owned(),
                    user_id: String::new(),
                    user_fee: Vnd::ZERO,
                    discount: Vnd::ZERO,
                };
                stage.tell("/pay/ipn/zalopay", &callback.signed(&stage.played.zalopay)).await
            }
            _ => {
                let confirm = platform::Confirm {
                    code: "00".into(),
                    reference,
                    amount: view.amount,
                    transaction: Some("GD1".to_owned()),
                    bank: "VNPTPAY".to_owned(),
                    at: Stamp::from_unix(1_795_000_000),
                    order_info: "a".to_owned(),
                    proof: String::new(),
                };
                let body = confirm.signed(&stage.played.platform).unwrap();
                stage.tell("/DvcPayment/Confirm", &body).await
            }
        };
        assert!(told < 300, "{channel}: {told}");
        assert_eq!(fee_of(&browser, &receipt).await, FeeState::Paid, "{channel}");
    }
}

#[tokio::test]
async fn a_channel_is_refused_outside_its_limits_or_when_it_is_not_enabled() {
    let stage = Stage::open().await;
    let browser = stage.world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    for channel in ["paypal", "cash"] {
        let refused = browser
            .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
            .header("Idempotency-Key", "\"key-of-the-refused-one\"")
            .json(&json!({ "channel": channel, "language": "vi" }))
            .send()
            .await
            .unwrap();
        let (_, kind) = problem_of(refused).await;
        assert_eq!(kind, "channel-unavailable", "{channel}");
    }
}
