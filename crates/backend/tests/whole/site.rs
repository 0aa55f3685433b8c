//! The built app as it is served: headers, caching, honest 404s.

use crate::world::World;
use motcua_contract::config::{AppConfig, GUIDE_STEPS};
use reqwest::{Client, Response, StatusCode};

async fn with_site() -> World {
    let world = World::open().await;
    let site = world.site();
    std::fs::write(site.join("index.html"), "<!doctype html><style>p{}</style><p>Một Cửa").unwrap();
    std::fs::write(site.join("motcua-0123456789abcdef.js"), "export {}").unwrap();
    std::fs::write(site.join("motcua-0123456789abcdef.js.br"), "compressed").unwrap();
    world
}

async fn get(world: &World, path: &str, encoding: &str) -> Response {
    let client = Client::new();
    let request = client.get(format!("{}{path}", world.origin)).header("accept-encoding", encoding);
    request.send().await.unwrap()
}

#[tokio::test]
async fn pages_are_index_html_under_a_strict_policy() {
    let world = with_site().await;
    for path in ["/", "/thu-tuc/2.000635", "/tra-cuu/H24.31-261122-000042", "/khong-co"] {
        let answer = get(&world, path, "identity").await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["cache-control"], "no-cache");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        for header in ["x-content-type-options", "referrer-policy", "permissions-policy"] {
            assert!(answer.headers().contains_key(header), "{header}");
        }
    }
}

#[tokio::test]
async fn assets_are_immutable_and_compressed_and_missing_ones_are_missing() {
    let world = with_site().await;
    let asset = get(&world, "/motcua-0123456789abcdef.js", "br").await;
    assert_eq!(asset.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(asset.headers()["content-encoding"], "br");
    assert!(asset.headers()["content-type"].to_str().unwrap().contains("javascript"));
    for path in
        ["/motcua-ffffffffffffffff.js", "/motcua-ffffffffffffffff_bg.wasm", "/../Cargo.toml"]
    {
        let missing = get(&world, path, "br").await;
        assert_eq!(missing.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(!missing.text().await.unwrap().contains("<!doctype"));
    }
}

#[tokio::test]
async fn the_configuration_holds_no_secret() {
    let world = with_site().await;
    let answer = get(&world, "/config.json", "identity").await;
    assert_eq!(answer.headers()["cache-control"], "no-cache");
    let text = answer.text().await.unwrap();
    assert!(text.contains("xã Kim Thành") && text.contains("vnpay"));
    let secrets =
        [motcua_simulators::demo::VNPAY_SECRET, motcua_simulators::demo::VNEID_CLIENT_SECRET];
    assert!(secrets.iter().all(|secret| !text.contains(secret)));
}

#[tokio::test]
async fn each_channel_is_explained_in_at_most_three_pictures_that_are_there() {
    let world = with_site().await;
    let config: AppConfig = get(&world, "/config.json", "identity").await.json().await.unwrap();
    let pictures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/guides");
    for channel in config.channels {
        assert!(channel.suits.is_some(), "{}", channel.id);
        assert!((1..=GUIDE_STEPS).contains(&channel.guide.len()), "{}", channel.id);
        for step in channel.guide {
            let picture = pictures.join(format!("{}.svg", step.picture));
            assert!(picture.is_file(), "{}", picture.display());
            for words in [step.text.vi, step.text.en] {
                let longest =
                    words.split_inclusive('.').map(|part| part.split_whitespace().count());
                assert!(longest.max().is_some_and(|most| most < 20), "{words}");
            }
        }
    }
}
