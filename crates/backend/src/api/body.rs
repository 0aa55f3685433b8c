//! JSON bodies: bounded, and refused as problem+json with the place of the fault.

use crate::error::{Error, Result, problem};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use motcua_contract::problem::ProblemType;
use serde::de::DeserializeOwned;

/// Largest JSON body, in bytes: a long form is under 20 kB.
const MAX_BYTES: usize = 256 * 1024;

/// A JSON body.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value.split(';').next().unwrap_or_default().trim() == "application/json"
            });
        if !is_json {
            return Err(problem(
                ProblemType::MalformedBody,
                "content type must be application/json",
            ));
        }
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BYTES).await.map_err(|_| {
            problem(ProblemType::BodyTooLarge, format!("at most {MAX_BYTES} bytes"))
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| problem(ProblemType::MalformedBody, error.to_string()))
    }
}
