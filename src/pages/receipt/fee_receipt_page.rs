//! The receipt of a paid fee: whole for the dossier's holder, on paper and as PDF; for whoever scanned its
//! code, whether the office knows it and what it says, without names.

use super::super::procedure::fees::money;
use super::checked_paper::{Checked, checked_paper};
use crate::app::load::Loader;
use crate::app::{Services, api, services};
use crate::browser::{intl, navigation};
use crate::i18n::{receipt_state_words, said, t};
use crate::kit::{SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::receipts::{ReceiptState, ReceiptView};
use motcua_domain::fee::FeeKind;
use std::sync::Arc;

/// The receipt of a paid fee.
#[component]
pub fn FeeReceiptPage(
    /// The receipt's code.
    token: String,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let link = format!("{}{}", navigation::origin(), Route::FeeReceipt(token.clone()));
    let receipt = Loader::start(None, move || {
        let (token, key) = (token.clone(), key.clone());
        async move { api::get_receipt(services, &token, key.as_deref()).await.map(Arc::new) }
    });
    receipt.draw(move |receipt: Arc<ReceiptView>| {
        let valid = receipt.state == ReceiptState::Valid;
        let own = receipt.file.clone().map(|file| (file, t().bill_pdf()));
        let platform = receipt.platform_file.clone().map(|file| (file, t().bill_platform()));
        checked_paper(Checked {
            title: t().bill_title(),
            state: receipt_state_words(receipt.state),
            tone: if valid { Tone::Calm } else { Tone::Bad },
            facts: facts_of(services, &receipt),
            more: None,
            check: t().bill_check(),
            link: link.clone(),
            files: own.into_iter().chain(platform).collect(),
        })
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
    let mut facts = vec![
        SummaryRow::fact(t().bill_number(), receipt.number.clone()),
        SummaryRow::fact(t().bill_issuer(), said(&receipt.issuer)),
        SummaryRow::fact(t().receipt_code(), receipt.dossier.clone()),
        SummaryRow::fact(t().receipt_submitter(), receipt.payer.clone()),
        SummaryRow::fact(t().fee_what(), format!("{kind}: {}", said(&receipt.fee_name))),
        SummaryRow::fact(t().fee_by(), said(&receipt.citation)),
        SummaryRow::fact(
            t().fee_amount(),
            format!("{}\n{}", money(receipt.amount), said(&receipt.words)),
        ),
        SummaryRow::fact(t().bill_channel(), channel),
        SummaryRow::fact(t().pay_when(), intl::moment(t().locale(), receipt.paid_at.0)),
    ];
    if let Some(reference) = &receipt.gateway_reference {
        facts.push(SummaryRow::fact(t().pay_reference(), reference.clone()));
    }
    facts
}
