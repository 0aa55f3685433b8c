//! The table of what is kept against the database itself: no field without a line, no line without a field;
//! and that what is past its time really ends, while what must stay stays.

use crate::files::photo;
use crate::turns::Turn;
use crate::world::{HUONG, World, birth, certified_copy};
use motcua_backend::{confirmations, desk, hand_overs, retention, turns, uploads};
use motcua_contract::my_data::DataTable;
use motcua_domain::retention::{End, Hand, Place};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;
use std::collections::BTreeSet;

const DAY: i64 = 86_400;

/// Every column of every table of a fresh database with all migrations, as `table.column`.
async fn columns(world: &World) -> BTreeSet<String> {
    let rows = sqlx::query(
        "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'",
    )
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    rows.iter()
        .map(|row| format!("{}.{}", row.get::<String, _>("t"), row.get::<String, _>("c")))
        .collect()
}

#[tokio::test]
async fn every_field_of_the_database_has_a_line_and_every_line_a_field() {
    let world = World::open().await;
    let table = &world.app.catalogue.retention;
    let there = columns(&world).await;
    assert!(there.len() > 300, "{}", there.len());
    let without: Vec<&String> = there
        .iter()
        .filter(|field| {
            let (store, column) = field.split_once('.').unwrap();
            table.find(Place::Office, store, column).is_none()
        })
        .collect();
    assert!(without.is_empty(), "fields without a line in catalogue/retention.json: {without:?}");
    let lines = table.tables.iter().flat_map(|(store, known)| {
        known.fields.keys().map(move |field| format!("{store}.{field}"))
    });
    let strange: Vec<String> = lines.filter(|line| !there.contains(line)).collect();
    assert!(strange.is_empty(), "lines about fields that are not there: {strange:?}");
    // A default stands for something.
    for (store, known) in table.tables.iter().filter(|(_, known)| known.rest.is_some()) {
        let named = there.iter().filter(|field| field.starts_with(&format!("{store}."))).count();
        assert!(named > known.fields.len(), "{store}: its rest stands for nothing");
    }
}

#[tokio::test]
async fn the_lengths_of_the_sweeps_are_those_of_the_code() {
    let world = World::open().await;
    let table = &world.app.catalogue.retention;
    let seconds = |store: &str, field: &str| {
        let known = table.find(Place::Office, store, field).unwrap();
        (known.keep.by, known.period.seconds)
    };
    let of_code = [
        ("uploads", "metadata", Hand::Uploads, uploads::store::LIFETIME_SECONDS),
        ("desk_sessions", "name", Hand::DeskSessions, desk::sessions::IDLE_SECONDS),
        ("one_time_codes", "digits_hash", Hand::Passes, turns::passes::CODE_SECONDS),
        ("passes", "key_hash", Hand::Passes, turns::passes::KEY_SECONDS),
    ];
    for (store, field, by, length) in of_code {
        assert_eq!(seconds(store, field), (by, Some(length)), "{store}");
    }
}

async fn count(world: &World, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM {table}"));
    sqlx::query(sql).fetch_one(&world.app.db).await.unwrap().get("n")
}

