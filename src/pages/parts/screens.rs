//! The pages of each part of the app. Says which component draws a page, and from what of its address;
//! must not know how a part comes to the phone.

use super::super::{
    account, browse, capture, confirm, counter, dossier, feedback, figures, hand_over, my_data,
    not_found_page, payment, poster, procedure, receipt, scan, search, start_page, tracking,
};
use crate::route::{Route, Visit};
use leptos::prelude::*;

/// What the app starts with: finding a procedure, and what it is.
pub fn first(visit: Visit) -> AnyView {
    match visit.route {
        Route::Start => view! { <start_page::StartPage/> }.into_any(),
        Route::Search => view! { <search::SearchPage/> }.into_any(),
        Route::Event(id) => view! { <browse::EventPage id=id/> }.into_any(),
        Route::Sector(id) => view! { <browse::SectorPage id=id/> }.into_any(),
        Route::Choose(id, question) => {
            view! { <browse::ChooserPage id=id question=question/> }.into_any()
        }
        Route::Procedure(code) => view! { <procedure::ProcedurePage code=code/> }.into_any(),
        _ => view! { <not_found_page::NotFoundPage/> }.into_any(),
    }
}

/// The scanner.
pub fn scanning() -> AnyView {
    view! { <scan::ScanPage/> }.into_any()
}

/// Filling in a dossier, from what is needed to the sending.
pub fn filing(visit: Visit) -> AnyView {
    match visit.route {
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
        Route::Check(key) => view! { <dossier::CheckPage draft_key=key/> }.into_any(),
        Route::Supplement(code) => {
            view! { <dossier::SupplementPage code=code key=visit.key/> }.into_any()
        }
        Route::Send(key) => {
            view! { <dossier::SendPage draft_key=key login=visit.login/> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// Photographing papers.
pub fn capture(visit: Visit) -> AnyView {
    match visit.route {
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
        _ => ().into_any(),
    }
}

/// What comes after sending: receipts, slips, fee, tracking, what the office keeps.
pub fn after(visit: Visit) -> AnyView {
    match visit.route {
        Route::Receipt(code) => view! { <receipt::ReceiptPage code=code/> }.into_any(),
        Route::FeeReceipt(token) => {
            view! { <receipt::FeeReceiptPage token=token key=visit.key/> }.into_any()
        }
        Route::OfficeSlip(token) => {
            view! { <receipt::OfficeSlipPage token=token key=visit.key/> }.into_any()
        }
        Route::Fee(code) => view! { <payment::FeePage code=code key=visit.key/> }.into_any(),
        Route::AskToPay(code) => view! { <payment::AskPage code=code key=visit.key/> }.into_any(),
        Route::PayFor(token) => view! { <payment::PayForPage token=token/> }.into_any(),
        Route::Payment(token) => view! { <payment::ReturnPage token=token/> }.into_any(),
        Route::Track => view! { <tracking::TrackPage/> }.into_any(),
        Route::Dossier(code) => {
            view! { <tracking::DossierPage code=code key=visit.key login=visit.login/> }.into_any()
        }
        Route::Withdraw(code) => {
            view! { <tracking::WithdrawPage code=code key=visit.key/> }.into_any()
        }
        Route::DraftResult(code) => {
            view! { <tracking::DraftPage code=code key=visit.key/> }.into_any()
        }
        Route::Delivery(code) => {
            view! { <tracking::DeliveryPage code=code key=visit.key/> }.into_any()
        }
        Route::MyPapers => view! { <account::MyPapersPage/> }.into_any(),
        Route::LoginFailed => view! { <account::LoginFailedPage failure=visit.login/> }.into_any(),
        _ => ().into_any(),
    }
}

/// What few come to: posters, handing a draft over, confirming.
pub fn beside(visit: Visit) -> AnyView {
    match visit.route {
        Route::Poster(code) => view! { <poster::PosterPage code=code/> }.into_any(),
        Route::Sheet(sector) => view! { <poster::SheetPage sector=sector/> }.into_any(),
        Route::Give(key) => view! { <hand_over::GivePage draft_key=key/> }.into_any(),
        Route::Take(slot) => view! { <hand_over::TakePage link=slot key=visit.key/> }.into_any(),
        Route::Figures => view! { <figures::FiguresPage/> }.into_any(),
        Route::Confirm(token) => view! { <confirm::ConfirmPage token=token/> }.into_any(),
        _ => ().into_any(),
    }
}

/// What people say to the office beside their dossiers: feedback, and what is kept of them.
pub fn voice(visit: Visit) -> AnyView {
    match visit.route {
        Route::Feedback(dossier) => {
            view! { <feedback::WritePage dossier=dossier key=visit.key/> }.into_any()
        }
        Route::Voice(code) => view! { <feedback::VoicePage code=code key=visit.key/> }.into_any(),
        Route::Answers => view! { <feedback::AnswersPage/> }.into_any(),
        Route::MyData => view! { <my_data::MyDataPage/> }.into_any(),
        _ => ().into_any(),
    }
}

/// A device that is everybody's: turning that on and off, and the guided run.
pub fn counter(visit: Visit) -> AnyView {
    match visit.route {
        Route::Counter => view! { <counter::CounterPage/> }.into_any(),
        Route::Demo => view! { <counter::DemoPage/> }.into_any(),
        _ => ().into_any(),
    }
}

/// What is above every page of such a device.
pub fn counter_bar(visit: Memo<Visit>) -> AnyView {
    view! { <counter::CounterBar visit=visit/> }.into_any()
}
