//! Submitting a dossier: one small JSON that names files already uploaded. Everything is checked
//! with the domain's rules, then written in one transaction with the answer to the idempotency
//! key: a dossier exists whole or not at all, and once.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx};
use crate::dossiers;
use crate::error::{Error, Result, problem};
use crate::fees;
use crate::idempotency::{self, Admission};
use crate::secrets;
use crate::sessions::Citizen;
use crate::uploads::store;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::dossiers::{DossierReceipt, SubmitDossier, SubmittedComponent};
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::answers::Answers;
use motcua_domain::calendar::appointment;
use motcua_domain::date::Moment;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::fee::{Channel, FeeContext, FeeTiming, QuoteLine, quote, total_due};
use motcua_domain::procedure::{Component, Need, Procedure, ServiceLevel};
use motcua_domain::validate;
use sqlx::Row;

/// Most files of one component.
const MAX_FILES: usize = 20;

/// `POST /dossiers`.
pub async fn submit(
    State(app): State<App>,
    citizen: Citizen,
    headers: HeaderMap,
    JsonBody(request): JsonBody<SubmitDossier>,
) -> Result<Response> {
    let scope = format!("{} submit_dossier", citizen.subject);
    let turn = match idempotency::admit(&app, &headers, scope, &request).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let now = app.clock.now();
    let procedure = get_procedure(&app, &request)?;
    let answers = check_answers(procedure, &request.answers, now)?;
    check_components(procedure, &answers, &request.components, now)?;

    let mut tx = database::begin(&app.db).await?;
    let code = next_code(&app, &mut tx, now).await?;
    let key = secrets::token()?;
    let dossier = NewDossier { procedure, answers: &answers, citizen: &citizen, now };
    dossier.insert(&app, &mut tx, &code, &key).await?;
    dossier.attach(&mut tx, &code, &request.components).await?;
    let stored = dossiers::get(&mut tx, code.as_str()).await?;
    let view = dossiers::view(&mut tx, &stored, true).await?;
    let receipt = DossierReceipt { code, key, dossier: view };
    let response = turn.finish(&mut tx, 201, &receipt).await?;
    tx.commit().await?;
    Ok(response)
}

fn get_procedure<'a>(app: &'a App, request: &SubmitDossier) -> Result<&'a Procedure> {
    let procedure = app.catalogue.find(&request.procedure).ok_or(ProblemType::NotFound)?;
    if !procedure.can_be_filed() {
        return Err(ProblemType::ProcedureNotFiled.into());
    }
    if procedure.version != request.form_version {
        let detail = format!("version {} is current", procedure.version);
        return Err(problem(ProblemType::FormOutdated, detail));
    }
    Ok(procedure)
}

fn check_answers(procedure: &Procedure, answers: &Answers, now: Moment) -> Result<Answers> {
    let problems = validate::check(&procedure.form, answers, now.date());
    if problems.is_empty() {
        Ok(validate::relevant(&procedure.form, answers, now.date()))
    } else {
        Err(Problem { fields: problems, ..Problem::new(ProblemType::InvalidAnswers) }.into())
    }
}

/// Every paper that must come is there, and nothing that was not asked.
fn check_components(
    procedure: &Procedure,
    answers: &Answers,
    given: &[SubmittedComponent],
    now: Moment,
) -> Result<()> {
    let needed: Vec<&Component> = procedure.components_needed(answers, now.date()).collect();
    let has = |id: &str| given.iter().any(|part| part.component == id && !part.uploads.is_empty());
    let missing: Vec<String> = needed
        .iter()
        .filter(|component| component.need == Need::Upload && !has(&component.id))
        .map(|component| component.id.clone())
        .collect();
    if !missing.is_empty() {
        return Err(Problem {
            components: missing,
            ..Problem::new(ProblemType::ComponentsMissing)
        }
        .into());
    }
    let takes_files = |id: &str| {
        needed.iter().any(|component| {
            component.id == id && matches!(component.need, Need::Upload | Need::OptionalUpload)
        })
    };
    for (index, part) in given.iter().enumerate() {
        let twice = given[..index].iter().any(|other| other.component == part.component);
        if twice || !takes_files(&part.component) || part.uploads.len() > MAX_FILES {
            return Err(refused_component(
                &part.component,
                "not asked, given twice or too many files",
            ));
        }
    }
    Ok(())
}

fn refused_component(component: &str, detail: &str) -> Error {
    Problem {
        components: vec![component.to_owned()],
        ..Problem::new(ProblemType::UploadInvalid).with_detail(detail)
    }
    .into()
}

/// The next code of the day: agency, day, serial. Taken in the dossier's own transaction, so that
/// no serial is lost or used twice.
async fn next_code(app: &App, tx: &mut Tx, now: Moment) -> Result<DossierCode> {
    let date = now.date();
    let day = format!("{:02}{:02}{:02}", date.year() % 100, date.month(), date.day());
    let row = sqlx::query(
        "INSERT INTO serials (agency, day, last) VALUES (?1, ?2, 1) \
         ON CONFLICT (agency, day) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(&app.settings.agency)
    .bind(&day)
    .fetch_one(&mut **tx)
    .await?;
    let serial: i64 = row.try_get("last")?;
    DossierCode::parse(&format!("{}-{day}-{serial:06}", app.settings.agency))
        .map_err(|error| Error::Internal(format!("agency code: {error}")))
}

/// A dossier that passed all checks.
struct NewDossier<'a> {
    procedure: &'a Procedure,
    answers: &'a Answers,
    citizen: &'a Citizen,
    now: Moment,
}

