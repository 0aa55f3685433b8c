//! Any number of several options. Knows nothing of what is asked.

use super::Choice;
use super::frame::Frame;
use leptos::prelude::*;

/// Checkboxes in a group.
#[component]
pub fn Checkboxes(
    /// Id of the group; the first option carries it.
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
    /// The chosen options at first.
    value: Vec<String>,
    /// Called with all chosen options.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// Leave the legend to screen readers.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let frame = Frame { id: id.clone(), label, hint, error, hide_label };
    let chosen = StoredValue::new(value.clone());
    let options = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let input_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let own = option.id.clone();
            let changed = move |checked: bool| {
                chosen.update_value(|all| {
                    all.retain(|id| *id != own);
                    if checked {
                        all.push(own.clone());
                    }
                });
                on_change.run(chosen.get_value());
            };
            view! {
                <label class="choice" for=input_id.clone()>
                    <input
                        type="checkbox"
                        id=input_id.clone()
                        name=id.clone()
                        prop:checked=value.contains(&option.id)
                        value=option.id
                        on:change:target=move |event| changed(event.target().checked())
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
