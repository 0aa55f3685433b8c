//! A dossier's files for staff: which there are, and each as an attachment that no browser opens in our
//! name. What a citizen gets back is `papers`'.

use super::store::{self, file_path};
use crate::app::App;
use crate::audit;
use crate::database;
use crate::dossiers;
use crate::error::{Error, Result};
use crate::staff::Staff;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{StaffFile, StaffFiles};
use object_store::ObjectStore;
use sqlx::Row;

/// Nothing in the file may run, load or be shown, whatever a browser takes it for.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// `GET /staff/dossiers/{code}/files`. Who looks reads the dossier, which is noted.
pub async fn list(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<StaffFiles>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    let rows = sqlx::query(
        "SELECT f.upload, f.component, f.position, f.sha256 AS sent, \
         u.kept_type, u.kept_length, u.kept_sha256 \
         FROM dossier_files f JOIN uploads u ON u.id = f.upload \
         WHERE f.dossier = ?1 ORDER BY f.component, f.position",
    )
    .bind(dossier.code.as_str())
    .fetch_all(&mut *tx)
    .await?;
    audit::note_reading(&mut tx, &staff, dossier.code.as_str(), app.clock.now()).await?;
    tx.commit().await?;
    let files = rows.iter().map(|row| {
        Ok(StaffFile {
            id: row.try_get("upload")?,
            component: row.try_get("component")?,
            position: u32::try_from(row.try_get::<i64, _>("position")?).unwrap_or(u32::MAX),
            sent_sha256: row.try_get("sent")?,
            media_type: row.try_get("kept_type")?,
            length: u64::try_from(row.try_get::<i64, _>("kept_length")?).unwrap_or(0),
            sha256: row.try_get("kept_sha256")?,
        })
    });
    Ok(Json(StaffFiles { files: files.collect::<Result<_>>()? }))
}

/// `GET /staff/files/{upload}`. Noted for each file.
pub async fn give(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response> {
    let upload = store::find(&app, &id).await?.ok_or(ProblemType::NotFound)?;
    let dossier = upload.dossier.as_deref().ok_or(ProblemType::NotFound)?;
    let media_type = upload.kept_type.as_deref().ok_or(ProblemType::NotFound)?;
    let file = app.files.get(&file_path(&upload.id)).await?;
    let mut tx = database::begin(&app.db).await?;
    let (detail, now) = (Some(upload.id.as_str()), app.clock.now());
    audit::note(&mut tx, &staff, "read_file", Some(dossier), detail, now).await?;
    tx.commit().await?;
    let length = file.meta.size;
    let mut response = Body::from_stream(file.into_stream()).into_response();
    let headers: &mut HeaderMap = response.headers_mut();
    let mut put = |name: HeaderName, text: &str| -> Result<()> {
        let value = HeaderValue::from_str(text);
        headers.insert(name, value.map_err(|error| Error::Internal(format!("header: {error}")))?);
        Ok(())
    };
    let ending = media_type.rsplit('/').next().unwrap_or_default().replace("jpeg", "jpg");
    put(header::CONTENT_TYPE, media_type)?;
    put(header::CONTENT_LENGTH, &length.to_string())?;
    // What the citizen called it may hold anything; the id is ours.
    put(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}.{ending}\"", upload.id))?;
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff")?;
    put(header::CONTENT_SECURITY_POLICY, POLICY)?;
    put(header::CACHE_CONTROL, "no-store")?;
    Ok(response)
}
