//! Choosing how the paper result comes: at the counter, or by post.

use super::super::procedure::fees::money;
use super::super::use_go;
use super::{Own, load_own};
use crate::app::load::FailureNotice;
use crate::app::{Failure, Services, services, turns};
use crate::browser::tasks;
use crate::i18n::{said, t};
use crate::kit::{
    self, Back, Button, Choice, ErrorLine, ErrorSummary, Field, Page, Radios, Textarea,
};
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;
use motcua_domain::turns::delivery::{AddressProblem, Delivery, PostalAddress};

const WAY: &str = "delivery-way";
const POST: &str = "post";

/// Choosing how the paper result comes.
#[component]
pub fn DeliveryPage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let own = load_own(services, code, key);
    own.draw(move |own| view! { <Choose services=services own=own/> })
}

fn target(problem: AddressProblem) -> (&'static str, &'static str) {
    match problem {
        AddressProblem::Recipient => ("delivery-recipient", t().delivery_recipient_wrong()),
        AddressProblem::Phone => ("delivery-phone", t().delivery_phone_wrong()),
        AddressProblem::Address => ("delivery-address", t().delivery_address_wrong()),
    }
}

#[component]
fn Choose(
    /// Services.
    services: Services,
    /// The dossier.
    own: Own,
) -> impl IntoView {
    let go = use_go();
    let back = own.held.followed();
    let known = own.turns.delivery.clone();
    let way = RwSignal::new(known.as_ref().map(|known| match known {
        Delivery::Counter => "counter".to_owned(),
        Delivery::Post { .. } => POST.to_owned(),
    }));
    let first = match known {
        Some(Delivery::Post { to }) => to,
        _ => PostalAddress {
            recipient: own
                .dossier
                .detail
                .as_ref()
                .map(|d| d.applicant_name.clone())
                .unwrap_or_default(),
            phone: String::new(),
            address: String::new(),
        },
    };
    let to = RwSignal::new(first.clone());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let failure = RwSignal::new(None::<Failure>);
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let error_of = move |target: &str| kit::error_of(errors, target.to_owned());
    let (held, after) = (own.held.clone(), back.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let line = |(id, text): (&str, &str)| ErrorLine { target: id.into(), text: text.into() };
        let chosen = way.get_untracked();
        let wrong: Vec<ErrorLine> = match chosen.as_deref() {
            None => vec![line((WAY, t().delivery_pick()))],
            Some(POST) => to
                .with_untracked(PostalAddress::problems)
                .into_iter()
                .map(target)
                .map(line)
                .collect(),
            Some(_) => vec![],
        };
        let right = wrong.is_empty();
        errors.set(wrong);
        if !right {
            return;
        }
        let way = match chosen.as_deref() {
            Some(POST) => Delivery::Post { to: to.get_untracked() },
            _ => Delivery::Counter,
        };
        let (held, go, after) = (held.clone(), go.clone(), after.clone());
        tasks::start(async move {
            match turns::choose_delivery(services, &held, &way).await {
                Ok(_) => go(after),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let charge = services
        .config
        .with_untracked(|config| config.as_ref().and_then(|config| config.postal_charge));
    let by_post = charge.map_or_else(
        || t().delivery_post().to_owned(),
        |charge| t().delivery_post_for(&money(charge)),
    );
    let options = vec![
        Choice { id: "counter".to_owned(), label: t().delivery_counter().to_owned() },
        Choice { id: POST.to_owned(), label: by_post },
    ];
    view! {
        <Page
            title=t().delivery_title()
            back=Some(Back { href: back, label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <FailureNotice failure=failure/>
            <Office services=services/>
            <form novalidate on:submit=send>
                <Radios
                    id=WAY
                    label=t().delivery_ask()
                    error=error_of(WAY)
                    options=options
                    value=way.get_untracked()
                    on_change=move |id| way.set(Some(id))
                />
                <div hidden=move || way.get().as_deref() != Some(POST)>
                    <Field
                        id="delivery-recipient"
                        label=t().delivery_recipient()
                        error=error_of("delivery-recipient")
                        value=first.recipient.clone()
                        on_change=move |text| to.update(|to| to.recipient = text)
                    />
                    <Field
                        id="delivery-phone"
                        label=t().delivery_phone()
                        error=error_of("delivery-phone")
                        value=first.phone.clone()
                        keyboard="tel"
                        on_change=move |text| to.update(|to| to.phone = text)
                    />
                    <Textarea
                        id="delivery-address"
                        label=t().delivery_address()
                        error=error_of("delivery-address")
                        value=first.address.clone()
                        on_change=move |text| to.update(|to| to.address = text)
                    />
                </div>
                <Button label=t().delivery_save().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// Where the counter is, and when it is open.
#[component]
fn Office(
    /// Services.
    services: Services,
) -> impl IntoView {
    move || {
        services.config.with(|config| {
            config.as_ref().map(|config| {
                view! { <p>{said(&config.office_address)}<br/>{said(&config.office_hours)}</p> }
            })
        })
    }
}