#[tokio::test]
async fn what_is_past_its_time_ends_and_what_must_stay_stays() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    let value = async |sql: &'static str| -> String {
        sqlx::query(sql).fetch_one(&world.app.db).await.unwrap().get(0)
    };
    let phone = "SELECT phone || words FROM messages LIMIT 1";
    let browser = "SELECT browser FROM dossiers LIMIT 1";

    assert_eq!(retention::sweep(&world.app).await.unwrap(), 0, "nothing is past its time yet");
    world.app.clock.advance(13 * 3_600);
    assert!(retention::sweep(&world.app).await.unwrap() > 0);
    assert_eq!(count(&world, "sessions").await, 0, "idle sessions are over");
    assert_eq!(count(&world, "idempotency").await, 1);

    world.app.clock.advance(31 * DAY);
    retention::sweep(&world.app).await.unwrap();
    assert_eq!(count(&world, "idempotency").await, 0);
    assert!(value(phone).await.contains("0912345678"));

    // A message that still waits keeps its phone, however old it is.
    world.app.clock.advance(60 * DAY);
    retention::sweep(&world.app).await.unwrap();
    assert!(value(phone).await.contains("0912345678"));
    assert_eq!(value(browser).await, "", "the browser that filed is named no more");
    motcua_backend::outbox::send_due(&world.app).await.unwrap();
    retention::sweep(&world.app).await.unwrap();
    assert_eq!(value(phone).await, "", "the row stays, number and words are gone");
    assert_eq!(count(&world, "messages").await, 1);

    world.app.clock.advance(10_000 * DAY);
    retention::sweep(&world.app).await.unwrap();
    assert_eq!(retention::sweep(&world.app).await.unwrap(), 0, "nothing is done twice");
    // The dossier is a record of the office: as it was.
    let after = turn.now().await;
    assert_eq!(after.detail.unwrap().applicant_name, "Phạm Thị Thu Hương");
    assert_eq!(count(&world, "audit").await, 1);
}

#[tokio::test]
async fn the_sweeps_that_the_table_names_do_what_it_says() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    browser.upload(&photo()).await;
    let filed = browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let slot = json!({ "purpose": "device" });
    let opened = browser.call(Method::POST, "/hand-overs").json(&slot).send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::CREATED, "{:?}", opened.text().await);
    let passes = format!("/dossiers/{}/passes", filed.code);
    browser.call(Method::POST, &passes).send().await.unwrap();
    for (table, rows) in [("uploads", 2), ("hand_overs", 1), ("one_time_codes", 1), ("misses", 1)] {
        assert_eq!(count(&world, table).await, rows, "{table}");
    }
    world.app.clock.advance(7 * DAY + 1);
    uploads::store::remove_expired(&world.app).await.unwrap();
    hand_overs::remove_expired(&world.app).await.unwrap();
    turns::passes::remove_expired(&world.app).await.unwrap();
    confirmations::remove_expired(&world.app).await.unwrap();
    for (table, rows) in [("uploads", 1), ("hand_overs", 0), ("one_time_codes", 0)] {
        assert_eq!(count(&world, table).await, rows, "{table}: what a dossier has stays");
    }
}

#[tokio::test]
async fn the_app_is_served_the_same_table() {
    let world = World::open().await;
    let answer = world.visitor().call(Method::GET, "/data-table").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().contains_key("etag"));
    let table: DataTable = answer.json().await.unwrap();
    let own = &world.app.catalogue.retention;
    assert_eq!(table.groups.len(), own.groups.len());
    assert_eq!(table.notice, own.notice);
    let find = |id: &str| table.groups.iter().find(|group| group.id == id).unwrap();
    assert!(find("phone_papers").sensitive && find("sign_in").sensitive);
    assert!(!find("phone_app").sensitive);
    assert_eq!(find("dossiers").end, End::Archived);
    assert!(find("dossiers").unverified, "nobody checked which case of article 19 it is");
}

#[tokio::test]
async fn the_cookies_have_lines() {
    let world = World::open().await;
    let phone = &world.app.catalogue.retention.phone;
    for cookie in ["__Host-motcua", "__Host-motcua-desk"] {
        assert!(phone.contains_key(&format!("cookie:{cookie}")), "{cookie}");
    }
    let answer = world.visitor().call(Method::GET, "/session").send().await.unwrap();
    let cookies = answer.headers().get_all("set-cookie").iter();
    let names: Vec<&str> =
        cookies.map(|value| value.to_str().unwrap().split_once('=').unwrap().0).collect();
    assert_eq!(names, ["__Host-motcua"]);
    let _: Value = answer.json().await.unwrap();
}
