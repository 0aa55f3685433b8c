//! The page as a whole: the phone first, for it needs nobody's answer; then the office; then the notice.

use super::super::dossier::login_address;
use super::Around;
use super::consents_part::ConsentsPart;
use super::office_part::OfficePart;
use super::phone_part::PhonePart;
use super::request_form::RequestForm;
use super::requests_part::RequestsPart;
use crate::app::load::{FailureNotice, Loader};
use crate::app::{Failure, my_data, services};
use crate::browser::tasks;
use crate::i18n::{said, t};
use crate::kit::{Back, LinkButton, Notice, Page};
use crate::pages::account::SignedIn;
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::my_data::{DataTable, MyData};

/// What is kept of whoever looks.
#[component]
pub fn MyDataPage() -> impl IntoView {
    let services = services();
    let table = RwSignal::new(None::<DataTable>);
    let failure = RwSignal::new(None::<Failure>);
    let noted = RwSignal::new(false);
    tasks::start(async move {
        // Without it the page says less of why; what there is, it says all the same.
        if let Ok(known) = my_data::get_table(services).await {
            table.try_set(Some(known));
        }
    });
    let data = Loader::start(None, move || my_data::find(services));
    let around =
        Around { services, again: Callback::new(move |()| data.refresh()), failure, noted };
    let back = Back { href: Route::Start.to_string(), label: t().back().to_owned() };
    view! {
        <Page title=t().mydata_title() back=Some(back)>
            <FailureNotice failure=failure/>
            {move || noted.get().then(|| view! { <Notice live=true><p>{t().mydata_noted()}</p></Notice> })}
            {move || view! { <PhonePart around=around table=table.get()/> }}
            <h2>{t().mydata_office()}</h2>
            {data.draw_part(move |data| office(around, table, data))}
            {move || table.get().map(notice)}
        </Page>
    }
}

fn office(around: Around, table: RwSignal<Option<DataTable>>, data: Option<MyData>) -> AnyView {
    let Some(data) = data else {
        return view! {
            <p>{t().mydata_sign_in()}</p>
            <LinkButton href=login_address(&Route::MyData) external=true label=t().sign_in()/>
        }
        .into_any();
    };
    let data = StoredValue::new(data);
    view! {
        <SignedIn services=around.services on_end=around.again/>
        // What is saved on a device that is everybody's stays there for the next one.
        {(!around.services.counter.is_on).then(|| view! {
            <p>
                <a class="btn btn-2" href=my_data::export_address(around.services) rel="external" download>
                    {t().mydata_export()}
                </a>
            </p>
        })}
        {move || view! {
            <OfficePart around=around table=table.get() data=data.get_value()/>
            <ConsentsPart around=around data=data.get_value()/>
            <RequestsPart around=around table=table.get() requests=data.get_value().requests/>
            <RequestForm around=around dossiers=data.get_value().dossiers/>
        }}
    }
    .into_any()
}

/// What everybody is told.
fn notice(table: DataTable) -> impl IntoView {
    let lines = |texts: Vec<motcua_domain::text::Text>| {
        texts.into_iter().map(|text| view! { <li>{said(&text)}</li> }).collect_view()
    };
    view! {
        <h2>{t().mydata_rights()}</h2>
        <ul>{lines(table.rights)}</ul>
        <h2>{t().mydata_notice()}</h2>
        <ul>{lines(table.notice)}</ul>
    }
}
