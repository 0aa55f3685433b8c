//! One line of text with its label, hint and error. Knows nothing of what is asked.

use super::frame::Frame;
use leptos::prelude::*;

/// A field of one line.
#[component]
pub fn Field(
    /// Id of the input, to which an error summary links.
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
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    keyboard: &'static str,
    /// What a browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Leave the label to screen readers: the page's heading says the same.
    #[prop(optional)]
    hide_label: bool,
    /// Narrow, for short answers.
    #[prop(optional)]
    short: bool,
    /// Not to be read over a shoulder.
    #[prop(optional)]
    secret: bool,
) -> impl IntoView {
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let (described, invalid) = (frame.described(), frame.invalid());
    let control = view! {
        <input
            class="input"
            class:short=short
            type=if secret { "password" } else { "text" }
            id=id.clone()
            name=id
            prop:value=value
            inputmode=keyboard
            autocomplete=autocomplete
            aria-invalid=move || invalid.get()
            aria-describedby=move || described.get()
            on:input:target=move |event| on_change.run(event.target().value())
        />
    };
    frame.around(control.into_any())
}
