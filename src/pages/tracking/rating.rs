//! What the citizen thought of it, at the end: content or not, and why not. The last word counts.

use crate::app::load::FailureNotice;
use crate::app::turns::{self, Held};
use crate::app::{Failure, services};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Button, Choice, Radios, Textarea};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::turns::Rating;

/// Asks for it, or says that it was said.
#[component]
pub fn RatingPart(
    /// The dossier and its key.
    held: Held,
    /// What was said.
    said: Option<Rating>,
    /// It was said: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let services = services();
    let liked = RwSignal::new(None::<bool>);
    let reason = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    if let Some(said) = said {
        let href = held.address(&Route::Feedback(Some(held.code.clone())));
        return view! {
            <h2>{t().rating_title()}</h2>
            <p role="status">{t().rating_thanks()}</p>
            {(!said.liked).then(|| view! {
                <p><a href=href>{t().voice_rating_link()}</a></p>
            })}
        }
        .into_any();
    }
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(liked) = liked.get_untracked() else {
            wrong.set(Some(t().rating_pick().to_owned()));
            return;
        };
        let words = reason.get_untracked().trim().to_owned();
        let rating = Rating { liked, reason: (!liked && !words.is_empty()).then_some(words) };
        let held = held.clone();
        tasks::start(async move {
            match turns::rate(services, &held, &rating).await {
                Ok(_) => on_change.run(()),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let options = vec![
        Choice { id: "yes".to_owned(), label: t().rating_yes().to_owned() },
        Choice { id: "no".to_owned(), label: t().rating_no().to_owned() },
    ];
    view! {
        <h2>{t().rating_title()}</h2>
        <FailureNotice failure=failure/>
        <form novalidate on:submit=send>
            <Radios
                id="rating"
                label=t().rating_ask()
                error=wrong
                options=options
                value=None
                on_change=move |id: String| {
                    wrong.set(None);
                    liked.set(Some(id == "yes"));
                }
            />
            <div hidden=move || liked.get() != Some(false)>
                <Textarea
                    id="rating-reason"
                    label=t().rating_reason()
                    value=""
                    on_change=move |text| reason.set(text)
                />
            </div>
            <Button label=t().rating_send().to_owned() submit=true quiet=true/>
        </form>
    }
    .into_any()
}
