//! Where feedback stands: state and days for anyone with its code; what was said, asked and answered for its
//! sender, and adding what the office asks for. Live while it is open.

use super::addition::addition;
use crate::app::feedback::voices::{self, Seen};
use crate::app::load::FailedPage;
use crate::app::{Failure, Services, services};
use crate::browser::{intl, navigation};
use crate::i18n::{clock_words, day_words, feedback_state_words, t};
use crate::kit::{Back, ErrorLine, Notice, Page, QrPicture, SummaryList, SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::feedback::{FeedbackDetail, FeedbackView, FeedbackWords};
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::feedback::{About, FeedbackCode, State};
use motcua_journeys::feedback::Opened;

/// Where feedback stands.
#[component]
pub fn VoicePage(
    /// Its code, as the address has it.
    code: String,
    /// Its key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let Ok(code) = FeedbackCode::parse(&code) else {
        let failure = Failure::Problem(Box::new(Problem::new(ProblemType::NotFound)));
        return view! { <FailedPage failure=failure again=|()| navigation::reload()/> }.into_any();
    };
    let voice = voices::follow(services, code, key);
    let on_change = Callback::new(move |()| voice.refresh());
    voice.draw(move |seen| followed(services, seen, on_change)).into_any()
}

fn followed(services: Services, seen: Seen, on_change: Callback<()>) -> AnyView {
    let Seen { feedback, key, stale } = seen;
    let locale = t().locale();
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let mut parts: Vec<AnyView> = vec![];
    if let Some(at) = stale {
        let words = t().follow_stale(&intl::moment(locale, at.0));
        parts.push(notice(Tone::Warning, vec![words]));
    }
    parts.push(head(&feedback));
    let other = key.as_deref().map(|key| elsewhere(services, &feedback.code, key));
    let FeedbackView { code, state, clocks, days_kept, published_at, received_at, detail, .. } =
        feedback;
    if state == State::Received && detail.is_some() {
        parts.push(para(t().voice_sent_thanks().to_owned()));
    }
    if let Some(detail) = detail.as_ref().filter(|_| state == State::Asked) {
        parts.extend(detail.question.clone().map(|asked| said(t().voice_question_title(), asked)));
        let to = key.map(|key| Opened { code, key });
        parts.extend(to.map(|to| addition(services, to, errors, on_change)));
    }
    if let Some(detail) = &detail {
        parts.extend(ending(detail));
    }
    parts.extend(clocks.iter().rev().filter_map(clock_words).map(para));
    parts.extend(days_kept.map(|days| para(t().voice_kept(&days.to_string()))));
    parts.extend(published_at.map(|at| para(t().voice_published(&day_words(at.date())))));
    let sent = SummaryRow::fact(t().receipt_submitted(), intl::moment(locale, received_at.0));
    match detail {
        Some(detail) => {
            parts.extend(whole(detail, state, sent));
            parts.extend(other);
        }
        None => {
            parts.push(view! { <SummaryList rows=vec![sent]/> }.into_any());
            parts.push(notice(Tone::Calm, vec![t().voice_stranger().to_owned()]));
        }
    }
    view! {
        <Page
            title=t().voice_one_title()
            back=Some(Back { href: Route::Feedback(None).to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            {parts}
            <p><a href=Route::Answers.to_string()>{t().answers_title()}</a></p>
        </Page>
    }
    .into_any()
}

fn head(feedback: &FeedbackView) -> AnyView {
    view! {
        <div class="panel">
            <p class="code" role="status">{feedback_state_words(feedback.state)}</p>
            <p>{t().voice_code_label()}</p>
            <p>{feedback.code.to_string()}</p>
        </div>
    }
    .into_any()
}

/// The same on another device: a visitor's own phone, who must leave this one.
fn elsewhere(services: Services, code: &FeedbackCode, key: &str) -> AnyView {
    let address = Route::Voice(code.to_string()).for_others(Some(key));
    let link = format!("{}{address}", navigation::origin());
    view! {
        <details class="fold" open=services.counter.is_on>
            <summary>{t().voice_other_title()}</summary>
            <QrPicture text=link label=t().voice_other_title()/>
            <p>{t().voice_other_text()}</p>
        </details>
    }
    .into_any()
}

fn para(words: String) -> AnyView {
    view! { <p class="as-written">{words}</p> }.into_any()
}

fn heading(words: &'static str) -> AnyView {
    view! { <h2>{words}</h2> }.into_any()
}

fn notice(tone: Tone, words: Vec<String>) -> AnyView {
    let lines: Vec<AnyView> = words.into_iter().map(para).collect();
    view! { <Notice tone=tone>{lines}</Notice> }.into_any()
}

/// What one side said, and when.
fn said(title: &'static str, said: FeedbackWords) -> AnyView {
    let when = intl::moment(t().locale(), said.at.0);
    view! {
        <Notice>
            <h2>{title}</h2>
            {para(said.words)}
            <p class="hint">{when}</p>
        </Notice>
    }
    .into_any()
}

/// The answer, or why there is none.
fn ending(detail: &FeedbackDetail) -> Vec<AnyView> {
    let answer = detail.answer.clone().map(|answer| said(t().voice_answer_title(), answer));
    let mut parts: Vec<AnyView> = answer.into_iter().collect();
    if let Some(refusal) = detail.refusal.clone() {
        parts.push(heading(t().voice_refusal_title()));
        parts.push(notice(Tone::Warning, vec![refusal.reason]));
        if let Some(advice) = refusal.advice {
            parts.push(heading(t().voice_advice_title()));
            parts.push(para(advice));
        }
    }
    parts
}

/// What was said.
fn whole(detail: FeedbackDetail, state: State, sent: SummaryRow) -> Vec<AnyView> {
    let about = match detail.about {
        About::Page { page } if page == "/" => t().voice_about_app().to_owned(),
        About::Page { page } => t().voice_page(&page),
        About::Dossier { code } => t().voice_dossier(code.as_str()),
        About::Office => t().voice_about_office().to_owned(),
        About::Procedure { code } => format!("{} {code}", t().voice_about_procedure()),
    };
    let fact = SummaryRow::fact;
    let mut rows = vec![sent, fact(t().voice_about(), about)];
    rows.extend(detail.place.map(|place| fact(t().voice_place_label(), place)));
    if detail.photos > 0 {
        rows.push(fact(t().voice_photos_label(), detail.photos.to_string()));
    }
    rows.extend(
        detail.phone_ending.map(|ending| fact(t().voice_phone_label(), format!("…{ending}"))),
    );
    let mut parts = vec![heading(t().voice_said_title()), para(detail.text)];
    // The question is above while it waits for its answer.
    let question = detail.question.filter(|_| state != State::Asked);
    parts.extend(question.map(|asked| said(t().voice_question_title(), asked)));
    parts.extend(detail.addition.map(|added| said(t().voice_added_title(), added)));
    parts.push(view! { <SummaryList rows=rows/> }.into_any());
    parts
}
