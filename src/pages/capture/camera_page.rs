//! The camera for a paper: its outline while one aims, the photo by itself or by a button, and at once
//! how the page came out.

use super::super::camera_parts::{CameraControls, NoCamera};
use super::super::dossier::{component_of, load, way_back};
use super::super::not_found_page::NotFoundPage;
use super::review::Review;
use crate::app::Services;
use crate::app::camera_paper::{Hint, PaperCamera};
use crate::app::lens::Looking;
use crate::app::papers::Photo;
use crate::browser::image::{self, Blob, Picked};
use crate::browser::{clock, tasks};
use crate::i18n::{paper_fault_words, pick_problem_words, said, t};
use crate::kit::{Back, Button, Notice, Page, Tone, outline};
use leptos::prelude::*;
use motcua_domain::procedure::Component;
use motcua_journeys::draft::DraftKey;

const VIDEO_ID: &str = "paper-camera";

/// The camera for a paper.
#[component]
pub fn CameraPage(
    /// Which draft.
    draft_key: DraftKey,
    /// Which component.
    component: String,
    /// The page that is taken again.
    instead_of: Option<String>,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        let key = draft_key.clone();
        let draft = services.draft.find_now(&key);
        let found = draft.and_then(|draft| component_of(&procedure, &draft, &component));
        let Some(component) = found else { return view! { <NotFoundPage/> }.into_any() };
        let back = way_back(services, &procedure, &key, &component.id, changing);
        let again = instead_of.clone();
        view! {
            <Capture services=services draft_key=key component=component instead_of=again back=back/>
        }
        .into_any()
    })
}

#[component]
fn Capture(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// Which component.
    component: Component,
    /// The page that is taken again.
    instead_of: Option<String>,
    /// Where one came from.
    back: String,
) -> impl IntoView {
    let camera = PaperCamera::new();
    // The page that was just taken, while it is looked at.
    let taken = RwSignal::new(None::<String>);
    let problem = RwSignal::new(None::<&'static str>);
    let instead_of = StoredValue::new(instead_of);
    let id = StoredValue::new(component.id.clone());
    services.papers.hold(services, Some(component.id.clone()));
    on_cleanup(move || {
        camera.lens.release();
        services.papers.hold(services, None);
    });

    let keep = move |name: String, made_at: i64, blob: Blob| async move {
        let Some(component) = id.try_get_value() else { return };
        let photo = Photo { name, taken: made_at, blob };
        let instead = instead_of.try_get_value().flatten();
        match services.papers.take_photo(services, &component, photo, instead).await {
            Ok(sheet) => {
                instead_of.try_set_value(None);
                problem.try_set(None);
                taken.try_set(Some(sheet));
            }
            Err(why) => {
                problem.try_set(Some(pick_problem_words(why)));
            }
        }
    };
    let look = move || {
        tasks::start(async move {
            // The video element must be in the page first.
            tasks::next_frame().await;
            if let Some(photo) = camera.watch(services, VIDEO_ID).await {
                keep(photo_name(), clock::now_milliseconds(), photo).await;
            }
        });
    };
    let picked = move |file: Picked| {
        tasks::start(async move {
            match image::copy(&file).await {
                Ok(blob) => keep(file.name(), file.made_at(), blob).await,
                Err(why) => tasks::log_failure("read photo", &why),
            }
        });
    };
    let again = Callback::new(move |sheet: Option<String>| {
        instead_of.set_value(sheet);
        taken.set(None);
    });
    let name = said(&component.name);
    let (key, most) = (draft_key, component.pages.and_then(|pages| pages.most));
    let done = StoredValue::new(back.clone());
    view! {
        <Page title=t().capture_title(&name) back=Some(Back { href: back, label: t().back().to_owned() })>
            {move || problem.get().map(|text| view! {
                <Notice tone=Tone::Bad live=true><p>{text}</p></Notice>
            })}
            {move || match taken.get() {
                Some(sheet) => view! {
                    <Review services=services draft_key=key.clone() sheet=sheet most=most done=done.get_value() again=again/>
                }
                .into_any(),
                None => {
                    look();
                    view! { <Aim camera=camera again=Callback::new(move |()| look()) picked=picked/> }.into_any()
                }
            }}
        </Page>
    }
}

/// What a photo of ours is called.
fn photo_name() -> String {
    format!("{}.jpg", clock::now_milliseconds())
}

/// Aiming.
#[component]
fn Aim(
    /// The camera.
    camera: PaperCamera,
    /// Looks again, through the camera that was chosen.
    again: Callback<()>,
    /// Takes a photo of the phone's own camera.
    picked: impl Fn(Picked) + 'static,
) -> impl IntoView {
    let lens = camera.lens;
    let failed = Memo::new(move |_| match lens.looking.get() {
        Looking::Failed(problem) => Some(problem),
        _ => None,
    });
    let running = Memo::new(move |_| lens.looking.get() == Looking::Running);
    let points = move || camera.outline.get().map(|corners| outline(&corners));
    let hint = move || match lens.looking.get() {
        Looking::Starting => t().scan_starting(),
        Looking::Failed(_) => "",
        Looking::Running => match camera.hint.get() {
            Hint::Aim => t().capture_aim(),
            Hint::Hold => t().capture_hold(),
            Hint::Fault(fault) => paper_fault_words(fault),
            Hint::ByHand => t().capture_by_hand(),
            Hint::Taking => t().capture_taking(),
        },
    };
    let from_phone = move |event: leptos::ev::Event| {
        if let Some(file) = image::take_picked(&event).into_iter().next() {
            picked(file);
        }
    };
    view! {
        <p role="status" class="hint-line" class:quiet=move || failed.read().is_some()>{hint}</p>
        <div class="viewer" class:hidden-text=move || failed.read().is_some()>
            <video id=VIDEO_ID playsinline muted aria-label=t().scan_camera_label()></video>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                {move || points().map(|points| view! { <polygon points=points/> })}
            </svg>
        </div>
        {move || running.get().then(|| {
            let label = if camera.automatic.get() { t().capture_auto_off() } else { t().capture_auto_on() };
            view! {
                <div class="actions">
                    <Button label=t().capture_shutter().to_owned() on_press=move |()| camera.press()/>
                    <Button
                        label=label.to_owned()
                        quiet=true
                        on_press=move |()| camera.automatic.update(|on| *on = !*on)
                    />
                </div>
                <CameraControls lens=lens again=again/>
            }
        })}
        {move || failed.get().map(|problem| view! {
            <NoCamera problem=problem other_ways=t().capture_other_ways()/>
        })}
        <div class="actions">
            <div class="pick btn btn-2">
                {t().capture_phone()}
                <input
                    type="file"
                    accept="image/*"
                    capture="environment"
                    aria-label=t().capture_phone()
                    on:change=from_phone
                />
            </div>
        </div>
    }
}
