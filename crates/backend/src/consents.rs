//! The one ledger of consents: what a person agreed to and took back, with the words that were shown. It
//! only grows. What a withdrawal stops at once is here too; who asks before doing something calls
//! [`allows`].

use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx};
use crate::error::{Result, problem};
use crate::outbox;
use crate::push::devices;
use crate::secrets;
use crate::sessions::{Citizen, Session};
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::my_data::{ConsentEntry, ConsentState, SetConsent};
use motcua_contract::problem::ProblemType;
use motcua_domain::consent::{Purpose, Shown, Words};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use sqlx::{Row, SqliteConnection};

/// What somebody said.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Who, by the identity provider; `holder of …` for who opened a dossier without signing in.
    pub subject: &'a str,
    /// For what.
    pub purpose: Purpose,
    /// Given, or taken back.
    pub given: bool,
    /// About which dossier; none for everything of the purpose.
    pub dossier: Option<&'a str>,
    /// About which paper; empty for none.
    pub about: &'a str,
    /// The words that were shown; none for drafts of before words were kept.
    pub shown: Option<Shown>,
    /// When, by the citizen's device.
    pub said_at: Moment,
}

/// Writes it down. Words that never were are refused.
pub async fn note(tx: &mut Tx, said: &Said<'_>, now: Moment) -> Result<()> {
    let unknown = || problem(ProblemType::MalformedBody, "shown: no such words");
    let words =
        said.shown.map(|shown| shown.words(said.purpose).ok_or_else(unknown)).transpose()?;
    sqlx::query(
        "INSERT INTO consents (subject, purpose, dossier, about, said_at, heard_at, given, version, \
         language, words_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .bind(said.subject)
    .bind(said.purpose.id())
    .bind(said.dossier)
    .bind(said.about)
    .bind(said.said_at.0)
    .bind(now.0)
    .bind(said.given)
    .bind(said.shown.map(|shown| i64::from(shown.version)))
    .bind(said.shown.map(|shown| if shown.vietnamese { "vi" } else { "en" }))
    .bind(words.map(secrets::hash))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down a choice about one dossier, of whoever has it open.
pub async fn note_choice(
    tx: &mut Tx,
    session: Option<&Session>,
    code: &str,
    (purpose, given, shown): (Purpose, bool, Option<Shown>),
    now: Moment,
) -> Result<()> {
    let holder = format!("holder of {code}");
    let subject = session.and_then(|session| session.subject.as_deref()).unwrap_or(&holder);
    let said =
        Said { subject, purpose, given, dossier: Some(code), about: "", shown, said_at: now };
    note(tx, &said, now).await
}

/// Whether a person did not take everything of a purpose back: the last word about no dossier counts.
/// It allows nothing by itself: each use is agreed to by its own act.
pub async fn allows(
    connection: &mut SqliteConnection,
    subject: &str,
    purpose: Purpose,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT given FROM consents WHERE subject = ?1 AND purpose = ?2 AND dossier IS NULL \
         AND about = '' ORDER BY id DESC LIMIT 1",
    )
    .bind(subject)
    .bind(purpose.id())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get("given")).transpose()?.unwrap_or(true))
}

/// Where each purpose stands that this person ever said something about.
pub async fn states(connection: &mut SqliteConnection, subject: &str) -> Result<Vec<ConsentState>> {
    let mut states = vec![];
    for purpose in Purpose::ALL {
        let row = sqlx::query(
            "SELECT heard_at FROM consents WHERE subject = ?1 AND purpose = ?2 ORDER BY id DESC LIMIT 1",
        )
        .bind(subject)
        .bind(purpose.id())
        .fetch_optional(&mut *connection)
        .await?;
        let Some(row) = row else { continue };
        let given = allows(connection, subject, purpose).await?;
        states.push(ConsentState { purpose, given, at: Moment(row.try_get("heard_at")?) });
    }
    Ok(states)
}

