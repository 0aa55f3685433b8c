//! The answers that the office published, for anybody: the matter and the answer, and nobody's name.

use crate::app::feedback::voices;
use crate::app::load::Loader;
use crate::app::services;
use crate::i18n::{day_words, t};
use crate::kit::{Back, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::feedback::{PublishedAnswer, PublishedAnswers};

/// The published answers.
#[component]
pub fn AnswersPage() -> impl IntoView {
    let services = services();
    let loader: Loader<PublishedAnswers> = Loader::start(None, move || voices::published(services));
    let back = Route::Feedback(None).to_string();
    view! {
        <Page
            title=t().answers_title()
            back=Some(Back { href: back, label: t().back().to_owned() })
        >
            <p>{t().answers_intro()}</p>
            {loader.draw_part(|published| {
                if published.answers.is_empty() {
                    return view! { <p role="status">{t().answers_none()}</p> }.into_any();
                }
                published.answers.into_iter().map(one).collect_view().into_any()
            })}
        </Page>
    }
}

fn one(answer: PublishedAnswer) -> impl IntoView {
    let PublishedAnswer { question, answer, published_on, .. } = answer;
    view! {
        <section>
            <h2 class="as-written">{question}</h2>
            <p class="as-written">{answer}</p>
            <p class="hint">{t().answers_day(&day_words(published_on))}</p>
        </section>
    }
}
