//! What the holder is told of who signed a result: the files are those of the crate that judges them.

use super::{Turn, turns_of};
use crate::world::{World, certified_copy, problem_of};
use motcua_contract::turns::{SignatureState, SignatureView};
use reqwest::StatusCode;
use serde_json::json;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../signatures/tests/signed");
    PathBuf::from(folder).join(name)
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

/// What the holder sees after this result.
async fn found(turn: &Turn<'_>, pdf: Vec<u8>) -> Option<SignatureView> {
    let answer = turn.send_bytes("result?number=12/TLKT-BS", pdf).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    turn.world.app.clock.advance(60);
    turns_of(&turn.now().await).result.as_ref().unwrap().signature.clone()
}

#[tokio::test]
async fn the_holder_is_told_what_was_found_of_the_signature() {
    let world =
        World::open_with(|settings| settings.signature_roots = Some(path("root.pem"))).await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    let of = |state, signers: &[&str]| {
        Some(SignatureView { state, signers: signers.iter().map(|&one| one.to_owned()).collect() })
    };
    let office = "UBND xã Kim Thành (hư cấu)";
    let checked = of(SignatureState::Checked, &[office]);
    assert_eq!(found(&turn, file("rsa.pdf")).await, checked);
    let unknown = of(SignatureState::UnknownSigner, &["Hết hạn (hư cấu)"]);
    assert_eq!(found(&turn, file("expired.pdf")).await, unknown);
    let added_to = of(SignatureState::NotCheckable, &[office]);
    assert_eq!(found(&turn, file("changed_after.pdf")).await, added_to);
    assert_eq!(found(&turn, file("unsigned.pdf")).await, None);

    // What was changed after it was signed is no result: the newest one stays.
    let mut changed = file("rsa.pdf");
    let text = changed.windows(9).position(|bytes| bytes == b"Trich luc").unwrap();
    changed[text] = b'X';
    let refused = turn.send_bytes("result?number=13/TLKT-BS", changed).await;
    assert_eq!(problem_of(refused).await, (422, "signature-broken".to_owned()));
    assert_eq!(turns_of(&turn.now().await).result.as_ref().unwrap().number, "12/TLKT-BS");
}

#[tokio::test]
async fn without_roots_no_signer_is_known() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    let state = found(&turn, file("rsa.pdf")).await.unwrap().state;
    assert_eq!(state, SignatureState::UnknownSigner);
}
