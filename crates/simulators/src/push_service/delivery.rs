//! Owns the sender's side: `POST /wpush/v2/{token}` (RFC 8030, 5), refused as Mozilla's service does, with
//! its numbers. Knows no browser.

use super::book::Notice;
use super::{PushService, socket, vapid};
use crate::{random, time};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

/// The largest body that is taken, in bytes (RFC 8030, 7.2).
const MOST: usize = 4_096;
/// The longest topic (RFC 8030, 5.4).
const TOPIC: usize = 32;

/// A refusal in autopush's form.
fn refuse(status: StatusCode, errno: u16, message: &str) -> Response {
    let body = json!({ "code": status.as_u16(), "errno": errno, "error": status.canonical_reason(),
        "message": message });
    (status, Json(body)).into_response()
}

/// `POST /wpush/v2/{token}`.
pub(super) async fn take(
    State(service): State<PushService>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(status) = instead(&service) {
        return refuse(status, 201, "the simulator's switch");
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(channel) = service.book().channels.get(&token).cloned() else {
        return match service.book().ended.contains(&token) {
            true => refuse(StatusCode::GONE, 106, "Subscription is gone"),
            false => refuse(StatusCode::NOT_FOUND, 102, "Invalid URL endpoint"),
        };
    };
    let signed = text("authorization").unwrap_or_default();
    let must_be_signed = channel.key.is_some() || !signed.is_empty();
    let judged = vapid::judge(signed, &service.origin, channel.key.as_deref());
    if let (true, Err(why)) = (must_be_signed, judged) {
        return refuse(StatusCode::UNAUTHORIZED, 109, &why.to_string());
    }
    let Some(ttl) = text("ttl").and_then(|ttl| ttl.parse().ok()) else {
        return refuse(StatusCode::BAD_REQUEST, 111, "Missing TTL header");
    };
    if text("content-encoding") != Some("aes128gcm") {
        return refuse(StatusCode::BAD_REQUEST, 110, "Unknown Content-Encoding");
    }
    if body.len() > MOST {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, 104, "Payload too large");
    }
    let topic = text("topic").map(str::to_owned);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if topic.as_ref().is_some_and(|topic| topic.len() > TOPIC || !topic.chars().all(plain)) {
        return refuse(StatusCode::BAD_REQUEST, 113, "Invalid Topic header");
    }
    let notice = Notice {
        version: random::token(),
        token,
        data: URL_SAFE_NO_PAD.encode(&body),
        bytes: body.len(),
        ttl,
        topic,
        urgency: text("urgency").map(str::to_owned),
        came: time::now(),
        acknowledged: false,
    };
    let place = format!("{}/m/{}", service.origin, notice.version);
    let told = socket::notification(&channel, &notice);
    {
        let mut book = service.book();
        book.keep(notice);
        if let Some(open) = book.open.get(&channel.agent) {
            // A browser that just went away asks for it when it is back.
            let _ = open.send(told);
        }
    }
    let mut answer = StatusCode::CREATED.into_response();
    answer.headers_mut().insert("ttl", HeaderValue::from(ttl));
    if let Ok(place) = HeaderValue::from_str(&place) {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    answer
}

/// What the switch says to answer.
fn instead(service: &PushService) -> Option<StatusCode> {
    let mut book = service.book();
    let answer = book.answer.as_mut()?;
    let status = StatusCode::from_u16(answer.status).ok()?;
    answer.times = answer.times.saturating_sub(1);
    if answer.times == 0 {
        book.answer = None;
    }
    Some(status)
}
