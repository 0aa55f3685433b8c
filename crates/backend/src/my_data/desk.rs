//! What the office does with requests about data: answers, carries out, refuses, extends once. Each act
//! stands in the audit log. Carrying out ends uses, never a record: a running dossier, money, the ledger
//! and the audit log are not touched.

use super::requests::{self, Request};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database::{self, Tx, to_column};
use crate::dossiers::{self, Dossier};
use crate::error::{Result, problem};
use crate::outbox::{self, When};
use crate::papers::store;
use crate::push::devices;
use crate::staff::Staff;
use crate::turns::{needed, optional};
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::my_data::{ActOnRequest, DataRequestView, RequestList, StaffRequest};
use motcua_contract::problem::ProblemType;
use motcua_domain::data_rights::{DataRequestState, RequestAct, Wish, clocks, extended};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use sqlx::Row;

/// Said when what should be deleted is still worked on.
pub const DOSSIER_RUNS: &str = "the dossier is not at its end";

/// `GET /staff/data-requests`.
pub async fn list(State(app): State<App>, _: Staff) -> Result<Json<RequestList>> {
    let mut connection = app.db.acquire().await?;
    let open = requests::open(&mut connection).await?;
    Ok(Json(RequestList { requests: open.into_iter().map(|request| request.staff).collect() }))
}

/// The dossiers that a request is about: the one it names, or all that its person filed.
async fn dossiers_of(tx: &mut Tx, request: &Request) -> Result<Vec<Dossier>> {
    if let Some(code) = &request.view().dossier {
        return Ok(vec![dossiers::get(tx, code.as_str()).await?]);
    }
    let rows = sqlx::query("SELECT code FROM dossiers WHERE subject = ?1")
        .bind(&request.subject)
        .fetch_all(&mut **tx)
        .await?;
    let mut found = vec![];
    for row in rows {
        found.push(dossiers::get(tx, row.try_get("code")?).await?);
    }
    Ok(found)
}

/// Uses of a dossier beyond itself end: its papers are offered no more, and no messages and notices are sent.
async fn end_uses(tx: &mut Tx, dossier: &Dossier, now: Moment) -> Result<()> {
    let code = dossier.code.as_str();
    store::remove_of_dossier(tx, code, now).await?;
    outbox::choose(tx, code, false).await?;
    devices::forget_all(tx, code).await
}

/// What carrying a request out does by itself; what a person must do (a name in a register, a paper in a
/// cupboard), staff have done and say so in words.
async fn carry_out(tx: &mut Tx, request: &Request, now: Moment) -> Result<()> {
    let wish = request.view().wish;
    if wish == Wish::Correct {
        return Ok(());
    }
    for dossier in dossiers_of(tx, request).await? {
        let runs = !dossier.status.is_final();
        if wish == Wish::Delete && runs {
            // One that is named must come to its end first; of all, those that run are left alone.
            if request.view().dossier.is_some() {
                return Err(problem(ProblemType::WrongStatus, DOSSIER_RUNS));
            }
            continue;
        }
        end_uses(tx, &dossier, now).await?;
    }
    Ok(())
}

/// A dossier with a phone that is the asker's own: messages go nowhere else.
async fn find_own(tx: &mut Tx, request: &Request) -> Result<Option<Dossier>> {
    let Some(number) = &request.staff.person_number else { return Ok(None) };
    let row = sqlx::query(
        "SELECT code FROM dossiers WHERE json_extract(applicant, '$.citizen_number') = ?1 \
         AND (?2 IS NULL OR code = ?2) ORDER BY submitted_at DESC LIMIT 1",
    )
    .bind(number)
    .bind(request.view().dossier.as_ref().map(DossierCode::as_str))
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(dossiers::get(tx, row.try_get("code")?).await?))
}

