//! The form that asks the office for something about one's data: what, about which dossier, in one's own
//! words.

use super::Around;
use super::requests_part::wish;
use crate::app::my_data;
use crate::i18n::{said, t};
use crate::kit::{Button, Choice, Radios, Select, Textarea};
use leptos::prelude::*;
use motcua_contract::my_data::{AskAboutData, MyDossier};
use motcua_domain::data_rights::Wish;
use motcua_domain::dossier::DossierCode;

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
    let tried = RwSignal::new(false);
    let missing = |there: bool| (!there).then(|| t().mydata_missing().to_owned());
    let no_wish = Signal::derive(move || missing(!tried.get() || chosen.get().is_some()));
    let no_words = Signal::derive(move || missing(!tried.get() || !words.read().trim().is_empty()));
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
        tried.set(true);
        let (Some(wish), text) = (chosen.get_untracked(), words.get_untracked()) else { return };
        if text.trim().is_empty() {
            return;
        }
        let dossier = DossierCode::parse(&about.get_untracked()).ok();
        let asked = AskAboutData { wish, dossier, words: text };
        around.does(async move { my_data::ask(around.services, &asked).await.map(drop) });
    };
    view! {
        <details class="fold">
            <summary>{t().mydata_ask()}</summary>
            <form novalidate on:submit=send>
                <Radios
                    id="data-wish"
                    label=t().mydata_what()
                    error=no_wish
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
                    id="data-words"
                    label=t().mydata_words()
                    error=no_words
                    value=""
                    on_change=move |text| words.set(text)
                />
                <Button label=t().mydata_send().to_owned() submit=true/>
            </form>
        </details>
    }
}
