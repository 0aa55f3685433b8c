//! Where a dossier stands: status and dates for anyone; people and fees for its holder.

use super::super::dossier::login_address;
use super::super::procedure::fees::money;
use crate::app::{load, services};
use crate::browser::{intl, navigation};
use crate::i18n::{fee_state_words, login_words, said, status_advice, status_words, t};
use crate::kit::{Back, LinkButton, Moment, Notice, Page, SummaryList, SummaryRow, Timeline, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::{DossierDetail, DossierView, FeeView};
use motcua_contract::session::LoginFailure;
use motcua_domain::dossier::DossierCode;
use motcua_domain::payment::FeeState;
use send_wrapper::SendWrapper;

/// Where a dossier stands.
#[component]
pub fn DossierPage(
    /// Which.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let services = services();
    let dossier = load::dossier(services, code, key);
    let guard = SendWrapper::new(navigation::on_wake(move || dossier.refresh()));
    on_cleanup(move || drop(guard));
    dossier.draw(move |(dossier, key)| view! { <Follow dossier=dossier key=key login=login/> })
}

#[component]
fn Follow(
    /// The dossier.
    dossier: DossierView,
    /// The dossier's key.
    key: Option<String>,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let locale = t().locale();
    let code = dossier.code.clone();
    let fragment = key.as_ref().map(|key| format!("#k={key}")).unwrap_or_default();
    let appointment = dossier.appointment.map_or_else(
        || t().receipt_no_appointment().to_owned(),
        |moment| intl::moment(locale, moment.0),
    );
    let facts = vec![
        SummaryRow::fact(t().receipt_code(), code.to_string()),
        SummaryRow::fact(t().receipt_procedure(), said(&dossier.procedure_name)),
        SummaryRow::fact(t().receipt_submitted(), intl::moment(locale, dossier.submitted_at.0)),
        SummaryRow::fact(t().receipt_appointment(), appointment),
    ];
    let moments = dossier
        .timeline
        .iter()
        .rev()
        .map(|entry| Moment {
            what: status_words(&entry.status),
            when: match &entry.unit {
                Some(unit) => format!("{} · {unit}", intl::moment(locale, entry.at.0)),
                None => intl::moment(locale, entry.at.0),
            },
            note: entry.note.clone(),
        })
        .collect();
    let fee_due =
        dossier.detail.as_ref().is_some_and(|detail| detail.fees.iter().any(|fee| fee.payable));
    let fee_href = format!("{}{fragment}", Route::Fee(code.clone()));
    let receipt_href = format!("{}{fragment}", Route::Receipt(code.clone()));
    let here = Route::Dossier(code);
    let holder = dossier.detail.is_some();
    view! {
        <Page
            title=t().dossier_title()
            back=Some(Back { href: Route::Track.to_string(), label: t().back().to_owned() })
        >
            {login.filter(|_| !holder).map(|failure| {
                let (title, advice) = login_words(failure);
                view! { <Notice tone=Tone::Bad live=true><h2>{title}</h2><p>{advice}</p></Notice> }
            })}
            <div class="panel">
                <p>{t().receipt_status()}</p>
                <p class="code">{status_words(&dossier.status)}</p>
            </div>
            <p>{if fee_due { t().receipt_fee_due() } else { status_advice(dossier.status.status()) }}</p>
            {fee_due.then(|| view! { <LinkButton href=fee_href label=t().fee_go_pay()/> })}
            <SummaryList rows=facts/>
            <h2>{t().dossier_timeline()}</h2>
            <Timeline moments=moments/>
            {match dossier.detail {
                Some(detail) => view! {
                    <Detail detail=detail fragment=fragment/>
                    <p><a href=receipt_href>{t().pay_see_receipt()}</a></p>
                }.into_any(),
                None => view! {
                    <Notice>
                        <h2>{t().dossier_stranger_title()}</h2>
                        <p>{t().dossier_stranger_text()}</p>
                        <p><a href=login_address(&here) rel="external">{t().sign_in()}</a></p>
                    </Notice>
                }.into_any(),
            }}
        </Page>
    }
}

/// What only its holder sees.
#[component]
fn Detail(
    /// The detail.
    detail: DossierDetail,
    /// What opens the whole dossier, behind an address.
    fragment: String,
) -> impl IntoView {
    let people = vec![
        SummaryRow::fact(t().receipt_applicant(), detail.applicant_name),
        SummaryRow::fact(t().receipt_submitter(), detail.submitter_name),
    ];
    let fees: Vec<SummaryRow> = detail.fees.iter().map(|fee| fee_row(fee, &fragment)).collect();
    let papers: Vec<SummaryRow> = detail
        .components
        .iter()
        .map(|component| {
            let text = match (component.reused, component.files) {
                (true, _) => t().component_reused().to_owned(),
                (false, 0) => t().component_at_counter().to_owned(),
                (false, count) => t().check_papers(&count.to_string()),
            };
            SummaryRow::fact(said(&component.name), text)
        })
        .collect();
    view! {
        <h2>{t().dossier_people()}</h2>
        <SummaryList rows=people/>
        {(!fees.is_empty()).then(|| view! { <h2>{t().procedure_fee()}</h2><SummaryList rows=fees/> })}
        {(!papers.is_empty()).then(|| view! { <h2>{t().papers_title()}</h2><SummaryList rows=papers/> })}
    }
}

fn fee_row(fee: &FeeView, fragment: &str) -> SummaryRow {
    let amount = fee.amount.map(money);
    let reason = fee.reason.as_ref().map(said);
    let waits = fee.exempt.is_some() && fee.state == FeeState::AwaitingAmount;
    let state = if waits { t().exempt_waits() } else { fee_state_words(fee.state) };
    let words: Vec<String> =
        [amount, Some(state.to_owned()), reason].into_iter().flatten().collect();
    let act = fee.receipt.clone().map(|token| {
        (format!("{}{fragment}", Route::FeeReceipt(token)), t().bill_link().to_owned())
    });
    SummaryRow { act, ..SummaryRow::fact(said(&fee.name), words.join("\n")) }
}
