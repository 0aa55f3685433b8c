//! Paying: beginning attempts, with their keys on the disk first; `watch` asks where they stand,
//! `request` asks somebody else to pay. Knows nothing of screens.

pub mod request;
mod watch;

pub use watch::Watch;

use super::kept::{self, KeptAttempt};
use super::{Failure, Services, api};
use crate::browser::crypto;
use crate::i18n::t;
use motcua_contract::dossiers::FeeView;
use motcua_contract::payments::{AttemptView, CreateAttempt, PayRequest};
use motcua_domain::dossier::DossierCode;

/// Who pays what.
#[derive(Debug, Clone)]
pub enum Order {
    /// The dossier's holder, a fee of theirs.
    Own {
        /// The dossier.
        dossier: DossierCode,
        /// The fee.
        fee: Box<FeeView>,
        /// The dossier's key.
        key: Option<String>,
    },
    /// Somebody who was asked to.
    Asked {
        /// The request's token.
        token: String,
        /// Who they are, if they want to say so.
        name: Option<String>,
    },
}

/// An attempt whose page can be opened: the one that holds the fee, or a new one.
pub async fn begin(
    services: Services,
    order: Order,
    channel: String,
) -> Result<AttemptView, Failure> {
    match order {
        Order::Own { dossier, fee, key } => begin_own(services, dossier, *fee, channel, key).await,
        // Nothing of it is kept here: it is not this device's dossier. Begun again, the backend gives
        // the attempt that nobody took to the gateway yet.
        Order::Asked { token, name } => {
            let key = crypto::random_key().map_err(|_| Failure::NotKept)?;
            let language = t().code().to_owned();
            let wanted = PayRequest { channel, language, payer_name: name };
            request::pay(services, &token, &key, &wanted).await
        }
    }
}

/// Its key is on the disk before the first try, so that a double tap or a lost answer cannot make two.
async fn begin_own(
    services: Services,
    dossier: DossierCode,
    fee: FeeView,
    channel: String,
    dossier_key: Option<String>,
) -> Result<AttemptView, Failure> {
    if let Some(token) = &fee.attempt {
        let attempt = api::get_attempt(services, token).await?;
        // Another channel was chosen: the backend asks about this one before it lets go of it.
        if attempt.state.is_live() && attempt.channel == channel {
            remember(&dossier, &fee.id, &channel, token).await;
            return Ok(attempt);
        }
        // The gateway was asked just now, and the fee is paid: nothing to begin.
        if !attempt.fee_state.is_open() {
            return Ok(attempt);
        }
    }
    let mut kept = kept::find(&dossier).await;
    let unfinished = kept.as_ref().and_then(|kept| {
        let mine = |attempt: &&KeptAttempt| {
            attempt.fee == fee.id && attempt.channel == channel && attempt.token.is_none()
        };
        kept.attempts.iter().find(mine).map(|attempt| attempt.key.clone())
    });
    let key = match unfinished {
        Some(key) => key,
        None => crypto::random_key().map_err(|_| Failure::NotKept)?,
    };
    if let Some(kept) = &mut kept
        && !kept.attempts.iter().any(|attempt| attempt.key == key)
    {
        let (fee, channel) = (fee.id.clone(), channel.clone());
        kept.attempts.push(KeptAttempt { fee, channel, key: key.clone(), token: None });
        kept::keep(kept).await?;
    }
    let wanted = CreateAttempt { channel, language: t().code().to_owned() };
    let key_of_dossier = dossier_key.as_deref();
    let answer =
        api::create_attempt(services, &dossier, &fee.id, key_of_dossier, &key, &wanted).await;
    if let Some(kept) = &mut kept {
        match &answer {
            Ok(attempt) => {
                for own in kept.attempts.iter_mut().filter(|own| own.key == key) {
                    own.token = Some(attempt.token.clone());
                }
                let _ = kept::keep(kept).await;
            }
            // The backend said no: the next try is another intent.
            Err(Failure::Problem(problem)) if problem.status < 500 => {
                kept.attempts.retain(|own| own.key != key);
                let _ = kept::keep(kept).await;
            }
            Err(_) => {}
        }
    }
    answer
}

async fn remember(dossier: &DossierCode, fee: &str, channel: &str, token: &str) {
    let Some(mut kept) = kept::find(dossier).await else { return };
    if kept.attempts.iter().any(|attempt| attempt.token.as_deref() == Some(token)) {
        return;
    }
    kept.attempts.push(KeptAttempt {
        fee: fee.to_owned(),
        channel: channel.to_owned(),
        key: String::new(),
        token: Some(token.to_owned()),
    });
    let _ = kept::keep(&kept).await;
}