impl NewDossier<'_> {
    fn fee_lines(&self) -> Vec<QuoteLine> {
        let context = FeeContext {
            channel: Channel::Online,
            filed_on: self.now.date(),
            pages: None,
            answers: self.answers,
        };
        quote(&self.procedure.fees, context)
    }

    /// The clock starts when nothing more is expected of the citizen: neither money at intake nor
    /// the original at the counter.
    fn appointment(&self, app: &App, lines: &[QuoteLine]) -> Option<Moment> {
        let at_intake: Vec<QuoteLine> =
            lines.iter().filter(|line| line.timing == FeeTiming::Intake).cloned().collect();
        let waits =
            !total_due(&at_intake).is_zero() || self.procedure.level == ServiceLevel::Partial;
        if waits {
            return None;
        }
        appointment(self.procedure.time_limit, self.now, &app.catalogue.holidays)
    }

    fn answer(&self, question: Option<&String>) -> String {
        question.and_then(|id| self.answers.find_one(id)).unwrap_or_default().to_owned()
    }

    async fn insert(&self, app: &App, tx: &mut Tx, code: &DossierCode, key: &str) -> Result<()> {
        let questions = self.procedure.applicant.as_ref();
        let applicant = serde_json::json!({
            "name": self.answer(questions.map(|q| &q.name)),
            "citizen_number": self.answer(questions.map(|q| &q.citizen_number)),
            "phone": self.answer(questions.map(|q| &q.phone)),
        });
        let lines = self.fee_lines();
        sqlx::query(
            "INSERT INTO dossiers (code, key_hash, procedure, procedure_name, form_version, subject, \
             submitter_name, applicant_name, applicant, answers, channel, status, submitted_at, appointment) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )
        .bind(code.as_str())
        .bind(secrets::hash(key))
        .bind(self.procedure.code.as_str())
        .bind(serde_json::to_string(&self.procedure.short_name)?)
        .bind(i64::from(self.procedure.version))
        .bind(&self.citizen.subject)
        .bind(&self.citizen.profile.name)
        .bind(self.answer(questions.map(|q| &q.name)))
        .bind(applicant.to_string())
        .bind(serde_json::to_string(self.answers)?)
        .bind(i64::from(Channel::Online.code()))
        .bind(i64::from(DossierStatus::Registered.code()))
        .bind(self.now.0)
        .bind(self.appointment(app, &lines).map(|moment| moment.0))
        .execute(&mut **tx)
        .await?;
        fees::insert(tx, code.as_str(), &lines).await?;
        dossiers::move_to(tx, code, DossierStatus::Registered, self.now, None).await
    }

    /// Binds the files to the dossier: each is this citizen's, whole, in no other dossier, and has
    /// the hash that the phone computed.
    async fn attach(
        &self,
        tx: &mut Tx,
        code: &DossierCode,
        given: &[SubmittedComponent],
    ) -> Result<()> {
        let needed: Vec<&Component> =
            self.procedure.components_needed(self.answers, self.now.date()).collect();
        for (position, component) in needed.iter().enumerate() {
            let uploads = given
                .iter()
                .find(|part| part.component == component.id)
                .map(|part| part.uploads.as_slice())
                .unwrap_or_default();
            sqlx::query(
                "INSERT INTO dossier_components (dossier, position, component, name, files, reused) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(code.as_str())
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(&component.id)
            .bind(serde_json::to_string(&component.name)?)
            .bind(i64::try_from(uploads.len()).unwrap_or(i64::MAX))
            .bind(matches!(component.need, Need::ReplacedByData { .. }))
            .execute(&mut **tx)
            .await?;
            for (page, upload) in uploads.iter().enumerate() {
                let bound = sqlx::query(
                    "UPDATE uploads SET dossier = ?1 WHERE id = ?2 AND owner = ?3 AND sha256 = ?4 \
                     AND received = length AND dossier IS NULL AND expires_at > ?5",
                )
                .bind(code.as_str())
                .bind(&upload.id)
                .bind(&self.citizen.owner)
                .bind(&upload.sha256)
                .bind(self.now.0)
                .execute(&mut **tx)
                .await?;
                if bound.rows_affected() == 0 {
                    return Err(refused_component(
                        &component.id,
                        "unknown, not whole, or another file",
                    ));
                }
                sqlx::query(
                    "INSERT INTO dossier_files (dossier, component, position, upload, sha256) \
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )
                .bind(code.as_str())
                .bind(&component.id)
                .bind(i64::try_from(page).unwrap_or(i64::MAX))
                .bind(&upload.id)
                .bind(&upload.sha256)
                .execute(&mut **tx)
                .await?;
            }
        }
        Ok(())
    }
}

/// Whether the bytes of a dossier's files are where they should be; for tests and audits.
pub async fn files_are_stored(app: &App, code: &DossierCode) -> Result<bool> {
    let rows = sqlx::query("SELECT upload FROM dossier_files WHERE dossier = ?1")
        .bind(code.as_str())
        .fetch_all(&app.db)
        .await?;
    for row in rows {
        let upload: String = row.try_get("upload")?;
        if app.files.head(&store::file_path(&upload)).await.is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}
