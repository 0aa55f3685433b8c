//! Uploads in the database and the object store. Each chunk is an object of its own, written
//! before the offset says so; a whole upload is one object. Knows no HTTP, nor which files will do.

use super::quota;
use crate::app::App;
use crate::database;
use crate::error::{Error, Result};
use crate::secrets;
use bytes::{Bytes, BytesMut};
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::UploadFault;
use motcua_domain::date::Moment;
use object_store::path::Path;
use object_store::{ObjectStore, PutPayload};
use sqlx::Row;

/// An upload that is in no dossier is removed after this long.
pub const LIFETIME_SECONDS: i64 = 7 * 86_400;

/// An upload as stored.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// Bytes in all.
    pub length: u64,
    /// Bytes that arrived.
    pub received: u64,
    /// `Upload-Metadata` as sent.
    pub metadata: String,
    /// SHA-256 of what was sent, in hex, once it is whole and taken.
    pub sha256: Option<String>,
    /// Why it was refused, once it was; its bytes are gone then.
    pub fault: Option<UploadFault>,
    /// Media type of what is kept, once it is taken.
    pub kept_type: Option<String>,
    /// The dossier that it went into.
    pub dossier: Option<String>,
    /// When it is removed unless it goes into a dossier.
    pub expires_at: Moment,
}

/// What is kept of a taken upload.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Media type.
    pub media_type: &'static str,
    /// Bytes.
    pub length: u64,
    /// SHA-256 in hex.
    pub sha256: String,
}

fn bytes_of(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn chunk_path(upload: &str, name: &str) -> Path {
    Path::from(format!("uploads/{upload}/{name}"))
}

/// Where a whole upload's bytes are.
pub fn file_path(upload: &str) -> Path {
    Path::from(format!("files/{upload}"))
}

/// Begins an upload.
pub async fn create(app: &App, owner: &str, length: u64, metadata: &str) -> Result<Upload> {
    let now = app.clock.now();
    quota::check_owner(app, owner, length).await?;
    let id = secrets::token()?;
    let expires_at = now.plus_seconds(LIFETIME_SECONDS);
    sqlx::query(
        "INSERT INTO uploads (id, owner, length, metadata, created_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(&id)
    .bind(owner)
    .bind(sql(length))
    .bind(metadata)
    .bind(now.0)
    .bind(expires_at.0)
    .execute(&app.db)
    .await?;
    Ok(Upload {
        id,
        owner: owner.to_owned(),
        length,
        received: 0,
        metadata: metadata.to_owned(),
        sha256: None,
        fault: None,
        kept_type: None,
        dossier: None,
        expires_at,
    })
}

/// An upload, whoever owns it.
pub async fn find(app: &App, id: &str) -> Result<Option<Upload>> {
    let row =
        sqlx::query("SELECT * FROM uploads WHERE id = ?1").bind(id).fetch_optional(&app.db).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Upload {
        id: row.try_get("id")?,
        owner: row.try_get("owner")?,
        length: bytes_of(row.try_get("length")?),
        received: bytes_of(row.try_get("received")?),
        metadata: row.try_get("metadata")?,
        sha256: row.try_get("sha256")?,
        fault: row.try_get::<Option<String>, _>("fault")?.map(database::from_column).transpose()?,
        kept_type: row.try_get("kept_type")?,
        dossier: row.try_get("dossier")?,
        expires_at: Moment(row.try_get("expires_at")?),
    }))
}

/// An upload of this owner that has not expired. Another's is as good as not there.
pub async fn get_own(app: &App, owner: &str, id: &str) -> Result<Upload> {
    let upload = find(app, id).await?.filter(|upload| upload.owner == owner);
    let upload = upload.ok_or(ProblemType::NotFound)?;
    if upload.dossier.is_none() && upload.expires_at <= app.clock.now() {
        return Err(ProblemType::UploadGone.into());
    }
    Ok(upload)
}

