//! Papers that the office has from an earlier dossier, in the place of files. Knows nothing of where the
//! list of them comes from.

use super::Draft;
use motcua_domain::consent::Shown;
use serde::{Deserialize, Serialize};

/// A kept paper that this draft uses. The citizen agreed to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    /// The paper's id at the backend.
    pub paper: String,
    /// What it is called, as it was offered.
    pub name: String,
    /// When the citizen agreed, in seconds.
    pub consented_at: i64,
    /// The words that were agreed to; none in drafts of before words were kept.
    #[serde(default)]
    pub shown: Option<Shown>,
}

impl Draft {
    /// The kept papers that are used for a component.
    pub fn reused_for(&self, component: &str) -> &[Reused] {
        self.reused.get(component).map_or(&[], Vec::as_slice)
    }
}

/// Uses a kept paper, once. Says whether that changed anything.
pub(super) fn take(draft: &mut Draft, component: String, reused: Reused) -> bool {
    let all = draft.reused.entry(component).or_default();
    let is_new = all.iter().all(|known| known.paper != reused.paper);
    if is_new {
        all.push(reused);
    }
    is_new
}

/// Uses a kept paper no more. Says whether that changed anything.
pub(super) fn drop(draft: &mut Draft, paper: &str) -> bool {
    let count = |draft: &Draft| draft.reused.values().map(Vec::len).sum::<usize>();
    let before = count(draft);
    for all in draft.reused.values_mut() {
        all.retain(|known| known.paper != paper);
    }
    draft.reused.retain(|_, all| !all.is_empty());
    count(draft) != before
}
