//! The receipt of a dossier: its code, the QR that opens it again, the appointment, and what happens
//! next. Works when it is opened again later, and on paper.

use super::super::procedure::fees::saving;
use super::consent::ConsentPart;
use crate::app::{load, services};
use crate::browser::{document, intl, navigation};
use crate::i18n::{said, status_words, t};
use crate::kit::{Button, LinkButton, Notice, Page, QrPicture, SummaryList, SummaryRow, Tone};
use crate::route::{Route, mask};
use leptos::prelude::*;
use motcua_contract::dossiers::DossierView;
use motcua_domain::behalf::Consent;
use motcua_domain::dossier::DossierCode;

/// The receipt.
#[component]
pub fn ReceiptPage(
    /// Which dossier.
    code: DossierCode,
) -> impl IntoView {
    let services = services();
    let receipt = load::dossier(services, code, None);
    receipt.draw(|(dossier, key)| view! { <Receipt dossier=dossier key=key/> })
}

#[component]
fn Receipt(
    /// The dossier.
    dossier: DossierView,
    /// The secret of its holder, when this device has it.
    key: Option<String>,
) -> impl IntoView {
    let code = dossier.code.clone();
    let fragment = mask::fragment(&code, key.as_deref());
    let address = Route::Dossier(code.clone()).for_others(key.as_deref());
    let link = format!("{}{address}", navigation::origin());
    let locale = t().locale();
    let appointment = dossier.appointment.map_or_else(
        || t().receipt_no_appointment().to_owned(),
        |moment| intl::moment(locale, moment.0),
    );
    let mut facts = vec![
        SummaryRow::fact(t().receipt_procedure(), said(&dossier.procedure_name)),
        SummaryRow::fact(t().receipt_submitted(), intl::moment(locale, dossier.submitted_at.0)),
        SummaryRow::fact(t().receipt_appointment(), appointment),
        SummaryRow::fact(t().receipt_status(), status_words(&dossier.status)),
    ];
    if let Some(detail) = &dossier.detail {
        facts.push(SummaryRow::fact(t().receipt_applicant(), detail.applicant_name.clone()));
        facts.push(SummaryRow::fact(t().receipt_submitter(), detail.submitter_name.clone()));
        facts.extend(detail.saved.map(saving));
    }
    let consent = dossier.detail.as_ref().map_or(Consent::NotAsked, |detail| detail.consent);
    let fee_due =
        dossier.detail.as_ref().is_some_and(|detail| detail.fees.iter().any(|fee| fee.payable));
    let fee_href = format!("{}{fragment}", Route::Fee(code.clone()));
    let has_key = key.is_some();
    view! {
        <Page title=t().receipt_title()>
            <div class="panel">
                <p>{t().receipt_code()}</p>
                <p class="code">{code.to_string()}</p>
            </div>
            {fee_due.then(|| view! {
                <Notice tone=Tone::Warning><p>{t().receipt_fee_due()}</p></Notice>
                <LinkButton href=fee_href label=t().fee_go_pay()/>
            })}
            <h2>{t().receipt_keep()}</h2>
            <p>{if has_key { t().receipt_qr_text() } else { t().receipt_qr_plain() }}</p>
            <QrPicture text=link label=t().receipt_qr_label()/>
            <SummaryList rows=facts/>
            <ConsentPart code=code.clone() key=key.clone() consent=consent/>
            <h2>{t().receipt_next_title()}</h2>
            <ol>
                <li>{t().receipt_next_1()}</li>
                <li>{t().receipt_next_2()}</li>
                <li>{t().receipt_next_3()}</li>
            </ol>
            <div class="actions">
                <Button label=t().receipt_print().to_owned() quiet=true on_press=|()| document::print()/>
                <LinkButton href=format!("{}{fragment}", Route::Dossier(code)) label=t().receipt_follow() quiet=true/>
            </div>
        </Page>
    }
}
