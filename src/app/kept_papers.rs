//! Papers that the office has from earlier dossiers of whoever is signed in, and which of them fit where.
//! What fits is the domain's rule. Knows nothing of screens.

use super::consents::shown;
use super::{Services, api};
use crate::browser::{Refused, clock, tasks};
use leptos::prelude::*;
use motcua_contract::papers::KeptPaper;
use motcua_domain::consent::Purpose;
use motcua_domain::date::Moment;
use motcua_domain::form::PersonPart;
use motcua_domain::procedure::{Component, Procedure};
use motcua_domain::reuse::{KeptFact, fits};
use motcua_journeys::draft::{Draft, Event, Reused};

/// Fetches the list for whoever is signed in; nobody's for nobody.
pub async fn look(services: Services) {
    if services.profile.get_untracked().is_none() {
        services.kept_papers.set(vec![]);
        return;
    }
    match api::list_papers(services).await {
        // Who took the consent back is offered nothing.
        Ok(list) if !list.may_serve => services.kept_papers.set(vec![]),
        Ok(list) => services.kept_papers.set(list.papers),
        // An offer less; the citizen can take the photo.
        Err(failure) => tasks::log_failure("kept papers", &Refused::because(failure.title())),
    }
}

/// The kept papers that serve for a component of a draft and are not used for it yet.
pub fn fitting(
    services: Services,
    procedure: &Procedure,
    draft: &Draft,
    component: &Component,
) -> Vec<KeptPaper> {
    let Some(wanted) = &component.reuse else { return vec![] };
    let today = Moment(clock::now_seconds()).date();
    let relevant = procedure.form.relevant(&draft.answers, today);
    let number = procedure.answer_about(wanted, &relevant, PersonPart::CitizenNumber.key());
    let number = number.unwrap_or_default();
    let used = draft.reused_for(&component.id);
    let mut papers = services.kept_papers.get();
    papers.retain(|paper| {
        let fact =
            KeptFact { kind: &paper.kind, owner: &paper.owner, good_until: paper.good_until };
        fits(fact, wanted, number, today).is_ok()
            && used.iter().all(|known| known.paper != paper.id)
    });
    papers
}

/// Uses a kept paper for a component: the citizen agreed to it just now.
pub fn take(services: Services, component: &str, paper: &KeptPaper, name: String) {
    let now = clock::now_seconds();
    let reused = Reused {
        paper: paper.id.clone(),
        name,
        consented_at: now,
        shown: Some(shown(Purpose::Reuse)),
    };
    services.draft.tell(Event::PaperReused { component: component.to_owned(), reused, now });
}

/// Uses a kept paper no more.
pub fn drop(services: Services, paper: String) {
    services.draft.tell(Event::ReuseDropped { paper, now: clock::now_seconds() });
}
