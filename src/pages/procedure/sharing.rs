//! Handing a procedure on: as a code to scan, by the phone's share sheet, as a link, on paper. Made
//! on the device; knows nothing of the procedure but its address and name.

use crate::browser::{document, navigation, share, tasks};
use crate::i18n::t;
use crate::kit::{Button, LinkButton, QrPicture};
use leptos::prelude::*;

/// The ways to hand a page on.
#[component]
pub fn Sharing(
    /// The page's path.
    path: String,
    /// What it is called.
    title: String,
    /// Where its poster is.
    poster: String,
) -> impl IntoView {
    let address = format!("{}{path}", navigation::origin());
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
    let copy = {
        let address = address.clone();
        move |()| {
            let address = address.clone();
            tasks::start(async move {
                let words = match share::copy(&address).await {
                    Ok(()) => t().share_copied(),
                    Err(_) => t().share_failed(),
                };
                said.try_set(Some(words));
            });
        }
    };
    view! {
        <details class="fold no-print">
            <summary>{t().share_title()}</summary>
            <p>{t().share_text()}</p>
            <QrPicture text=address.clone() label=t().share_qr_label()/>
            <p class="code">{address}</p>
            {share::is_possible().then(|| view! { <Button label=t().share_send().to_owned() quiet=true on_press=send/> })}
            <Button label=t().share_copy().to_owned() quiet=true on_press=copy/>
            <Button label=t().share_print().to_owned() quiet=true on_press=move |()| document::print()/>
            <LinkButton href=poster label=t().poster_link() quiet=true/>
            <p role="status">{move || said.get()}</p>
        </details>
    }
}
