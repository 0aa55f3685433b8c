//! Ways to fill in a person without typing: the card held to the camera, or somebody whom this device
//! remembers. Shown above the questions about a person, never pressed by itself.

use super::super::use_go;
use crate::app::people::KnownPerson;
use crate::app::{Services, prefill};
use crate::i18n::t;
use crate::kit::Button;
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::form::{PersonPart, Question};
use motcua_journeys::draft::DraftKey;

/// Ways to fill in a person.
#[component]
pub fn KnownPeople(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// Which person of the form.
    person: String,
    /// The page's id.
    page: String,
    /// What is asked.
    asked: Memo<Vec<Question>>,
) -> impl IntoView {
    let go = use_go();
    let number = format!("{person}.{}", PersonPart::CitizenNumber.key());
    let questions = asked.get_untracked();
    if !questions.iter().any(|question| question.id == number) {
        return ().into_any();
    }
    let draft = services.draft.find_now(&draft_key);
    if draft.is_some_and(|draft| draft.answers.find(&number).is_some()) {
        return ().into_any();
    }
    let here = Route::Question(draft_key.clone(), page).to_string();
    let (card_key, card_person) = (draft_key.clone(), person.clone());
    let scan = move |()| {
        services.card_for.set(Some((card_key.clone(), card_person.clone(), here.clone())));
        go(Route::Scan.to_string());
    };
    let known = services.people.get_untracked();
    let rows = known
        .into_iter()
        .filter(|known| !known.name().is_empty())
        .map(|known: KnownPerson| {
            let (key, person) = (draft_key.clone(), person.clone());
            let label = t().person_use(known.name());
            let press = move |()| {
                prefill::fill_in(services, &key, &person, &asked.get_untracked(), &known);
                services.redraw();
            };
            view! { <Button label=label quiet=true on_press=press/> }
        })
        .collect_view();
    view! {
        <div class="actions">
            <Button label=t().person_scan().to_owned() quiet=true on_press=scan/>
            {rows}
        </div>
    }
    .into_any()
}
