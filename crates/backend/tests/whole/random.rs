//! Random journeys through paying: citizens, relatives, staff and five channels that misbehave, in an
//! order that a seed decides. In the end every gateway's own book is held against ours: no money is
//! forgotten, doubled, or shown where there is none.
//!
//! `JOURNEYS=10000 SEED=1 cargo test -p motcua-backend --test whole random -- --nocapture`

mod dice;
mod judge;

use crate::world::{Browser, HUONG, World, extract};
use dice::Dice;
use motcua_contract::payments::{AttemptView, PaymentRequestView};
use motcua_domain::payment_request::LIFETIME;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;

/// Journeys in one world: they share its gateways and its clock.
const TOGETHER: u64 = 25;
const CHANNELS: [&str; 5] = ["vnpay", "momo", "zalopay", "platform", "vietqr"];

fn number(name: &str, other: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(other)
}

#[tokio::test]
async fn no_journey_loses_or_doubles_money() {
    let (journeys, seed) = (number("JOURNEYS", 75), number("SEED", 20_261_126));
    let mut seen = judge::Seen::default();
    for first in (0..journeys).step_by(usize::try_from(TOGETHER).unwrap()) {
        let count = TOGETHER.min(journeys - first);
        seen.add(&together(seed, first, count).await);
    }
    println!("{journeys} journeys from seed {seed}: {seen}");
    // A run in which nothing happened would prove nothing.
    assert!(seen.paid > 0 && seen.back > 0 && seen.faults > 0, "{seen}");
}

