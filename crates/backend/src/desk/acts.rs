//! Doing what a form of the desk asks for, by the functions behind the JSON endpoints. Done, the browser is
//! sent on, so that going back does nothing twice; refused, the form comes back with what was typed.

use super::card::Back;
use super::fields::Fields;
use super::job::Job;
use super::sessions::OnDuty;
use super::{BASE, dossier_page, page, supplement_form, words};
use crate::api::body::JsonBody;
use crate::api::query::QueryOf;
use crate::app::App;
use crate::dossiers;
use crate::error::{Result, problem};
use crate::papers::handlers::{ResultQuery, add_result};
use crate::payments::bookkeeping;
use crate::staff::{self, Staff};
use crate::turns::{appointments, drafts, endings, results, supplements, withdrawals};
use axum::Form;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use motcua_contract::dossiers::{DecideExemption, EnterPageCount};
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::{DecideWithdrawal, EndDossier, FinishDossier, Reappoint};
use motcua_domain::desk::Act;

/// `POST /ban-lam-viec/ho-so/{code}/viec/{job}`.
pub async fn take(
    State(app): State<App>,
    on_duty: OnDuty,
    Path((code, job)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields(fields);
    if let Err(refused) = on_duty.sent(fields.get("csrf")) {
        return *refused;
    }
    let Some(job) = Job::find(&job).filter(|job| !job.sends_file()) else {
        return page::refused(StatusCode::NOT_FOUND, "Không có việc này.");
    };
    // A line more is asked for: nothing is done yet.
    if fields.has("more") {
        let back = Back { act: job, fields, said: None };
        return dossier_page::answer(&app, &on_duty, &code, StatusCode::OK, Some(&back), None)
            .await;
    }
    let done = run(&app, &on_duty.staff, &code, job, &fields, Bytes::new()).await;
    told(&app, &on_duty, &code, job, fields, done).await
}

/// `POST /ban-lam-viec/ho-so/{code}/tep/{job}`.
pub async fn take_file(
    State(app): State<App>,
    on_duty: OnDuty,
    Path((code, job)): Path<(String, String)>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Response {
    let (fields, file) = match read(parts).await {
        Ok(read) => read,
        Err(error) => return page::broken(error),
    };
    if let Err(refused) = on_duty.sent(fields.get("csrf")) {
        return *refused;
    }
    let Some(job) = Job::find(&job).filter(|job| job.sends_file()) else {
        return page::refused(StatusCode::NOT_FOUND, "Không có việc này.");
    };
    let done = run(&app, &on_duty.staff, &code, job, &fields, file).await;
    told(&app, &on_duty, &code, job, fields, done).await
}

/// The fields and the file of a form with parts.
async fn read(
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result<(Fields, Bytes)> {
    let wrong = || problem(ProblemType::MalformedBody, "not a form with parts");
    let too_large = |_| problem(ProblemType::BodyTooLarge, "a part of the form");
    let mut parts = parts.map_err(|_| wrong())?;
    let (mut fields, mut file) = (Fields::default(), Bytes::new());
    while let Some(part) = parts.next_field().await.map_err(|_| wrong())? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = part.bytes().await.map_err(too_large)?;
        } else {
            fields.0.push((name, part.text().await.map_err(too_large)?));
        }
    }
    Ok((fields, file))
}

/// Sends the browser on, or gives the form back with the reason.
async fn told(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    job: Job,
    fields: Fields,
    done: Result<()>,
) -> Response {
    let Err(error) = done else {
        let address = format!("{BASE}/ho-so/{code}?xong={}", job.id());
        return Redirect::to(&address).into_response();
    };
    let (status, back) = Back::refused(job, fields, error, words::said);
    dossier_page::answer(app, on_duty, code, status, Some(&back), None).await
}

/// Yes or no, which must be said.
fn accepted(fields: &Fields) -> Result<bool> {
    match fields.get("accepted") {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(problem(ProblemType::MalformedBody, "accepted: yes or no")),
    }
}

async fn run(
    app: &App,
    who: &Staff,
    code: &str,
    job: Job,
    fields: &Fields,
    file: Bytes,
) -> Result<()> {
    let (app, staff, path) = (State(app.clone()), who.clone(), Path(code.to_owned()));
    let act = match job {
        Job::Act(act) => act,
        Job::AddResult => return result(app, staff, path, fields, file).await,
        Job::TakeCash => return cash(app, staff, path, fields).await,
    };
    let done = match act {
        Act::TakeIn => appointments::take_in(app, staff, path).await,
        Act::Process => appointments::process(app, staff, path).await,
        Act::EnterPages => {
            let count = EnterPageCount { pages: fields.read("pages")? };
            staff::enter_page_count(app, staff, path, JsonBody(count)).await
        }
        Act::DecideExemption => {
            let (accepted, reason) = (accepted(fields)?, fields.find("note"));
            let decision = DecideExemption { accepted, reason };
            staff::decide_exemption(app, staff, path, JsonBody(decision)).await
        }
        Act::AskSupplement => {
            let wanted = supplement_form::read(fields);
            supplements::request(app, staff, path, JsonBody(wanted)).await
        }
        Act::DecideWithdrawal => {
            let (accepted, note) = (accepted(fields)?, fields.find("note"));
            let decision = DecideWithdrawal { accepted, note };
            withdrawals::decide(app, staff, path, JsonBody(decision)).await
        }
        Act::SendDraft => drafts::send(app, staff, path, Ok(file)).await,
        Act::Finish => {
            let without_file = fields.has("without_file");
            let wanted = FinishDossier { note: fields.find("note"), without_file };
            results::finish(app, staff, path, JsonBody(wanted)).await
        }
        Act::Return => results::hand_out(app, staff, path).await,
        Act::Reappoint => {
            let wanted =
                Reappoint { day: fields.read("day")?, reason: fields.get("reason").to_owned() };
            appointments::reappoint(app, staff, path, JsonBody(wanted)).await
        }
        Act::Refuse => endings::refuse(app, staff, path, JsonBody(ending(fields))).await,
        Act::Stop => endings::stop(app, staff, path, JsonBody(ending(fields))).await,
    };
    done.map(drop)
}

fn ending(fields: &Fields) -> EndDossier {
    EndDossier {
        reason: fields.get("reason").to_owned(),
        basis: fields.find("basis"),
        advice: fields.find("advice"),
    }
}

/// Adds a result, for who may end the dossier, while they may.
async fn result(
    State(app): State<App>,
    staff: Staff,
    path: Path<String>,
    fields: &Fields,
    file: Bytes,
) -> Result<()> {
    may(&app, &staff, &path.0, Job::AddResult).await?;
    let query = QueryOf(ResultQuery { number: fields.get("number").to_owned() });
    add_result(State(app), staff, path, query, Ok(file)).await.map(drop)
}

/// Takes cash for a fee, once the money was counted.
async fn cash(
    State(app): State<App>,
    staff: Staff,
    path: Path<String>,
    fields: &Fields,
) -> Result<()> {
    may(&app, &staff, &path.0, Job::TakeCash).await?;
    if !fields.has("counted") {
        return Err(problem(ProblemType::MalformedBody, "counted: must be said"));
    }
    let path = Path((path.0, fields.get("fee").to_owned()));
    bookkeeping::paid_in_cash(State(app), staff, path).await.map(drop)
}

/// Whether somebody may do a job to a dossier now, for jobs that are no act of the domain's table.
async fn may(app: &App, staff: &Staff, code: &str, job: Job) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let status = dossiers::get(&mut connection, code).await?.status;
    let kind = match job.fits(staff.role, status) {
        true => return Ok(()),
        false if job.is_of(staff.role) => ProblemType::WrongStatus,
        false => ProblemType::Forbidden,
    };
    Err(kind.into())
}
