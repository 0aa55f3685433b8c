//! The ways to pay an amount: which channels take it, and what leads to the one that is chosen. Whose
//! fee it is, it does not ask.

use super::super::procedure::fees::money;
use super::super::share_parts::SendButtons;
use crate::app::Services;
use crate::app::load::Loader;
use crate::app::payment::{self, Order};
use crate::browser::preference::Setting;
use crate::browser::{navigation, preference};
use crate::i18n::{said, t};
use crate::kit::{Choice, LinkButton, Notice, QrPicture, Radios, SummaryList, SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::config::ChannelConfig;
use motcua_contract::payments::AttemptView;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
use motcua_journeys::pay::is_within_an_app;

/// Whether a channel takes this amount.
pub fn takes(channel: &ChannelConfig, amount: Vnd) -> bool {
    channel.min <= amount && amount <= channel.max
}

/// Under which the channel that was taken last is remembered.
const CHANNEL_KEY: Setting = Setting::CHANNEL;

/// The channels that take this amount; the one that was taken last, or the first, is chosen already.
#[component]
pub fn Channels(
    /// Services.
    services: Services,
    /// Who pays what.
    order: Order,
    /// How much.
    amount: Vnd,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
) -> impl IntoView {
    let (fitting, others): (Vec<_>, Vec<_>) =
        channels.into_iter().partition(|channel| takes(channel, amount));
    let left_out =
        others.iter().map(|channel| view! { <p class="hint">{why_not(channel, amount)}</p> });
    let left_out = left_out.collect_view();
    let last = preference::find(CHANNEL_KEY);
    let known = fitting.iter().find(|channel| Some(&channel.id) == last.as_ref());
    let chosen = RwSignal::new(known.or(fitting.first()).cloned());
    let first = chosen.get_untracked().map(|channel| channel.id);
    let options: Vec<Choice> = fitting
        .iter()
        .map(|channel| Choice { id: channel.id.clone(), label: said(&channel.name) })
        .collect();
    let choose = move |id: String| {
        preference::remember(CHANNEL_KEY, &id);
        chosen.set(fitting.iter().find(|channel| channel.id == id).cloned());
    };
    view! {
        {is_within_an_app(&navigation::agent()).then(|| view! { <OwnBrowser address=address_of(&order)/> })}
        {options.is_empty().then(|| view! { <Notice tone=Tone::Warning><p>{t().fee_no_channel()}</p></Notice> })}
        {(options.len() > 1).then(|| view! {
            <Radios
                id="channel"
                label=t().fee_channel()
                options=options.clone()
                value=first.clone()
                on_change=choose.clone()
            />
        })}
        {left_out}
        {move || chosen.get().map(|channel| view! {
            <Guide channel=channel.clone()/>
            <PayLink services=services order=order.clone() channel=channel/>
        })}
    }
}

/// Where another browser finds what is to be paid. It does not have this device's receipts: the key
/// goes along.
fn address_of(order: &Order) -> String {
    let origin = navigation::origin();
    match order {
        Order::Own { dossier, key, .. } => {
            format!("{origin}{}", Route::Fee(dossier.clone()).for_others(key.as_deref()))
        }
        Order::Asked { token, .. } => format!("{origin}{}", Route::PayFor(token.clone())),
    }
}

/// Why a channel is not offered for an amount.
fn why_not(channel: &ChannelConfig, amount: Vnd) -> String {
    let name = said(&channel.name);
    if amount < channel.min {
        t().fee_channel_least(&name, &money(channel.min))
    } else {
        t().fee_channel_most(&name, &money(channel.max))
    }
}

/// A browser within Zalo or Facebook often cannot open a wallet: the way into the phone's own.
#[component]
fn OwnBrowser(
    /// This page's address, as another browser can open it.
    address: String,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning>
            <p>{t().fee_within_an_app()}</p>
            <SendButtons address=address title=t().fee_title().to_owned()/>
        </Notice>
    }
}

/// The link to the gateway's page.
#[component]
pub fn PayLink(
    /// Services.
    services: Services,
    /// Who pays what.
    order: Order,
    /// Which channel.
    channel: ChannelConfig,
) -> impl IntoView {
    let channel_id = channel.id.clone();
    let attempt =
        Loader::start(None, move || payment::begin(services, order.clone(), channel_id.clone()));
    let name = said(&channel.name);
    attempt.draw_part(move |attempt: AttemptView| match (&attempt.pay_url, attempt.state) {
        _ if !attempt.fee_state.is_open() => view! {
            <Notice live=true><p>{t().pay_paid_otherwise_title()}</p></Notice>
            <LinkButton href=Route::Payment(attempt.token.clone()).to_string() label=t().pay_check_again()/>
        }
        .into_any(),
        (Some(url), _) => view! {
            <p>{t().fee_leaving(&name)}</p>
            <LinkButton href=url.clone() external=true label=t().fee_pay(&money(attempt.amount), &name)/>
        }
        .into_any(),
        (None, AttemptState::Ready | AttemptState::Redirected) if attempt.transfer.is_some() => view! {
            <BankTransfer attempt=attempt.clone()/>
        }
        .into_any(),
        (None, AttemptState::UnderReview | AttemptState::PendingGateway) => view! {
            <Notice tone=Tone::Warning><p>{t().pay_pending_text()}</p></Notice>
            <LinkButton href=Route::Payment(attempt.token.clone()).to_string() label=t().pay_check_again()/>
        }
        .into_any(),
        (None, _) => view! {
            <LinkButton href=Route::Payment(attempt.token.clone()).to_string() label=t().pay_check_again()/>
        }
        .into_any(),
    })
}

/// What a payer needs for a bank transfer: the code, and the same in words for those who type it.
#[component]
fn BankTransfer(
    /// The attempt.
    attempt: AttemptView,
) -> impl IntoView {
    let AttemptView { token, qr, transfer, amount, .. } = attempt;
    let rows = transfer.map(|to| {
        vec![
            SummaryRow::fact(t().vietqr_bank(), to.bank_name),
            SummaryRow::fact(t().vietqr_account(), to.account),
            SummaryRow::fact(t().vietqr_holder(), to.holder),
            SummaryRow::fact(t().fee_amount(), money(amount)),
            SummaryRow::fact(t().vietqr_words(), to.words),
        ]
    });
    view! {
        <p>{t().vietqr_lead()}</p>
        {qr.map(|text| view! { <QrPicture text=text label=t().vietqr_code()/> })}
        {rows.map(|rows| view! { <SummaryList rows=rows/> })}
        <Notice><p>{t().vietqr_when()}</p></Notice>
        <LinkButton href=Route::Payment(token).to_string() label=t().vietqr_done()/>
    }
}

/// For whom a channel is, and how it goes in at most three pictures, folded away for who knows it.
#[component]
fn Guide(
    /// The channel.
    channel: ChannelConfig,
) -> impl IntoView {
    let ChannelConfig { suits, guide, .. } = channel;
    let steps = guide
        .into_iter()
        .map(|step| {
            let picture = format!("/guides/{}.svg", step.picture);
            view! {
                <li>
                    <img class="guide" src=picture alt="" width="240" height="260" loading="lazy"/>
                    <p>{said(&step.text)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        {suits.map(|text| view! { <p class="hint">{said(&text)}</p> })}
        <details class="fold">
            <summary>{t().fee_first_time()}</summary>
            <ol class="guides">{steps}</ol>
        </details>
    }
}
