//! What every page with a camera shows: what this camera can do, or why there is none. Must not know
//! what is looked for.

use crate::app::lens::{CameraProblem, Lens};
use crate::i18n::{camera_words, t};
use crate::kit::{Button, Notice, Tone};
use leptos::prelude::*;

/// How far one tap zooms.
const STEP: f64 = 1.5;

/// What this camera can do; nothing that it cannot.
#[component]
pub fn CameraControls(
    /// The camera.
    lens: Lens,
    /// Looks again, through the camera that was chosen.
    again: Callback<()>,
) -> impl IntoView {
    let torch = move || {
        lens.torch.get().map(|on| {
            let label = if on { t().scan_torch_off() } else { t().scan_torch_on() };
            view! { <Button label=label.to_owned() quiet=true on_press=move |()| lens.switch_torch()/> }
        })
    };
    let zoom = move || {
        lens.zoom.get().map(|zoom| {
            let nearer = (zoom.now * STEP).min(zoom.max);
            let farther = (zoom.now / STEP).max(zoom.min);
            view! {
                <Button label=t().scan_zoom_in().to_owned() quiet=true on_press=move |()| lens.zoom_to(nearer)/>
                <Button label=t().scan_zoom_out().to_owned() quiet=true on_press=move |()| lens.zoom_to(farther)/>
            }
        })
    };
    let next_camera = move || {
        let devices = lens.devices.get();
        let now = devices.iter().position(|device| Some(&device.id) == lens.device.read().as_ref());
        let next = devices.get((now.map_or(0, |now| now + 1)) % devices.len().max(1)).cloned()?;
        (devices.len() > 1).then(|| {
            let choose = move |()| {
                lens.choose(next.id.clone());
                again.run(());
            };
            view! { <Button label=t().scan_other_camera().to_owned() quiet=true on_press=choose/> }
        })
    };
    view! { <div class="actions row">{torch}{zoom}{next_camera}</div> }
}

/// Why there is no camera, and what to do.
#[component]
pub fn NoCamera(
    /// Why.
    problem: CameraProblem,
    /// What to do instead.
    other_ways: &'static str,
) -> impl IntoView {
    let (title, advice) = camera_words(problem);
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{title}</h2>
            <p>{advice}</p>
            <p>{other_ways}</p>
        </Notice>
    }
}
