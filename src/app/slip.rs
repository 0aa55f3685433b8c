//! A slip of paper for the counter: the draft, sealed and put into the backend's letter box for three
//! days, and the link that opens it. For the day when the identity provider is down, when there is no
//! phone to pay with, or when the procedure ends at the counter anyway.

use super::hand_over::{LetterBox, seal_for_slip};
use super::{Failure, Services};
use crate::browser::clock;
use motcua_contract::problem::ProblemType;
use motcua_journeys::draft::{Draft, DraftKey, Event, Slip};

/// The slip of a draft: the one that is still good, or a new one.
pub async fn make(services: Services, key: &DraftKey) -> Result<Slip, Failure> {
    services.papers.bind_all(services).await;
    let draft = services.draft.find_now(key).ok_or(Failure::NotKept)?;
    if let Some(slip) = draft.slip.clone().filter(|slip| slip.until > clock::now_seconds()) {
        return Ok(slip);
    }
    let slip = seal_for_slip(services, &draft).await?;
    services.draft.tell_and_wait(Event::SlipMade(Some(slip.clone()))).await;
    Ok(slip)
}

/// Whether the counter took the draft from its slip. Without an answer nobody knows, and nothing may
/// be sent; a slip that is gone after its time was taken by nobody whom one could still ask.
pub async fn is_taken(services: Services, draft: &Draft) -> Result<bool, Failure> {
    let Some(slip) = draft.slip.clone() else { return Ok(false) };
    match LetterBox::again(services, slip.slot, slip.token).look().await {
        Ok(seen) => Ok(seen.taken),
        Err(failure) if failure.find_kind() == Some(ProblemType::HandOverGone) => Ok(false),
        Err(failure) => Err(failure),
    }
}
