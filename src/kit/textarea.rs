//! Several lines of text with label, hint and error. Knows nothing of what is asked.

use super::described_by;
use leptos::prelude::*;

/// A field of several lines.
#[component]
pub fn Textarea(
    /// Id of the control.
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
    /// What it says at first.
    #[prop(into)]
    value: String,
    /// Called with each change.
    #[prop(into)]
    on_change: Callback<String>,
    /// Leave the label to screen readers.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let (hint_id, error_id, described) = (format!("{id}-hint"), format!("{id}-error"), id.clone());
    view! {
        <div class="field" class:wrong=move || error.read().is_some()>
            <label for=id.clone() class:hidden-text=hide_label>{label}</label>
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
            {move || error.get().map(|text| view! { <span class="error" id=error_id.clone()>{text}</span> })}
            <textarea
                class="input"
                id=id.clone()
                name=id
                rows="5"
                prop:value=value
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || described_by(&described, has_hint, error.read().is_some())
                on:input:target=move |event| on_change.run(event.target().value())
            ></textarea>
        </div>
    }
}
