//! Who the caller is at the office, and the turns that set a price: the page count, a claimed exemption.
//! A bearer token stands for the office's other systems.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database::{self, to_column};
use crate::dossiers::{self, Dossier, Step};
use crate::error::{Result, problem};
use crate::fees;
use crate::payments::settle::restart_clock;
use crate::turns;
use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::header;
use axum::http::request::Parts;
use motcua_contract::dossiers::{ChangeStatus, DecideExemption, DossierView, EnterPageCount};
use motcua_contract::problem::ProblemType;
use motcua_domain::desk::{Act, Role};
use motcua_domain::dossier::DossierStatus;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::fee::{Channel, FeeContext, QuoteLine, quote};
use subtle::ConstantTimeEq;

/// Most pages that are believed.
const MAX_PAGES: u32 = 2_000;
/// Most characters of a reason.
const MAX_REASON: usize = 500;

/// Proof that the caller is staff, and who.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Their name, for the audit log.
    pub who: String,
    /// What they do.
    pub role: Role,
}

impl Staff {
    /// Who has a dossier that they worked on last.
    pub fn unit(&self) -> &'static str {
        self.role.unit()
    }

    /// Whether they may do this to a dossier in this status.
    pub fn may(&self, act: Act, status: DossierStatus) -> Result<()> {
        if !act.is_of(self.role) {
            return Err(problem(ProblemType::Forbidden, format!("not for {}", self.role.id())));
        }
        if !act.fits(status) {
            let detail = format!("{} does not fit status {}", act.id(), status.code());
            return Err(problem(ProblemType::WrongStatus, detail));
        }
        Ok(())
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = crate::error::Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let given = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        let token =
            app.settings.staff_token.as_ref().map(|token| token.expose()).unwrap_or_default();
        let same = bool::from(given.as_bytes().ct_eq(token.as_bytes()));
        if token.is_empty() || !same {
            return Err(ProblemType::Forbidden.into());
        }
        Ok(Self { who: "system".to_owned(), role: Role::System })
    }
}

