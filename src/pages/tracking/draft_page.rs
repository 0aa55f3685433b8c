//! Looking at a draft of the result before it is signed, and saying whether it is right.

use super::super::use_go;
use super::{Own, load_own};
use crate::app::load::FailureNotice;
use crate::app::{Failure, Services, services, turns};
use crate::browser::{intl, tasks};
use crate::i18n::t;
use crate::kit::{
    self, Back, Button, Choice, ErrorLine, ErrorSummary, LinkButton, Page, Radios, Textarea,
};
use leptos::prelude::*;
use motcua_contract::turns::DraftView;
use motcua_domain::dossier::DossierCode;
use motcua_domain::turns::draft_result::{DraftAnswer, DraftState};

const CHOICE: &str = "draft-answer";
const REMARKS: &str = "draft-remarks";

/// Looking at a draft of the result.
#[component]
pub fn DraftPage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let own = load_own(services, code, key);
    own.draw(move |own| {
        let back = Some(Back { href: own.held.followed(), label: t().back().to_owned() });
        let waiting = own.turns.draft.clone().filter(|draft| draft.state == DraftState::Waiting);
        match waiting {
            Some(draft) => view! { <Look services=services own=own draft=draft/> }.into_any(),
            None => view! {
                <Page title=t().draft_title() back=back><p>{t().draft_none()}</p></Page>
            }
            .into_any(),
        }
    })
}

#[component]
fn Look(
    /// Services.
    services: Services,
    /// The dossier.
    own: Own,
    /// The draft.
    draft: DraftView,
) -> impl IntoView {
    let go = use_go();
    let back = own.held.followed();
    let chosen = RwSignal::new(None::<DraftAnswer>);
    let remarks = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let failure = RwSignal::new(None::<Failure>);
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let error_of = move |target: &str| kit::error_of(errors, target.to_owned());
    let until = intl::moment(t().locale(), draft.last_moment.0);
    let picture = draft.file.media_type.starts_with("image/").then(|| draft.file.address.clone());
    let (held, after) = (own.held.clone(), back.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = remarks.get_untracked().trim().to_owned();
        let wrong = match chosen.get_untracked() {
            None => Some((CHOICE, t().draft_pick())),
            Some(DraftAnswer::Objected) if words.is_empty() => {
                Some((REMARKS, t().draft_remarks_missing()))
            }
            Some(_) => None,
        };
        let line =
            wrong.map(|(id, text)| ErrorLine { target: id.to_owned(), text: text.to_owned() });
        errors.set(line.into_iter().collect());
        let Some(answer) = chosen.get_untracked().filter(|_| wrong.is_none()) else { return };
        let (held, go, after) = (held.clone(), go.clone(), after.clone());
        let words = (answer == DraftAnswer::Objected).then_some(words);
        tasks::start(async move {
            match turns::answer_draft(services, &held, answer, words).await {
                Ok(_) => go(after),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let options = vec![
        Choice { id: "agreed".to_owned(), label: t().draft_right().to_owned() },
        Choice { id: "objected".to_owned(), label: t().draft_wrong().to_owned() },
    ];
    view! {
        <Page
            title=t().draft_title()
            back=Some(Back { href: back, label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <FailureNotice failure=failure/>
            <p>{t().draft_lead()}</p>
            <p><b>{t().todo_draft_text(&until)}</b></p>
            {picture.map(|address| view! { <img class="paper-picture" src=address alt=t().draft_title()/> })}
            <LinkButton href=draft.file.address label=t().draft_open() quiet=true external=true/>
            <form novalidate on:submit=send>
                <Radios
                    id=CHOICE
                    label=t().draft_ask()
                    error=error_of(CHOICE)
                    options=options
                    value=None
                    on_change=move |id: String| chosen.set(Some(match id.as_str() {
                        "objected" => DraftAnswer::Objected,
                        _ => DraftAnswer::Agreed,
                    }))
                />
                <div hidden=move || chosen.get() != Some(DraftAnswer::Objected)>
                    <Textarea
                        id=REMARKS
                        label=t().draft_remarks()
                        error=error_of(REMARKS)
                        value=""
                        on_change=move |text| remarks.set(text)
                    />
                </div>
                <Button label=t().draft_send().to_owned() submit=true/>
            </form>
        </Page>
    }
}
