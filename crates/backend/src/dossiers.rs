//! Dossiers as stored, and what tracking shows to whom. Knows no submission and no payment.

use crate::app::App;
use crate::database::{Tx, from_column};
use crate::error::{Error, Result};
use crate::fees;
use crate::secrets;
use crate::sessions::Session;
use crate::turns::{self, passes};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::DOSSIER_KEY_HEADER;
use motcua_contract::dossiers::{
    ComponentCount, DossierDetail, DossierView, StatusView, TimelineEntry,
};
use motcua_contract::problem::ProblemType;
use motcua_domain::answers::Answers;
use motcua_domain::behalf::Consent;
use motcua_domain::date::Moment;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::money::Vnd;
use motcua_domain::procedure::ProcedureCode;
use motcua_domain::reuse::{PaperFlags, Reuse};
use motcua_domain::text::Text;
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use subtle::ConstantTimeEq;

/// A dossier as stored.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its code.
    pub code: DossierCode,
    /// SHA-256 of the receipt's key.
    pub key_hash: String,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// What it was called when filed.
    pub procedure_name: Text,
    /// Submitter, by the identity provider.
    pub subject: String,
    /// Submitter's name.
    pub submitter_name: String,
    /// Applicant's name.
    pub applicant_name: String,
    /// Applicant's citizen number.
    pub applicant_number: String,
    /// Applicant's phone; empty where the form asks for none.
    pub applicant_phone: String,
    /// For whom it was filed, by id.
    pub behalf: String,
    /// Whether the applicant confirmed it.
    pub consent: Consent,
    /// The browser that filed it; empty for dossiers of before browsers were told apart.
    pub browser: String,
    /// What was answered.
    pub answers: Answers,
    /// Where it stands.
    pub status: DossierStatus,
    /// Pages of the original, once counted.
    pub pages: Option<u32>,
    /// The exemption that is claimed, unless it was refused.
    pub exempt: Option<ExemptGroup>,
    /// What filing online saved.
    pub saved: Option<Vnd>,
    /// When it was submitted.
    pub submitted_at: Moment,
    /// When the result is due.
    pub appointment: Option<Moment>,
    /// Since when the office waits for the citizen.
    pub waiting_since: Option<Moment>,
    /// Whether the applicant wants no messages about it.
    pub messages_off: bool,
}

/// What is read of the applicant as stored; the name is there too.
#[derive(Deserialize)]
struct Applicant {
    citizen_number: String,
    #[serde(default)]
    phone: String,
}

fn read(row: &SqliteRow) -> Result<Dossier> {
    let status: i64 = row.try_get("status")?;
    let code: String = row.try_get("code")?;
    let procedure: String = row.try_get("procedure")?;
    let exempt: Option<String> = row.try_get("exempt")?;
    let number = |name| row.try_get::<Option<i64>, _>(name);
    let applicant: Applicant = serde_json::from_str(row.try_get("applicant")?)?;
    Ok(Dossier {
        code: DossierCode::parse(&code).map_err(|e| Error::Internal(e.to_string()))?,
        key_hash: row.try_get("key_hash")?,
        procedure: ProcedureCode::parse(&procedure).map_err(|e| Error::Internal(e.to_string()))?,
        procedure_name: serde_json::from_str(row.try_get("procedure_name")?)?,
        subject: row.try_get("subject")?,
        submitter_name: row.try_get("submitter_name")?,
        applicant_name: row.try_get("applicant_name")?,
        applicant_number: applicant.citizen_number,
        applicant_phone: applicant.phone,
        behalf: row.try_get("behalf")?,
        consent: from_column(row.try_get("consent")?)?,
        browser: row.try_get("browser")?,
        answers: serde_json::from_str(row.try_get("answers")?)?,
        status: DossierStatus::from_code(u16::try_from(status).unwrap_or(u16::MAX)),
        pages: number("pages")?.and_then(|pages| u32::try_from(pages).ok()),
        exempt: exempt.map(from_column).transpose()?,
        saved: number("saved")?.map(|saved| Vnd(saved.unsigned_abs())),
        submitted_at: Moment(row.try_get("submitted_at")?),
        appointment: number("appointment")?.map(Moment),
        waiting_since: number("waiting_since")?.map(Moment),
        messages_off: row.try_get("messages_off")?,
    })
}

