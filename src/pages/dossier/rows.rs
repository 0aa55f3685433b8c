//! The rows of a group: which there are, one more, one less. Changes the draft; draws only buttons.

use crate::app::Services;
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::form::leaves;
use motcua_journeys::draft::DraftKey;

/// Adds a row; its key is one that no row had, so that nothing old comes to lie in it.
pub fn add(services: Services, key: &DraftKey, group: &str, min: u32) {
    let mut rows = leaves::rows(&answers(services, key), group, min);
    let last = rows.iter().filter_map(|row| row.parse::<u32>().ok()).max().unwrap_or(0);
    rows.push((last + 1).to_string());
    services.draft.answer(group, Answer::Many(rows));
}

/// Takes a row out, with what was answered in it.
pub fn remove(services: Services, key: &DraftKey, group: &str, row: &str, min: u32) {
    let before = answers(services, key);
    let rows = leaves::rows(&before, group, min);
    let under = format!("{group}.{row}.");
    for id in before.0.keys().filter(|id| id.starts_with(&under)) {
        services.draft.answer(id, Answer::One(String::new()));
    }
    let kept: Vec<String> = rows.into_iter().filter(|known| known != row).collect();
    services.draft.answer(group, Answer::Many(kept));
}

fn answers(services: Services, key: &DraftKey) -> Answers {
    services.draft.find_now(key).map(|draft| draft.answers).unwrap_or_default()
}
