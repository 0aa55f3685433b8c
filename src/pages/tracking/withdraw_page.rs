//! Asking for a dossier back: what it does to the fees, why, and that one may change one's mind.

use super::super::use_go;
use super::{Own, load_own};
use crate::app::load::FailureNotice;
use crate::app::{Failure, Services, services, turns};
use crate::browser::tasks;
use crate::i18n::{said, t};
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Page, SummaryList, SummaryRow, Textarea};
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;
use motcua_domain::turns::withdrawal::{FeeEffect, effect_on};

const FIELD: &str = "withdrawal-reason";

/// Asking for a dossier back.
#[component]
pub fn WithdrawPage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let own = load_own(services, code, key);
    own.draw(move |own| view! { <Ask services=services own=own/> })
}

#[component]
fn Ask(
    /// Services.
    services: Services,
    /// The dossier.
    own: Own,
) -> impl IntoView {
    let go = use_go();
    let back = own.held.followed();
    let reason = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let failure = RwSignal::new(None::<Failure>);
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let may = own.dossier.status.status().may_be_withdrawn();
    let effects: Vec<FeeEffect> = own
        .dossier
        .detail
        .iter()
        .flat_map(|detail| detail.fees.iter().map(|fee| effect_on(fee.state)))
        .collect();
    let facts = vec![
        SummaryRow::fact(t().receipt_code(), own.held.code.to_string()),
        SummaryRow::fact(t().receipt_procedure(), said(&own.dossier.procedure_name)),
    ];
    let (held, after) = (own.held.clone(), back.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            let text = t().withdraw_reason_missing().to_owned();
            errors.set(vec![ErrorLine { target: FIELD.to_owned(), text }]);
            return;
        }
        let (held, go, after) = (held.clone(), go.clone(), after.clone());
        tasks::start(async move {
            match turns::withdraw(services, &held, why).await {
                Ok(_) => go(after),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <Page
            title=t().withdraw_title()
            back=Some(Back { href: back, label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <FailureNotice failure=failure/>
            <SummaryList rows=facts/>
            {if may {
                view! {
                    <p>{t().withdraw_lead()}</p>
                    {effects.contains(&FeeEffect::Dropped).then(|| view! { <p>{t().withdraw_unpaid()}</p> })}
                    {effects.contains(&FeeEffect::OfficeDecides).then(|| view! { <p>{t().withdraw_paid()}</p> })}
                    <form novalidate on:submit=send>
                        <Textarea
                            id=FIELD
                            label=t().withdraw_reason()
                            error=error
                            value=""
                            on_change=move |text| reason.set(text)
                        />
                        <Button label=t().withdraw_send().to_owned() submit=true/>
                    </form>
                }
                .into_any()
            } else {
                view! { <p>{t().withdraw_not_now()}</p> }.into_any()
            }}
        </Page>
    }
}
