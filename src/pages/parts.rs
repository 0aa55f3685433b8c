//! The parts that the app comes in: which page is in which, when a part is fetched, and what is drawn
//! until it is there. The first part has the start page, the search and a procedure's page; the others
//! come when they are opened, or before, while the phone has nothing to do.

mod screens;
#[cfg(feature = "parts")]
mod split;
#[cfg(not(feature = "parts"))]
mod whole;

#[cfg(feature = "parts")]
use split as supply;
#[cfg(not(feature = "parts"))]
use whole as supply;

use crate::app::load::Loader;
use crate::app::{Failure, api};
use crate::browser::{navigation, network, tasks};
use crate::route::{Route, Visit};
use leptos::prelude::*;
use std::sync::atomic::{AtomicU8, Ordering};

/// The parts that are here, a bit each.
static HERE: AtomicU8 = AtomicU8::new(0);

/// A part that is fetched when it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The scanner.
    Scanning = 1,
    /// Filling in a dossier, from what is needed to the sending.
    Filing = 2,
    /// Photographing papers.
    Capture = 4,
    /// What comes after sending: receipt, fee, tracking, what the office keeps.
    After = 8,
    /// What few come to: posters, handing a draft over, confirming, the figures.
    Beside = 16,
    /// A device that is everybody's.
    Counter = 32,
    /// What people say to the office beside their dossiers: feedback, and what is kept of them.
    Voice = 64,
}

/// A part did not come: no network, or a newer build has taken its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFetched;

/// The page of an address: at once when its part is here.
pub fn page(visit: Visit) -> AnyView {
    fetch_ahead(next_after(&visit.route));
    let Some(part) = part_of(&visit.route) else { return screens::first(visit) };
    when_here(part, Box::new(move || supply::draw(part, visit.clone())))
}

/// What is above every page of a device that is everybody's. Pages wait for it: it wipes first.
pub fn counter_bar(visit: Memo<Visit>) -> AnyView {
    when_here(Part::Counter, Box::new(move || supply::draw_bar(visit)))
}

/// Draws something of a part once the part is here.
fn when_here(part: Part, draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let here = part.is_here().then_some(());
    let tried = StoredValue::new(false);
    let loader = Loader::start(here, move || async move {
        let again = tried.try_get_value().unwrap_or_default();
        let _ = tried.try_set_value(true);
        let outcome = part.fetch().await;
        // The server answers and the part is still not there: this build is gone from it.
        if outcome.is_err() && again && api::get_config().await.is_ok() {
            navigation::reload();
        }
        outcome.map_err(|NotFetched| Failure::PartMissing)
    });
    loader.draw(move |()| draw()).into_any()
}

/// Which part a page is in; none for what the app starts with.
fn part_of(route: &Route) -> Option<Part> {
    match route {
        Route::Start
        | Route::Search
        | Route::Event(_)
        | Route::Sector(_)
        | Route::Choose(..)
        | Route::Procedure(_)
        | Route::Unknown => None,
        Route::Scan => Some(Part::Scanning),
        Route::Begin(_)
        | Route::Question(..)
        | Route::Behalf(_)
        | Route::Declaration(_)
        | Route::Slip(_)
        | Route::Papers(_)
        | Route::Check(_)
        | Route::Send(_)
        | Route::Supplement(_) => Some(Part::Filing),
        Route::Capture(..) | Route::PaperPage(..) => Some(Part::Capture),
        Route::Receipt(_)
        | Route::FeeReceipt(_)
        | Route::OfficeSlip(_)
        | Route::Fee(_)
        | Route::AskToPay(_)
        | Route::PayFor(_)
        | Route::Payment(_)
        | Route::Track
        | Route::Dossier(_)
        | Route::Withdraw(_)
        | Route::DraftResult(_)
        | Route::Delivery(_)
        | Route::MyPapers
        | Route::LoginFailed => Some(Part::After),
        Route::Poster(_)
        | Route::Sheet(_)
        | Route::Give(_)
        | Route::Take(_)
        | Route::Figures
        | Route::Confirm(_) => Some(Part::Beside),
        Route::Feedback(_) | Route::Voice(_) | Route::Answers | Route::MyData => Some(Part::Voice),
        Route::Counter | Route::Demo => Some(Part::Counter),
    }
}

/// Which part is likely to be opened from a page.
fn next_after(route: &Route) -> Option<Part> {
    match route {
        Route::Start => Some(Part::Scanning),
        Route::Scan | Route::Search | Route::Choose(..) | Route::Procedure(_) | Route::Take(_) => {
            Some(Part::Filing)
        }
        Route::Begin(_) | Route::Question(..) | Route::Papers(_) => Some(Part::Capture),
        Route::Check(_) | Route::Send(_) => Some(Part::After),
        _ => None,
    }
}

/// Fetches a part while nothing else is to be done; not for a person who saves data. If it does not
/// come, it is asked for again when it is needed.
fn fetch_ahead(part: Option<Part>) {
    let Some(part) = part.filter(|part| !part.is_here() && !network::find().saver) else { return };
    tasks::start(async move {
        tasks::idle().await;
        let _ = part.fetch().await;
    });
}

impl Part {
    fn is_here(self) -> bool {
        HERE.load(Ordering::Relaxed) & self as u8 != 0
    }

    async fn fetch(self) -> Result<(), NotFetched> {
        supply::fetch(self).await?;
        HERE.fetch_or(self as u8, Ordering::Relaxed);
        Ok(())
    }
}
