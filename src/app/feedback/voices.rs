//! Feedback that was sent from this device: its key, and how it was seen last. Sealed like the keys of
//! dossiers; kept until the citizen removes it.

use crate::app::load::Loader;
use crate::app::{Failure, Services, api, follow, order, vault, wire};
use crate::browser::navigation;
use crate::browser::storage::Shelf;
use crate::browser::tasks;
use leptos::prelude::*;
use motcua_contract::endpoints;
use motcua_contract::feedback::{FEEDBACK_KEY_HEADER, FeedbackView, PublishedAnswers};
use motcua_domain::date::Moment;
use motcua_domain::feedback::FeedbackCode;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};

/// Most characters of what was said, in the list.
const GLIMPSE: usize = 60;

/// Feedback of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptVoice {
    /// Its code.
    pub code: FeedbackCode,
    /// Its key.
    pub key: String,
    /// How it begins.
    pub glimpse: String,
    /// When it was sent.
    pub sent_at: Moment,
    /// As it was seen last, as the backend wrote it.
    seen: String,
}

impl KeptVoice {
    /// As it was seen last.
    pub fn seen(&self) -> Option<FeedbackView> {
        wire::read(&self.seen).ok()
    }
}

/// Feedback as far as this device knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The feedback.
    pub feedback: FeedbackView,
    /// The key that opens it, where there is one.
    pub key: Option<String>,
    /// Without a network: when this was so, by the office's clock.
    pub stale: Option<Moment>,
}

/// Keeps feedback that the office just took.
pub async fn keep_sent(
    code: FeedbackCode,
    key: String,
    sent_at: Moment,
    text: &str,
) -> Result<(), Failure> {
    let mut glimpse: String = text.chars().take(GLIMPSE).collect();
    if text.chars().count() > GLIMPSE {
        glimpse.push('…');
    }
    keep(&KeptVoice { code, key, glimpse, sent_at, seen: String::new() }).await
}

async fn keep(voice: &KeptVoice) -> Result<(), Failure> {
    let text = serde_json::to_string(voice).map_err(|_| Failure::Strange)?;
    vault::put_text(Shelf::Feedback, voice.code.as_str(), &text).await.map_err(|why| {
        tasks::log_failure("keep feedback", &why);
        Failure::NotKept
    })
}

/// All feedback of this device, newest first.
pub async fn all() -> Vec<KeptVoice> {
    let texts = vault::texts(Shelf::Feedback).await.unwrap_or_default();
    let mut voices: Vec<KeptVoice> =
        texts.iter().filter_map(|text| wire::read(text).ok()).collect();
    order::falling(&mut voices, |voice| voice.sent_at.0);
    voices
}

async fn find(code: &FeedbackCode) -> Option<KeptVoice> {
    let text = vault::find_text(Shelf::Feedback, code.as_str()).await.ok().flatten()?;
    wire::read(&text).ok()
}

/// Takes feedback off this device. The office still has it.
pub async fn remove(code: &FeedbackCode) {
    super::notes::remove_additions(code).await;
    if let Err(why) = vault::remove(Shelf::Feedback, code.as_str()).await {
        tasks::log_failure("remove feedback", &why);
    }
}

/// Feedback that is followed for as long as the component that asks for it lives.
pub fn follow(services: Services, code: FeedbackCode, key: Option<String>) -> Loader<Seen> {
    let path = endpoints::WATCH_FEEDBACK.path_with(&[code.as_str()]);
    let loader = Loader::start(None, move || look(services, code.clone(), key.clone()));
    let guard = SendWrapper::new(navigation::on_wake(move || loader.refresh()));
    on_cleanup(move || drop(guard));
    follow::listen(services, path, Callback::new(move |()| loader.refresh()));
    loader
}

async fn look(
    services: Services,
    code: FeedbackCode,
    key: Option<String>,
) -> Result<Seen, Failure> {
    let kept = find(&code).await;
    let key = key.or_else(|| kept.as_ref().map(|kept| kept.key.clone()));
    match get(services, &code, key.as_deref()).await {
        Ok((mut feedback, text)) => {
            match (kept, &feedback.detail, &key) {
                (Some(kept), Some(_), _) => {
                    let _ = keep(&KeptVoice { seen: text, ..kept }).await;
                }
                // Opened by a link from the device that sent it: it is found again here too.
                (None, Some(detail), Some(key)) => {
                    let (code, key) = (code.clone(), key.clone());
                    let _ = keep_sent(code, key, feedback.received_at, &detail.text).await;
                }
                _ => {}
            }
            // When it was told changes with each answer, and nothing on the page shows it.
            feedback.as_of = Moment(0);
            Ok(Seen { feedback, key, stale: None })
        }
        Err(Failure::NoAnswer) => {
            let mut feedback = kept.and_then(|kept| kept.seen()).ok_or(Failure::NoAnswer)?;
            let stale = Some(std::mem::replace(&mut feedback.as_of, Moment(0)));
            Ok(Seen { feedback, key, stale })
        }
        Err(failure) => Err(failure),
    }
}

async fn get(
    services: Services,
    code: &FeedbackCode,
    key: Option<&str>,
) -> Result<(FeedbackView, String), Failure> {
    let mut request = api::at(services, &endpoints::GET_FEEDBACK, &[code.as_str()]).await?;
    if let Some(key) = key {
        request.headers.push((FEEDBACK_KEY_HEADER, key.to_owned()));
    }
    let response = api::ask(request).await?;
    let text = response.text.clone();
    Ok((api::read(response)?, text))
}

/// The answers that the office published.
pub async fn published(services: Services) -> Result<PublishedAnswers, Failure> {
    let request = api::at(services, &endpoints::LIST_PUBLISHED_ANSWERS, &[]).await?;
    api::read(api::ask(request).await?)
}
