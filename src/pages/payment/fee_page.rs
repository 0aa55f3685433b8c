//! The fee of a dossier. The attempt is made when the page opens, so that paying is a plain link.

use super::super::procedure::fees::{money, saving};
use super::channels::Channels;
use crate::app::load;
use crate::app::payment::Order;
use crate::app::{Services, services};
use crate::browser::navigation;
use crate::i18n::{said, t};
use crate::kit::{Back, Button, LinkButton, Notice, Page, SummaryList, SummaryRow};
use crate::route::{Route, mask};
use leptos::prelude::*;
use motcua_contract::config::ChannelConfig;
use motcua_contract::dossiers::DossierView;
use motcua_domain::dossier::DossierCode;
use motcua_domain::money::Vnd;
use send_wrapper::SendWrapper;

/// The fee of a dossier.
#[component]
pub fn FeePage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let dossier = load::dossier(services, code, key);
    // Back from the gateway by hand, or from the back-forward cache: what was shown may be old.
    let guard = SendWrapper::new(navigation::on_wake(move || dossier.refresh()));
    on_cleanup(move || drop(guard));
    dossier.draw(move |(dossier, key)| {
        // Read where the page is drawn: it is drawn anew when the configuration comes.
        let config = services.config.get()?;
        let channels = config.channels.clone();
        Some(view! { <Fee services=services dossier=dossier key=key channels=channels/> })
    })
}

#[component]
fn Fee(
    /// Services.
    services: Services,
    /// The dossier.
    dossier: DossierView,
    /// The dossier's key.
    key: Option<String>,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
) -> impl IntoView {
    let fee = dossier
        .detail
        .as_ref()
        .and_then(|detail| detail.fees.iter().find(|fee| fee.payable).cloned());
    let stranger = dossier.detail.is_none();
    let saved = dossier.detail.as_ref().and_then(|detail| detail.saved);
    let fragment = mask::fragment(&dossier.code, key.as_deref());
    let receipt = format!("{}{fragment}", Route::Receipt(dossier.code.clone()));
    let follow = format!("{}{fragment}", Route::Dossier(dossier.code.clone()));
    match fee.and_then(|fee| fee.amount.map(|amount| (fee, amount))) {
        Some((fee, amount)) => {
            let mut facts = vec![
                SummaryRow::fact(t().receipt_code(), dossier.code.to_string()),
                SummaryRow::fact(t().fee_what(), said(&fee.name)),
                SummaryRow::fact(t().fee_amount(), money(amount)),
                SummaryRow::fact(t().fee_by(), said(&fee.citation)),
            ];
            facts.extend(saved.map(saving));
            let asked = fee.request.is_some();
            let ask = format!("{}{fragment}", Route::AskToPay(dossier.code.clone()));
            let order = Order::Own { dossier: dossier.code.clone(), fee: Box::new(fee), key };
            view! {
                <Page title=t().fee_title()>
                    <Notice><p>{t().fee_dossier_taken()}</p></Notice>
                    <SummaryList rows=facts/>
                    <Ways services=services order=order amount=amount channels=channels asked=asked ask=ask/>
                    <p><a href=receipt>{t().fee_later()}</a></p>
                </Page>
            }
            .into_any()
        }
        None => view! {
            <Page
                title=t().fee_title()
                back=Some(Back { href: follow.clone(), label: t().back().to_owned() })
            >
                <Notice><p>{if stranger { t().fee_stranger() } else { t().fee_nothing_due() }}</p></Notice>
                <LinkButton href=receipt label=t().pay_see_receipt()/>
                <p><a href=follow>{t().receipt_follow()}</a></p>
            </Page>
        }
        .into_any(),
    }
}

/// Paying oneself, and asking a relative. Who asked already is not offered a gateway at once: an
/// attempt of their own would take the fee away from whoever is paying it.
#[component]
fn Ways(
    /// Services.
    services: Services,
    /// Who pays what.
    order: Order,
    /// How much.
    amount: Vnd,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
    /// Whether somebody was asked to pay.
    asked: bool,
    /// Where somebody is asked.
    ask: String,
) -> impl IntoView {
    let own = RwSignal::new(!asked);
    let (order, channels) = (StoredValue::new(order), StoredValue::new(channels));
    let words = if asked { t().ask_see() } else { t().ask_link() };
    view! {
        {asked.then(|| view! { <Notice><p>{t().ask_asked()}</p></Notice> })}
        {move || own.get().then(|| view! {
            <Channels services=services order=order.get_value() amount=amount channels=channels.get_value()/>
        })}
        <div class="actions">
            <LinkButton href=ask.clone() label=words quiet=true/>
            {move || (!own.get()).then(|| view! {
                <Button label=t().ask_self().to_owned() quiet=true on_press=move |()| own.set(true)/>
            })}
        </div>
    }
}
