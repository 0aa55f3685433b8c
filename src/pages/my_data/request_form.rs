//! The form that asks the office for something about one's data: what, about which dossier, in one's own
//! words.

use super::Around;
use super::requests_part::wish;
use crate::app::my_data;
use crate::i18n::{said, t};
use crate::kit::{self, Button, Choice, ErrorLine, ErrorSummary, Radios, Select, Textarea};
use leptos::prelude::*;
use motcua_contract::my_data::{AskAboutData, MyDossier};
use motcua_domain::data_rights::Wish;
use motcua_domain::dossier::DossierCode;

const WISH: &str = "data-wish";
const WORDS: &str = "data-words";

/// The form.
#[component]
pub fn RequestForm(
    /// What the page shares.
    around: Around,
    /// The person's dossiers.
    dossiers: Vec<MyDossier>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<Wish>);
    let about = RwSignal::new(String::new());
    let words = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let error_of = move |target: &str| kit::error_of(errors, target.to_owned());
    let options = Wish::ALL
        .map(|one| Choice { id: one.id().to_owned(), label: wish(one).to_owned() })
        .to_vec();
    let codes = dossiers.into_iter().map(|dossier| Choice {
        label: format!("{}, {}", said(&dossier.procedure_name), dossier.code),
        id: dossier.code.to_string(),
    });
    let codes: Vec<Choice> = codes.collect();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (chosen, words) = (chosen.get_untracked(), words.get_untracked());
        let missing = |is_missing: bool, target: &str, label: &str| {
            let text = t().answer_missing(label);
            is_missing.then(|| ErrorLine { target: target.to_owned(), text })
        };
        let wrong = [
            missing(chosen.is_none(), WISH, t().mydata_what()),
            missing(words.trim().is_empty(), WORDS, t().mydata_words()),
        ];
        errors.set(wrong.into_iter().flatten().collect());
        let (Some(wish), true) = (chosen, errors.read_untracked().is_empty()) else { return };
        let dossier = DossierCode::parse(&about.get_untracked()).ok();
        let asked = AskAboutData { wish, dossier, words };
        around.does(async move { my_data::ask(around.services, &asked).await.map(drop) });
    };
    view! {
        <details class="fold">
            <summary>{t().mydata_ask()}</summary>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <form novalidate on:submit=send>
                <Radios
                    id=WISH
                    label=t().mydata_what()
                    error=error_of(WISH)
                    options=options
                    value=None
                    on_change=move |id: String| chosen.set(Wish::ALL.into_iter().find(|one| one.id() == id))
                />
                <Select
                    id="data-dossier"
                    label=t().mydata_about()
                    empty=t().mydata_everything()
                    options=Signal::stored(codes)
                    value=about
                    on_change=move |code| about.set(code)
                />
                <Textarea
                    id=WORDS
                    label=t().mydata_words()
                    error=error_of(WORDS)
                    value=""
                    on_change=move |text| words.set(text)
                />
                <Button label=t().mydata_send().to_owned() submit=true/>
            </form>
        </details>
    }
}
