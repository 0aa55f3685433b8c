//! Staff make this device everybody's with a new PIN, and end that with the same PIN.

use crate::app::counter::staff::StaffProblem;
use crate::app::services;
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Back, Button, Field, LinkButton, Notice, Page, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_journeys::counter::pin::PinProblem;

/// Turning counter mode on or off.
#[component]
pub fn CounterPage() -> impl IntoView {
    let back = Back { href: Route::Start.to_string(), label: t().to_start().to_owned() };
    view! {
        <Page title=t().counter_title() back=Some(back)>
            {if services().counter.is_on {
                view! { <TurnOff/> }.into_any()
            } else {
                view! { <TurnOn/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn TurnOn() -> impl IntoView {
    let services = services();
    let [first, second] = [RwSignal::new(String::new()), RwSignal::new(String::new())];
    let wrong = RwSignal::new(None::<StaffProblem>);
    let busy = RwSignal::new(false);
    let turn_on = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        tasks::start(async move {
            let (first, second) = (first.get_untracked(), second.get_untracked());
            let outcome = services.counter.turn_on(services, &first, &second).await;
            busy.try_set(false);
            wrong.try_set(outcome.err());
        });
    };
    view! {
        <p class="lead">{t().counter_lead()}</p>
        <Notice tone=Tone::Warning><p>{t().counter_wipes_all()}</p></Notice>
        <Problem wrong=wrong/>
        <form on:submit=move |event| { event.prevent_default(); turn_on() }>
            <Pin id="pin" label=t().counter_new_pin() hint=Some(t().counter_pin_hint().to_owned()) typed=first/>
            <Pin id="pin-again" label=t().counter_pin_again() hint=None typed=second/>
            <Button label=t().counter_turn_on().to_owned() submit=true/>
        </form>
    }
}

#[component]
fn TurnOff() -> impl IntoView {
    let services = services();
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<StaffProblem>);
    let busy = RwSignal::new(false);
    let turn_off = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        tasks::start(async move {
            let pin = typed.get_untracked();
            let outcome = services.counter.turn_off(services, &pin).await;
            busy.try_set(false);
            wrong.try_set(outcome.err());
        });
    };
    view! {
        <Notice><p>{t().counter_is_on()}</p></Notice>
        <LinkButton href=Route::Demo.to_string() label=t().demo_title()/>
        <h2>{t().counter_leave_title()}</h2>
        <Problem wrong=wrong/>
        <form on:submit=move |event| { event.prevent_default(); turn_off() }>
            <Pin id="pin" label=t().counter_pin() hint=None typed=typed/>
            <Button label=t().counter_turn_off().to_owned() submit=true quiet=true/>
        </form>
    }
}

#[component]
fn Pin(
    /// Id of the field.
    id: &'static str,
    /// Label.
    label: &'static str,
    /// Hint.
    hint: Option<String>,
    /// What was typed.
    typed: RwSignal<String>,
) -> impl IntoView {
    view! {
        <Field
            id=id
            label=label
            hint=hint
            value=""
            keyboard="numeric"
            short=true
            secret=true
            on_change=move |text| typed.set(text)
        />
    }
}

/// Why the mode stays as it is.
#[component]
fn Problem(
    /// The problem.
    wrong: RwSignal<Option<StaffProblem>>,
) -> impl IntoView {
    move || {
        wrong.get().map(|problem| {
            view! { <Notice tone=Tone::Bad live=true><p>{words(problem)}</p></Notice> }
        })
    }
}

fn words(problem: StaffProblem) -> String {
    let words = match problem {
        StaffProblem::Pin(PinProblem::NotDigits) => t().pin_not_digits(),
        StaffProblem::Pin(PinProblem::TooEasy) => t().pin_too_easy(),
        StaffProblem::Pin(PinProblem::Different) => t().pin_different(),
        StaffProblem::Wrong => t().pin_wrong(),
        StaffProblem::Wait(seconds) => return t().pin_wait(&seconds.to_string()),
        StaffProblem::NotWiped => t().counter_not_wiped(),
        StaffProblem::Refused => t().counter_refused(),
    };
    words.to_owned()
}
