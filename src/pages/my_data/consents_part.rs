//! Consents: what holds, with one tap to take it back; what was taken back, with the words to give it anew;
//! and the ledger, word by word.

use super::Around;
use crate::app::{consents, my_data};
use crate::browser::intl;
use crate::i18n::t;
use crate::kit::Button;
use leptos::prelude::*;
use motcua_contract::my_data::{ConsentState, MyData};
use motcua_domain::consent::Purpose;

fn name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Reuse => t().mydata_reuse(),
        Purpose::Messages => t().mydata_messages(),
        Purpose::Push => t().mydata_push(),
    }
}

/// Consents.
#[component]
pub fn ConsentsPart(
    /// What the page shares.
    around: Around,
    /// The data.
    data: MyData,
) -> impl IntoView {
    let states = data.consents;
    // Messages come unless they are not wanted. That is no consent, and is not called one; it can be ended
    // here all the same.
    let unsaid = states.iter().all(|state| state.purpose != Purpose::Messages);
    let messages = (unsaid && !data.dossiers.is_empty()).then(|| {
        view! {
            <p><b>{t().mydata_messages()}</b></p>
            <p>{t().messages_on()}</p>
            <Button
                label=t().messages_stop().to_owned()
                quiet=true
                on_press=Callback::new(move |()| {
                    around.does(my_data::set_consent(around.services, Purpose::Messages, false));
                })
            />
        }
    });
    let rows = states.into_iter().map(|state| row(around, &state)).collect_view();
    let words = data.ledger.into_iter().map(|entry| {
        let what = if entry.given { t().mydata_given() } else { t().mydata_taken() };
        let at = intl::moment(t().locale(), entry.at.0);
        let words = entry.words.unwrap_or_default();
        let version = entry.version.map(|version| format!("v{version}")).unwrap_or_default();
        let hash: String = entry.words_sha256.unwrap_or_default().chars().take(12).collect();
        view! { <li>{format!("{at}: {}, {what}.", name(entry.purpose))} " " {words} " " <span class="hint">{version} " " {hash}</span></li> }
    });
    let words = words.collect::<Vec<_>>();
    view! {
        <h3>{t().mydata_consents()}</h3>
        {rows}
        {messages}
        {(!words.is_empty()).then(|| view! {
            <details class="fold"><summary>{t().mydata_ledger()}</summary><ul>{words}</ul></details>
        })}
    }
}

fn row(around: Around, state: &ConsentState) -> impl IntoView + use<> {
    let (purpose, given) = (state.purpose, state.given);
    let since = intl::day(t().locale(), state.at.0);
    let (what, act) = match given {
        true => (t().mydata_given(), t().mydata_take_back()),
        false => (t().mydata_taken(), t().mydata_give()),
    };
    let change = Callback::new(move |()| {
        around.does(my_data::set_consent(around.services, purpose, !given));
    });
    view! {
        <p><b>{name(purpose)}</b> {format!(": {what}, {since}.")}</p>
        {(!given).then(|| view! { <p>{consents::words(purpose)}</p> })}
        <Button label=format!("{act}: {}", crate::browser::intl::lower(name(purpose))) quiet=true on_press=change/>
    }
}
