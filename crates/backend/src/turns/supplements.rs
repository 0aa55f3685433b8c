//! Supplement requests: everything that is missing asked at once, and answered at once. While one is
//! open the clock stands still.

mod stored;

pub use stored::{find, lapse};

use super::{appointments, begin, begin_held, end};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Dossier, Step};
use crate::error::{Error, Result, problem};
use crate::fees;
use crate::idempotency::{self, Admission};
use crate::outbox;
use crate::sessions::Session;
use crate::slips;
use crate::staff::Staff;
use crate::uploads::binding::{self, Place};
use crate::uploads::quota;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::slips::SlipMatter;
use motcua_contract::turns::{AnswerSupplement, RequestSupplement, SupplementReply};
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::text::Text;
use motcua_domain::turns::supplement::{
    Ask, Given, Item, ItemProblem, check_request, last_day, problem_of,
};
use motcua_domain::validate;
use sqlx::Row;
use std::collections::BTreeMap;
use stored::{Request, newest, settled_fees};

/// Why nothing is asked: the citizen has not answered what was asked before.
pub const REQUEST_IS_OPEN: &str = "a request is open";

/// `POST /staff/dossiers/{code}/supplement`.
pub async fn request(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<RequestSupplement>,
) -> Result<Json<DossierView>> {
    check_request(&wanted.items)
        .map_err(|why| problem(ProblemType::MalformedBody, why.to_string()))?;
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::AskSupplement, None).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    check_targets(&app, &mut tx, &dossier, &wanted.items).await?;
    let before = newest(&mut tx, code).await?;
    if before.as_ref().is_some_and(Request::is_open) {
        return Err(problem(ProblemType::WrongStatus, REQUEST_IS_OPEN));
    }
    let round = before.map_or(1, |before| before.round.saturating_add(1));
    if round > 1 && !wanted.counts_as_overdue {
        return Err(ProblemType::SecondRound.into());
    }
    let last = last_day(now, &app.catalogue.holidays);
    sqlx::query(
        "INSERT INTO supplements (dossier, round, items, asked_at, last_day, back_to) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(code)
    .bind(i64::from(round))
    .bind(serde_json::to_string(&wanted.items)?)
    .bind(now.0)
    .bind(last.to_string())
    .bind(i64::from(back_to(dossier.status).code()))
    .execute(&mut *tx)
    .await?;
    dossiers::set_appointment(&mut tx, &dossier.code, None).await?;
    let note =
        format!("Cần bổ sung {} mục, chậm nhất ngày {}.", wanted.items.len(), last.written());
    let step = Step::new(DossierStatus::SupplementRequested, now);
    let step = Step { unit: Some(staff.unit()), note: Some(&note), ..step };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    let matter = SlipMatter::Supplement { round, items: wanted.items.clone(), last_day: last };
    slips::issue(&app, &mut tx, code, &matter).await?;
    let words = format!(
        "Hồ sơ {} cần bổ sung {} mục, chậm nhất ngày {}.",
        dossier.code,
        wanted.items.len(),
        last.written()
    );
    outbox::tell(&app, &mut tx, &dossier, "supplement", &words).await?;
    end(&app, tx, code).await
}

/// Where an answer leads. Money that was waited for is waited for again.
fn back_to(status: DossierStatus) -> DossierStatus {
    match status {
        DossierStatus::Registered | DossierStatus::PaymentRequested => status,
        _ => DossierStatus::InProgress,
    }
}

/// Whether what the items are about is there.
async fn check_targets(app: &App, tx: &mut Tx, dossier: &Dossier, items: &[Item]) -> Result<()> {
    let lines = fees::of_dossier(tx, dossier.code.as_str(), dossier.status).await?;
    let procedure = app.catalogue.find(&dossier.procedure);
    let today = app.clock.now().date();
    for item in items {
        let known = match &item.ask {
            Ask::Paper { component: Some(component) } => {
                procedure.is_none_or(|p| p.components.iter().any(|c| c.id == *component))
            }
            Ask::Answer { question: Some(question) } => procedure.is_some_and(|procedure| {
                let asked = procedure.form.questions_asked(&dossier.answers, today);
                asked.iter().any(|asked| asked.id == *question)
            }),
            Ask::Fee { fee } => lines.iter().any(|line| line.view.id == *fee),
            Ask::Paper { component: None } | Ask::Answer { question: None } => true,
        };
        if !known {
            let detail = format!("item {} is about nothing in this dossier", item.id);
            return Err(problem(ProblemType::MalformedBody, detail));
        }
    }
    Ok(())
}

