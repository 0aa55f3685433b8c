//! A few plain questions that end at the one procedure that fits. One question a page, so that the
//! way back is the phone's own.

use crate::app::{load, services};
use crate::i18n::{said, t};
use crate::kit::{Back, Notice, Page, Tone};
use crate::pages::not_found_page::NotFoundPage;
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::CatalogueDocument;
use motcua_domain::browse::{Chooser, ChooserQuestion, ChooserStep};
use std::sync::Arc;

/// A question of a chooser; the first one where none is named.
#[component]
pub fn ChooserPage(
    /// Which chooser.
    id: String,
    /// Which question.
    question: Option<String>,
) -> impl IntoView {
    let catalogue = load::catalogue(services());
    catalogue.draw(move |catalogue: Arc<CatalogueDocument>| {
        let chooser = catalogue.choosers.iter().find(|chooser| chooser.id == id);
        let asked = chooser.and_then(|chooser| match &question {
            Some(question) => chooser.find(question),
            None => chooser.questions.first(),
        });
        match (chooser, asked) {
            (Some(chooser), Some(asked)) => {
                view! { <Question chooser=chooser.clone() asked=asked.clone()/> }.into_any()
            }
            _ => view! { <NotFoundPage/> }.into_any(),
        }
    })
}

#[component]
fn Question(
    /// The chooser.
    chooser: Chooser,
    /// The question.
    asked: ChooserQuestion,
) -> impl IntoView {
    let office = RwSignal::new(None::<String>);
    let answers = asked
        .answers
        .into_iter()
        .map(|answer| {
            let words = said(&answer.text);
            match answer.to {
                ChooserStep::Code(code) => leading(Route::Procedure(code), words),
                ChooserStep::Question(next) => {
                    leading(Route::Choose(chooser.id.clone(), Some(next)), words)
                }
                ChooserStep::Office(advice) => {
                    let advice = said(&advice);
                    view! {
                        <li>
                            <button type="button" class="plain" on:click=move |_| office.set(Some(advice.clone()))>
                                {words}
                            </button>
                        </li>
                    }
                        .into_any()
                }
            }
        })
        .collect_view();
    view! {
        <Page
            title=said(&asked.text)
            back=Some(Back { href: Route::Search.to_string(), label: t().back_to_list().to_owned() })
        >
            <p class="hint">{said(&chooser.title)}</p>
            <ul class="links">{answers}</ul>
            {move || office.get().map(|advice| view! {
                <Notice tone=Tone::Warning live=true><p>{advice}</p></Notice>
            })}
        </Page>
    }
}

fn leading(to: Route, words: String) -> AnyView {
    view! { <li><a href=to.to_string()>{words}</a></li> }.into_any()
}
