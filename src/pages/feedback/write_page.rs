//! Writing feedback: about what, what, with photos, where, and where messages go. Each change is kept; what
//! was sent without a network goes by itself.

use super::super::use_go;
use super::about::{self, AboutPart, tell_dossier};
use super::letter::{Letter, LetterWords};
use super::lists::Lists;
use super::{Desk, Opening, PHONE, PLACE, at_desk, lines, open_note};
use crate::app::kept::{self, KeptDossier};
use crate::app::services;
use crate::i18n::t;
use crate::kit::{self, Back, ErrorLine, ErrorSummary, Field, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::dossier::DossierCode;
use motcua_domain::feedback::FeedbackCode;
use motcua_journeys::feedback::{Event, Note, Problem};

/// Writing feedback.
#[component]
pub fn WritePage(
    /// The dossier that it is about.
    dossier: Option<DossierCode>,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let own = RwSignal::new(Vec::<KeptDossier>::new());
    let back = match &dossier {
        Some(code) => Route::Dossier(code.clone()).with_key(code, key.as_deref()),
        None => Route::Start.to_string(),
    };
    let go = use_go();
    let sent = Callback::new(move |code: FeedbackCode| go(Route::Voice(code.into()).to_string()));
    let opening: Opening = Box::pin(async move {
        let kept = kept::all().await;
        let (mut note, lock) = open_note(None).await;
        if let Some(code) = dossier {
            tell_dossier(&mut note, code, key, &kept);
        }
        own.try_set(kept);
        (note, lock)
    });
    let draw = move |desk| form(desk, own.get_untracked(), errors, sent);
    let letter = at_desk(services, opening, Box::new(draw));
    view! {
        <Page
            title=t().voice_link()
            back=Some(Back { href: back, label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <p>{t().voice_intro()}</p>
            <Lists services=services/>
            {letter}
            <p><a href=Route::Answers.to_string()>{t().answers_title()}</a></p>
        </Page>
    }
}

fn form(
    desk: Desk,
    own: Vec<KeptDossier>,
    errors: RwSignal<Vec<ErrorLine>>,
    sent: Callback<FeedbackCode>,
) -> AnyView {
    let way = RwSignal::new(None::<String>);
    let note = desk.note.get_untracked();
    let error_of = move |target: &str| kit::error_of(errors, target.to_owned());
    desk.watch(sent);
    let check = move |()| {
        let problems = desk.note.with_untracked(Note::problems);
        let mut wrong = lines(&problems);
        // What is wrong with how it was said what it is about is said where it was said.
        if let (Some(first), Some(Problem::About)) = (wrong.first_mut(), problems.first()) {
            *first = about::problem(way.get_untracked().as_deref());
        }
        wrong
    };
    let words = LetterWords {
        text: t().voice_text(),
        hint: Some(t().voice_text_hint()),
        send: t().voice_send(),
    };
    let before = view! { <AboutPart desk=desk own=own way=way errors=errors/> }.into_any();
    let after = view! {
        <Field
            id=PLACE
            label=t().voice_place()
            error=error_of(PLACE)
            value=note.place
            on_change=move |text| desk.tell(Event::Placed(text))
        />
        <Field
            id=PHONE
            label=t().voice_phone()
            hint=Some(t().voice_phone_hint().to_owned())
            error=error_of(PHONE)
            value=note.phone
            keyboard="tel"
            autocomplete="tel"
            on_change=move |text| desk.tell(Event::Phoned(text))
        />
    }
    .into_any();
    let check = Callback::new(check);
    view! { <Letter desk=desk words=words errors=errors check=check before=before after=after/> }
        .into_any()
}
