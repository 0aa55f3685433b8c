//! Giving a draft away: a code to scan, six digits to type, a number to compare, and the word that the
//! other device has it.

use super::super::dossier::load;
use crate::app::hand_over::{Giver, Giving};
use crate::app::services;
use crate::browser::navigation;
use crate::i18n::t;
use crate::kit::{Back, Button, LinkButton, Notice, Page, QrPicture, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_journeys::draft::DraftKey;

/// Gives the draft of a procedure to another device.
#[component]
pub fn GivePage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |_| {
        let key = draft_key.clone();
        let back = Route::Begin(key.clone()).to_string();
        let draft = services.draft.find_now(&key);
        let cannot = match &draft {
            None => Some(t().give_nothing()),
            Some(draft) if draft.is_empty() => Some(t().give_nothing()),
            Some(draft) if draft.is_locked() => Some(t().give_locked()),
            Some(_) => None,
        };
        view! {
            <Page title=t().give_title() back=Some(Back { href: back, label: t().back().to_owned() })>
                {match cannot {
                    Some(words) => {
                        view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }.into_any()
                    }
                    None => view! { <Rounds draft_key=key/> }.into_any(),
                }}
            </Page>
        }
    })
}

/// One try after the other.
#[component]
fn Rounds(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let round = RwSignal::new(0_u32);
    move || {
        round.track();
        view! { <Round draft_key=draft_key.clone() again=Callback::new(move |()| round.update(|round| *round += 1))/> }
    }
}

#[component]
fn Round(
    /// Which draft.
    draft_key: DraftKey,
    /// Tries again.
    again: Callback<()>,
) -> impl IntoView {
    let giver = Giver::start(services(), draft_key);
    move || {
        match giver.state.get() {
        Giving::Sending(done, all) => {
            view! { <p role="status">{t().give_sending(&done.to_string(), &all.to_string())}</p> }
                .into_any()
        }
        Giving::Showing { link, code, .. } => view! { <Shown link=link code=code/> }.into_any(),
        Giving::Comparing(digits) => view! {
            <Notice live=true>
                <h2>{t().give_compare()}</h2>
                <p class="digits">{digits}</p>
            </Notice>
            <Button label=t().give_same().to_owned() on_press=move |()| giver.compare(true)/>
            <Button label=t().give_other().to_owned() quiet=true on_press=move |()| giver.compare(false)/>
        }
        .into_any(),
        Giving::Underway => view! { <p role="status">{t().give_underway()}</p> }.into_any(),
        Giving::Taken => view! {
            <Notice live=true>
                <h2>{t().give_taken_title()}</h2>
                <p>{t().give_taken_text()}</p>
            </Notice>
            <LinkButton href=Route::Start.to_string() label=t().give_home()/>
        }
        .into_any(),
        Giving::Failed(failure) => view! {
            <Notice tone=Tone::Bad live=true>
                <h2>{failure.title()}</h2>
                <p>{failure.advice()}</p>
                <p>{t().give_failed_text()}</p>
            </Notice>
            <Button label=t().give_again().to_owned() on_press=again/>
        }
        .into_any(),
    }
    }
}

/// The code to scan and the digits to type.
#[component]
fn Shown(
    /// Path and fragment of the link.
    link: String,
    /// The digits.
    code: String,
) -> impl IntoView {
    let spaced = format!("{} {}", &code[..code.len() / 2], &code[code.len() / 2..]);
    view! {
        <p>{t().give_scan()}</p>
        <QrPicture text=format!("{}{link}", navigation::origin()) label=t().give_qr_label()/>
        <h2>{t().give_code()}</h2>
        <p class="digits">{spaced}</p>
        <p>{t().give_code_how()}</p>
        <p>{t().give_until()}</p>
    }
}
