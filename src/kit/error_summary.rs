//! What is wrong on a page, in one place at the top, with a link to each field. Focus moves to it
//! when it appears. Knows nothing of what the fields ask.

use crate::browser::document;
use crate::browser::tasks;
use leptos::prelude::*;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorLine {
    /// Id of the field on this page, or the address of the page that has it.
    pub target: String,
    /// What is wrong, in words.
    pub text: String,
}

/// What is wrong with the field of this id.
pub fn error_of(errors: RwSignal<Vec<ErrorLine>>, target: String) -> Signal<Option<String>> {
    Signal::derive(move || {
        errors.read().iter().find(|line| line.target == target).map(|line| line.text.clone())
    })
}

/// The summary; nothing when nothing is wrong.
#[component]
pub fn ErrorSummary(
    /// Its heading.
    #[prop(into)]
    heading: String,
    /// What is wrong.
    #[prop(into)]
    errors: Signal<Vec<ErrorLine>>,
) -> impl IntoView {
    Effect::new(move |_| {
        if !errors.read().is_empty() {
            tasks::start(async {
                tasks::next_frame().await;
                document::focus("error-summary");
            });
        }
    });
    let heading = StoredValue::new(heading);
    move || {
        let lines = errors.get();
        (!lines.is_empty()).then(|| {
            let items = lines
                .into_iter()
                .map(|line| {
                    let elsewhere = line.target.starts_with('/');
                    let href =
                        if elsewhere { line.target.clone() } else { format!("#{}", line.target) };
                    let go = move |event: leptos::ev::MouseEvent| {
                        if !elsewhere {
                            event.prevent_default();
                            document::focus(&line.target);
                        }
                    };
                    view! { <li><a href=href on:click=go>{line.text}</a></li> }
                })
                .collect_view();
            view! {
                <div class="errors" id="error-summary" role="alert" tabindex="-1">
                    <h2>{heading.get_value()}</h2>
                    <ul>{items}</ul>
                </div>
            }
        })
    }
}
