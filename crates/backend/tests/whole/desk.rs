//! The officer's desk over HTTP, as a browser without JavaScript uses it: signing in and out, lists, the one
//! field, each role's own acts and nobody else's, and why something was refused.

mod acts;
mod finding;
mod signing_in;

use crate::world::{Browser, World};
use motcua_backend::desk::accounts;
use reqwest::{Response, StatusCode};
use std::sync::OnceLock;

/// The password of every account here.
const PASSWORD: &str = "mat-khau-thu-nghiem";
const ACCOUNTS: [(&str, &str); 3] =
    [("Trần Thị Lan", "reception"), ("Lê Văn Bình", "officer"), ("Ngô Thị Cúc", "leader")];

/// A stage whose backend has the three accounts.
pub async fn world() -> World {
    static FILE: OnceLock<std::path::PathBuf> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let hash = accounts::hash(PASSWORD).unwrap();
        let accounts: Vec<_> = ACCOUNTS
            .iter()
            .map(|(name, role)| {
                serde_json::json!({ "name": name, "role": role, "password_hash": hash })
            })
            .collect();
        let path = std::env::temp_dir().join(format!("motcua-staff-{}.json", std::process::id()));
        std::fs::write(&path, serde_json::to_string(&accounts).unwrap()).unwrap();
        path
    });
    World::open_with(|settings| settings.staff = Some(file.clone())).await
}

/// The name of a role's account.
pub fn name_of(role: &str) -> &'static str {
    ACCOUNTS.iter().find(|(_, of)| *of == role).unwrap().0
}

/// A browser at the desk.
pub struct Desk<'a> {
    pub browser: Browser<'a>,
}

impl<'a> Desk<'a> {
    /// Somebody who is signed in.
    pub async fn of(world: &'a World, role: &str) -> Self {
        let desk = Self { browser: world.visitor() };
        let answer = desk.sign_in(name_of(role), PASSWORD).await;
        assert_eq!((answer.status().as_u16(), place(&answer)), (303, "/ban-lam-viec".to_owned()));
        desk
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}/ban-lam-viec{path}", self.browser.world.origin)
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Response {
        let form = [("name", name), ("password", password)];
        let call = self.browser.http.post(self.address("/dang-nhap")).form(&form);
        call.send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.browser.http.get(self.address(path)).send().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    /// What a form of this session carries.
    pub async fn csrf(&self) -> String {
        let page = self.page("").await;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = self.csrf().await;
        let mut form = vec![("csrf", csrf.as_str())];
        form.extend_from_slice(fields);
        self.browser.http.post(self.address(path)).form(&form).send().await.unwrap()
    }

    /// Does something to a dossier by its form.
    pub async fn act(&self, code: &str, job: &str, fields: &[(&str, &str)]) -> Response {
        self.post(&format!("/ho-so/{code}/viec/{job}"), fields).await
    }

    /// The same; it must be done.
    pub async fn does(&self, code: &str, job: &str, fields: &[(&str, &str)]) {
        let answer = self.act(code, job, fields).await;
        let (status, at) = (answer.status(), answer.headers().get("location").cloned());
        let said = answer.text().await.unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER, "{job}: {said}");
        let at = at.unwrap().to_str().unwrap().to_owned();
        assert_eq!(at, format!("/ban-lam-viec/ho-so/{code}?xong={job}"));
    }

    /// Sends a form with a file.
    pub async fn sends(
        &self,
        code: &str,
        job: &str,
        fields: &[(&'static str, &str)],
        file: Vec<u8>,
    ) -> Response {
        let csrf = self.csrf().await;
        let boundary = "----a-boundary-of-the-tests";
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(head.as_bytes());
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&file);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let address = self.address(&format!("/ho-so/{code}/tep/{job}"));
        let kind = format!("multipart/form-data; boundary={boundary}");
        let call = self.browser.http.post(address).header("Content-Type", kind).body(body);
        call.send().await.unwrap()
    }
}

/// Where an answer leads.
pub fn place(answer: &Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// The jobs whose forms a dossier's page has, in order.
pub fn jobs_on(page: &str) -> Vec<String> {
    let parts = page.split("data-job=\"").skip(1);
    parts.map(|part| part.split_once('"').unwrap().0.to_owned()).collect()
}
