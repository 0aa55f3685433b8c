//! The field that takes what a USB scanner types: a code, or a link of ours. `domain::scan` says what it
//! means; what it does not know is looked for as a name.

use super::lists::scan_field;
use super::sessions::OnDuty;
use super::{BASE, page};
use crate::app::App;
use crate::dossiers;
use crate::error::Result;
use crate::feedback::store;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use motcua_domain::feedback::FeedbackCode;
use motcua_domain::scan::{Meaning, Refusal, meaning};
use serde::Deserialize;
use sqlx::Row;

/// What was typed or scanned. Sent in the body: a hand-over's link holds a key, which no address or log may
/// have.
#[derive(Debug, Deserialize)]
pub struct Scanned {
    #[serde(default)]
    csrf: String,
    code: String,
}

/// What a text leads to.
enum Found {
    At(String),
    Nothing(&'static str),
}

/// `POST /ban-lam-viec/quet`.
pub async fn read(
    State(app): State<App>,
    on_duty: OnDuty,
    Form(scanned): Form<Scanned>,
) -> Response {
    if let Err(refused) = on_duty.sent(&scanned.csrf) {
        return *refused;
    }
    match look(&app, scanned.code.trim()).await {
        Ok(Found::At(address)) => Redirect::to(&address).into_response(),
        Ok(Found::Nothing(said)) => {
            let body = scan_field(&on_duty, scanned.code.trim(), Some(said));
            page::page(StatusCode::NOT_FOUND, "Tìm hồ sơ", Some(&on_duty), &body)
        }
        Err(error) => page::broken(error),
    }
}

async fn look(app: &App, text: &str) -> Result<Found> {
    let unknown = "Không có hồ sơ nào như vậy.";
    if let Ok(code) = FeedbackCode::parse(text) {
        let mut connection = app.db.acquire().await?;
        let there = store::find(&mut connection, &code).await?.is_some();
        let at = || Found::At(format!("{BASE}/phan-anh/{code}"));
        return Ok(if there {
            at()
        } else {
            Found::Nothing("Không có phản ánh nào như vậy.")
        });
    }
    let config = &app.config;
    let of_token = match meaning(text, &config.trusted_hosts, &config.portal_ids) {
        Ok(Meaning::Dossier { code, .. }) => {
            let mut connection = app.db.acquire().await?;
            let there = dossiers::find(&mut connection, &code).await?.is_some();
            let at = || Found::At(format!("{BASE}/ho-so/{code}"));
            return Ok(if there { at() } else { Found::Nothing(unknown) });
        }
        // The draft is the app's to take; the fragment goes back to the browser, and is kept nowhere.
        Ok(Meaning::HandOver { slot, key }) => {
            return Ok(Found::At(format!("/ban-giao/{slot}#k={key}")));
        }
        Ok(Meaning::CitizenCard(card)) => {
            return Ok(Found::At(format!("{BASE}?so={}", card.number.as_str())));
        }
        Ok(Meaning::OfficeSlip { token }) => ("SELECT dossier FROM slips WHERE token = ?1", token),
        Ok(Meaning::FeeReceipt { token }) => {
            ("SELECT dossier FROM receipts WHERE token = ?1", token)
        }
        Ok(Meaning::Payment { token }) => ("SELECT dossier FROM attempts WHERE token = ?1", token),
        Ok(Meaning::Procedure(_) | Meaning::Confirmation { .. } | Meaning::Transfer(_)) => {
            return Ok(Found::Nothing("Mã này không phải của một hồ sơ."));
        }
        Err(Refusal::NotUnderstood) => {
            let name: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            return Ok(Found::At(format!("{BASE}?ten={name}")));
        }
        Err(Refusal::Empty) => return Ok(Found::Nothing("Chưa có gì trong ô.")),
        Err(_) => return Ok(Found::Nothing("Không hiểu mã này.")),
    };
    let (sql, token) = of_token;
    let row = sqlx::query(sql).bind(token).fetch_optional(&app.db).await?;
    let Some(row) = row else { return Ok(Found::Nothing(unknown)) };
    Ok(Found::At(format!("{BASE}/ho-so/{}", row.try_get::<String, _>("dossier")?)))
}
