//! Something that a page needs before it can be drawn: waiting, there, or failed with a way to try
//! again. Knows nothing of what is loaded.

use super::Failure;
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Button, Notice, Page, Tone};
use leptos::prelude::*;
use std::future::Future;

/// How far a load is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Load<T> {
    /// Under way.
    Waiting,
    /// There.
    Ready(T),
    /// It did not work.
    Failed(Failure),
}

/// A load and the way to do it again.
pub struct Loader<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    again: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loader<T> {
    /// Starts loading. `known` is shown at once when it is there already.
    pub fn start<F>(known: Option<T>, fetch: impl Fn() -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let have = known.is_some();
        let state = RwSignal::new(known.map_or(Load::Waiting, Load::Ready));
        let again = Callback::new(move |()| {
            let fetch = fetch.clone();
            tasks::start(async move {
                let outcome = match fetch().await {
                    Ok(value) => Load::Ready(value),
                    Err(failure) => Load::Failed(failure),
                };
                settle(state, outcome);
            });
        });
        if !have {
            again.run(());
        }
        Self { state, again }
    }

    /// Loads again; what is there stays until the answer comes.
    pub fn refresh(self) {
        self.again.run(());
    }

    /// Draws the page when it can be drawn, and says so when it cannot.
    pub fn draw<V: IntoView + 'static>(
        self,
        view: impl Fn(T) -> V + Send + 'static,
    ) -> impl IntoView {
        move || match self.state.get() {
            Load::Waiting => view! { <WaitingPage/> }.into_any(),
            Load::Ready(value) => view(value).into_any(),
            Load::Failed(failure) => {
                let again = move || {
                    self.state.set(Load::Waiting);
                    self.again.run(());
                };
                view! { <FailedPage failure=failure again=Callback::new(move |()| again())/> }
                    .into_any()
            }
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loader<T> {
    /// The same for a part of a page, which has a heading already.
    pub fn draw_part<V: IntoView + 'static>(
        self,
        view: impl Fn(T) -> V + Send + 'static,
    ) -> impl IntoView {
        move || match self.state.get() {
            Load::Waiting => view! { <p role="status">{t().loading_text()}</p> }.into_any(),
            Load::Ready(value) => view(value).into_any(),
            Load::Failed(failure) => {
                let again = move |()| {
                    self.state.set(Load::Waiting);
                    self.again.run(());
                };
                view! {
                    <Notice tone=Tone::Bad live=true>
                        <h2>{failure.title()}</h2>
                        <p>{failure.advice()}</p>
                    </Notice>
                    <Button label=t().try_again().to_owned() on_press=again/>
                }
                .into_any()
            }
        }
    }
}

/// The page may be gone, and an equal answer must not draw it anew. What was shown is not taken
/// away because a later refresh failed.
fn settle<T: PartialEq + Send + Sync + 'static>(state: RwSignal<Load<T>>, outcome: Load<T>) {
    let keep = state.try_with_untracked(|now| match (now, &outcome) {
        (Load::Ready(_), Load::Failed(_)) => true,
        (now, outcome) => now == outcome,
    });
    if keep == Some(false) {
        state.try_set(outcome);
    }
}

/// While it is under way.
#[component]
fn WaitingPage() -> impl IntoView {
    view! {
        <Page title=t().loading_title()>
            <p role="status">{t().loading_text()}</p>
        </Page>
    }
}

/// When it did not work.
#[component]
pub fn FailedPage(
    /// Why.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <Page title=failure.title()>
            <Notice tone=Tone::Bad>
                <p>{failure.advice()}</p>
            </Notice>
            <Button label=t().try_again().to_owned() on_press=again/>
            <p><a href="/">{t().to_start()}</a></p>
        </Page>
    }
}
