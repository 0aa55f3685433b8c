//! What a dossier costs, and who need not pay: asked before money, only where a group would change it;
//! nobody is ticked before. Knows nothing of the rest of the check page.

use super::super::procedure::fees;
use super::today;
use crate::app::Services;
use crate::browser::clock;
use crate::i18n::{need_words, said, t};
use crate::kit::{Choice, Radios, SummaryList, SummaryRow};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::procedure::{Need, Procedure};
use motcua_journeys::draft::{DraftKey, Event};
use std::sync::Arc;

/// Fees of a draft.
#[component]
pub fn FeePart(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let draft = services.draft.find_now(&draft_key);
    let answers = draft.map(|draft| procedure.form.relevant(&draft.answers, today()));
    let answers = answers.unwrap_or_default();
    let offered = procedure.exemptions_offered(&answers, today());
    let papers = Route::Papers(draft_key.clone()).to_change();
    let claimed = {
        let procedure = Arc::clone(&procedure);
        move || services.draft.find(&draft_key)?.claimed(&procedure, today())
    };
    let value = untrack(&claimed).map(|group| group.id().to_owned());
    let costs = move || {
        let group = claimed();
        let mut rows = fees::facts(&procedure, &answers, group);
        rows.extend(group.map(|group| proof_row(group, &papers)));
        (!rows.is_empty()).then(|| {
            view! {
                <h2>{t().procedure_fee()}</h2>
                <SummaryList rows=rows/>
            }
        })
    };
    view! {
        {costs}
        {(!offered.is_empty()).then(|| view! {
            <Radios
                id="exempt"
                label=t().exempt_ask()
                hint=Some(t().exempt_hint().to_owned())
                options=options(&offered)
                value=value
                on_change=move |id: String| {
                    let group = ExemptGroup::find(&id);
                    services.draft.tell(Event::ExemptionClaimed { group, now: clock::now_seconds() });
                }
            />
        })}
    }
}

/// The groups, and none of them.
fn options(offered: &[ExemptGroup]) -> Vec<Choice> {
    let mut options = Vec::new();
    for group in offered {
        options.push(Choice { id: group.id().to_owned(), label: said(&group.name()) });
    }
    options.push(Choice { id: String::new(), label: t().exempt_none().to_owned() });
    options
}

/// What proves a claim, with the way to send it.
fn proof_row(group: ExemptGroup, papers: &str) -> SummaryRow {
    let proof = group.component();
    let sent = matches!(proof.need, Need::Upload);
    let act = sent.then(|| (papers.to_owned(), t().exempt_proof().to_owned()));
    SummaryRow { term: said(&proof.name), text: need_words(&proof.need), act }
}
