//! One of many options, from the browser's own list. Knows nothing of what is asked.

use super::{Choice, described_by};
use leptos::prelude::*;

/// A list to choose from.
#[component]
pub fn Select(
    /// Id of the control, to which an error summary links.
    #[prop(into)]
    id: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// Hint.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// What is wrong, in words.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What stands there before anything is chosen.
    empty: &'static str,
    /// The options; they may change.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The chosen option.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the chosen option.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let (hint_id, error_id, described) = (format!("{id}-hint"), format!("{id}-error"), id.clone());
    view! {
        <div class="field" class:wrong=move || error.read().is_some()>
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
            {move || error.get().map(|text| view! { <span class="error" id=error_id.clone()>{text}</span> })}
            <select
                class="input"
                id=id.clone()
                name=id
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || described_by(&described, has_hint, error.read().is_some())
                on:change:target=move |event| on_change.run(event.target().value())
            >
                {move || {
                    let chosen = value.get();
                    let none = !options.read().iter().any(|option| option.id == chosen);
                    let rows = options.get().into_iter().map(|option| {
                        let selected = option.id == chosen;
                        view! { <option value=option.id selected=selected>{option.label}</option> }
                    });
                    view! { <option value="" selected=none>{empty}</option> {rows.collect_view()} }
                }}
            </select>
        </div>
    }
}
