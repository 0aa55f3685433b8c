//! Notices on this device about a dossier: offered where the browser can, and stopped with one button.

use crate::app::load::FailureNotice;
use crate::app::push::{self, NotChosen, Notices};
use crate::app::turns::Held;
use crate::app::{Failure, consents, services};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Button, Notice, Tone};
use leptos::prelude::*;
use motcua_domain::consent::Purpose;

/// Says whether this device gets notices, and changes it. Says nothing where it cannot.
#[component]
pub fn NoticesPart(
    /// The dossier and its key.
    held: Held,
    /// The devices that get them now, as the backend names them.
    devices: Vec<String>,
    /// It was changed: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let services = services();
    let state = RwSignal::new(None::<Notices>);
    let failure = RwSignal::new(None::<Failure>);
    let no_service = RwSignal::new(false);
    tasks::start(async move {
        let found = push::look(services, &devices).await;
        let _ = state.try_set(Some(found));
    });
    let change = Callback::new(move |on: bool| {
        let held = held.clone();
        tasks::start(async move {
            let changed = match on {
                true => push::start(services, &held).await,
                false => push::stop(services, &held).await,
            };
            match changed {
                Ok(()) => on_change.run(()),
                Err(NotChosen::Blocked) => {
                    let _ = state.try_set(Some(Notices::Blocked));
                }
                Err(NotChosen::NoService) => {
                    let _ = no_service.try_set(true);
                }
                Err(NotChosen::Failure(why)) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let button = move |label: &str, on: bool| {
        let press = Callback::new(move |()| change.run(on));
        view! { <Button label=label.to_owned() on_press=press quiet=true/> }
    };
    let part = move || {
        match state.get()? {
        Notices::Impossible => None,
        Notices::AfterInstalling => Some(view! { <p>{t().notices_install()}</p> }.into_any()),
        Notices::Blocked => Some(view! { <p role="status">{t().notices_blocked()}</p> }.into_any()),
        Notices::Off => {
            Some(view! { <p>{t().notices_off()}</p><p>{consents::words(Purpose::Push)}</p>{button(t().notices_start(), true)} }.into_any())
        }
        Notices::On => Some(
            view! { <p role="status">{t().notices_on()}</p>{button(t().notices_stop(), false)} }
                .into_any(),
        ),
    }
    };
    let absent = move || {
        no_service.get().then(|| {
            view! { <Notice tone=Tone::Warning live=true><p>{t().notices_no_service()}</p></Notice> }
        })
    };
    view! { {absent} <FailureNotice failure=failure/> {part} }
}
