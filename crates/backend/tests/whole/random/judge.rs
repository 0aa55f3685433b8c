//! What is true in the end: each gateway's own book, the bank's rows, the till; and whether ours says
//! the same, attempt by attempt and account by account.

use super::Journey;
use crate::world::World;
use motcua_backend::payments::{refunds, watch};
use motcua_domain::payment::{AttemptState, FeeState};
use serde_json::{Value, json};
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

/// What was seen in a run.
#[derive(Default)]
pub struct Seen {
    pub attempts: u64,
    pub paid: u64,
    pub back: u64,
    pub held: u64,
    pub faults: u64,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        self.attempts += other.attempts;
        self.paid += other.paid;
        self.back += other.back;
        self.held += other.held;
        self.faults += other.faults;
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { attempts, paid, back, held, faults } = self;
        write!(
            f,
            "{attempts} attempts, {paid} pay their fee, {back} owed or given back, {held} held for \
             review, {faults} notices refused; 0 money errors"
        )
    }
}

/// The bank: every row that it ever had on a statement.
#[derive(Default)]
pub struct Bank {
    pub rows: Vec<(String, String, u64)>,
}

impl Bank {
    /// A new row: its number, our reference, its amount.
    pub fn row(&mut self, name: &str, reference: &str, amount: u64) -> (String, String, u64) {
        let row = (format!("FT{name}"), reference.to_owned(), amount);
        self.rows.push(row.clone());
        row
    }

    /// A statement with these rows.
    pub fn table(rows: &[(String, String, u64)]) -> String {
        let mut table = "Ngày,Số tiền,Nội dung,Mã giao dịch\n".to_owned();
        for (number, reference, amount) in rows {
            table += &format!("26/11/2026 08:15,{amount},CT DEN MC{reference},{number}\n");
        }
        table
    }
}

/// Waits until no notice is under way.
pub async fn quiet(world: &World) {
    let mut before = String::new();
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let mut now = String::new();
        for channel in ["vnpay", "momo", "zalopay", "platform"] {
            now += &books(world, channel).await.to_string();
        }
        if now == before {
            return;
        }
        before = now;
    }
}

async fn books(world: &World, channel: &str) -> Value {
    let address = format!("{}/_simulator/payments", world.gateway(channel).unwrap());
    reqwest::get(address).await.unwrap().json().await.unwrap()
}

/// No gateway is down for ever: a day is longer than any outage that was planned for.
pub async fn all_answer_again(world: &World) {
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        let name = if channel == "vnpay" { "txn_ref" } else { "reference" };
        for order in books(world, channel).await.as_array().unwrap() {
            if order["knobs"]["query"] == "down" {
                let mut knobs = order["knobs"].clone();
                knobs["query"] = json!("normal");
                knobs[name] = order[name].clone();
                let origin = world.gateway(channel).unwrap();
                world.knob(format!("{origin}/_simulator/knobs"), knobs).await;
            }
        }
    }
}

/// The watch, as often as it finds something to ask.
pub async fn sweep(world: &World) {
    for _ in 0..20 {
        let asked = watch::sweep(&world.app).await.unwrap();
        let refunds = refunds::sweep(&world.app).await.unwrap();
        if asked + refunds == 0 {
            return;
        }
        world.app.clock.advance(11);
    }
}

/// Staff order back what is owed, and once more what was refused.
pub async fn give_back(world: &World, journeys: &[Journey]) {
    for _ in 0..2 {
        for journey in journeys {
            for (_, token) in &journey.attempts {
                let body = json!({ "reason": "trả thừa" });
                let answer = world.staff(&format!("/payments/{token}/refund"), body).await;
                assert!(
                    matches!(answer.status().as_u16(), 200 | 409 | 503),
                    "{} {:?}",
                    answer.status(),
                    journey.said
                );
            }
        }
        world.app.clock.advance(3_600);
        sweep(world).await;
    }
}

/// What a channel really took for an order, and what it gave back of it.
#[derive(Default, Clone, Copy)]
struct Truth {
    taken: u64,
    returned: u64,
    suspicious: bool,
}

async fn truths(world: &World, channel: &str, seen: &mut Seen) -> BTreeMap<String, Truth> {
    let mut truths = BTreeMap::new();
    for order in books(world, channel).await.as_array().unwrap() {
        let mut truth = Truth::default();
        let (reference, refused) = if channel == "vnpay" {
            if order["settled"]["money_taken"] == true {
                truth.taken = order["amount_hundredths"].as_u64().unwrap() / 100;
                truth.suspicious = order["settled"]["transaction_status"] != "00";
            }
            // Its refunds stay "being processed".
            let refused = order["ipns"].as_array().unwrap().iter();
            (&order["txn_ref"], refused.filter(|ipn| ipn["rsp_code"] != "00").count())
        } else {
            if order["ended"]["money"] == "taken" {
                truth.taken = order["amount"].as_u64().unwrap();
            }
            // It never decided, and what it said of the amount was strange: a person must look.
            truth.suspicious = order["ended"]["money"] == "pending";
            for refund in order["refunds"].as_array().unwrap() {
                if refund["done"] == true {
                    truth.returned += refund["amount"].as_u64().unwrap();
                }
            }
            let refused = order["notices"].as_array().unwrap().iter();
            (&order["reference"], refused.filter(|sent| sent["accepted"] == false).count())
        };
        seen.faults += u64::try_from(refused).unwrap();
        truths.insert(reference.as_str().unwrap().to_owned(), truth);
    }
    truths
}

