//! Faults of paying that are no channel's own: each row of the table in `docs/paying.md` that the ledger
//! can judge and no other file does. The number is the row's.

use crate::world::{Filed, HUONG, World, certified_copy, problem_of};
use motcua_domain::date::Moment;
use motcua_domain::payment::{AttemptState, FeeState};
use motcua_gateways::momo;
use motcua_gateways::vnpay::Notice;
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};
use sqlx::Row;

/// What was taken for fees, by the books.
async fn booked(world: &World) -> i64 {
    let row =
        sqlx::query("SELECT -COALESCE(SUM(amount), 0) AS sum FROM ledger WHERE account = 'fees'")
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    row.get("sum")
}

async fn events(world: &World) -> i64 {
    let row = sqlx::query("SELECT COUNT(*) AS count FROM attempt_events");
    row.fetch_one(&world.app.db).await.unwrap().get("count")
}

/// A notice of VNPAY's about an order, as its last IPN was sent.
async fn last_notice(filed: &Filed<'_>) -> String {
    let order = filed.order().await;
    order["ipns"].as_array().unwrap().last().unwrap()["query"].as_str().unwrap().to_owned()
}

async fn tell_vnpay(world: &World, query: &str) -> Value {
    let address = format!("{}/pay/ipn/vnpay?{query}", world.origin);
    reqwest::get(address).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn fault_05_a_notice_of_an_order_that_we_do_not_have_is_asked_for_again() {
    // The order of another merchant system with our keys: its notices are genuine.
    let (other, ours) = (World::open().await, World::open().await);
    let filed = Filed::at(&other, "vnpay").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
    let notice = last_notice(&filed).await;
    assert_eq!(tell_vnpay(&ours, &notice).await["RspCode"], "01", "VNPAY calls again");

    let filed = Filed::at(&other, "momo").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
    let order = filed.order().await;
    let body = order["notices"][0]["body"].as_str().unwrap().to_owned();
    assert!(momo::Notice::verify_ipn(&body, &ours.app.momo).is_ok());
    let told = Client::new().post(format!("{}/pay/ipn/momo", ours.origin)).body(body);
    assert!(told.send().await.unwrap().status().is_server_error(), "MoMo calls again");
    assert_eq!((events(&ours).await, booked(&ours).await), (0, 0));
}

#[tokio::test]
async fn fault_08_a_notice_that_cannot_be_recorded_is_not_acknowledged() {
    let world = World::open().await;
    let filed = Filed::at(&world, "vnpay").await;
    filed.knobs(json!({ "ipn": "never", "return": "never" })).await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    // The disk refuses what follows from it: the backend dies between the gateway and the ledger.
    let broken =
        "CREATE TRIGGER full BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'full'); END";
    sqlx::query(broken).execute(&world.app.db).await.unwrap();
    let notice = signed_notice(&filed).await;
    assert_eq!(tell_vnpay(&world, &notice).await["RspCode"], "99");
    assert_ne!(filed.show(&attempt).await.state, AttemptState::Succeeded);
    assert_eq!(
        (filed.fee().await, booked(&world).await),
        (FeeState::Due, 0),
        "all of it or nothing"
    );
    // It works again, and VNPAY calls again.
    sqlx::query("DROP TRIGGER full").execute(&world.app.db).await.unwrap();
    assert_eq!(tell_vnpay(&world, &notice).await["RspCode"], "00");
    assert_eq!(tell_vnpay(&world, &notice).await["RspCode"], "02");
    assert_eq!((filed.fee().await, booked(&world).await), (FeeState::Paid, 16_000));
}

/// The notice that VNPAY would send of an order that ended.
async fn signed_notice(filed: &Filed<'_>) -> String {
    let order = filed.order().await;
    Notice {
        txn_ref: order["txn_ref"].as_str().unwrap().to_owned(),
        amount_hundredths: order["amount_hundredths"].as_u64().unwrap(),
        order_info: order["order_info"].as_str().unwrap().to_owned(),
        response_code: "00".into(),
        transaction_status: "00".into(),
        transaction_no: order["settled"]["transaction_no"].as_str().map(str::to_owned),
        bank_code: "NCB".to_owned(),
        bank_tran_no: None,
        card_type: Some("ATM".to_owned()),
        pay_date: None,
    }
    .signed_query(&filed.world.app.vnpay)
}

#[tokio::test]
async fn fault_11_a_genuine_notice_of_another_attempt_pays_only_its_own() {
    let world = World::open().await;
    let cheap = Filed::at(&world, "vnpay").await;
    let attempt = cheap.begin().await;
    cheap.choose(&attempt, "success").await;
    cheap.becomes(&attempt, AttemptState::Succeeded).await;
    let genuine = last_notice(&cheap).await;
    let dear = Filed::at(&world, "vnpay").await;
    let other = dear.begin().await;
    // As the other one's return, as its own notice again, and with the other one's number in it.
    let back = format!("{}/pay/return/{}?{genuine}", world.origin, other.token);
    dear.browser.follow(&back).await;
    assert_eq!(tell_vnpay(&world, &genuine).await["RspCode"], "02");
    let reference = dear.reference_of(&other).await;
    let own = url::form_urlencoded::parse(genuine.as_bytes())
        .find(|(name, _)| name == "vnp_TxnRef")
        .unwrap()
        .1
        .into_owned();
    assert_eq!(tell_vnpay(&world, &genuine.replace(&own, &reference)).await["RspCode"], "97");
    assert_eq!((dear.fee().await, booked(&world).await), (FeeState::Due, 16_000));
}

#[tokio::test]
async fn fault_11_an_old_return_that_comes_again_changes_nothing() {
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let paid = filed.begin().await;
        filed.choose(&paid, "success").await;
        filed.becomes(&paid, AttemptState::Succeeded).await;
        let settled = (booked(&world).await, events(&world).await);

        // Cancelled, and the browser comes back with what the gateway signed of the payment before.
        let other = Filed::at(&world, channel).await;
        other.knobs(json!({ "return": "replayed", "ipn": "never" })).await;
        let attempt = other.begin().await;
        let own = other.reference_of(&attempt).await;
        let page = other.browser.follow(attempt.pay_url.as_deref().unwrap()).await;
        assert!(page.starts_with(other.gateway()), "{page}");
        let back = other.end(&attempt, "cancel").await;
        let earlier = other.reference_of(&paid).await;
        assert!(back.contains(&earlier) && !back.contains(&own), "{channel}: {back}");
        for _ in 0..2 {
            other.browser.follow(&back).await;
            assert_ne!(other.show(&attempt).await.state, AttemptState::Succeeded, "{channel}");
        }
        // Asked, the gateway says what is true of this one.
        other.becomes(&attempt, AttemptState::Failed).await;
        other.browser.follow(&back).await;
        assert_eq!(other.show(&attempt).await.state, AttemptState::Failed, "{channel}");
        assert_eq!(other.fee().await, FeeState::Due, "{channel}");
        // The payment before stays as it was, whose return came again.
        assert_eq!(filed.show(&paid).await.state, AttemptState::Succeeded, "{channel}");
        assert_eq!(booked(&world).await, settled.0, "{channel}: paid once");
        let of_paid =
            sqlx::query("SELECT COUNT(*) AS count FROM attempt_events WHERE attempt = ?1");
        let of_paid = of_paid.bind(&paid.token).fetch_one(&world.app.db).await.unwrap();
        assert_eq!(of_paid.get::<i64, _>("count"), settled.1, "{channel}: nothing happened to it");
    }
}