/// `POST /staff/dossiers/{code}/status`.
pub async fn change_status(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(change): JsonBody<ChangeStatus>,
) -> Result<Json<DossierView>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    let next = DossierStatus::from_code(change.status);
    if !dossier.status.may_become(next) {
        let detail = format!("{} cannot become {}", dossier.status.code(), next.code());
        return Err(problem(ProblemType::WrongStatus, detail));
    }
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    audit::note(&mut tx, &staff, "change_status", Some(code), None, now).await?;
    let step = Step { note: change.note.as_deref(), ..Step::new(next, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    turns::end(&app, tx, code).await
}

/// Prices are changed while the office works on a dossier; a withdrawal is decided first.
pub fn must_be_open(dossier: &Dossier) -> Result<()> {
    if dossier.status.is_final() || dossier.status == DossierStatus::WithdrawalRequested {
        return Err(ProblemType::WrongStatus.into());
    }
    Ok(())
}

/// A dossier's lines as the rules of its filing day price them.
fn priced(
    app: &App,
    dossier: &Dossier,
    pages: Option<u32>,
    exempt: Option<ExemptGroup>,
) -> Result<Vec<QuoteLine>> {
    let procedure = app.catalogue.find(&dossier.procedure).ok_or(ProblemType::NotFound)?;
    let context = FeeContext {
        channel: Channel::Online,
        filed_on: dossier.submitted_at.date(),
        pages,
        exempt,
        answers: &dossier.answers,
    };
    Ok(quote(&procedure.fees, context))
}

/// `POST /staff/dossiers/{code}/exemption`. What was claimed is decided once; each decision is kept.
pub async fn decide_exemption(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(decision): JsonBody<DecideExemption>,
) -> Result<Json<DossierView>> {
    let reason = decision.reason.as_deref().map(str::trim).unwrap_or_default();
    if reason.chars().count() > MAX_REASON || (!decision.accepted && reason.is_empty()) {
        return Err(problem(ProblemType::MalformedBody, format!("reason: 1 to {MAX_REASON}")));
    }
    let said = if decision.accepted { "accepted" } else { "refused" };
    let (mut tx, dossier) =
        turns::begin(&app, &staff, &code, Act::DecideExemption, Some(said)).await?;
    let group = dossier
        .exempt
        .ok_or_else(|| problem(ProblemType::WrongStatus, "no exemption is claimed"))?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    sqlx::query(
        "INSERT INTO exemption_decisions (dossier, exempt, accepted, reason, at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(code)
    .bind(to_column(&group)?)
    .bind(decision.accepted)
    .bind((!reason.is_empty()).then_some(reason))
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    let name = group.name().vi;
    if decision.accepted {
        fees::accept_exemption(&mut tx, code, group).await?;
        let note = format!("Được miễn phí: {name}. {reason}");
        let step = Step { note: Some(note.trim()), ..Step::new(dossier.status, now) };
        dossiers::take(&mut tx, &dossier.code, Step { unit: Some(staff.unit()), ..step }).await?;
    } else {
        let lines = priced(&app, &dossier, dossier.pages, None)?;
        fees::refuse_exemption(&mut tx, code, &lines).await?;
        sqlx::query("UPDATE dossiers SET exempt = NULL WHERE code = ?1")
            .bind(code)
            .execute(&mut *tx)
            .await?;
        let lines = fees::of_dossier(&mut tx, code, DossierStatus::PaymentRequested).await?;
        let note = format!("Không được miễn phí theo diện: {name}. {reason}");
        if lines.iter().any(|fee| fee.view.payable) {
            dossiers::wait_for_money(&mut tx, &dossier.code, now, &note).await?;
        } else {
            let step = Step { note: Some(&note), ..Step::new(dossier.status, now) };
            dossiers::take(&mut tx, &dossier.code, Step { unit: Some(staff.unit()), ..step })
                .await?;
        }
    }
    turns::end(&app, tx, code).await
}

/// `POST /staff/dossiers/{code}/page-count`.
pub async fn enter_page_count(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(count): JsonBody<EnterPageCount>,
) -> Result<Json<DossierView>> {
    if !(1..=MAX_PAGES).contains(&count.pages) {
        return Err(problem(ProblemType::MalformedBody, format!("pages: 1 to {MAX_PAGES}")));
    }
    let said = count.pages.to_string();
    let (mut tx, dossier) = turns::begin(&app, &staff, &code, Act::EnterPages, Some(&said)).await?;
    let lines = priced(&app, &dossier, Some(count.pages), dossier.exempt)?;
    fees::price_waiting(&mut tx, dossier.code.as_str(), &lines).await?;
    sqlx::query("UPDATE dossiers SET pages = ?1 WHERE code = ?2")
        .bind(i64::from(count.pages))
        .bind(dossier.code.as_str())
        .execute(&mut *tx)
        .await?;
    let now = app.clock.now();
    let to_pay = fees::of_dossier(&mut tx, dossier.code.as_str(), DossierStatus::PaymentRequested)
        .await?
        .iter()
        .any(|fee| fee.view.payable);
    // While papers are waited for they still are, and the clock stands still.
    let waits = dossier.status == DossierStatus::SupplementRequested;
    let next = match (waits, to_pay) {
        (true, _) => dossier.status,
        (false, true) => DossierStatus::PaymentRequested,
        (false, false) => DossierStatus::InProgress,
    };
    let note = format!("Bản chính có {} trang.", count.pages);
    let step = Step { unit: Some(staff.unit()), note: Some(&note), ..Step::new(next, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    if !to_pay && !waits {
        restart_clock(&app, &mut tx, &dossier, now).await?;
    }
    turns::end(&app, tx, dossier.code.as_str()).await
}
