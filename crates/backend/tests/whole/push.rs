//! Notices on devices: chosen by the holder, sealed for the device, signed for its service, not at night,
//! tried again, and gone with a device that is gone. The push service is the simulator; the device is here.

use crate::turns::{Turn, turns_of};
use crate::world::{World, certified_copy};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{SinkExt as _, StreamExt as _};
use motcua_backend::push::send_due;
use motcua_simulators::push_service::PushService;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use web_push_native::p256::SecretKey;
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint as _;
use web_push_native::{Auth, decrypt};

async fn stage() -> (World, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = PushService::new(&origin).router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let own = origin.clone();
    (World::open_with(move |settings| settings.push_service = vec![own]).await, origin)
}

/// A browser: its connection to the service, and what opens notices.
struct Device {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    endpoint: String,
    secret: SecretKey,
    auth: [u8; 16],
}

impl Device {
    /// Subscribes for a sender's key.
    async fn subscribe(origin: &str, key: &str, seed: u8) -> Self {
        let (mut socket, _) = connect_async(origin.replace("http", "ws")).await.unwrap();
        let say = |value: Value| Message::text(value.to_string());
        socket.send(say(json!({ "messageType": "hello", "use_webpush": true }))).await.unwrap();
        socket.next().await.unwrap().unwrap();
        let register = json!({ "messageType": "register", "channelID": "c", "key": key });
        socket.send(say(register)).await.unwrap();
        let answer = socket.next().await.unwrap().unwrap();
        let answer: Value = serde_json::from_str(answer.to_text().unwrap()).unwrap();
        let endpoint = answer["pushEndpoint"].as_str().unwrap().to_owned();
        let secret = SecretKey::from_slice(&[seed; 32]).unwrap();
        Self { socket, endpoint, secret, auth: [seed; 16] }
    }

    /// As `PushSubscription.toJSON()` gives it.
    fn subscription(&self) -> Value {
        let point = self.secret.public_key().to_encoded_point(false);
        json!({ "endpoint": self.endpoint, "expirationTime": null, "keys": {
            "p256dh": URL_SAFE_NO_PAD.encode(point), "auth": URL_SAFE_NO_PAD.encode(self.auth) } })
    }

    /// The next notice, opened; none when none comes.
    async fn hears(&mut self) -> Option<Value> {
        let next = tokio::time::timeout(Duration::from_millis(500), self.socket.next());
        let said = next.await.ok()??.unwrap();
        let said: Value = serde_json::from_str(said.to_text().unwrap()).unwrap();
        assert_eq!(said["messageType"], "notification");
        let sealed = URL_SAFE_NO_PAD.decode(said["data"].as_str().unwrap()).unwrap();
        assert!(!sealed.windows(4).any(|bytes| bytes == b"H24."), "readable on the way");
        let plain = decrypt(sealed, &self.secret, &Auth::clone_from_slice(&self.auth)).unwrap();
        Some(serde_json::from_slice(&plain).unwrap())
    }
}

impl Turn<'_> {
    async fn wants(&self, device: &Device, wanted: bool) -> Vec<String> {
        let choice = json!({ "device": device.subscription(), "wanted": wanted });
        turns_of(&self.citizen("push", choice).await).devices.clone()
    }
}

fn key(world: &World) -> &str {
    world.app.config.push_key.as_deref().unwrap()
}

#[tokio::test]
async fn a_notice_is_sealed_for_the_device_and_opens_the_dossier() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let mut device = Device::subscribe(&service, key(&world), 7).await;
    let devices = turn.wants(&device, true).await;
    // Named without telling where it is reached; chosen twice it is one.
    assert_eq!(devices[0].len(), 32);
    assert_eq!(turn.wants(&device, true).await, devices);
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    let notice = device.hears().await.unwrap();
    assert_eq!(notice["title"], "Một Cửa xã Kim Thành");
    assert_eq!(notice["path"], format!("/tra-cuu/{}", turn.code()));
    let body = notice["body"].as_str().unwrap();
    assert!(body.contains(turn.code()) && body.contains("đã được tiếp nhận"), "{body}");
    assert!(!body.contains("http") && !body.contains("HƯƠNG"), "{body}");
    assert_eq!(send_due(&world.app).await.unwrap(), 0);

    assert_eq!(turn.wants(&device, false).await, Vec::<String>::new());
    turn.staff("processing", json!({})).await;
    turn.staff("apology", json!({ "day": "2026-12-07", "reason": "x" })).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    assert_eq!(device.hears().await, None);
}

