//! What stands behind the question mark of an address: read by type, refused as problem+json.

use crate::error::{Error, Result, problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use motcua_contract::problem::ProblemType;
use serde::de::DeserializeOwned;

/// The query of an address.
#[derive(Debug)]
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(query)| Self(query))
            .map_err(|error| problem(ProblemType::MalformedBody, format!("query: {error}")))
    }
}
