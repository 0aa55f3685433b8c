//! What the office has, kind by kind, each with what for and how long; what the person may change at once.

use super::{Around, fold, name_of, removal_words};
use crate::app::my_data;
use crate::browser::intl;
use crate::i18n::{said, size_words, t};
use crate::kit::{Button, Field, Removal};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::my_data::{DataTable, MyData, MyDossier, Tie};
use motcua_domain::citizen::find_phone;

/// What the office has.
#[component]
pub fn OfficePart(
    /// What the page shares.
    around: Around,
    /// The table, once it is here.
    table: Option<DataTable>,
    /// The data.
    data: MyData,
) -> impl IntoView {
    let day = |seconds: i64| intl::day(t().locale(), seconds);
    let part = |id: &'static str, lines: Vec<AnyView>| {
        let count = lines.len().to_string();
        let body = (!lines.is_empty()).then(|| view! { <ul>{lines}</ul> });
        fold(&table, id, &count, body.into_any())
    };
    let line = |text: String| view! { <li>{text}</li> }.into_any();
    let papers = data.papers.iter().map(|paper| {
        let name = said(&paper.name);
        let text = format!("{name}, {}, {}", paper.owner_name, day(paper.added_at.0));
        let words = removal_words(t().mydata_paper_remove(), t().mydata_paper_ask());
        let (id, remove) = (
            format!("paper-{}", paper.id),
            around.removes(my_data::Removal::Paper(paper.id.clone())),
        );
        view! { <li>{text}<Removal id=id name=name words=words on_remove=remove/></li> }.into_any()
    });
    let payments = data.payments.iter().map(|payment| {
        let (name, amount) = (said(&payment.fee_name), intl::money(t().locale(), payment.amount.0));
        line(format!("{name}: {amount}, {}, {}", day(payment.paid_at.0), payment.number))
    });
    let messages = data.messages.iter().map(|message| {
        line(format!("{}, {}: {}", day(message.written_at.0), message.phone, message.words))
    });
    let sessions = data.sessions.iter().map(|session| {
        let here = if session.this { t().mydata_this_phone() } else { "" };
        line(format!("{} {here}", intl::moment(t().locale(), session.seen_at.0)))
    });
    let uploads = data.uploads.iter().map(|upload| {
        let bytes = size_words(upload.length);
        line(format!("{bytes}, {}", day(upload.created_at.0)))
    });
    let dossiers = data.dossiers.iter().map(|one| dossier(around, one));
    let parts = [
        part("dossiers", dossiers.collect()),
        part("papers", papers.collect()),
        part("fees", payments.collect()),
        part("messages", messages.collect()),
        part("sign_in", sessions.collect()),
        part("sending", uploads.collect()),
    ];
    let others = (data.sessions.len() > 1).then(|| {
        view! {
            <Button
                label=t().mydata_end_others().to_owned()
                quiet=true
                on_press=around.removes(my_data::Removal::Sessions)
            />
        }
    });
    let clear = (!data.uploads.is_empty()).then(|| {
        view! {
            <Removal
                id="own-uploads".to_owned()
                name=name_of(&table, "sending")
                words=removal_words(t().remove_yes(), t().mydata_remove_ask())
                on_remove=around.removes(my_data::Removal::Uploads)
            />
        }
    });
    let [dossiers, papers, fees, messages, sign_in, sending] = parts;
    view! { {dossiers} {papers} {fees} {messages} {sign_in} {others} {sending} {clear} }
}

fn dossier(around: Around, dossier: &MyDossier) -> AnyView {
    let when = intl::day(t().locale(), dossier.submitted_at.0);
    let href = Route::Dossier(dossier.code.clone()).to_string();
    let whose = match dossier.tie {
        Tie::Own => None,
        Tie::Filed => Some(t().mydata_filed_for(&dossier.applicant_name)),
        Tie::About => Some(t().mydata_filed_by(&dossier.submitter_name)),
    };
    // Who filed for somebody does not lead that person's messages elsewhere.
    let phone = dossier.phone.clone().filter(|_| !dossier.ended);
    let code = StoredValue::new(dossier.code.clone());
    view! {
        <li>
            <a href=href>{said(&dossier.procedure_name)}</a>
            <p class="hint">{t().start_dossier_line(dossier.code.as_str(), &when)}</p>
            {whose.map(|whose| view! { <p class="hint">{whose}</p> })}
            {phone.map(|phone| view! { <Contact around=around code=code.get_value() phone=phone/> })}
        </li>
    }
    .into_any()
}

/// Where messages about a dossier go, and another phone for them.
#[component]
fn Contact(
    /// What the page shares.
    around: Around,
    /// The dossier.
    code: motcua_domain::dossier::DossierCode,
    /// The phone, masked.
    phone: String,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let error = Signal::derive(move || wrong.get().then(|| t().delivery_phone_wrong().to_owned()));
    let id = format!("phone-{code}");
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let phone = typed.get_untracked();
        wrong.set(find_phone(&phone).is_none());
        if wrong.get_untracked() {
            return;
        }
        let (code, services) = (code.clone(), around.services);
        around.does(async move { my_data::change_contact(services, &code, phone).await });
    };
    view! {
        <details class="fold">
            <summary>{t().mydata_phone_line(&phone)}</summary>
            <form novalidate on:submit=send>
                <Field
                    id=id
                    label=t().mydata_phone_new()
                    error=error
                    value=""
                    keyboard="tel"
                    on_change=move |text| typed.set(text)
                />
                <Button label=t().mydata_phone_change().to_owned() submit=true quiet=true/>
            </form>
        </details>
    }
}
