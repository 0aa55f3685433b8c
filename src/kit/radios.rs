//! One of several options. Knows nothing of what is asked.

use super::Choice;
use super::frame::Frame;
use leptos::prelude::*;

/// Radios in a group.
#[component]
pub fn Radios(
    /// Id of the group; the first option carries it, so that an error can link to it.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Hint.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// What is wrong, in words.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The options.
    options: Vec<Choice>,
    /// The chosen option at first.
    #[prop(optional_no_strip)]
    value: Option<String>,
    /// Called with the chosen option.
    #[prop(into)]
    on_change: Callback<String>,
    /// Leave the legend to screen readers: the page's heading says the same.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let options = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let input_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let checked = value.as_deref() == Some(option.id.as_str());
            let chosen = option.id.clone();
            view! {
                <label class="choice" for=input_id.clone()>
                    <input
                        type="radio"
                        id=input_id.clone()
                        name=id.clone()
                        value=option.id
                        prop:checked=checked
                        on:change=move |_| on_change.run(chosen.clone())
                    />
                    <span>{option.label}</span>
                </label>
            }
        })
        .collect_view();
    let controls = view! {
        <div class="choices">{options}</div>
    };
    frame.around_group(controls.into_any())
}
