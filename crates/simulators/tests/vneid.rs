//! The VNeID simulator from outside: the client's side of the same OpenID Connect library logs in,
//! and what must be refused is refused.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use std::collections::HashMap;

use axum_server::Handle;
use motcua_gateways::Secret;
use motcua_simulators::vneid::{CITIZENS, CitizenClaims, Config, Vneid};
use motcua_simulators::{demo, serve};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse, UserInfoClaims,
};
use serde_json::{Value, json};

const CALLBACK: &str = demo::VNEID_REDIRECT_URI;

type Tokens = StandardTokenResponse<
    IdTokenFields<
        CitizenClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type App = Client<
    CitizenClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

struct Stage {
    origin: String,
    http: reqwest::Client,
}

/// A login that was begun.
struct Begun {
    address: String,
    verifier: PkceCodeVerifier,
    state: CsrfToken,
    nonce: Nonce,
}

impl Stage {
    async fn open() -> Self {
        let listener = serve::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let provider = Vneid::new(Config {
            origin: origin.clone(),
            app_origin: demo::APP_ORIGIN.to_owned(),
            client_id: demo::VNEID_CLIENT_ID.to_owned(),
            client_secret: Secret::new(demo::VNEID_CLIENT_SECRET),
            redirect_uris: vec![CALLBACK.to_owned()],
            data: None,
        });
        let router = provider.unwrap().router();
        tokio::spawn(serve::serve(listener, router, None, Handle::new()));
        let policy = reqwest::redirect::Policy::none();
        Self { origin, http: reqwest::Client::builder().redirect(policy).build().unwrap() }
    }

