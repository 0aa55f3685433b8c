//! What a person changes at once, without the office: files under way, other sign-ins, where messages about
//! a dossier of theirs go.

use super::collect;
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database;
use crate::dossiers::{self, Step};
use crate::error::{Result, problem};
use crate::sessions::Citizen;
use crate::uploads::store;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use motcua_contract::my_data::{ChangeContact, MyDossier, Tie};
use motcua_contract::problem::ProblemType;
use motcua_domain::citizen::find_phone;
use sqlx::Row;

/// `DELETE /me/uploads`: what went into no dossier. What did is the dossier's.
pub async fn remove_uploads(State(app): State<App>, citizen: Citizen) -> Result<StatusCode> {
    let rows = sqlx::query("SELECT id FROM uploads WHERE owner = ?1 AND dossier IS NULL")
        .bind(&citizen.owner)
        .fetch_all(&app.db)
        .await?;
    for row in rows {
        store::remove(&app, &row.try_get::<String, _>("id")?).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /me/sessions`: all sign-ins but the one that asks.
pub async fn end_other_sessions(State(app): State<App>, citizen: Citizen) -> Result<StatusCode> {
    sqlx::query("DELETE FROM sessions WHERE subject = ?1 AND id_hash <> ?2")
        .bind(&citizen.subject)
        .bind(&citizen.session)
        .execute(&app.db)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /me/dossiers/{code}/contact`. The applicant's right alone: who filed for somebody must not lead
/// the messages to that person away. What was sent to the old phone opens nothing any more; what the form
/// declared stays as it was declared.
pub async fn change_contact(
    State(app): State<App>,
    citizen: Citizen,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<ChangeContact>,
) -> Result<Json<MyDossier>> {
    let phone = find_phone(&wanted.phone)
        .ok_or_else(|| problem(ProblemType::MalformedBody, "phone: not a phone number"))?;
    let mut tx = database::begin(&app.db).await?;
    let (dossier, tie) = collect::get_tied(&mut tx, &citizen, &code).await?;
    if tie == Tie::Filed {
        return Err(ProblemType::Forbidden.into());
    }
    if dossier.status.is_final() {
        return Err(problem(ProblemType::WrongStatus, "the dossier came to its end"));
    }
    let code = dossier.code.as_str();
    sqlx::query(
        "UPDATE dossiers SET applicant = json_set(applicant, '$.phone', ?1) WHERE code = ?2",
    )
    .bind(&phone)
    .bind(code)
    .execute(&mut *tx)
    .await?;
    let pending = "UPDATE messages SET phone = ?1 WHERE dossier = ?2 AND sent_at IS NULL \
                   AND gave_up IS NULL AND kind <> 'pass'";
    sqlx::query(pending).bind(&phone).bind(code).execute(&mut *tx).await?;
    for void in
        ["DELETE FROM one_time_codes WHERE dossier = ?1", "DELETE FROM passes WHERE dossier = ?1"]
    {
        sqlx::query(void).bind(code).execute(&mut *tx).await?;
    }
    let note = "Người yêu cầu đã đổi số điện thoại nhận tin nhắn.";
    let step = Step::new(dossier.status, app.clock.now());
    dossiers::take(&mut tx, &dossier.code, Step { note: Some(note), ..step }).await?;
    let dossier = dossiers::get(&mut tx, code).await?;
    tx.commit().await?;
    Ok(Json(collect::view(&dossier, tie)))
}
