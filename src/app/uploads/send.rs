//! Sending one kept paper: runs the journey `upload`, in one window of the browser at a time. Knows
//! nothing of screens, of how a paper came to be, nor of the wire.

use super::{UploadService, tus};
use crate::app::Services;
use crate::browser::locks::{self, Lock};
use crate::browser::tasks;
use leptos::prelude::*;
use motcua_journeys::draft::{DraftKey, Event as DraftEvent, Paper};
use motcua_journeys::upload::{Effect, Event, Pause, Phase, State, Waiting, step};

/// Milliseconds between looks whether another window has finished with a paper, or taken it over.
const LOOK_PAUSE: u32 = 2_000;

/// What became of a paper in the meantime.
#[derive(PartialEq, Eq)]
enum Place {
    /// It is in the open draft, and this window works on it.
    Here,
    /// It was taken out of the draft.
    Removed,
    /// The draft was closed, or another window works on it.
    Away,
}

/// One paper on its way.
struct Trip {
    uploads: UploadService,
    services: Services,
    draft: DraftKey,
    paper: Paper,
    must: bool,
    /// Whether it uses the network.
    travels: bool,
}

impl UploadService {
    /// One loop for each paper; a second one for the same paper does nothing.
    pub(super) fn run(self, services: Services, paper: Paper, must: bool) {
        let Some(draft) = services.draft.current_now().map(|draft| draft.key()) else { return };
        let is_new = self.desk.try_update_value(|desk| {
            let is_new = !desk.busy.contains(&paper.id);
            if is_new {
                desk.busy.push(paper.id.clone());
            }
            is_new
        });
        if is_new != Some(true) {
            return;
        }
        tasks::start(async move {
            let id = paper.id.clone();
            let mut trip = Trip { uploads: self, services, draft, paper, must, travels: false };
            trip.go().await;
            trip.rest();
            self.desk.update_value(|desk| desk.busy.retain(|busy| *busy != id));
        });
    }
}

impl Trip {
    async fn go(&mut self) {
        let Some(_lock) = self.lock().await else { return };
        let pace = self.uploads.desk.with_value(|desk| desk.pace);
        let mut state = State::resume(self.paper.size, self.paper.upload.clone(), pace);
        let mut event = Some(Event::Go);
        loop {
            let Some(happened) = event.take() else {
                if state.pause.is_none() {
                    return;
                }
                self.rest();
                self.wait(state.pause).await;
                event = Some(Event::Go);
                continue;
            };
            let (next, effects) = step(&state, happened);
            state = next;
            match self.place() {
                Place::Here => {}
                Place::Removed => return tus::give_up(&state).await,
                Place::Away => return,
            }
            self.show(&state);
            for effect in effects {
                event = self.carry_out(&state, effect).await;
            }
        }
    }

    /// Waits until there is no reason to wait any more, or another one, or no paper to send.
    async fn wait(&self, pause: Option<Pause>) {
        while self.uploads.pause() == pause && self.place() == Place::Here {
            self.uploads.link_bell().rung_or(tasks::sleep(LOOK_PAUSE)).await;
        }
    }

    /// Makes this the only window that sends the paper.
    async fn lock(&self) -> Option<Lock> {
        let name = format!("upload {}", self.paper.id);
        loop {
            if self.place() != Place::Here {
                return None;
            }
            if let Some(lock) = locks::take(&name, false, || {}).await {
                return Some(lock);
            }
            tasks::sleep(LOOK_PAUSE).await;
        }
    }

    fn place(&self) -> Place {
        if untrack(|| self.services.draft.is_elsewhere()) {
            return Place::Away;
        }
        match self.services.draft.find_now(&self.draft) {
            None => Place::Away,
            Some(draft) if draft.find_paper(&self.paper.id).is_none() => Place::Removed,
            Some(_) => Place::Here,
        }
    }

    fn show(&self, state: &State) {
        let id = &self.paper.id;
        self.uploads.desk.update_value(|desk| desk.pace = state.pace);
        self.uploads.running.update(|running| {
            match running.iter_mut().find(|(key, _)| key == id) {
                Some((_, known)) => *known = state.clone(),
                None => running.push((id.clone(), state.clone())),
            }
        });
    }

    async fn travel(&mut self, state: &State) {
        if !self.travels {
            let left = state.size - state.sent();
            let file = Waiting { id: self.paper.id.clone(), must: self.must, left };
            self.uploads.take_turn(file).await;
            self.travels = true;
        }
    }

    fn rest(&mut self) {
        if self.travels {
            self.travels = false;
            self.uploads.end_turn(&self.paper.id);
        }
    }

    async fn carry_out(&mut self, state: &State, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Wake(0) => return Some(Event::Woke),
            Effect::Wake(milliseconds) => {
                self.rest();
                self.uploads.link_bell().rung_or(tasks::sleep(milliseconds)).await;
                return Some(Event::Woke);
            }
            Effect::Keep => {
                let (id, phase) = (self.paper.id.clone(), state.phase.clone());
                self.services.draft.tell_and_wait(DraftEvent::UploadMoved { id, phase }).await;
                return match state.phase {
                    Phase::Sending { .. } => Some(Event::Kept),
                    _ => None,
                };
            }
            Effect::Create | Effect::Ask { .. } | Effect::Send { .. } => {}
        }
        self.travel(state).await;
        // While it waited for its turn, much may have changed.
        if self.place() != Place::Here {
            return Some(Event::Woke);
        }
        if let Some(pause) = self.uploads.pause() {
            return Some(Event::Held(pause));
        }
        match effect {
            Effect::Create => Some(tus::create(self.services, &self.paper).await),
            Effect::Ask { url } => Some(tus::ask(url).await),
            Effect::Send { url, from, to } => Some(tus::send(&self.paper.id, url, from, to).await),
            Effect::Keep | Effect::Wake(_) => None,
        }
    }
}
