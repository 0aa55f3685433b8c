//! The fee of a dossier. The attempt is made when the page opens, so that paying is a plain link.

use super::super::procedure::fees::money;
use crate::app::load::Loader;
use crate::app::{Services, api, kept, payment, services};
use crate::browser::{navigation, preference};
use crate::i18n::{said, t};
use crate::kit::{
    Back, Choice, LinkButton, Notice, Page, QrPicture, Radios, SummaryList, SummaryRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::config::ChannelConfig;
use motcua_contract::dossiers::{DossierView, FeeView};
use motcua_contract::payments::AttemptView;
use motcua_domain::dossier::DossierCode;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
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
    let dossier = Loader::start(None, move || {
        let (code, key) = (code.clone(), key.clone());
        async move {
            let kept = kept::find(&code).await;
            let key = key.or(kept.map(|kept| kept.key));
            let dossier = api::get_dossier(services, &code, key.as_deref()).await?;
            let config = services.get_config().await?;
            Ok((dossier, key, config.channels.clone()))
        }
    });
    // Back from the gateway by hand, or from the back-forward cache: what was shown may be old.
    let guard = SendWrapper::new(navigation::on_wake(move || dossier.refresh()));
    on_cleanup(move || drop(guard));
    dossier.draw(move |(dossier, key, channels)| {
        view! { <Fee services=services dossier=dossier key=key channels=channels/> }
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
    let fragment = key.as_ref().map(|key| format!("#k={key}")).unwrap_or_default();
    let receipt = format!("{}{fragment}", Route::Receipt(dossier.code.clone()));
    let follow = format!("{}{fragment}", Route::Dossier(dossier.code.clone()));
    match fee.and_then(|fee| fee.amount.map(|amount| (fee, amount))) {
        Some((fee, amount)) => {
            let facts = vec![
                SummaryRow::fact(t().receipt_code(), dossier.code.to_string()),
                SummaryRow::fact(t().fee_what(), said(&fee.name)),
                SummaryRow::fact(t().fee_amount(), money(amount)),
                SummaryRow::fact(t().fee_by(), said(&fee.citation)),
            ];
            view! {
                <Page title=t().fee_title()>
                    <Notice><p>{t().fee_dossier_taken()}</p></Notice>
                    <SummaryList rows=facts/>
                    <Channels
                        services=services
                        code=dossier.code.clone()
                        fee=fee
                        amount=amount
                        key=key
                        channels=channels
                    />
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

/// Under which the channel that was taken last is remembered.
const CHANNEL_KEY: &str = "channel";

/// The channels that take this amount; the one that was taken last, or the first, is chosen already.
#[component]
fn Channels(
    /// Services.
    services: Services,
    /// Which dossier.
    code: DossierCode,
    /// Which fee.
    fee: FeeView,
    /// How much.
    amount: Vnd,
    /// The dossier's key.
    key: Option<String>,
    /// Enabled channels.
    channels: Vec<ChannelConfig>,
) -> impl IntoView {
    let fitting: Vec<ChannelConfig> = channels
        .into_iter()
        .filter(|channel| channel.min <= amount && amount <= channel.max)
        .collect();
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
        {move || chosen.get().map(|channel| view! {
            <PayLink services=services code=code.clone() fee=fee.clone() key=key.clone() channel=channel/>
        })}
    }
}

/// The link to the gateway's page.
#[component]
fn PayLink(
    /// Services.
    services: Services,
    /// Which dossier.
    code: DossierCode,
    /// Which fee.
    fee: FeeView,
    /// The dossier's key.
    key: Option<String>,
    /// Which channel.
    channel: ChannelConfig,
) -> impl IntoView {
    let channel_id = channel.id.clone();
    let attempt = Loader::start(None, move || {
        payment::begin(services, code.clone(), fee.clone(), channel_id.clone(), key.clone())
    });
    let name = said(&channel.name);
    attempt.draw_part(move |attempt: AttemptView| match (&attempt.pay_url, attempt.state) {
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
