//! Feedback as it is read: where one stands, that it changed, and the published answers.

use super::store;
use crate::app::App;
use crate::changes;
use crate::error::{Error, Result};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::feedback::{FeedbackView, PublishedAnswer, PublishedAnswers};
use motcua_domain::date::Moment;
use motcua_domain::feedback::About;
use sqlx::Row;

/// Most answers of the list.
const MOST: i64 = 100;

/// `GET /feedback/{code}`. A stranger with the code sees state and clocks; with a wrong key too.
pub async fn show(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Json<FeedbackView>> {
    let mut connection = app.db.acquire().await?;
    let feedback = store::get(&mut connection, &code).await?;
    let whole = feedback.is_of_sender(&headers);
    Ok(Json(store::view(&app, &mut connection, &feedback, whole).await?))
}

/// `GET /feedback/{code}/events`.
pub async fn watch(State(app): State<App>, Path(code): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let feedback = store::get(&mut connection, &code).await?;
    drop(connection);
    changes::follow(&app, feedback.code.as_str().to_owned())
}

/// `GET /feedback`. In the office's words; of a dossier that it was about nothing is said.
pub async fn list_published(State(app): State<App>) -> Result<Json<PublishedAnswers>> {
    let rows = sqlx::query(
        "SELECT about, published_question, published_answer, published_at FROM feedback \
         WHERE published_at IS NOT NULL AND sample = 0 ORDER BY published_at DESC, code LIMIT ?1",
    )
    .bind(MOST)
    .fetch_all(&app.db)
    .await?;
    let answers = rows.iter().map(|row| {
        let about: About = serde_json::from_str(row.try_get("about")?)?;
        let procedure = match about {
            About::Procedure { code } => Some(code),
            About::Page { .. } | About::Dossier { .. } | About::Office => None,
        };
        Ok::<_, Error>(PublishedAnswer {
            question: row.try_get("published_question")?,
            answer: row.try_get("published_answer")?,
            procedure,
            published_on: Moment(row.try_get("published_at")?).date(),
        })
    });
    Ok(Json(PublishedAnswers { answers: answers.collect::<Result<_>>()? }))
}