/// The dossier with this code.
pub async fn find(
    connection: &mut SqliteConnection,
    code: &DossierCode,
) -> Result<Option<Dossier>> {
    let row = sqlx::query("SELECT * FROM dossiers WHERE code = ?1")
        .bind(code.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The dossier with the code of an address; a malformed code is as unknown as any other.
pub async fn get(connection: &mut SqliteConnection, code: &str) -> Result<Dossier> {
    let code = DossierCode::parse(code).map_err(|_| ProblemType::NotFound)?;
    find(connection, &code).await?.ok_or_else(|| ProblemType::NotFound.into())
}

impl Dossier {
    /// Whether the request comes from who filed it, who holds its receipt, or who has a pass to it.
    pub async fn is_held_by(
        &self,
        app: &App,
        connection: &mut SqliteConnection,
        session: Option<&Session>,
        headers: &HeaderMap,
    ) -> Result<bool> {
        if session.and_then(|session| session.subject.as_ref()) == Some(&self.subject) {
            return Ok(true);
        }
        let key = headers.get(DOSSIER_KEY_HEADER).and_then(|value| value.to_str().ok());
        let Some(key) = key else { return Ok(false) };
        if bool::from(secrets::hash(key).as_bytes().ct_eq(self.key_hash.as_bytes())) {
            return Ok(true);
        }
        passes::opens(connection, key, self.code.as_str(), app.clock.now()).await
    }
}

/// A status on the wire, with the national text.
pub fn status_view(status: DossierStatus) -> StatusView {
    let text = match status {
        DossierStatus::Registered => "Mới đăng ký",
        DossierStatus::Accepted => "Được tiếp nhận",
        DossierStatus::Refused => "Không được tiếp nhận",
        DossierStatus::InProgress => "Đang xử lý",
        DossierStatus::SupplementRequested => "Yêu cầu bổ sung giấy tờ",
        DossierStatus::PaymentRequested => "Yêu cầu thực hiện nghĩa vụ tài chính",
        DossierStatus::WithdrawalRequested => "Công dân yêu cầu rút hồ sơ",
        DossierStatus::Stopped => "Dừng xử lý",
        DossierStatus::Done => "Đã xử lý xong",
        DossierStatus::Returned => "Đã trả kết quả",
        DossierStatus::Other(_) => "",
    };
    StatusView { code: status.code(), text: text.to_owned() }
}

/// A dossier as its holder (`whole`) or a stranger sees it.
pub async fn view(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &Dossier,
    whole: bool,
) -> Result<DossierView> {
    let rows =
        sqlx::query("SELECT status, at, unit, note FROM timeline WHERE dossier = ?1 ORDER BY id")
            .bind(dossier.code.as_str())
            .fetch_all(&mut *connection)
            .await?;
    let timeline = rows
        .iter()
        .map(|row| {
            let status = u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(u16::MAX);
            let note: Option<String> = row.try_get("note")?;
            let unit: Option<String> = row.try_get("unit")?;
            Ok(TimelineEntry {
                status: status_view(DossierStatus::from_code(status)),
                at: Moment(row.try_get("at")?),
                unit: unit.filter(|_| whole),
                note: note.filter(|_| whole),
            })
        })
        .collect::<Result<_>>()?;
    let detail = if whole { Some(detail(app, connection, dossier).await?) } else { None };
    Ok(DossierView {
        code: dossier.code.clone(),
        procedure: dossier.procedure.clone(),
        procedure_name: dossier.procedure_name.clone(),
        status: status_view(dossier.status),
        submitted_at: dossier.submitted_at,
        appointment: dossier.appointment,
        waiting_since: dossier.waiting_since,
        as_of: app.clock.now(),
        timeline,
        detail,
    })
}

async fn detail(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &Dossier,
) -> Result<DossierDetail> {
    let code = dossier.code.as_str();
    let components = components(connection, code).await?;
    let fees = fees::of_dossier(connection, code, dossier.status).await?;
    Ok(DossierDetail {
        applicant_name: dossier.applicant_name.clone(),
        submitter_name: dossier.submitter_name.clone(),
        behalf: dossier.behalf.clone(),
        consent: dossier.consent,
        fees: fees.into_iter().map(|fee| fee.view).collect(),
        saved: dossier.saved,
        components,
        turns: turns::of_dossier(app, connection, dossier).await?,
    })
}

/// The components of a dossier, in order, with the files that came with each.
pub async fn components(
    connection: &mut SqliteConnection,
    code: &str,
) -> Result<Vec<ComponentCount>> {
    let rows = sqlx::query(
        "SELECT component, name, files, reused, doubts, digitised, reuse, replacing \
         FROM dossier_components \
         WHERE dossier = ?1 ORDER BY position",
    )
    .bind(code)
    .fetch_all(&mut *connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ComponentCount {
                component: row.try_get("component")?,
                name: serde_json::from_str(row.try_get("name")?)?,
                files: u32::try_from(row.try_get::<i64, _>("files")?).unwrap_or(0),
                reused: row.try_get("reused")?,
                doubts: serde_json::from_str(row.try_get("doubts")?)?,
                flags: PaperFlags {
                    digitised: row.try_get("digitised")?,
                    reuse: Reuse::from_code(
                        u8::try_from(row.try_get::<i64, _>("reuse")?).unwrap_or(0),
                    ),
                    from_national_store: false,
                    replacing_result: row.try_get("replacing")?,
                },
            })
        })
        .collect()
}

