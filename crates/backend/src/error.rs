//! Errors of the backend and how they go out: problem+json with a stable type. A fault of our own
//! is logged with a number and goes out with that number only.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::problem::{CONTENT_TYPE, Problem, ProblemType};
use motcua_contract::uploads::UploadFault;

/// What a handler fails with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller can do something about it.
    #[error("{}: {}", .0.title, .0.detail.as_deref().unwrap_or("-"))]
    Problem(Box<Problem>),
    /// A sent file will not do.
    #[error("file: {}", .0.id())]
    Fault(UploadFault),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The object store failed.
    #[error("object store: {0}")]
    Files(#[from] object_store::Error),
    /// Stored JSON cannot be read, or ours cannot be written.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// No random numbers.
    #[error(transparent)]
    Randomness(#[from] crate::secrets::NoRandomness),
    /// Anything else that should not happen.
    #[error("{0}")]
    Internal(String),
}

/// The result of handlers and of what they call.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<ProblemType> for Error {
    fn from(kind: ProblemType) -> Self {
        Problem::new(kind).into()
    }
}

/// A problem with a detail for developers, as an error.
pub fn problem(kind: ProblemType, detail: impl Into<String>) -> Error {
    Problem::new(kind).with_detail(detail).into()
}

impl Error {
    /// The problem that goes out.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Problem(problem) => *problem,
            Self::Fault(fault) => Problem::new(fault.problem_type()).with_detail(fault.id()),
            fault => {
                let number = crate::secrets::reference().unwrap_or_default();
                tracing::error!(%number, "{fault}");
                Problem::new(ProblemType::Internal).with_detail(format!("fault {number}"))
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        problem_response(&self.into_problem())
    }
}

/// A problem as a response.
pub fn problem_response(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}
