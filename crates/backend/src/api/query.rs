//! What stands behind the question mark of an address: read by type, refused as problem+json.

use crate::error::{Error, Result, problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::CivilDate;
use serde::Deserialize;
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

/// A period of the query: `from` one day `to` another, both included.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// First day.
    pub from: CivilDate,
    /// Last day, not before the first.
    pub to: CivilDate,
}

impl<S: Send + Sync> FromRequestParts<S> for Period {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Days {
            from: CivilDate,
            to: CivilDate,
        }
        let QueryOf(Days { from, to }) = QueryOf::from_request_parts(parts, state).await?;
        if to < from {
            return Err(problem(ProblemType::MalformedBody, "from: not after to"));
        }
        Ok(Self { from, to })
    }
}
