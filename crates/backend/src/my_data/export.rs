//! All of it as one ZIP, for the person to take along: `du-lieu.json` in an open form (docs/data.md), and
//! the files. It is made while it is sent: at most one piece of a file is in memory.

use super::collect;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Dossier};
use crate::error::{Error, Result};
use crate::sessions::Citizen;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use motcua_contract::my_data::Tie;
use motcua_contract::problem::ProblemType;
use object_store::ObjectStore;
use serde_json::{Value, json};
use sqlx::Row;
use std::io::{self, BufWriter, Write};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The version of the JSON's form.
const FORM: u32 = 1;
/// Bytes that are sent at a time.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow link.
const WAITING: usize = 4;

/// A file of the ZIP.
struct Entry {
    name: String,
    object: String,
}

/// An ending for a media type.
fn ending(media_type: &str) -> String {
    media_type.rsplit('/').next().unwrap_or("bin").replace("jpeg", "jpg")
}

/// The files that this person sent with a dossier.
async fn own_files(tx: &mut Tx, dossier: &Dossier) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT f.upload, f.component, f.position, u.kept_type FROM dossier_files f \
         JOIN uploads u ON u.id = f.upload WHERE f.dossier = ?1 ORDER BY f.component, f.position",
    )
    .bind(dossier.code.as_str())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| {
            let (component, position): (String, i64) =
                (row.try_get("component")?, row.try_get("position")?);
            let kind: Option<String> = row.try_get("kept_type")?;
            let ending = ending(kind.as_deref().unwrap_or_default());
            let upload: String = row.try_get("upload")?;
            Ok(Entry {
                name: format!("tep/{}/{component}-{}.{ending}", dossier.code, position + 1),
                object: crate::uploads::store::file_path(&upload).to_string(),
            })
        })
        .collect()
}

/// The results that the office gave.
async fn results(tx: &mut Tx, dossier: &Dossier) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT object, media_type FROM kept_papers WHERE dossier = ?1 AND origin = 'result' \
         ORDER BY added_at",
    )
    .bind(dossier.code.as_str())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .enumerate()
        .map(|(place, row)| {
            let ending = ending(row.try_get("media_type")?);
            Ok(Entry {
                name: format!("tep/{}/ket-qua-{}.{ending}", dossier.code, place + 1),
                object: row.try_get("object")?,
            })
        })
        .collect()
}

/// The JSON and the list of files. Who filed a dossier gets all that they sent; who it is about gets what
/// it says of them and the result, not what others sent.
async fn gather(app: &App, citizen: &Citizen) -> Result<(String, Vec<Entry>)> {
    let everything = collect::everything(app, citizen).await?;
    let mut tx = app.db.begin().await?;
    let (mut whole, mut entries): (Vec<Value>, Vec<Entry>) = (vec![], vec![]);
    for (dossier, tie) in collect::dossiers_of(&mut tx, citizen).await? {
        let view = dossiers::view(app, &mut tx, &dossier, tie != Tie::About).await?;
        let mut files =
            if tie == Tie::About { vec![] } else { own_files(&mut tx, &dossier).await? };
        files.extend(results(&mut tx, &dossier).await?);
        whole.push(json!({
            "code": dossier.code,
            "tie": tie,
            "answers": collect::answers(app, &dossier, tie)?,
            "course": view,
            "files": files.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(),
        }));
        entries.extend(files);
    }
    tx.rollback().await?;
    let text = serde_json::to_string_pretty(&json!({
        "form": FORM,
        "person": citizen.profile,
        "data": everything,
        "dossiers": whole,
    }))?;
    Ok((text, entries))
}

/// Where the ZIP is written to: the answer's body, piece by piece. Waits while the link is slow.
struct Pipe(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the ZIP. Photos and PDFs are packed already, so nothing is packed again.
fn write(app: &App, handle: &Handle, text: &str, entries: &[Entry], pipe: Pipe) -> io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(PIECE, pipe));
    zip.start_file("du-lieu.json", options)?;
    zip.write_all(text.as_bytes())?;
    for entry in entries {
        zip.start_file(entry.name.as_str(), options)?;
        let path = entry.object.as_str().into();
        let file = handle.block_on(app.files.get(&path)).map_err(io::Error::other)?;
        let mut pieces = file.into_stream();
        while let Some(piece) = handle.block_on(pieces.next()) {
            zip.write_all(&piece.map_err(io::Error::other)?)?;
        }
    }
    zip.finish()?.into_inner().flush()
}

/// `GET /me/data/export`.
pub async fn give(State(app): State<App>, citizen: Citizen) -> Result<Response> {
    let leave = app.exports.clone().try_acquire_owned();
    let leave = leave.map_err(|_| ProblemType::TooManyRequests)?;
    let (text, entries) = gather(&app, &citizen).await?;
    let (sender, receiver) = mpsc::channel(WAITING);
    let handle = Handle::current();
    let day = app.clock.now().date();
    tokio::task::spawn_blocking(move || {
        let failed = sender.clone();
        if let Err(error) = write(&app, &handle, &text, &entries, Pipe(sender)) {
            tracing::warn!("export: {error}");
            // The download breaks off, so that nobody takes half for the whole.
            let _ = failed.blocking_send(Err(error));
        }
        drop(leave);
    });
    let pieces =
        stream::unfold(
            receiver,
            |mut receiver| async move { Some((receiver.recv().await?, receiver)) },
        );
    let mut response = Body::from_stream(pieces).into_response();
    let name = format!("attachment; filename=\"du-lieu-cua-toi-{day}.zip\"");
    for (header, text) in [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::CACHE_CONTROL, "private, no-store"),
        (HeaderName::from_static("content-security-policy"), "sandbox"),
    ] {
        let value = HeaderValue::from_str(text);
        let value = value.map_err(|error| Error::Internal(format!("header: {error}")))?;
        response.headers_mut().insert(header, value);
    }
    Ok(response)
}
