//! A place for pages and files of one paper: take a photo, choose a file, see how far it is, take it
//! out again. Knows nothing of which paper, nor of how files travel.

use super::page_tile::{PageAct, PageTile, PageWords, SlotPage};
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
    /// How far it is, in words.
    pub state: String,
    /// How far it is, from 0 to 100, while it is on its way.
    pub percent: Option<u8>,
    /// What went wrong, in words.
    pub problem: Option<String>,
    /// How far it is in bytes and time, while it is on its way. Changes every few seconds: not read out.
    pub detail: Option<String>,
    /// What a person can ask for: try again, or send anyway.
    pub retry: Option<String>,
    /// Whether it can be taken out; a file made of pages goes with these.
    pub can_remove: bool,
}

/// The words of a slot.
#[derive(Debug, Clone, Copy)]
pub struct SlotWords {
    /// Take a photo.
    pub photo: &'static str,
    /// Take another page.
    pub add: &'static str,
    /// Choose a picture or PDF.
    pub choose: &'static str,
    /// Take it out.
    pub remove: &'static str,
    /// Sending.
    pub sending: &'static str,
    /// Of a page.
    pub page: PageWords,
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
    hints: Vec<String>,
    /// Its words.
    words: SlotWords,
    /// What is wrong with the slot, in words.
    #[prop(into)]
    errors: Signal<Vec<String>>,
    /// The pages in it.
    #[prop(into)]
    pages: Signal<Vec<SlotPage>>,
    /// The files in it.
    #[prop(into)]
    files: Signal<Vec<SlotFile>>,
    /// What is worth a second look about the pages together, in words.
    #[prop(into)]
    advice: Signal<Vec<String>>,
    /// Where a photo is taken.
    camera: String,
    /// Called with picked files.
    on_pick: Callback<Vec<PickedFile>>,
    /// Called with what was done to a page.
    on_act: Callback<PageAct>,
    /// Called with the id of a file to try again.
    on_retry: Callback<String>,
    /// Called with the id of a file to take out.
    on_remove: Callback<String>,
    /// What stands before the buttons: papers that can be had without a photo.
    children: Children,
) -> impl IntoView {
    // Drawn anew only when a file comes or goes, not while it is on its way.
    let ids = Memo::new(move |_| files.get().into_iter().map(|file| file.id).collect::<Vec<_>>());
    let is_empty = Memo::new(move |_| files.read().is_empty() && pages.read().is_empty());
    let picked = move |event: leptos::ev::Event| {
        let files = image::take_picked(&event);
        if !files.is_empty() {
            on_pick.run(files);
        }
    };
    let file_id = format!("{id}-file");
    let error_id = format!("{id}-error");
    let (photo_name, file_name) = (name.clone(), name.clone());
    view! {
        <section class="slot" class:wrong=move || !errors.read().is_empty()>
            <h2>{name}</h2>
            {hints.into_iter().map(|hint| view! { <p class="hint">{hint}</p> }).collect_view()}
            <div id=error_id role="status">
                {move || errors.get().into_iter().map(|text| view! { <span class="error">{text}</span> }).collect_view()}
            </div>
            {move || (!pages.read().is_empty()).then(|| {
                let tiles = pages.get().into_iter().map(|page| view! {
                    <PageTile page=page words=words.page on_act=on_act/>
                });
                view! { <ol class="pages">{tiles.collect_view()}</ol> }
            })}
            {move || (!advice.read().is_empty()).then(|| view! {
                <Notice tone=Tone::Warning live=true>
                    {advice.get().into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                </Notice>
            })}
            {move || {
                ids.get()
                    .into_iter()
                    .map(|id| view! { <Taken id=id files=files words=words on_retry=on_retry on_remove=on_remove/> })
                    .collect_view()
            }}
            {children()}
            <div class="actions">
                <a id=id class="btn" class:btn-2=move || !is_empty.get() href=camera>
                    {move || if pages.read().is_empty() { words.photo } else { words.add }}
                    <span class="hidden-text">{format!(": {photo_name}")}</span>
                </a>
                <div class="pick btn btn-2">
                    {words.choose}
                    <input
                        type="file"
                        accept="image/*,.heic,.heif,application/pdf"
                        multiple
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
    let picked = file.read_untracked().can_remove;
    let shown = name.clone();
    let state = Memo::new(move |_| file.read().state.clone());
    let on_its_way = Memo::new(move |_| file.read().percent.is_some());
    let percent = Signal::derive(move || file.read().percent.unwrap_or(0));
    let problem = Memo::new(move |_| file.read().problem.clone());
    let detail = Memo::new(move |_| file.read().detail.clone());
    let retry = Memo::new(move |_| file.read().retry.clone());
    view! {
        <div class="taken">
            {picked.then(|| view! { <span class="paper" aria-hidden="true">"PDF"</span> })}
            <div>
                {(!shown.is_empty()).then(|| view! { <p>{shown}</p> })}
                <p role="status">{state}</p>
                {move || on_its_way.get().then(|| view! { <Progress label=words.sending percent=percent/> })}
                {move || detail.get().map(|detail| view! { <p class="hint">{detail}</p> })}
                {move || problem.get().map(|problem| view! { <Notice tone=Tone::Bad><p>{problem}</p></Notice> })}
                {move || retry.get().map(|label| view! {
                    <Button label=label quiet=true on_press=move |()| on_retry.run(id.get_value())/>
                })}
                {picked.then(|| view! {
                    <button class="plain" type="button" on:click=move |_| on_remove.run(id.get_value())>
                        {words.remove}
                        <span class="hidden-text">{format!(": {name}")}</span>
                    </button>
                })}
            </div>
        </div>
    }
}
