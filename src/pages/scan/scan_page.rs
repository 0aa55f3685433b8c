//! The scan page: camera, picture from the gallery, typed or pasted text. Knows where to go with an
//! outcome, not how a code is read or what it means.

use super::super::use_go;
use super::camera_view::CameraView;
use super::outcome::{Outcome, OutcomeView};
use crate::app::{camera_scan, services};
use crate::browser::{image, tasks};
use crate::i18n::{refusal_words, t};
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Field, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::scan::Refusal;

/// The scan page.
#[component]
pub fn ScanPage() -> impl IntoView {
    let services = services();
    let go = use_go();
    let outcome = RwSignal::new(None::<Outcome>);
    let come = Callback::new(move |reached: Outcome| match reached {
        Outcome::Go(address) => go(address),
        other => {
            outcome.try_set(Some(other));
        }
    });
    let scanned = Callback::new(move |text: String| {
        come.run(Outcome::of(&text, services.understand(&text)));
    });
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    view! {
        <Page
            title=t().scan_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            {move || match outcome.get() {
                Some(reached) => {
                    let again = Callback::new(move |()| outcome.set(None));
                    view! { <OutcomeView outcome=reached again=again/> }.into_any()
                }
                None => view! {
                    <p>{t().scan_lead()}</p>
                    <CameraView found=scanned/>
                    <h2>{t().scan_other_ways()}</h2>
                    <FromPicture come=come/>
                    <FromText come=come errors=errors/>
                }.into_any(),
            }}
        </Page>
    }
}

/// A photo or screenshot from the gallery.
#[component]
fn FromPicture(
    /// Takes what it comes to.
    come: Callback<Outcome>,
) -> impl IntoView {
    let services = services();
    let note = RwSignal::new(None::<&'static str>);
    let picked = move |event: leptos::ev::Event| {
        let Some(file) = image::take_picked(&event).into_iter().next() else { return };
        note.set(Some(t().scan_reading()));
        tasks::start(async move {
            let outcomes: Vec<Outcome> = match camera_scan::read_picture(file).await {
                Ok(texts) => {
                    texts.iter().map(|text| Outcome::of(text, services.understand(text))).collect()
                }
                Err(why) => {
                    tasks::log_failure("read picture", &why);
                    note.try_set(Some(t().scan_picture_failed()));
                    return;
                }
            };
            // Of several codes in a picture, the one that leads somewhere.
            let useful = |outcome: &&Outcome| !matches!(outcome, Outcome::Refused { .. });
            match outcomes.iter().find(useful).or(outcomes.first()) {
                Some(outcome) => come.run(outcome.clone()),
                None => {
                    note.try_set(Some(t().scan_nothing_found()));
                }
            }
        });
    };
    view! {
        <div class="pick btn btn-2">
            {t().scan_gallery()}
            <input type="file" accept="image/*" id="scan-picture" aria-label=t().scan_gallery() on:change=picked/>
        </div>
        <p role="status">{move || note.get()}</p>
    }
}

/// A typed code or a pasted link.
#[component]
fn FromText(
    /// Takes what it comes to.
    come: Callback<Outcome>,
    /// What is wrong with the text.
    errors: RwSignal<Vec<ErrorLine>>,
) -> impl IntoView {
    let services = services();
    let typed = RwSignal::new(String::new());
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        let words = match services.understand_pasted(&text) {
            Ok(meaning) => {
                errors.set(vec![]);
                return come.run(Outcome::of(&text, Ok(meaning)));
            }
            Err(Refusal::Empty) => t().scan_code_missing(),
            Err(Refusal::NotUnderstood) => t().scan_code_wrong(),
            Err(other) => refusal_words(other),
        };
        errors.set(vec![ErrorLine { target: "scan-code".to_owned(), text: words.to_owned() }]);
    };
    let field_error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    view! {
        <form novalidate on:submit=submitted>
            <Field
                id="scan-code"
                label=t().scan_code_label()
                hint=Some(t().scan_code_hint().to_owned())
                error=field_error
                value=""
                on_change=move |text| typed.set(text)
            />
            <Button label=t().scan_code_open().to_owned() quiet=true submit=true/>
        </form>
    }
}
