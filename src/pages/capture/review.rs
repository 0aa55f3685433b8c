//! How a page came out, right after it was taken: the page, what is wrong with it, and where to go on.

use crate::app::Services;
use crate::app::papers::shares;
use crate::browser::{image, tasks};
use crate::i18n::{paper_fault_words, pick_problem_words, t};
use crate::kit::{Button, LinkButton, Notice, Tone, outline};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::paper::PaperFault;
use motcua_journeys::draft::{DraftKey, SheetEvent};

/// How a page came out.
#[component]
pub fn Review(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// The page.
    sheet: String,
    /// How many pages the paper has at most, where that is known.
    most: Option<u32>,
    /// Where to go when all pages are taken.
    done: String,
    /// Takes a photo: in the place of this page, or of the next one.
    again: Callback<Option<String>>,
) -> impl IntoView {
    let key = draft_key.clone();
    let own = sheet.clone();
    let found = Memo::new(move |_| {
        let draft = services.draft.find(&key)?;
        let (component, sheet) = draft.find_sheet(&own)?;
        let sheets = draft.sheets_of(component);
        let number = sheets.iter().position(|other| other.id == sheet.id)? + 1;
        Some((number, sheets.len(), sheet.clone()))
    });
    let id = StoredValue::new(sheet.clone());
    let done = StoredValue::new(done);
    let edit = StoredValue::new(Route::PaperPage(draft_key, sheet).to_string());
    let accept = move |()| {
        tasks::start(async move {
            let event = SheetEvent::Accepted { id: id.get_value() };
            services.papers.change(services, event).await;
        });
    };
    view! {
        {move || {
            let page = found.get();
            if let Some(problem) = services.papers.problem_of(&id.get_value()) {
                // A page that nobody can read is gone; one that has no room keeps its place.
                let place = page.is_some().then(|| id.get_value());
                return view! {
                    <Notice tone=Tone::Bad live=true><p>{pick_problem_words(problem)}</p></Notice>
                    <Button
                        label=t().page_retake().to_owned()
                        on_press=move |()| again.run(place.clone())
                    />
                }
                .into_any();
            }
            let Some((number, count, sheet)) = page else { return ().into_any() };
            let Some(page) = sheet.page.clone() else {
                return view! { <p role="status">{t().page_making()}</p> }.into_any();
            };
            let faults: Vec<_> = page
                .faults
                .iter()
                .map(|fault| view! { <p>{paper_fault_words(*fault)}</p> })
                .collect();
            let doubtful = sheet.is_doubtful();
            let full = most.is_some_and(|most| u32::try_from(count).unwrap_or(u32::MAX) >= most);
            let retake = move |()| again.run(Some(id.get_value()));
            view! {
                <p class="step-of">{t().page_number(&number.to_string())}</p>
                {match faults.is_empty() {
                    true => view! { <Notice live=true><p>{t().page_ready()}</p></Notice> }.into_any(),
                    false => view! {
                        <Notice tone=Tone::Warning live=true>
                            {faults}
                            {sheet.accepted.then(|| view! { <p>{t().page_accepted()}</p> })}
                        </Notice>
                    }
                    .into_any(),
                }}
                {match sheet.correction.and_then(|correction| correction.corners) {
                    Some(corners) if doubtful && page.faults.iter().any(shows_on_photo) => {
                        view! { <OnPhoto services=services sheet=sheet.id.clone() corners=corners/> }.into_any()
                    }
                    _ => view! {
                        <div class="viewer">
                            {services.pictures.find(&page.id).map(|picture| view! {
                                <img src=picture alt=t().capture_photo_of(&number.to_string())/>
                            })}
                        </div>
                    }
                    .into_any(),
                }}
                <div class="actions">
                    {match (doubtful, full) {
                        (true, _) => view! {
                            <Button label=t().page_retake().to_owned() on_press=retake/>
                            <Button label=t().page_keep().to_owned() quiet=true on_press=accept/>
                        }
                        .into_any(),
                        (false, true) => view! {
                            <LinkButton href=done.get_value() label=t().capture_done()/>
                            <Button label=t().page_retake().to_owned() quiet=true on_press=retake/>
                        }
                        .into_any(),
                        (false, false) => view! {
                            <LinkButton href=done.get_value() label=t().capture_done()/>
                            <Button label=t().capture_next().to_owned() quiet=true on_press=move |()| again.run(None)/>
                            <Button label=t().page_retake().to_owned() quiet=true on_press=retake/>
                        }
                        .into_any(),
                    }}
                    <LinkButton href=edit.get_value() label=t().page_edit() quiet=true/>
                </div>
            }
            .into_any()
        }}
    }
}

/// Whether one sees the fault better on the photo than on the page that was cut out of it.
fn shows_on_photo(fault: &PaperFault) -> bool {
    use PaperFault as F;
    matches!(fault, F::CutCorner | F::Covered | F::TooSmall | F::Glare)
}

/// The photo with the page's outline on it.
#[component]
fn OnPhoto(
    /// Services.
    services: Services,
    /// The page.
    sheet: String,
    /// Its corners on the photo, in ten-thousandths.
    corners: [i32; 8],
) -> impl IntoView {
    let photo = RwSignal::new(None::<String>);
    tasks::start(async move {
        photo.try_set(services.papers.preview(&sheet).await);
    });
    on_cleanup(move || {
        if let Some(address) = photo.try_get_untracked().flatten() {
            image::forget_url(&address);
        }
    });
    let points = outline(&shares(corners));
    view! {
        <div class="viewer doubt">
            {move || photo.get().map(|photo| view! { <img src=photo alt=t().crop_photo()/> })}
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><polygon points=points/></svg>
        </div>
    }
}
