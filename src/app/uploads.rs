//! Files on their way to the server: which, how far each is, whose turn it is, and whether the network
//! will do. Sending is in `send`. Knows nothing of screens, nor of where the files come from.

mod bell;
mod send;
pub(super) mod tus;

use super::Services;
use crate::browser::preference::Setting;
use crate::browser::{network, preference, tasks};
use bell::Bell;
use leptos::prelude::*;
use motcua_domain::procedure::{Need, Procedure};
use motcua_journeys::draft::{Draft, Paper};
use motcua_journeys::upload::{self, AT_ONCE, Choice, Link, Pace, Pause, Phase, State, Waiting};

/// Where the citizen's choice is remembered.
const CHOICE_KEY: Setting = Setting::SEND_FILES;

/// Files on their way.
#[derive(Clone, Copy)]
pub struct UploadService {
    /// Running uploads by paper.
    running: RwSignal<Vec<(String, State)>>,
    /// Over which networks files go.
    choice: RwSignal<Choice>,
    /// Whether the device says that this is the mobile network, or that it saves data.
    costly: RwSignal<bool>,
    desk: StoredValue<Desk>,
}

/// Who works on what.
#[derive(Default)]
struct Desk {
    /// Papers that a loop is working on.
    busy: Vec<String>,
    /// Papers that wait for their turn to use the network.
    waiting: Vec<Waiting>,
    /// Papers that use it.
    travelling: Vec<String>,
    /// What the last file learnt of the link.
    pace: Pace,
    /// Rings when a turn is over.
    turns: Bell,
    /// Rings when the network may have changed, or a person asked.
    link: Bell,
}

impl UploadService {
    /// Nothing under way.
    pub fn new() -> Self {
        let chosen = preference::find(CHOICE_KEY).unwrap_or_default();
        let service = Self {
            running: RwSignal::new(Vec::new()),
            choice: RwSignal::new(Choice::find(&chosen)),
            costly: RwSignal::new(is_costly()),
            desk: StoredValue::new(Desk::default()),
        };
        network::on_change(move |_| {
            service.costly.set(is_costly());
            service.link_bell().ring();
        });
        service
    }

    /// How far a paper is, while it is on its way.
    pub fn find_state(self, id: &str) -> Option<State> {
        self.running.with(|running| find(running, id).cloned())
    }

    /// Over which networks files go.
    pub fn choice(self) -> Choice {
        self.choice.get()
    }

    /// Whether sending may cost the citizen something, as far as the device says.
    pub fn is_costly(self) -> bool {
        self.costly.get()
    }

    /// The citizen says over which networks files go.
    pub fn choose(self, choice: Choice) {
        preference::remember(CHOICE_KEY, choice.id());
        self.choice.set(choice);
        self.link_bell().ring();
    }

    /// Goes on with every paper of the open draft that is not there yet, and with what waits.
    pub fn resume_all(self, services: Services) {
        self.link_bell().ring();
        let Some(draft) = services.draft.current_now() else { return };
        tasks::start(async move {
            // What must be sent goes first. Where nobody knows, all of it must.
            let procedure = services.get_procedure(&draft.procedure).await.ok();
            for (component, paper) in papers(&draft) {
                if matches!(paper.upload, Phase::Waiting | Phase::Sending { .. }) {
                    let must = procedure.as_ref().is_none_or(|it| must_be_sent(it, component));
                    self.run(services, paper.clone(), must);
                }
            }
        });
    }

    /// Tries a paper again that stalled, waits, or was refused.
    pub fn retry(self, services: Services, id: &str) {
        let draft = services.draft.current_now();
        if let Some(mut paper) = draft.and_then(|draft| draft.find_paper(id).cloned()) {
            // A file that was refused for an odd reason may be sent anew.
            if matches!(paper.upload, Phase::Refused { .. }) {
                paper.upload = Phase::Waiting;
            }
            self.run(services, paper, true);
        }
        self.link_bell().ring();
    }

    /// Forgets a paper that was taken out.
    pub fn forget(self, id: &str) {
        self.running.update(|running| running.retain(|(key, _)| key != id));
    }

    /// Why files must wait now, if they must.
    fn pause(self) -> Option<Pause> {
        let network::Network { online, saver, mobile } = network::find();
        upload::pause(Link { online, saver, mobile }, self.choice.get_untracked())
    }

    fn link_bell(self) -> Bell {
        self.desk.with_value(|desk| desk.link.clone())
    }

    /// Waits until this paper may use the network.
    async fn take_turn(self, file: Waiting) {
        let id = file.id.clone();
        self.desk.update_value(|desk| desk.waiting.push(file));
        loop {
            let turns = self.desk.with_value(|desk| desk.turns.clone());
            let rung = turns.rung();
            let taken = self.desk.try_update_value(|desk| desk.begin(&id)).unwrap_or(true);
            if taken {
                return;
            }
            rung.await;
        }
    }

    /// Lets the next one use the network.
    fn end_turn(self, id: &str) {
        let turns = self.desk.try_update_value(|desk| {
            desk.travelling.retain(|other| other != id);
            desk.turns.clone()
        });
        if let Some(turns) = turns {
            turns.ring();
        }
    }
}

impl Desk {
    fn begin(&mut self, id: &str) -> bool {
        let is_next = upload::first(&self.waiting).is_some_and(|next| next.id == id);
        if !is_next || self.travelling.len() >= AT_ONCE {
            return false;
        }
        self.waiting.retain(|file| file.id != id);
        self.travelling.push(id.to_owned());
        // Another place may be free for the one behind.
        self.turns.ring();
        true
    }
}

fn is_costly() -> bool {
    let network = network::find();
    network.mobile || network.saver
}

fn papers(draft: &Draft) -> impl Iterator<Item = (&String, &Paper)> {
    draft.papers.iter().flat_map(|(component, papers)| papers.iter().map(move |it| (component, it)))
}

/// Whether a dossier cannot be submitted without this component's file.
fn must_be_sent(procedure: &Procedure, component: &str) -> bool {
    let component = procedure.components.iter().find(|other| other.id == component);
    component.is_none_or(|component| component.need == Need::Upload)
}

fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(key, _)| key == id).map(|(_, value)| value)
}
