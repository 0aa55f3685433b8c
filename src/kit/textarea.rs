//! Several lines of text with label, hint and error. Knows nothing of what is asked.

use super::frame::Frame;
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
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let (described, invalid) = (frame.described(), frame.invalid());
    let control = view! {
        <textarea
            class="input"
            id=id.clone()
            name=id
            rows="5"
            prop:value=value
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
            on:input:target=move |event| on_change.run(event.target().value())
        ></textarea>
    };
    frame.around(control.into_any())
}
