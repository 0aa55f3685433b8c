//! A place for pictures or files of one paper: take a photo, choose a file, see how far it is, take
//! it out again. Knows nothing of which paper, nor of how files travel.

use super::{Button, Notice, Progress, Tone};
use crate::browser::image;
use leptos::prelude::*;

/// A file that was just picked.
pub type PickedFile = image::Picked;

/// A file in the slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotFile {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Address of a small picture, where there is one.
    pub picture: Option<String>,
    /// How far it is, in words.
    pub state: String,
    /// How far it is, from 0 to 100, while it is on its way.
    pub percent: Option<u8>,
    /// What went wrong, in words.
    pub problem: Option<String>,
    /// Whether a person can ask to try again.
    pub can_retry: bool,
}

/// The words of a slot.
#[derive(Debug, Clone, Copy)]
pub struct SlotWords {
    /// Take a photo.
    pub photo: &'static str,
    /// Choose a picture or PDF.
    pub choose: &'static str,
    /// Try again.
    pub retry: &'static str,
    /// Take it out.
    pub remove: &'static str,
    /// Sending.
    pub sending: &'static str,
}

/// The slot.
#[component]
pub fn FileSlot(
    /// Id, to which an error summary links.
    #[prop(into)]
    id: String,
    /// Name of the paper.
    #[prop(into)]
    name: String,
    /// What to watch for.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// Its words.
    words: SlotWords,
    /// What is wrong with the slot, in words.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The files in it.
    #[prop(into)]
    files: Signal<Vec<SlotFile>>,
    /// Called with a picked file.
    on_pick: Callback<PickedFile>,
    /// Called with the id of a file to try again.
    on_retry: Callback<String>,
    /// Called with the id of a file to take out.
    on_remove: Callback<String>,
) -> impl IntoView {
    // Drawn anew only when a file comes or goes, not while it is on its way.
    let ids = Memo::new(move |_| files.get().into_iter().map(|file| file.id).collect::<Vec<_>>());
    let picked = move |event: leptos::ev::Event| {
        if let Some(file) = image::take_picked(&event) {
            on_pick.run(file);
        }
    };
    let (photo_id, file_id) = (id.clone(), format!("{id}-file"));
    let error_id = format!("{id}-error");
    let (photo_name, file_name) = (name.clone(), name.clone());
    view! {
        <section class="slot" class:wrong=move || error.read().is_some()>
            <h2>{name}</h2>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {move || error.get().map(|text| view! { <span class="error" id=error_id.clone()>{text}</span> })}
            {move || {
                ids.get()
                    .into_iter()
                    .map(|id| view! { <Taken id=id files=files words=words on_retry=on_retry on_remove=on_remove/> })
                    .collect_view()
            }}
            <div class="actions">
                <div class="pick btn" class:btn-2=move || !files.read().is_empty()>
                    {words.photo}
                    <input
                        type="file"
                        accept="image/*"
                        capture="environment"
                        id=photo_id
                        aria-label=format!("{}: {photo_name}", words.photo)
                        on:change=picked
                    />
                </div>
                <div class="pick btn btn-2">
                    {words.choose}
                    <input
                        type="file"
                        accept="image/*,application/pdf"
                        id=file_id
                        aria-label=format!("{}: {file_name}", words.choose)
                        on:change=picked
                    />
                </div>
            </div>
        </section>
    }
}

/// One file in the slot.
#[component]
fn Taken(
    /// Its id.
    id: String,
    /// All files, to see how this one gets on.
    files: Signal<Vec<SlotFile>>,
    /// The slot's words.
    words: SlotWords,
    /// Try again.
    on_retry: Callback<String>,
    /// Take it out.
    on_remove: Callback<String>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let file = Memo::new(move |_| {
        let own = files.get().into_iter().find(|file| id.with_value(|id| file.id == *id));
        own.unwrap_or_default()
    });
    let name = file.read_untracked().name.clone();
    let picture = Memo::new(move |_| file.read().picture.clone());
    let state = Memo::new(move |_| file.read().state.clone());
    let on_its_way = Memo::new(move |_| file.read().percent.is_some());
    let percent = Signal::derive(move || file.read().percent.unwrap_or(0));
    let problem = Memo::new(move |_| file.read().problem.clone());
    let can_retry = Memo::new(move |_| file.read().can_retry);
    view! {
        <div class="taken">
            {move || match picture.get() {
                Some(picture) => view! { <img src=picture alt=""/> }.into_any(),
                None => view! { <span class="paper" aria-hidden="true">"PDF"</span> }.into_any(),
            }}
            <div>
                <p>{name.clone()}</p>
                <p role="status">{state}</p>
                {move || on_its_way.get().then(|| view! { <Progress label=words.sending percent=percent/> })}
                {move || problem.get().map(|problem| view! { <Notice tone=Tone::Bad><p>{problem}</p></Notice> })}
                {move || can_retry.get().then(|| view! {
                    <Button label=words.retry.to_owned() quiet=true on_press=move |()| on_retry.run(id.get_value())/>
                })}
                <button class="plain" type="button" on:click=move |_| on_remove.run(id.get_value())>
                    {words.remove}
                    <span class="hidden-text">{format!(": {name}")}</span>
                </button>
            </div>
        </div>
    }
}
