//! Login: accepted, refused, provider down, forged, and what a session is worth.

use crate::world::{ANH, HUONG, World};
use motcua_contract::session::SessionView;
use reqwest::Method;
use serde_json::json;

async fn session(browser: &crate::world::Browser<'_>) -> SessionView {
    browser.call(Method::GET, "/session").send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_citizen_signs_in_and_comes_back_to_where_they_were() {
    let world = World::open().await;
    let browser = world.visitor();
    assert_eq!(session(&browser).await.citizen, None);
    let landed = browser.sign_in(HUONG, "/nop/2.000635/gui").await;
    assert_eq!(landed, format!("{}/nop/2.000635/gui", world.origin));
    let citizen = session(&browser).await.citizen.unwrap();
    assert_eq!(citizen.name, "Phạm Thị Thu Hương");
    assert_eq!(citizen.citizen_number.as_deref(), Some(HUONG));
    assert!(citizen.birth_date.is_some() && citizen.address.is_some() && citizen.phone.is_some());

    browser.sign_out().await;
    assert_eq!(session(&browser).await.citizen, None);
}

#[tokio::test]
async fn refusing_to_share_is_said_and_loses_nothing() {
    let world = World::open().await;
    let browser = world.visitor();
    let login = format!("{}/auth/login?return_to=/nop/2.000635/gui", world.origin);
    let at_provider = browser.follow(&login).await;
    let id = at_provider.split_once("login=").unwrap().1.to_owned();
    let back = browser
        .submit(&format!("{}/login", world.vneid), &[("login", &id), ("decision", "refuse")])
        .await;
    assert_eq!(
        browser.follow(&back).await,
        format!("{}/nop/2.000635/gui?login=refused", world.origin)
    );
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_at_once() {
    let world = World::open().await;
    world.knob(format!("{}/_simulator/mode", world.vneid), json!({ "mode": "down" })).await;
    let landed = world.visitor().sign_in(HUONG, "/nop/2.000635/gui").await;
    assert_eq!(landed, format!("{}/nop/2.000635/gui?login=unavailable", world.origin));
}

#[tokio::test]
async fn a_callback_that_was_not_begun_here_signs_nobody_in() {
    let world = World::open().await;
    let browser = world.visitor();
    session(&browser).await;
    let forged = format!("{}/auth/callback?code=x&state=y", world.origin);
    assert_eq!(browser.follow(&forged).await, format!("{}/?login=failed", world.origin));
    assert_eq!(session(&browser).await.citizen, None);
}

#[tokio::test]
async fn a_strangers_address_is_never_returned_to() {
    let world = World::open().await;
    let landed = world.visitor().sign_in(ANH, "//evil.example/x").await;
    assert_eq!(landed, format!("{}/", world.origin));
}

#[tokio::test]
async fn the_cookie_is_made_anew_at_login_and_hidden_from_scripts() {
    let world = World::open().await;
    let browser = world.visitor();
    let before = browser.call(Method::GET, "/session").send().await.unwrap();
    let cookie = before.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/")
    );
    browser.sign_in(HUONG, "/").await;
    // The cookie from before login opens nothing any more.
    let old = reqwest::Client::new()
        .get(format!("{}/api/v1/session", world.origin))
        .header("cookie", cookie.split(';').next().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(old.json::<SessionView>().await.unwrap().citizen, None);
}
