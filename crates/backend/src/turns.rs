//! What comes after filing. Each turn is a file: what staff do, what the citizen answers, and what the
//! dossier's page shows of it. What is allowed is the domain's (`desk`, `turns`).

pub mod appointments;
pub mod calendar_file;
pub mod drafts;
pub mod endings;
pub mod holder_files;
pub mod messages;
pub mod passes;
pub mod ratings;
pub mod results;
pub mod supplements;
pub mod withdrawals;

use crate::app::App;
use crate::audit;
use crate::database::{self, Tx};
use crate::dossiers::{self, Dossier};
use crate::error::{Result, problem};
use crate::push::devices;
use crate::sessions::Session;
use crate::slips;
use crate::staff::Staff;
use axum::Json;
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::Turns;
use motcua_domain::desk::Act;
use motcua_domain::turns::{MAX_WORDS, words_within};
use sqlx::SqliteConnection;

/// Begins an act of staff: the dossier under the write lock, when this role may do this to it now. The
/// act stands in the audit log once the transaction is committed.
pub async fn begin(
    app: &App,
    staff: &Staff,
    code: &str,
    act: Act,
    detail: Option<&str>,
) -> Result<(Tx, Dossier)> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, code).await?;
    staff.may(act, dossier.status)?;
    let code = Some(dossier.code.as_str());
    audit::note(&mut tx, staff, act.id(), code, detail, app.clock.now()).await?;
    Ok((tx, dossier))
}

/// Begins an act of the citizen: the dossier under the write lock, when it is theirs.
pub async fn begin_held(
    app: &App,
    session: Option<&Session>,
    headers: &HeaderMap,
    code: &str,
) -> Result<(Tx, Dossier)> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, code).await?;
    if !dossier.is_held_by(app, &mut tx, session, headers).await? {
        return Err(ProblemType::Forbidden.into());
    }
    Ok((tx, dossier))
}

/// Commits, and gives the dossier as its holder sees it now.
pub async fn end(app: &App, mut tx: Tx, code: &str) -> Result<Json<DossierView>> {
    let dossier = dossiers::get(&mut tx, code).await?;
    let view = dossiers::view(app, &mut tx, &dossier, true).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// Words that must be there, as they are kept.
pub fn needed<'a>(text: &'a str, name: &str) -> Result<&'a str> {
    needed_within(text, name, MAX_WORDS)
}

/// The same, with at most so many characters.
pub fn needed_within<'a>(text: &'a str, name: &str, most: usize) -> Result<&'a str> {
    let wrong = || problem(ProblemType::MalformedBody, format!("{name}: 1 to {most}"));
    words_within(text, most).map_err(|_| wrong())
}

/// Words that may be there.
pub fn optional<'a>(text: Option<&'a str>, name: &str) -> Result<Option<&'a str>> {
    optional_within(text, name, MAX_WORDS)
}

/// The same, with at most so many characters.
pub fn optional_within<'a>(
    text: Option<&'a str>,
    name: &str,
    most: usize,
) -> Result<Option<&'a str>> {
    let given = text.filter(|text| !text.trim().is_empty());
    given.map(|text| needed_within(text, name, most)).transpose()
}

/// What came after filing, as the holder sees it.
pub async fn of_dossier(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &Dossier,
) -> Result<Turns> {
    let code = dossier.code.as_str();
    Ok(Turns {
        supplement: supplements::find(app, connection, dossier).await?,
        withdrawal: withdrawals::find(connection, code).await?,
        ending: endings::find(connection, code).await?,
        draft: drafts::find(app, connection, code).await?,
        apology: appointments::find_apology(connection, code).await?,
        result: results::find(app, connection, code).await?,
        delivery: results::find_delivery(connection, code).await?,
        messages: (!dossier.applicant_phone.is_empty()).then_some(!dossier.messages_off),
        devices: devices::of_dossier(connection, code).await?,
        rating: ratings::find(connection, code).await?,
        slips: slips::of_dossier(connection, code).await?,
    })
}
