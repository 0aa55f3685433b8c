//! Sending feedback, and adding to it: once for each intent, whole or not at all.

use super::photos;
use super::store::{self, Feedback};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx};
use crate::dossiers;
use crate::error::{Result, problem};
use crate::idempotency::{self, Admission};
use crate::misses;
use crate::secrets;
use crate::serials;
use crate::sessions::Session;
use crate::turns::{needed_within, optional_within};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::feedback::{AddToFeedback, FeedbackReceipt, SendFeedback};
use motcua_contract::problem::ProblemType;
use motcua_domain::citizen::find_phone;
use motcua_domain::feedback::{About, FeedbackCode, MAX_PLACE, MAX_TEXT, counts_against_dossier};
use sqlx::Row;
use std::net::SocketAddr;

/// The series of serials, beside those of dossiers and receipts.
const SERIES: &str = "PA";

/// What was sent, when it passed all checks that need no database.
struct Checked<'a> {
    about: About,
    text: &'a str,
    place: Option<&'a str>,
    phone: Option<String>,
    sample: bool,
}

fn check<'a>(app: &App, sent: &'a SendFeedback) -> Result<Checked<'a>> {
    if sent.sample && !app.settings.demo {
        return Err(ProblemType::SampleRefused.into());
    }
    let phone = sent.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    let wrong = || problem(ProblemType::MalformedBody, "phone: not a phone number");
    let about = sent.about.clone().checked();
    if let About::Procedure { code } = &about
        && app.catalogue.find(code).is_none()
    {
        return Err(problem(ProblemType::MalformedBody, "about: no such procedure"));
    }
    Ok(Checked {
        about,
        text: needed_within(&sent.text, "text", MAX_TEXT)?,
        place: optional_within(sent.place.as_deref(), "place", MAX_PLACE)?,
        phone: phone.map(|phone| find_phone(phone).ok_or_else(wrong)).transpose()?,
        sample: sent.sample,
    })
}

/// `POST /feedback`. Whoever has the idempotency key and the very words gets the same answer again, the key
/// of the feedback included: that is the sender, whose first answer was lost. Each one counts like a try at a
/// code, so that nobody floods the office.
pub async fn send(
    State(app): State<App>,
    session: Option<Session>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    JsonBody(sent): JsonBody<SendFeedback>,
) -> Result<Response> {
    let scope = "anyone send_feedback".to_owned();
    let turn = match idempotency::admit(&app, &headers, scope, &sent).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let checked = check(&app, &sent)?;
    let now = app.clock.now();
    let mut tx = database::begin(&app.db).await?;
    misses::admit(&app, &mut tx, caller).await?;
    misses::note(&app, &mut tx, caller).await?;
    let mut about = Dossier::default();
    if let About::Dossier { code } = &checked.about {
        about = of_dossier(&app, &mut tx, code.as_str(), session.as_ref(), &headers).await?;
    }
    let serial = serials::next(&mut tx, SERIES, &now.date().to_string()).await?;
    let code = FeedbackCode::new(now.date(), u32::try_from(serial).unwrap_or(u32::MAX));
    let key = secrets::token()?;
    sqlx::query(
        "INSERT INTO feedback (code, key_hash, about, dossier, by_holder, body, place, phone, sample, \
         received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .bind(code.as_str())
    .bind(secrets::hash(&key))
    .bind(serde_json::to_string(&checked.about)?)
    .bind(match &checked.about {
        About::Dossier { code } => Some(code.as_str()),
        _ => None,
    })
    .bind(counts_against_dossier(&checked.about, about.by_holder))
    .bind(checked.text)
    .bind(checked.place)
    .bind(&checked.phone)
    .bind(checked.sample || about.sample)
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    let owner = session.as_ref().map(|session| session.owner.as_str()).unwrap_or_default();
    photos::bind(&mut tx, owner, &code, &sent.photos, false, now).await?;
    let feedback = store::get(&mut tx, code.as_str()).await?;
    let view = store::view(&app, &mut tx, &feedback, true).await?;
    let receipt = FeedbackReceipt { code, key, feedback: view };
    let response = turn.finish(&mut tx, 201, &receipt).await?;
    tx.commit().await?;
    Ok(response)
}

/// What is known of the dossier that feedback is about.
#[derive(Debug, Clone, Copy, Default)]
struct Dossier {
    by_holder: bool,
    sample: bool,
}

/// A dossier that was filed elsewhere can be written about too; nobody can show to hold it here.
async fn of_dossier(
    app: &App,
    tx: &mut Tx,
    code: &str,
    session: Option<&Session>,
    headers: &HeaderMap,
) -> Result<Dossier> {
    let row = sqlx::query("SELECT sample FROM dossiers WHERE code = ?1")
        .bind(code)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(Dossier::default()) };
    let dossier = dossiers::get(tx, code).await?;
    let by_holder = dossier.is_held_by(app, tx, session, headers).await?;
    Ok(Dossier { by_holder, sample: row.try_get("sample")? })
}

/// Begins an act of the sender: the feedback under the write lock, when the request has its key.
async fn begin_sent(app: &App, headers: &HeaderMap, code: &str) -> Result<(Tx, Feedback)> {
    let mut tx = database::begin(&app.db).await?;
    let feedback = store::get(&mut tx, code).await?;
    if !feedback.is_of_sender(headers) {
        return Err(ProblemType::Forbidden.into());
    }
    Ok((tx, feedback))
}

/// `POST /feedback/{code}/additions`.
pub async fn add(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(sent): JsonBody<AddToFeedback>,
) -> Result<Response> {
    // Who may not add is told nothing, not even what was added before.
    let (tx, feedback) = begin_sent(&app, &headers, &code).await?;
    drop(tx);
    let scope = format!("{} add_to_feedback", feedback.code);
    let turn = match idempotency::admit(&app, &headers, scope, &sent).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let text = needed_within(&sent.text, "text", MAX_TEXT)?;
    let (mut tx, feedback) = begin_sent(&app, &headers, &code).await?;
    if !feedback.course.takes_addition() {
        return Err(problem(ProblemType::WrongStatus, "nothing is asked for"));
    }
    let now = app.clock.now();
    sqlx::query("UPDATE feedback SET addition = ?1, added_at = ?2 WHERE code = ?3")
        .bind(text)
        .bind(now.0)
        .bind(feedback.code.as_str())
        .execute(&mut *tx)
        .await?;
    let owner = session.as_ref().map(|session| session.owner.as_str()).unwrap_or_default();
    photos::bind(&mut tx, owner, &feedback.code, &sent.photos, true, now).await?;
    let feedback = store::get(&mut tx, feedback.code.as_str()).await?;
    let view = store::view(&app, &mut tx, &feedback, true).await?;
    let response = turn.finish(&mut tx, 200, &view).await?;
    tx.commit().await?;
    Ok(response)
}
