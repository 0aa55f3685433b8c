//! The sheet that somebody writes on, new or added: words, photos, and what a page puts around them. Hidden
//! while it is on its way.

use super::photos::Photos;
use super::{Desk, NotSent, SavedLine, TEXT};
use crate::kit::{self, Button, ErrorLine, Textarea};
use leptos::prelude::*;
use motcua_journeys::feedback::Event;

/// The words of a letter.
#[derive(Debug, Clone, Copy)]
pub struct LetterWords {
    /// What is written.
    pub text: &'static str,
    /// What to write.
    pub hint: Option<&'static str>,
    /// What the button does.
    pub send: &'static str,
}

/// The letter.
#[component]
pub fn Letter(
    /// The note.
    desk: Desk,
    /// Its words.
    words: LetterWords,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
    /// What is wrong with it now, and puts it right; asked before it is sent.
    check: Callback<(), Vec<ErrorLine>>,
    /// Above the words.
    before: AnyView,
    /// Below the photos.
    after: AnyView,
) -> impl IntoView {
    let text = desk.note.with_untracked(|note| note.text.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wrong = check.run(());
        let right = wrong.is_empty();
        errors.set(wrong);
        if right {
            desk.send();
        }
    };
    let queued = Memo::new(move |_| desk.note.read().queued);
    view! {
        <NotSent desk=desk/>
        <form novalidate on:submit=send hidden=move || queued.get()>
            {before}
            <Textarea
                id=TEXT
                label=words.text
                hint=words.hint.map(str::to_owned)
                error=kit::error_of(errors, TEXT.to_owned())
                value=text
                on_change=move |text| desk.tell(Event::Written(text))
            />
            <Photos desk=desk/>
            {after}
            <SavedLine desk=desk/>
            <Button label=words.send.to_owned() submit=true/>
        </form>
    }
}
