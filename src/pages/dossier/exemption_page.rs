//! By which group the applicant need not pay. Asked before money, only where a group would change it;
//! nobody is ticked before.

use super::super::use_go;
use super::{load, today};
use crate::app::Services;
use crate::browser::clock;
use crate::i18n::{need_words, said, t};
use crate::kit::{
    Back, Button, Choice, ErrorLine, ErrorSummary, Notice, Page, Radios, SummaryList, SummaryRow,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::procedure::{Need, Procedure};
use motcua_journeys::draft::{Draft, DraftKey, Event};
use std::sync::Arc;

const GROUP: &str = "exempt";
const NONE: &str = "none";

/// Which group.
#[component]
pub fn ExemptionPage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        view! { <Asked services=services procedure=procedure draft_key=draft_key.clone()/> }
    })
}

#[component]
fn Asked(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft.find_now(&draft_key);
    let draft = draft.unwrap_or_else(|| Draft::new(draft_key.clone(), procedure.version, 0));
    let claimed = draft.claimed(&procedure, today());
    let chosen = RwSignal::new(claimed.map(|group| group.id().to_owned()).unwrap_or_default());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let answers = procedure.form.relevant(&draft.answers, today());
    let groups = procedure.exemptions_offered(&answers, today());
    let mut options: Vec<Choice> = groups
        .into_iter()
        .map(|group| Choice { id: group.id().to_owned(), label: said(&group.name()) })
        .collect();
    options.push(Choice { id: NONE.to_owned(), label: t().exempt_none().to_owned() });
    let check = Route::Check(draft_key.clone()).to_string();
    let back = Back { href: check.clone(), label: t().back().to_owned() };
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = chosen.get_untracked();
        let group = ExemptGroup::find(&chosen);
        if group.is_none() && chosen != NONE {
            let text = t().exempt_choose().to_owned();
            errors.set(vec![ErrorLine { target: GROUP.to_owned(), text }]);
            return;
        }
        services.draft.tell(Event::ExemptionClaimed { group, now: clock::now_seconds() });
        let proven = group.is_some_and(|group| group.component().need == Need::Upload);
        go(if proven { Route::Papers(draft_key.clone()).to_change() } else { check.clone() });
    };
    view! {
        <Page title=t().exempt_title() back=Some(back) trouble=trouble>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <p>{t().exempt_lead()}</p>
            <form novalidate on:submit=submitted>
                <Radios
                    id=GROUP
                    label=t().exempt_title()
                    error=error
                    options=options
                    value=Some(chosen.get_untracked())
                    on_change=move |id| chosen.set(id)
                    hide_label=true
                />
                {move || ExemptGroup::find(&chosen.read()).map(|group| {
                    let proof = group.component();
                    let row = SummaryRow::fact(said(&proof.name), need_words(&proof.need));
                    view! {
                        <Notice live=true>
                            <p>{t().exempt_law(group.law())}</p>
                            <SummaryList rows=vec![row]/>
                        </Notice>
                    }
                })}
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}
