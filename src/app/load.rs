//! Something that a page needs before it can be drawn: waiting, there, or failed with a way to try
//! again; and the loads that several pages share. Draws nothing of what is loaded.

use super::{Failure, Services, api, kept};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Button, Notice, Page, Tone};
use leptos::prelude::*;
use motcua_contract::catalogue::CatalogueDocument;
use motcua_contract::dossiers::DossierView;
use motcua_domain::dossier::DossierCode;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

/// How far a load is. What was loaded is held without its type, so that the signal and all that
/// hangs on it are compiled once and not for each type.
#[derive(Clone)]
enum Load {
    Waiting,
    Ready(Arc<dyn Any + Send + Sync>),
    Failed(Failure),
}

/// A load and the way to do it again.
pub struct Loader<T> {
    /// `Ready` holds a `T` and nothing else.
    state: RwSignal<Load>,
    again: Callback<()>,
    of: PhantomData<fn() -> T>,
}

/// A procedure, at once when it was fetched before.
pub fn procedure(services: Services, code: ProcedureCode) -> Loader<Arc<Procedure>> {
    Loader::start(services.find_procedure(&code), move || {
        let code = code.clone();
        async move { services.get_procedure(&code).await }
    })
}

/// What search and browsing need, at once when it was fetched before.
pub fn catalogue(services: Services) -> Loader<Arc<CatalogueDocument>> {
    Loader::start(services.find_catalogue(), move || services.get_catalogue())
}

/// A dossier, as much of it as this device can open, with the key that opens it: the address's, or the
/// one that was kept when it was filed here.
pub fn dossier(
    services: Services,
    code: DossierCode,
    key: Option<String>,
) -> Loader<(DossierView, Option<String>)> {
    Loader::start(None, move || open_dossier(services, code.clone(), key.clone()))
}

/// The same, for who needs more than the dossier.
pub async fn open_dossier(
    services: Services,
    code: DossierCode,
    key: Option<String>,
) -> Result<(DossierView, Option<String>), Failure> {
    let kept = kept::find(&code).await;
    let key = key.or(kept.map(|kept| kept.key));
    let dossier = api::get_dossier(services, &code, key.as_deref()).await?;
    Ok((dossier, key))
}

impl<T> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loader<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loader<T> {
    /// Starts loading. `known` is shown at once when it is there already.
    pub fn start<F>(known: Option<T>, fetch: impl Fn() -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let have = known.is_some();
        let state = RwSignal::new(match known {
            Some(value) => Load::Ready(Arc::new(value)),
            None => Load::Waiting,
        });
        let again = Callback::new(move |()| {
            let fetch = fetch.clone();
            tasks::start(async move {
                match fetch().await {
                    Ok(value) => settle(state, value),
                    Err(failure) => fail(state, failure),
                }
            });
        });
        if !have {
            again.run(());
        }
        Self { state, again, of: PhantomData }
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
        move || match self.find() {
            Ok(value) => view(value).into_any(),
            Err(None) => view! { <WaitingPage/> }.into_any(),
            Err(Some(failure)) => {
                view! { <FailedPage failure=failure again=self.once_more()/> }.into_any()
            }
        }
    }

    /// The same for a part of a page, which has a heading already.
    pub fn draw_part<V: IntoView + 'static>(
        self,
        view: impl Fn(T) -> V + Send + 'static,
    ) -> impl IntoView {
        move || match self.find() {
            Ok(value) => view(value).into_any(),
            Err(None) => view! { <p role="status">{t().loading_text()}</p> }.into_any(),
            Err(Some(failure)) => {
                view! { <FailedPart failure=failure again=self.once_more()/> }.into_any()
            }
        }
    }

    /// What is there, or why it is not; nothing while it is under way.
    fn find(self) -> Result<T, Option<Failure>> {
        match self.state.get() {
            Load::Ready(value) => value.downcast_ref().cloned().ok_or(None),
            Load::Waiting => Err(None),
            Load::Failed(failure) => Err(Some(failure)),
        }
    }

    /// What the citizen asks for after a failure: shows that it is under way again.
    fn once_more(self) -> Callback<()> {
        let Self { state, again, .. } = self;
        Callback::new(move |()| {
            state.set(Load::Waiting);
            again.run(());
        })
    }
}

/// The page may be gone, and an equal answer must not draw it anew.
fn settle<T: PartialEq + Send + Sync + 'static>(state: RwSignal<Load>, value: T) {
    let shown = state.try_with_untracked(
        |now| matches!(now, Load::Ready(shown) if shown.downcast_ref() == Some(&value)),
    );
    if shown == Some(false) {
        state.try_set(Load::Ready(Arc::new(value)));
    }
}

/// What was shown is not taken away because a later refresh failed.
fn fail(state: RwSignal<Load>, failure: Failure) {
    let keep = state.try_with_untracked(|now| match now {
        Load::Ready(_) => true,
        Load::Failed(said) => *said == failure,
        Load::Waiting => false,
    });
    if keep == Some(false) {
        state.try_set(Load::Failed(failure));
    }
}

/// What a person asked for did not work: said where it was asked, until it is asked again.
#[component]
pub fn FailureNotice(
    /// Why, once it did not.
    failure: RwSignal<Option<Failure>>,
) -> impl IntoView {
    move || {
        failure.get().map(|why| view! {
        <Notice tone=Tone::Bad live=true><h2>{why.title()}</h2><p>{why.advice()}</p></Notice>
    })
    }
}

/// When a part of a page could not be loaded.
#[component]
fn FailedPart(
    /// Why.
    failure: Failure,
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Bad live=true>
            <h2>{failure.title()}</h2>
            <p>{failure.advice()}</p>
        </Notice>
        <Button label=t().try_again().to_owned() on_press=again/>
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
