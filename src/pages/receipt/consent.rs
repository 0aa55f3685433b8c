//! On the receipt of a dossier that was filed for somebody: how that person says that it is so. A code
//! to scan, six digits for the telephone, or the counter.

use crate::app::load::Loader;
use crate::app::{confirmation, services};
use crate::browser::{intl, navigation};
use crate::i18n::t;
use crate::kit::{Button, Notice, QrPicture, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::behalf::Consent;
use motcua_domain::dossier::DossierCode;

/// Where the applicant's word stands; how to get it.
#[component]
pub fn ConsentPart(
    /// Which dossier.
    code: DossierCode,
    /// The secret of its holder, when this device has it.
    key: Option<String>,
    /// Where it stands.
    consent: Consent,
) -> impl IntoView {
    match consent {
        Consent::NotAsked => ().into_any(),
        Consent::Agreed | Consent::AgreedAtCounter => view! {
            <Notice><p>{t().consent_agreed()}</p></Notice>
        }
        .into_any(),
        Consent::Refused => view! {
            <Notice tone=Tone::Bad><p>{t().consent_refused()}</p></Notice>
        }
        .into_any(),
        Consent::Waiting => view! { <Asking code=code key=key/> }.into_any(),
    }
}

#[component]
fn Asking(
    /// Which dossier.
    code: DossierCode,
    /// The secret of its holder.
    key: Option<String>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    view! {
        <section class="no-print">
            <h2>{t().consent_title()}</h2>
            <p>{t().consent_text()}</p>
            {move || match asked.get() {
                false => view! {
                    <Button label=t().consent_ask().to_owned() quiet=true on_press=move |()| asked.set(true)/>
                }.into_any(),
                true => view! { <Codes code=code.clone() key=key.clone()/> }.into_any(),
            }}
        </section>
    }
}

/// The code to scan and the digits to read out.
#[component]
fn Codes(
    /// Which dossier.
    code: DossierCode,
    /// The secret of its holder.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let opened = Loader::start(None, move || {
        let (code, key) = (code.clone(), key.clone());
        async move { confirmation::open(services, &code, key.as_deref()).await }
    });
    opened.draw_part(|opened| {
        let link = format!("{}{}", navigation::origin(), Route::Confirm(Some(opened.token)));
        let (first, last) = opened.digits.split_at(opened.digits.len() / 2);
        let digits = format!("{first} {last}");
        let page = format!("{}{}", navigation::origin(), Route::Confirm(None));
        view! {
            <p>{t().consent_scan()}</p>
            <QrPicture text=link label=t().consent_qr_label()/>
            <p>{t().consent_digits(&page)}</p>
            <p class="digits">{digits}</p>
            <p class="hint">{t().consent_until(&intl::moment(t().locale(), opened.expires_at))}</p>
        }
    })
}
