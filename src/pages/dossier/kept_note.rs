//! What the device keeps of a draft, told on every page of it: that it is saved, and what is in the way.
//! Changes nothing but which window works on the draft.

use crate::app::Services;
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Button, Notice, Tone};
use leptos::prelude::*;
use motcua_journeys::draft::DraftKey;

/// A quiet, truthful line: what is typed is on this device, or on its way there.
#[component]
pub fn SavedLine(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    move || {
        let has_something = services.draft.find(&draft_key).is_some_and(|draft| !draft.is_empty());
        let saved = services.draft.is_saved();
        let words = match (saved, services.draft.is_unsafe()) {
            (_, true) => return None,
            // A shared device keeps nothing beyond the visit.
            (true, false) if services.counter.is_on => t().draft_saved_shared(),
            (true, false) => t().draft_saved(),
            (false, false) => t().draft_saving(),
        };
        has_something.then(|| view! { <p class="hint" data-saved=saved.to_string()>{words}</p> })
    }
}

/// A warning while this device does not keep what is typed; and why nothing can be changed while a
/// submission is not settled.
#[component]
pub fn KeptNote(
    /// Services.
    services: Services,
) -> impl IntoView {
    let draft = services.draft;
    let take_over = Callback::new(move |()| {
        tasks::start(draft.take_over(services));
    });
    move || {
        if draft.is_elsewhere() {
            return view! {
                <Notice tone=Tone::Warning live=true>
                    <h2>{t().draft_elsewhere_title()}</h2>
                    <p>{t().draft_elsewhere_text()}</p>
                </Notice>
                <Button label=t().draft_elsewhere_here().to_owned() on_press=take_over/>
            }
            .into_any();
        }
        let new_form = draft.has_new_form().then(|| {
            let dropped = match draft.answers_dropped() {
                0 => None,
                count => Some(t().draft_new_form_dropped(&count.to_string())),
            };
            view! {
                <Notice>
                    <p>{t().draft_new_form()}</p>
                    {dropped.map(|words| view! { <p>{words}</p> })}
                </Notice>
            }
        });
        let in_danger = draft.is_unsafe().then(|| {
            view! { <Notice tone=Tone::Warning live=true><p>{t().draft_unsafe()}</p></Notice> }
        });
        view! { {new_form}{in_danger} }.into_any()
    }
}
