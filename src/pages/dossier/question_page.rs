//! One page of questions, drawn from the form's description. Every change is kept at once; what is
//! wrong is said when the citizen goes on, not while typing. In easy mode one question at a time.

use super::super::not_found_page::NotFoundPage;
use super::super::use_go;
use super::dictation::ReadAloud;
use super::kept_note::{KeptNote, SavedLine};
use super::known_people::KnownPeople;
use super::paper_slot::PaperSlot;
use super::question::{QuestionField, field_id, full_label};
use super::rows::{RowAdding, RowRemoval};
use super::{load, steps, today};
use crate::app::{Services, prefill};
use crate::i18n::{problem_words, said, t};
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Notice, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::form::{FormPage, Kind, Question};
use motcua_domain::procedure::Procedure;
use motcua_domain::validate;
use motcua_journeys::draft::DraftKey;
use std::sync::Arc;

/// One page of questions.
#[component]
pub fn QuestionPage(
    /// Which draft.
    draft_key: DraftKey,
    /// Which page of its form.
    page: String,
    /// Which question of the page, in easy mode.
    step: usize,
    /// Came from the check page to change something.
    changing: bool,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| match procedure.form.find_page(&page).cloned() {
        Some(page) => view! {
            <Questions
                services=services
                procedure=procedure
                draft_key=draft_key.clone()
                page=page
                step=step
                changing=changing
            />
        }
        .into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    })
}

/// Questions that belong on one screen in easy mode: an address and a row stay whole.
fn screens(asked: &[Question]) -> Vec<Vec<Question>> {
    let mut screens: Vec<Vec<Question>> = Vec::new();
    for question in asked {
        let above = |question: &Question| match (&question.row, &question.within) {
            (Some(row), _) => Some(format!("{}.{}", row.group, row.row)),
            (None, Some(_)) => question.id.rsplit_once('.').map(|(above, _)| above.to_owned()),
            (None, None) => None,
        };
        let own = above(question);
        match screens.last_mut() {
            Some(last) if own.is_some() && above(&last[0]) == own => last.push(question.clone()),
            _ => screens.push(vec![question.clone()]),
        }
    }
    screens
}

