//! An offer that needs a person's consent: what is offered, a box that nobody ticked before, and the act.
//! Knows nothing of what is offered.

use super::{Button, Notice};
use leptos::prelude::*;

/// The words of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferWords {
    /// What is offered.
    pub text: String,
    /// What one agrees to.
    pub consent: &'static str,
    /// The act.
    pub act: &'static str,
    /// Said when the act was pressed without consent.
    pub missing: &'static str,
}

/// An offer.
#[component]
pub fn Offer(
    /// Id of the box.
    #[prop(into)]
    id: String,
    /// Its words.
    words: OfferWords,
    /// Called when the act was pressed with consent.
    on_take: Callback<()>,
) -> impl IntoView {
    let agreed = RwSignal::new(false);
    let missing = RwSignal::new(false);
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    let own_id = id.clone();
    let take = move |()| {
        missing.set(!agreed.get_untracked());
        if agreed.get_untracked() {
            on_take.run(());
        }
    };
    view! {
        <Notice>
            <p>{words.text}</p>
            <div id=error_id role="status">
                {move || missing.get().then(|| view! { <span class="error">{words.missing}</span> })}
            </div>
            <label class="choice" for=own_id>
                <input
                    type="checkbox"
                    id=id
                    aria-describedby=described
                    on:change:target=move |event| {
                        agreed.set(event.target().checked());
                        missing.set(false);
                    }
                />
                <span>{words.consent}</span>
            </label>
            <Button label=words.act.to_owned() quiet=true on_press=take/>
        </Notice>
    }
}
