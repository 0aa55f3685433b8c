//! What a note is about: the page that the citizen came from, a dossier of this device or by its code, the
//! office, a procedure.

use super::{ABOUT, Desk};
use crate::app::kept::KeptDossier;
use crate::browser::tasks;
use crate::i18n::{said, t};
use crate::kit::{self, Choice, ErrorLine, Field, Radios, Select};
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;
use motcua_domain::feedback::{About, page_of};
use motcua_domain::procedure::ProcedureCode;
use motcua_journeys::feedback::{Event, Note};

const CODE: &str = "feedback-code";
const PROCEDURE: &str = "feedback-procedure";
/// Most dossiers of this device that are offered by name.
const OFFERED: usize = 5;

/// The ways to say what it is about.
const BY_PAGE: &str = "page";
const BY_OFFICE: &str = "office";
const BY_PROCEDURE: &str = "procedure";
const BY_CODE: &str = "code";

/// Says on a note which dossier it is about: chosen on the dossier's own page it counts, whatever was begun
/// before.
pub fn tell_dossier(note: &mut Note, code: DossierCode, key: Option<String>, own: &[KeptDossier]) {
    let mine = own.iter().find(|own| own.code == code);
    let dossier_key = key.or_else(|| mine.map(|own| own.key.clone()));
    note.apply(Event::Chosen { about: Some(About::Dossier { code }), dossier_key });
}

/// The page whose link was followed, in general form: nothing of whoever was on it is kept.
fn came_from(desk: Desk) -> String {
    page_of(&desk.services.feedback.from.get_value())
}

/// Which way was chosen.
fn way_of(about: Option<&About>, own: &[KeptDossier]) -> Option<String> {
    Some(match about? {
        About::Page { .. } => BY_PAGE.to_owned(),
        About::Office => BY_OFFICE.to_owned(),
        About::Procedure { .. } => BY_PROCEDURE.to_owned(),
        About::Dossier { code } if own.iter().any(|own| own.code == *code) => code.to_string(),
        About::Dossier { .. } => BY_CODE.to_owned(),
    })
}

/// What is wrong with what was said, beyond that nothing was: a code that is none, no procedure.
pub fn problem(way: Option<&str>) -> ErrorLine {
    let (target, text) = match way {
        Some(BY_CODE) => (CODE, t().track_code_wrong()),
        Some(BY_PROCEDURE) => (PROCEDURE, t().voice_procedure_none()),
        _ => (ABOUT, t().voice_about_missing()),
    };
    ErrorLine { target: target.to_owned(), text: text.to_owned() }
}

/// Asks what it is about.
#[component]
pub fn AboutPart(
    /// The note.
    desk: Desk,
    /// Dossiers of this device, newest first.
    own: Vec<KeptDossier>,
    /// Which way was chosen.
    way: RwSignal<Option<String>>,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
) -> impl IntoView {
    let about = desk.note.with_untracked(|note| note.about.clone());
    way.set(way_of(about.as_ref(), &own));
    let page = match &about {
        Some(About::Page { page }) => page.clone(),
        _ => came_from(desk),
    };
    let near = procedure_of(about.as_ref()).unwrap_or_else(|| {
        let code = page.strip_prefix("/thu-tuc/").unwrap_or_default();
        ProcedureCode::parse(code).map(|code| code.to_string()).unwrap_or_default()
    });
    let typed = match &about {
        Some(About::Dossier { code }) => code.to_string(),
        _ => String::new(),
    };
    let choice = |id: &str, label: String| Choice { id: id.to_owned(), label };
    let page_words = if page == "/" { t().voice_about_app() } else { t().voice_about_page() };
    let offered = own.iter().take(OFFERED).map(|own| {
        let name = said(&own.procedure_name);
        choice(own.code.as_str(), t().voice_about_own(&name, own.code.as_str()))
    });
    // The page first where one came from one; the app itself is what fewest write about.
    let mut options = vec![choice(BY_OFFICE, t().voice_about_office().to_owned())];
    options.extend(offered);
    options.push(choice(BY_CODE, t().voice_about_dossier().to_owned()));
    options.push(choice(BY_PROCEDURE, t().voice_about_procedure().to_owned()));
    let at = if page == "/" { options.len() } else { 0 };
    options.insert(at, choice(BY_PAGE, page_words.to_owned()));
    let choose = move |about: Option<About>, dossier_key: Option<String>| {
        desk.tell(Event::Chosen { about, dossier_key });
    };
    let chosen = StoredValue::new((typed.clone(), near));
    let pick = move |id: String| {
        let mine = own.iter().find(|own| own.code.as_str() == id);
        let about = match id.as_str() {
            BY_PAGE => Some(About::Page { page: page.clone() }),
            BY_OFFICE => Some(About::Office),
            BY_CODE => chosen.with_value(|(typed, _)| dossier_of(typed)),
            BY_PROCEDURE => chosen.with_value(|(_, code)| about_procedure(code)),
            _ => mine.map(|own| About::Dossier { code: own.code.clone() }),
        };
        way.set(Some(id));
        choose(about, mine.map(|own| own.key.clone()));
    };
    let at = move |id: &str| way.read().as_deref() == Some(id);
    let procedure = RwSignal::new(chosen.with_value(|(_, code)| code.clone()));
    view! {
        <Radios
            id=ABOUT
            label=t().voice_about()
            error=kit::error_of(errors, ABOUT.to_owned())
            options=options
            value=way.get_untracked()
            on_change=pick
        />
        <div hidden=move || !at(BY_CODE)>
            <Field
                id=CODE
                label=t().track_code_label()
                hint=Some(t().track_code_hint().to_owned())
                error=kit::error_of(errors, CODE.to_owned())
                value=typed
                on_change=move |text: String| {
                    choose(dossier_of(&text), None);
                    chosen.update_value(|(typed, _)| *typed = text);
                }
            />
        </div>
        <div hidden=move || !at(BY_PROCEDURE)>
            <Procedures
                desk=desk
                errors=errors
                chosen=procedure
                on_change=move |code: String| {
                    choose(about_procedure(&code), None);
                    procedure.set(code.clone());
                    chosen.update_value(|(_, known)| *known = code);
                }
            />
        </div>
    }
}

fn dossier_of(typed: &str) -> Option<About> {
    DossierCode::parse(typed).ok().map(|code| About::Dossier { code })
}

fn about_procedure(code: &str) -> Option<About> {
    ProcedureCode::parse(code).ok().map(|code| About::Procedure { code })
}

fn procedure_of(about: Option<&About>) -> Option<String> {
    match about? {
        About::Procedure { code } => Some(code.to_string()),
        _ => None,
    }
}

/// The list of procedures; fetched with the page, for it is kept without a network too.
#[component]
fn Procedures(
    /// The note.
    desk: Desk,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
    /// The chosen one.
    chosen: RwSignal<String>,
    /// Called with the chosen one.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let options = RwSignal::new(Vec::<Choice>::new());
    tasks::start(async move {
        let Ok(catalogue) = desk.services.get_catalogue().await else { return };
        let rows = catalogue.procedures.iter();
        let choice = |code: &ProcedureCode, label| Choice { id: code.to_string(), label };
        options.try_set(rows.map(|row| choice(&row.code, said(row.title()))).collect());
    });
    view! {
        <Select
            id=PROCEDURE
            label=t().voice_procedure()
            error=kit::error_of(errors, PROCEDURE.to_owned())
            empty=t().voice_procedure_none()
            options=options
            value=chosen
            on_change=on_change
        />
    }
}
