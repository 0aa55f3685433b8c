//! The adapters against a real browser: run by `cargo test --target wasm32-unknown-unknown`.

use super::{crypto, image, intl, storage, tasks};
use crate::browser::sealing::{Agreement, SealKey};
use crate::browser::storage::{Kept, Shelf};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[path = "../../crates/domain/tests/verdicts/mod.rs"]
mod verdicts;

#[wasm_bindgen_test]
fn the_same_answers_get_the_same_verdict_as_on_the_server() {
    assert_eq!(verdicts::number(), verdicts::AGREED.trim());
}

fn blob(bytes: &[u8]) -> web_sys::Blob {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    web_sys::Blob::new_with_u8_array_sequence(&parts).unwrap()
}

#[wasm_bindgen_test]
async fn what_is_kept_is_there_again_and_goes_when_told() {
    let text = |kept| match kept {
        Some(Kept::Text(text)) => text,
        _ => String::new(),
    };
    storage::put(Shelf::Drafts, "a", Kept::Text("Nguyễn".into())).await.unwrap();
    storage::put(Shelf::Drafts, "a", Kept::Text("Trần".into())).await.unwrap();
    assert_eq!(text(storage::find(Shelf::Drafts, "a").await.unwrap()), "Trần");
    assert!(storage::entries(Shelf::Drafts).await.unwrap().iter().any(|(key, _)| key == "a"));
    storage::put(Shelf::Papers, "p", Kept::File(blob(b"%PDF-"))).await.unwrap();
    let Some(Kept::File(kept)) = storage::find(Shelf::Papers, "p").await.unwrap() else {
        panic!("no file");
    };
    assert_eq!(image::bytes(&kept, 1, 4).await.unwrap(), b"PDF");
    storage::remove(Shelf::Drafts, "a").await.unwrap();
    storage::remove(Shelf::Papers, "p").await.unwrap();
    assert!(storage::find(Shelf::Drafts, "a").await.unwrap().is_none());
    assert!(storage::find(Shelf::Papers, "p").await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn sealed_is_opened_by_the_same_key_under_the_same_label_only() {
    storage::add_key("test", &SealKey::generate().await.unwrap()).await.unwrap();
    storage::add_key("test", &SealKey::generate().await.unwrap()).await.unwrap();
    let key = storage::find_key("test").await.unwrap().unwrap();
    let sealed = key.seal("a", "Nguyễn".as_bytes()).await.unwrap();
    assert_eq!(key.open("a", &sealed).await.unwrap(), "Nguyễn".as_bytes());
    assert!(key.open("b", &sealed).await.is_err());
    let mut changed = sealed.clone();
    changed[20] ^= 1;
    assert!(key.open("a", &changed).await.is_err());
    assert!(SealKey::generate().await.unwrap().open("a", &sealed).await.is_err());
    let (one, other) = (Agreement::begin().await.unwrap(), Agreement::begin().await.unwrap());
    let (mine, theirs) =
        (one.finish(&other.public).await.unwrap(), other.finish(&one.public).await.unwrap());
    let sealed = mine.seal("", b"secret").await.unwrap();
    assert_eq!(theirs.open("", &sealed).await.unwrap(), b"secret");
}

#[wasm_bindgen_test]
async fn hashes_as_everybody_does() {
    let digest = crypto::sha256(b"abc").await.unwrap();
    assert!(crypto::hex(&digest).starts_with("ba7816bf8f01cfea414140de5dae2223"));
    assert_ne!(crypto::random_key().unwrap(), crypto::random_key().unwrap());
}

#[wasm_bindgen_test]
fn writes_money_and_composes_letters() {
    assert!(intl::money("vi-VN", 24_000).starts_with("24.000"));
    assert_eq!(intl::composed("Nguye\u{302}\u{303}n"), "Nguyễn");
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_refused() {
    assert!(image::shrink(&blob(b"not a picture")).await.is_err());
    tasks::sleep(1).await;
    tasks::next_frame().await;
}
