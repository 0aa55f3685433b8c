//! Answering a supplement request: the draft that holds the answer, opened and sent like a dossier, once.
//! Knows nothing of screens.

use super::submit::{find_reference, see_through};
use super::turns::Held;
use super::{Failure, Services, api, load};
use crate::browser::crypto;
use motcua_contract::dossiers::DossierView;
use motcua_contract::endpoints;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::turns::{AnswerSupplement, SupplementReply, SupplementState, SupplementView};
use motcua_domain::dossier::DossierCode;
use motcua_domain::turns::supplement::Ask;
use motcua_journeys::draft::{Draft, DraftKey, Event, Submission, Supplement};

/// What the page of a supplement is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The dossier.
    pub dossier: DossierView,
    /// Its code and key.
    pub held: Held,
    /// The request; none when nothing is asked.
    pub request: Option<SupplementView>,
    /// The draft of the answer.
    pub draft: DraftKey,
}

/// Loads the dossier and opens the draft of the answer.
pub async fn open(
    services: Services,
    code: DossierCode,
    key: Option<String>,
) -> Result<Asked, Failure> {
    let (mut dossier, key) = load::open_dossier(services, code.clone(), key).await?;
    dossier.as_of = Default::default();
    let told = |kind| Failure::Problem(Box::new(Problem::new(kind)));
    let detail = dossier.detail.as_ref().ok_or_else(|| told(ProblemType::Forbidden))?;
    let request = detail.turns.supplement.clone();
    let round = request.as_ref().map_or(1, |request| request.round);
    let draft = Supplement::key(dossier.procedure.clone(), &code, round);
    if let Some(request) = request.iter().find(|request| request.state == SupplementState::Open) {
        let procedure = services.get_procedure(&dossier.procedure).await?;
        services.draft.open(services, &draft, &procedure).await;
        let items = request.items.clone();
        let supplement = Supplement { dossier: code.clone(), round, items };
        let text = supplement.to_text().ok_or(Failure::Strange)?;
        services.draft.tell(Event::SupplementAsked(text));
    }
    Ok(Asked { dossier, held: Held { code, key }, request, draft })
}

/// How sending ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// The office has it.
    Taken,
    /// It has not, for this reason.
    NotTaken(Failure),
    /// Nobody knows; a person may ask again.
    Unknown,
}

/// Sends the answer: what the draft is committed to already, or what it holds now.
pub async fn send(services: Services, asked: &Asked) -> Ending {
    services.papers.bind_all(services).await;
    let draft = services.draft.find_now(&asked.draft);
    let prepared = draft.as_ref().ok_or(Failure::NotKept).and_then(prepare);
    let submission = match prepared {
        Ok(submission) => submission,
        Err(failure) => return Ending::NotTaken(failure),
    };
    let held = &asked.held;
    let (taken, failure, stalled) = see_through(
        services,
        submission,
        async |submission| post(services, held, submission).await,
        async |_: &DossierView| true,
        async || (),
    )
    .await;
    match (taken, failure) {
        (Some(_), _) => Ending::Taken,
        (None, Some(failure)) if !stalled => Ending::NotTaken(failure),
        (None, _) => Ending::Unknown,
    }
}

fn prepare(draft: &Draft) -> Result<Submission, Failure> {
    if let Some(submission) = &draft.submission {
        return Ok(submission.clone());
    }
    let supplement = draft.find_supplement().ok_or(Failure::Strange)?;
    let replies = supplement.items.iter().filter_map(|item| match &item.ask {
        Ask::Paper { .. } => {
            let papers = draft.papers_of(&item.id);
            Some(SupplementReply {
                item: item.id.clone(),
                uploads: papers.iter().filter_map(find_reference).collect(),
                doubts: papers.iter().flat_map(|paper| paper.doubts.iter().copied()).collect(),
                answer: None,
            })
        }
        Ask::Answer { .. } => Some(SupplementReply {
            item: item.id.clone(),
            uploads: vec![],
            doubts: vec![],
            answer: draft.answers.find_one(&item.id).map(str::to_owned),
        }),
        Ask::Fee { .. } => None,
    });
    let body = AnswerSupplement { round: supplement.round, replies: replies.collect() };
    Ok(Submission {
        key: crypto::random_key().map_err(|_| Failure::NotKept)?,
        body: serde_json::to_string(&body).map_err(|_| Failure::Strange)?,
        sent: false,
    })
}

async fn post(
    services: Services,
    held: &Held,
    submission: &Submission,
) -> Result<DossierView, Failure> {
    let path = [held.code.as_str()];
    let mut request = api::at(services, &endpoints::ANSWER_SUPPLEMENT, &path).await?;
    api::with_dossier_key(&mut request, held.key.as_deref());
    api::with_json(&mut request, &submission.key, submission.body.clone())?;
    api::read(api::ask(request).await?)
}
