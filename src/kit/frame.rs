//! What is around every control: label or legend, hint, what is wrong. One control or a group of them;
//! knows nothing of which.

use leptos::prelude::*;

/// The words around a control.
pub(super) struct Frame {
    /// Id of the control, or of the group.
    pub id: String,
    /// Label or legend.
    pub label: String,
    /// Hint.
    pub hint: Option<String>,
    /// What is wrong, in words.
    pub error: Signal<Option<String>>,
    /// Leave the label to screen readers: the page's heading says the same.
    pub hide_label: bool,
}

impl Frame {
    /// The ids of hint and error, for a control's `aria-describedby`.
    pub fn described(&self) -> Signal<Option<String>> {
        let (id, has_hint, error) = (self.id.clone(), self.hint.is_some(), self.error);
        Signal::derive(move || {
            let hint = has_hint.then(|| format!("{id}-hint"));
            let wrong = error.read().is_some().then(|| format!("{id}-error"));
            match (hint, wrong) {
                (Some(hint), Some(wrong)) => Some(format!("{hint} {wrong}")),
                (hint, wrong) => hint.or(wrong),
            }
        })
    }

    /// `true` for a control's `aria-invalid` while something is wrong.
    pub fn invalid(&self) -> Signal<Option<&'static str>> {
        let error = self.error;
        Signal::derive(move || error.read().is_some().then_some("true"))
    }

    fn words(&self) -> AnyView {
        let (hint_id, error_id) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        let (hint, error) = (self.hint.clone(), self.error);
        view! {
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
            {move || error.get().map(|text| view! { <span class="error" id=error_id.clone()>{text}</span> })}
        }
        .into_any()
    }

    /// Around one control.
    pub fn around(self, control: AnyView) -> AnyView {
        let (words, wrong) = (self.words(), self.invalid());
        view! {
            <div class="field" class:wrong=move || wrong.read().is_some()>
                <label for=self.id class:hidden-text=self.hide_label>{self.label}</label>
                {words}
                {control}
            </div>
        }
        .into_any()
    }

    /// Around controls that answer one question.
    pub fn around_group(self, controls: AnyView) -> AnyView {
        let (words, wrong, described) = (self.words(), self.invalid(), self.described());
        view! {
            <fieldset
                class="group"
                class:wrong=move || wrong.read().is_some()
                aria-describedby=move || described.get()
            >
                <legend class:hidden-text=self.hide_label>{self.label}</legend>
                {words}
                {controls}
            </fieldset>
        }
        .into_any()
    }
}
