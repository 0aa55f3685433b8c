//! What staff do with feedback. Each act with its audit line and its message is one transaction.

use super::store::{self, Feedback};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database::{self, Tx};
use crate::error::{Result, problem};
use crate::outbox;
use crate::staff::Staff;
use crate::turns::{needed_within, optional_within};
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::feedback::{
    AnswerFeedback, AskSender, PublishFeedback, RefuseFeedback, StaffFeedback, StaffFeedbackList,
};
use motcua_contract::problem::ProblemType;
use motcua_domain::feedback::{Act, MAX_ANSWER, find_personal};

/// Why nothing is done: it was done, or its days are over.
pub const DOES_NOT_FIT: &str = "the feedback does not stand so, or the days for it are over";

/// `GET /staff/feedback`.
pub async fn list(State(app): State<App>, staff: Staff) -> Result<Json<StaffFeedbackList>> {
    let owed = store::owed(&app).await?;
    let mut tx = database::begin(&app.db).await?;
    let mut feedback = Vec::with_capacity(owed.len());
    for one in &owed {
        feedback.push(store::staff_view(&app, &mut tx, one).await?);
        audit::note_reading(&mut tx, &staff, one.code.as_str(), app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(Json(StaffFeedbackList { feedback }))
}

/// Begins an act: the feedback under the write lock, when this role may do this to it now.
async fn begin(app: &App, staff: &Staff, code: &str, act: Act) -> Result<(Tx, Feedback)> {
    let mut tx = database::begin(&app.db).await?;
    let feedback = store::get(&mut tx, code).await?;
    if !act.is_of(staff.role) {
        return Err(problem(ProblemType::Forbidden, format!("not for {}", staff.role.id())));
    }
    let now = app.clock.now();
    if !feedback.course.takes(act, now.date(), &app.catalogue.holidays) {
        return Err(problem(ProblemType::WrongStatus, DOES_NOT_FIT));
    }
    audit::note(&mut tx, staff, act.id(), Some(feedback.code.as_str()), None, now).await?;
    Ok((tx, feedback))
}

/// Tells the sender, where a phone was left, and commits.
async fn end(
    app: &App,
    mut tx: Tx,
    feedback: &Feedback,
    told: Option<(Act, &str)>,
) -> Result<Json<StaffFeedback>> {
    let code = &feedback.code;
    if let (Some((act, what)), Some(phone)) = (told, &feedback.phone) {
        let words = format!("{what} {code}. Xem: {}/phan-anh/{code}", app.settings.origin);
        outbox::write_of_feedback(&mut tx, code, phone, act.id(), &words, app.clock.now()).await?;
    }
    let feedback = store::get(&mut tx, code.as_str()).await?;
    let view = store::staff_view(app, &mut tx, &feedback).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// `POST /staff/feedback/{code}/question`.
pub async fn ask(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<AskSender>,
) -> Result<Json<StaffFeedback>> {
    let question = needed_within(&wanted.question, "question", MAX_ANSWER)?;
    let (mut tx, feedback) = begin(&app, &staff, &code, Act::Ask).await?;
    sqlx::query("UPDATE feedback SET question = ?1, asked_at = ?2 WHERE code = ?3")
        .bind(question)
        .bind(app.clock.now().0)
        .bind(feedback.code.as_str())
        .execute(&mut *tx)
        .await?;
    end(&app, tx, &feedback, Some((Act::Ask, "Xã cần bạn nói thêm về phản ánh"))).await
}

/// `POST /staff/feedback/{code}/answer`.
pub async fn answer(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(given): JsonBody<AnswerFeedback>,
) -> Result<Json<StaffFeedback>> {
    let answer = needed_within(&given.answer, "answer", MAX_ANSWER)?;
    let (mut tx, feedback) = begin(&app, &staff, &code, Act::Answer).await?;
    sqlx::query("UPDATE feedback SET answer = ?1, answered_at = ?2 WHERE code = ?3")
        .bind(answer)
        .bind(app.clock.now().0)
        .bind(feedback.code.as_str())
        .execute(&mut *tx)
        .await?;
    end(&app, tx, &feedback, Some((Act::Answer, "Xã đã trả lời phản ánh"))).await
}

/// `POST /staff/feedback/{code}/refusal`.
pub async fn refuse(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(given): JsonBody<RefuseFeedback>,
) -> Result<Json<StaffFeedback>> {
    let reason = needed_within(&given.reason, "reason", MAX_ANSWER)?;
    let advice = optional_within(given.advice.as_deref(), "advice", MAX_ANSWER)?;
    let (mut tx, feedback) = begin(&app, &staff, &code, Act::Refuse).await?;
    sqlx::query("UPDATE feedback SET reason = ?1, advice = ?2, refused_at = ?3 WHERE code = ?4")
        .bind(reason)
        .bind(advice)
        .bind(app.clock.now().0)
        .bind(feedback.code.as_str())
        .execute(&mut *tx)
        .await?;
    end(&app, tx, &feedback, Some((Act::Refuse, "Xã không tiếp nhận phản ánh"))).await
}

/// `POST /staff/feedback/{code}/publication`. In words in which nobody can be found, as far as that can be
/// looked for. The sender is not told once more.
pub async fn publish(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(given): JsonBody<PublishFeedback>,
) -> Result<Json<StaffFeedback>> {
    let question = needed_within(&given.question, "question", MAX_ANSWER)?;
    let answer = needed_within(&given.answer, "answer", MAX_ANSWER)?;
    if let Some(personal) = find_personal(question).or_else(|| find_personal(answer)) {
        return Err(problem(ProblemType::PersonalData, personal.to_string()));
    }
    let (mut tx, feedback) = begin(&app, &staff, &code, Act::Publish).await?;
    sqlx::query(
        "UPDATE feedback SET published_question = ?1, published_answer = ?2, published_at = ?3 \
         WHERE code = ?4",
    )
    .bind(question)
    .bind(answer)
    .bind(app.clock.now().0)
    .bind(feedback.code.as_str())
    .execute(&mut *tx)
    .await?;
    end(&app, tx, &feedback, None).await
}
