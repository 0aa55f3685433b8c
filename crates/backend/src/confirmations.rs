//! The applicant's word that a dossier was filed in their name. The question goes out as a link or
//! six digits; the answer comes from another browser than the one that filed, with the last digits
//! of the applicant's own number, or from staff at the counter.
//!
//! The answer is a sign for the office, not a proof: who filed typed the applicant's number and may
//! have a second phone. The last digits keep out who only found the link.

mod store;

pub use store::remove_expired;

use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database::{self, Tx, to_column};
use crate::dossiers::{self, Dossier, Step};
use crate::error::Result;
use crate::misses;
use crate::sessions::Session;
use crate::staff::Staff;
use crate::turns::withdrawals;
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use motcua_contract::confirmations::{
    ConfirmationFound, ConfirmationOpened, ConfirmationView, DecideConfirmation, FindConfirmation,
};
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_domain::behalf::Consent;
use sqlx::SqliteConnection;
use std::net::SocketAddr;
use subtle::ConstantTimeEq;

/// How many of the applicant's last digits are asked for.
const LAST_DIGITS: usize = 4;

/// `POST /dossiers/{code}/confirmations`. A new question ends the one before.
pub async fn open(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<ConfirmationOpened>)> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    if !dossier.is_held_by(&app, &mut tx, session.as_ref(), &headers).await? {
        return Err(ProblemType::Forbidden.into());
    }
    must_wait(&dossier)?;
    let opened = store::open(&app, &mut tx, &dossier.code).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(opened)))
}

/// `POST /confirmations/claims`.
pub async fn find_by_digits(
    State(app): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    JsonBody(asked): JsonBody<FindConfirmation>,
) -> Result<Json<ConfirmationFound>> {
    let mut tx = database::begin(&app.db).await?;
    misses::admit(&app, &mut tx, caller).await?;
    let found = store::find_by_digits(&app, &mut tx, &asked.digits).await?;
    if found.is_none() {
        misses::note(&app, &mut tx, caller).await?;
    }
    tx.commit().await?;
    let token = found.ok_or(ProblemType::ConfirmationGone)?;
    Ok(Json(ConfirmationFound { token }))
}

/// `GET /confirmations/{token}`.
pub async fn show(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
) -> Result<Json<ConfirmationView>> {
    let mut connection = app.db.acquire().await?;
    let dossier = get_dossier(&app, &mut connection, &token).await?;
    Ok(Json(view(&dossier, is_own(&dossier, session.as_ref()))))
}

/// `POST /confirmations/{token}`.
pub async fn decide(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
    JsonBody(decision): JsonBody<DecideConfirmation>,
) -> Result<Json<ConfirmationView>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = get_dossier(&app, &mut tx, &token).await?;
    if is_own(&dossier, session.as_ref()) {
        return Err(ProblemType::ConfirmationOwn.into());
    }
    must_wait(&dossier)?;
    if !are_last_digits(&decision.last_digits, &dossier.applicant_number) {
        store::note_wrong_digits(&mut tx, &dossier.code).await?;
        tx.commit().await?;
        return Err(ProblemType::ConfirmationMismatch.into());
    }
    let consent = if decision.agreed { Consent::Agreed } else { Consent::Refused };
    settle(&app, &mut tx, &dossier, consent).await?;
    let dossier = dossiers::get(&mut tx, dossier.code.as_str()).await?;
    tx.commit().await?;
    Ok(Json(view(&dossier, false)))
}

