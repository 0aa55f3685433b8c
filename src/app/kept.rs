//! Dossiers that were submitted from this device: their keys, and the payment attempts made for
//! them. Kept until the citizen removes them; never sent anywhere but to the API.

use super::{Failure, order, vault, wire};
use crate::browser::storage::Shelf;
use crate::browser::tasks;
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// A dossier of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDossier {
    /// Its code.
    pub code: DossierCode,
    /// The secret of its receipt.
    pub key: String,
    /// What people call the procedure.
    pub procedure_name: Text,
    /// When it was submitted.
    pub submitted_at: Moment,
    /// Attempts to pay: fee, idempotency key, and the token once the backend gave one.
    #[serde(default)]
    pub attempts: Vec<KeptAttempt>,
}

/// An attempt to pay that was begun on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAttempt {
    /// Fee.
    pub fee: String,
    /// Channel.
    pub channel: String,
    /// The idempotency key, kept before the first try.
    pub key: String,
    /// The attempt's token.
    pub token: Option<String>,
}

/// Keeps the key of a dossier that the backend just took.
pub async fn keep_receipt(receipt: &DossierReceipt) -> Result<(), Failure> {
    keep(&KeptDossier {
        code: receipt.code.clone(),
        key: receipt.key.clone(),
        procedure_name: receipt.dossier.procedure_name.clone(),
        submitted_at: receipt.dossier.submitted_at,
        attempts: vec![],
    })
    .await
}

/// Keeps a dossier.
pub async fn keep(dossier: &KeptDossier) -> Result<(), Failure> {
    let text = serde_json::to_string(dossier).map_err(|_| Failure::Strange)?;
    vault::put_text(Shelf::Dossiers, dossier.code.as_str(), &text).await.map_err(|why| {
        tasks::log_failure("keep dossier", &why);
        Failure::NotKept
    })
}

/// Keeps a dossier of this device as it is now, for when there is no network.
pub async fn keep_seen(dossier: &DossierView) {
    if find(&dossier.code).await.is_none() {
        return;
    }
    // Beside the dossier's own entry, which a payment may be writing at this moment.
    let Ok(text) = serde_json::to_string(dossier) else { return };
    if let Err(why) = vault::put_text(Shelf::Dossiers, &seen_id(&dossier.code), &text).await {
        tasks::log_failure("keep dossier as seen", &why);
    }
}

/// A dossier of this device as it was seen last.
pub async fn find_seen(code: &DossierCode) -> Option<DossierView> {
    let text = vault::find_text(Shelf::Dossiers, &seen_id(code)).await.ok().flatten()?;
    wire::read(&text).ok()
}

fn seen_id(code: &DossierCode) -> String {
    format!("{code} seen")
}

/// A dossier of this device.
pub async fn find(code: &DossierCode) -> Option<KeptDossier> {
    let text = vault::find_text(Shelf::Dossiers, code.as_str()).await.ok().flatten()?;
    wire::read(&text).ok()
}

/// All dossiers of this device, newest first.
pub async fn all() -> Vec<KeptDossier> {
    let texts = vault::texts(Shelf::Dossiers).await.unwrap_or_default();
    let mut dossiers: Vec<KeptDossier> =
        texts.iter().filter_map(|text| wire::read(text).ok()).collect();
    order::falling(&mut dossiers, |dossier| dossier.submitted_at.0);
    dossiers
}

/// Takes a dossier off this device. The office still has it.
pub async fn remove(code: &DossierCode) {
    for id in [code.to_string(), seen_id(code)] {
        if let Err(why) = vault::remove(Shelf::Dossiers, &id).await {
            tasks::log_failure("remove dossier", &why);
        }
    }
}

/// The dossier of this device that an attempt belongs to.
pub async fn find_by_attempt(token: &str) -> Option<KeptDossier> {
    let belongs = |dossier: &KeptDossier| {
        dossier.attempts.iter().any(|attempt| attempt.token.as_deref() == Some(token))
    };
    all().await.into_iter().find(belongs)
}
