//! The scan page. Knows what a code may lead to, not how one is read.

use super::super::use_go;
use crate::app::camera_scan::{self, CameraProblem, Looking};
use crate::app::services;
use crate::browser::{image, tasks};
use crate::i18n::{camera_words, refusal_words, t};
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Field, Notice, Page, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::scan::{self, Meaning};

const VIDEO_ID: &str = "camera";

/// A text that leads nowhere here, and why.
#[derive(Clone, PartialEq, Eq)]
struct Refused {
    text: String,
    why: &'static str,
}

/// The scan page.
#[component]
pub fn ScanPage() -> impl IntoView {
    let services = services();
    let go = use_go();
    let refused = RwSignal::new(None::<Refused>);
    let round = RwSignal::new(0_u32);
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let typed = RwSignal::new(String::new());
    let reading = RwSignal::new(None::<&'static str>);

    // Where a text leads; nothing when it leads nowhere.
    let follow = Callback::new(move |text: String| -> bool {
        match scan::meaning(&text, &services.trusted_hosts()) {
            Ok(Meaning::Procedure(code)) => {
                go(Route::Procedure(code).to_string());
                true
            }
            Ok(Meaning::Dossier { code, key }) => {
                let key = key.map(|key| format!("#k={key}")).unwrap_or_default();
                go(format!("{}{key}", Route::Dossier(code)));
                true
            }
            Err(why) => {
                refused.try_set(Some(Refused { text, why: refusal_words(why) }));
                false
            }
        }
    });

    let picked = move |event: leptos::ev::Event| {
        let Some(file) = image::take_picked(&event) else { return };
        refused.set(None);
        reading.set(Some(t().scan_reading()));
        tasks::start(async move {
            let texts = camera_scan::read_picture(file).await;
            let note = match texts {
                Ok(texts) if texts.is_empty() => Some(t().scan_nothing_found()),
                Ok(texts) => {
                    let _ = texts.into_iter().any(|text| follow.run(text));
                    None
                }
                Err(why) => {
                    tasks::log_failure("read picture", &why);
                    Some(t().scan_picture_failed())
                }
            };
            reading.try_set(note);
        });
    };

    let typed_code = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        let known = scan::meaning(&text, &services.trusted_hosts());
        match known {
            Ok(_) => {
                errors.set(vec![]);
                follow.run(text);
            }
            Err(why) => errors.set(vec![ErrorLine {
                target: "scan-code".to_owned(),
                text: match why {
                    scan::Refusal::Empty => t().scan_code_missing().to_owned(),
                    scan::Refusal::NotUnderstood => t().scan_code_wrong().to_owned(),
                    other => refusal_words(other).to_owned(),
                },
            }]),
        }
    };
    let field_error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));

    view! {
        <Page
            title=t().scan_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <p>{t().scan_lead()}</p>
            {move || match refused.get() {
                Some(refused_code) => {
                    let again = move || {
                        refused.set(None);
                        round.update(|round| *round += 1);
                    };
                    view! { <RefusedCode refused=refused_code again=Callback::new(move |()| again())/> }.into_any()
                }
                None => {
                    round.track();
                    view! { <CameraView follow=follow/> }.into_any()
                }
            }}
            <h2>{t().scan_other_ways()}</h2>
            <div class="pick btn btn-2">
                {t().scan_gallery()}
                <input type="file" accept="image/*" id="scan-picture" aria-label=t().scan_gallery() on:change=picked/>
            </div>
            <p role="status">{move || reading.get()}</p>
            <form novalidate on:submit=typed_code>
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
        </Page>
    }
}

/// The camera's picture, or why there is none.
#[component]
fn CameraView(
    /// Follows a text; says whether it leads anywhere.
    follow: Callback<String, bool>,
) -> impl IntoView {
    let looking = RwSignal::new(Looking::Starting);
    tasks::start(async move {
        // The video element must be in the page first.
        tasks::next_frame().await;
        // A code that leads nowhere is shown, so the looking ends as well.
        let found = move |text| {
            follow.run(text);
            true
        };
        camera_scan::watch(VIDEO_ID, looking, found).await;
    });
    let failed = Memo::new(move |_| match looking.get() {
        Looking::Failed(problem) => Some(problem),
        _ => None,
    });
    view! {
        <div class="camera" class:hidden-text=move || failed.read().is_some()>
            <video id=VIDEO_ID playsinline muted aria-label=t().scan_camera_label()></video>
        </div>
        <p role="status">
            {move || match looking.get() {
                Looking::Starting => t().scan_starting(),
                Looking::Running => t().scan_running(),
                Looking::Failed(_) => "",
            }}
        </p>
        {move || failed.get().map(|problem| view! { <NoCamera problem=problem/> })}
    }
}

/// Why there is no camera, and what to do.
#[component]
fn NoCamera(
    /// Why.
    problem: CameraProblem,
) -> impl IntoView {
    let (title, advice) = camera_words(problem);
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{title}</h2>
            <p>{advice}</p>
            <p>{t().camera_other_ways()}</p>
        </Notice>
    }
}

/// A code that leads nowhere here: shown, never opened.
#[component]
fn RefusedCode(
    /// The code.
    refused: Refused,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    let text: String = refused.text.chars().take(200).collect();
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{t().scan_refused_title()}</h2>
            <p>{refused.why}</p>
            <p>{t().scan_refused_text()}</p>
            <p><code>{text}</code></p>
            <p>{t().scan_refused_not_opened()}</p>
        </Notice>
        <Button label=t().scan_again().to_owned() on_press=again/>
    }
}
