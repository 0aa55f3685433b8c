//! The slip for the counter: a code that staff scan to go on with what was filled in. Nothing is typed
//! again. Works on a screen and on paper.

use super::load;
use crate::app::load::Loader;
use crate::app::{Services, slip};
use crate::browser::{document, intl, navigation};
use crate::i18n::{said, t};
use crate::kit::{Back, Button, LinkButton, Notice, Page, QrPicture, SummaryList, SummaryRow};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::DraftKey;
use std::sync::Arc;

/// The slip of a draft.
#[component]
pub fn SlipPage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        view! { <Shown services=services procedure=procedure draft_key=draft_key.clone()/> }
    })
}

#[component]
fn Shown(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let back =
        Back { href: Route::Check(draft_key.clone()).to_string(), label: t().back().to_owned() };
    let key = draft_key.clone();
    let slip = Loader::start(None, move || {
        let key = key.clone();
        async move { slip::make(services, &key).await }
    });
    let config = services.config.get_untracked();
    let place = config.as_ref().map(|config| said(&config.office_address)).unwrap_or_default();
    let hours = config.as_ref().map(|config| said(&config.office_hours)).unwrap_or_default();
    let name = said(&procedure.short_name);
    let draft = services.draft.find_now(&draft_key);
    let applicant = draft
        .and_then(|draft| procedure.answer_of_applicant(&draft.answers, "name").map(str::to_owned));
    let declaration = Route::Declaration(draft_key).to_string();
    view! {
        <Page title=t().slip_title() back=Some(back)>
            {slip.draw_part(move |slip| {
                let mut rows = vec![
                    SummaryRow::fact(t().receipt_procedure(), name.clone()),
                    SummaryRow::fact(t().slip_until(), intl::moment(t().locale(), slip.until)),
                    SummaryRow::fact(t().slip_where(), format!("{place}\n{hours}")),
                ];
                if let Some(applicant) = &applicant {
                    rows.insert(1, SummaryRow::fact(t().receipt_applicant(), applicant.clone()));
                }
                view! {
                    <p>{t().slip_text()}</p>
                    <QrPicture text=format!("{}{}", navigation::origin(), slip.link) label=t().slip_qr_label()/>
                    <SummaryList rows=rows/>
                    <Notice><p>{t().slip_not_submitted()}</p></Notice>
                    <div class="actions">
                        <Button label=t().receipt_print().to_owned() on_press=|()| document::print()/>
                        <LinkButton href=declaration.clone() label=t().declaration_link() quiet=true/>
                    </div>
                }
            })}
        </Page>
    }
}
