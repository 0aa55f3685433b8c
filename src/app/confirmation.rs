//! The applicant's word that a dossier was filed in their name, as calls. Knows nothing of screens.

use super::{Failure, Services, api};
use motcua_contract::confirmations::{
    ConfirmationFound, ConfirmationOpened, ConfirmationView, DecideConfirmation, FindConfirmation,
};
use motcua_contract::endpoints;
use motcua_domain::dossier::DossierCode;

/// Asks the applicant; the answer holds the link and the digits.
pub async fn open(
    services: Services,
    dossier: &DossierCode,
    key: Option<&str>,
) -> Result<ConfirmationOpened, Failure> {
    let path = [dossier.as_str()];
    let mut request = api::at(services, &endpoints::OPEN_CONFIRMATION, &path).await?;
    api::with_dossier_key(&mut request, key);
    api::read(api::ask(request).await?)
}

/// The link that belongs to six digits.
pub async fn find(services: Services, digits: String) -> Result<String, Failure> {
    let mut request = api::at(services, &endpoints::FIND_CONFIRMATION, &[]).await?;
    api::with_body(&mut request, &FindConfirmation { digits })?;
    let found: ConfirmationFound = api::read(api::ask(request).await?)?;
    Ok(found.token)
}

/// The question.
pub async fn get(services: Services, token: &str) -> Result<ConfirmationView, Failure> {
    let request = api::at(services, &endpoints::GET_CONFIRMATION, &[token]).await?;
    api::read(api::ask(request).await?)
}

/// The answer.
pub async fn decide(
    services: Services,
    token: &str,
    agreed: bool,
    last_digits: String,
) -> Result<ConfirmationView, Failure> {
    let mut request = api::at(services, &endpoints::DECIDE_CONFIRMATION, &[token]).await?;
    api::with_body(&mut request, &DecideConfirmation { agreed, last_digits })?;
    api::read(api::ask(request).await?)
}