#[tokio::test]
async fn fault_14_paid_after_it_had_run_out_it_counts() {
    let world = World::open().await;
    let filed = Filed::at(&world, "vnpay").await;
    filed.knobs(json!({ "ipn": "never", "return": "never" })).await;
    let attempt = filed.begin().await;
    filed.browser.follow(attempt.pay_url.as_deref().unwrap()).await;
    world.app.clock.advance(17 * 60);
    motcua_backend::payments::watch::sweep(&world.app).await.unwrap();
    assert_eq!(filed.show(&attempt).await.state, AttemptState::Expired);
    filed.decide("success").await;
    world.app.clock.advance(16 * 60);
    motcua_backend::payments::watch::sweep(&world.app).await.unwrap();
    assert_eq!((filed.fee().await, booked(&world).await), (FeeState::Paid, 16_000));
}

#[tokio::test]
async fn fault_21_every_channel_is_opened_by_the_web_and_never_by_an_app_s_own_scheme() {
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = filed.begin().await;
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let gone = client.get(attempt.pay_url.as_deref().unwrap()).send().await.unwrap();
        assert_eq!(gone.status(), 303, "{channel}");
        let to = gone.headers()["location"].to_str().unwrap();
        assert!(to.starts_with("http"), "{channel}: {to}");
    }
}

