//! The start page. `index.html` holds the same markup, so that it can be read before the app is
//! there; what only the app knows (drafts, dossiers of this device) comes below it.

use crate::app::services;
use crate::app::{draft, kept};
use crate::browser::{intl, tasks};
use crate::i18n::{said, t};
use crate::kit::{LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;

/// The start page.
#[component]
pub fn StartPage() -> impl IntoView {
    view! {
        <Page title=t().start_title()>
            <p class="lead">{t().start_lead()}</p>
            <nav class="actions" aria-label=t().start_nav()>
                <LinkButton href=Route::Scan.to_string() label=t().start_scan()/>
                <LinkButton href=Route::Search.to_string() label=t().start_search() quiet=true/>
                <LinkButton href=Route::Track.to_string() label=t().start_track() quiet=true/>
            </nav>
            <Drafts/>
            <Dossiers/>
            <h2>{t().start_how_title()}</h2>
            <ol>
                <li>{t().start_how_1()}</li>
                <li>{t().start_how_2()}</li>
                <li>{t().start_how_3()}</li>
                <li>{t().start_how_4()}</li>
            </ol>
        </Page>
    }
}

/// Dossiers that are being filled on this device.
#[component]
fn Drafts() -> impl IntoView {
    let services = services();
    let drafts = RwSignal::new(vec![]);
    tasks::start(async move {
        let mut rows = vec![];
        for draft in draft::all().await {
            // Without a network the code has to do.
            let name = match services.get_procedure(&draft.procedure).await {
                Ok(procedure) => said(&procedure.short_name),
                Err(_) => draft.procedure.to_string(),
            };
            let changed = intl::moment(t().locale(), draft.changed);
            rows.push((
                Route::Begin(draft.procedure).to_string(),
                name,
                t().start_draft_saved(&changed),
            ));
        }
        drafts.try_set(rows);
    });
    move || {
        let rows = drafts.get();
        (!rows.is_empty()).then(|| {
            view! {
                <h2>{t().start_drafts_title()}</h2>
                <ul class="links">
                    {rows
                        .into_iter()
                        .map(|(href, name, saved)| view! {
                            <li><a href=href>{name}</a><p class="hint">{saved}</p></li>
                        })
                        .collect_view()}
                </ul>
            }
        })
    }
}

/// Dossiers that were submitted from this device.
#[component]
pub fn Dossiers() -> impl IntoView {
    let dossiers = RwSignal::new(vec![]);
    tasks::start(async move {
        dossiers.try_set(kept::all().await);
    });
    move || {
        let rows = dossiers.get();
        (!rows.is_empty()).then(|| view! {
            <h2>{t().start_dossiers_title()}</h2>
            <ul class="links">
                {rows
                    .into_iter()
                    .map(|dossier| {
                        let when = intl::day(t().locale(), dossier.submitted_at.0);
                        let code = dossier.code.to_string();
                        view! {
                            <li>
                                <a href=Route::Dossier(dossier.code).to_string()>{said(&dossier.procedure_name)}</a>
                                <p class="hint">{t().start_dossier_line(&code, &when)}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        })
    }
}
