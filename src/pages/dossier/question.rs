//! One question as a control: which building block asks which kind of answer.

use super::dictation::Dictation;
use crate::app::Services;
use crate::browser::intl;
use crate::i18n::{said, t};
use crate::kit::{
    Checkboxes, Choice, ChoiceButtons, DateInput, DateWords, ErrorLine, Field, Radios, Select,
    Textarea, error_of,
};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::form::{ChoiceOption, Kind, Question};
use motcua_journeys::draft::DraftKey;

/// The id of a question's control.
pub fn field_id(question: &str) -> String {
    format!("q-{question}")
}

/// What a question is called, in a list where its address or group is not beside it.
pub fn full_label(question: &Question) -> String {
    let label = said(&question.label);
    let label = match &question.within {
        Some(within) => format!("{}: {}", said(within), label.to_lowercase()),
        None => label,
    };
    match &question.row {
        Some(row) => format!("{} {}: {}", said(&row.item), row.number, label.to_lowercase()),
        None => label,
    }
}

/// One question.
#[component]
pub fn QuestionField(
    /// Services.
    services: Services,
    /// Which draft it belongs to.
    draft_key: DraftKey,
    /// The question.
    question: Question,
    /// What was answered before.
    answer: Option<Answer>,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
    /// Nothing else is asked on the page: choosing goes on.
    alone: bool,
    /// Leave the label to screen readers.
    hide_label: bool,
    /// Asks for the name of who is filling: the browser may fill it in.
    about_self: bool,
    /// Called with each change.
    on_answer: Callback<(String, Answer)>,
) -> impl IntoView {
    let id = field_id(&question.id);
    let error = error_of(errors, id.clone());
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
        Kind::LongText { .. } => {
            let spoken = RwSignal::new(text);
            view! {
                {move || view! {
                    <Textarea id=id.clone() label=label.clone() hint=hint.clone() error=error value=spoken.get() on_change=one hide_label=hide_label/>
                }}
                <Dictation services=services on_heard=Callback::new(move |heard: String| {
                    spoken.set(heard.clone());
                    one.run(heard);
                })/>
            }
            .into_any()
        }
        Kind::Choice { options } if alone => view! {
            <ChoiceButtons
                id=id
                label=label
                hint=hint
                error=error
                options=choices(&options)
                value=text
                on_choose=one
                hide_label=hide_label
            />
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
            let many = Callback::new(move |ids: Vec<String>| {
                on_answer.run((key.clone(), Answer::Many(ids)))
            });
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
        Kind::Province => {
            let units = services.units();
            let options: Vec<Choice> = units
                .provinces
                .iter()
                .map(|province| Choice { id: province.code.clone(), label: province.name.clone() })
                .collect();
            let watched = question.id.clone();
            let value = Signal::derive(move || answered(services, &draft_key, &watched));
            let above = question.id.strip_suffix("province").unwrap_or_default().to_owned();
            let (commune, own) = (format!("{above}commune"), question.id.clone());
            // Another province has other communes.
            let changed = Callback::new(move |code: String| {
                on_answer.run((commune.clone(), Answer::One(String::new())));
                on_answer.run((own.clone(), Answer::One(code)));
            });
            view! {
                <Select id=id label=label hint=hint error=error empty=t().select_empty() options=options value=value on_change=changed/>
            }
            .into_any()
        }
        Kind::Commune => {
            let above = question.id.strip_suffix("commune").unwrap_or_default();
            let (province, watched_key) = (format!("{above}province"), draft_key.clone());
            let options = Memo::new(move |_| {
                let code = answered(services, &watched_key, &province);
                let units = services.units();
                let communes = units.find_province(&code).map(|province| province.communes.iter());
                communes
                    .into_iter()
                    .flatten()
                    .map(|(id, label)| Choice { id: id.clone(), label: label.clone() })
                    .collect::<Vec<_>>()
            });
            let watched = question.id.clone();
            let value = Signal::derive(move || answered(services, &draft_key, &watched));
            view! {
                <Select id=id label=label hint=hint error=error empty=t().select_empty() options=options value=value on_change=one/>
            }
            .into_any()
        }
        kind => {
            let (keyboard, autocomplete, short) = manner(&kind, about_self);
            // Numbers of identity, accounts and codes are typed, never heard.
            let can_be_said = matches!(kind, Kind::Text { .. } | Kind::PersonName);
            let spoken = RwSignal::new(text);
            let heard = Callback::new(move |text: String| {
                spoken.set(text.clone());
                one.run(text);
            });
            view! {
                {move || view! {
                    <Field
                        id=id.clone()
                        label=label.clone()
                        hint=hint.clone()
                        error=error
                        value=spoken.get()
                        on_change=one
                        keyboard=keyboard
                        autocomplete=autocomplete
                        hide_label=hide_label
                        short=short
                    />
                }}
                {can_be_said.then(|| view! { <Dictation services=services on_heard=heard/> })}
            }
            .into_any()
        }
    }
}

/// The single answer to a question, empty where there is none.
fn answered(services: Services, key: &DraftKey, question: &str) -> String {
    let draft = services.draft.find(key);
    draft.and_then(|draft| draft.answers.find_one(question).map(str::to_owned)).unwrap_or_default()
}

/// Keyboard, what a browser may fill in, and whether the answer is short.
fn manner(kind: &Kind, about_self: bool) -> (&'static str, &'static str, bool) {
    match kind {
        Kind::Number { .. } => ("numeric", "off", true),
        Kind::Money { .. } | Kind::AccountNumber | Kind::CitizenNumber { .. } => {
            ("numeric", "off", false)
        }
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
