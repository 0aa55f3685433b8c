//! Money that goes back through MoMo and ZaloPay: ordered once, asked about until it is done.

use super::Filed;
use crate::world::World;
use motcua_backend::payments::refunds;
use motcua_contract::refunds::RefundView;
use motcua_domain::payment::AttemptState;
use serde_json::json;

#[tokio::test]
async fn it_goes_back_once_also_when_the_wallet_takes_its_time() {
    for channel in ["momo", "zalopay"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "refund": { "pending": 1 } })).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "success").await;
        filed.becomes(&attempt, AttemptState::Succeeded).await;
        let refused = json!({ "status": 3, "note": "x" });
        let dossier = format!("/dossiers/{}/status", filed.receipt.code);
        assert_eq!(world.staff(&dossier, refused).await.status(), 200);

        let path = format!("/payments/{}/refund", attempt.token);
        for _ in 0..2 {
            let ordered = world.staff(&path, json!({ "reason": "x" })).await;
            let ordered: RefundView = ordered.json().await.unwrap();
            assert_eq!(ordered.state, AttemptState::RefundPending, "{channel}");
        }
        for _ in 0..20 {
            world.app.clock.advance(3_600);
            refunds::sweep(&world.app).await.unwrap();
            if filed.show(&attempt).await.state == AttemptState::Refunded {
                break;
            }
        }
        assert_eq!(filed.show(&attempt).await.state, AttemptState::Refunded, "{channel}");
        let given = filed.order().await["refunds"].clone();
        assert_eq!(given.as_array().unwrap().len(), 1, "{channel}: {given}");
        assert_eq!((&given[0]["amount"], &given[0]["done"]), (&json!(16_000), &json!(true)));
    }
}