/// A dossier with a fee, and what was begun to pay it.
struct Journey {
    code: String,
    fee: String,
    amount: u64,
    /// Channel and token of each attempt.
    attempts: Vec<(&'static str, String)>,
    /// What happened, for whoever reads a failure.
    said: Vec<String>,
}

/// Some journeys in one world, to their end.
async fn together(seed: u64, first: u64, count: u64) -> judge::Seen {
    let world = World::open().await;
    let citizen = world.citizen(HUONG).await;
    let mut bank = judge::Bank::default();
    let mut journeys = Vec::new();
    for n in first..first + count {
        let mut dice = Dice::new(seed ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        journeys.push(go(&world, &citizen, &mut bank, n, &mut dice).await);
    }
    settle(&world, &mut bank, &mut journeys, &mut Dice::new(seed ^ first)).await;
    judge::judge(&world, &bank, &journeys).await
}

/// What happens while the gateways' pages are open.
async fn go(
    world: &World,
    citizen: &Browser<'_>,
    bank: &mut judge::Bank,
    n: u64,
    dice: &mut Dice,
) -> Journey {
    let key = format!("random-journey-{n:08}");
    let response = citizen.submit_dossier(&key, &extract()).await;
    assert_eq!(response.status(), 201, "{:?}", response.text().await);
    let receipt: motcua_contract::dossiers::DossierReceipt = response.json().await.unwrap();
    let line = &receipt.dossier.detail.as_ref().unwrap().fees[0];
    let mut journey = Journey {
        code: receipt.code.to_string(),
        fee: line.id.clone(),
        amount: line.amount.unwrap().0,
        attempts: Vec::new(),
        said: vec![format!("journey {n}")],
    };
    begin(world, citizen, &mut journey, dice).await;
    leave(world, &mut journey, dice).await;
    for step in 0..dice.below(9) + 2 {
        match dice.below(20) {
            0 | 1 => begin(world, citizen, &mut journey, dice).await,
            2..5 => leave(world, &mut journey, dice).await,
            5..10 => end(world, &mut journey, dice).await,
            10 | 11 => come_back(world, &mut journey, dice).await,
            12 | 13 => look(world, &mut journey, dice).await,
            14 => forge(world, &mut journey, dice).await,
            15 => replay(world, &mut journey, dice).await,
            16..19 => transfer(world, bank, &mut journey, dice, &format!("{n}-{step}")).await,
            _ => staff(world, &mut journey, dice).await,
        }
    }
    journey
}

/// Somebody wants to pay: the citizen, or a relative by a link, now and then twice at once.
async fn begin(world: &World, citizen: &Browser<'_>, journey: &mut Journey, dice: &mut Dice) {
    let channel = dice.pick(&CHANNELS);
    let knobs = switches(channel, dice);
    if let (Some(knobs), Some(origin)) = (&knobs, world.gateway(channel)) {
        world.knob(format!("{origin}/_simulator/knobs"), knobs.clone()).await;
    }
    let key = format!("\"random-{}-{}\"", journey.code, dice.next());
    let relative = world.visitor();
    let (browser, path, body) = if dice.below(3) == 0 {
        let path = format!("/dossiers/{}/fees/{}/requests", journey.code, journey.fee);
        let asked = citizen.call(Method::POST, &path).send().await.unwrap();
        if asked.status() != 201 {
            return journey.said.push(format!("asking: {}", asked.status()));
        }
        let asked: PaymentRequestView = asked.json().await.unwrap();
        let body = json!({ "channel": channel, "language": "vi", "payer_name": "Nam" });
        (&relative, format!("/payment-requests/{}/attempts", asked.token), body)
    } else {
        let path = format!("/dossiers/{}/fees/{}/attempts", journey.code, journey.fee);
        (citizen, path, json!({ "channel": channel, "language": "vi" }))
    };
    for _ in 0..1 + dice.below(2) {
        let call = browser.call(Method::POST, &path).header("Idempotency-Key", &key).json(&body);
        let answer = call.send().await.unwrap();
        let status = answer.status();
        journey.said.push(format!("begin {channel} {knobs:?}: {status}"));
        assert!(!status.is_server_error() || status == 503, "{:?}", journey.said);
        if status == 201 {
            let attempt: AttemptView = answer.json().await.unwrap();
            if !journey.attempts.iter().any(|(_, token)| *token == attempt.token) {
                journey.attempts.push((channel, attempt.token));
            }
        }
    }
}

/// How the gateway will misbehave with the next order; half of the time it does not. Never so that it
/// lies about money: who is lied to by a gateway cannot know.
fn switches(channel: &str, dice: &mut Dice) -> Option<Value> {
    if dice.below(2) == 0 || channel == "vietqr" {
        return None;
    }
    let mut knobs = json!({ "clock_factor": 0.001 });
    if dice.below(2) == 0 {
        knobs["ipn"] = dice.pick(&[
            json!("never"),
            json!("after_return"),
            json!("before_return"),
            json!({ "dup": 4 }),
            json!("bad_signature"),
            json!("wrong_amount"),
            json!({ "delay_ms": 20 }),
        ]);
    }
    if dice.below(3) == 0 {
        knobs["query"] = dice.pick(&[json!({ "pending": 2 }), json!("down")]);
    }
    if dice.below(4) == 0 && channel != "vnpay" {
        knobs["create"] = dice.pick(&[json!("timeout_created"), json!("dup")]);
    }
    if dice.below(4) == 0 && matches!(channel, "momo" | "zalopay") {
        knobs["refund"] = dice.pick(&[json!({ "pending": 1 }), json!("refused")]);
    }
    Some(knobs)
}

fn chosen(journey: &Journey, dice: &mut Dice) -> Option<(&'static str, String)> {
    (!journey.attempts.is_empty()).then(|| dice.pick(&journey.attempts))
}

async fn reference_of(world: &World, token: &str) -> String {
    let row = sqlx::query("SELECT reference FROM attempts WHERE token = ?1").bind(token);
    row.fetch_one(&world.app.db).await.unwrap().get("reference")
}

/// The pay link is tapped.
async fn leave(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let Some((channel, token)) = chosen(journey, dice) else { return };
    let landed = world.visitor().follow(&format!("{}/pay/go/{token}", world.origin)).await;
    let away = !landed.starts_with(&world.origin);
    journey.said.push(format!("leave {channel}: {}", if away { "gateway" } else { "our page" }));
}

/// Something is decided at the gateway.
async fn end(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let Some((channel, token)) = chosen(journey, dice) else { return };
    let Some(origin) = world.gateway(channel) else { return };
    let reference = reference_of(world, &token).await;
    let outcome = match dice.below(10) {
        0..6 => "success",
        6 | 7 => "cancel",
        8 => "insufficient",
        _ if channel == "vnpay" => "fraud",
        _ => "pending",
    };
    let name = if channel == "vnpay" { "txn_ref" } else { "reference" };
    let call = reqwest::Client::new().post(format!("{origin}/_simulator/pay"));
    let answer = call.json(&json!({ name: reference, "outcome": outcome })).send().await.unwrap();
    journey.said.push(format!("end {channel} {outcome}: {}", answer.status()));
}

/// A browser comes back, with anything in its address.
async fn come_back(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let Some((channel, token)) = chosen(journey, dice) else { return };
    let query = dice.pick(&["", "?vnp_ResponseCode=00&vnp_TransactionStatus=00", "?resultCode=0"]);
    world.visitor().follow(&format!("{}/pay/return/{token}{query}", world.origin)).await;
    journey.said.push(format!("back from {channel} with {query}"));
}

/// Somebody looks; time may have passed.
async fn look(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let Some((channel, token)) = chosen(journey, dice) else { return };
    world.app.clock.advance(i64::try_from(dice.below(12)).unwrap());
    let path = format!("/payments/{token}");
    let answer = world.visitor().call(Method::GET, &path).send().await.unwrap();
    let seen: AttemptView = answer.json().await.unwrap();
    journey.said.push(format!("look at {channel}: {:?}", seen.state));
}

/// A notice that nobody signed.
async fn forge(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let Some((channel, token)) = chosen(journey, dice) else { return };
    let reference = reference_of(world, &token).await;
    let (client, origin) = (reqwest::Client::new(), &world.origin);
    let amount = journey.amount;
    let call = match channel {
        "vnpay" => client.get(format!(
            "{origin}/pay/ipn/vnpay?vnp_TxnRef={reference}&vnp_ResponseCode=00\
             &vnp_TransactionStatus=00&vnp_Amount={}&vnp_SecureHash=ab",
            amount * 100
        )),
        "momo" => client.post(format!("{origin}/pay/ipn/momo")).body(
            json!({ "orderId": reference, "resultCode": 0, "amount": amount, "signature": "ab" })
                .to_string(),
        ),
        "zalopay" => client.post(format!("{origin}/pay/ipn/zalopay")).body(
            json!({ "data": format!("{{\"app_trans_id\":\"{reference}\"}}"), "mac": "ab" })
                .to_string(),
        ),
        "platform" => client.post(format!("{origin}/DvcPayment/Confirm")).body(
            json!({ "MaThamChieu": reference, "MaLoi": "00", "SoTien": amount.to_string() })
                .to_string(),
        ),
        _ => return,
    };
    let answer = call.send().await.unwrap();
    journey.said.push(format!("forge {channel}: {}", answer.status()));
}

/// A genuine notice of this gateway's, about any order, once more.
async fn replay(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let channel = dice.pick(&["momo", "zalopay", "platform"]);
    let Some(origin) = world.gateway(channel) else { return };
    let orders: Vec<Value> =
        reqwest::get(format!("{origin}/_simulator/payments")).await.unwrap().json().await.unwrap();
    let notices = orders.iter().filter_map(|order| order["notices"].as_array()).flatten();
    let bodies: Vec<String> =
        notices.filter_map(|notice| notice["body"].as_str()).map(str::to_owned).collect();
    if bodies.is_empty() {
        return;
    }
    let path = if channel == "platform" {
        "/DvcPayment/Confirm".to_owned()
    } else {
        format!("/pay/ipn/{channel}")
    };
    let call = reqwest::Client::new().post(format!("{}{path}", world.origin));
    let answer = call.body(dice.pick(&bodies)).send().await.unwrap();
    journey.said.push(format!("replay {channel}: {}", answer.status()));
}

/// Money comes by bank transfer: right, another amount, or a row that was imported before.
async fn transfer(
    world: &World,
    bank: &mut judge::Bank,
    journey: &mut Journey,
    dice: &mut Dice,
    name: &str,
) {
    let transfers = journey.attempts.iter().filter(|(channel, _)| *channel == "vietqr");
    let tokens: Vec<String> = transfers.map(|(_, token)| token.clone()).collect();
    if tokens.is_empty() {
        return;
    }
    let reference = reference_of(world, &dice.pick(&tokens)).await;
    let row = match dice.below(4) {
        0 if !bank.rows.is_empty() => dice.pick(&bank.rows),
        1 => bank.row(name, &reference, journey.amount + 1_000),
        _ => bank.row(name, &reference, journey.amount),
    };
    let answer =
        world.staff_text("/statements", judge::Bank::table(std::slice::from_ref(&row))).await;
    journey.said.push(format!("statement {row:?}: {}", answer.status()));
}

/// Staff take cash, or send the dossier back.
async fn staff(world: &World, journey: &mut Journey, dice: &mut Dice) {
    let (path, body) = match dice.below(3) {
        0 => {
            (format!("/dossiers/{}/status", journey.code), json!({ "status": 3, "note": "thiếu" }))
        }
        _ => (format!("/dossiers/{}/fees/{}/cash", journey.code, journey.fee), json!({})),
    };
    let answer = world.staff(&path, body).await;
    journey.said.push(format!("staff {path}: {}", answer.status()));
}

/// Time passes, gateways answer again, staff order due money back, and the watch runs on.
async fn settle(world: &World, bank: &mut judge::Bank, journeys: &mut [Journey], dice: &mut Dice) {
    judge::quiet(world).await;
    world.app.clock.advance(17 * 60);
    judge::sweep(world).await;
    for journey in &mut *journeys {
        // A payment that comes late, when we have given it up.
        if dice.below(4) == 0 {
            end(world, journey, dice).await;
        }
        if dice.below(6) == 0 {
            transfer(world, bank, journey, dice, &format!("late-{}", journey.code)).await;
        }
    }
    judge::quiet(world).await;
    judge::all_answer_again(world).await;
    for seconds in [3_600, 6 * 3_600, 12 * 3_600, 6 * 3_600] {
        world.app.clock.advance(seconds);
        judge::sweep(world).await;
    }
    judge::give_back(world, journeys).await;
    world.app.clock.advance(LIFETIME);
    judge::sweep(world).await;
}