/// What was heard of an attempt, for whoever reads a failure.
async fn heard(world: &World, token: String) -> Vec<String> {
    let rows =
        sqlx::query("SELECT * FROM attempt_events WHERE attempt = ?1 ORDER BY id").bind(token);
    let rows = rows.fetch_all(&world.app.db).await.unwrap();
    let text = |row: &sqlx::sqlite::SqliteRow, name: &str| row.get::<String, _>(name);
    let line = |row| {
        let (evidence, event) = (text(row, "evidence"), text(row, "event"));
        format!("{evidence}: {event}, then {}", text(row, "state"))
    };
    rows.iter().map(line).collect()
}

/// What the bank's rows say of an attempt: one of its amount, or some of others.
fn transferred(bank: &Bank, reference: &str, amount: i64) -> Truth {
    let rows = || bank.rows.iter().filter(|(_, of, _)| of == reference);
    let right = rows().find(|(_, _, sum)| *sum as i64 == amount);
    Truth {
        taken: right.map_or(0, |(_, _, sum)| *sum),
        suspicious: right.is_none() && rows().next().is_some(),
        ..Truth::default()
    }
}

/// Holds everything against everything. Panics at the first đồng that is not where it should be.
pub async fn judge(world: &World, bank: &Bank, journeys: &[Journey]) -> Seen {
    let mut seen = Seen::default();
    let mut known = BTreeMap::new();
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        known.insert(channel.to_owned(), truths(world, channel, &mut seen).await);
    }
    let mut taken = BTreeMap::<String, i64>::new();
    for (channel, truths) in &known {
        let sum = truths.values().map(|truth| truth.taken as i64 - truth.returned as i64).sum();
        taken.insert(channel.clone(), sum);
    }
    let rows: BTreeSet<_> = bank.rows.iter().collect();
    taken.insert("vietqr".into(), rows.iter().map(|(_, _, amount)| *amount as i64).sum());

    let (mut owed, mut held) = (0, BTreeMap::<String, i64>::new());
    for journey in journeys {
        let said = &journey.said;
        let row = sqlx::query("SELECT state FROM fees WHERE dossier = ?1 AND id = ?2")
            .bind(&journey.code)
            .bind(&journey.fee)
            .fetch_one(&world.app.db)
            .await
            .unwrap();
        let fee: FeeState = serde_json::from_value(json!(row.get::<String, _>("state"))).unwrap();
        let rows = sqlx::query("SELECT * FROM attempts WHERE dossier = ?1")
            .bind(&journey.code)
            .fetch_all(&world.app.db)
            .await
            .unwrap();
        let mut paying = 0;
        for row in rows {
            let state: AttemptState =
                serde_json::from_value(json!(row.get::<String, _>("state"))).unwrap();
            let channel: String = row.get("channel");
            let reference: String = row.get("reference");
            let amount = row.get::<i64, _>("amount");
            let truth = match channel.as_str() {
                "vietqr" => transferred(bank, &reference, amount),
                other => known[other].get(&reference).copied().unwrap_or_default(),
            };
            seen.attempts += 1;
            let heard = heard(world, row.get("token")).await;
            let why = format!("{channel} {reference} {state:?}: {said:#?} {heard:#?}");
            match state {
                AttemptState::Succeeded => {
                    assert!(truth.taken as i64 == amount && truth.returned == 0, "no money: {why}");
                    paying += 1;
                    seen.paid += 1;
                }
                AttemptState::RefundDue | AttemptState::RefundPending => {
                    assert!(truth.taken as i64 == amount && truth.returned == 0, "not owed: {why}");
                    owed += amount;
                    seen.back += 1;
                }
                AttemptState::Refunded => {
                    assert!(truth.returned as i64 == amount, "not given back: {why}");
                    seen.back += 1;
                }
                AttemptState::UnderReview => {
                    assert!(truth.suspicious, "held for no reason: {why}");
                    // A transfer of another amount is in the books already, as owed back.
                    if channel != "vietqr" {
                        *held.entry(channel).or_default() += truth.taken as i64;
                    }
                    seen.held += 1;
                }
                _ => assert!(truth.taken == 0, "money forgotten: {why}"),
            }
        }
        assert!(paying <= 1, "paid twice: {said:#?}");
        assert_eq!(fee == FeeState::Paid, paying == 1, "{fee:?}: {said:#?}");
    }
    books_agree(world, &taken, &held, owed, bank).await;
    seen
}

/// Each account of the ledger against the truth.
async fn books_agree(
    world: &World,
    taken: &BTreeMap<String, i64>,
    held: &BTreeMap<String, i64>,
    owed: i64,
    bank: &Bank,
) {
    let account = async |name: &str| -> i64 {
        let row =
            sqlx::query("SELECT COALESCE(SUM(amount), 0) AS sum FROM ledger WHERE account = ?1")
                .bind(name.to_owned())
                .fetch_one(&world.app.db)
                .await
                .unwrap();
        row.get("sum")
    };
    for (channel, taken) in taken {
        let ours = account(&format!("channel:{channel}")).await;
        let review = held.get(channel).copied().unwrap_or_default();
        assert_eq!(ours, taken - review, "{channel}: ours beside the gateway's");
    }
    let row = sqlx::query(
        "SELECT COALESCE(SUM(amount), 0) AS sum FROM ledger WHERE what = 'surplus' AND amount > 0",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    let surplus: i64 = row.get("sum");
    assert!(surplus >= 0 && (surplus == 0 || !bank.rows.is_empty()));
    assert_eq!(-account("refunds").await, owed + surplus, "what is owed back");
    let row = sqlx::query("SELECT COALESCE(SUM(amount), 0) AS sum FROM ledger");
    let sum: i64 = row.fetch_one(&world.app.db).await.unwrap().get("sum");
    assert_eq!(sum, 0, "the ledger is not balanced");
}
