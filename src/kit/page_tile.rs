//! A photographed page in its slot: a small picture, what is wrong with it, and what one can do. Knows
//! nothing of which paper it belongs to, nor of how it was photographed.

use super::{Button, Notice, Tone};
use leptos::prelude::*;

/// A page in the slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotPage {
    /// Its id.
    pub id: String,
    /// Which page it is, in words.
    pub name: String,
    /// Address of its picture, where there is one already.
    pub picture: Option<String>,
    /// How it is, in words.
    pub state: String,
    /// What is wrong with it, in words.
    pub faults: Vec<String>,
    /// Whether a person must say what to do with it.
    pub doubtful: bool,
    /// Where it is looked at and put right; nothing while it is being made.
    pub edit: Option<String>,
    /// Where it is taken again.
    pub retake: String,
    /// Whether it can change places with the page before it.
    pub can_move_up: bool,
}

/// The words of a page.
#[derive(Debug, Clone, Copy)]
pub struct PageWords {
    /// Look at it and put it right.
    pub edit: &'static str,
    /// Take it again.
    pub retake: &'static str,
    /// Use it all the same.
    pub keep: &'static str,
    /// Let it change places with the page before it.
    pub move_up: &'static str,
    /// Take it out.
    pub remove: &'static str,
}

/// What one did with a page, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAct {
    /// Use it all the same.
    Keep(String),
    /// Let it change places with the page before it.
    MoveUp(String),
    /// Take it out.
    Remove(String),
}

/// One page.
#[component]
pub fn PageTile(
    /// The page.
    page: SlotPage,
    /// Its words.
    words: PageWords,
    /// Called with what one did.
    on_act: Callback<PageAct>,
) -> impl IntoView {
    let SlotPage { id, name, picture, state, faults, doubtful, edit, retake, can_move_up } = page;
    let (keep_id, up_id, remove_id) = (id.clone(), id.clone(), id);
    let of_page = format!(": {name}");
    let (of_edit, of_up, of_remove) = (of_page.clone(), of_page.clone(), of_page.clone());
    let has_faults = !faults.is_empty();
    let tone = if doubtful { Tone::Warning } else { Tone::Calm };
    view! {
        <li class="taken">
            {match picture {
                Some(picture) => view! { <img src=picture alt="" decoding="async"/> }.into_any(),
                None => view! { <span class="paper" aria-hidden="true">"…"</span> }.into_any(),
            }}
            <div>
                <p>{name}</p>
                <p role="status">{state}</p>
                {has_faults.then(|| view! {
                    <Notice tone=tone live=doubtful>
                        {faults.into_iter().map(|fault| view! { <p>{fault}</p> }).collect_view()}
                    </Notice>
                })}
                {doubtful.then(|| view! {
                    <div class="actions">
                        <a class="btn" href=retake>{words.retake}<span class="hidden-text">{of_page}</span></a>
                        <Button
                            label=words.keep.to_owned()
                            quiet=true
                            on_press=move |()| on_act.run(PageAct::Keep(keep_id.clone()))
                        />
                    </div>
                })}
                <div class="acts">
                    {edit.map(|edit| view! {
                        <a class="plain" href=edit>{words.edit}<span class="hidden-text">{of_edit}</span></a>
                    })}
                    {can_move_up.then(|| view! {
                        <button class="plain" type="button" on:click=move |_| on_act.run(PageAct::MoveUp(up_id.clone()))>
                            {words.move_up}<span class="hidden-text">{of_up}</span>
                        </button>
                    })}
                    <button class="plain" type="button" on:click=move |_| on_act.run(PageAct::Remove(remove_id.clone()))>
                        {words.remove}<span class="hidden-text">{of_remove}</span>
                    </button>
                </div>
            </div>
        </li>
    }
}
