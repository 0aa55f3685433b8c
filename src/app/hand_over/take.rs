//! The taking side: claims a hand-over by link or digits, opens the parts, and keeps the draft on this
//! device before the other one is told to let it go.

use super::agreement::Answer;
use super::letter_box::LetterBox;
use super::{PAUSE, label, package};
use crate::app::{Failure, Services};
use crate::browser::sealing::SealKey;
use crate::browser::{Refused, crypto, image, tasks};
use leptos::prelude::*;
use motcua_contract::hand_overs::{ClaimHandOver, HandOverView};
use motcua_journeys::draft::{Draft, DraftKey};

/// Where taking stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    /// The digits are asked for.
    Asking,
    /// Finding the other device.
    Claiming,
    /// Do both devices show the same number? Said on the other one.
    Comparing(String),
    /// Fetching; so many of so many parts.
    Fetching(u32, u32),
    /// This device has a draft of the same procedure: which one stays?
    Conflict(Box<Draft>),
    /// It is here.
    Done(DraftKey),
    /// It did not work.
    Failed(Failure),
}

/// A draft on its way in.
#[derive(Clone, Copy)]
pub struct Taker {
    /// Where it stands.
    pub state: RwSignal<Taking>,
    letters: StoredValue<Option<LetterBox>>,
}

impl Taker {
    /// A taker that has not begun.
    pub fn new() -> Self {
        Self { state: RwSignal::new(Taking::Asking), letters: StoredValue::new(None) }
    }

    /// Takes by the scanned link.
    pub fn by_link(self, services: Services, slot: String, secret: String) {
        self.run(async move {
            self.state.try_set(Taking::Claiming);
            let secret = crypto::find_bytes(&secret).ok_or(Failure::Strange)?;
            let letters = LetterBox::claim(services, ClaimHandOver::Slot(slot)).await?;
            self.fetch(services, letters, secret).await
        });
    }

    /// Takes by the digits shown on the other device.
    pub fn by_digits(self, services: Services, digits: String) {
        self.run(async move {
            self.state.try_set(Taking::Claiming);
            let letters = LetterBox::claim(services, ClaimHandOver::Code(digits)).await?;
            let commitment = self.hear(&letters, 0).await?;
            let answer = Answer::make().await?;
            letters.tell(answer.public()).await?;
            let revealed = self.hear(&letters, 1).await?;
            let agreed = answer.agree(&commitment, &revealed).await?;
            self.state.try_set(Taking::Comparing(agreed.digits.clone()));
            let sealed = self.hear(&letters, 2).await?;
            let sealed = crypto::find_bytes(&sealed).ok_or(Failure::Strange)?;
            let secret = agreed.key.open("motcua secret", &sealed).await.map_err(unopened)?;
            self.fetch(services, letters, secret).await
        });
    }

    /// Keeps the draft that came in the place of the one that was here.
    pub fn replace(self, services: Services, draft: Draft) {
        self.run(async move { self.keep(services, draft).await });
    }

    fn run(self, work: impl Future<Output = Result<(), Failure>> + 'static) {
        tasks::start(async move {
            if let Err(failure) = work.await {
                self.state.try_set(Taking::Failed(failure));
            }
        });
    }

    async fn look(self, letters: &LetterBox) -> Result<HandOverView, Failure> {
        loop {
            match letters.look().await {
                Err(Failure::NoAnswer) if self.state.try_get_untracked().is_some() => {
                    tasks::sleep(PAUSE).await;
                }
                seen => return seen,
            }
        }
    }

    /// The message with this number from the other side, once it is there.
    async fn hear(self, letters: &LetterBox, number: usize) -> Result<String, Failure> {
        loop {
            let seen = self.look(letters).await?;
            if let Some(message) = seen.heard.get(number) {
                return Ok(message.clone());
            }
            if self.state.try_get_untracked().is_none() {
                return Err(Failure::NoAnswer);
            }
            tasks::sleep(PAUSE).await;
        }
    }

    async fn fetch(
        self,
        services: Services,
        letters: LetterBox,
        secret: Vec<u8>,
    ) -> Result<(), Failure> {
        let key = SealKey::from_bytes(&secret).await.map_err(unopened)?;
        let parts = self.look(&letters).await?.parts.ok_or(Failure::Strange)?;
        let mut pieces = vec![];
        for part in 0..parts {
            self.state.try_set(Taking::Fetching(part, parts));
            let sealed = loop {
                match letters.get(part).await {
                    Err(Failure::NoAnswer) => tasks::sleep(PAUSE).await,
                    sealed => break sealed?,
                }
            };
            let bytes = key.open(&label(part), &sealed).await.map_err(unopened)?;
            pieces.push(image::blob_of(&bytes, "").map_err(unopened)?);
        }
        let package = image::join(&pieces).map_err(unopened)?;
        let draft = package::unpack(&package).await?;
        self.letters.try_set_value(Some(letters));
        if services.draft.has_kept(&draft.key()).await {
            self.state.try_set(Taking::Conflict(Box::new(draft)));
            return Ok(());
        }
        self.keep(services, draft).await
    }

    /// On the disk first; then the other device may let it go.
    async fn keep(self, services: Services, draft: Draft) -> Result<(), Failure> {
        let key = draft.key();
        if !services.draft.adopt(draft).await {
            return Err(Failure::NotKept);
        }
        if let Some(letters) = self.letters.try_get_value().flatten() {
            // Without this word the other device keeps its copy, and says that it is still there.
            let _ = letters.end().await;
        }
        // Its papers are sent from here now.
        services.uploads.resume_all(services);
        self.state.try_set(Taking::Done(key));
        Ok(())
    }
}

fn unopened(why: Refused) -> Failure {
    tasks::log_failure("open", &why);
    Failure::Strange
}
