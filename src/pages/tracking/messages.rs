//! Whether messages about a dossier go to the applicant's phone: said, and changed with one button.

use crate::app::load::FailureNotice;
use crate::app::turns::{self, Held};
use crate::app::{Failure, consents, services};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::Button;
use leptos::prelude::*;
use motcua_domain::consent::Purpose;

/// Says whether messages come, and changes it.
#[component]
pub fn MessagesPart(
    /// The dossier and its key.
    held: Held,
    /// Whether they come now.
    wanted: bool,
    /// It was changed: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let services = services();
    let failure = RwSignal::new(None::<Failure>);
    let change = Callback::new(move |()| {
        let held = held.clone();
        tasks::start(async move {
            match turns::choose_messages(services, &held, !wanted).await {
                Ok(_) => on_change.run(()),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let (state, act) = match wanted {
        true => (t().messages_on(), t().messages_stop()),
        false => (t().messages_off(), t().messages_start()),
    };
    view! {
        <p>{state}</p>
        // What is agreed to by turning them on.
        {(!wanted).then(|| view! { <p>{consents::words(Purpose::Messages)}</p> })}
        <FailureNotice failure=failure/>
        <Button label=act.to_owned() on_press=change quiet=true/>
    }
}
