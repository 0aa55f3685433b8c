//! The endpoints of slips.

use super::{By, get, sheet};
use crate::app::App;
use crate::dossiers;
use crate::error::{Error, Result};
use crate::receipts::pdf;
use crate::sessions::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::problem::ProblemType;
use motcua_contract::slips::SlipView;

/// `GET /slips/{token}`: masked for anyone, whole for the dossier's holder.
pub async fn show(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Json<SlipView>> {
    let mut connection = app.db.acquire().await?;
    let slip = get(&mut connection, By::Token, &token).await?;
    let dossier = dossiers::get(&mut connection, &slip.dossier).await?;
    let whole = dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    Ok(Json(slip.view(&app, &dossier, whole)))
}

/// `GET /slip-files/{key}`: the slip as PDF. The address is a secret of the holder.
pub async fn give_file(State(app): State<App>, Path(key): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let slip = get(&mut connection, By::FileKey, &key).await?;
    let dossier = dossiers::get(&mut connection, &slip.dossier).await?;
    drop(connection);
    let matter = slip.matter.as_ref().ok_or(ProblemType::NotFound)?;
    let sheet = sheet::sheet_of(&app, &slip, &dossier, matter);
    let name = format!("inline; filename=\"phieu-{}.pdf\"", slip.number);
    // Breaking lines and subsetting a font is work for a while.
    let bytes = tokio::task::spawn_blocking(move || motcua_receipt::pdf(&sheet))
        .await
        .map_err(|why| Error::Internal(why.to_string()))?
        .map_err(|why| Error::Internal(format!("slip: {why}")))?;
    pdf(&name, bytes)
}
