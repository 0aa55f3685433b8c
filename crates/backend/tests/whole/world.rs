//! The stage: a backend, an identity provider and the gateways on free ports of loopback, each
//! test its own, and citizens with browsers (cookies, no JavaScript).

mod dossiers;
mod filed;
mod gateways;

pub use dossiers::*;
pub use filed::Filed;
pub use gateways::{momo_merchant, platform_merchant, zalopay_merchant};

use clap::Parser;
use motcua_backend::app::App;
use motcua_backend::serve::router;
use motcua_backend::settings::Settings;
use motcua_contract::CLIENT_HEADER;
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_contract::problem::Problem;
use motcua_gateways::Secret;
use motcua_simulators::{demo, vneid};
use reqwest::cookie::CookieStore;
use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder, Response, StatusCode, redirect};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The staff's token on this stage.
pub const STAFF_TOKEN: &str = "staff-token-of-the-tests";
/// A citizen of the identity provider, born 1989.
pub const HUONG: &str = "030189011736";
/// Another one, born 1994.
pub const ANH: &str = "031094007428";
/// Another one, born 1961.
pub const HOA: &str = "030061004582";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Everything that runs.
pub struct World {
    pub app: App,
    pub origin: String,
    pub vneid: String,
    pub vnpay: String,
    pub momo: String,
    pub zalopay: String,
    pub platform: String,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    (listener, origin)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl World {
    /// Opens a stage.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// Opens a stage whose backend has other settings.
    pub async fn open_with(change: impl FnOnce(&mut Settings)) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("motcua-whole-{}-{number}", std::process::id()));
        let site = folder.join("site");
        std::fs::create_dir_all(&site).unwrap();
        let (backend, origin) = listen().await;
        let (provider, vneid_origin) = listen().await;
        let gateways = gateways::Gateways::listen().await;
        let vnpay_origin = &gateways.vnpay.1;

