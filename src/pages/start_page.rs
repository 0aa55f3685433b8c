//! The start page. `index.html` holds the same markup, so that it can be read before the app is
//! there; what only the app knows (drafts, dossiers of this device) comes below it.

use super::account::SignedIn;
use crate::app::services;
use crate::app::{draft, kept, people};
use crate::browser::{document, intl, tasks};
use crate::i18n::{said, t};
use crate::kit::{LinkButton, Page, Removal, RemovalWords};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;
use motcua_journeys::draft::Draft;

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
            <SignedIn services=services()/>
            <Drafts/>
            <Dossiers/>
            <People/>
            <p><a href=Route::MyPapers.to_string()>{t().my_papers_link()}</a></p>
            <p><a href=Route::Take(None).to_string()>{t().take_link()}</a></p>
            <h2>{t().start_how_title()}</h2>
            <ol>
                <li>{t().start_how_1()}</li>
                <li>{t().start_how_2()}</li>
                <li>{t().start_how_3()}</li>
                <li>{t().start_how_4()}</li>
            </ol>
            <p><a href=Route::MyData.to_string()>{t().mydata_title()}</a></p>
            <p><a href=Route::Figures.to_string()>{t().figures_link()}</a></p>
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
            let applicant = services.find_procedure(&draft.procedure).and_then(|procedure| {
                procedure.answer_of_applicant(&draft.answers, "name").map(str::to_owned)
            });
            // Whose it is must be seen where there are several of one procedure.
            let name = match applicant.filter(|_| draft.slot.is_some()) {
                Some(applicant) => t().start_draft_for(&name, &applicant),
                None if draft.supplement.is_some() => t().start_draft_supplement(&name),
                None => name,
            };
            let changed = intl::moment(t().locale(), draft.changed);
            let until = draft.kept_until().map(|until| intl::day(t().locale(), until));
            let until = until.map(|day| t().start_draft_until(&day)).unwrap_or_default();
            let state = match draft.queued {
                true => t().start_draft_queued().to_owned(),
                false => format!("{} {until}", t().start_draft_saved(&changed)),
            };
            rows.push((draft, name, state));
        }
        drafts.try_set(rows);
    });
    let remove_draft = move |draft: Draft| {
        tasks::start(async move {
            draft::discard(services, &draft).await;
            drafts.try_update(|rows| rows.retain(|(row, ..)| row.key() != draft.key()));
            document::focus_heading();
        });
    };
    move || {
        let rows = drafts.get();
        (!rows.is_empty()).then(|| {
            view! {
                <h2>{t().start_drafts_title()}</h2>
                <ul class="links">
                    {rows
                        .into_iter()
                        .map(|(draft, name, saved)| {
                            let href = match (draft.find_supplemented(), draft.queued) {
                                (Some(dossier), _) => Route::Supplement(dossier).to_string(),
                                (None, true) => Route::Send(draft.key()).to_string(),
                                (None, false) => Route::Begin(draft.key()).to_string(),
                            };
                            view! {
                                <li>
                                    <a href=href>{name.clone()}</a>
                                    <p class="hint">{saved}</p>
                                    // What may have reached the office must be settled first.
                                    {(!draft.is_locked()).then(|| view! {
                                        <Removal
                                            id=format!("remove-{}", draft.key()).replace('~', "-")
                                            name=name
                                            words=removal_words(t().remove_draft_ask())
                                            on_remove=Callback::new(move |()| remove_draft(draft.clone()))
                                        />
                                    })}
                                </li>
                            }
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
    let remove_dossier = move |code: DossierCode| {
        tasks::start(async move {
            kept::remove(&code).await;
            dossiers.try_update(|rows| rows.retain(|row| row.code != code));
            document::focus_heading();
        });
    };
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
                        let href = Route::Dossier(dossier.code.clone()).to_string();
                        view! {
                            <li>
                                <a href=href>{said(&dossier.procedure_name)}</a>
                                <p class="hint">{t().start_dossier_line(&code, &when)}</p>
                                <Removal
                                    id=format!("remove-{code}")
                                    name=code
                                    words=removal_words(t().remove_dossier_ask())
                                    on_remove=Callback::new(move |()| remove_dossier(dossier.code.clone()))
                                />
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        })
    }
}

/// People whom this device remembers.
#[component]
fn People() -> impl IntoView {
    let services = services();
    let remove = move |id: String| {
        tasks::start(async move {
            people::remove(&id).await;
            services.people.update(|people| people.retain(|person| person.id != id));
            document::focus_heading();
        });
    };
    move || {
        let people = services.people.get();
        (!people.is_empty()).then(|| view! {
            <details class="fold">
                <summary>{t().start_people_title()}</summary>
                <p>{t().start_people_text()}</p>
                <ul class="links">
                    {people
                        .into_iter()
                        .map(|person| {
                            let name = person.name().to_owned();
                            view! {
                                <li>
                                    <b>{name.clone()}</b>
                                    <Removal
                                        id=format!("remove-person-{}", person.id)
                                        name=name
                                        words=removal_words(t().remove_person_ask())
                                        on_remove=Callback::new(move |()| remove(person.id.clone()))
                                    />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </details>
        })
    }
}

pub(super) fn removal_words(ask: &'static str) -> RemovalWords {
    RemovalWords { remove: t().remove_button(), ask, yes: t().remove_yes(), no: t().remove_no() }
}
