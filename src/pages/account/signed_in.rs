//! Who is signed in on this device, with a way to end it: on a shared device the next person must
//! not be taken for the last one. Knows nothing of how one signs in.

use crate::app::{Failure, Services, api};
use crate::browser::{document, tasks};
use crate::i18n::t;
use crate::kit::{Button, Notice, Tone};
use leptos::prelude::*;

/// Who is signed in; nothing when nobody is.
#[component]
pub fn SignedIn(
    /// Services.
    services: Services,
    /// Called once nobody is signed in any more.
    #[prop(optional, into)]
    on_end: Option<Callback<()>>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<Failure>);
    let end = Callback::new(move |()| {
        tasks::start(async move {
            match api::sign_out().await {
                Ok(()) => {
                    services.part().await;
                    document::focus_heading();
                    if let Some(act) = on_end {
                        act.run(());
                    }
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    });
    move || {
        services.profile.get().map(|citizen| {
            view! {
                <section class="signed-in">
                    <p>{t().signed_in_as(&citizen.name)}</p>
                    {move || failed.get().map(|failure| view! {
                        <Notice tone=Tone::Bad live=true>
                            <h2>{failure.title()}</h2>
                            <p>{failure.advice()}</p>
                        </Notice>
                    })}
                    <Button label=t().sign_out().to_owned() quiet=true on_press=end/>
                </section>
            }
        })
    }
}
