//! Paying a fee for somebody who asked: what a relative sees who got the link. Shows how much, to whom
//! and until when; nothing of the dossier.

use super::super::procedure::fees::money;
use super::channels::Channels;
use crate::app::load::Loader;
use crate::app::payment::{Order, Watch, request};
use crate::app::{Services, services};
use crate::browser::intl;
use crate::i18n::{said, t};
use crate::kit::{Button, Field, Notice, Page, SummaryList, SummaryRow, Tone};
use leptos::prelude::*;
use motcua_contract::config::ChannelConfig;
use motcua_contract::payments::PaymentRequestView;
use motcua_domain::fee::FeeKind;
use motcua_domain::payment_request::RequestState;
use motcua_domain::text::Text;

/// Paying for somebody.
#[component]
pub fn PayForPage(
    /// The request's token.
    token: String,
) -> impl IntoView {
    let services = services();
    let loader = Loader::start(None, move || {
        let token = token.clone();
        async move {
            let request = request::get(services, &token, None).await?;
            let config = services.get_config().await?;
            Ok((request, config.commune_name.clone(), config.channels.clone()))
        }
    });
    loader.draw(move |(request, commune, channels)| {
        view! { <Request services=services request=request commune=commune channels=channels/> }
    })
}

#[component]
fn Request(
    /// Services.
    services: Services,
    /// What is asked for.
    request: PaymentRequestView,
    /// Who gets the money.
    commune: Text,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
) -> impl IntoView {
    let what = match request.kind {
        FeeKind::Fee => t().for_fee(),
        FeeKind::Charge => t().for_charge(),
    };
    let rows = vec![
        SummaryRow::fact(t().for_what(), what.to_owned()),
        SummaryRow::fact(t().fee_amount(), money(request.amount)),
        SummaryRow::fact(t().for_office(), said(&commune)),
        SummaryRow::fact(t().pay_dossier(), request.dossier_hint.clone()),
        SummaryRow::fact(t().for_until(), intl::moment(t().locale(), request.expires_at.0)),
    ];
    let (token, amount) = (request.token.clone(), request.amount);
    let watch = Watch::start(services, token.clone(), None, Some(request));
    let state = Memo::new(move |_| watch.seen.read().as_ref().map(|seen| seen.state));
    view! {
        <Page title=t().for_title()>
            <SummaryList rows=rows/>
            {move || match state.get() {
                Some(RequestState::Open) => view! {
                    <Paying services=services token=token.clone() amount=amount channels=channels.clone()/>
                }
                .into_any(),
                Some(RequestState::Paid) => view! { <Notice live=true><p>{t().for_paid()}</p></Notice> }
                    .into_any(),
                Some(RequestState::Closed) => view! {
                    <Notice live=true><p>{t().for_nothing_due()}</p></Notice>
                }
                .into_any(),
                Some(RequestState::Cancelled | RequestState::Expired) | None => view! {
                    <Notice tone=Tone::Warning live=true>
                        <h2>{t().for_gone_title()}</h2>
                        <p>{t().for_gone()}</p>
                    </Notice>
                }
                .into_any(),
            }}
        </Page>
    }
}

/// First who, then how: until the button is pressed nothing is begun, so that looking at the link takes
/// the fee from nobody.
#[component]
fn Paying(
    /// Services.
    services: Services,
    /// The request's token.
    token: String,
    /// How much.
    amount: motcua_domain::money::Vnd,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let going = RwSignal::new(false);
    move || match going.get() {
        false => view! {
            <Notice tone=Tone::Warning><p>{t().for_check()}</p></Notice>
            <Field
                id="payer-name"
                label=t().for_name()
                hint=Some(t().for_name_hint().to_owned())
                value=typed.get_untracked()
                on_change=move |text| typed.set(text)
                autocomplete="name"
            />
            <Button label=t().for_pay(&money(amount)) on_press=move |()| going.set(true)/>
        }
        .into_any(),
        true => {
            let name = Some(typed.get_untracked()).filter(|name| !name.trim().is_empty());
            let order = Order::Asked { token: token.clone(), name };
            view! { <Channels services=services order=order amount=amount channels=channels.clone()/> }
                .into_any()
        }
    }
}
