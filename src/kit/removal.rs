//! Taking something away for good, asked twice: the first tap shows what will be lost, the second
//! does it. Knows nothing of what is removed.

use crate::browser::{document, tasks};
use leptos::prelude::*;

/// The words of a removal.
#[derive(Debug, Clone, Copy)]
pub struct RemovalWords {
    /// The first button.
    pub remove: &'static str,
    /// What will be lost.
    pub ask: &'static str,
    /// The button that does it.
    pub yes: &'static str,
    /// The button that leaves all as it is.
    pub no: &'static str,
}

/// The button, and the question after it.
#[component]
pub fn Removal(
    /// Unique on the page; the question gets the focus by it.
    id: String,
    /// What would be removed, for those who do not see beside what the button stands.
    name: String,
    /// Words.
    words: RemovalWords,
    /// Removes it.
    on_remove: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let (id, name) = (StoredValue::new(id), StoredValue::new(name));
    let turn = move |to: bool| {
        asking.set(to);
        tasks::start(async move {
            tasks::next_frame().await;
            if let Some(id) = id.try_get_value() {
                document::focus(&id);
            }
        });
    };
    let labelled = move |words: &str| format!("{words}: {}", name.get_value());
    view! {
        <div class="removal">
            {move || if asking.get() {
                view! {
                    <p id=id.get_value() tabindex="-1">{words.ask}</p>
                    <button class="plain" type="button" aria-label=labelled(words.yes) on:click=move |_| on_remove.run(())>
                        {words.yes}
                    </button>
                    <button class="plain" type="button" aria-label=labelled(words.no) on:click=move |_| turn(false)>
                        {words.no}
                    </button>
                }
                .into_any()
            } else {
                view! {
                    <button
                        class="plain"
                        type="button"
                        id=id.get_value()
                        aria-label=labelled(words.remove)
                        on:click=move |_| turn(true)
                    >
                        {words.remove}
                    </button>
                }
                .into_any()
            }}
        </div>
    }
}