#[tokio::test]
async fn fault_25_what_trackers_add_to_the_return_changes_nothing() {
    let world = World::open().await;
    let filed = Filed::at(&world, "vnpay").await;
    filed.knobs(json!({ "return": "extra_params", "ipn": "never" })).await;
    let attempt = filed.begin().await;
    let landed = filed.choose(&attempt, "success").await;
    assert_eq!(landed, format!("{}/thanh-toan/{}", world.origin, attempt.token));
    filed.becomes(&attempt, AttemptState::Succeeded).await;
}

#[tokio::test]
async fn fault_28_days_of_gateways_and_books_are_vietnam_s_at_the_year_s_end() {
    let world = World::open().await;
    // 2026-12-31 23:59:50 in Vietnam is 16:59:50 in Greenwich; ten seconds later it is another year there.
    let new_year = 1_798_736_400;
    for (off, day) in [(-10, "20261231"), (10, "20270101")] {
        world.app.clock.advance(new_year + off - world.app.clock.now().0);
        let filed = Filed::at(&world, "vietqr").await;
        let attempt = filed.start("vnpay", day).await;
        let attempt: motcua_contract::payments::AttemptView = attempt.json().await.unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let gone = client.get(attempt.pay_url.unwrap()).send().await.unwrap();
        let to = gone.headers()["location"].to_str().unwrap().to_owned();
        assert!(to.contains(&format!("vnp_CreateDate={day}")), "{to}");
        let path = format!(
            "/dossiers/{}/fees/{}/cash",
            filed.receipt.code,
            filed.receipt.dossier.detail.as_ref().unwrap().fees[0].id
        );
        assert_eq!(world.staff(&path, json!({})).await.status(), 200);
        let booked = sqlx::query("SELECT day FROM ledger ORDER BY id DESC LIMIT 1")
            .fetch_one(&world.app.db)
            .await
            .unwrap()
            .get::<String, _>("day");
        assert_eq!(booked.replace('-', ""), day);
    }
    assert_eq!(Moment(new_year).date().to_string(), "2027-01-01");
}

#[tokio::test]
async fn fault_33_an_amount_below_a_channel_s_floor_is_refused_by_the_backend_too() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let mut one_page = certified_copy();
    one_page["answers"]["copies"] = json!("1");
    let receipt = browser.filed(&one_page).await;
    world.staff(&format!("/dossiers/{}/page-count", receipt.code), json!({ "pages": 1 })).await;
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let begin = async |channel: &str| {
        let path = format!("/dossiers/{}/fees/{fee}/attempts", receipt.code);
        let call = browser.call(Method::POST, &path);
        let call = call.header("Idempotency-Key", format!("\"below-the-floor-{channel}\""));
        call.json(&json!({ "channel": channel, "language": "vi" })).send().await.unwrap()
    };
    // 2,000 đ: VNPAY takes 5,000 at least, MoMo 1,000.
    assert_eq!(problem_of(begin("vnpay").await).await, (409, "channel-unavailable".to_owned()));
    assert_eq!(begin("momo").await.status(), 201);
}

#[tokio::test]
async fn fault_34_the_amount_of_an_attempt_is_frozen() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let count = async |pages: u32| {
        let path = format!("/dossiers/{}/page-count", receipt.code);
        world.staff(&path, json!({ "pages": pages })).await.status()
    };
    assert_eq!(count(3).await, 200);
    let filed = Filed { world: &world, browser, receipt: receipt.clone(), channel: "vnpay" };
    let attempt = filed.begin().await;
    // Staff counted wrongly and try again, while the citizen is at the gateway.
    let _ = count(5).await;
    filed.choose(&attempt, "success").await;
    let paid = filed.becomes(&attempt, AttemptState::Succeeded).await;
    assert_eq!((paid.amount, booked(&world).await), (attempt.amount, 10_000));
}
