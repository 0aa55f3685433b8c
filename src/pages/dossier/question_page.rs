//! One page of questions, drawn from the form's description. Every change is kept at once; what is
//! wrong is said when the citizen goes on, not while typing.

use super::super::not_found_page::NotFoundPage;
use super::super::use_go;
use super::question::QuestionField;
use super::{load, steps, today};
use crate::app::{Services, prefill};
use crate::browser::tasks;
use crate::i18n::{problem_words, said, t};
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Notice, Page, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::form::{FormPage, Question};
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_domain::validate;
use std::sync::Arc;

/// One page of questions.
#[component]
pub fn QuestionPage(
    /// Which procedure.
    code: ProcedureCode,
    /// Which page of its form.
    page: String,
    /// Came from the check page to change something.
    changing: bool,
) -> impl IntoView {
    let (services, procedure) = load(code);
    procedure.draw(move |procedure| match procedure.form.find_page(&page).cloned() {
        Some(page) => {
            view! { <Questions services=services procedure=procedure page=page changing=changing/> }
                .into_any()
        }
        None => view! { <NotFoundPage/> }.into_any(),
    })
}

#[component]
fn Questions(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which page.
    page: FormPage,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let go = use_go();
    let code = procedure.code.clone();
    let draft = services.draft;
    let answers_now = {
        let code = code.clone();
        move || draft.find_now(&code).map(|draft| draft.answers).unwrap_or_default()
    };
    let filled_from = prefill::offer(services, &procedure, &page);
    let answers = answers_now();
    let back_route = if changing {
        Route::Check(code.clone())
    } else {
        steps::before(&procedure, &answers, &page.id)
    };
    let place = steps::position(&procedure, &answers, &page.id);
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));

    // A question may depend on an answer on the same page.
    let watched_page = page.clone();
    let watched_code = code.clone();
    let asked = Memo::new(move |_| {
        let answers = draft.find(&watched_code).map(|draft| draft.answers).unwrap_or_default();
        watched_page.questions_asked(&answers, today()).cloned().collect::<Vec<Question>>()
    });

    let title = said(&page.title);
    let (single, same_words) = match page.questions.as_slice() {
        [only] => (true, said(&only.label) == title),
        _ => (false, false),
    };
    let applicant = procedure.applicant.clone();
    let first_answers = answers.clone();
    let draw_question = move |question: Question| {
        let answer = first_answers.0.get(&question.id).cloned();
        let own = applicant.as_ref().is_some_and(|who| who.name == question.id);
        view! {
            <QuestionField
                question=question
                answer=answer
                errors=errors
                hide_label=single && same_words
                about_self=own
                on_answer=Callback::new(move |(id, answer): (String, Answer)| draft.answer(&id, answer))
            />
        }
    };

    let next_procedure = Arc::clone(&procedure);
    let next_page = page.id.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let questions = asked.get_untracked();
        for question in &questions {
            if let Some(Answer::One(typed)) = answers_now().0.get(&question.id) {
                let canonical = validate::normalise(&question.kind, typed);
                draft.answer(&question.id, Answer::One(canonical));
            }
        }
        let answers = answers_now();
        let wrong = problems(&questions, &answers);
        if wrong.is_empty() {
            errors.set(vec![]);
            let next = if changing {
                Route::Check(next_procedure.code.clone())
            } else {
                steps::after(&next_procedure, &answers, &next_page)
            };
            go(next.to_string());
        } else {
            errors.set(wrong);
        }
    };

    view! {
        <Page
            title=title
            back=Some(Back { href: back_route.to_string(), label: t().back().to_owned() })
            trouble=trouble
            before=place.map(|(index, count)| t().question_place(&index.to_string(), &count.to_string()))
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <KeptNote services=services/>
            {filled_from.map(|source| {
                let words = match source {
                    prefill::Source::Profile => t().question_from_profile(),
                    prefill::Source::Card => t().question_from_card(),
                };
                view! { <Notice><p>{words}</p></Notice> }
            })}
            {page.hint.as_ref().map(|hint| view! { <p>{said(hint)}</p> })}
            <form novalidate on:submit=send>
                <For each=move || asked.get() key=|question| question.id.clone() children=draw_question/>
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// A warning while this device does not keep what is typed; and why nothing can be changed while a
/// submission is not settled.
#[component]
pub fn KeptNote(
    /// Services.
    services: Services,
) -> impl IntoView {
    let draft = services.draft;
    let take_over = Callback::new(move |()| {
        tasks::start(draft.take_over(services));
    });
    move || {
        if draft.is_elsewhere() {
            return view! {
                <Notice tone=Tone::Warning live=true>
                    <h2>{t().draft_elsewhere_title()}</h2>
                    <p>{t().draft_elsewhere_text()}</p>
                </Notice>
                <Button label=t().draft_elsewhere_here().to_owned() on_press=take_over/>
            }
            .into_any();
        }
        let new_form = draft.has_new_form().then(|| {
            view! { <Notice><p>{t().draft_new_form()}</p></Notice> }
        });
        let in_danger = draft.is_unsafe().then(|| {
            view! { <Notice tone=Tone::Warning live=true><p>{t().draft_unsafe()}</p></Notice> }
        });
        view! { {new_form}{in_danger} }.into_any()
    }
}

fn problems(questions: &[Question], answers: &Answers) -> Vec<ErrorLine> {
    questions
        .iter()
        .filter_map(|question| {
            let problem = validate::check_question(question, answers, today()).err()?;
            Some(ErrorLine {
                target: super::question::field_id(&question.id),
                text: problem_words(&problem, &said(&question.label)),
            })
        })
        .collect()
}
