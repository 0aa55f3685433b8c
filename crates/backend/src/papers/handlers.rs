//! The endpoints of kept papers: a citizen's list and files, the result that staff add, and the rate
//! that the national index asks for.

use crate::api::query::{Period, QueryOf};
use crate::app::App;
use crate::audit;
use crate::consents;
use crate::database;
use crate::dossiers;
use crate::error::{Error, Result, problem};
use crate::papers::signatures;
use crate::papers::store::{self, Kept};
use crate::secrets;
use crate::sessions::Citizen;
use crate::staff::Staff;
use crate::turns::holder_files;
use crate::uploads::finish::{Looked, look};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::papers::{KeptPaper, PaperList, ReuseFigures};
use motcua_contract::problem::ProblemType;
use motcua_domain::consent::Purpose;
use motcua_domain::date::Moment;
use motcua_domain::form::PersonPart;
use motcua_domain::form::leaves::NAME;
use motcua_domain::reuse::{PaperKind, PaperOrigin, Reuse, Share};
use motcua_domain::text::Text;
use object_store::ObjectStore;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::Row;

/// `GET /papers`.
pub async fn list(State(app): State<App>, citizen: Citizen) -> Result<Json<PaperList>> {
    let papers = store::of_subject(&app, &citizen.subject).await?;
    let mut connection = app.db.acquire().await?;
    let may_serve = consents::allows(&mut connection, &citizen.subject, Purpose::Reuse).await?;
    Ok(Json(PaperList { papers: papers.into_iter().map(Kept::view).collect(), may_serve }))
}

/// `DELETE /papers/{paper}`.
pub async fn remove(
    State(app): State<App>,
    citizen: Citizen,
    Path(paper): Path<String>,
) -> Result<StatusCode> {
    let mut tx = database::begin(&app.db).await?;
    store::remove(&mut tx, &citizen.subject, &paper, app.clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /papers/{paper}`: the file, to be saved and never run.
pub async fn get(
    State(app): State<App>,
    citizen: Citizen,
    Path(paper): Path<String>,
) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let kept = store::get_own(&mut connection, &citizen.subject, &paper).await?;
    let bytes = app.files.get(&kept.object.as_str().into()).await?.bytes().await?;
    let extension = kept.media_type.rsplit('/').next().unwrap_or("bin");
    let name = format!("attachment; filename=\"giay-to-{}.{extension}\"", kept.dossier);
    let header_of = |text: &str| {
        HeaderValue::from_str(text).map_err(|error| Error::Internal(format!("header: {error}")))
    };
    let mut response = (StatusCode::OK, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header_of(&kept.media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, header_of(&name)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    Ok(response)
}

/// What comes with a result.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultQuery {
    /// The result's number, as it is printed on it.
    pub number: String,
}

/// Largest file of a result, in bytes: what a citizen may send too.
pub const MAX_RESULT: usize = 12 * 1024 * 1024;
/// Most characters of a result's number.
const MAX_NUMBER: usize = 60;

/// The bytes of a file that staff send.
pub fn body_of(bytes: std::result::Result<Bytes, BytesRejection>) -> Result<Bytes> {
    bytes.map_err(|_| problem(ProblemType::BodyTooLarge, format!("at most {MAX_RESULT} bytes")))
}

/// `POST /staff/dossiers/{code}/result`.
pub async fn add_result(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    QueryOf(query): QueryOf<ResultQuery>,
    bytes: std::result::Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<KeptPaper>)> {
    let bytes = body_of(bytes)?;
    let number = query.number.trim();
    if number.is_empty() || number.chars().count() > MAX_NUMBER {
        return Err(problem(ProblemType::MalformedBody, format!("number: 1 to {MAX_NUMBER}")));
    }
    let looked = look(&app, bytes).await?;
    let signature = signatures::judge(&app, &looked).await?;
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    let file = holder_files::put(&app, &looked, "results").await?;
    let Looked { media_type, bytes, .. } = looked;
    let procedure = app.catalogue.find(&dossier.procedure).ok_or(ProblemType::NotFound)?;
    let own_kind = PaperKind {
        id: format!("result-{}", procedure.code),
        about: None,
        days: None,
        citation: None,
    };
    let kind = procedure.result_kind.as_ref().unwrap_or(&own_kind);
    let name = procedure.result.clone().unwrap_or_else(|| {
        Text::of(&format!("Kết quả: {}", procedure.short_name.get(true)), "Result")
    });
    let about =
        |part| procedure.answer_about(kind, &dossier.answers, part).unwrap_or_default().to_owned();
    let (id, now) = (secrets::token()?, app.clock.now());
    let kept = Kept {
        subject: dossier.subject,
        kind: kind.id.clone(),
        name,
        origin: PaperOrigin::Result,
        owner: about(PersonPart::CitizenNumber.key()),
        owner_name: about(NAME),
        dossier: dossier.code,
        number: Some(number.to_owned()),
        media_type: media_type.to_owned(),
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
        added_at: now,
        good_until: kind.good_until(now.date()),
        object: file.object.clone(),
        id,
    };
    let code = kept.dossier.as_str();
    audit::note(&mut tx, &staff, "add_result", Some(code), Some(number), now).await?;
    holder_files::insert(&mut tx, &file, code, &format!("ket-qua-{code}")).await?;
    store::insert(&mut tx, &kept).await?;
    sqlx::query("UPDATE kept_papers SET file = ?1, signature = ?2 WHERE id = ?3")
        .bind(&file.key)
        .bind(signature.map(|found| serde_json::to_string(&found)).transpose()?)
        .bind(&kept.id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(kept.view())))
}

/// `GET /staff/figures/reuse`: index 4.3, of dossiers filed in the period. Which dossiers the national
/// count divides by is read so: those with a component that is digitised or used again (UNVERIFIED:
/// the index says `HoSoCoThanhPhanSoHoa = 1`).
pub async fn count(State(app): State<App>, _: Staff, period: Period) -> Result<Json<ReuseFigures>> {
    let row = sqlx::query(
        "SELECT COUNT(DISTINCT dossier) AS whole, \
         COUNT(DISTINCT CASE WHEN reuse > 0 THEN dossier END) AS part, \
         COALESCE(SUM(reuse = ?3), 0) AS reused, COALESCE(SUM(reuse = ?4), 0) AS replaced \
         FROM dossier_components JOIN dossiers ON dossiers.code = dossier_components.dossier \
         WHERE (digitised = 1 OR reuse > 0) AND sample = 0 AND submitted_at >= ?1 AND submitted_at < ?2",
    )
    .bind(Moment::at(period.from, 0).0)
    .bind(Moment::at(period.to.plus_days(1), 0).0)
    .bind(i64::from(Reuse::Reused.code()))
    .bind(i64::from(Reuse::ReplacedByResult.code()))
    .fetch_one(&app.db)
    .await?;
    let number = |name| Ok::<_, sqlx::Error>(row.try_get::<i64, _>(name)?.unsigned_abs());
    Ok(Json(ReuseFigures {
        from: period.from,
        to: period.to,
        dossiers: Share { part: number("part")?, whole: number("whole")? },
        reused_components: number("reused")?,
        replaced_components: number("replaced")?,
    }))
}
