//! Asking somebody else to pay a fee: a link, the same as a code, a bank transfer; and whether they
//! did. For old people without a wallet, whose children have one.

use super::super::procedure::fees::money;
use super::super::share_parts::SendButtons;
use super::channels::{PayLink, takes};
use crate::app::load::{FailureNotice, Loader, open_dossier};
use crate::app::payment::{Order, Watch, request};
use crate::app::{Failure, Services, services};
use crate::browser::{intl, navigation, tasks};
use crate::i18n::{said, t};
use crate::kit::{Back, Button, LinkButton, Notice, Page, QrPicture, SummaryList, SummaryRow};
use crate::route::{Route, mask};
use leptos::prelude::*;
use motcua_contract::config::ChannelConfig;
use motcua_contract::payments::PaymentRequestView;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::dossier::DossierCode;
use motcua_domain::payment_request::RequestState;
use motcua_domain::text::Text;

/// The channel that needs no app of ours and no wallet: a code that any bank's app reads.
const TRANSFER: &str = "vietqr";

/// What the page is drawn from.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    request: PaymentRequestView,
    fee_name: Text,
    transfer: Option<ChannelConfig>,
    key: Option<String>,
}

/// Asking somebody to pay.
#[component]
pub fn AskPage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let own_code = code.clone();
    let asked = Loader::start(None, move || ask(services, own_code.clone(), key.clone()));
    asked.draw(move |asked| view! { <Request services=services code=code.clone() asked=asked/> })
}

async fn ask(services: Services, code: DossierCode, key: Option<String>) -> Result<Asked, Failure> {
    let (dossier, key) = open_dossier(services, code.clone(), key).await?;
    let told = |kind| Failure::Problem(Box::new(Problem::new(kind)));
    // This device has no receipt: it is for the dossier's holder to ask.
    let fees = dossier.detail.ok_or_else(|| told(ProblemType::Forbidden))?.fees;
    // Paid meanwhile: its request says so better than an error.
    let payable = fees.iter().find(|fee| fee.payable);
    let fee = payable.or_else(|| fees.iter().find(|fee| fee.request.is_some()));
    let fee = fee.ok_or_else(|| told(ProblemType::FeeNotPayable))?;
    let request = match (&fee.request, fee.payable) {
        (Some(token), false) => request::get(services, token, key.as_deref()).await?,
        _ => request::ask(services, &code, &fee.id, key.as_deref()).await?,
    };
    let channels = &services.get_config().await?.channels;
    let transfer = channels
        .iter()
        .find(|channel| channel.id == TRANSFER && takes(channel, request.amount))
        .cloned();
    Ok(Asked { request, fee_name: fee.name.clone(), transfer, key })
}

#[component]
fn Request(
    /// Services.
    services: Services,
    /// Which dossier.
    code: DossierCode,
    /// What is asked for.
    asked: Asked,
) -> impl IntoView {
    let Asked { request, fee_name, transfer, key } = asked;
    let token = request.token.clone();
    let rows = vec![
        SummaryRow::fact(t().fee_what(), said(&fee_name)),
        SummaryRow::fact(t().fee_amount(), money(request.amount)),
    ];
    let watch = Watch::start(services, token.clone(), key.clone(), Some(request));
    let fragment = mask::fragment(&code, key.as_deref());
    let back = format!("{}{fragment}", Route::Fee(code.clone()));
    let receipt = format!("{}{fragment}", Route::Receipt(code));
    let failure = RwSignal::new(None::<Failure>);
    let state = Memo::new(move |_| watch.seen.read().as_ref().map(|seen| seen.state));
    let cancel = {
        let (token, key) = (token.clone(), key.clone());
        Callback::new(move |()| {
            let (token, key) = (token.clone(), key.clone());
            tasks::start(async move {
                match request::cancel(services, &token, key.as_deref()).await {
                    Ok(seen) => {
                        failure.try_set(None);
                        watch.seen.try_set(Some(seen));
                    }
                    Err(why) => {
                        failure.try_set(Some(why));
                    }
                }
            });
        })
    };
    view! {
        <Page title=t().ask_title() back=Some(Back { href: back.clone(), label: t().back().to_owned() })>
            <SummaryList rows=rows/>
            <FailureNotice failure=failure/>
            {move || match state.get() {
                Some(RequestState::Open) => view! {
                    <Open services=services watch=watch token=token.clone() transfer=transfer.clone() cancel=cancel/>
                }
                .into_any(),
                Some(RequestState::Paid) => view! {
                    <Notice live=true><p>{paid_words(watch)}</p></Notice>
                    <LinkButton href=receipt.clone() label=t().pay_see_receipt()/>
                }
                .into_any(),
                Some(RequestState::Closed) => view! {
                    <Notice live=true><p>{t().fee_nothing_due()}</p></Notice>
                    <LinkButton href=receipt.clone() label=t().pay_see_receipt()/>
                }
                .into_any(),
                Some(RequestState::Cancelled | RequestState::Expired) | None => view! {
                    <Notice live=true><p>{t().ask_cancelled()}</p></Notice>
                    <LinkButton href=back.clone() label=t().fee_go_pay()/>
                }
                .into_any(),
            }}
        </Page>
    }
}

fn paid_words(watch: Watch<PaymentRequestView>) -> String {
    let name = watch.seen.read().as_ref().and_then(|seen| seen.payer_name.clone());
    name.map_or_else(|| t().ask_paid().to_owned(), |name| t().ask_paid_by(&name))
}

/// The ways to hand the request on.
#[component]
fn Open(
    /// Services.
    services: Services,
    /// The request.
    watch: Watch<PaymentRequestView>,
    /// Its token.
    token: String,
    /// Bank transfers, where they are taken.
    transfer: Option<ChannelConfig>,
    /// Takes it back.
    cancel: Callback<()>,
) -> impl IntoView {
    let link = format!("{}{}", navigation::origin(), Route::PayFor(token.clone()));
    let seen = watch.seen.get_untracked();
    let until = seen.as_ref().map(|seen| intl::moment(t().locale(), seen.expires_at.0));
    let title = seen.map(|seen| t().ask_message(&money(seen.amount))).unwrap_or_default();
    let by_bank = RwSignal::new(false);
    view! {
        <p>{t().ask_lead()}</p>
        <SendButtons address=link.clone() title=title main=true/>
        <h2>{t().ask_scan_title()}</h2>
        <p>{t().ask_scan()}</p>
        <QrPicture text=link label=t().ask_qr_label()/>
        <p role="status">
            {move || if watch.state.read().is_patient() { t().ask_waiting() } else { t().pay_may_close() }}
        </p>
        <Button label=t().pay_check_again().to_owned() quiet=true on_press=move |()| watch.ask_again()/>
        {transfer.map(|channel| view! {
            <h2>{t().ask_bank_title()}</h2>
            {move || match by_bank.get() {
                // An attempt is made only when it is wanted: it takes the fee from a wallet's.
                false => view! {
                    <p>{t().ask_bank()}</p>
                    <Button label=t().ask_bank_show().to_owned() quiet=true on_press=move |()| by_bank.set(true)/>
                }
                .into_any(),
                true => {
                    let order = Order::Asked { token: token.clone(), name: None };
                    view! { <PayLink services=services order=order channel=channel.clone()/> }.into_any()
                }
            }}
        })}
        <h2>{t().ask_end_title()}</h2>
        {until.map(|until| view! { <p>{t().ask_until(&until)}</p> })}
        <Button label=t().ask_cancel().to_owned() quiet=true on_press=cancel/>
    }
}
