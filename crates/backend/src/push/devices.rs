//! Which device wants the notices of which dossier: chosen, moved, forgotten. Sends nothing.

use super::sealed::Seal;
use super::services;
use crate::api::body::JsonBody;
use crate::app::App;
use crate::consents;
use crate::database::{self, Tx};
use crate::error::{Result, problem};
use crate::secrets;
use crate::sessions::Session;
use crate::turns::{begin_held, end};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::push::{ChoosePush, PushDevice, RenewPush};
use motcua_domain::consent::Purpose;
use sqlx::{Row, SqliteConnection};

/// Most devices of a dossier: the applicant's, who filed it for them, a few of the family.
const DEVICES: usize = 8;
/// Longest address of a device, in bytes.
const MAX_ENDPOINT: usize = 1_000;

/// What is wrong with a device, if anything.
fn judge(app: &App, device: &PushDevice) -> Result<()> {
    if device.endpoint.len() > MAX_ENDPOINT || services::origin_of(app, &device.endpoint).is_none()
    {
        return Err(ProblemType::UnknownPushService.into());
    }
    if Seal::read(&device.keys).is_none() {
        let detail = "keys: a point of P-256 and 16 bytes, in base64url";
        return Err(problem(ProblemType::MalformedBody, detail));
    }
    Ok(())
}

async fn put(tx: &mut Tx, dossier: &str, device: &PushDevice, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO push_devices (dossier, endpoint, p256dh, auth, since) \
         VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (dossier, endpoint) DO UPDATE SET p256dh = ?3, auth = ?4",
    )
    .bind(dossier)
    .bind(&device.endpoint)
    .bind(&device.keys.p256dh)
    .bind(&device.keys.auth)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `POST /dossiers/{code}/push`. Who wants no more gets nothing that still waits either.
pub async fn choose(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(choice): JsonBody<ChoosePush>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let code = dossier.code.as_str();
    if choice.wanted {
        judge(&app, &choice.device)?;
        put(&mut tx, code, &choice.device, app.clock.now().0).await?;
        if of_dossier(&mut tx, code).await?.len() > DEVICES {
            return Err(problem(
                ProblemType::TooManyRequests,
                format!("at most {DEVICES} devices"),
            ));
        }
    } else {
        sqlx::query("DELETE FROM push_devices WHERE dossier = ?1 AND endpoint = ?2")
            .bind(code)
            .bind(&choice.device.endpoint)
            .execute(&mut *tx)
            .await?;
    }
    let said = (Purpose::Push, choice.wanted, choice.shown);
    consents::note_choice(&mut tx, session.as_ref(), code, said, app.clock.now()).await?;
    end(&app, tx, code).await
}

/// `POST /push-renewals`. Nobody learns whether there is such a device.
pub async fn renew(
    State(app): State<App>,
    JsonBody(renewal): JsonBody<RenewPush>,
) -> Result<StatusCode> {
    judge(&app, &renewal.device)?;
    let mut tx = database::begin(&app.db).await?;
    let device = &renewal.device;
    sqlx::query(
        "UPDATE OR IGNORE push_devices SET endpoint = ?1, p256dh = ?2, auth = ?3 WHERE endpoint = ?4",
    )
    .bind(&device.endpoint)
    .bind(&device.keys.p256dh)
    .bind(&device.keys.auth)
    .bind(&renewal.endpoint)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The devices that get the notices of a dossier, as the contract names them.
pub async fn of_dossier(connection: &mut SqliteConnection, dossier: &str) -> Result<Vec<String>> {
    let rows = sqlx::query("SELECT endpoint FROM push_devices WHERE dossier = ?1 ORDER BY id")
        .bind(dossier)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let endpoint: String = row.try_get("endpoint")?;
            Ok(secrets::hash(&endpoint).chars().take(32).collect())
        })
        .collect()
}

/// Ends the notices of a dossier, on all devices.
pub async fn forget_all(tx: &mut Tx, dossier: &str) -> Result<()> {
    sqlx::query("DELETE FROM push_devices WHERE dossier = ?1")
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets a device that its push service does not know any more, for all dossiers, with what waits for it.
pub async fn forget(app: &App, id: i64) -> Result<()> {
    sqlx::query(
        "DELETE FROM push_devices \
         WHERE endpoint = (SELECT endpoint FROM push_devices WHERE id = ?1)",
    )
    .bind(id)
    .execute(&app.db)
    .await?;
    Ok(())
}
