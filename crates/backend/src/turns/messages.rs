//! Whether messages about a dossier go to the applicant's phone: kept as the citizen chose.

use super::{begin_held, end};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::consents;
use crate::error::Result;
use crate::outbox;
use crate::sessions::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::turns::ChooseMessages;
use motcua_domain::consent::Purpose;

/// `POST /dossiers/{code}/messages`. What waits for the morning is not sent any more either.
pub async fn choose(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(choice): JsonBody<ChooseMessages>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let code = dossier.code.as_str();
    outbox::choose(&mut tx, code, choice.wanted).await?;
    let said = (Purpose::Messages, choice.wanted, choice.shown);
    consents::note_choice(&mut tx, session.as_ref(), code, said, app.clock.now()).await?;
    end(&app, tx, code).await
}