/// Everything that this person said, newest first.
pub async fn ledger(connection: &mut SqliteConnection, subject: &str) -> Result<Vec<ConsentEntry>> {
    let rows = sqlx::query("SELECT * FROM consents WHERE subject = ?1 ORDER BY id DESC")
        .bind(subject)
        .fetch_all(connection)
        .await?;
    let mut entries = vec![];
    for row in rows {
        let Some(purpose) = Purpose::find(row.try_get("purpose")?) else { continue };
        let version: Option<i64> = row.try_get("version")?;
        let version = version.and_then(|version| u16::try_from(version).ok());
        let vietnamese = row.try_get::<Option<String>, _>("language")?.as_deref() != Some("en");
        let words = version.and_then(|version| Words::find(purpose, version));
        let dossier: Option<String> = row.try_get("dossier")?;
        entries.push(ConsentEntry {
            purpose,
            given: row.try_get("given")?,
            at: Moment(row.try_get("heard_at")?),
            dossier: dossier.and_then(|code| DossierCode::parse(&code).ok()),
            words: words.map(|words| words.get(vietnamese).to_owned()),
            version,
            words_sha256: row.try_get("words_sha256")?,
        });
    }
    Ok(entries)
}

/// The dossiers of which a person is the applicant, and, where `filed`, those that they filed.
async fn dossiers_of(tx: &mut Tx, citizen: &Citizen, filed: bool) -> Result<Vec<String>> {
    let sql = "SELECT code FROM dossiers WHERE json_extract(applicant, '$.citizen_number') = NULLIF(?1, '') \
               OR (?2 AND subject = ?3)";
    let codes = sqlx::query_scalar(sql)
        .bind(&citizen.profile.citizen_number)
        .bind(filed)
        .bind(&citizen.subject)
        .fetch_all(&mut **tx)
        .await?;
    Ok(codes)
}

/// What follows at once for what is there already: messages to the person as applicant stop or come again;
/// no device gets notices any more about what the person filed or is the applicant of.
async fn carry_out(tx: &mut Tx, citizen: &Citizen, purpose: Purpose, given: bool) -> Result<()> {
    match purpose {
        Purpose::Messages => {
            for code in dossiers_of(tx, citizen, false).await? {
                outbox::choose(tx, &code, given).await?;
            }
        }
        Purpose::Push if !given => {
            for code in dossiers_of(tx, citizen, true).await? {
                devices::forget_all(tx, &code).await?;
            }
        }
        Purpose::Push | Purpose::Reuse => {}
    }
    Ok(())
}

/// A dossier that was just filed follows what its submitter said of messages, where it is their own.
pub async fn follow(tx: &mut Tx, citizen: &Citizen, code: &str) -> Result<()> {
    let Some(number) = &citizen.profile.citizen_number else { return Ok(()) };
    if allows(tx, &citizen.subject, Purpose::Messages).await? {
        return Ok(());
    }
    sqlx::query(
        "UPDATE dossiers SET messages_off = 1 \
         WHERE code = ?1 AND json_extract(applicant, '$.citizen_number') = ?2",
    )
    .bind(code)
    .bind(number)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `POST /me/consents/{purpose}`.
pub async fn set(
    State(app): State<App>,
    citizen: Citizen,
    Path(purpose): Path<String>,
    JsonBody(wanted): JsonBody<SetConsent>,
) -> Result<Json<ConsentState>> {
    let purpose = Purpose::find(&purpose).ok_or(ProblemType::NotFound)?;
    let mut tx = database::begin(&app.db).await?;
    let (now, given) = (app.clock.now(), wanted.given);
    let said = Said {
        subject: &citizen.subject,
        purpose,
        given,
        dossier: None,
        about: "",
        shown: Some(wanted.shown),
        said_at: now,
    };
    note(&mut tx, &said, now).await?;
    carry_out(&mut tx, &citizen, purpose, given).await?;
    tx.commit().await?;
    Ok(Json(ConsentState { purpose, given, at: now }))
}
