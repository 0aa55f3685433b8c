//! In the slot of a component: papers of earlier dossiers that can serve, each with the citizen's own
//! yes; and those that are used already.

use crate::app::{Services, consents, kept_papers};
use crate::browser::{intl, navigation};
use crate::i18n::{said, t};
use crate::kit::{Notice, Offer, OfferWords};
use leptos::prelude::*;
use motcua_contract::papers::KeptPaper;
use motcua_domain::consent::Purpose;
use motcua_domain::procedure::Component;
use motcua_domain::reuse::PaperOrigin;
use motcua_journeys::draft::Draft;

/// Papers of earlier dossiers.
#[component]
pub fn KeptPapers(
    /// Services.
    services: Services,
    /// The draft as it is.
    draft: Memo<Option<Draft>>,
    /// Which component.
    component: Component,
) -> impl IntoView {
    let can_serve = component.reuse.is_some();
    let component = StoredValue::new(component);
    let used = Memo::new(move |_| {
        let draft = draft.read();
        let of = |draft: &Draft| draft.reused_for(&component.read_value().id).to_vec();
        draft.as_ref().map(of).unwrap_or_default()
    });
    // Whoever has the paper at hand needs no other.
    let is_given = Memo::new(move |_| {
        let component = component.read_value();
        draft.read().as_ref().is_some_and(|draft| {
            draft.has_paper(&component.id) || !draft.sheets_of(&component.id).is_empty()
        })
    });
    let offered = Memo::new(move |_| {
        let draft = draft.get()?;
        let procedure = services.find_procedure(&draft.procedure)?;
        let found = component
            .with_value(|component| kept_papers::fitting(services, &procedure, &draft, component));
        // One that serves is enough: the newest.
        found.into_iter().next().filter(|_| !is_given.get())
    });
    let ask_to_sign_in = move || {
        let nobody = services.profile.read().is_none() && services.online.get();
        (can_serve && nobody && !is_given.get()).then(|| {
            let href = format!("/auth/login?return_to={}", navigation::path());
            view! { <p><a href=href rel="external">{t().reuse_sign_in()}</a></p> }
        })
    };
    view! {
        {move || used.get().into_iter().map(|reused| {
            let paper = reused.paper.clone();
            view! {
                <Notice>
                    <p>{t().reuse_used(&reused.name)}</p>
                    <button class="plain" type="button" on:click=move |_| kept_papers::drop(services, paper.clone())>
                        {t().reuse_drop()}
                    </button>
                </Notice>
            }
        }).collect_view()}
        {move || offered.get().map(|paper| {
            let id = format!("reuse-{}", component.read_value().id);
            let (words, name) = (words(&paper), name(&paper));
            let take = Callback::new(move |()| {
                kept_papers::take(services, &component.read_value().id, &paper, name.clone());
            });
            view! { <Offer id=id words=words on_take=take/> }
        })}
        {ask_to_sign_in}
    }
}

fn words(paper: &KeptPaper) -> OfferWords {
    let text = match (paper.origin, &paper.number) {
        (PaperOrigin::Result, Some(number)) => t().reuse_offer_result(number),
        _ => t().reuse_offer(&intl::day(t().locale(), paper.added_at.0)),
    };
    OfferWords {
        text,
        consent: consents::words(Purpose::Reuse),
        act: t().reuse_act(),
        missing: t().reuse_missing(),
    }
}

/// What a paper is called once it is used.
fn name(paper: &KeptPaper) -> String {
    let day = intl::day(t().locale(), paper.added_at.0);
    format!("{}, {}", said(&paper.name), t().reuse_of_day(&day))
}
