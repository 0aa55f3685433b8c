//! Notices that the gateways never sent: forged, of a foreign order, and late ones in a wrong order.

use super::{CHANNELS, Filed};
use crate::world::{World, momo_merchant, platform_merchant, zalopay_merchant};
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FeeState};
use motcua_gateways::ack::Answer;
use motcua_gateways::{Secret, Stamp, momo, platform, zalopay};

fn momo_notice(order_id: &str, amount: Vnd, code: &str, by: &momo::Merchant) -> String {
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
    notice.signed_ipn(by).unwrap()
}

fn zalopay_notice(order_id: &str, amount: Vnd, by: &zalopay::Merchant) -> String {
    let callback = zalopay::Callback {
        order_id: order_id.to_owned(),
        app_time: 1,
        app_user: "motcua".to_owned(),
        amount,
        embed_data: "{}".to_owned(),
        item: "[]".to_owned(),
        trans_id: "241200000000001".to_owned(),
        server_time: 1_795_000_000_000,
        channel: "38".to_owned(),
        user_id: String::new(),
        user_fee: Vnd::ZERO,
        discount: Vnd::ZERO,
    };
    callback.signed(by)
}

fn platform_notice(reference: &str, amount: Vnd, by: &platform::Merchant) -> String {
    let confirm = platform::Confirm {
        code: "00".into(),
        reference: reference.to_owned(),
        amount,
        transaction: Some("GD1".to_owned()),
        bank: "VNPTPAY".to_owned(),
        at: Stamp::from_unix(1_795_000_000),
        order_info: "a".to_owned(),
        proof: String::new(),
    };
    confirm.signed(by).unwrap()
}

/// Where a channel's notices go, and one that says "paid", properly signed or forged.
fn notice(channel: &str, reference: &str, amount: Vnd, forged: bool) -> (&'static str, String) {
    let key = |right: Secret| if forged { Secret::new("another secret") } else { right };
    match channel {
        "momo" => {
            let right = momo_merchant();
            let by = momo::Merchant { secret: key(right.secret.clone()), ..right };
            ("/pay/ipn/momo", momo_notice(reference, amount, "0", &by))
        }
        "zalopay" => {
            let right = zalopay_merchant();
            let by = zalopay::Merchant { key2: key(right.key2.clone()), ..right };
            ("/pay/ipn/zalopay", zalopay_notice(reference, amount, &by))
        }
        _ => {
            let right = platform_merchant();
            let by = platform::Merchant { secret: key(right.secret.clone()), ..right };
            ("/DvcPayment/Confirm", platform_notice(reference, amount, &by))
        }
    }
}

async fn tell(world: &World, (path, body): (&str, String)) -> Answer {
    let call = reqwest::Client::new().post(format!("{}{path}", world.origin)).body(body);
    let answer = call.send().await.unwrap();
    Answer { status: answer.status().as_u16(), body: answer.text().await.unwrap() }
}

/// ZaloPay reads the body, the others the status.
fn is_accepted(channel: &str, answer: &Answer) -> bool {
    let by_body = channel != "zalopay" || zalopay::ack::accepted(&answer.body);
    answer.status < 300 && by_body
}

#[tokio::test]
async fn forged_and_foreign_notices_pay_nothing() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = filed.begin().await;
        let (amount, reference) = (attempt.amount, filed.reference().await);
        let forged = notice(channel, &reference, amount, true);
        // Of an order that we do not have (yet): the gateway must call again.
        let foreign = notice(channel, "26112600000000ab", amount, false);
        let empty = (forged.0, "{}".to_owned());
        for bad in [forged, foreign, empty] {
            let answer = tell(&world, bad).await;
            assert!(!is_accepted(channel, &answer), "{channel}: {answer:?}");
        }
        assert_eq!(filed.fee().await, FeeState::Due, "{channel}");
        let good = tell(&world, notice(channel, &reference, amount, false)).await;
        assert!(is_accepted(channel, &good), "{channel}: {good:?}");
        assert_eq!(filed.fee().await, FeeState::Paid, "{channel}");
        assert_eq!(filed.show(&attempt).await.state, AttemptState::Succeeded);
    }
}

#[tokio::test]
async fn a_refusal_after_the_success_changes_nothing() {
    let world = World::open().await;
    let filed = Filed::at(&world, "momo").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
    let reference = filed.reference().await;
    let late = momo_notice(&reference, attempt.amount, "1006", &momo_merchant());
    assert_eq!(tell(&world, ("/pay/ipn/momo", late)).await.status, 204);
    assert_eq!(filed.show(&attempt).await.state, AttemptState::Succeeded);
    assert_eq!(filed.fee().await, FeeState::Paid);
}
