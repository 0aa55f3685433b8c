//! The photos of a note: taken or chosen, looked at, taken out. At most three.

use super::{Desk, PHOTOS};
use crate::app::feedback::notes;
use crate::browser::{image, tasks};
use crate::i18n::t;
use crate::kit::{Notice, Tone};
use leptos::prelude::*;
use motcua_journeys::draft::Paper;
use motcua_journeys::feedback::Event;
use motcua_journeys::upload::Phase;

/// The photos.
#[component]
pub fn Photos(
    /// The note.
    desk: Desk,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let pick = move |event: leptos::ev::Event| {
        let picked = image::take_picked(&event);
        wrong.set(false);
        tasks::start(async move {
            for file in picked {
                if !desk.note.try_with_untracked(|note| note.has_room()).unwrap_or(false) {
                    return;
                }
                match notes::keep_photo(&file).await {
                    Ok(Some(photo)) => desk.tell(Event::PhotoAdded(photo)),
                    Ok(None) => drop(wrong.try_set(true)),
                    Err(_) => drop(desk.saved.try_set(Some(false))),
                }
            }
        });
    };
    let photos = Memo::new(move |_| desk.note.read().photos.clone());
    view! {
        <section class="slot" aria-labelledby="feedback-photos-title">
            <h2 id="feedback-photos-title">{t().voice_photos()}</h2>
            {move || wrong.get().then(|| view! {
                <Notice tone=Tone::Bad live=true><p>{t().file_refused()}</p></Notice>
            })}
            {move || {
                let tiles = photos.get().into_iter().enumerate();
                tiles.map(|(at, photo)| view! { <Tile desk=desk at=at photo=photo/> }).collect_view()
            }}
            {move || match desk.note.read().has_room() {
                true => view! {
                    <div class="actions">
                        <div class="pick btn btn-2">
                            {t().voice_photo_add()}
                            <input
                                type="file"
                                accept="image/*"
                                multiple
                                id=PHOTOS
                                aria-label=t().voice_photo_add()
                                on:change=pick
                            />
                        </div>
                    </div>
                }
                .into_any(),
                false => view! { <span id=PHOTOS tabindex="-1"></span> }.into_any(),
            }}
        </section>
    }
}

/// One photo.
#[component]
fn Tile(
    /// The note.
    desk: Desk,
    /// Its place, from 0.
    at: usize,
    /// The photo.
    photo: Paper,
) -> impl IntoView {
    let name = t().voice_photo(&(at + 1).to_string());
    let of_photo = format!(": {name}");
    let refused = matches!(photo.upload, Phase::Refused { .. });
    let (id, shown) = (photo.id.clone(), photo.id);
    let remove = move |_| {
        let id = id.clone();
        desk.tell(Event::PhotoRemoved(id.clone()));
        desk.services.pictures.forget(&id);
        tasks::start(async move { notes::forget_photo(&id).await });
    };
    view! {
        <div class="taken">
            {move || match desk.services.pictures.find(&shown) {
                Some(address) => view! { <img src=address alt="" decoding="async"/> }.into_any(),
                None => view! { <span class="paper" aria-hidden="true">"…"</span> }.into_any(),
            }}
            <div>
                <p>{name}</p>
                {refused.then(|| view! {
                    <Notice tone=Tone::Bad><p>{t().file_refused()}</p></Notice>
                })}
                <button class="plain" type="button" on:click=remove>
                    {t().voice_photo_remove()}<span class="hidden-text">{of_photo}</span>
                </button>
            </div>
        </div>
    }
}