/// Appends a chunk at an offset. Gives the new offset, or `None` when the upload does not end
/// there any more; then nothing changed.
pub async fn append(app: &App, upload: &Upload, at: u64, chunk: Bytes) -> Result<Option<u64>> {
    let length = chunk.len() as u64;
    if length == 0 {
        return Ok(Some(at));
    }
    let object = chunk_path(&upload.id, &format!("{at:012}-{}", secrets::reference()?));
    app.files.put(&object, PutPayload::from_bytes(chunk)).await?;
    let mut tx = database::begin(&app.db).await?;
    let moved = sqlx::query("UPDATE uploads SET received = ?1 WHERE id = ?2 AND received = ?3")
        .bind(sql(at + length))
        .bind(&upload.id)
        .bind(sql(at))
        .execute(&mut *tx)
        .await?;
    if moved.rows_affected() == 0 {
        tx.rollback().await?;
        app.files.delete(&object).await?;
        return Ok(None);
    }
    sqlx::query(
        "INSERT INTO upload_chunks (upload, position, length, object) VALUES (?1, ?2, ?3, ?4)",
    )
    .bind(&upload.id)
    .bind(sql(at))
    .bind(sql(length))
    .bind(object.as_ref())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Some(at + length))
}

/// A whole upload's bytes, from its chunks.
pub async fn join(app: &App, upload: &Upload) -> Result<Bytes> {
    let mut whole = BytesMut::with_capacity(usize::try_from(upload.length).unwrap_or(0));
    for object in chunks(app, &upload.id).await? {
        whole.extend_from_slice(&app.files.get(&object).await?.bytes().await?);
    }
    if whole.len() as u64 != upload.length {
        return Err(Error::Internal(format!("upload {}: chunks do not add up", upload.id)));
    }
    Ok(whole.freeze())
}

async fn chunks(app: &App, id: &str) -> Result<Vec<Path>> {
    let rows = sqlx::query("SELECT object FROM upload_chunks WHERE upload = ?1 ORDER BY position")
        .bind(id)
        .fetch_all(&app.db)
        .await?;
    rows.iter().map(|row| Ok(Path::from(row.try_get::<String, _>("object")?))).collect()
}

/// Notes that an upload is taken and what is kept of it, and clears its chunks away.
pub async fn keep(app: &App, id: &str, sent_type: &str, sha256: &str, kept: &Kept) -> Result<()> {
    sqlx::query(
        "UPDATE uploads SET sha256 = ?1, media_type = ?2, kept_type = ?3, kept_length = ?4, \
         kept_sha256 = ?5 WHERE id = ?6",
    )
    .bind(sha256)
    .bind(sent_type)
    .bind(kept.media_type)
    .bind(sql(kept.length))
    .bind(&kept.sha256)
    .bind(id)
    .execute(&app.db)
    .await?;
    clear_chunks(app, id).await
}

/// Notes why an upload is refused, for as long as it would have lived, and clears its bytes away.
pub async fn refuse(app: &App, id: &str, fault: UploadFault) -> Result<()> {
    sqlx::query("UPDATE uploads SET fault = ?1 WHERE id = ?2")
        .bind(database::to_column(&fault)?)
        .bind(id)
        .execute(&app.db)
        .await?;
    clear_chunks(app, id).await
}

/// Rows last: while one is there, the sweep finds its object.
async fn clear_chunks(app: &App, id: &str) -> Result<()> {
    for object in chunks(app, id).await? {
        delete_if_there(app, &object).await?;
    }
    sqlx::query("DELETE FROM upload_chunks WHERE upload = ?1").bind(id).execute(&app.db).await?;
    Ok(())
}

/// Removes an upload and its bytes.
pub async fn remove(app: &App, id: &str) -> Result<()> {
    let objects = chunks(app, id).await?;
    sqlx::query("DELETE FROM uploads WHERE id = ?1 AND dossier IS NULL")
        .bind(id)
        .execute(&app.db)
        .await?;
    for object in objects {
        delete_if_there(app, &object).await?;
    }
    delete_if_there(app, &file_path(id)).await
}

async fn delete_if_there(app: &App, object: &Path) -> Result<()> {
    match app.files.delete(object).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Removes uploads that expired and went into no dossier. Gives how many.
pub async fn remove_expired(app: &App) -> Result<usize> {
    let rows =
        sqlx::query("SELECT id FROM uploads WHERE dossier IS NULL AND expires_at <= ?1 LIMIT 100")
            .bind(app.clock.now().0)
            .fetch_all(&app.db)
            .await?;
    for row in &rows {
        remove(app, &row.try_get::<String, _>("id")?).await?;
    }
    Ok(rows.len())
}
