//! The tus endpoints. Each answers as tus 1.0.0 says, errors as problem+json.

use super::finish;
use super::protocol::{self, Checksum, check_chunk_type, check_version, dress, number};
use super::store::{self, Upload};
use super::turns::Turn;
use crate::app::App;
use crate::error::{Error, Result, problem};
use crate::sessions::{self, Session};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{TUS_CHECKSUM_ALGORITHMS, TUS_EXTENSIONS, TUS_VERSION};

fn text(value: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(value).map_err(|error| Error::Internal(format!("header: {error}")))
}

/// `OPTIONS /uploads`.
pub async fn discover(State(app): State<App>) -> Result<Response> {
    let max = text(&app.config.max_upload_bytes.to_string())?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(protocol::VERSION, HeaderValue::from_static(TUS_VERSION));
    headers.insert(protocol::EXTENSION, HeaderValue::from_static(TUS_EXTENSIONS));
    headers.insert(protocol::MAX_SIZE, max);
    let algorithms = HeaderValue::from_static(TUS_CHECKSUM_ALGORITHMS);
    headers.insert(protocol::CHECKSUM_ALGORITHM, algorithms);
    Ok(dress(response))
}

/// `POST /uploads`.
pub async fn create(State(app): State<App>, headers: HeaderMap) -> Response {
    protocol::answer(try_create(&app, &headers).await)
}

async fn try_create(app: &App, headers: &HeaderMap) -> Result<Response> {
    check_version(headers)?;
    let length = number(headers, &protocol::LENGTH)?;
    if length == 0 {
        return Err(ProblemType::UploadEmpty.into());
    }
    if length > app.config.max_upload_bytes {
        let detail = format!("at most {} bytes", app.config.max_upload_bytes);
        return Err(problem(ProblemType::UploadTooLarge, detail));
    }
    let metadata = protocol::metadata(headers)?;
    let (session, cookie) = sessions::find_or_create(app, headers).await?;
    let upload = store::create(app, &session.owner, length, &metadata).await?;
    let location = format!("{}/uploads/{}", app.config.api_base, upload.id);
    let mut response = StatusCode::CREATED.into_response();
    let out = response.headers_mut();
    out.insert(header::LOCATION, text(&location)?);
    out.insert(protocol::OFFSET, HeaderValue::from_static("0"));
    out.insert(protocol::EXPIRES, text(&protocol::http_date(upload.expires_at))?);
    if let Some(cookie) = cookie {
        out.insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `HEAD /uploads/{upload}`.
pub async fn offset(
    State(app): State<App>,
    session: Option<Session>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        check_version(&headers)?;
        // Asking means that the client gave up on what it sent before: that request keeps what it has
        // and ends, so that it does not move the offset that is answered here.
        let _turn = app.upload_turns.take(&id).await;
        let upload = get_taken(&app, session, &id).await?;
        if upload.received == upload.length && upload.sha256.is_none() {
            // The process died before it was looked at, or the scanner did not answer.
            finish::finish(&app, &upload).await?;
        }
        let mut response = StatusCode::OK.into_response();
        let out = response.headers_mut();
        out.insert(protocol::OFFSET, text(&upload.received.to_string())?);
        out.insert(protocol::LENGTH, text(&upload.length.to_string())?);
        if !upload.metadata.is_empty() {
            out.insert(protocol::METADATA, text(&upload.metadata)?);
        }
        out.insert(protocol::EXPIRES, text(&protocol::http_date(upload.expires_at))?);
        Ok(response)
    };
    protocol::answer(answer.await)
}

async fn get_own(app: &App, session: Option<Session>, id: &str) -> Result<Upload> {
    let session = session.ok_or(ProblemType::NotFound)?;
    store::get_own(app, &session.owner, id).await
}

/// The same, unless it was refused.
async fn get_taken(app: &App, session: Option<Session>, id: &str) -> Result<Upload> {
    let upload = get_own(app, session, id).await?;
    upload.fault.map_or(Ok(upload), |fault| Err(Error::Fault(fault)))
}

/// `DELETE /uploads/{upload}`.
pub async fn terminate(
    State(app): State<App>,
    session: Option<Session>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        check_version(&headers)?;
        let _turn = app.upload_turns.take(&id).await;
        let upload = get_own(&app, session, &id).await?;
        if upload.dossier.is_some() {
            return Err(ProblemType::Forbidden.into());
        }
        store::remove(&app, &upload.id).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    protocol::answer(answer.await)
}

/// `PATCH /uploads/{upload}`.
pub async fn append(
    State(app): State<App>,
    session: Option<Session>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // A task of its own: when the connection breaks this future is dropped, and what arrived
    // must still be kept.
    let work = async move { try_append(&app, session, &id, &headers, body).await };
    let answer = tokio::spawn(work).await;
    let answer = answer.unwrap_or_else(|error| Err(Error::Internal(format!("append: {error}"))));
    protocol::answer(answer)
}

/// What arrived of a chunk.
struct Arrived {
    bytes: Bytes,
    /// Whether the request came to its end.
    whole: bool,
}

async fn try_append(
    app: &App,
    session: Option<Session>,
    id: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response> {
    check_version(headers)?;
    check_chunk_type(headers)?;
    let at = number(headers, &protocol::OFFSET)?;
    let checksum = Checksum::find(headers)?;
    let mut turn = app.upload_turns.take(id).await;
    let upload = get_taken(app, session, id).await?;
    if at != upload.received {
        return Err(protocol::offset_mismatch(upload.received));
    }
    let arrived = receive(body, upload.length - upload.received, &mut turn).await?;
    if let Some(checksum) = checksum {
        // A checksum covers the whole chunk: a part of it proves nothing. It is kept only where the
        // hash of the whole file will tell.
        let fits = match arrived.whole {
            true => checksum.fits(&arrived.bytes),
            false => protocol::told_sha256(&upload.metadata).is_some(),
        };
        if !fits {
            return Err(ProblemType::UploadChecksumMismatch.into());
        }
    }
    let Some(offset) = store::append(app, &upload, at, arrived.bytes).await? else {
        let has = store::find(app, id).await?.map_or(0, |upload| upload.received);
        return Err(protocol::offset_mismatch(has));
    };
    if !turn.is_current() {
        return Err(ProblemType::RequestInFlight.into());
    }
    if offset == upload.length && upload.sha256.is_none() {
        finish::finish(app, &upload).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let out = response.headers_mut();
    out.insert(protocol::OFFSET, text(&offset.to_string())?);
    out.insert(protocol::EXPIRES, text(&protocol::http_date(upload.expires_at))?);
    Ok(response)
}

/// Takes in a chunk: to its end, to a break, or until a newer request wants the turn.
async fn receive(mut body: Body, room: u64, turn: &mut Turn) -> Result<Arrived> {
    let mut bytes = BytesMut::new();
    loop {
        let frame = tokio::select! {
            frame = body.frame() => frame,
            () = turn.lost() => return Ok(Arrived { bytes: bytes.freeze(), whole: false }),
        };
        match frame {
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                if bytes.len() as u64 + data.len() as u64 > room {
                    return Err(ProblemType::UploadTooLarge.into());
                }
                bytes.extend_from_slice(&data);
            }
            Some(Err(_)) => return Ok(Arrived { bytes: bytes.freeze(), whole: false }),
            None => return Ok(Arrived { bytes: bytes.freeze(), whole: true }),
        }
    }
}
