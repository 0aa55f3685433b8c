//! Handing an address on: by the phone's share sheet, or copied. What it leads to is the pages'.

use crate::browser::{share, tasks};
use crate::i18n::t;
use crate::kit::Button;
use leptos::prelude::*;

/// The buttons that hand an address on, and what came of it.
#[component]
pub fn SendButtons(
    /// The whole address.
    address: String,
    /// What it is called in a message.
    title: String,
    /// The first button is the page's main act.
    #[prop(optional)]
    main: bool,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let send = {
        let address = address.clone();
        move |()| {
            let (title, address) = (title.clone(), address.clone());
            tasks::start(async move {
                if let Err(why) = share::share(&title, &address).await {
                    tasks::log_failure("share", &why);
                    said.try_set(Some(t().share_failed()));
                }
            });
        }
    };
    let copy = move |()| {
        let address = address.clone();
        tasks::start(async move {
            let words = match share::copy(&address).await {
                Ok(()) => t().share_copied(),
                Err(_) => t().share_failed(),
            };
            said.try_set(Some(words));
        });
    };
    let sends = share::is_possible();
    view! {
        {sends.then(|| view! { <Button label=t().share_send().to_owned() quiet=!main on_press=send/> })}
        <Button label=t().share_copy().to_owned() quiet={sends || !main} on_press=copy/>
        <p role="status">{move || said.get()}</p>
    }
}
