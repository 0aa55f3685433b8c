//! The app in parts: where `cargo xtask dist` cuts the wasm. What is reached through these functions
//! only goes into a file of its own, which the first call fetches. Must not know which page is where.

use super::{NotFetched, Part, screens};
use crate::route::Visit;
use leptos::prelude::*;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

impl From<SplitLoaderError> for NotFetched {
    fn from(_said_in_the_console: SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches a part; once, however often it is asked for.
pub async fn fetch(part: Part) -> Result<(), NotFetched> {
    Ok(match part {
        Part::Scanning => fetch_scanning().await,
        Part::Filing => fetch_filing().await,
        Part::Capture => fetch_capture().await,
        Part::After => fetch_after().await,
        Part::Beside => fetch_beside().await,
        Part::Counter => fetch_counter().await,
        Part::Voice => fetch_voice().await,
    }?)
}

/// What is drawn on a device that is everybody's.
enum Shown {
    Page(Visit),
    Bar(Memo<Visit>),
}

/// A page of a part that is here.
pub fn draw(part: Part, visit: Visit) -> AnyView {
    match part {
        Part::Scanning => now(scanning()),
        Part::Filing => now(filing(visit)),
        Part::Capture => now(capture(visit)),
        Part::After => now(after(visit)),
        Part::Beside => now(beside(visit)),
        Part::Counter => now(counter(Shown::Page(visit))),
        Part::Voice => now(voice(visit)),
    }
}

/// What is above every page of a device that is everybody's.
pub fn draw_bar(visit: Memo<Visit>) -> AnyView {
    now(counter(Shown::Bar(visit)))
}

/// A part's function waits only for its part. To be drawn within the page that asks, it must not wait
/// for anything else.
fn now(drawn: impl Future<Output = Result<AnyView, NotFetched>>) -> AnyView {
    match pin!(drawn).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(NotFetched)) | Poll::Pending => ().into_any(),
    }
}

#[wasm_split(scanning, fallible, preload(fetch_scanning))]
fn scanning() -> Result<AnyView, NotFetched> {
    Ok(screens::scanning())
}

#[wasm_split(filing, fallible, preload(fetch_filing))]
fn filing(visit: Visit) -> Result<AnyView, NotFetched> {
    Ok(screens::filing(visit))
}

#[wasm_split(capture, fallible, preload(fetch_capture))]
fn capture(visit: Visit) -> Result<AnyView, NotFetched> {
    Ok(screens::capture(visit))
}

#[wasm_split(after, fallible, preload(fetch_after))]
fn after(visit: Visit) -> Result<AnyView, NotFetched> {
    Ok(screens::after(visit))
}

#[wasm_split(beside, fallible, preload(fetch_beside))]
fn beside(visit: Visit) -> Result<AnyView, NotFetched> {
    Ok(screens::beside(visit))
}

#[wasm_split(voice, fallible, preload(fetch_voice))]
fn voice(visit: Visit) -> Result<AnyView, NotFetched> {
    Ok(screens::voice(visit))
}

// One function for both: another one would wait for the part once more.
#[wasm_split(counter, fallible, preload(fetch_counter))]
fn counter(shown: Shown) -> Result<AnyView, NotFetched> {
    Ok(match shown {
        Shown::Page(visit) => screens::counter(visit),
        Shown::Bar(visit) => screens::counter_bar(visit),
    })
}
