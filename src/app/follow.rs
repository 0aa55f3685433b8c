//! Following a dossier: loaded, kept on the device as it was seen last, and loaded again whenever the
//! backend says that it changed. Knows nothing of screens.

use super::load::Loader;
use super::{Failure, Services, kept, load};
use crate::browser::events::Events;
use crate::browser::{navigation, tasks};
use leptos::prelude::*;
use motcua_contract::dossiers::DossierView;
use motcua_contract::endpoints;
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use send_wrapper::SendWrapper;

/// Where no events come, it is asked for so often, in milliseconds.
const POLL: u32 = 20_000;

/// A dossier as far as this device knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// The dossier.
    pub dossier: DossierView,
    /// The key that opens it, where there is one.
    pub key: Option<String>,
    /// Without a network: when this was so, by the office's clock.
    pub stale: Option<Moment>,
}

/// A dossier that is followed for as long as the component that asks for it lives.
pub fn dossier(services: Services, code: DossierCode, key: Option<String>) -> Loader<Followed> {
    let own_code = code.clone();
    let loader = Loader::start(None, move || find(services, own_code.clone(), key.clone()));
    let guard = SendWrapper::new(navigation::on_wake(move || loader.refresh()));
    on_cleanup(move || drop(guard));
    let path = endpoints::WATCH_DOSSIER.path_with(&[code.as_str()]);
    listen(services, path, Callback::new(move |()| loader.refresh()));
    loader
}

async fn find(
    services: Services,
    code: DossierCode,
    key: Option<String>,
) -> Result<Followed, Failure> {
    match load::open_dossier(services, code.clone(), key).await {
        Ok((mut dossier, key)) => {
            if dossier.detail.is_some() {
                kept::keep_seen(&dossier).await;
            }
            // When it was told changes with each answer, and nothing on the page shows it.
            dossier.as_of = Moment(0);
            Ok(Followed { dossier, key, stale: None })
        }
        Err(Failure::NoAnswer) => {
            let mut dossier = kept::find_seen(&code).await.ok_or(Failure::NoAnswer)?;
            let stale = Some(std::mem::replace(&mut dossier.as_of, Moment(0)));
            let key = kept::find(&code).await.map(|kept| kept.key);
            Ok(Followed { dossier, key, stale })
        }
        Err(failure) => Err(failure),
    }
}

/// Loads anew at each event below this path; where none can come, now and then.
pub fn listen(services: Services, path: String, refresh: Callback<()>) {
    let events = StoredValue::new_local(None::<Events>);
    tasks::start(async move {
        let Ok(config) = services.get_config().await else { return };
        let address = format!("{}{path}", config.api_base);
        match Events::listen(&address, "changed", move || refresh.run(())) {
            // The page may be gone meanwhile: then the connection is closed with this.
            Ok(open) => drop(events.try_set_value(Some(open))),
            Err(why) => tasks::log_failure("events", &why),
        }
        loop {
            tasks::sleep(POLL).await;
            let open = events.try_with_value(|events| events.as_ref().is_some_and(Events::is_open));
            match open {
                None => return,
                Some(true) => {}
                Some(false) => refresh.run(()),
            }
        }
    });
}