#[component]
fn Questions(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
    /// Which page.
    page: FormPage,
    /// Which question of the page, in easy mode.
    step: usize,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft;
    let easy = services.easy.get_untracked();
    let answers_now = {
        let key = draft_key.clone();
        move || draft.find_now(&key).map(|draft| draft.answers).unwrap_or_default()
    };
    let first_asked = procedure.form.asked_on(&page, &answers_now(), today());
    let filled_from = prefill::offer(services, &procedure, &draft_key, &first_asked);
    let people = prefill::people_of(&procedure, &first_asked);
    let answers = answers_now();
    let own_route = Route::Question(draft_key.clone(), page.id.clone());
    let back_route = match (easy && step > 0, changing) {
        (true, _) => own_route.at_step(step - 1, changing),
        (false, true) => Route::Check(draft_key.clone()).to_string(),
        (false, false) => steps::before(&procedure, &draft_key, &answers, &page.id).to_string(),
    };
    let place = steps::position(&procedure, &answers, &page.id);
    let revealed = RwSignal::new(false);
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));

    // A question may depend on an answer on the same page.
    let (watched_page, watched_key) = (page.clone(), draft_key.clone());
    let watched_procedure = Arc::clone(&procedure);
    let asked = Memo::new(move |_| {
        let answers = draft.find(&watched_key).map(|draft| draft.answers).unwrap_or_default();
        watched_procedure.form.asked_on(&watched_page, &answers, today())
    });
    let shown = Memo::new(move |_| {
        let asked = asked.get();
        if !easy {
            return asked;
        }
        let mut screens = screens(&asked);
        let step = step.min(screens.len().saturating_sub(1));
        if screens.is_empty() { vec![] } else { screens.swap_remove(step) }
    });

    // One choice and nothing else: a tap answers it and goes on. Who comes back to it can also leave
    // it as it is.
    let choice_alone = match shown.get_untracked().as_slice() {
        [only] => matches!(only.kind, Kind::Choice { .. }).then(|| only.id.clone()),
        _ => None,
    };
    let was_answered =
        choice_alone.as_ref().is_some_and(|question| answers.find(question).is_some());
    let needs_button = {
        let alone = choice_alone.is_some() && !was_answered;
        Memo::new(move |_| !alone || shown.read().len() > 1)
    };

    let title = said(&page.title);
    let (single, same_words) = match first_asked.as_slice() {
        [only] => (true, said(&only.label) == title),
        _ => (false, false),
    };
    let applicant_name = procedure.applicant.as_ref().map(|applicant| format!("{applicant}.name"));
    let field_key = draft_key.clone();
    let answers_of = answers_now.clone();
    let components = procedure.components.clone();
    let alone_id = choice_alone.clone();
    let draw_question = move |question: Question| {
        let key = field_key.clone();
        if matches!(question.kind, Kind::Group { .. }) {
            return view! {
                <RowAdding services=services draft_key=key group=question asked=asked/>
            }
            .into_any();
        }
        if let Kind::File { component } = &question.kind {
            let found = components.iter().find(|known| known.id == *component).cloned();
            return found
                .map(|component| view! {
                    <PaperSlot services=services draft_key=key component=component must=!question.optional errors=errors changing=changing/>
                })
                .into_any();
        }
        let alone = alone_id.as_ref() == Some(&question.id);
        let answer = answers_of().0.get(&question.id).cloned();
        let own = applicant_name.as_deref() == Some(question.id.as_str());
        let heading = heading_of(&question, &asked.get_untracked());
        let removal = question.row.clone().filter(|_| heading.is_some()).map(|row| {
            view! { <RowRemoval services=services draft_key=key.clone() row=row asked=asked/> }
        });
        view! {
            {heading.map(|words| view! { <h2 class="part">{words}</h2> })}
            {removal}
            <QuestionField
                services=services
                draft_key=key
                question=question
                answer=answer
                errors=errors
                alone=alone
                hide_label=single && same_words
                about_self=own
                on_answer=Callback::new(move |(id, answer): (String, Answer)| draft.answer(&id, answer))
            />
        }
        .into_any()
    };

    let next_procedure = Arc::clone(&procedure);
    let (next_page, next_key) = (page.id.clone(), draft_key.clone());
    let answers_then = answers_now.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let questions = shown.get_untracked();
        for question in &questions {
            if let Some(Answer::One(typed)) = answers_then().0.get(&question.id) {
                let canonical = validate::normalise(&question.kind, typed);
                draft.answer(&question.id, Answer::One(canonical));
            }
        }
        let Some(draft_now) = draft.find_now(&next_key) else { return };
        let answers = draft_now.answers.clone();
        if choice_alone.is_some() && questions.len() > 1 && !revealed.get_untracked() {
            // The choice asks for more on this very page: it is shown first.
            revealed.set(true);
            return;
        }
        let wrong = problems(&questions, &answers);
        if !wrong.is_empty() {
            errors.set(wrong);
            return;
        }
        errors.set(vec![]);
        let more = easy && step + 1 < screens(&asked.get_untracked()).len();
        let next = match (more, changing) {
            (true, _) => own_route.at_step(step + 1, changing),
            (false, true) => Route::Check(next_key.clone()).to_string(),
            (false, false) => steps::after(&next_procedure, &draft_now, &next_page).to_string(),
        };
        go(next);
    };

    let spoken_title = title.clone();
    let spoken = Signal::derive(move || {
        let mut words = vec![spoken_title.clone()];
        for question in shown.get() {
            words.push(said(&question.label));
            words.extend(question.hint.as_ref().map(said));
        }
        words.join(". ")
    });
    let saved_key = draft_key.clone();
    view! {
        <Page
            title=title
            back=Some(Back { href: back_route, label: t().back().to_owned() })
            trouble=trouble
            before=place.map(|(index, count)| t().question_place(&index.to_string(), &count.to_string()))
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <KeptNote services=services/>
            {filled_from.map(|source| {
                let words = match source {
                    prefill::Source::Profile => t().question_from_profile(),
                    prefill::Source::Card => t().question_from_card(),
                    prefill::Source::Earlier => t().question_from_earlier(),
                };
                view! { <Notice><p>{words}</p></Notice> }
            })}
            <ReadAloud services=services text=spoken/>
            {page.hint.as_ref().map(|hint| view! { <p>{said(hint)}</p> })}
            {people.into_iter().map(|person| view! {
                <KnownPeople services=services draft_key=draft_key.clone() person=person page=page.id.clone() asked=asked/>
            }).collect_view()}
            <form novalidate on:submit=send>
                <For each=move || shown.get() key=|question| question.id.clone() children=draw_question/>
                {move || needs_button.get().then(|| view! { <Button label=t().go_on().to_owned() submit=true/> })}
            </form>
            <SavedLine services=services draft_key=saved_key/>
        </Page>
    }
}

/// The words above a question that begins an address, an account or a row.
fn heading_of(question: &Question, asked: &[Question]) -> Option<String> {
    let place = asked.iter().position(|known| known.id == question.id)?;
    let before = place.checked_sub(1).and_then(|before| asked.get(before));
    if let Some(row) = &question.row {
        let same = before.and_then(|before| before.row.as_ref()).is_some_and(|other| other == row);
        return (!same).then(|| format!("{} {}", said(&row.item), row.number));
    }
    let within = question.within.as_ref()?;
    let same = before.is_some_and(|before| before.within.as_ref() == Some(within));
    (!same).then(|| said(within))
}

fn problems(questions: &[Question], answers: &Answers) -> Vec<ErrorLine> {
    questions
        .iter()
        .filter_map(|question| {
            let problem = validate::check_question(question, answers, today()).err()?;
            Some(ErrorLine {
                target: field_id(&question.id),
                text: problem_words(&problem, &full_label(question)),
            })
        })
        .collect()
}
