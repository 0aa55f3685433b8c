//! The pages, one folder for each step that a citizen takes. They say what is on the screen; what
//! happens behind it is `app`'s. No page fetches, stores or starts work by itself.

mod account;
mod dossier;
mod not_found_page;
mod payment;
mod procedure;
mod receipt;
mod scan;
mod search;
mod start_page;
mod tracking;

use crate::app::frame::{Footer, Header, NetworkNote};
use crate::app::services;
use crate::browser::tasks;
use crate::route::{Route, Visit};
use leptos::prelude::*;

/// The whole app: header, the page of the address, foot. Drawn anew when the language changes.
#[component]
pub fn App() -> impl IntoView {
    let services = services();
    // The hotline is in the foot of every page; it can come late.
    tasks::start(async move {
        let _ = services.get_config().await;
    });
    let visit = services.visit;
    move || {
        services.language.track();
        view! {
            <Header/>
            <NetworkNote/>
            {move || page_of(visit.get())}
            <Footer/>
        }
    }
}

fn page_of(visit: Visit) -> AnyView {
    match visit.route.clone() {
        Route::Start => view! { <start_page::StartPage/> }.into_any(),
        Route::Scan => view! { <scan::ScanPage/> }.into_any(),
        Route::Search => view! { <search::SearchPage/> }.into_any(),
        Route::Procedure(code) => view! { <procedure::ProcedurePage code=code/> }.into_any(),
        Route::Begin(code) => view! { <dossier::BeginPage code=code/> }.into_any(),
        Route::Question(code, page) => {
            view! { <dossier::QuestionPage code=code page=page changing=visit.changing/> }
                .into_any()
        }
        Route::Papers(code) => {
            view! { <dossier::PapersPage code=code changing=visit.changing/> }.into_any()
        }
        Route::Check(code) => view! { <dossier::CheckPage code=code/> }.into_any(),
        Route::Send(code) => view! { <dossier::SendPage code=code login=visit.login/> }.into_any(),
        Route::Receipt(code) => view! { <receipt::ReceiptPage code=code/> }.into_any(),
        Route::Fee(code) => view! { <payment::FeePage code=code key=visit.key/> }.into_any(),
        Route::Payment(token) => view! { <payment::ReturnPage token=token/> }.into_any(),
        Route::Track => view! { <tracking::TrackPage/> }.into_any(),
        Route::Dossier(code) => {
            view! { <tracking::DossierPage code=code key=visit.key login=visit.login/> }.into_any()
        }
        Route::LoginFailed => view! { <account::LoginFailedPage failure=visit.login/> }.into_any(),
        Route::Unknown => view! { <not_found_page::NotFoundPage/> }.into_any(),
    }
}

/// A way to go to another page from an event. Must be made while the component is drawn.
fn use_go() -> impl Fn(String) + Clone + Send + Sync + 'static {
    let services = services();
    move |address: String| services.go(&address)
}
