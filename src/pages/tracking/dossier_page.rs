//! Where a dossier stands: status and dates for anyone; what waits for the citizen, what came of it, people
//! and fees for its holder. Live while it is open, and as it was seen last without a network.

use super::super::procedure::fees::money;
use super::messages::MessagesPart;
use super::notices::NoticesPart;
use super::rating::RatingPart;
use super::stranger::Stranger;
use super::todo::Todo;
use super::turn_parts::TurnParts;
use crate::app::follow::{self, Followed};
use crate::app::services;
use crate::app::turns::{self, Held};
use crate::browser::{clock, intl};
use crate::i18n::{fee_state_words, said, slip_form_words, status_advice, status_words, t};
use crate::kit::{Back, Moment, Notice, Page, SummaryList, SummaryRow, Timeline, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::{DossierDetail, DossierView, FeeView, TimelineEntry};
use motcua_contract::session::LoginFailure;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::payment::FeeState;

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
    let dossier = follow::dossier(services(), code, key);
    let on_change = Callback::new(move |()| dossier.refresh());
    dossier.draw(move |seen| view! { <Follow seen=seen login=login on_change=on_change/> })
}

#[component]
fn Follow(
    /// The dossier.
    seen: Followed,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
    /// Something was changed: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let services = services();
    let locale = t().locale();
    let Followed { dossier, key, stale } = seen;
    let code = dossier.code.clone();
    let status = dossier.status.status();
    let held = Held { code: code.clone(), key: key.clone() };
    let came = dossier.detail.as_ref().map(|detail| detail.turns.clone());
    let moments = dossier.timeline.iter().rev().map(moment).collect();
    let fee_due =
        dossier.detail.as_ref().is_some_and(|detail| detail.fees.iter().any(|fee| fee.payable));
    let last = dossier.timeline.last();
    let unit = last.and_then(|entry| entry.unit.clone()).filter(|_| !status.is_final());
    let stale = stale.map(|at| t().follow_stale(&intl::moment(locale, at.0)));
    let stopped =
        dossier.waiting_since.map(|since| t().follow_clock_stopped(&intl::moment(locale, since.0)));
    let late = dossier.appointment.is_some_and(|due| due.0 < clock::now_seconds());
    let late = late && !status.is_final() && status != DossierStatus::WithdrawalRequested;
    let ended = came.as_ref().filter(|_| status.is_final()).map(|turns| turns.rating.clone());
    let running = !status.is_final() && dossier.appointment.is_some();
    let calendar = running.then(|| turns::calendar_address(services, &code));
    let facts = facts(&dossier);
    let todo = dossier.clone();
    view! {
        <Page
            title=t().dossier_title()
            back=Some(Back { href: Route::Track.to_string(), label: t().back().to_owned() })
        >
            {stale.map(|words| view! { <Notice tone=Tone::Warning live=true><p>{words}</p></Notice> })}
            <div class="panel">
                <p>{t().receipt_status()}</p>
                <p class="code" role="status">{status_words(&dossier.status)}</p>
                {unit.map(|unit| view! { <p>{t().follow_who(&unit)}</p> })}
            </div>
            {(!fee_due).then(|| view! { <p>{status_advice(status)}</p> })}
            <Todo dossier=todo held=held.clone()/>
            {came.clone().map(|turns| view! {
                <TurnParts turns=turns status=status held=held.clone() on_change=on_change/>
            })}
            {ended.map(|rating| view! {
                <RatingPart held=held.clone() said=rating on_change=on_change/>
            })}
            {stopped.map(|words| view! { <p>{words}</p> })}
            {late.then(|| view! { <p>{t().follow_overdue()}</p> })}
            <SummaryList rows=facts/>
            {calendar.map(|href| view! {
                <p><a href=href rel="external" download>{t().follow_calendar()}</a></p>
            })}
            <h2>{t().dossier_timeline()}</h2>
            <Timeline moments=moments/>
            {match dossier.detail {
                Some(detail) => view! {
                    <Detail detail=detail status=status held=held on_change=on_change/>
                }.into_any(),
                None => view! { <Stranger code=code login=login/> }.into_any(),
            }}
        </Page>
    }
}

