//! Filling a dossier: before you start, the questions, the papers, checking, submitting.

mod answer_text;
mod begin_page;
mod behalf_page;
mod check_page;
mod declaration_page;
mod dictation;
mod fee_part;
mod findings;
mod kept_note;
mod kept_papers;
mod known_people;
mod paper_slot;
mod papers_page;
mod question;
mod question_page;
mod rows;
mod send_page;
mod slip_page;
mod steps;
mod supplement_page;

pub use begin_page::BeginPage;
pub use behalf_page::BehalfPage;
pub use check_page::CheckPage;
pub use declaration_page::DeclarationPage;
pub use papers_page::PapersPage;
pub use question_page::QuestionPage;
pub use send_page::{SendPage, login_address};
pub use slip_page::SlipPage;
pub use supplement_page::SupplementPage;

use crate::app::load::Loader;
use crate::app::{Services, prefill, services};
use crate::route::Route;
use motcua_domain::answers::Answers;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::procedure::{Component, Procedure};
use motcua_journeys::draft::{Draft, DraftKey};
use std::sync::Arc;

/// The procedure with its draft open, and the places that addresses are chosen from; at once when all
/// of it is there already.
pub(in crate::pages) fn load(key: DraftKey) -> (Services, Loader<Arc<Procedure>>) {
    let services = services();
    let is_open = services.draft.find_now(&key).is_some();
    let known = services.find_procedure(&key.procedure).filter(|_| is_open);
    let loader = Loader::start(known, move || {
        let key = key.clone();
        async move {
            let procedure = services.get_procedure(&key.procedure).await?;
            services.get_units().await?;
            prefill::wait(services).await;
            services.draft.open(services, &key, &procedure).await;
            Ok(procedure)
        }
    });
    (services, loader)
}

/// The first page of a fresh dossier.
pub(in crate::pages) fn first_question(procedure: &Procedure, key: &DraftKey) -> Route {
    steps::first(procedure, key, &Answers::default())
}

/// A component that a draft asks files for.
pub(in crate::pages) fn component_of(
    procedure: &Procedure,
    draft: &Draft,
    component: &str,
) -> Option<Component> {
    if let Some(supplement) = draft.find_supplement() {
        let item = supplement.items.iter().find(|item| item.id == component);
        return item.map(supplement_page::component_of_item);
    }
    let asked = steps::uploads(procedure, draft).into_iter();
    asked.map(|(part, _)| part).find(|part| part.id == component)
}

/// Back to where a component's files are asked for.
pub(in crate::pages) fn way_back(
    services: Services,
    procedure: &Procedure,
    key: &DraftKey,
    component: &str,
    changing: bool,
) -> String {
    let draft = services.draft.find_now(key);
    if let Some(supplement) = draft.as_ref().and_then(Draft::find_supplement) {
        return Route::Supplement(supplement.dossier).to_string();
    }
    let place = draft.map_or(Route::Papers(key.clone()), |draft| {
        steps::place_of_component(procedure, &draft, component)
    });
    if changing { place.to_change() } else { place.to_string() }
}

/// Today on Vietnam's calendar, by the device.
fn today() -> CivilDate {
    Moment(crate::browser::clock::now_seconds()).date()
}
