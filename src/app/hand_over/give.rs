//! The giving side: seals and sends the draft, lets people compare digits when no link was scanned,
//! and takes the draft off this device once the other one has it.

use super::agreement::{Agreed, Offer};
use super::letter_box::LetterBox;
use super::{PART, PAUSE, label, package};
use crate::app::{Failure, Services, draft};
use crate::browser::sealing::{SealKey, random};
use crate::browser::{Refused, clock, crypto, image, tasks};
use leptos::prelude::*;
use motcua_contract::hand_overs::HandOverPurpose;
use motcua_journeys::draft::{Draft, DraftKey, Slip};

/// Where giving stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Giving {
    /// Sealing and sending; so many of so many parts.
    Sending(u32, u32),
    /// Waiting for the other device.
    Showing {
        /// The path and fragment of the link to scan.
        link: String,
        /// Six digits to type instead.
        code: String,
        /// When it expires, in seconds.
        until: i64,
    },
    /// The other device typed the digits: do both show the same number?
    Comparing(String),
    /// The other device is taking it.
    Underway,
    /// The other device has it; it is off this one.
    Taken,
    /// It did not work; nothing has changed here.
    Failed(Failure),
}

/// A draft on its way out.
#[derive(Clone, Copy)]
pub struct Giver {
    /// Where it stands.
    pub state: RwSignal<Giving>,
    agreed: RwSignal<Option<bool>>,
}

impl Giver {
    /// Begins to give the draft of a procedure.
    pub fn start(services: Services, key: DraftKey) -> Self {
        let giver =
            Self { state: RwSignal::new(Giving::Sending(0, 1)), agreed: RwSignal::new(None) };
        tasks::start(async move {
            if let Err(failure) = giver.give(services, &key).await {
                giver.state.try_set(Giving::Failed(failure));
            }
        });
        giver
    }

    /// Whether both devices show the same digits, as the person in front of this one says.
    pub fn compare(self, same: bool) {
        self.agreed.set(Some(same));
    }

    async fn give(self, services: Services, draft_key: &DraftKey) -> Result<(), Failure> {
        services.papers.bind_all(services).await;
        let draft = services.draft.find_now(draft_key).ok_or(Failure::NotKept)?;
        let secret = random::<16>().map_err(unsealed)?;
        let (letters, opened) = LetterBox::open(services, HandOverPurpose::Device).await?;
        let moved = |done, parts| {
            self.state.try_set(Giving::Sending(done, parts));
        };
        let sent = send(&letters, &draft, &secret, moved).await;
        if let Err(failure) = sent {
            let _ = letters.end().await;
            return Err(failure);
        }
        let offer = Offer::make().await?;
        letters.tell(offer.commitment().await?).await?;
        self.state.try_set(Giving::Showing {
            link: format!("/ban-giao/{}#k={}", opened.slot, crypto::hex(&secret)),
            code: opened.code,
            until: opened.expires_at,
        });
        self.wait(services, &letters, &offer, &secret, opened.expires_at, draft).await
    }

    /// Looks into the letter box until the other device has it or time is up. A look that brings no
    /// answer is tried again: the network comes and goes.
    async fn wait(
        self,
        services: Services,
        letters: &LetterBox,
        offer: &Offer,
        secret: &[u8],
        until: i64,
        draft: Draft,
    ) -> Result<(), Failure> {
        let mut agreed: Option<Agreed> = None;
        let mut told = false;
        while self.state.try_get_untracked().is_some() {
            tasks::sleep(PAUSE).await;
            let seen = match letters.look().await {
                Err(Failure::NoAnswer) if clock::now_seconds() < until => continue,
                seen => seen?,
            };
            if seen.taken {
                draft::discard(services, &draft).await;
                self.state.try_set(Giving::Taken);
                return Ok(());
            }
            match (&agreed, seen.heard.first()) {
                (None, Some(taker)) => {
                    let made = offer.agree(taker).await?;
                    letters.tell(offer.reveal()).await?;
                    self.state.try_set(Giving::Comparing(made.digits.clone()));
                    agreed = Some(made);
                }
                (None, None) if seen.claimed => {
                    self.state.try_set(Giving::Underway);
                }
                _ => {}
            }
            match (self.agreed.try_get_untracked().flatten(), &agreed) {
                (Some(false), _) => {
                    letters.end().await?;
                    return Err(Failure::Strange);
                }
                (Some(true), Some(agreed)) if !told => {
                    let sealed =
                        agreed.key.seal("motcua secret", secret).await.map_err(unsealed)?;
                    letters.tell(crypto::hex(&sealed)).await?;
                    told = true;
                    self.state.try_set(Giving::Underway);
                }
                _ => {}
            }
        }
        // The page is gone: nobody can compare any more, and nothing has changed here.
        letters.end().await
    }
}

/// Seals a draft and puts it into the letter box, part by part.
async fn send(
    letters: &LetterBox,
    draft: &Draft,
    secret: &[u8],
    moved: impl Fn(u32, u32),
) -> Result<(), Failure> {
    let key = SealKey::from_bytes(secret).await.map_err(unsealed)?;
    let package = package::pack(draft).await?;
    let size = image::size_of(&package);
    let parts = u32::try_from(size.div_ceil(PART)).unwrap_or(u32::MAX);
    for part in 0..parts {
        moved(part, parts);
        let from = u64::from(part) * PART;
        let bytes = image::bytes(&package, from, (from + PART).min(size)).await;
        let sealed = key.seal(&label(part), &bytes.map_err(unsealed)?).await;
        letters.put(part, sealed.map_err(unsealed)?).await?;
    }
    letters.close(parts).await
}

/// Seals a draft for the counter, which comes for it within days.
pub async fn seal_for_slip(services: Services, draft: &Draft) -> Result<Slip, Failure> {
    let secret = random::<16>().map_err(unsealed)?;
    let (letters, opened) = LetterBox::open(services, HandOverPurpose::Slip).await?;
    if let Err(failure) = send(&letters, draft, &secret, |_, _| ()).await {
        let _ = letters.end().await;
        return Err(failure);
    }
    Ok(Slip {
        link: format!("/ban-giao/{}#k={}", opened.slot, crypto::hex(&secret)),
        slot: opened.slot,
        token: letters.token().to_owned(),
        until: opened.expires_at,
    })
}

fn unsealed(why: Refused) -> Failure {
    tasks::log_failure("seal", &why);
    Failure::Strange
}
