//! Notices that come while the app is closed (Push API): whether this browser can have them, and its
//! subscription. Knows nothing of what they tell.

use super::{Refused, find_window};
use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription,
    PushSubscriptionOptionsInit, ServiceWorkerRegistration,
};

/// Whether notices can be had here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Not in this browser.
    Impossible,
    /// On an iPhone or iPad, once the app is on the home screen.
    AfterInstalling,
    /// The citizen, or who set this device up, said no to notices of this site.
    Blocked,
    /// Yes, though asked for it may still be refused.
    Possible,
}

/// Whether notices can be had here.
pub fn offer() -> Offer {
    let Ok(window) = find_window() else { return Offer::Impossible };
    let navigator = window.navigator();
    let has = |on: &JsValue, name: &str| Reflect::has(on, &name.into()).unwrap_or(false);
    let can_push = has(&window, "PushManager") && has(&window, "Notification");
    if !can_push || !has(&navigator, "serviceWorker") {
        // Only Apple's phones and tablets have the word, and only there installing helps.
        return match Reflect::get(&navigator, &"standalone".into()).map(|value| value.as_bool()) {
            Ok(Some(false)) => Offer::AfterInstalling,
            _ => Offer::Impossible,
        };
    }
    match Notification::permission() {
        NotificationPermission::Denied => Offer::Blocked,
        _ => Offer::Possible,
    }
}

/// The app's worker, which shows notices; none where the app is not kept for offline use.
async fn find_worker() -> Result<Option<ServiceWorkerRegistration>, Refused> {
    let workers = find_window()?.navigator().service_worker();
    let found = JsFuture::from(workers.get_registration()).await?;
    if found.is_undefined() {
        return Ok(None);
    }
    Ok(JsFuture::from(workers.ready()?).await?.dyn_into().ok())
}

async fn find_subscription(manager: &PushManager) -> Result<Option<PushSubscription>, Refused> {
    Ok(JsFuture::from(manager.get_subscription()?).await?.dyn_into().ok())
}

fn written(subscription: &PushSubscription) -> Result<String, Refused> {
    Ok(JSON::stringify(subscription)?.into())
}

/// The subscription that this browser has, as JSON.
pub async fn find() -> Result<Option<String>, Refused> {
    let Some(worker) = find_worker().await? else { return Ok(None) };
    let found = find_subscription(&worker.push_manager()?).await?;
    found.as_ref().map(written).transpose()
}

/// Ends the subscription: this browser gets no notice any more, of nobody.
pub async fn end() -> Result<(), Refused> {
    if offer() != Offer::Possible {
        return Ok(());
    }
    let Some(worker) = find_worker().await? else { return Ok(()) };
    if let Some(subscription) = find_subscription(&worker.push_manager()?).await? {
        JsFuture::from(subscription.unsubscribe()?).await?;
    }
    Ok(())
}

/// Asks for leave and subscribes for a sender's public key; to be called when the citizen pressed for it.
/// Gives the subscription as JSON. `NotAllowedError` when leave is not given; anything else when the
/// browser's push service is not there.
pub async fn subscribe(key: &str) -> Result<String, Refused> {
    let leave = JsFuture::from(Notification::request_permission()?).await?;
    if leave.as_string().as_deref() != Some("granted") {
        return Err(Refused::because("NotAllowedError"));
    }
    let worker = find_worker().await?.ok_or_else(|| Refused::because("NoWorker"))?;
    let manager = worker.push_manager()?;
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&key.into());
    let subscribe = || manager.subscribe_with_options(&options).map(JsFuture::from);
    let made = match subscribe()?.await {
        Ok(made) => made,
        // One of an older key of the backend stands in the way.
        Err(why) => match find_subscription(&manager).await? {
            Some(old) => {
                JsFuture::from(old.unsubscribe()?).await?;
                subscribe()?.await?
            }
            None => return Err(why.into()),
        },
    };
    written(made.unchecked_ref())
}