fn facts(dossier: &DossierView) -> Vec<SummaryRow> {
    let locale = t().locale();
    let appointment = match dossier.appointment {
        Some(due) => Some(intl::moment(locale, due.0)),
        None if dossier.status.status().is_final() => None,
        None if dossier.waiting_since.is_some() => Some(t().follow_day_later().to_owned()),
        None => Some(t().receipt_no_appointment().to_owned()),
    };
    let appointment = appointment.map(|day| SummaryRow::fact(t().receipt_appointment(), day));
    let facts = vec![
        SummaryRow::fact(t().receipt_code(), dossier.code.to_string()),
        SummaryRow::fact(t().receipt_procedure(), said(&dossier.procedure_name)),
        SummaryRow::fact(t().receipt_submitted(), intl::moment(locale, dossier.submitted_at.0)),
    ];
    facts.into_iter().chain(appointment).collect()
}

fn moment(entry: &TimelineEntry) -> Moment {
    let when = intl::moment(t().locale(), entry.at.0);
    Moment {
        what: status_words(&entry.status),
        when: match &entry.unit {
            Some(unit) => format!("{when} · {unit}"),
            None => when,
        },
        note: entry.note.clone(),
    }
}

/// What only its holder sees.
#[component]
fn Detail(
    /// The detail.
    detail: DossierDetail,
    /// Where it stands.
    status: DossierStatus,
    /// The dossier and its key.
    held: Held,
    /// Something was changed: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let (wanted, devices) = (detail.turns.messages, detail.turns.devices.clone());
    let told = (!status.is_final()).then(|| held.clone());
    let to = |route: Route| held.address(&route);
    let receipt = to(Route::Receipt(held.code.clone()));
    let withdraw = to(Route::Withdraw(held.code.clone()));
    let feedback = to(Route::Feedback(Some(held.code.clone())));
    let people = vec![
        SummaryRow::fact(t().receipt_applicant(), detail.applicant_name),
        SummaryRow::fact(t().receipt_submitter(), detail.submitter_name),
    ];
    let fees: Vec<SummaryRow> = detail.fees.iter().map(|fee| fee_row(fee, &to)).collect();
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
    let slips = detail.turns.slips.into_iter().map(|slip| {
        let words =
            t().office_link(slip_form_words(slip.form), &intl::day(t().locale(), slip.at.0));
        view! { <li><a href=to(Route::OfficeSlip(slip.token))>{words}</a></li> }
    });
    let slips: Vec<_> = slips.collect();
    view! {
        <h2>{t().dossier_people()}</h2>
        <SummaryList rows=people/>
        {(!fees.is_empty()).then(|| view! { <h2>{t().procedure_fee()}</h2><SummaryList rows=fees/> })}
        {(!papers.is_empty()).then(|| view! { <h2>{t().papers_title()}</h2><SummaryList rows=papers/> })}
        {told.map(|held| view! {
            <h2>{t().messages_title()}</h2>
            <NoticesPart held=held.clone() devices=devices on_change=on_change/>
            {wanted.map(|wanted| view! {
                <MessagesPart held=held wanted=wanted on_change=on_change/>
            })}
        })}
        {(!slips.is_empty()).then(|| view! {
            <h2>{t().office_title()}</h2>
            <ul class="links">{slips}</ul>
        })}
        <h2>{t().follow_more()}</h2>
        <ul class="links">
            <li><a href=receipt>{t().pay_see_receipt()}</a></li>
            <li><a href=feedback>{t().voice_rating_link()}</a></li>
            {status.may_be_withdrawn().then(|| view! { <li><a href=withdraw>{t().withdraw_link()}</a></li> })}
        </ul>
    }
}

fn fee_row(fee: &FeeView, to: &impl Fn(Route) -> String) -> SummaryRow {
    let amount = fee.amount.map(money);
    let reason = fee.reason.as_ref().map(said);
    let waits = fee.exempt.is_some() && fee.state == FeeState::AwaitingAmount;
    let state = if waits { t().exempt_waits() } else { fee_state_words(fee.state) };
    let words: Vec<String> =
        [amount, Some(state.to_owned()), reason].into_iter().flatten().collect();
    let act =
        fee.receipt.clone().map(|token| (to(Route::FeeReceipt(token)), t().bill_link().to_owned()));
    SummaryRow { act, ..SummaryRow::fact(said(&fee.name), words.join("\n")) }
}
