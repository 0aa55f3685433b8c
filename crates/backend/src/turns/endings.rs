//! Ends without a result: refused at intake (form 03), or stopped later (notice of stopping). Each says
//! why, by which rule, and what the citizen can do now.

use super::{begin, end, needed, optional, supplements, withdrawals};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Dossier, Step};
use crate::error::{Result, problem};
use crate::outbox;
use crate::slips;
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::slips::SlipMatter;
use motcua_contract::turns::{EndDossier, EndingView};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use sqlx::{Row, SqliteConnection};

/// `POST /staff/dossiers/{code}/refusal`.
pub async fn refuse(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(ending): JsonBody<EndDossier>,
) -> Result<Json<DossierView>> {
    if optional(ending.basis.as_deref(), "basis")?.is_none() {
        return Err(problem(ProblemType::MalformedBody, "basis: needed to refuse"));
    }
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Refuse, None).await?;
    end_with(&app, &mut tx, &dossier, &staff, &ending, true).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// `POST /staff/dossiers/{code}/stop`.
pub async fn stop(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(ending): JsonBody<EndDossier>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Stop, None).await?;
    end_with(&app, &mut tx, &dossier, &staff, &ending, false).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// Ends a dossier: what it waited for it waits for no more.
pub async fn end_with(
    app: &App,
    tx: &mut Tx,
    dossier: &Dossier,
    staff: &Staff,
    ending: &EndDossier,
    refused: bool,
) -> Result<()> {
    let reason = needed(&ending.reason, "reason")?;
    let basis = optional(ending.basis.as_deref(), "basis")?;
    let advice = optional(ending.advice.as_deref(), "advice")?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    sqlx::query(
        "INSERT INTO endings (dossier, refused, reason, basis, advice, at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(code)
    .bind(refused)
    .bind(reason)
    .bind(basis)
    .bind(advice)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    supplements::lapse(tx, code, now).await?;
    withdrawals::drop_fees(tx, dossier).await?;
    dossiers::set_appointment(tx, &dossier.code, None).await?;
    let (status, kind, said) = if refused {
        (DossierStatus::Refused, "refused", "không được tiếp nhận")
    } else {
        (DossierStatus::Stopped, "stopped", "đã dừng giải quyết")
    };
    let step = Step { unit: Some(staff.unit()), note: Some(reason), ..Step::new(status, now) };
    dossiers::take(tx, &dossier.code, step).await?;
    let (reason, basis) = (reason.to_owned(), basis.map(str::to_owned));
    let advice = advice.map(str::to_owned);
    let matter = if refused {
        SlipMatter::Refusal { reason, basis, advice }
    } else {
        SlipMatter::Stop { reason, basis, advice }
    };
    slips::issue(app, tx, code, &matter).await?;
    let words = format!("Hồ sơ {} {said}. Lý do ở trang hồ sơ.", dossier.code);
    outbox::tell(app, tx, dossier, kind, &words).await?;
    Ok(())
}

/// How a dossier ended without a result.
pub async fn find(connection: &mut SqliteConnection, dossier: &str) -> Result<Option<EndingView>> {
    let row =
        sqlx::query("SELECT refused, reason, basis, advice, at FROM endings WHERE dossier = ?1")
            .bind(dossier)
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(EndingView {
            refused: row.try_get("refused")?,
            reason: row.try_get("reason")?,
            basis: row.try_get("basis")?,
            advice: row.try_get("advice")?,
            at: Moment(row.try_get("at")?),
        })
    })
    .transpose()
}
