//! One of several options where nothing else is asked: a tap answers and goes on. The buttons send the
//! form that they are in. Knows nothing of what is asked.

use super::Choice;
use super::frame::Frame;
use leptos::prelude::*;

/// Options as buttons.
#[component]
pub fn ChoiceButtons(
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
    /// The option that was chosen before.
    value: String,
    /// Called with the chosen option, before the form is sent.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Leave the legend to screen readers: the page's heading says the same.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let options = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let button_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let chosen = option.id == value;
            let choose = move |_| on_choose.run(option.id.clone());
            view! {
                <button type="submit" class="choice" id=button_id aria-pressed=chosen.to_string() on:click=choose>
                    <span>{option.label}</span>
                </button>
            }
        })
        .collect_view();
    let controls = view! {
        <div class="choices">{options}</div>
    };
    frame.around_group(controls.into_any())
}
