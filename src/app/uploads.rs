//! Files on their way to the server: which, and how far each is. Sending is in `send`. Knows nothing of
//! screens, nor of where the files come from.

mod send;

use super::Services;
use leptos::prelude::*;
use motcua_journeys::upload::{Phase, State};

/// Files on their way.
#[derive(Clone, Copy)]
pub struct UploadService {
    /// Running uploads by paper.
    running: RwSignal<Vec<(String, State)>>,
    /// Papers that a loop is working on.
    busy: StoredValue<Vec<String>>,
}

impl UploadService {
    /// Nothing under way.
    pub fn new() -> Self {
        Self { running: RwSignal::new(Vec::new()), busy: StoredValue::new(Vec::new()) }
    }

    /// How far a paper is, while it is on its way.
    pub fn find_state(self, id: &str) -> Option<State> {
        self.running.with(|running| find(running, id).cloned())
    }

    /// Goes on with every paper of the open draft that is not there yet.
    pub fn resume_all(self, services: Services) {
        let draft = untrack(|| services.draft.current());
        for paper in draft.into_iter().flat_map(|draft| draft.papers.into_values().flatten()) {
            if matches!(paper.upload, Phase::Waiting | Phase::Sending { .. }) {
                self.run(services, paper.id, paper.size, paper.upload);
            }
        }
    }

    /// Tries a stalled paper again.
    pub fn retry(self, services: Services, id: &str) {
        let paper =
            untrack(|| services.draft.current()).and_then(|draft| draft.find_paper(id).cloned());
        if let Some(paper) = paper {
            // A file that was refused for an odd reason may be sent anew.
            let phase = match paper.upload {
                Phase::Refused { .. } => Phase::Waiting,
                phase => phase,
            };
            self.run(services, paper.id, paper.size, phase);
        }
    }

    /// Forgets a paper that was taken out.
    pub fn forget(self, id: &str) {
        self.running.update(|running| running.retain(|(key, _)| key != id));
    }
}

fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(key, _)| key == id).map(|(_, value)| value)
}
