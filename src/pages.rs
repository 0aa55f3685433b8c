//! The pages, one folder for each step that a citizen takes. They say what is on the screen; what
//! happens behind it is `app`'s. No page fetches, stores or starts work by itself.

mod account;
mod browse;
mod camera_parts;
mod capture;
mod confirm;
mod dossier;
mod hand_over;
mod not_found_page;
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
use crate::route::{Route, Visit};
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
        prefill::prepare(services).await;
        services.outbox.look(services);
        kept_papers::look(services).await;
    });
    let visit = use_visit();
    move || {
        services.language.track();
        view! {
            <Header/>
            <EasyBar/>
            <NetworkNote/>
            <OutboxNews/>
            {move || page_of(visit.get())}
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

fn page_of(visit: Visit) -> AnyView {
    match visit.route.clone() {
        Route::Start => view! { <start_page::StartPage/> }.into_any(),
        Route::Scan => view! { <scan::ScanPage/> }.into_any(),
        Route::Search => view! { <search::SearchPage/> }.into_any(),
        Route::Event(id) => view! { <browse::EventPage id=id/> }.into_any(),
        Route::Sector(id) => view! { <browse::SectorPage id=id/> }.into_any(),
        Route::Choose(id, question) => {
            view! { <browse::ChooserPage id=id question=question/> }.into_any()
        }
        Route::Poster(code) => view! { <poster::PosterPage code=code/> }.into_any(),
        Route::Sheet(sector) => view! { <poster::SheetPage sector=sector/> }.into_any(),
        Route::Procedure(code) => view! { <procedure::ProcedurePage code=code/> }.into_any(),
        Route::Begin(key) => view! { <dossier::BeginPage draft_key=key/> }.into_any(),
        Route::Question(key, page) => view! {
            <dossier::QuestionPage draft_key=key page=page step=visit.step changing=visit.changing/>
        }
        .into_any(),
        Route::Behalf(key) => view! { <dossier::BehalfPage draft_key=key/> }.into_any(),
        Route::Declaration(key) => view! { <dossier::DeclarationPage draft_key=key/> }.into_any(),
        Route::Slip(key) => view! { <dossier::SlipPage draft_key=key/> }.into_any(),
        Route::Papers(key) => {
            view! { <dossier::PapersPage draft_key=key changing=visit.changing/> }.into_any()
        }
        Route::Capture(key, component, instead_of) => view! {
            <capture::CameraPage
                draft_key=key
                component=component
                instead_of=instead_of
                changing=visit.changing
            />
        }
        .into_any(),
        Route::PaperPage(key, sheet) => {
            view! { <capture::SheetPage draft_key=key sheet=sheet changing=visit.changing/> }
                .into_any()
        }
        Route::Check(key) => view! { <dossier::CheckPage draft_key=key/> }.into_any(),
        Route::Send(key) => {
            view! { <dossier::SendPage draft_key=key login=visit.login/> }.into_any()
        }
        Route::Give(key) => view! { <hand_over::GivePage draft_key=key/> }.into_any(),
        Route::Confirm(token) => view! { <confirm::ConfirmPage token=token/> }.into_any(),
        Route::Take(slot) => view! { <hand_over::TakePage link=slot key=visit.key/> }.into_any(),
        Route::Receipt(code) => view! { <receipt::ReceiptPage code=code/> }.into_any(),
        Route::FeeReceipt(token) => {
            view! { <receipt::FeeReceiptPage token=token key=visit.key/> }.into_any()
        }
        Route::Fee(code) => view! { <payment::FeePage code=code key=visit.key/> }.into_any(),
        Route::AskToPay(code) => view! { <payment::AskPage code=code key=visit.key/> }.into_any(),
        Route::PayFor(token) => view! { <payment::PayForPage token=token/> }.into_any(),
        Route::Payment(token) => view! { <payment::ReturnPage token=token/> }.into_any(),
        Route::Track => view! { <tracking::TrackPage/> }.into_any(),
        Route::Dossier(code) => {
            view! { <tracking::DossierPage code=code key=visit.key login=visit.login/> }.into_any()
        }
        Route::MyPapers => view! { <account::MyPapersPage/> }.into_any(),
        Route::LoginFailed => view! { <account::LoginFailedPage failure=visit.login/> }.into_any(),
        Route::Unknown => view! { <not_found_page::NotFoundPage/> }.into_any(),
    }
}

/// A way to go to another page from an event. Must be made while the component is drawn.
fn use_go() -> impl Fn(String) + Clone + Send + Sync + 'static {
    let navigate = use_navigate();
    move |address: String| navigate(&address, Default::default())
}
