//! What is above every page of a shared device: ending and wiping, the countdown when nobody is there,
//! the page as a code for the visitor's own phone, and the band of a guided run.

use super::sayings::saying;
use crate::app::counter::run::Story;
use crate::app::counter::session;
use crate::app::services;
use crate::browser::{navigation, tasks};
use crate::i18n::t;
use crate::kit::{Button, LinkButton, Notice, QrPicture, Tone};
use crate::route::{Route, Visit};
use leptos::html::Dialog;
use leptos::prelude::*;

/// The bar. Pages wait until it has seen to it that nothing of the last visitor is left.
#[component]
pub fn CounterBar(
    /// The page below.
    visit: Memo<Visit>,
) -> impl IntoView {
    let services = services();
    let counter = services.counter;
    if !counter.ready.get_untracked() {
        tasks::start(session::begin(services));
    }
    let is_sample = Memo::new(move |_| !counter.story.read().is_empty());
    view! {
        <aside class="counter-bar" aria-label=t().counter_bar()>
            {move || is_sample.get().then(|| view! { <p class="sample">{t().sample_band()}</p> })}
            <div class="counter-in">
                <Button label=t().counter_end().to_owned() on_press=move |()| session::end(services)/>
            </div>
            {move || counter.stuck.get().then(|| view! {
                <Notice tone=Tone::Bad live=true><p>{t().counter_stuck()}</p></Notice>
            })}
        </aside>
        <aside class="counter-in" aria-label=t().counter_title()>
            {move || (!counter.ready.get()).then(|| view! {
                <p role="status">{t().counter_wiping()}</p>
            })}
            <Say visit=visit/>
            {move || counter.ready.get().then(|| view! { <Move route=visit.get().route/> })}
        </aside>
        <Countdown/>
    }
}

/// Nobody has touched the device for a while.
#[component]
fn Countdown() -> impl IntoView {
    let services = services();
    let left = services.counter.left;
    let dialog: NodeRef<Dialog> = NodeRef::new();
    let counting = Memo::new(move |_| left.get() > 0);
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            if counting.get() {
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    let here = move || {
        session::touch();
        left.set(0);
    };
    view! {
        <dialog
            node_ref=dialog
            class="counter-idle"
            aria-labelledby="counter-idle-title"
            aria-describedby="counter-idle-text"
            on:close=move |_| here()
        >
            <h2 id="counter-idle-title">{t().counter_idle_title()}</h2>
            <p id="counter-idle-text">
                {move || t().counter_idle_text(&left.get().to_string())}
            </p>
            <Button label=t().counter_idle_here().to_owned() on_press=move |()| here()/>
        </dialog>
    }
}

/// The same page on the visitor's own phone: nothing of a person is in its address. A draft goes by the
/// hand-over, which seals it.
#[component]
fn Move(
    /// The page.
    route: Route,
) -> impl IntoView {
    let draft = match &route {
        Route::Begin(key)
        | Route::Question(key, _)
        | Route::Behalf(key)
        | Route::Papers(key)
        | Route::Check(key)
        | Route::Send(key) => Some(Route::Give(key.clone())),
        _ => None,
    };
    let open = matches!(
        route,
        Route::Start
            | Route::Search
            | Route::Event(_)
            | Route::Sector(_)
            | Route::Choose(..)
            | Route::Procedure(_)
    );
    view! {
        {draft.map(|give| view! {
            <LinkButton href=give.to_string() label=t().counter_give() quiet=true/>
        })}
        {open.then(|| view! {
            <details class="fold counter-qr">
                <summary>{t().counter_move()}</summary>
                <QrPicture
                    text=format!("{}{route}", navigation::origin())
                    label=t().counter_move_label()
                />
                <p>{t().counter_move_text()}</p>
            </details>
        })}
    }
}

/// In a guided run: what to say aloud.
#[component]
fn Say(
    /// The page.
    visit: Memo<Visit>,
) -> impl IntoView {
    let counter = services().counter;
    move || {
        let story = Story::find(&counter.story.read())?;
        let said = saying(story, &visit.read().route)?;
        Some(view! {
            <details class="fold say" open>
                <summary>{t().sample_say()}</summary>
                <p><q>{said}</q></p>
            </details>
        })
    }
}