async fn tell(app: &App, tx: &mut Tx, request: &Request, act: RequestAct) -> Result<()> {
    let Some(dossier) = find_own(tx, request).await? else { return Ok(()) };
    let what = match act {
        RequestAct::Answer => "cơ quan đã trả lời",
        RequestAct::CarryOut => "đã làm xong",
        RequestAct::Refuse => "không làm được, có nêu lý do",
        RequestAct::Extend => "cần thêm thời gian, có nêu lý do",
    };
    let code = &request.view().code;
    let words = format!("Yêu cầu về dữ liệu {code}: {what}. Xem ở trang Dữ liệu của tôi.");
    outbox::write(app, tx, &dossier, "data_request", &words, When::ByDay).await?;
    Ok(())
}

/// Writes an act's words where they belong.
async fn write(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    wanted: &ActOnRequest,
    now: Moment,
) -> Result<()> {
    let view: &DataRequestView = request.view();
    let words = needed(&wanted.words, "words")?;
    let holidays = &app.catalogue.holidays;
    match wanted.act {
        RequestAct::Answer => {
            // With others to tell it takes longer; never shorter than an extension made it.
            let days = clocks(view.wish, wanted.others, view.asked_at, holidays);
            let until = days.carry_out_by.max(view.carry_out_by);
            sqlx::query(
                "UPDATE data_requests SET answer = ?1, answered_at = ?2, others = ?3, \
                 carry_out_by = ?4 WHERE code = ?5",
            )
            .bind(words)
            .bind(now.0)
            .bind(wanted.others)
            .bind(to_column(&until)?)
            .bind(&view.code)
            .execute(&mut **tx)
            .await?;
        }
        RequestAct::Extend => {
            let days = wanted.days.unwrap_or_default();
            let until = extended(view.carry_out_by, request.extended, days, holidays)
                .map_err(|why| problem(ProblemType::WrongStatus, why.to_string()))?;
            sqlx::query(
                "UPDATE data_requests SET extension = ?1, extended_at = ?2, carry_out_by = ?3 \
                 WHERE code = ?4",
            )
            .bind(words)
            .bind(now.0)
            .bind(to_column(&until)?)
            .bind(&view.code)
            .execute(&mut **tx)
            .await?;
        }
        RequestAct::CarryOut | RequestAct::Refuse => {
            let rule = optional(wanted.rule.as_deref(), "rule")?;
            if wanted.act == RequestAct::Refuse && rule.is_none() {
                return Err(problem(ProblemType::MalformedBody, "rule: needed to refuse"));
            }
            if wanted.act == RequestAct::CarryOut {
                carry_out(tx, request, now).await?;
            }
            sqlx::query("UPDATE data_requests SET outcome = ?1, rule = ?2 WHERE code = ?3")
                .bind(words)
                .bind(rule)
                .bind(&view.code)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

/// `POST /staff/data-requests/{request}/acts`.
pub async fn act(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<ActOnRequest>,
) -> Result<Json<StaffRequest>> {
    let mut tx = database::begin(&app.db).await?;
    let request = requests::get(&mut tx, &code).await?;
    let act = wanted.act;
    if !act.is_of(staff.role) {
        return Err(problem(ProblemType::Forbidden, format!("not for {}", staff.role.id())));
    }
    let state = act.leads(request.view().state).ok_or_else(|| {
        problem(ProblemType::WrongStatus, format!("{} does not fit the request", act.id()))
    })?;
    let now = app.clock.now();
    let ended = (!state.is_open()).then_some(now);
    write(&app, &mut tx, &request, &wanted, now).await?;
    requests::set_state(&mut tx, &code, state, ended).await?;
    let dossier = request.view().dossier.as_ref().map(DossierCode::as_str);
    let name = format!("data_{}", act.id());
    audit::note(&mut tx, &staff, &name, dossier, Some(&code), now).await?;
    tell(&app, &mut tx, &request, act).await?;
    let request = requests::get(&mut tx, &code).await?;
    tx.commit().await?;
    Ok(Json(request.staff))
}

/// Whether the last day of what comes next is over.
pub fn is_late(view: &DataRequestView, now: Moment) -> bool {
    let due = match view.state {
        DataRequestState::Asked => view.answer_by,
        _ => view.carry_out_by,
    };
    view.state.is_open() && due < now.date()
}