        let catalogue = repository().join("catalogue");
        let mut settings = Settings::parse_from([
            "motcua-backend".as_ref(),
            "--origin".as_ref(),
            origin.as_ref(),
            "--data".as_ref(),
            folder.join("data").as_os_str(),
            "--site".as_ref(),
            site.as_os_str(),
            "--catalogue".as_ref(),
            catalogue.as_os_str(),
            "--commune".as_ref(),
            catalogue.join("commune.json").as_os_str(),
            "--oidc-issuer".as_ref(),
            vneid_origin.as_ref(),
            "--vnpay-pay-url".as_ref(),
            format!("{vnpay_origin}/paymentv2/vpcpay.html").as_ref(),
            "--vnpay-api-url".as_ref(),
            format!("{vnpay_origin}/merchant_webapi/api/transaction").as_ref(),
            "--momo-url".as_ref(),
            gateways.momo.1.as_ref(),
            "--zalopay-url".as_ref(),
            gateways.zalopay.1.as_ref(),
            "--platform-url".as_ref(),
            gateways.platform.1.as_ref(),
            "--staff-token".as_ref(),
            STAFF_TOKEN.as_ref(),
            // Tests let days pass here; the gateways' clocks stay.
            "--clock-tolerance-s".as_ref(),
            u32::MAX.to_string().as_ref(),
        ]);
        change(&mut settings);
        motcua_simulators::serve::use_ring();
        let app = App::start(settings).await.unwrap();
        let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(backend, service).await });

        let provider_app = vneid::Vneid::new(vneid::Config {
            origin: vneid_origin.clone(),
            app_origin: origin.clone(),
            client_id: demo::VNEID_CLIENT_ID.to_owned(),
            client_secret: Secret::new(demo::VNEID_CLIENT_SECRET),
            redirect_uris: vec![format!("{origin}/auth/callback")],
            data: None,
        })
        .unwrap();
        tokio::spawn(async move { axum::serve(provider, provider_app.router()).await });
        let [vnpay, momo, zalopay, platform] = gateways.start(&origin);
        Self { app, origin, vneid: vneid_origin, vnpay, momo, zalopay, platform, folder }
    }

    /// The simulator of a channel, if it has one.
    pub fn gateway(&self, channel: &str) -> Option<&str> {
        match channel {
            "vnpay" => Some(&self.vnpay),
            "momo" => Some(&self.momo),
            "zalopay" => Some(&self.zalopay),
            "platform" => Some(&self.platform),
            _ => None,
        }
    }

    /// Where the built app would be.
    pub fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// A citizen with a fresh browser, not signed in.
    pub fn visitor(&self) -> Browser<'_> {
        let jar = Arc::new(Jar::default());
        let http = reqwest::Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Browser { world: self, http, jar }
    }

    /// A citizen who is signed in.
    pub async fn citizen(&self, number: &str) -> Browser<'_> {
        let browser = self.visitor();
        let landed = browser.sign_in(number, "/").await;
        assert_eq!(landed, format!("{}/", self.origin));
        browser
    }

    /// Turns a knob of a simulator.
    pub async fn knob(&self, address: String, knobs: Value) {
        let answer = reqwest::Client::new().post(address).json(&knobs).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// Calls a staff endpoint.
    pub async fn staff(&self, path: &str, body: Value) -> Response {
        reqwest::Client::new()
            .post(format!("{}/api/v1/staff{path}", self.origin))
            .bearer_auth(STAFF_TOKEN)
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    /// Reads a staff endpoint.
    pub async fn staff_get(&self, path: &str) -> Response {
        let address = format!("{}/api/v1/staff{path}", self.origin);
        reqwest::Client::new().get(address).bearer_auth(STAFF_TOKEN).send().await.unwrap()
    }

    /// Sends a staff endpoint a table as text.
    pub async fn staff_text(&self, path: &str, body: String) -> Response {
        let address = format!("{}/api/v1/staff{path}", self.origin);
        let call = reqwest::Client::new().post(address).bearer_auth(STAFF_TOKEN).body(body);
        call.send().await.unwrap()
    }
}

/// Cookies by origin. A browser takes `Secure` cookies from loopback without TLS; reqwest's own
/// jar does not.
#[derive(Default)]
struct Jar(Mutex<BTreeMap<(String, String), String>>);

fn origin_of(url: &url::Url) -> String {
    url.origin().ascii_serialization()
}

impl CookieStore for Jar {
    fn set_cookies(&self, headers: &mut dyn Iterator<Item = &HeaderValue>, url: &url::Url) {
        let mut cookies = self.0.lock().unwrap();
        for header in headers {
            let pair = header.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.insert((origin_of(url), name.to_owned()), value.to_owned());
        }
    }

    fn cookies(&self, url: &url::Url) -> Option<HeaderValue> {
        let cookies = self.0.lock().unwrap();
        let own = cookies
            .iter()
            .filter(|((origin, _), value)| *origin == origin_of(url) && !value.is_empty());
        let pairs: Vec<String> = own.map(|((_, name), value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| HeaderValue::from_str(&pairs.join("; ")).unwrap())
    }
}

/// A citizen's browser: cookies, and redirects that one can look at.
pub struct Browser<'a> {
    pub world: &'a World,
    pub http: reqwest::Client,
    jar: Arc<Jar>,
}

impl Browser<'_> {
    /// A call as the app makes it.
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/api/v1{path}", self.world.origin))
            .header(CLIENT_HEADER, "1")
    }

    /// What this browser's `Cookie` header says.
    pub fn cookie(&self) -> String {
        let url = url::Url::parse(&self.world.origin).unwrap();
        self.jar.cookies(&url).unwrap().to_str().unwrap().to_owned()
    }

    /// Follows redirects and clicks through VNeID's pages as this citizen; gives where it landed.
    pub async fn sign_in(&self, number: &str, return_to: &str) -> String {
        let address = format!("{}/auth/login?return_to={return_to}", self.world.origin);
        let login = self.follow(&address).await;
        let Some((_, id)) = login.split_once("login?login=") else { return login };
        let id = id.to_owned();
        let vneid = &self.world.vneid;
        let chosen =
            self.submit(&format!("{vneid}/login"), &[("login", &id), ("citizen", number)]).await;
        let consent = self.follow(&chosen).await;
        assert!(consent.contains("/consent"), "{consent}");
        let accepted = [("login", id.as_str()), ("decision", "accept")];
        let back = self.submit(&format!("{vneid}/consent"), &accepted).await;
        self.follow(&back).await
    }

    /// Posts a form; gives where it leads.
    pub async fn submit(&self, address: &str, form: &[(&str, &str)]) -> String {
        let response = self.http.post(address).form(form).send().await.unwrap();
        let status = response.status();
        target(&response, address).unwrap_or_else(|| panic!("{address}: {status}"))
    }

    /// Opens an address and follows redirects; gives the last address, whatever it answers.
    pub async fn follow(&self, address: &str) -> String {
        let mut address = address.to_owned();
        for _ in 0..10 {
            let response = self.http.get(&address).send().await.unwrap();
            match target(&response, &address) {
                Some(next) => address = next,
                None => return address,
            }
        }
        panic!("too many redirects: {address}");
    }

    /// Uploads a file whole; gives id and SHA-256.
    pub async fn upload(&self, bytes: &[u8]) -> Value {
        let (id, appended) = self.try_upload(bytes).await;
        assert_eq!(appended.status(), StatusCode::NO_CONTENT);
        json!({ "id": id, "sha256": sha256(bytes) })
    }

    /// Sends a file whole; gives its id and what was answered to its bytes.
    pub async fn try_upload(&self, bytes: &[u8]) -> (String, Response) {
        let created = self
            .call(Method::POST, "/uploads")
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", bytes.len())
            .send()
            .await
            .unwrap();
        assert_eq!(created.status(), StatusCode::CREATED);
        let location = created.headers()["location"].to_str().unwrap().to_owned();
        let appended = self
            .http
            .patch(format!("{}{location}", self.world.origin))
            .header(CLIENT_HEADER, "1")
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Offset", 0)
            .header("Content-Type", "application/offset+octet-stream")
            .body(bytes.to_vec())
            .send()
            .await
            .unwrap();
        (location.rsplit('/').next().unwrap().to_owned(), appended)
    }

    /// Submits a dossier.
    pub async fn submit_dossier(&self, key: &str, dossier: &Value) -> Response {
        self.call(Method::POST, "/dossiers")
            .header("Idempotency-Key", format!("\"{key}\""))
            .json(dossier)
            .send()
            .await
            .unwrap()
    }

    /// Submits a dossier that must be taken.
    pub async fn filed(&self, dossier: &Value) -> DossierReceipt {
        let key = format!("a-key-of-the-tests-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let response = self.submit_dossier(&key, dossier).await;
        assert_eq!(response.status(), StatusCode::CREATED, "{:?}", response.text().await);
        response.json().await.unwrap()
    }

    /// Signs out, as the app does.
    pub async fn sign_out(&self) {
        let address = format!("{}/auth/logout", self.world.origin);
        let out = self.http.post(address).header(CLIENT_HEADER, "1").send().await.unwrap();
        assert_eq!(out.status(), StatusCode::NO_CONTENT);
    }

    /// Tracks a dossier with whatever this browser has.
    pub async fn track(&self, code: &str) -> DossierView {
        let response = self.call(Method::GET, &format!("/dossiers/{code}")).send().await.unwrap();
        response.json().await.unwrap()
    }
}

fn target(response: &Response, from: &str) -> Option<String> {
    let location = response.headers().get("location")?.to_str().unwrap();
    Some(url::Url::parse(from).unwrap().join(location).unwrap().to_string())
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// The `type` of a problem, and its status.
pub async fn problem_of(response: Response) -> (u16, String) {
    let (status, kind, _) = whole_problem_of(response).await;
    (status, kind)
}

/// The same, with the rest of the problem.
pub async fn whole_problem_of(response: Response) -> (u16, String, Problem) {
    let status = response.status().as_u16();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!(content_type, "application/problem+json");
    let value: Value = response.json().await.unwrap();
    let kind = value["type"].as_str().unwrap();
    let kind = kind.strip_prefix("urn:motcua:problem:").unwrap().to_owned();
    let problem: Problem = serde_json::from_value(value).unwrap();
    assert_eq!(problem.status, status);
    (status, kind, problem)
}