#[tokio::test]
async fn nobody_is_woken_and_a_newer_word_takes_the_place_of_an_older_one() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let mut device = Device::subscribe(&service, key(&world), 8).await;
    turn.wants(&device, true).await;
    // 22:00 in Vietnam.
    world.app.clock.advance(12 * 3_600);
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    world.app.clock.advance(9 * 3_600);
    // The phone is off: the service keeps the newest word only.
    device.socket.close(None).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    turn.staff("processing", json!({})).await;
    turn.staff("apology", json!({ "day": "2026-12-07", "reason": "x" })).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    let came = reqwest::get(format!("{service}/_simulator/notices")).await.unwrap();
    let came: Vec<Value> = came.json().await.unwrap();
    assert_eq!(came.len(), 1);
    assert_eq!((&came[0]["ttl"], &came[0]["urgency"]), (&json!(259_200), &json!("normal")));
}

#[tokio::test]
async fn a_busy_service_is_asked_again_and_a_device_that_is_gone_is_forgotten() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let mut device = Device::subscribe(&service, key(&world), 9).await;
    turn.wants(&device, true).await;
    let knobs = |body: Value| {
        let call = reqwest::Client::new().post(format!("{service}/_simulator/knobs")).json(&body);
        async { assert!(call.send().await.unwrap().status().is_success()) }
    };
    knobs(json!({ "answer": { "status": 503 } })).await;
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    // Not at once.
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    world.app.clock.advance(60);
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    assert!(device.hears().await.is_some());

    knobs(json!({ "forget": true })).await;
    turn.staff("processing", json!({})).await;
    turn.staff("apology", json!({ "day": "2026-12-07", "reason": "x" })).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    assert!(turns_of(&turn.now().await).devices.is_empty());
}

#[tokio::test]
async fn another_senders_signature_does_not_count() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    // A subscription that was made for another sender's key.
    let other = SecretKey::from_slice(&[3; 32]).unwrap().public_key().to_encoded_point(false);
    let device = Device::subscribe(&service, &URL_SAFE_NO_PAD.encode(other), 10).await;
    turn.wants(&device, true).await;
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    world.app.clock.advance(3_600);
    // 401 is for ever.
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    let left: String =
        sqlx::query_scalar("SELECT gave_up FROM pushes").fetch_one(&world.app.db).await.unwrap();
    assert!(left.contains("401"), "{left}");
}

#[tokio::test]
async fn only_push_services_are_called_and_only_holders_choose() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let device = Device::subscribe(&service, key(&world), 11).await;
    let with = |endpoint: &str| {
        let mut device = device.subscription();
        device["endpoint"] = json!(endpoint);
        json!({ "device": device, "wanted": true })
    };
    for endpoint in [
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/wpush",
        "https://fcm.googleapis.com.evil.vn/x",
        "https://fcm.googleapis.com:8443/x",
        "http://fcm.googleapis.com/x",
        "https://user@evil.vn/",
        "file:///etc/passwd",
        "nothing",
    ] {
        let answer = turn.try_citizen("push", with(endpoint)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{endpoint}");
    }
    for endpoint in [
        "https://fcm.googleapis.com/fcm/send/a",
        "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://web.push.apple.com/a",
        "https://sg2p.notify.windows.com/w/?token=a",
    ] {
        assert_eq!(turn.try_citizen("push", with(endpoint)).await.status(), StatusCode::OK);
    }
    let mut flawed = with(&device.endpoint);
    flawed["device"]["keys"]["p256dh"] = json!("AAAA");
    assert_eq!(turn.try_citizen("push", flawed).await.status(), StatusCode::BAD_REQUEST);
    let path = format!("/dossiers/{}/push", turn.code());
    let stranger = world.visitor().call(Method::POST, &path).json(&with(&device.endpoint));
    assert_eq!(stranger.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    // Four so far; the ninth is too many.
    for number in 5..=8 {
        let answer = turn.try_citizen("push", with(&format!("{service}/wpush/v2/{number}"))).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }
    let ninth = turn.try_citizen("push", with(&format!("{service}/wpush/v2/9"))).await;
    assert_eq!(ninth.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(turns_of(&turn.now().await).devices.len(), 8);
}

#[tokio::test]
async fn a_device_that_moves_keeps_its_notices() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let before = Device::subscribe(&service, key(&world), 12).await;
    turn.wants(&before, true).await;
    let mut after = Device::subscribe(&service, key(&world), 13).await;
    let moved = json!({ "endpoint": before.endpoint, "device": after.subscription() });
    let renew = |body: Value| world.visitor().call(Method::POST, "/push-renewals").json(&body);
    assert_eq!(renew(moved).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    // Who does not know the address of before moves nothing, and does not learn that.
    let guessed =
        json!({ "endpoint": format!("{service}/wpush/v2/x"), "device": before.subscription() });
    assert_eq!(renew(guessed).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    assert!(after.hears().await.is_some());
}
