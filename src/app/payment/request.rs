//! Asking somebody to pay a fee, as calls. Knows nothing of screens.

use super::super::{Failure, Services, api};
use motcua_contract::endpoints;
use motcua_contract::payments::{AttemptView, PayRequest, PaymentRequestView};
use motcua_domain::dossier::DossierCode;

/// The request that asks somebody to pay a fee: the one that is open, or a new one.
pub async fn ask(
    services: Services,
    dossier: &DossierCode,
    fee: &str,
    key: Option<&str>,
) -> Result<PaymentRequestView, Failure> {
    let path = [dossier.as_str(), fee];
    let mut request = api::at(services, &endpoints::ASK_TO_PAY, &path).await?;
    api::with_dossier_key(&mut request, key);
    api::read(api::ask(request).await?)
}

/// Where a request stands. With the dossier's key it also says who paid.
pub async fn get(
    services: Services,
    token: &str,
    key: Option<&str>,
) -> Result<PaymentRequestView, Failure> {
    let mut request = api::at(services, &endpoints::GET_PAYMENT_REQUEST, &[token]).await?;
    api::with_dossier_key(&mut request, key);
    api::read(api::ask(request).await?)
}

/// Takes a request back.
pub async fn cancel(
    services: Services,
    token: &str,
    key: Option<&str>,
) -> Result<PaymentRequestView, Failure> {
    let mut request = api::at(services, &endpoints::CANCEL_PAYMENT_REQUEST, &[token]).await?;
    api::with_dossier_key(&mut request, key);
    api::read(api::ask(request).await?)
}

/// Begins an attempt to pay what was asked for.
pub async fn pay(
    services: Services,
    token: &str,
    key: &str,
    wanted: &PayRequest,
) -> Result<AttemptView, Failure> {
    let mut request = api::at(services, &endpoints::PAY_REQUEST, &[token]).await?;
    api::with_intent(&mut request, key, wanted)?;
    api::read(api::ask(request).await?)
}
