//! A visitor's session at the counter, from the start of the app to the wipe: runs the journey
//! `counter::wipe`, looks whether somebody is there, and lets the visitor out to VNeID or a wallet.

use super::{CounterService, ON, OWED, STORY, pack};
use crate::app::{Failure, Services, api};
use crate::browser::http::Method;
use crate::browser::preference::Setting;
use crate::browser::{
    Refused, clock, memory, navigation, preference, shared_device, storage, tasks,
};
use leptos::prelude::*;
use motcua_journeys::counter::idle::{Presence, presence};
use motcua_journeys::counter::wipe::{Effect, Event, State, step};
use std::cell::Cell;
use std::pin::Pin;

/// A wipe was begun and did not end.
const MARKER: Setting = Setting::COUNTER_WIPING;
/// When somebody last touched the device, in seconds.
const TOUCHED: Setting = Setting::COUNTER_TOUCHED;
/// When the last wipe ended, in milliseconds: a window that does not know of it holds somebody's data.
const WIPED: Setting = Setting::COUNTER_WIPED;
/// Paths that lead out of the app and come back.
const WAYS_OUT: &[&str] = &["/auth/", "/pay/go/"];
/// Paths of what a visitor has here, and after a wipe no longer.
const OF_VISITORS: [&str; 5] = ["/nop/", "/ho-so/", "/tra-cuu/", "/thanh-toan/", "/phan-anh"];
/// Milliseconds that signing out may take until it is owed.
const SIGN_OUT: u32 = 3_000;
/// Milliseconds between looks whether somebody is there.
const LOOK: u32 = 1_000;

thread_local! {
    static WIPE: Cell<State> = Cell::new(State::default());
}

/// The app has started on a shared device: the visitor who comes back from VNeID or a wallet goes on;
/// after anything else, a reload or a crash too, the device is wiped first.
pub async fn begin(services: Services) {
    let counter = services.counter;
    let returned = pack::is_packed() && pack::unpack(services).await;
    if returned {
        run_steps(services, Event::Started { left: false, owed: counter.is_owed() }).await;
    } else {
        preference::remember(STORY, "");
        counter.story.set(String::new());
        tasks::start(run_steps(services, Event::Started { left: true, owed: true }));
        // Its first step is taken while this one sleeps.
        loop {
            tasks::sleep(10).await;
            if WIPE.get().is_wiped() {
                break;
            }
        }
    }
    touch();
    if let Err(why) = listen(services) {
        // Without it nobody would notice that a visitor left.
        tasks::log_failure("counter", &why);
        return;
    }
    let path = navigation::path();
    if !returned && OF_VISITORS.iter().any(|of_visitor| path.starts_with(of_visitor)) {
        shared_device::replace("/");
        return;
    }
    counter.ready.set(true);
}

/// Ends the session and wipes, as the button says.
pub fn end(services: Services) {
    // Nothing of the visitor is shown any more.
    services.counter.ready.set(false);
    services.counter.left.set(0);
    tasks::start(async move {
        run_steps(services, Event::Begin).await;
    });
}

/// Wipes for staff who change the mode; does not leave by itself. Says whether all is gone and nobody is
/// signed in.
pub(super) async fn wipe(services: Services) -> bool {
    run_steps(services, Event::Started { left: true, owed: true }).await;
    let state = WIPE.get();
    !state.incomplete && !state.owed
}

/// Somebody is there.
pub fn touch() {
    preference::remember(TOUCHED, &clock::now_seconds().to_string());
}

fn listen(services: Services) -> Result<(), Refused> {
    let counter = services.counter;
    let wiped = preference::find(WIPED);
    let last = StoredValue::new(0_i64);
    shared_device::on_touch(move || {
        // The countdown is stopped by its button only: a fly on the screen is nobody.
        let now = clock::now_seconds();
        if counter.left.get_untracked() == 0 && last.get_value() != now {
            last.set_value(now);
            touch();
        }
    })?;
    shared_device::forget_fields()?;
    shared_device::on_leaving(WAYS_OUT, move |address| {
        tasks::start(leave_for(services, address));
    })?;
    let look = move || {
        if preference::find(WIPED) != wiped {
            // Another window wiped: what this one shows is the last visitor's.
            memory::forget();
            return navigation::reload();
        }
        if counter.story.with_untracked(String::is_empty)
            && memory::is_empty()
            && navigation::path() == "/"
        {
            // Between two visitors there is nothing to wipe.
            return touch();
        }
        let touched = preference::find(TOUCHED).and_then(|text| text.parse().ok());
        match presence(clock::now_seconds(), touched.unwrap_or_default()) {
            Presence::Here => show(counter, 0),
            Presence::Counting(left) => show(counter, u32::try_from(left).unwrap_or(1)),
            Presence::Gone => end(services),
        }
    };
    shared_device::on_return(look.clone())?;
    navigation::on_wake(move || {
        tasks::start(async move { run_steps(services, Event::Online).await });
    })
    .keep();
    tasks::start(async move {
        loop {
            tasks::sleep(LOOK).await;
            look();
        }
    });
    Ok(())
}

fn show(counter: CounterService, left: u32) {
    if counter.left.get_untracked() != left {
        counter.left.set(left);
    }
}

/// Lets the visitor out, once the way back is prepared. Whoever was signed in before is signed out first.
async fn leave_for(services: Services, address: String) {
    let counter = services.counter;
    counter.stuck.set(false);
    if counter.is_owed() {
        run_steps(services, Event::Online).await;
    }
    touch();
    match pack::pack(services).await {
        Ok(()) if !counter.is_owed() => shared_device::go(&address),
        Ok(()) => counter.stuck.set(true),
        Err(failure) => {
            tasks::log_failure("leave", &Refused::because(failure.title()));
            counter.stuck.set(true);
        }
    }
}

/// Takes the journey's steps until nothing follows. In a box: compiled once, not into each caller.
fn run_steps(services: Services, first: Event) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        let mut event = first;
        loop {
            let (next, effect) = step(&WIPE.get(), event);
            WIPE.set(next);
            let Some(effect) = effect else { return };
            event = match carry_out(services, effect).await {
                Ok(()) => Event::Done,
                Err(why) => {
                    tasks::log_failure("wipe", &why);
                    Event::Failed
                }
            };
        }
    })
}

async fn carry_out(services: Services, effect: Effect) -> Result<(), Refused> {
    match effect {
        Effect::Mark => {
            preference::remember(MARKER, ON);
            preference::remember(OWED, ON);
        }
        Effect::Forget => {
            services.draft.close();
            memory::forget();
        }
        Effect::RemoveDatabases => storage::remove_all().await?,
        Effect::RemoveSettings => {
            preference::remember(STORY, "");
            shared_device::clear_settings(preference::is_own)?;
        }
        Effect::RemoveCaches => shared_device::clear_caches().await?,
        Effect::Unmark => {
            preference::remember(MARKER, "");
            preference::remember(WIPED, &clock::now_milliseconds().to_string());
        }
        Effect::SignOut => {
            sign_out().await.map_err(|failure| Refused::because(failure.title()))?;
        }
        Effect::Settle => preference::remember(OWED, ""),
        Effect::Leave => shared_device::replace("/"),
    }
    Ok(())
}

async fn sign_out() -> Result<(), Failure> {
    let mut request = api::plain(Method::Post, "/auth/logout".to_owned());
    request.patience = SIGN_OUT;
    let answer = api::ask(request).await?;
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(api::failure_of(&answer)) }
}
