//! What a read code comes to: somewhere to go, something to show, or a refusal with its reason.
//! Draws it; must not read codes, and opens no link that is not ours.

use crate::app::prefill::HeldCard;
use crate::app::services;
use crate::browser::intl;
use crate::i18n::{refusal_words, t};
use crate::kit::{Button, LinkButton, Notice, SummaryList, SummaryRow, Tone};
use crate::route::{Route, mask};
use leptos::prelude::*;
use motcua_domain::citizen_card::CitizenCard;
use motcua_domain::scan::{Meaning, Refusal};
use motcua_domain::vietqr::Transfer;

/// Most characters of a refused text that are shown.
const SHOWN: usize = 200;

/// What a text comes to.
#[derive(Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A page of ours.
    Go(String),
    /// An identity card: kept in memory for filling in forms, until the app is closed.
    Card(Box<CitizenCard>),
    /// A bank transfer, which only a bank's app makes.
    Transfer(Transfer),
    /// Nothing that can be used here.
    Refused {
        /// The text, cut to what is shown.
        text: String,
        /// Why.
        why: Refusal,
    },
}

impl Outcome {
    /// What a meaning, or its absence, comes to.
    pub fn of(text: &str, meaning: Result<Meaning, Refusal>) -> Self {
        match meaning {
            Ok(Meaning::Procedure(code)) => Self::Go(Route::Procedure(code).to_string()),
            Ok(Meaning::Dossier { code, key }) => {
                let key = mask::fragment(&code, key.as_deref());
                Self::Go(format!("{}{key}", Route::Dossier(code)))
            }
            Ok(Meaning::Payment { token }) => Self::Go(Route::Payment(token).to_string()),
            Ok(Meaning::FeeReceipt { token }) => Self::Go(Route::FeeReceipt(token).to_string()),
            Ok(Meaning::OfficeSlip { token }) => Self::Go(Route::OfficeSlip(token).to_string()),
            Ok(Meaning::Confirmation { token }) => {
                Self::Go(Route::Confirm(Some(token)).to_string())
            }
            Ok(Meaning::HandOver { slot, key }) => {
                Self::Go(format!("{}#k={key}", Route::Take(Some(slot))))
            }
            Ok(Meaning::CitizenCard(card)) => Self::Card(card),
            Ok(Meaning::Transfer(transfer)) => Self::Transfer(transfer),
            Err(why) => Self::Refused { text: text.chars().take(SHOWN).collect(), why },
        }
    }
}

/// What came of a code that leads to no page.
#[component]
pub fn OutcomeView(
    /// What came of it.
    outcome: Outcome,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    match outcome {
        Outcome::Go(_) => ().into_any(),
        Outcome::Card(card) => view! { <Card card=*card again=again/> }.into_any(),
        Outcome::Transfer(transfer) => {
            view! { <TransferShown transfer=transfer again=again/> }.into_any()
        }
        Outcome::Refused { text, why } => {
            view! { <Refused text=text why=why again=again/> }.into_any()
        }
    }
}

#[component]
fn Card(
    /// The card.
    card: CitizenCard,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    let rows = vec![
        SummaryRow::fact(t().card_name(), card.name.clone()),
        SummaryRow::fact(t().card_number(), card.number.masked()),
        SummaryRow::fact(t().card_birth_date(), card.birth_date.written()),
    ];
    let services = services();
    // A page waits for this card, or it is for whatever comes next.
    let waiting = services.card_for.get_untracked();
    services.card_for.set(None);
    let back = waiting.as_ref().map(|(_, _, page)| page.clone());
    let bound = waiting.map(|(key, person, _)| (key, person));
    services.card.set(Some(HeldCard { card, bound }));
    view! {
        <Notice live=true>
            <h2>{t().card_title()}</h2>
            <p>{t().card_text()}</p>
        </Notice>
        <SummaryList rows=rows/>
        {match back {
            Some(page) => view! { <LinkButton href=page label=t().card_back()/> }.into_any(),
            None => {
                view! { <LinkButton href=Route::Search.to_string() label=t().card_next()/> }.into_any()
            }
        }}
        <Button label=t().scan_again().to_owned() quiet=true on_press=again/>
    }
}

#[component]
fn TransferShown(
    /// The transfer.
    transfer: Transfer,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    let rows = [
        Some(SummaryRow::fact(t().transfer_account(), transfer.account.clone())),
        transfer.amount.map(|amount| {
            SummaryRow::fact(t().transfer_amount(), intl::money(t().locale(), amount))
        }),
        transfer.purpose.clone().map(|purpose| SummaryRow::fact(t().transfer_purpose(), purpose)),
    ];
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{t().transfer_title()}</h2>
            <p>{t().transfer_text()}</p>
        </Notice>
        <SummaryList rows=rows.into_iter().flatten().collect()/>
        <LinkButton href=Route::Track.to_string() label=t().transfer_next()/>
        <Button label=t().scan_again().to_owned() quiet=true on_press=again/>
    }
}

/// A code that leads nowhere here: shown, never opened.
#[component]
fn Refused(
    /// What it says.
    text: String,
    /// Why it leads nowhere.
    why: Refusal,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning live=true>
            <h2>{t().scan_refused_title()}</h2>
            <p>{refusal_words(why)}</p>
            <p>{t().scan_refused_text()}</p>
            <p><code>{text}</code></p>
            <p>{t().scan_refused_not_opened()}</p>
        </Notice>
        <Button label=t().scan_again().to_owned() on_press=again/>
        <LinkButton href=Route::Search.to_string() label=t().start_search() quiet=true/>
    }
}
