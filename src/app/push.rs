//! Notices on this device about a dossier: whether it gets them, and the choice. Knows nothing of screens.

use super::consents::shown;
use super::turns::Held;
use super::{Failure, Services, turns};
use crate::browser::push::{self, Offer};
use crate::browser::{Refused, crypto, tasks};
use motcua_contract::push::{ChoosePush, PushDevice};
use motcua_domain::consent::Purpose;

/// Whether this device gets notices about a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notices {
    /// It cannot.
    Impossible,
    /// It can, once the app is on its home screen.
    AfterInstalling,
    /// The browser was told not to.
    Blocked,
    /// It does not.
    Off,
    /// It does.
    On,
}

/// Why a choice was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotChosen {
    /// Leave was not given.
    Blocked,
    /// The browser's push service does not answer.
    NoService,
    /// The backend did not take it.
    Failure(Failure),
}

impl From<Failure> for NotChosen {
    fn from(why: Failure) -> Self {
        Self::Failure(why)
    }
}

fn read(subscription: &str) -> Option<PushDevice> {
    serde_json::from_str(subscription).ok()
}

/// Whether this device is one of those that get the notices.
pub async fn look(services: Services, devices: &[String]) -> Notices {
    // A device that is everybody's must not tell the next one of a stranger's dossier.
    let is_offered = services.get_config().await.is_ok_and(|config| config.push_key.is_some());
    if services.counter.is_on || !is_offered {
        return Notices::Impossible;
    }
    match push::offer() {
        Offer::Impossible => return Notices::Impossible,
        Offer::AfterInstalling => return Notices::AfterInstalling,
        Offer::Blocked => return Notices::Blocked,
        Offer::Possible => {}
    }
    let found = push::find().await.ok().flatten();
    let Some(device) = found.as_deref().and_then(read) else { return Notices::Off };
    match id_of(&device).await {
        Ok(id) if devices.contains(&id) => Notices::On,
        _ => Notices::Off,
    }
}

/// The device's name in the contract: the first half of its address's SHA-256.
async fn id_of(device: &PushDevice) -> Result<String, Refused> {
    let hash = crypto::sha256(device.endpoint.as_bytes()).await?;
    Ok(crypto::hex(&hash).chars().take(32).collect())
}

/// Turns notices about a dossier on, on this device. To be called when the citizen pressed for it.
pub async fn start(services: Services, held: &Held) -> Result<(), NotChosen> {
    let config = services.get_config().await?;
    let key = config.push_key.as_ref().ok_or(NotChosen::NoService)?;
    let made = push::subscribe(key).await.map_err(|why| {
        tasks::log_failure("push", &why);
        if why.name == "NotAllowedError" { NotChosen::Blocked } else { NotChosen::NoService }
    })?;
    let device = read(&made).ok_or(NotChosen::NoService)?;
    turns::choose_push(services, held, &chosen(device, true)).await?;
    Ok(())
}

fn chosen(device: PushDevice, wanted: bool) -> ChoosePush {
    ChoosePush { device, wanted, shown: Some(shown(Purpose::Push)) }
}

/// Turns them off. The browser's subscription stays: other dossiers may use it.
pub async fn stop(services: Services, held: &Held) -> Result<(), NotChosen> {
    let found = push::find().await.map_err(|_| NotChosen::NoService)?;
    let Some(device) = found.as_deref().and_then(read) else { return Ok(()) };
    turns::choose_push(services, held, &chosen(device, false)).await?;
    Ok(())
}
