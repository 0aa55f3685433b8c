//! What a citizen does about a dossier after filing it, as calls; each answers with the dossier as it is
//! then. Knows nothing of screens.

use super::consents::shown;
use super::{Failure, Services, api};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::DossierView;
use motcua_contract::endpoints::{self, Endpoint};
use motcua_contract::push::ChoosePush;
use motcua_contract::turns::{
    AnswerDraft, AskWithdrawal, ChooseMessages, ClaimPass, Pass, PassSent, Rating,
};
use motcua_domain::consent::Purpose;
use motcua_domain::dossier::DossierCode;
use motcua_domain::turns::delivery::Delivery;
use motcua_domain::turns::draft_result::DraftAnswer;
use serde::Serialize;

/// A dossier, and the key that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its code.
    pub code: DossierCode,
    /// The key, where this device or the address has it.
    pub key: Option<String>,
}

impl Held {
    /// The address of a page that is about it, with the key that opens it there.
    pub fn address(&self, route: &Route) -> String {
        route.with_key(&self.code, self.key.as_deref())
    }

    /// Where it is followed.
    pub fn followed(&self) -> String {
        self.address(&Route::Dossier(self.code.clone()))
    }
}

/// A body as text: what is called with it is compiled once, not once for each kind of body.
fn text(body: &impl Serialize) -> Result<Option<String>, Failure> {
    serde_json::to_string(body).map(Some).map_err(|_| Failure::Strange)
}

async fn call(
    services: Services,
    endpoint: &Endpoint,
    held: &Held,
    body: Option<String>,
) -> Result<DossierView, Failure> {
    let mut request = api::at(services, endpoint, &[held.code.as_str()]).await?;
    api::with_dossier_key(&mut request, held.key.as_deref());
    if let Some(body) = body {
        api::with_text(&mut request, body);
    }
    api::read(api::ask(request).await?)
}

/// Asks for the withdrawal.
pub async fn withdraw(
    services: Services,
    held: &Held,
    reason: String,
) -> Result<DossierView, Failure> {
    call(services, &endpoints::ASK_WITHDRAWAL, held, text(&AskWithdrawal { reason })?).await
}

/// Takes the wish to withdraw back.
pub async fn keep(services: Services, held: &Held) -> Result<DossierView, Failure> {
    call(services, &endpoints::CANCEL_WITHDRAWAL, held, None).await
}

/// Answers a draft of the result.
pub async fn answer_draft(
    services: Services,
    held: &Held,
    answer: DraftAnswer,
    remarks: Option<String>,
) -> Result<DossierView, Failure> {
    call(services, &endpoints::ANSWER_DRAFT, held, text(&AnswerDraft { answer, remarks })?).await
}

/// Chooses how the paper result comes.
pub async fn choose_delivery(
    services: Services,
    held: &Held,
    way: &Delivery,
) -> Result<DossierView, Failure> {
    call(services, &endpoints::CHOOSE_DELIVERY, held, text(way)?).await
}

/// Says what the citizen thought of it.
pub async fn rate(
    services: Services,
    held: &Held,
    rating: &Rating,
) -> Result<DossierView, Failure> {
    call(services, &endpoints::RATE_DOSSIER, held, text(rating)?).await
}

/// Chooses whether messages come to the applicant's phone.
pub async fn choose_messages(
    services: Services,
    held: &Held,
    wanted: bool,
) -> Result<DossierView, Failure> {
    let choice = ChooseMessages { wanted, shown: Some(shown(Purpose::Messages)) };
    call(services, &endpoints::CHOOSE_MESSAGES, held, text(&choice)?).await
}

/// Chooses whether notices come to a device.
pub async fn choose_push(
    services: Services,
    held: &Held,
    choice: &ChoosePush,
) -> Result<DossierView, Failure> {
    call(services, &endpoints::CHOOSE_PUSH, held, text(choice)?).await
}

/// Where the browser itself fetches the appointment for the phone's calendar.
pub fn calendar_address(services: Services, code: &DossierCode) -> String {
    let base = services
        .config
        .with_untracked(|config| config.as_ref().map(|config| config.api_base.clone()));
    let path = endpoints::GET_CALENDAR_FILE.path_with(&[code.as_str()]);
    format!("{}{path}", base.unwrap_or_default())
}

/// Has a one-time code sent to the applicant's phone.
pub async fn send_pass(services: Services, code: &DossierCode) -> Result<PassSent, Failure> {
    let request = api::at(services, &endpoints::SEND_PASS, &[code.as_str()]).await?;
    api::read(api::ask(request).await?)
}

/// Takes the one-time code; gives the key that opens the dossier for a while.
pub async fn claim_pass(
    services: Services,
    code: &DossierCode,
    digits: String,
) -> Result<Pass, Failure> {
    let mut request = api::at(services, &endpoints::CLAIM_PASS, &[code.as_str()]).await?;
    api::with_body(&mut request, &ClaimPass { digits })?;
    api::read(api::ask(request).await?)
}
