//! The receipt of a paid fee: whole for the dossier's holder, on paper and as PDF; for whoever scanned its
//! code, whether the office knows it and what it says, without names.

use super::super::procedure::fees::money;
use crate::app::load::Loader;
use crate::app::{Services, api, services};
use crate::browser::{document, intl, navigation};
use crate::i18n::{receipt_state_words, said, t};
use crate::kit::{Button, LinkButton, Notice, Page, QrPicture, SummaryList, SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::receipts::{ReceiptState, ReceiptView};
use motcua_domain::fee::FeeKind;

/// The receipt of a paid fee.
#[component]
pub fn FeeReceiptPage(
    /// The receipt's code.
    token: String,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let receipt = Loader::start(None, move || {
        let (token, key) = (token.clone(), key.clone());
        async move { api::get_receipt(services, &token, key.as_deref()).await }
    });
    receipt.draw(move |receipt: ReceiptView| {
        let valid = receipt.state == ReceiptState::Valid;
        let link =
            format!("{}{}", navigation::origin(), Route::FeeReceipt(receipt.token.clone()));
        let file = receipt.detail.as_ref().map(|detail| detail.file.clone());
        view! {
            <Page title=t().bill_title()>
                <div class="panel">
                    <p>{t().bill_number()}</p>
                    <p class="code">{receipt.number.clone()}</p>
                </div>
                <Notice tone=if valid { Tone::Calm } else { Tone::Bad }>
                    <p>{receipt_state_words(receipt.state)}</p>
                </Notice>
                <SummaryList rows=facts_of(services, &receipt)/>
                <QrPicture text=link label=t().bill_check()/>
                <p>{t().bill_check()}</p>
                <div class="actions">
                    <Button label=t().receipt_print().to_owned() quiet=true on_press=|()| document::print()/>
                    {file.map(|file| view! {
                        <LinkButton href=file external=true label=t().bill_pdf() quiet=true/>
                    })}
                </div>
            </Page>
        }
    })
}

fn facts_of(services: Services, receipt: &ReceiptView) -> Vec<SummaryRow> {
    let config = services.config.get();
    let known = config
        .as_ref()
        .and_then(|config| config.channels.iter().find(|channel| channel.id == receipt.channel));
    let channel = match known {
        Some(channel) => said(&channel.name),
        None if receipt.channel == "cash" => t().bill_cash().to_owned(),
        None => receipt.channel.clone(),
    };
    let kind = if receipt.kind == FeeKind::Fee { t().bill_fee() } else { t().bill_charge() };
    let whole = receipt.detail.as_ref();
    let dossier = whole.map_or(receipt.dossier_hint.clone(), |detail| detail.dossier.to_string());
    let payer = whole.map_or(&receipt.payer_hint, |detail| &detail.payer).clone();
    let reference = whole.and_then(|detail| detail.gateway_reference.clone());
    let amount = format!("{}\n{}", money(receipt.amount), said(&receipt.words));
    let rows = [
        (t().bill_issuer(), Some(said(&receipt.issuer))),
        (t().receipt_code(), Some(dossier)),
        (t().receipt_submitter(), Some(payer)),
        (t().fee_what(), Some(format!("{kind}: {}", said(&receipt.fee_name)))),
        (t().fee_by(), whole.map(|detail| said(&detail.citation))),
        (t().fee_amount(), Some(amount)),
        (t().bill_channel(), Some(channel)),
        (t().pay_reference(), reference),
        (t().pay_when(), Some(intl::moment(t().locale(), receipt.paid_at.0))),
    ];
    let mut facts = Vec::new();
    for (term, text) in rows {
        facts.extend(text.map(|text| SummaryRow::fact(term, text)));
    }
    facts
}
