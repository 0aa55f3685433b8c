//! The adapters against a real browser: run by `cargo test --target wasm32-unknown-unknown`.

use super::{crypto, image, intl, storage, tasks};
use crate::browser::storage::Shelf;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn blob(bytes: &[u8]) -> web_sys::Blob {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    web_sys::Blob::new_with_u8_array_sequence(&parts).unwrap()
}

#[wasm_bindgen_test]
async fn texts_and_files_are_there_again_and_go_when_told() {
    storage::put_text(Shelf::Drafts, "a", "Nguyễn").await.unwrap();
    storage::put_text(Shelf::Drafts, "a", "Trần").await.unwrap();
    assert_eq!(storage::find_text(Shelf::Drafts, "a").await.unwrap().as_deref(), Some("Trần"));
    assert!(storage::texts(Shelf::Drafts).await.unwrap().contains(&"Trần".to_owned()));
    storage::put_blob(Shelf::Papers, "p", &blob(b"%PDF-")).await.unwrap();
    let kept = storage::find_blob(Shelf::Papers, "p").await.unwrap().unwrap();
    assert_eq!(image::bytes(&kept, 1, 4).await.unwrap(), b"PDF");
    storage::remove(Shelf::Drafts, "a").await.unwrap();
    storage::remove(Shelf::Papers, "p").await.unwrap();
    assert_eq!(storage::find_text(Shelf::Drafts, "a").await.unwrap(), None);
    assert!(storage::find_blob(Shelf::Papers, "p").await.unwrap().is_none());
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
