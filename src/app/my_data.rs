//! "Dữ liệu của tôi" as calls, and what this phone itself has, store by store. Knows nothing of screens.

use super::{Failure, Services, api};
use crate::browser::image;
use crate::browser::storage::{self, Kept, Shelf};
use crate::browser::tasks;
use leptos::prelude::*;
use motcua_contract::endpoints::{self, Endpoint};
use motcua_contract::my_data::{
    AskAboutData, ChangeContact, DataRequestView, DataTable, MyData, SetConsent,
};
use motcua_domain::consent::Purpose;
use motcua_domain::dossier::DossierCode;
use serde::Serialize;

/// A store of this phone that a person is told of: its group in the table of what is kept, and its shelf.
pub const STORES: [(&str, Shelf); 6] = [
    ("phone_drafts", Shelf::Drafts),
    ("phone_papers", Shelf::Papers),
    ("phone_dossiers", Shelf::Dossiers),
    ("phone_feedback", Shelf::Feedback),
    ("phone_people", Shelf::People),
    ("phone_keys", Shelf::Keys),
];

/// How much is on a shelf, of everybody who uses this phone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// How many.
    pub count: usize,
    /// Bytes in all.
    pub bytes: usize,
}

/// Weighs a shelf; a browser that refuses has nothing.
pub async fn weigh(shelf: Shelf) -> Weight {
    let entries = storage::entries(shelf).await.unwrap_or_else(|why| {
        tasks::log_failure("weigh", &why);
        vec![]
    });
    let bytes = entries.iter().map(|(_, kept)| match kept {
        Kept::Text(text) => text.len(),
        Kept::Bytes(bytes) => bytes.len(),
        Kept::File(file) => usize::try_from(image::size_of(file)).unwrap_or_default(),
    });
    let count = storage::count(shelf).await.unwrap_or(entries.len());
    Weight { bytes: bytes.sum(), count }
}

/// What is kept, why and for how long; the same for everybody.
pub async fn get_table(services: Services) -> Result<DataTable, Failure> {
    let request = api::at(services, &endpoints::GET_DATA_TABLE, &[]).await?;
    api::read(api::ask(request).await?)
}

/// What the office has of whoever is signed in; nothing when nobody is.
pub async fn find(services: Services) -> Result<Option<MyData>, Failure> {
    let citizen = api::get_session(services).await?.citizen;
    let nobody = citizen.is_none();
    services.profile.set(citizen);
    if nobody {
        return Ok(None);
    }
    let request = api::at(services, &endpoints::GET_MY_DATA, &[]).await?;
    api::read(api::ask(request).await?).map(Some)
}

/// Where the browser itself fetches all of it.
pub fn export_address(services: Services) -> String {
    api::address(services, &endpoints::EXPORT_MY_DATA, &[])
}

async fn does(
    services: Services,
    endpoint: &Endpoint,
    values: &[&str],
    body: Option<&impl Serialize>,
) -> Result<(), Failure> {
    let mut request = api::at(services, endpoint, values).await?;
    if let Some(body) = body {
        api::with_body(&mut request, body)?;
    }
    let answer = api::ask(request).await?;
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(api::failure_of(&answer)) }
}

/// Something that is removed, ended or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// A paper, out of the list.
    Paper(String),
    /// Files under way.
    Uploads,
    /// Other sign-ins.
    Sessions,
    /// A request.
    Request(String),
}

/// Removes it.
pub async fn remove(services: Services, what: Removal) -> Result<(), Failure> {
    let (endpoint, id) = match &what {
        Removal::Paper(id) => (&endpoints::REMOVE_PAPER, id.as_str()),
        Removal::Uploads => (&endpoints::REMOVE_MY_UPLOADS, ""),
        Removal::Sessions => (&endpoints::END_OTHER_SESSIONS, ""),
        Removal::Request(code) => (&endpoints::CANCEL_DATA_REQUEST, code.as_str()),
    };
    does(services, endpoint, &[id], None::<&()>).await
}

/// Gives a consent, or takes it back; offers follow at once.
pub async fn set_consent(services: Services, purpose: Purpose, given: bool) -> Result<(), Failure> {
    let wanted = SetConsent { given, shown: super::consents::shown(purpose) };
    does(services, &endpoints::SET_CONSENT, &[purpose.id()], Some(&wanted)).await?;
    super::kept_papers::look(services).await;
    Ok(())
}

/// Changes where messages about a dossier go.
pub async fn change_contact(
    services: Services,
    dossier: &DossierCode,
    phone: String,
) -> Result<(), Failure> {
    let wanted = ChangeContact { phone };
    does(services, &endpoints::CHANGE_CONTACT, &[dossier.as_str()], Some(&wanted)).await
}

/// Asks the office for something about one's data.
pub async fn ask(services: Services, asked: &AskAboutData) -> Result<DataRequestView, Failure> {
    let mut request = api::at(services, &endpoints::ASK_ABOUT_DATA, &[]).await?;
    api::with_body(&mut request, asked)?;
    api::read(api::ask(request).await?)
}