    async fn app(&self) -> App {
        let issuer = IssuerUrl::new(self.origin.clone()).unwrap();
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http).await.unwrap();
        let secret = ClientSecret::new(demo::VNEID_CLIENT_SECRET.to_owned());
        Client::from_provider_metadata(
            metadata,
            ClientId::new(demo::VNEID_CLIENT_ID.to_owned()),
            Some(secret),
        )
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap())
    }

    fn begin(app: &App) -> Begun {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = app
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge);
        for scope in ["profile", "phone", "address"] {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        let (address, state, nonce) = request.url();
        Begun { address: address.to_string(), verifier, state, nonce }
    }

    async fn get(&self, address: &str) -> reqwest::Response {
        self.http.get(address).send().await.unwrap()
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        self.http.post(format!("{}{path}", self.origin)).form(fields).send().await.unwrap()
    }

    /// Clicks through as a citizen: the parameters that come back.
    async fn click(&self, address: &str, number: &str, decision: &str) -> HashMap<String, String> {
        let next = location(&self.get(address).await);
        let name = next.split_once("login=").unwrap().1.to_owned();
        let page = self.get(&format!("{}{next}", self.origin)).await;
        assert_eq!(page.status(), 200);
        let csp = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(csp.ends_with("form-action 'self' http://127.0.0.1:8080"), "{csp}");
        let html = page.text().await.unwrap();
        assert!(CITIZENS.iter().all(|citizen| html.contains(citizen.name)));
        let chosen = self.form("/login", &[("login", &name), ("citizen", number)]).await;
        let consent = self.get(&format!("{}{}", self.origin, location(&chosen))).await;
        assert!(consent.text().await.unwrap().contains(number));
        let done = self.form("/consent", &[("login", &name), ("decision", decision)]).await;
        assert_eq!(done.status(), 303);
        let again = self.form("/consent", &[("login", &name), ("decision", decision)]).await;
        assert_eq!(again.status(), 400, "a consent is answered once");
        returned(&location(&done))
    }

    async fn token(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let response = self.form("/token", fields).await;
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

fn location(response: &reqwest::Response) -> String {
    assert!(response.status().is_redirection(), "{}", response.status());
    response.headers()["location"].to_str().unwrap().to_owned()
}

fn returned(address: &str) -> HashMap<String, String> {
    let query = address.strip_prefix(&format!("{CALLBACK}?")).unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[tokio::test]
async fn the_whole_code_flow() {
    let stage = Stage::open().await;
    let app = stage.app().await;
    for citizen in &CITIZENS {
        let begun = Stage::begin(&app);
        let back = stage.click(&begun.address, citizen.number, "accept").await;
        assert_eq!(back["state"], *begun.state.secret());
        assert_eq!(back["iss"], stage.origin);
        let tokens: Tokens = app
            .exchange_code(AuthorizationCode::new(back["code"].clone()))
            .unwrap()
            .set_pkce_verifier(begun.verifier)
            .request_async(&stage.http)
            .await
            .unwrap();
        let id_token = tokens.id_token().unwrap();
        let claims = id_token.claims(&app.id_token_verifier(), &begun.nonce).unwrap();
        assert_eq!(claims.additional_claims().citizen_number, citizen.number);
        assert_eq!(claims.birthdate().unwrap().as_str(), citizen.birthdate);
        assert!(claims.auth_time().is_some() && claims.auth_context_ref().is_some());
        assert!(claims.access_token_hash().is_some());
        assert_ne!(claims.subject().as_str(), citizen.number);
        let other = Nonce::new_random();
        assert!(id_token.claims(&app.id_token_verifier(), &other).is_err());

        let info: UserInfoClaims<CitizenClaims, CoreGenderClaim> = app
            .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
            .unwrap()
            .request_async(&stage.http)
            .await
            .unwrap();
        assert_eq!(info.name().unwrap().get(None).unwrap().as_str(), citizen.name);
        assert_eq!(info.phone_number().unwrap().as_str(), citizen.phone);
        let address = info.address().unwrap().formatted.as_ref().unwrap();
        assert_eq!(address.as_str(), citizen.address());
    }
}

#[tokio::test]
async fn refusing_comes_back_as_access_denied() {
    let stage = Stage::open().await;
    let app = stage.app().await;
    let begun = Stage::begin(&app);
    let back = stage.click(&begun.address, CITIZENS[0].number, "refuse").await;
    assert_eq!(back["error"], "access_denied");
    assert_eq!(back["state"], *begun.state.secret());
    assert!(!back.contains_key("code"));
}

#[tokio::test]
async fn a_code_is_for_one_use_one_verifier_one_address() {
    let stage = Stage::open().await;
    let app = stage.app().await;
    let id = ("client_id", demo::VNEID_CLIENT_ID);
    let secret = ("client_secret", demo::VNEID_CLIENT_SECRET);
    let kind = ("grant_type", "authorization_code");
    let mut codes = Vec::new();
    for _ in 0..3 {
        let begun = Stage::begin(&app);
        let back = stage.click(&begun.address, CITIZENS[1].number, "accept").await;
        codes.push((back["code"].clone(), begun.verifier));
    }
    let uri = ("redirect_uri", CALLBACK);
    // Another verifier.
    let (code, _) = &codes[0];
    let wrong = ("code_verifier", "a-verifier-that-nobody-began-with-0123456789-abc");
    let answer = stage.token(&[id, secret, kind, uri, ("code", code), wrong]).await;
    assert_eq!(answer, (400, json!({ "error": "invalid_grant" })));
    // Another address.
    let (code, verifier) = &codes[1];
    let right = ("code_verifier", verifier.secret().as_str());
    let elsewhere = ("redirect_uri", "http://127.0.0.1:8080/elsewhere");
    let answer = stage.token(&[id, secret, kind, elsewhere, ("code", code), right]).await;
    assert_eq!(answer, (400, json!({ "error": "invalid_grant" })));
    // Right, then again: refused, and the first access token dies.
    let (code, verifier) = &codes[2];
    let right = ("code_verifier", verifier.secret().as_str());
    let all = [id, secret, kind, uri, ("code", code.as_str()), right];
    let (status, tokens) = stage.token(&all).await;
    assert_eq!(status, 200);
    let access = tokens["access_token"].as_str().unwrap();
    let info = || stage.http.get(format!("{}/userinfo", stage.origin)).bearer_auth(access).send();
    assert_eq!(info().await.unwrap().status(), 200);
    assert_eq!(stage.token(&all).await, (400, json!({ "error": "invalid_grant" })));
    assert_eq!(info().await.unwrap().status(), 401);
}

#[tokio::test]
async fn errors_of_the_token_endpoint() {
    let stage = Stage::open().await;
    let id = ("client_id", demo::VNEID_CLIENT_ID);
    let secret = ("client_secret", demo::VNEID_CLIENT_SECRET);
    let error = async |fields: &[(&str, &str)]| {
        let (status, body) = stage.token(fields).await;
        (status, body["error"].as_str().unwrap().to_owned())
    };
    let wrong = ("client_secret", "guess");
    let is = |status: u16, name: &str| (status, name.to_owned());
    assert_eq!(error(&[id, wrong]).await, is(401, "invalid_client"));
    assert_eq!(error(&[id]).await, is(401, "invalid_client"));
    assert_eq!(error(&[id, secret]).await, is(400, "invalid_request"));
    let password = ("grant_type", "password");
    assert_eq!(error(&[id, secret, password]).await, is(400, "unsupported_grant_type"));
    let code = ("grant_type", "authorization_code");
    assert_eq!(error(&[id, secret, code]).await, is(400, "invalid_request"));
    assert_eq!(error(&[id, secret, code, code]).await, is(400, "invalid_request"));
}

#[tokio::test]
async fn nobody_is_sent_to_an_unknown_address() {
    let stage = Stage::open().await;
    let begun = Stage::begin(&stage.app().await);
    for (from, to) in [
        ("auth%2Fcallback", "auth%2Fcallback2"),
        ("auth%2Fcallback", "auth%2Fcallback%2F"),
        ("127.0.0.1%3A8080", "evil.example"),
        ("client_id=motcua", "client_id=other"),
    ] {
        let address = begun.address.replace(from, to);
        assert_ne!(address, begun.address);
        let response = stage.get(&address).await;
        assert_eq!(response.status(), 400, "{address}");
        assert!(!response.headers().contains_key("location"));
    }
}

#[tokio::test]
async fn requests_without_the_duties_come_back_as_errors() {
    let stage = Stage::open().await;
    let begun = Stage::begin(&stage.app().await);
    for (from, to, error) in [
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
        ("&code_challenge=", "&x=", "invalid_request"),
        ("&nonce=", "&x=", "invalid_request"),
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("scope=openid", "scope=mail", "invalid_scope"),
        ("&nonce=", "&prompt=none&nonce=", "login_required"),
        ("&nonce=", "&scope=openid&nonce=", "invalid_request"),
    ] {
        let address = begun.address.replacen(from, to, 1);
        assert_ne!(address, begun.address, "{from}");
        let back = returned(&location(&stage.get(&address).await));
        assert_eq!(back["error"], error, "{to}");
        assert_eq!(back["iss"], stage.origin);
    }
}

#[tokio::test]
async fn the_switch() {
    let stage = Stage::open().await;
    let begun = Stage::begin(&stage.app().await);
    let set = async |mode: Value| {
        let request = stage.http.post(format!("{}/_simulator/mode", stage.origin)).json(&mode);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(set(json!({ "mode": "down" })).await, 200);
    for path in ["/.well-known/openid-configuration", "/jwks", "/authorize", "/userinfo"] {
        let response = stage.get(&format!("{}{path}", stage.origin)).await;
        assert_eq!(response.status(), 503, "{path}");
        let html = response.text().await.unwrap();
        assert!(html.contains("lang=\"vi\"") && html.contains("Lỗi không phải do bạn"));
    }
    assert_eq!(set(json!({ "mode": "refuse" })).await, 200);
    let back = returned(&location(&stage.get(&begun.address).await));
    assert_eq!(back["error"], "access_denied");
    assert_eq!(set(json!({ "mode": "slow", "delay_ms": 300 })).await, 200);
    let start = std::time::Instant::now();
    stage.get(&format!("{}/jwks", stage.origin)).await;
    assert!(start.elapsed().as_millis() >= 300);
    assert_eq!(set(json!({ "mode": "sleepy" })).await, 422);
    assert_eq!(set(json!({ "mode": "normal" })).await, 200);
    let start = std::time::Instant::now();
    stage.get(&format!("{}/jwks", stage.origin)).await;
    assert!(start.elapsed().as_millis() < 300);
}

#[tokio::test]
async fn logout_returns_to_the_app_only() {
    let stage = Stage::open().await;
    let at = |uri: &str| format!("{}/logout?post_logout_redirect_uri={uri}&state=s1", stage.origin);
    let back = location(&stage.get(&at("http://127.0.0.1:8080/tam-biet")).await);
    assert_eq!(back, "http://127.0.0.1:8080/tam-biet?state=s1");
    for evil in ["https://evil.example/", "http://127.0.0.1:8080.evil.example/", "javascript:x"] {
        let page = stage.get(&at(evil)).await;
        assert_eq!(page.status(), 200, "{evil}");
    }
}

#[tokio::test]
async fn english_pages() {
    let stage = Stage::open().await;
    let begun = Stage::begin(&stage.app().await);
    let next = location(&stage.get(&format!("{}&ui_locales=en", begun.address)).await);
    let html = stage.get(&format!("{}{next}", stage.origin)).await.text().await.unwrap();
    assert!(html.contains("lang=\"en\"") && html.contains("Log in with VNeID"));
    assert_eq!(html.matches("<h1>").count(), 1);
}

#[tokio::test]
async fn the_key_survives_a_restart() {
    let folder = std::env::temp_dir().join(format!("motcua-vneid-{}", std::process::id()));
    let mut keys = Vec::new();
    for _ in 0..2 {
        let listener = serve::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let provider = Vneid::new(Config {
            origin: origin.clone(),
            app_origin: demo::APP_ORIGIN.to_owned(),
            client_id: "motcua".to_owned(),
            client_secret: Secret::new("x"),
            redirect_uris: Vec::new(),
            data: Some(folder.clone()),
        });
        let router = provider.unwrap().router();
        tokio::spawn(serve::serve(listener, router, None, Handle::new()));
        keys.push(reqwest::get(format!("{origin}/jwks")).await.unwrap().text().await.unwrap());
    }
    assert_eq!(keys[0], keys[1]);
    assert!(keys[0].contains("Ed25519") && !keys[0].contains("\"d\""));
    std::fs::remove_dir_all(folder).unwrap();
}
