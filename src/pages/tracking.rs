//! Following a dossier, and what a citizen does about it after filing.

mod delivery_page;
mod dossier_page;
mod draft_page;
mod messages;
mod notices;
mod rating;
mod stranger;
mod todo;
mod track_page;
mod turn_parts;
mod withdraw_page;

pub use delivery_page::DeliveryPage;
pub use dossier_page::DossierPage;
pub use draft_page::DraftPage;
pub use track_page::TrackPage;
pub use withdraw_page::WithdrawPage;

use crate::app::load::{Loader, open_dossier};
use crate::app::turns::Held;
use crate::app::{Failure, Services};
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::turns::Turns;
use motcua_domain::dossier::DossierCode;

/// A dossier of which this device sees all.
#[derive(Debug, Clone, PartialEq)]
struct Own {
    dossier: DossierView,
    held: Held,
    turns: Turns,
}

/// Loads a dossier for a page that only its holder may use.
fn load_own(services: Services, code: DossierCode, key: Option<String>) -> Loader<Own> {
    Loader::start(None, move || {
        let (code, key) = (code.clone(), key.clone());
        async move {
            let (mut dossier, key) = open_dossier(services, code.clone(), key).await?;
            dossier.as_of = Default::default();
            let told = Failure::Problem(Box::new(Problem::new(ProblemType::Forbidden)));
            let turns = dossier.detail.as_ref().ok_or(told)?.turns.clone();
            Ok(Own { dossier, held: Held { code, key }, turns })
        }
    })
}
