//! Push services: which ones we call, and the call (RFC 8030). An address comes from a browser, so whoever is
//! not known as a push service is never called. Knows no table.

use super::sealed::{Notice, Seal};
use crate::app::App;
use crate::outbox::Handed;
use crate::secrets;
use motcua_contract::push::PushDevice;
use url::Url;

/// The browsers' own services, by host; one with a dot in front is a whole domain. Chrome and what is made
/// of it; Firefox; Safari; Edge on Windows.
const SERVICES: [&str; 6] = [
    "fcm.googleapis.com",
    "android.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
];

/// Seconds that a service keeps a notice for a phone that is off: three days.
const KEPT_FOR_S: u32 = 3 * 86_400;

/// The origin of a device's service, when it is one that we call.
pub fn origin_of(app: &App, endpoint: &str) -> Option<String> {
    let url = Url::parse(endpoint).ok()?;
    let origin = url.origin().ascii_serialization();
    let host = url.host_str()?;
    let is_known = SERVICES.iter().any(|known| match known.strip_prefix('.') {
        Some(_) => host.ends_with(known),
        None => host == *known,
    });
    let is_known = is_known && url.scheme() == "https" && url.port().is_none();
    (is_known || app.settings.push_service.contains(&origin)).then_some(origin)
}

/// Hands a notice to the device's service. None when the device is not there any more.
pub async fn hand(app: &App, device: &PushDevice, dossier: &str, words: &str) -> Option<Handed> {
    let Some(origin) = origin_of(app, &device.endpoint) else {
        return Some(Handed::Never("not a push service that we know".to_owned()));
    };
    let Some(seal) = Seal::read(&device.keys) else {
        return Some(Handed::Never("the device's keys do not read".to_owned()));
    };
    let title = format!("Một Cửa {}", app.config.commune_name.vi);
    let notice = Notice { title: &title, body: words, path: format!("/tra-cuu/{dossier}") };
    let settings = &app.settings;
    let own = settings.is_https().then_some(settings.origin.as_str());
    let contact = settings.push_contact.as_deref().or(own);
    let signed = app.push_key.authorization(&origin, contact);
    let (sealed, signed) = match (seal.close(&notice), signed) {
        (Ok(sealed), Ok(signed)) => (sealed, signed),
        (Err(why), _) | (_, Err(why)) => return Some(Handed::Never(why)),
    };
    // A newer word about a dossier takes the place of one that was not delivered yet.
    let topic: String = secrets::hash(dossier).chars().take(32).collect();
    let call = app
        .http
        .post(&device.endpoint)
        .header("TTL", KEPT_FOR_S)
        .header("Topic", topic)
        .header("Urgency", "normal")
        .header("Authorization", signed)
        .header("Content-Encoding", "aes128gcm")
        .header("Content-Type", "application/octet-stream")
        .body(sealed);
    Some(match call.send().await {
        Ok(answer) if answer.status().is_success() => Handed::Taken,
        Ok(answer) => {
            let status = answer.status();
            let why = format!("the push service answered {status}");
            match status.as_u16() {
                404 | 410 => return None,
                408 | 429 | 500.. => Handed::Later(why),
                _ => Handed::Never(why),
            }
        }
        Err(error) => Handed::Later(error.without_url().to_string()),
    })
}