/// `POST /dossiers/{code}/supplement`. All items, or none: nothing is half answered.
pub async fn answer(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(given): JsonBody<AnswerSupplement>,
) -> Result<Response> {
    let scope = format!("{code} answer_supplement");
    // Who may not answer is told nothing, not even what was answered before.
    let (tx, _) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    drop(tx);
    let turn = match idempotency::admit(&app, &headers, scope, &given).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let request = newest(&mut tx, code).await?.filter(Request::is_open);
    let request = request
        .filter(|request| request.round == given.round && now.date() <= request.last_day)
        // Staff may have counted pages meanwhile; what ended, or is to be withdrawn, takes no answer.
        .filter(|_| !dossier.status.is_final())
        .filter(|_| dossier.status != DossierStatus::WithdrawalRequested)
        .ok_or_else(|| problem(ProblemType::WrongStatus, "no such request is open"))?;
    let settled = settled_fees(&mut tx, &dossier, &request.items).await?;
    check_answer(&request.items, &given.replies, &settled)?;

    let owner = session.as_ref().map(|session| session.owner.as_str()).unwrap_or_default();
    let mut answers = dossier.answers.clone();
    let mut in_words = BTreeMap::new();
    for item in &request.items {
        let Some(reply) = given.replies.iter().find(|reply| reply.item == item.id) else {
            continue;
        };
        match &item.ask {
            Ask::Paper { component } => {
                let place = place_of(&mut tx, code, &request, item, component.as_deref()).await?;
                add_files(&mut tx, code, owner, &place, reply, now).await?;
            }
            Ask::Answer { question } => {
                let text = reply.answer.as_deref().unwrap_or_default().trim();
                in_words.insert(item.id.clone(), text.to_owned());
                if let Some(question) = question {
                    replace(&app, &dossier, &mut answers, question, text)?;
                }
            }
            Ask::Fee { .. } => {}
        }
    }
    quota::check_dossier(&mut tx, code).await?;
    sqlx::query("UPDATE dossiers SET answers = ?1 WHERE code = ?2")
        .bind(serde_json::to_string(&answers)?)
        .bind(code)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE supplements SET answered_at = ?1, replies = ?2 WHERE dossier = ?3 AND round = ?4",
    )
    .bind(now.0)
    .bind(serde_json::to_string(&in_words)?)
    .bind(code)
    .bind(i64::from(request.round))
    .execute(&mut *tx)
    .await?;
    let note = format!("Đã bổ sung đủ {} mục.", request.items.len());
    let owes = appointments::owes(&mut tx, &dossier).await?;
    let next = match request.back_to {
        DossierStatus::Registered => DossierStatus::Registered,
        _ if owes => DossierStatus::PaymentRequested,
        _ => DossierStatus::InProgress,
    };
    let step = Step { note: Some(&note), ..Step::new(next, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    // The clock starts anew with a whole dossier; at intake it starts when it is taken in.
    if next == DossierStatus::InProgress {
        appointments::start(&app, &mut tx, &dossier, now).await?;
    }
    let dossier = dossiers::get(&mut tx, code).await?;
    let view = dossiers::view(&app, &mut tx, &dossier, true).await?;
    let response = turn.finish(&mut tx, 200, &view).await?;
    tx.commit().await?;
    Ok(response)
}

/// Every item is answered, and nothing else.
fn check_answer(items: &[Item], replies: &[SupplementReply], settled: &[String]) -> Result<()> {
    for (index, reply) in replies.iter().enumerate() {
        let known = items.iter().any(|item| item.id == reply.item);
        if !known || replies[..index].iter().any(|other| other.item == reply.item) {
            let detail = format!("item {}: not asked, or given twice", reply.item);
            return Err(problem(ProblemType::MalformedBody, detail));
        }
    }
    let faults: Vec<(String, ItemProblem)> = items
        .iter()
        .filter_map(|item| {
            let reply = replies.iter().find(|reply| reply.item == item.id);
            let given = Given {
                files: reply.map_or(0, |reply| reply.uploads.len()),
                answer: reply.and_then(|reply| reply.answer.as_deref()).unwrap_or_default(),
                fee_settled: matches!(&item.ask, Ask::Fee { fee } if settled.contains(fee)),
            };
            Some((item.id.clone(), problem_of(&item.ask, given)?))
        })
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    let detail = format!("{faults:?}");
    let components = faults.into_iter().map(|(item, _)| item).collect();
    let kind = ProblemType::SupplementIncomplete;
    Err(Problem { components, ..Problem::new(kind).with_detail(detail) }.into())
}

/// The component that an item's files go to: its own, behind what is there; else one of the item's.
async fn place_of(
    tx: &mut Tx,
    code: &str,
    request: &Request,
    item: &Item,
    component: Option<&str>,
) -> Result<Place> {
    let id =
        component.map_or_else(|| format!("bo-sung-{}-{}", request.round, item.id), str::to_owned);
    let there =
        sqlx::query("SELECT 1 FROM dossier_components WHERE dossier = ?1 AND component = ?2")
            .bind(code)
            .bind(&id)
            .fetch_optional(&mut **tx)
            .await?;
    if there.is_none() {
        sqlx::query(
            "INSERT INTO dossier_components (dossier, position, component, name, files, reused, doubts) \
             VALUES (?1, (SELECT COALESCE(MAX(position), -1) + 1 FROM dossier_components \
             WHERE dossier = ?1), ?2, ?3, 0, 0, '[]')",
        )
        .bind(code)
        .bind(&id)
        .bind(serde_json::to_string(&Text::of(&item.title, &item.title))?)
        .execute(&mut **tx)
        .await?;
    }
    let row = sqlx::query(
        "SELECT COALESCE(MAX(position), -1) + 1 AS next FROM dossier_files \
         WHERE dossier = ?1 AND component = ?2",
    )
    .bind(code)
    .bind(&id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Place { component: id, first: row.try_get("next")? })
}

async fn add_files(
    tx: &mut Tx,
    code: &str,
    owner: &str,
    place: &Place,
    reply: &SupplementReply,
    now: Moment,
) -> Result<()> {
    for (page, upload) in reply.uploads.iter().enumerate() {
        binding::bind(tx, owner, code, place, page, upload, now).await?;
    }
    sqlx::query(
        "UPDATE dossier_components SET files = files + ?1, digitised = 1, doubts = ?2 \
         WHERE dossier = ?3 AND component = ?4",
    )
    .bind(i64::try_from(reply.uploads.len()).unwrap_or(i64::MAX))
    .bind(serde_json::to_string(&reply.doubts)?)
    .bind(code)
    .bind(&place.component)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a new answer in the place of the old one, when the form takes it.
fn replace(
    app: &App,
    dossier: &Dossier,
    answers: &mut Answers,
    question: &str,
    text: &str,
) -> Result<()> {
    let today = app.clock.now().date();
    let procedure = app.catalogue.find(&dossier.procedure).ok_or(ProblemType::NotFound)?;
    let asked = procedure.form.questions_asked(answers, today);
    let asked = asked.into_iter().find(|asked| asked.id == question);
    let asked = asked.ok_or_else(|| problem(ProblemType::MalformedBody, "no such question"))?;
    answers.set(question, Answer::One(validate::normalise(&asked.kind, text)));
    validate::check_question(&asked, answers, today).map_err(|wrong| {
        let fields = vec![validate::FieldProblem { question: question.to_owned(), problem: wrong }];
        Error::from(Problem { fields, ..Problem::new(ProblemType::InvalidAnswers) })
    })
}