/// `POST /staff/dossiers/{code}/confirmation`.
pub async fn at_counter(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<DossierView>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    must_wait(&dossier)?;
    let at = app.clock.now();
    audit::note(&mut tx, &staff, "confirm_at_counter", Some(dossier.code.as_str()), None, at)
        .await?;
    settle(&app, &mut tx, &dossier, Consent::AgreedAtCounter).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    let view = dossiers::view(&app, &mut tx, &dossier, true).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// The dossier that a link asks about, as long as the question stands. It goes on standing once it
/// is answered, so that who answered can see what they said.
async fn get_dossier(app: &App, connection: &mut SqliteConnection, token: &str) -> Result<Dossier> {
    let code = store::find_dossier(app, connection, token).await?;
    let code = code.ok_or(ProblemType::ConfirmationGone)?;
    dossiers::get(connection, &code).await
}

fn must_wait(dossier: &Dossier) -> Result<()> {
    match dossier.consent {
        Consent::Waiting => Ok(()),
        _ => Err(ProblemType::WrongStatus.into()),
    }
}

/// Whether the request comes from who filed it: the same person on any browser, or the same browser
/// with anyone on it or nobody. An applicant who is signed in is known by more than four digits, so
/// that a family with one phone can answer on it.
fn is_own(dossier: &Dossier, session: Option<&Session>) -> bool {
    let Some(session) = session else { return false };
    if session.subject.as_ref() == Some(&dossier.subject) {
        return true;
    }
    let number = session.profile.as_ref().and_then(|profile| profile.citizen_number.as_deref());
    if number == Some(dossier.applicant_number.as_str()) {
        return false;
    }
    // Sessions and dossiers of before browsers were told apart have none.
    !dossier.browser.is_empty() && session.browser == dossier.browser
}

/// Whether these are the last digits of a number, compared in constant time.
fn are_last_digits(given: &str, number: &str) -> bool {
    let last = number.len().checked_sub(LAST_DIGITS).and_then(|start| number.get(start..));
    last.is_some_and(|last| bool::from(last.as_bytes().ct_eq(given.as_bytes())))
}

fn view(dossier: &Dossier, own: bool) -> ConfirmationView {
    ConfirmationView {
        procedure_name: dossier.procedure_name.clone(),
        submitter_name: dossier.submitter_name.clone(),
        applicant_masked: masked(&dossier.applicant_name),
        submitted_at: dossier.submitted_at,
        consent: dossier.consent,
        own,
    }
}

/// First word and the initials of the others: who is meant knows it, a stranger does not.
fn masked(name: &str) -> String {
    let words = name.split_whitespace().enumerate().map(|(index, word)| match index {
        0 => word.to_owned(),
        _ => word.chars().take(1).chain(['.']).collect(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Keeps the answer. A no asks for the dossier's withdrawal, which the office looks at; where it
/// cannot be withdrawn any more, the note is all.
async fn settle(app: &App, tx: &mut Tx, dossier: &Dossier, consent: Consent) -> Result<()> {
    sqlx::query("UPDATE dossiers SET consent = ?1 WHERE code = ?2")
        .bind(to_column(&consent)?)
        .bind(dossier.code.as_str())
        .execute(&mut **tx)
        .await?;
    let note = match consent {
        Consent::Refused => "Người yêu cầu cho biết không nhờ nộp hồ sơ này.",
        Consent::AgreedAtCounter => "Người yêu cầu đã xác nhận tại quầy.",
        _ => "Người yêu cầu đã xác nhận trên máy khác.",
    };
    let now = app.clock.now();
    if consent == Consent::Refused && dossier.status.may_be_withdrawn() {
        return withdrawals::note_wish(tx, dossier, note, note, now).await;
    }
    let step = Step { note: Some(note), ..Step::new(dossier.status, now) };
    dossiers::take(tx, &dossier.code, step).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_is_known_to_its_owner_only() {
        assert_eq!(masked("Phạm Văn Đức"), "Phạm V. Đ.");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn four_digits_and_no_fewer() {
        assert!(are_last_digits("1736", "030189011736"));
        for given in ["", "736", "11736", "1737", "030189011736", "１７３６"] {
            assert!(!are_last_digits(given, "030189011736"), "{given}");
        }
        assert!(!are_last_digits("", ""));
    }
}
