//! The camera's picture with its aiming frame, torch, zoom and choice of camera; or why there is no
//! picture. Must not know what a code means.

use crate::app::camera_scan::{CameraProblem, Looking, Scanner};
use crate::browser::tasks;
use crate::i18n::{camera_words, t};
use crate::kit::{Button, Notice, Tone};
use leptos::prelude::*;

const VIDEO_ID: &str = "camera";
/// How far one tap zooms.
const STEP: f64 = 1.5;

/// The camera's picture, or why there is none.
#[component]
pub fn CameraView(
    /// Takes the text of the first code seen.
    found: Callback<String>,
) -> impl IntoView {
    let scanner = Scanner::new();
    let look = move || {
        tasks::start(async move {
            // The video element must be in the page first.
            tasks::next_frame().await;
            scanner.watch(VIDEO_ID, move |text| found.run(text)).await;
        });
    };
    look();
    on_cleanup(move || scanner.release());
    let failed = Memo::new(move |_| match scanner.looking.get() {
        Looking::Failed(problem) => Some(problem),
        _ => None,
    });
    view! {
        <div class="camera" class:hidden-text=move || failed.read().is_some()>
            <video id=VIDEO_ID playsinline muted aria-label=t().scan_camera_label()></video>
        </div>
        <p role="status">
            {move || match scanner.looking.get() {
                Looking::Starting => t().scan_starting(),
                Looking::Running => t().scan_running(),
                Looking::Failed(_) => "",
            }}
        </p>
        {move || failed.get().is_none().then(|| view! { <Controls scanner=scanner again=Callback::new(move |()| look())/> })}
        {move || failed.get().map(|problem| view! { <NoCamera problem=problem/> })}
    }
}

/// What this camera can do; nothing that it cannot.
#[component]
fn Controls(
    /// The scanner.
    scanner: Scanner,
    /// Looks again, through the camera that was chosen.
    again: Callback<()>,
) -> impl IntoView {
    let torch = move || {
        scanner.torch.get().map(|on| {
            let label = if on { t().scan_torch_off() } else { t().scan_torch_on() };
            view! { <Button label=label.to_owned() quiet=true on_press=move |()| scanner.switch_torch()/> }
        })
    };
    let zoom = move || {
        scanner.zoom.get().map(|zoom| {
            let nearer = (zoom.now * STEP).min(zoom.max);
            let farther = (zoom.now / STEP).max(zoom.min);
            view! {
                <Button label=t().scan_zoom_in().to_owned() quiet=true on_press=move |()| scanner.zoom_to(nearer)/>
                <Button label=t().scan_zoom_out().to_owned() quiet=true on_press=move |()| scanner.zoom_to(farther)/>
            }
        })
    };
    let next_camera = move || {
        let devices = scanner.devices.get();
        let now =
            devices.iter().position(|device| Some(&device.id) == scanner.device.read().as_ref());
        let next = devices.get((now.map_or(0, |now| now + 1)) % devices.len().max(1)).cloned()?;
        (devices.len() > 1).then(|| {
            let choose = move |()| {
                scanner.choose(next.id.clone());
                again.run(());
            };
            view! { <Button label=t().scan_other_camera().to_owned() quiet=true on_press=choose/> }
        })
    };
    view! { <div class="actions row">{torch}{zoom}{next_camera}</div> }
}

/// Why there is no camera, and what to do.
#[component]
fn NoCamera(
    /// Why.
    problem: CameraProblem,
) -> impl IntoView {
    let (title, advice) = camera_words(problem);
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{title}</h2>
            <p>{advice}</p>
            <p>{t().camera_other_ways()}</p>
        </Notice>
    }
}
