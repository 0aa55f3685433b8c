//! The rows of a group: one more, one less, as buttons.

use crate::app::Services;
use crate::i18n::{said, t};
use crate::kit::Button;
use leptos::prelude::*;
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::form::{Kind, Question, Row, leaves};
use motcua_journeys::draft::DraftKey;

/// Adds a row, while there may be more.
#[component]
pub fn RowAdding(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// The group's own question.
    group: Question,
    /// What is asked.
    asked: Memo<Vec<Question>>,
) -> impl IntoView {
    let Kind::Group { min, max, item, .. } = group.kind else { return ().into_any() };
    let label = t().row_add(&said(&item).to_lowercase());
    let count = count_rows(asked, group.id.clone());
    let add = Callback::new(move |()| {
        let answers = answers_of(services, &draft_key);
        let mut rows = leaves::rows(&answers, &group.id, min);
        // Its key is one that no row had, so that nothing old comes to lie in it.
        let last = rows.iter().filter_map(|row| row.parse::<u32>().ok()).max().unwrap_or(0);
        rows.push((last + 1).to_string());
        services.draft.answer(&group.id, Answer::Many(rows));
    });
    view! {
        {move || {
            let more = count.get() < max as usize;
            more.then(|| view! { <Button label=label.clone() quiet=true on_press=add/> })
        }}
    }
    .into_any()
}

/// Takes a row out with what was answered in it, where there are more than there must be.
#[component]
pub fn RowRemoval(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// Which row.
    row: Row,
    /// What is asked.
    asked: Memo<Vec<Question>>,
) -> impl IntoView {
    let label = t().row_remove(&said(&row.item).to_lowercase(), &row.number.to_string());
    let fewest = asked.get_untracked().into_iter().find_map(|question| match question.kind {
        Kind::Group { min, .. } if question.id == row.group => Some(min),
        _ => None,
    });
    let fewest = fewest.unwrap_or(0);
    let count = count_rows(asked, row.group.clone());
    let remove = Callback::new(move |()| {
        let before = answers_of(services, &draft_key);
        let under = format!("{}.{}.", row.group, row.row);
        for id in before.0.keys().filter(|id| id.starts_with(&under)) {
            services.draft.answer(id, Answer::One(String::new()));
        }
        let rows = leaves::rows(&before, &row.group, fewest);
        let kept = rows.into_iter().filter(|known| *known != row.row).collect();
        services.draft.answer(&row.group, Answer::Many(kept));
    });
    move || {
        (count.get() > fewest as usize).then(|| {
            view! {
                <button type="button" class="plain" on:click=move |_| remove.run(())>{label.clone()}</button>
            }
        })
    }
}

/// How many rows a group has.
fn count_rows(asked: Memo<Vec<Question>>, group: String) -> Memo<usize> {
    Memo::new(move |_| {
        let asked = asked.read();
        let rows = asked.iter().filter_map(|question| question.row.as_ref());
        rows.filter(|row| row.group == group).map(|row| row.number).max().unwrap_or(0)
    })
}

fn answers_of(services: Services, key: &DraftKey) -> Answers {
    services.draft.find_now(key).map(|draft| draft.answers).unwrap_or_default()
}
