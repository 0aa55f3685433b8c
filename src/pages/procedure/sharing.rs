//! Handing a procedure on: as a code to scan, by the phone's share sheet, as a link, on paper. Made
//! on the device; knows nothing of the procedure but its address and name.

use super::super::share_parts::SendButtons;
use crate::browser::{document, navigation};
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
    view! {
        <details class="fold no-print">
            <summary>{t().share_title()}</summary>
            <p>{t().share_text()}</p>
            <QrPicture text=address.clone() label=t().share_qr_label()/>
            <p class="code">{address.clone()}</p>
            <SendButtons address=address title=title/>
            <Button label=t().share_print().to_owned() quiet=true on_press=move |()| document::print()/>
            <LinkButton href=poster label=t().poster_link() quiet=true/>
        </details>
    }
}
