//! The pages, one folder for each step that a citizen takes. They say what is on the screen; what
//! happens behind it is `app`'s. No page fetches, stores or starts work by itself.

mod account;
mod browse;
mod camera_parts;
mod capture;
mod confirm;
mod counter;
mod dossier;
mod feedback;
mod figures;
mod hand_over;
mod my_data;
mod not_found_page;
mod parts;
mod payment;
mod poster;
mod procedure;
mod receipt;
mod scan;
mod search;
mod share_parts;
mod start_page;
mod tracking;

use crate::app::frame::{EasyBar, Footer, Header, NetworkNote, OutboxNews};
use crate::app::{kept_papers, prefill, services};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::SkipLink;
use crate::route::Visit;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider as _};

/// The whole app. The router follows links and the window's history; which page an address means
/// is `route`'s, so that the router needs no routes.
#[component]
pub fn App() -> impl IntoView {
    view! { <Router><Screen/></Router> }
}

/// Header, the page of the address, foot. Drawn anew when the language changes.
#[component]
fn Screen() -> impl IntoView {
    let services = services();
    // The hotline is in the foot of every page; it can come late. So can who is signed in.
    tasks::start(async move {
        let _ = services.get_config().await;
        services.counter.wait().await;
        prefill::prepare(services).await;
        services.outbox.look(services);
        services.feedback.look(services);
        kept_papers::look(services).await;
    });
    let visit = use_visit();
    move || {
        services.language.track();
        let counter = services.counter;
        view! {
            // Before anything else that can be reached.
            <SkipLink label=t().skip_link()/>
            {counter.is_on.then(|| parts::counter_bar(visit))}
            <Header/>
            <EasyBar/>
            <NetworkNote/>
            <OutboxNews/>
            {move || counter.ready.get().then(|| parts::page(visit.get()))}
            <Footer/>
        }
    }
}

/// What the window's address asks for. No page waits for data before it is drawn, so a followed
/// link goes into the window's history at once; the router would leave that to its own routes.
fn use_visit() -> Memo<Visit> {
    let location = use_location();
    let window = use_context::<BrowserUrl>();
    let path = location.pathname;
    Effect::new(move |_| {
        path.track();
        if let Some(window) = &window {
            window.ready_to_complete();
        }
    });
    Memo::new(move |_| Visit::parse(&path.read(), &location.search.read(), &location.hash.read()))
}

/// A way to go to another page from an event. Must be made while the component is drawn.
fn use_go() -> impl Fn(String) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |address: String| navigate(&address, Default::default())
}
