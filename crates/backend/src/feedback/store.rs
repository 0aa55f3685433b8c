//! Feedback as stored, and as it is shown to whom. Knows no request.

use super::photos;
use crate::app::App;
use crate::error::{Error, Result};
use crate::secrets;
use axum::http::HeaderMap;
use motcua_contract::feedback::{
    ClockView, FEEDBACK_KEY_HEADER, FeedbackDetail, FeedbackRefusal, FeedbackView, FeedbackWords,
    StaffFeedback,
};
use motcua_contract::problem::ProblemType;
use motcua_domain::citizen::phone_ending;
use motcua_domain::date::Moment;
use motcua_domain::feedback::{About, Course, FeedbackCode, working_days_left};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use subtle::ConstantTimeEq;

/// Feedback as stored.
#[derive(Debug, Clone)]
pub struct Feedback {
    /// Its code.
    pub code: FeedbackCode,
    /// SHA-256 of its key.
    key_hash: String,
    /// What it is about.
    pub about: About,
    /// Whether it came from the holder of the dossier that it is about.
    pub by_holder: bool,
    /// What was said.
    pub text: String,
    /// The place.
    pub place: Option<String>,
    /// Where messages go.
    pub phone: Option<String>,
    /// What happened, and when.
    pub course: Course,
    /// What the office asked for.
    question: Option<String>,
    /// What was added.
    addition: Option<String>,
    /// The answer.
    pub answer: Option<String>,
    /// Why it was refused.
    reason: Option<String>,
    /// Where to turn to instead.
    advice: Option<String>,
}

fn read(row: &SqliteRow) -> Result<Feedback> {
    let code: String = row.try_get("code")?;
    let at = |name| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(name)?.map(Moment));
    Ok(Feedback {
        code: FeedbackCode::parse(&code).map_err(|e| Error::Internal(e.to_string()))?,
        key_hash: row.try_get("key_hash")?,
        about: serde_json::from_str(row.try_get("about")?)?,
        by_holder: row.try_get("by_holder")?,
        text: row.try_get("body")?,
        place: row.try_get("place")?,
        phone: row.try_get("phone")?,
        course: Course {
            received: Moment(row.try_get("received_at")?),
            asked: at("asked_at")?,
            added: at("added_at")?,
            answered: at("answered_at")?,
            refused: at("refused_at")?,
            published: at("published_at")?,
        },
        question: row.try_get("question")?,
        addition: row.try_get("addition")?,
        answer: row.try_get("answer")?,
        reason: row.try_get("reason")?,
        advice: row.try_get("advice")?,
    })
}

/// The feedback with this code.
pub async fn find(
    connection: &mut SqliteConnection,
    code: &FeedbackCode,
) -> Result<Option<Feedback>> {
    let row = sqlx::query("SELECT * FROM feedback WHERE code = ?1")
        .bind(code.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The feedback with the code of an address; a malformed code is as unknown as any other.
pub async fn get(connection: &mut SqliteConnection, code: &str) -> Result<Feedback> {
    let code = FeedbackCode::parse(code).map_err(|_| ProblemType::NotFound)?;
    find(connection, &code).await?.ok_or_else(|| ProblemType::NotFound.into())
}

/// Feedback that something is owed for, or that the sender is waited for, but for that of guided runs; what
/// is due first before.
pub async fn owed(app: &App) -> Result<Vec<Feedback>> {
    let rows = sqlx::query(
        "SELECT * FROM feedback WHERE refused_at IS NULL AND published_at IS NULL AND sample = 0",
    )
    .fetch_all(&app.db)
    .await?;
    let mut owed: Vec<Feedback> = rows.iter().map(read).collect::<Result<_>>()?;
    let holidays = &app.catalogue.holidays;
    owed.sort_by_key(|one| {
        let due = one.course.due(holidays).map(|clock| clock.last_day);
        (due.is_none(), due, one.course.received)
    });
    Ok(owed)
}

impl Feedback {
    /// Whether the request comes from who sent it.
    pub fn is_of_sender(&self, headers: &HeaderMap) -> bool {
        let key = headers.get(FEEDBACK_KEY_HEADER).and_then(|value| value.to_str().ok());
        let is_key = |key| secrets::hash(key).as_bytes().ct_eq(self.key_hash.as_bytes());
        key.is_some_and(|key| bool::from(is_key(key)))
    }
}

/// Feedback as its sender (`whole`) or a stranger sees it.
pub async fn view(
    app: &App,
    connection: &mut SqliteConnection,
    feedback: &Feedback,
    whole: bool,
) -> Result<FeedbackView> {
    let (now, holidays) = (app.clock.now(), &app.catalogue.holidays);
    let course = &feedback.course;
    let clocks = course.clocks(holidays).into_iter().map(|clock| ClockView {
        task: clock.task,
        last_day: clock.last_day,
        days_left: working_days_left(now.date(), clock.last_day, holidays),
    });
    let clocks = clocks.collect();
    let detail = if whole { Some(detail(connection, feedback).await?) } else { None };
    Ok(FeedbackView {
        code: feedback.code.clone(),
        state: course.state(),
        received_at: course.received,
        as_of: now,
        clocks,
        days_kept: course.days_kept(holidays),
        published_at: course.published,
        detail,
    })
}

async fn detail(connection: &mut SqliteConnection, feedback: &Feedback) -> Result<FeedbackDetail> {
    let course = &feedback.course;
    let said = |words: &Option<String>, at: Option<Moment>| {
        words.clone().zip(at).map(|(words, at)| FeedbackWords { words, at })
    };
    let refusal = feedback.reason.clone().zip(course.refused);
    let photos = photos::of(connection, &feedback.code).await?.len();
    Ok(FeedbackDetail {
        about: feedback.about.clone(),
        text: feedback.text.clone(),
        place: feedback.place.clone(),
        phone_ending: feedback.phone.as_deref().map(|phone| phone_ending(phone).to_owned()),
        photos: u32::try_from(photos).unwrap_or(u32::MAX),
        question: said(&feedback.question, course.asked),
        addition: said(&feedback.addition, course.added),
        answer: said(&feedback.answer, course.answered),
        refusal: refusal.map(|(reason, at)| FeedbackRefusal {
            reason,
            advice: feedback.advice.clone(),
            at,
        }),
    })
}

/// Feedback as staff see it.
pub async fn staff_view(
    app: &App,
    connection: &mut SqliteConnection,
    feedback: &Feedback,
) -> Result<StaffFeedback> {
    Ok(StaffFeedback {
        feedback: view(app, connection, feedback, true).await?,
        phone: feedback.phone.clone(),
        by_holder: feedback.by_holder,
        photos: photos::of(connection, &feedback.code).await?,
    })
}
