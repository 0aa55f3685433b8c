//! The camera's picture with its aiming frame; or why there is no picture. Must not know what a code
//! means.

use super::super::camera_parts::{CameraControls, NoCamera};
use crate::app::camera_scan;
use crate::app::lens::{Lens, Looking};
use crate::browser::tasks;
use crate::i18n::t;
use leptos::prelude::*;

const VIDEO_ID: &str = "camera";

/// The camera's picture, or why there is none.
#[component]
pub fn CameraView(
    /// Takes the text of the first code seen.
    found: Callback<String>,
) -> impl IntoView {
    let lens = Lens::new();
    let look = move || {
        tasks::start(async move {
            // The video element must be in the page first.
            tasks::next_frame().await;
            camera_scan::watch(lens, VIDEO_ID, move |text| found.run(text)).await;
        });
    };
    look();
    on_cleanup(move || lens.release());
    let failed = Memo::new(move |_| match lens.looking.get() {
        Looking::Failed(problem) => Some(problem),
        _ => None,
    });
    view! {
        <div class="camera" class:hidden-text=move || failed.read().is_some()>
            <video id=VIDEO_ID playsinline muted aria-label=t().scan_camera_label()></video>
        </div>
        <p role="status">
            {move || match lens.looking.get() {
                Looking::Starting => t().scan_starting(),
                Looking::Running => t().scan_running(),
                Looking::Failed(_) => "",
            }}
        </p>
        {move || failed.get().is_none().then(|| view! { <CameraControls lens=lens again=Callback::new(move |()| look())/> })}
        {move || failed.get().map(|problem| view! { <NoCamera problem=problem other_ways=t().camera_other_ways()/> })}
    }
}
