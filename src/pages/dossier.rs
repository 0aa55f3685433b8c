//! Filling a dossier: before you start, the questions, the papers, checking, submitting.

mod answer_text;
mod begin_page;
mod check_page;
mod papers_page;
mod question;
mod question_page;
mod send_page;
mod steps;

pub use begin_page::BeginPage;
pub use check_page::CheckPage;
pub use papers_page::PapersPage;
pub use question_page::QuestionPage;
pub use send_page::{SendPage, login_address};

use crate::app::load::Loader;
use crate::app::{Services, services};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::procedure::{Procedure, ProcedureCode};
use std::sync::Arc;

/// The procedure with its draft open; at once when both are there already.
pub(in crate::pages) fn load(code: ProcedureCode) -> (Services, Loader<Arc<Procedure>>) {
    let services = services();
    let is_open = services.draft.find_now(&code).is_some();
    let known = services.find_procedure(&code).filter(|_| is_open);
    let loader = Loader::start(known, move || {
        let code = code.clone();
        async move {
            let procedure = services.get_procedure(&code).await?;
            services.draft.open(services, &procedure).await;
            Ok(procedure)
        }
    });
    (services, loader)
}

/// Today on Vietnam's calendar, by the device.
fn today() -> CivilDate {
    Moment(crate::browser::clock::now_seconds()).date()
}
