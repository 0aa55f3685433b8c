//! Files that the office gives to the holder of a dossier: drafts and results, each by an address of its
//! own that only holders are told.

use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::secrets;
use crate::uploads::finish::Looked;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::FileView;
use object_store::{ObjectStore, PutPayload};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// Puts a file that was looked at into the store; gives its key. The bytes come first: a row never names
/// a file that is not there.
pub async fn put(app: &App, looked: &Looked, folder: &str) -> Result<NewFile> {
    let key = secrets::token()?;
    let object = format!("{folder}/{}", secrets::token()?);
    let bytes: Bytes = looked.bytes.clone();
    let size = bytes.len() as u64;
    app.files.put(&object.as_str().into(), PutPayload::from_bytes(bytes)).await?;
    Ok(NewFile { key, object, media_type: looked.media_type, size })
}

/// A file whose bytes are stored, and that no row names yet.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Opens it.
    pub key: String,
    /// Where its bytes are.
    pub object: String,
    /// Media type.
    pub media_type: &'static str,
    /// Bytes.
    pub size: u64,
}

/// Binds a file to a dossier, to be saved under a name (without an ending).
pub async fn insert(tx: &mut Tx, file: &NewFile, dossier: &str, name: &str) -> Result<()> {
    let ending = file.media_type.rsplit('/').next().unwrap_or("bin").replace("jpeg", "jpg");
    sqlx::query(
        "INSERT INTO holder_files (key, dossier, name, object, media_type, size) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(&file.key)
    .bind(dossier)
    .bind(format!("{name}.{ending}"))
    .bind(&file.object)
    .bind(file.media_type)
    .bind(i64::try_from(file.size).unwrap_or(i64::MAX))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A file of a joined row (`key`, `media_type`, `size`), as the holder sees it.
pub fn view(app: &App, row: &SqliteRow) -> Result<FileView> {
    let key: String = row.try_get("key")?;
    Ok(FileView {
        address: format!("{}/holder-files/{key}", app.config.api_base),
        media_type: row.try_get("media_type")?,
        size: row.try_get::<i64, _>("size")?.unsigned_abs(),
    })
}

async fn find(connection: &mut SqliteConnection, key: &str) -> Result<SqliteRow> {
    let row = sqlx::query("SELECT name, object, media_type FROM holder_files WHERE key = ?1")
        .bind(key)
        .fetch_optional(connection)
        .await?;
    Ok(row.ok_or(ProblemType::NotFound)?)
}

/// `GET /holder-files/{key}`. What was taken in is a photo drawn anew or a PDF without scripts, so that a
/// phone may show it.
pub async fn give(State(app): State<App>, Path(key): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let row = find(&mut connection, &key).await?;
    drop(connection);
    let object: String = row.try_get("object")?;
    let bytes = app.files.get(&object.as_str().into()).await?.bytes().await?;
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|error| Error::Internal(format!("header: {error}")))
    };
    let name = format!("inline; filename=\"{}\"", row.try_get::<String, _>("name")?);
    let headers = [
        (header::CONTENT_TYPE, value(row.try_get("media_type")?)?),
        (header::CONTENT_DISPOSITION, value(&name)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, bytes).into_response())
}
