//! The endpoints of hand-overs. Either side proves itself by its token; who guesses digits is stopped.

use super::store::{self, HandOver, Side};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database;
use crate::error::{Result, problem};
use crate::misses;
use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::hand_overs::{
    ClaimHandOver, CloseHandOver, HAND_OVER_TOKEN_HEADER, HandOverClaimed, HandOverOpened,
    HandOverView, MAX_MESSAGE_BYTES, MAX_PART_BYTES, MAX_PARTS, OpenHandOver, TellHandOver,
};
use motcua_contract::problem::ProblemType;
use std::net::SocketAddr;

/// The secret of one side, from its header.
pub struct Token(String);

impl FromRequestParts<App> for Token {
    type Rejection = crate::error::Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        let token = parts.headers.get(HAND_OVER_TOKEN_HEADER).and_then(|token| token.to_str().ok());
        token.map(|token| Self(token.to_owned())).ok_or_else(|| ProblemType::MalformedHeader.into())
    }
}

async fn get(app: &App, slot: &str, token: &Token) -> Result<(HandOver, Side)> {
    let found = store::find(app, slot).await?.ok_or(ProblemType::HandOverGone)?;
    let side = found.side_of(&token.0).ok_or(ProblemType::Forbidden)?;
    Ok((found, side))
}

/// `POST /hand-overs`.
pub async fn open(
    State(app): State<App>,
    JsonBody(asked): JsonBody<OpenHandOver>,
) -> Result<(StatusCode, Json<HandOverOpened>)> {
    Ok((StatusCode::CREATED, Json(store::open(&app, asked.purpose).await?)))
}

/// `POST /hand-overs/claims`.
pub async fn claim(
    State(app): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    JsonBody(claim): JsonBody<ClaimHandOver>,
) -> Result<Json<HandOverClaimed>> {
    let mut tx = database::begin(&app.db).await?;
    misses::admit(&app, &mut tx, caller).await?;
    let claimed = store::claim(&app, &mut tx, &claim).await?;
    if claimed.is_none() {
        misses::note(&app, &mut tx, caller).await?;
    }
    tx.commit().await?;
    Ok(Json(claimed.ok_or(ProblemType::HandOverGone)?))
}

/// `GET /hand-overs/{slot}`.
pub async fn show(
    State(app): State<App>,
    token: Token,
    Path(slot): Path<String>,
) -> Result<Json<HandOverView>> {
    let (found, side) = get(&app, &slot, &token).await?;
    let heard = store::heard(&app, &slot, side).await?;
    Ok(Json(HandOverView {
        claimed: found.taker_hash.is_some(),
        taken: found.taken_at.is_some(),
        parts: found.parts,
        heard,
    }))
}

/// `POST /hand-overs/{slot}/messages`.
pub async fn tell(
    State(app): State<App>,
    token: Token,
    Path(slot): Path<String>,
    JsonBody(told): JsonBody<TellHandOver>,
) -> Result<StatusCode> {
    let (_, side) = get(&app, &slot, &token).await?;
    if told.message.len() > MAX_MESSAGE_BYTES {
        return Err(problem(
            ProblemType::BodyTooLarge,
            format!("at most {MAX_MESSAGE_BYTES} bytes"),
        ));
    }
    store::tell(&app, &slot, side, &told.message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /hand-overs/{slot}/parts/{part}`. The same part again replaces it.
pub async fn put_part(
    State(app): State<App>,
    token: Token,
    Path((slot, part)): Path<(String, u32)>,
    body: Body,
) -> Result<StatusCode> {
    let (found, side) = get(&app, &slot, &token).await?;
    if side != Side::Giver || found.parts.is_some() {
        return Err(ProblemType::Forbidden.into());
    }
    if part >= MAX_PARTS {
        return Err(problem(ProblemType::BodyTooLarge, format!("at most {MAX_PARTS} parts")));
    }
    let bytes = axum::body::to_bytes(body, MAX_PART_BYTES).await.map_err(|_| {
        problem(ProblemType::BodyTooLarge, format!("at most {MAX_PART_BYTES} bytes a part"))
    })?;
    store::put_part(&app, &slot, part, &bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /hand-overs/{slot}/close`.
pub async fn close(
    State(app): State<App>,
    token: Token,
    Path(slot): Path<String>,
    JsonBody(closed): JsonBody<CloseHandOver>,
) -> Result<StatusCode> {
    let (_, side) = get(&app, &slot, &token).await?;
    if side != Side::Giver {
        return Err(ProblemType::Forbidden.into());
    }
    if store::close(&app, &slot, closed.parts).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(problem(ProblemType::MalformedBody, "parts are missing"))
    }
}

/// `GET /hand-overs/{slot}/parts/{part}`.
pub async fn get_part(
    State(app): State<App>,
    token: Token,
    Path((slot, part)): Path<(String, u32)>,
) -> Result<Response> {
    let (_, side) = get(&app, &slot, &token).await?;
    if side != Side::Taker {
        return Err(ProblemType::Forbidden.into());
    }
    let bytes = store::find_part(&app, &slot, part).await?.ok_or(ProblemType::NotFound)?;
    let binary = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, binary)], bytes).into_response())
}

/// `DELETE /hand-overs/{slot}`: by the taker it has everything, by the giver it is called off.
pub async fn end(
    State(app): State<App>,
    token: Token,
    Path(slot): Path<String>,
) -> Result<StatusCode> {
    let (_, side) = get(&app, &slot, &token).await?;
    store::end(&app, &slot, side).await?;
    Ok(StatusCode::NO_CONTENT)
}
