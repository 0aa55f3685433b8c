//! Adding to feedback what the office asked for: words and photos, kept and sent like the first.

use super::letter::{Letter, LetterWords};
use super::{OnItsWay, at_desk, lines, open_note};
use crate::app::Services;
use crate::i18n::t;
use crate::kit::{ErrorLine, ErrorSummary};
use leptos::prelude::*;
use motcua_journeys::feedback::{Note, Opened};

/// The form.
pub fn addition(
    services: Services,
    to: Opened,
    errors: RwSignal<Vec<ErrorLine>>,
    on_change: Callback<()>,
) -> AnyView {
    let draw = move |desk: super::Desk| {
        desk.watch(Callback::new(move |_| on_change.run(())));
        let check = Callback::new(move |()| lines(&desk.note.with_untracked(Note::problems)));
        let words =
            LetterWords { text: t().voice_add_text(), hint: None, send: t().voice_add_send() };
        let queued = Memo::new(move |_| desk.note.read().queued);
        let none = || ().into_any();
        view! {
            {move || queued.get().then(|| view! { <OnItsWay services=services/> })}
            <Letter desk=desk words=words errors=errors check=check before=none() after=none()/>
        }
        .into_any()
    };
    view! {
        <h2>{t().voice_add_title()}</h2>
        <ErrorSummary heading=t().error_heading() errors=errors/>
        {at_desk(services, Box::pin(open_note(Some(to))), Box::new(draw))}
    }
    .into_any()
}
