//! One of many options, from the browser's own list. Knows nothing of what is asked.

use super::Choice;
use super::frame::Frame;
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
    let frame = Frame { id: id.clone(), label, hint, error, hide_label: false };
    let (described, invalid) = (frame.described(), frame.invalid());
    let control = view! {
        <select
            class="input"
            id=id.clone()
            name=id
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
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
    };
    frame.around(control.into_any())
}
