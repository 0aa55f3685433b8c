//! A slip that the office gave (forms 01 to 04, the notice of stopping, the handing out): whole for the dossier's holder, on
//! paper and as PDF; for whoever scanned its code, whether the office knows it, without names.

use super::super::procedure::fees::money;
use super::checked_paper::{Checked, checked_paper};
use crate::app::load::Loader;
use crate::app::{api, services};
use crate::browser::{intl, navigation};
use crate::i18n::{fee_state_words, said, slip_form_words, t};
use crate::kit::{SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::slips::{ReceivedPaper, SlipDetail, SlipFee, SlipMatter, SlipView};
use motcua_domain::turns::delivery::Delivery;
use std::sync::Arc;

/// A slip of the office.
#[component]
pub fn OfficeSlipPage(
    /// The slip's code.
    token: String,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let link = format!("{}{}", navigation::origin(), Route::OfficeSlip(token.clone()));
    let slip = Loader::start(None, move || {
        let (token, key) = (token.clone(), key.clone());
        async move { api::get_slip(services, &token, key.as_deref()).await.map(Arc::new) }
    });
    slip.draw(move |slip: Arc<SlipView>| {
        let mut facts = facts_of(&slip);
        let hotline = services.config.get().map(|config| config.hotline.clone());
        facts.extend(hotline.map(|number| SummaryRow::fact(t().office_hotline(), number)));
        facts.push(SummaryRow::fact(t().office_signature(), t().office_unsigned()));
        let file = slip.detail.as_ref().map(|detail| (detail.file.clone(), t().bill_pdf()));
        checked_paper(Checked {
            title: slip_form_words(slip.form),
            state: if slip.newest { t().office_known() } else { t().office_newer() },
            tone: if slip.newest { Tone::Calm } else { Tone::Warning },
            facts,
            more: file.is_none().then(|| t().office_stranger()),
            check: t().office_check(),
            link: link.clone(),
            files: file.into_iter().collect(),
        })
    })
}

fn facts_of(slip: &SlipView) -> Vec<SummaryRow> {
    let mut facts = vec![
        SummaryRow::fact(t().office_number(), slip.number.clone()),
        SummaryRow::fact(t().office_dated(), said(&slip.dated)),
        SummaryRow::fact(t().office_issuer(), said(&slip.issuer)),
        SummaryRow::fact(t().receipt_code(), slip.dossier.clone()),
    ];
    if let Some(detail) = &slip.detail {
        facts.extend(detail_of(detail));
    }
    facts
}

fn detail_of(detail: &SlipDetail) -> Vec<SummaryRow> {
    let mut facts = vec![
        SummaryRow::fact(t().receipt_procedure(), said(&detail.procedure_name)),
        SummaryRow::fact(t().receipt_applicant(), detail.applicant_name.clone()),
        SummaryRow::fact(t().receipt_submitter(), detail.submitter_name.clone()),
    ];
    let moment = |at: motcua_domain::date::Moment| intl::moment(t().locale(), at.0);
    match &detail.matter {
        SlipMatter::Intake { received, fees, appointment } => {
            let papers: Vec<String> = received.iter().map(paper).collect();
            facts.push(SummaryRow::fact(t().office_received(), papers.join("\n")));
            if !fees.is_empty() {
                let lines: Vec<String> = fees.iter().map(fee).collect();
                facts.push(SummaryRow::fact(t().procedure_fee(), lines.join("\n")));
            }
            let due = appointment.map_or_else(|| t().receipt_no_appointment().to_owned(), moment);
            facts.push(SummaryRow::fact(t().receipt_appointment(), due));
        }
        SlipMatter::Supplement { items, last_day, .. } => {
            facts.extend(items.iter().enumerate().map(|(index, item)| {
                let label = t().office_item(&(index + 1).to_string());
                SummaryRow::fact(label, format!("{}\n{}", item.title, item.reason))
            }));
            facts.push(SummaryRow::fact(t().office_last_day(), last_day.written()));
        }
        SlipMatter::Refusal { reason, basis, advice }
        | SlipMatter::Stop { reason, basis, advice } => {
            facts.push(SummaryRow::fact(t().office_reason(), reason.clone()));
            facts.extend(basis.clone().map(|basis| SummaryRow::fact(t().office_basis(), basis)));
            facts
                .extend(advice.clone().map(|advice| SummaryRow::fact(t().office_advice(), advice)));
        }
        SlipMatter::Apology { old, new, reason } => {
            facts.push(SummaryRow::fact(t().office_old_day(), moment(*old)));
            facts.push(SummaryRow::fact(t().office_new_day(), moment(*new)));
            facts.push(SummaryRow::fact(t().office_reason(), reason.clone()));
        }
        SlipMatter::Handed { number, way, due } => {
            let number = number.clone();
            facts.extend(number.map(|number| SummaryRow::fact(t().office_result(), number)));
            facts.extend(due.map(|due| SummaryRow::fact(t().office_was_due(), moment(due))));
            let way = match way {
                Delivery::Counter => t().office_by_counter().to_owned(),
                Delivery::Post { to } => {
                    t().office_by_post(&format!("{}, {}", to.recipient, to.address))
                }
            };
            facts.push(SummaryRow::fact(t().office_way(), way));
        }
    }
    facts
}

fn paper(paper: &ReceivedPaper) -> String {
    let how = match (paper.reused, paper.files) {
        (true, _) => t().component_reused().to_owned(),
        (false, 0) => t().component_at_counter().to_owned(),
        (false, count) => t().check_papers(&count.to_string()),
    };
    format!("{}: {how}", said(&paper.name))
}

fn fee(fee: &SlipFee) -> String {
    let state = fee_state_words(fee.state);
    match fee.amount {
        Some(amount) => format!("{}: {}, {state}", said(&fee.name), money(amount)),
        None => format!("{}: {state}", said(&fee.name)),
    }
}