/// A step of a dossier.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The status that it reaches.
    pub status: DossierStatus,
    /// When.
    pub at: Moment,
    /// Who has it now; who had it before, where nothing is said.
    pub unit: Option<&'a str>,
    /// What the holder should know.
    pub note: Option<&'a str>,
}

impl Step<'_> {
    /// A step without words.
    pub fn new(status: DossierStatus, at: Moment) -> Self {
        Self { status, at, unit: None, note: None }
    }
}

/// Takes a step: moves the dossier to the status and adds a line to its timeline.
pub async fn take(tx: &mut Tx, code: &DossierCode, step: Step<'_>) -> Result<()> {
    // Since when the citizen is waited for, through all steps that wait.
    sqlx::query(
        "UPDATE dossiers SET status = ?1, \
         waiting_since = CASE WHEN ?4 THEN COALESCE(waiting_since, ?3) END WHERE code = ?2",
    )
    .bind(i64::from(step.status.code()))
    .bind(code.as_str())
    .bind(step.at.0)
    .bind(step.status.waits_for_citizen())
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO timeline (dossier, status, at, unit, note) VALUES (?1, ?2, ?3, COALESCE(?4, \
         (SELECT unit FROM timeline WHERE dossier = ?1 ORDER BY id DESC LIMIT 1)), ?5)",
    )
    .bind(code.as_str())
    .bind(i64::from(step.status.code()))
    .bind(step.at.0)
    .bind(step.unit)
    .bind(step.note)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A fee falls due again: the clock stands still until the money is there, as it does for everybody.
pub async fn wait_for_money(tx: &mut Tx, code: &DossierCode, at: Moment, note: &str) -> Result<()> {
    set_appointment(tx, code, None).await?;
    // Papers that are waited for come with the money: one answer, one status.
    let before = get(tx, code.as_str()).await?.status;
    let waits = before == DossierStatus::SupplementRequested;
    let status = if waits { before } else { DossierStatus::PaymentRequested };
    let step = Step::new(status, at);
    take(tx, code, Step { note: Some(note), ..step }).await
}

/// Sets when the result is due.
pub async fn set_appointment(
    tx: &mut Tx,
    code: &DossierCode,
    appointment: Option<Moment>,
) -> Result<()> {
    sqlx::query("UPDATE dossiers SET appointment = ?1 WHERE code = ?2")
        .bind(appointment.map(|moment| moment.0))
        .bind(code.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// `GET /dossiers/{code}`.
pub async fn track(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Json<DossierView>> {
    let mut connection = app.db.acquire().await?;
    let dossier = get(&mut connection, &code).await?;
    let whole = dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    Ok(Json(view(&app, &mut connection, &dossier, whole).await?))
}
