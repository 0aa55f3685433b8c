//! The official declaration with the answers in their places, as it is printed. In Vietnamese,
//! whatever the reader's language: it is an act.

use super::{load, today};
use crate::app::Services;
use crate::browser::document;
use crate::i18n::t;
use crate::kit::{Back, Button, Notice, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::form::declaration::Piece;
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{Draft, DraftKey};
use std::sync::Arc;

/// The declaration of a draft.
#[component]
pub fn DeclarationPage(
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
    let back = Route::Check(draft_key.clone()).to_string();
    let draft = services.draft.find_now(&draft_key);
    let draft = draft.unwrap_or_else(|| Draft::new(draft_key, procedure.version, 0));
    view! {
        <Page title=t().declaration_title() back=Some(Back { href: back, label: t().back().to_owned() })>
            <div class="no-print">
                <Notice><p>{t().declaration_text()}</p></Notice>
                <Button label=t().declaration_print().to_owned() on_press=|()| document::print()/>
            </div>
            {sheet(services, &procedure, &draft)}
        </Page>
    }
}

/// The sheet of paper.
fn sheet(services: Services, procedure: &Procedure, draft: &Draft) -> Option<AnyView> {
    let declaration = procedure.form.declaration.as_ref()?;
    let units = services.units();
    let config = services.config.get_untracked();
    let commune = config.as_ref().map(|config| config.commune_name.vi.clone()).unwrap_or_default();
    let office = config.as_ref().and_then(|config| {
        let home = units.find_province(&config.home.province)?;
        Some(format!("Ủy ban nhân dân {commune}, {}", home.name))
    });
    let relevant = procedure.form.relevant(&draft.answers, today());
    let lines = declaration
        .write(&procedure.form, &relevant, today(), &units)
        .into_iter()
        .map(|line| {
            let pieces = line.into_iter().map(|piece| match piece {
                Piece::Words(words) => view! { <span>{words.to_owned()}</span> }.into_any(),
                Piece::Filled(text) if text.is_empty() => {
                    view! { <span class="blank" aria-label="để trống">"…………………"</span> }.into_any()
                }
                Piece::Filled(text) => view! { <b>{text}</b> }.into_any(),
            });
            view! { <p>{pieces.collect_view()}</p> }
        })
        .collect_view();
    let addressee = declaration
        .addressee
        .clone()
        .or(office)
        .unwrap_or_else(|| format!("Ủy ban nhân dân {commune}"));
    let signer = procedure.answer_of_applicant(&relevant, "name").unwrap_or_default().to_owned();
    let day = today();
    let place = format!("{commune}, ngày {} tháng {} năm {}", day.day(), day.month(), day.year());
    Some(
        view! {
            <article class="sheet" lang="vi">
                <p class="sheet-form">{declaration.form.clone()}</p>
                <p class="sheet-head"><b>"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"</b></p>
                <p class="sheet-head sheet-motto"><b>"Độc lập - Tự do - Hạnh phúc"</b></p>
                <h2 class="sheet-title">{declaration.title.clone()}</h2>
                <p class="sheet-head">{format!("Kính gửi: {addressee}")}</p>
                {lines}
                <div class="sheet-foot">
                    <p><i>{place}</i></p>
                    <p><b>"Người yêu cầu"</b></p>
                    <p class="hint">"(Ký, ghi rõ họ, chữ đệm, tên)"</p>
                    <p class="sheet-signer">{signer}</p>
                </div>
            </article>
        }
        .into_any(),
    )
}
