//! Lists by what is to be done, and the one field that takes what a scanner types.

use super::{Desk, place, world};
use crate::turns::{Turn, turns_of};
use crate::world::{HUONG, extract};
use motcua_contract::dossiers::DossierView;
use reqwest::StatusCode;
use serde_json::json;

const KEY: &str = "abcdefghijklmnopqrstuv";

#[tokio::test]
async fn a_scanner_s_text_leads_to_the_dossier() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let paid: DossierView = turn.pays().await;
    let receipt = paid.detail.as_ref().unwrap().fees[0].receipt.clone().unwrap();
    let taken = turn.staff("intake", json!({})).await;
    let slip = &turns_of(&taken).slips[0].token;
    let desk = Desk::of(&world, "reception").await;
    let (origin, code) = (&world.origin, turn.code());
    let there = format!("/ban-lam-viec/ho-so/{code}");
    for text in [
        code.to_owned(),
        code.to_lowercase().replace('-', " - "),
        format!("{origin}/tra-cuu/{code}#k={}", turn.receipt.key),
        format!("{origin}/ho-so/{code}/da-nop"),
        format!("{origin}/phieu/{slip}"),
        format!("{origin}/bien-lai/{receipt}"),
    ] {
        let answer = desk.post("/quet", &[("code", &text)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{text}");
        assert_eq!(place(&answer), there, "{text}");
    }
    // A draft is the app's to take.
    let link = format!("{origin}/ban-giao/{KEY}#k={KEY}");
    let answer = desk.post("/quet", &[("code", &link)]).await;
    assert_eq!(place(&answer), format!("/ban-giao/{KEY}#k={KEY}"));

    for (text, said) in [
        ("H24.31-261126-999999".to_owned(), "Không có hồ sơ nào như vậy."),
        (format!("{origin}/phieu/{KEY}"), "Không có hồ sơ nào như vậy."),
        ("https://example.com/phieu/x".to_owned(), "Không hiểu mã này."),
        ("2.000635".to_owned(), "không phải của một hồ sơ"),
    ] {
        let answer = desk.post("/quet", &[("code", &text)]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{text}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(said), "{text}: {page}");
        assert!(page.contains(&text), "what was typed is kept: {page}");
    }
}

#[tokio::test]
async fn a_name_is_found_without_marks_and_an_identity_number_by_its_card() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let desk = Desk::of(&world, "reception").await;
    let answer = desk.post("/quet", &[("code", "thu huong")]).await;
    let at = place(&answer).strip_prefix("/ban-lam-viec").unwrap().to_owned();
    assert!(desk.page(&at).await.contains(turn.code()));
    let page = desk.page("?ten=nguyen+van+khong").await;
    assert!(!page.contains(turn.code()) && page.contains("Không có hồ sơ nào."), "{page}");
    let card =
        format!("{HUONG}||Phạm Thị Thu Hương|08031989|Nữ|Thôn Bắc, Kim Thành, Hải Phòng|01012022");
    let answer = desk.post("/quet", &[("code", &card)]).await;
    let at = place(&answer).strip_prefix("/ban-lam-viec").unwrap().to_owned();
    assert!(desk.page(&at).await.contains(turn.code()));
    assert!(!desk.page("?so=030189011737").await.contains(turn.code()));
}

#[tokio::test]
async fn a_dossier_is_in_the_list_of_what_is_to_be_done() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let desk = Desk::of(&world, "reception").await;
    let code = turn.code();
    let lists = ["tiep-nhan", "den-han", "xu-ly", "cho-dan", "xin-rut", "tra-ket-qua"];
    for (status, in_lists) in [
        (1, vec!["tiep-nhan"]),
        (2, vec!["den-han", "xu-ly"]),
        (5, vec!["cho-dan"]),
        (6, vec!["cho-dan"]),
        (7, vec!["xin-rut"]),
        (9, vec!["tra-ket-qua"]),
        (8, vec![]),
    ] {
        // Due at five today.
        sqlx::query("UPDATE dossiers SET status = ?1, appointment = ?2")
            .bind(status)
            .bind(1_795_662_000 + 7 * 3600)
            .execute(&world.app.db)
            .await
            .unwrap();
        for list in lists {
            let page = desk.page(&format!("?xem={list}")).await;
            let there = page.contains(&format!("/ho-so/{code}"));
            assert_eq!(there, in_lists.contains(&list), "{status} in {list}");
            assert!(!page.contains("QUÁ HẠN"), "{page}");
        }
    }
    sqlx::query("UPDATE dossiers SET status = 4").execute(&world.app.db).await.unwrap();
    world.app.clock.advance(20 * 60);
    let desk = Desk::of(&world, "leader").await;
    // What a leader sees first is what is due.
    assert!(desk.page("").await.contains(code));
    world.app.clock.advance(8 * 3600);
    let desk = Desk::of(&world, "leader").await;
    assert!(desk.page("").await.contains("QUÁ HẠN"));
}
