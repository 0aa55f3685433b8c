//! Signing in at the desk: by the right password only, counted, bounded in time, and of no use to another
//! site.

use super::{Desk, PASSWORD, name_of, place, world};
use crate::files::photo;
use crate::turns::Turn;
use crate::world::{birth, extract};
use reqwest::StatusCode;

#[tokio::test]
async fn nobody_sees_a_dossier_without_signing_in() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let stranger = Desk { browser: world.visitor() };
    let paths = [String::new(), format!("/ho-so/{}", turn.code()), "/tep/x".to_owned()];
    for path in paths {
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(place(&answer), "/ban-lam-viec/dang-nhap");
    }
    // A citizen's own session opens nothing here.
    let citizen = turn.browser.http.get(stranger.address("")).send().await.unwrap();
    assert_eq!(citizen.status(), StatusCode::SEE_OTHER);

    let login = stranger.get("/dang-nhap").await;
    let policy = login.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let page = login.text().await.unwrap();
    assert!(!page.contains("<script") && !page.contains(" style="), "{page}");
}

#[tokio::test]
async fn wrong_passwords_are_counted_and_then_must_wait() {
    let world = world().await;
    let desk = Desk { browser: world.visitor() };
    for round in 0..10 {
        let name = if round % 2 == 0 { name_of("officer") } else { "Không Có Ai" };
        let answer = desk.sign_in(name, "mat-khau-sai-hoan-toan").await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{round}");
        assert!(answer.headers().get("set-cookie").is_none());
        // A wrong name and a wrong password are told alike; what was typed as the name is kept.
        let page = answer.text().await.unwrap();
        assert!(page.contains("Tên hoặc mật khẩu không đúng."), "{page}");
        assert!(page.contains(name), "{page}");
    }
    let right = desk.sign_in(name_of("officer"), PASSWORD).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS);
    world.app.clock.advance(601);
    let right = desk.sign_in(name_of("officer"), PASSWORD).await;
    let cookie = right.headers()["set-cookie"].to_str().unwrap();
    for part in ["__Host-motcua-desk=", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{part} is not in {cookie}");
    }
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_after_half_an_hour() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let desk = Desk::of(&world, "reception").await;
    let (cookie, csrf) = (desk.browser.cookie(), desk.csrf().await);
    let out = desk.post("/dang-xuat", &[]).await;
    assert_eq!(place(&out), "/ban-lam-viec/dang-nhap");
    assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    // Who kept the cookie and the form has nothing.
    let address = desk.address(&format!("/ho-so/{}/viec/take_in", turn.code()));
    let kept = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let kept = kept.build().unwrap().post(address).header("Cookie", cookie);
    let answer = kept.form(&[("csrf", csrf)]).send().await.unwrap();
    assert_eq!(place(&answer), "/ban-lam-viec/dang-nhap");
    assert_eq!(turn.now().await.status.code, 1);

    let desk = Desk::of(&world, "reception").await;
    world.app.clock.advance(30 * 60 - 1);
    desk.page("").await;
    world.app.clock.advance(30 * 60);
    assert_eq!(desk.get("").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_of_another_page_does_nothing() {
    let world = world().await;
    let turn = Turn::of(&world, &extract()).await;
    let desk = Desk::of(&world, "reception").await;
    let address = desk.address(&format!("/ho-so/{}/viec/take_in", turn.code()));
    let other = Desk::of(&world, "leader").await.csrf().await;
    for csrf in ["", "x", other.as_str()] {
        let call = desk.browser.http.post(&address).form(&[("csrf", csrf)]);
        assert_eq!(call.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{csrf}");
    }
    let file = desk.address(&format!("/ho-so/{}/tep/add_result", turn.code()));
    let bare = "--b\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n1\r\n--b--\r\n";
    let call = desk.browser.http.post(file).body(bare);
    let call = call.header("Content-Type", "multipart/form-data; boundary=b");
    assert_eq!(call.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let csrf = desk.csrf().await;
    let call = desk.browser.http.post(&address).form(&[("csrf", csrf)]);
    let call = call.header("Sec-Fetch-Site", "cross-site");
    assert_eq!(call.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(turn.now().await.status.code, 1, "nothing was done");
}

#[tokio::test]
async fn a_paper_is_given_to_who_is_signed_in_only() {
    let world = world().await;
    let browser = world.citizen(crate::world::HUONG).await;
    let upload = browser.upload(&photo()).await;
    let filed = browser.filed(&birth(&upload)).await;
    let desk = Desk::of(&world, "officer").await;
    let page = desk.page(&format!("/ho-so/{}", filed.code)).await;
    let (_, rest) = page.split_once("/ban-lam-viec/tep/").unwrap();
    let path = format!("/tep/{}", rest.split_once('"').unwrap().0);
    let given = desk.get(&path).await;
    assert_eq!(given.status(), StatusCode::OK);
    assert_eq!(given.headers()["content-type"], "image/jpeg");
    assert!(given.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let stranger = Desk { browser: world.visitor() };
    assert_eq!(stranger.get(&path).await.status(), StatusCode::SEE_OTHER);

    // Who read what is in the log; half an hour with it open is one reading.
    desk.page(&format!("/ho-so/{}", filed.code)).await;
    world.app.clock.advance(25 * 60);
    desk.page(&format!("/ho-so/{}", filed.code)).await;
    world.app.clock.advance(20 * 60);
    desk.page(&format!("/ho-so/{}", filed.code)).await;
    let sql = "SELECT act FROM audit WHERE dossier = ?1 ORDER BY id";
    let log: Vec<String> =
        sqlx::query_scalar(sql).bind(filed.code.as_str()).fetch_all(&world.app.db).await.unwrap();
    assert_eq!(log, ["read", "read_file", "read"]);
}
