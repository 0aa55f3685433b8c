//! One question as a control: which building block asks which kind of answer.

use crate::browser::intl;
use crate::i18n::{said, t};
use crate::kit::{Checkboxes, Choice, DateInput, DateWords, ErrorLine, Field, Radios, Textarea};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::form::{ChoiceOption, Kind, Question};

/// The id of a question's control.
pub fn field_id(question: &str) -> String {
    format!("q-{question}")
}

/// One question.
#[component]
pub fn QuestionField(
    /// The question.
    question: Question,
    /// What was answered before.
    answer: Option<Answer>,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
    /// Leave the label to screen readers.
    hide_label: bool,
    /// Asks for the name of who is filling: the browser may fill it in.
    about_self: bool,
    /// Called with each change.
    on_answer: Callback<(String, Answer)>,
) -> impl IntoView {
    let id = field_id(&question.id);
    let own_id = id.clone();
    let error = Signal::derive(move || {
        errors.read().iter().find(|line| line.target == own_id).map(|line| line.text.clone())
    });
    let label = if question.optional {
        t().question_optional(&said(&question.label))
    } else {
        said(&question.label)
    };
    let hint = question.hint.as_ref().map(said);
    let text = match &answer {
        Some(Answer::One(text)) => text.clone(),
        _ => String::new(),
    };
    let key = question.id.clone();
    let one = Callback::new(move |text: String| {
        on_answer.run((key.clone(), Answer::One(intl::composed(&text))));
    });
    match question.kind {
        Kind::LongText { .. } => view! {
            <Textarea id=id label=label hint=hint error=error value=text on_change=one hide_label=hide_label/>
        }
        .into_any(),
        Kind::Choice { options } => view! {
            <Radios
                id=id
                label=label
                hint=hint
                error=error
                options=choices(&options)
                value=Some(text)
                on_change=one
                hide_label=hide_label
            />
        }
        .into_any(),
        Kind::MultiChoice { options } => {
            let chosen = match answer {
                Some(Answer::Many(ids)) => ids,
                _ => vec![],
            };
            let key = question.id.clone();
            let many = Callback::new(move |ids: Vec<String>| on_answer.run((key.clone(), Answer::Many(ids))));
            view! {
                <Checkboxes
                    id=id
                    label=label
                    hint=hint
                    error=error
                    options=choices(&options)
                    value=chosen
                    on_change=many
                    hide_label=hide_label
                />
            }
            .into_any()
        }
        Kind::Date { .. } => {
            let words =
                DateWords { day: t().date_day(), month: t().date_month(), year: t().date_year() };
            view! {
                <DateInput id=id label=label hint=hint error=error value=text on_change=one words=words hide_label=hide_label/>
            }
            .into_any()
        }
        kind => {
            let (keyboard, autocomplete, short) = manner(&kind, about_self);
            view! {
                <Field
                    id=id
                    label=label
                    hint=hint
                    error=error
                    value=text
                    on_change=one
                    keyboard=keyboard
                    autocomplete=autocomplete
                    hide_label=hide_label
                    short=short
                />
            }
            .into_any()
        }
    }
}

/// Keyboard, what a browser may fill in, and whether the answer is short.
fn manner(kind: &Kind, about_self: bool) -> (&'static str, &'static str, bool) {
    match kind {
        Kind::Number { .. } => ("numeric", "off", true),
        Kind::Money { .. } => ("numeric", "off", false),
        Kind::CitizenNumber { .. } => ("numeric", "off", false),
        Kind::Phone => ("tel", "tel", false),
        Kind::Email => ("email", "email", false),
        Kind::PersonName if about_self => ("text", "name", false),
        _ => ("text", "off", false),
    }
}

fn choices(options: &[ChoiceOption]) -> Vec<Choice> {
    options
        .iter()
        .map(|option| Choice { id: option.id.clone(), label: said(&option.label) })
        .collect()
}
