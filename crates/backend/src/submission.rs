//! Submitting a dossier: one small JSON that names files already uploaded. Everything is checked
//! with the domain's rules (`checks`), then written (`record`) in one transaction with the answer to
//! the idempotency key: a dossier exists whole or not at all, and once.

mod again;
mod checks;
mod record;

pub use record::files_are_stored;

use crate::api::body::JsonBody;
use crate::app::App;
use crate::consents;
use crate::database::{self, Tx};
use crate::dossiers;
use crate::error::{Error, Result};
use crate::idempotency::{self, Admission};
use crate::secrets;
use crate::serials;
use crate::sessions::Citizen;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::dossiers::{DossierReceipt, SubmitDossier};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use record::NewDossier;

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
    let checked = checks::check(&app, &request, &citizen, now)?;
    let dossier = NewDossier { checked, citizen: &citizen, now };

    let mut tx = database::begin(&app.db).await?;
    let code = next_code(&app, &mut tx, now).await?;
    let key = secrets::token()?;
    dossier.insert(&app, &mut tx, &code, &key).await?;
    dossier.attach(&mut tx, &code).await?;
    consents::follow(&mut tx, &citizen, code.as_str()).await?;
    let stored = dossiers::get(&mut tx, code.as_str()).await?;
    let view = dossiers::view(&app, &mut tx, &stored, true).await?;
    let receipt = DossierReceipt { code, key, dossier: view };
    let response = turn.finish(&mut tx, 201, &receipt).await?;
    tx.commit().await?;
    Ok(response)
}

/// The next code of the day: agency, day, serial. Taken in the dossier's own transaction, so that
/// no serial is lost or used twice.
async fn next_code(app: &App, tx: &mut Tx, now: Moment) -> Result<DossierCode> {
    let date = now.date();
    let day = format!("{:02}{:02}{:02}", date.year() % 100, date.month(), date.day());
    let serial = serials::next(tx, &app.settings.agency, &day).await?;
    DossierCode::parse(&format!("{}-{day}-{serial:06}", app.settings.agency))
        .map_err(|error| Error::Internal(format!("agency code: {error}")))
}
