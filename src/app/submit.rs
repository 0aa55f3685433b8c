//! Runs the journey `submit`: builds the body once, keeps it, sends it, and sees the draft to its
//! end. Knows nothing of screens.

use super::{Failure, Services, api, kept, people, slip};
use crate::browser::{clock, crypto, tasks};
use leptos::prelude::*;
use motcua_contract::dossiers::{DossierReceipt, SubmitDossier, SubmittedComponent};
use motcua_contract::papers::ReusedPaper;
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::UploadReference;
use motcua_domain::behalf::Behalf;
use motcua_domain::date::Moment;
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{Draft, DraftKey, Event as DraftEvent, Submission};
use motcua_journeys::submit::{Effect, Event, State, step};
use motcua_journeys::upload::Phase as UploadPhase;

/// How a submission ended, as far as the page must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The backend has it.
    Taken(Box<DossierReceipt>),
    /// It has not, for this reason.
    NotTaken(Failure),
    /// Nobody knows; a person may ask again.
    Unknown,
    /// Nothing was sent: the counter took the draft from its slip.
    AtCounter,
}

/// Sends a draft: what it is committed to already, or its present answers, unless the counter has it.
/// The one way out, whether a person presses or the network is back.
pub async fn send(services: Services, procedure: &Procedure, key: &DraftKey) -> Ending {
    let Some(draft) = services.draft.find_now(key) else {
        return Ending::NotTaken(Failure::NotKept);
    };
    // What may have reached the office is settled first, slip or not.
    if !draft.is_locked() {
        match slip::is_taken(services, &draft).await {
            Ok(true) => return Ending::AtCounter,
            Ok(false) => {}
            Err(failure) => return Ending::NotTaken(failure),
        }
    }
    match prepare(services, procedure, &draft) {
        Ok(submission) => run(services, submission).await,
        Err(failure) => Ending::NotTaken(failure),
    }
}

/// What is submitted for a draft: what it is already committed to, or its present answers under a
/// new key.
fn prepare(
    services: Services,
    procedure: &Procedure,
    draft: &Draft,
) -> Result<Submission, Failure> {
    if let Some(submission) = &draft.submission {
        return Ok(submission.clone());
    }
    let today = Moment(clock::now_seconds()).date();
    let exempt = draft.claimed(procedure, today);
    let components = procedure
        .components_of(&draft.answers, &draft.behalf, exempt, today)
        .iter()
        .filter_map(|component| {
            let component = component.id.as_str();
            let uploads: Vec<UploadReference> =
                draft.papers_of(component).iter().filter_map(find_reference).collect();
            let given = draft.papers_of(component).iter();
            let doubts = given.flat_map(|paper| paper.doubts.iter().copied()).collect();
            let component = component.to_owned();
            let reused = draft.reused_for(&component).iter().map(|reused| ReusedPaper {
                paper: reused.paper.clone(),
                consented_at: Moment(reused.consented_at),
                shown: reused.shown,
            });
            let reused: Vec<ReusedPaper> = reused.collect();
            let given = !uploads.is_empty() || !reused.is_empty();
            given.then_some(SubmittedComponent { component, uploads, doubts, reused })
        })
        .collect();
    let body = SubmitDossier {
        sample: !services.counter.story.with_untracked(String::is_empty),
        procedure: procedure.code.clone(),
        form_version: draft.form_version,
        answers: procedure.form.relevant(&draft.answers, today),
        behalf: draft.behalf.clone(),
        exempt,
        components,
    };
    Ok(Submission {
        key: crypto::random_key().map_err(|_| Failure::NotKept)?,
        body: serde_json::to_string(&body).map_err(|_| Failure::Strange)?,
        sent: false,
    })
}

