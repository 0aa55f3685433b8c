//! The endpoints of receipts.

use super::{By, get, sheet};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database;
use crate::dossiers;
use crate::error::{Error, Result, problem};
use crate::fees;
use crate::payments::attempts;
use crate::payments::drivers::{Driver, platform_bill};
use crate::payments::ledger;
use crate::sessions::Session;
use crate::staff::{Staff, must_be_open};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::problem::ProblemType;
use motcua_contract::receipts::{ReceiptState, ReceiptView, VoidReceipt};
use motcua_domain::payment::FeeState;

/// Most characters of a reason.
const MAX_REASON: usize = 500;

/// `GET /receipts/{token}`: masked for anyone, whole for the dossier's holder.
pub async fn show(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Json<ReceiptView>> {
    let mut connection = app.db.acquire().await?;
    let receipt = get(&mut connection, By::Token, &token).await?;
    let dossier = dossiers::get(&mut connection, &receipt.dossier).await?;
    let whole = dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    Ok(Json(receipt.view(&app, &dossier, whole)))
}

/// `GET /receipt-files/{key}`: the receipt as PDF. The address is a secret of the holder.
pub async fn give_file(State(app): State<App>, Path(key): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let receipt = get(&mut connection, By::FileKey, &key).await?;
    let dossier = dossiers::get(&mut connection, &receipt.dossier).await?;
    drop(connection);
    let sheet = sheet::sheet_of(&app, &receipt, &dossier);
    let name = format!("inline; filename=\"bien-lai-{}.pdf\"", receipt.number);
    // Breaking lines and subsetting a font is work for a while.
    let bytes = tokio::task::spawn_blocking(move || motcua_receipt::pdf(&sheet))
        .await
        .map_err(|why| Error::Internal(why.to_string()))?
        .map_err(|why| Error::Internal(format!("receipt: {why}")))?;
    pdf(&name, bytes)
}

/// `GET /receipt-files/{key}/platform`: the receipt that the national platform made.
pub async fn give_platform_file(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let receipt = get(&mut connection, By::FileKey, &key).await?;
    let token = receipt.attempt.filter(|_| receipt.channel == Driver::Platform.id());
    let token = token.ok_or(ProblemType::NotFound)?;
    let attempt = attempts::get(&mut connection, &token).await?;
    drop(connection);
    let bytes = platform_bill(&app, &attempt).await?;
    pdf(&format!("inline; filename=\"bien-lai-dvcqg-{}.pdf\"", receipt.number), bytes)
}

/// A PDF that the browser shows under a name.
pub fn pdf(name: &str, bytes: Vec<u8>) -> Result<Response> {
    let name = HeaderValue::from_str(name).map_err(|why| Error::Internal(why.to_string()))?;
    let kind = HeaderValue::from_static("application/pdf");
    let private = HeaderValue::from_static("private, no-store");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, private),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST /staff/receipts/{token}/void`: cash that was noted by mistake. The receipt says so from now on,
/// the ledger has the reverse, and the fee falls due again.
pub async fn void(
    State(app): State<App>,
    staff: Staff,
    Path(token): Path<String>,
    JsonBody(request): JsonBody<VoidReceipt>,
) -> Result<Json<ReceiptView>> {
    let reason = request.reason.trim();
    if reason.is_empty() || reason.chars().count() > MAX_REASON {
        return Err(problem(ProblemType::MalformedBody, format!("reason: 1 to {MAX_REASON}")));
    }
    let mut tx = database::begin(&app.db).await?;
    let receipt = get(&mut tx, By::Token, &token).await?;
    let dossier = dossiers::get(&mut tx, &receipt.dossier).await?;
    must_be_open(&dossier)?;
    // Money of a gateway goes back by the gateway, and the receipt follows it.
    if receipt.channel != "cash" || receipt.state != ReceiptState::Valid {
        return Err(problem(ProblemType::WrongStatus, "not a valid receipt of cash"));
    }
    let (code, now) = (Some(receipt.dossier.as_str()), app.clock.now());
    audit::note(&mut tx, &staff, "void_receipt", code, Some(&receipt.number), now).await?;
    sqlx::query("UPDATE receipts SET voided_at = ?1, reason = ?2 WHERE token = ?3")
        .bind(now.0)
        .bind(reason)
        .bind(&token)
        .execute(&mut *tx)
        .await?;
    ledger::note_cash_undone(
        &mut tx,
        &receipt.dossier,
        &receipt.fee,
        &receipt.number,
        receipt.amount,
        now,
    )
    .await?;
    fees::set_state(&mut tx, &receipt.dossier, &receipt.fee, FeeState::Due).await?;
    let note = format!("Đã hủy biên lai {}: {reason}", receipt.number);
    dossiers::wait_for_money(&mut tx, &dossier.code, now, &note).await?;
    let receipt = get(&mut tx, By::Token, &token).await?;
    let view = receipt.view(&app, &dossier, true);
    tx.commit().await?;
    Ok(Json(view))
}
