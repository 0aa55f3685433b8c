//! Fault 28, its second half: this machine's clock and a gateway's differ. No order is opened, none is
//! lost, and paying works again when the clock is right.

use crate::world::{Filed, World, problem_of};
use clap::Parser;
use motcua_backend::settings::Settings;
use motcua_contract::payments::AttemptView;
use motcua_domain::payment::{AttemptState, FeeState};
use sqlx::Row;

/// What the settings allow unless they are changed, in seconds.
const TOLERANCE: u32 = 300;

async fn world() -> World {
    World::open_with(|settings| settings.clock_tolerance_s = TOLERANCE).await
}

/// Token and state of the attempts of a dossier, oldest first.
async fn attempts(filed: &Filed<'_>) -> Vec<(String, String)> {
    let rows = sqlx::query("SELECT token, state FROM attempts WHERE dossier = ?1 ORDER BY rowid")
        .bind(filed.receipt.code.as_str())
        .fetch_all(&filed.world.app.db)
        .await
        .unwrap();
    rows.iter().map(|row| (row.get("token"), row.get("state"))).collect()
}

async fn is_refused(filed: &Filed<'_>, key: &str) {
    let refused = filed.start(filed.channel, key).await;
    let refused = problem_of(refused).await;
    assert_eq!(refused, (503, "gateway-unavailable".to_owned()), "{}", filed.channel);
}

#[tokio::test]
async fn fault_28_no_order_is_opened_while_our_clock_and_the_gateway_s_differ() {
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        for wrong in [360, -360] {
            let world = world().await;
            let filed = Filed::at(&world, channel).await;
            // A gateway whose clock is known, and one of which nothing is known yet.
            if wrong > 0 {
                let other = Filed::at(&world, channel).await;
                assert_eq!(other.begin().await.state, AttemptState::Ready, "{channel}");
            }
            let before = filed.book().await.len();
            world.app.clock.advance(wrong);
            is_refused(&filed, "wrong").await;
            is_refused(&filed, "still-wrong").await;
            let first_tells = wrong < 0 && channel != "vnpay";
            let opened = filed.book().await.len() - before;
            assert_eq!(opened, usize::from(first_tells), "{channel}: by the answer that told");
            let all_gave_way =
                attempts(&filed).await.iter().all(|(_, state)| state == "superseded");
            assert!(all_gave_way, "{channel}");

            // The clock is set: the same tap works, with times that are right.
            world.app.clock.advance(-wrong);
            let ready: AttemptView = filed.start(channel, "wrong").await.json().await.unwrap();
            assert_eq!(ready.state, AttemptState::Ready, "{channel}");
            assert!(ready.pay_url.is_some(), "{channel}");
        }
    }
}

#[tokio::test]
async fn fault_28_an_order_that_was_opened_all_the_same_is_not_lost() {
    for channel in ["momo", "zalopay", "platform"] {
        let world = world().await;
        let filed = Filed::at(&world, channel).await;
        world.app.clock.advance(360);
        is_refused(&filed, "1").await;
        let [(token, state)] = &attempts(&filed).await[..] else { panic!("{channel}: not one") };
        assert_eq!(state, "superseded", "{channel}");
        // Its link leads nowhere that takes money.
        let go = format!("{}/pay/go/{token}", world.origin);
        let landed = filed.browser.follow(&go).await;
        assert_eq!(landed, format!("{}/thanh-toan/{token}", world.origin), "{channel}");
        // Somebody pays it for all that, by the gateway's own list of orders: it counts.
        filed.decide("success").await;
        for _ in 0..40 {
            if filed.fee().await == FeeState::Paid {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(filed.fee().await, FeeState::Paid, "{channel}");
    }
}

#[tokio::test]
async fn fault_28_five_minutes_are_allowed_and_what_is_open_goes_on() {
    let unchanged = Settings::parse_from(["motcua-backend"]);
    assert_eq!(unchanged.clock_tolerance_s, TOLERANCE);
    for channel in ["vnpay", "momo", "zalopay", "platform"] {
        let world = world().await;
        world.app.clock.advance(280);
        let filed = Filed::at(&world, channel).await;
        let attempt = filed.begin().await;
        assert_eq!(attempt.state, AttemptState::Ready, "{channel}");
        // The clock goes wrong while the citizen is at the gateway: what was begun is still settled.
        world.app.clock.advance(120);
        filed.choose(&attempt, "success").await;
        filed.becomes(&attempt, AttemptState::Succeeded).await;
        let other = Filed::at(&world, channel).await;
        is_refused(&other, "1").await;
    }
}