/// The applicant is remembered on this device, so that the next dossier is shorter; not at the
/// counter, where the device is everybody's.
async fn remember_people(services: Services) {
    let Some(draft) = untrack(|| services.draft.current()) else { return };
    let Some(procedure) = services.find_procedure(&draft.procedure) else { return };
    if let (Some(applicant), false) = (&procedure.applicant, draft.behalf == Behalf::Counter) {
        let slot = draft.slot.as_deref();
        people::remember(&procedure.form, &draft.answers, applicant, slot).await;
        services.people.set(people::all().await);
    }
}

pub(super) fn find_reference(paper: &motcua_journeys::draft::Paper) -> Option<UploadReference> {
    let UploadPhase::Finished { url } = &paper.upload else { return None };
    let id = url.rsplit('/').next()?.to_owned();
    Some(UploadReference { id, sha256: paper.sha256.clone() })
}

async fn run(services: Services, submission: Submission) -> Ending {
    let (receipt, failure, stalled) = see_through(
        services,
        submission,
        async |submission| api::submit_dossier(services, &submission.key, &submission.body).await,
        async |receipt: &DossierReceipt| kept::keep_receipt(receipt).await.is_ok(),
        async || remember_people(services).await,
    )
    .await;
    match (receipt, failure) {
        (Some(receipt), _) => Ending::Taken(Box::new(receipt)),
        (None, Some(failure)) if !stalled => Ending::NotTaken(failure),
        (None, _) => Ending::Unknown,
    }
}

/// Sends a submission of the open draft to its end, or until a person is needed: `post` sends it, `keep`
/// keeps what the backend answered, `leave` runs before the draft ends. Gives the answer, the last
/// failure, and whether nobody knows if it arrived.
pub(super) async fn see_through<T>(
    services: Services,
    submission: Submission,
    post: impl AsyncFn(&Submission) -> Result<T, Failure>,
    keep: impl AsyncFn(&T) -> bool,
    leave: impl AsyncFn(),
) -> (Option<T>, Option<Failure>, bool) {
    let mut answer = None;
    let mut failure = None;
    let mut event = Some(Event::Go(submission));
    while let Some(happened) = event.take() {
        let (next, effects) =
            services.submission.with_untracked(|state: &State| step(state, happened));
        services.submission.set(next);
        for effect in effects {
            event = match effect {
                Effect::Keep(submission) => {
                    let settled = submission.is_none();
                    let change = DraftEvent::SubmissionChanged(submission);
                    let safe = services.draft.tell_and_wait(change).await;
                    if !safe && !settled {
                        failure = Some(Failure::NotKept);
                    }
                    (!settled).then_some(if safe { Event::Kept } else { Event::NotKept })
                }
                Effect::Post(submission) => Some(match post(&submission).await {
                    Ok(taken) => {
                        answer = Some(taken);
                        Event::Accepted
                    }
                    Err(why) => {
                        let event = event_of(&why);
                        failure = Some(why);
                        event
                    }
                }),
                Effect::KeepReceipt => Some(match &answer {
                    Some(taken) if keep(taken).await => Event::ReceiptKept,
                    _ => Event::NotKept,
                }),
                Effect::EndDraft => {
                    leave().await;
                    services.draft.tell_and_wait(DraftEvent::Ended).await;
                    None
                }
                Effect::Wake(milliseconds) => {
                    tasks::sleep(milliseconds).await;
                    Some(Event::Woke)
                }
            };
        }
    }
    let stalled = services
        .submission
        .with_untracked(|state| state.phase == motcua_journeys::submit::Phase::Stalled);
    services.submission.set(State::default());
    (answer, failure, stalled)
}

/// Whether the backend said no, or said nothing that settles it.
fn event_of(failure: &Failure) -> Event {
    match failure.find_kind() {
        Some(ProblemType::SignInRequired) => Event::LoginNeeded,
        None
        | Some(
            ProblemType::RequestInFlight
            | ProblemType::TooManyRequests
            | ProblemType::Internal
            | ProblemType::Unknown,
        ) => Event::NoAnswer,
        Some(_) => Event::Rejected,
    }
}
