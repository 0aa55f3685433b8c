//! What feedback does to the figures: it falls by exactly the dossier whose holder wrote, whatever becomes of
//! it, and by nobody else's word. A guided run counts nowhere.

use super::{KEY, at_thursday, call, office, send, taken};
use crate::world::{Browser, HUONG, World, extract, problem_of};
use motcua_contract::feedback::FeedbackReceipt;
use motcua_contract::figures::FiguresView;
use motcua_domain::figures::Counts;
use serde_json::{Value, json};

async fn counts(world: &World) -> Counts {
    let today = world.app.clock.now().date();
    let path = format!("{}/api/v1/figures?from={}&to={today}", world.origin, today.plus_days(-100));
    let view: FiguresView = reqwest::get(path).await.unwrap().json().await.unwrap();
    view.counts
}

fn about(code: &str) -> Value {
    json!({ "about": { "dossier": { "code": code } }, "text": "Chờ lâu quá." })
}

/// Sends with the dossier's key.
async fn with_key(browser: &Browser<'_>, key: &str, body: &Value) -> FeedbackReceipt {
    let key_of_intent = format!("{KEY}-of-{}", &key[..6]);
    let call = call(browser, &key_of_intent, body).header("Dossier-Key", key);
    let answer = call.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201, "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_holder_s_feedback_counts_against_the_dossier_once_and_a_stranger_s_does_not() {
    let world = World::open().await;
    at_thursday(&world);
    let citizen = world.citizen(HUONG).await;
    let first = citizen.filed(&extract()).await;
    let second = citizen.filed(&extract()).await;
    let third = citizen.filed(&extract()).await;
    assert_eq!(counts(&world).await.satisfied, 3);

    // Whoever read the code somewhere, with no key or with another dossier's, spoils nothing.
    let stranger = world.visitor();
    taken(&stranger, &about(first.code.as_str())).await;
    let wrong = with_key(&stranger, &second.key, &about(first.code.as_str())).await;
    assert!(!office_sees_holder(&world, &wrong).await);
    taken(&stranger, &about("H24.31-251231-004711")).await;
    assert_eq!(counts(&world).await.satisfied, 3);

    // The holder by session, and once more: one dossier less.
    let mine = taken(&citizen, &about(first.code.as_str())).await;
    assert!(office_sees_holder(&world, &mine).await);
    let fallen = counts(&world).await;
    assert_eq!((fallen.satisfied, fallen.received), (2, 3));
    taken(&citizen, &about(first.code.as_str())).await;
    assert_eq!(counts(&world).await, fallen);
    // Refused, it counts all the same.
    office(&world, &mine, "refusal", json!({ "reason": "Đã đúng hạn." })).await;
    assert_eq!(counts(&world).await, fallen);

    // The holder by the receipt's key, on a phone where nobody is signed in.
    with_key(&world.visitor(), &third.key, &about(third.code.as_str())).await;
    assert_eq!(counts(&world).await.satisfied, 1);
    // What a holder says of something else is not about a dossier.
    taken(&citizen, &json!({ "about": "office", "text": "Ghế hỏng." })).await;
    assert_eq!(counts(&world).await.satisfied, 1);
}

async fn office_sees_holder(world: &World, receipt: &FeedbackReceipt) -> bool {
    let list: Value = world.staff_get("/feedback").await.json().await.unwrap();
    let rows = list["feedback"].as_array().unwrap();
    let row = rows.iter().find(|row| row["feedback"]["code"] == receipt.code.as_str()).unwrap();
    row["by_holder"].as_bool().unwrap()
}

#[tokio::test]
async fn a_guided_run_s_feedback_is_in_no_list_and_in_no_figure() {
    let real = World::open().await;
    let sample = json!({ "about": "office", "text": "Mẫu.", "sample": true });
    let refused = send(&real.visitor(), KEY, &sample).await;
    assert_eq!(problem_of(refused).await, (409, "sample-refused".to_owned()));

    let demo = World::open_with(|settings| settings.demo = true).await;
    at_thursday(&demo);
    let citizen = demo.citizen(HUONG).await;
    let mut dossier = extract();
    dossier["sample"] = json!(true);
    let made_up = citizen.filed(&dossier).await;
    let before = counts(&demo).await;
    // By its own mark, and by that of its dossier.
    let marked = taken(&citizen, &sample).await;
    let of_dossier = taken(&citizen, &about(made_up.code.as_str())).await;
    assert_eq!(counts(&demo).await, before);
    let list: Value = demo.staff_get("/feedback").await.json().await.unwrap();
    assert_eq!(list["feedback"], json!([]));
    for receipt in [marked, of_dossier] {
        office(&demo, &receipt, "answer", json!({ "answer": "Vâng." })).await;
        office(&demo, &receipt, "publication", json!({ "question": "Mẫu.", "answer": "Vâng." }))
            .await;
    }
    let call = citizen.call(reqwest::Method::GET, "/feedback");
    let public: Value = call.send().await.unwrap().json().await.unwrap();
    assert_eq!(public["answers"], json!([]));
}
