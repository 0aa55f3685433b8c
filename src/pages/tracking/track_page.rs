//! Asking for a dossier's code; and the dossiers of this device.

use super::super::start_page::Dossiers;
use super::super::use_go;
use crate::i18n::t;
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Field, LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;

const FIELD: &str = "dossier-code";

/// Asks for a dossier's code.
#[component]
pub fn TrackPage() -> impl IntoView {
    let go = use_go();
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        match DossierCode::parse(&text) {
            Ok(code) => go(Route::Dossier(code).to_string()),
            Err(_) => {
                let empty = text.trim().is_empty();
                let text = if empty { t().track_code_missing() } else { t().track_code_wrong() };
                errors.set(vec![ErrorLine { target: FIELD.to_owned(), text: text.to_owned() }]);
            }
        }
    };
    view! {
        <Page
            title=t().track_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <form novalidate on:submit=send>
                <Field
                    id=FIELD
                    label=t().track_code_label()
                    hint=Some(t().track_code_hint().to_owned())
                    error=error
                    value=""
                    on_change=move |text| typed.set(text)
                />
                <Button label=t().track_open().to_owned() submit=true/>
            </form>
            <h2>{t().track_scan_title()}</h2>
            <LinkButton href=Route::Scan.to_string() label=t().start_scan() quiet=true/>
            <Dossiers/>
        </Page>
    }
}
