//! Putting a page right: its corners on the photo, turning it, whitening it.

use super::super::dossier::{load, way_back};
use super::super::use_go;
use crate::app::Services;
use crate::app::papers::{shares, ten_thousandths};
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{Back, Button, CornerWords, Corners, Notice, Page, Tone};
use leptos::prelude::*;
use motcua_journeys::draft::{Correction, DraftKey, Sheet};

/// The whole photo as a page.
const WHOLE: [f64; 8] = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];

/// Putting a page right.
#[component]
pub fn SheetPage(
    /// Which draft.
    draft_key: DraftKey,
    /// Which page.
    sheet: String,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        let draft = services.draft.find_now(&draft_key);
        let found = draft.and_then(|draft| {
            let (component, found) = draft.find_sheet(&sheet)?;
            let sheets = draft.sheets_of(component);
            let number = sheets.iter().position(|other| other.id == sheet)? + 1;
            Some((component.to_owned(), found.clone(), number))
        });
        let component = found.as_ref().map_or("", |(component, ..)| component.as_str());
        let back = way_back(services, &procedure, &draft_key, component, changing);
        match found {
            Some((_, sheet, number)) => view! {
                <Edit services=services sheet=sheet number=number back=back/>
            }
            .into_any(),
            None => view! {
                <Page title=t().crop_gone() back=Some(Back { href: back, label: t().back().to_owned() })>
                    <p>{t().nothing_lost()}</p>
                </Page>
            }
            .into_any(),
        }
    })
}

#[component]
fn Edit(
    /// Services.
    services: Services,
    /// The page.
    sheet: Sheet,
    /// Which one it is, from 1.
    number: usize,
    /// Where one came from.
    back: String,
) -> impl IntoView {
    let go = use_go();
    let before = sheet.correction.unwrap_or(Correction { corners: None, turn: 0, clean: false });
    let corners = RwSignal::new(before.corners.map_or(WHOLE, shares));
    let turn = RwSignal::new(before.turn);
    let clean = RwSignal::new(before.clean);
    let failed = RwSignal::new(false);
    // The photo itself may be far larger than a phone can show.
    let preview = RwSignal::new(None::<String>);
    let id = StoredValue::new(sheet.id);
    let flat = sheet.page.map(|page| page.id);
    let turned = move || {
        let quarters = (i32::from(turn.get()) - i32::from(before.turn)).rem_euclid(4);
        format!("rotate({}deg)", quarters * 90)
    };
    tasks::start(async move {
        let shown = services.papers.preview(&id.get_value()).await;
        failed.try_set(shown.is_none());
        preview.try_set(shown);
    });
    on_cleanup(move || {
        if let Some(address) = preview.try_get_untracked().flatten() {
            crate::browser::image::forget_url(&address);
        }
    });
    let find = move |()| {
        tasks::start(async move {
            if let Some(found) = services.papers.find_corners(&id.get_value()).await {
                corners.try_set(found.corners.map_or(WHOLE, shares));
                turn.try_set(found.turn);
            }
        });
    };
    let whole = move |()| corners.set(WHOLE);
    let rotate = move |()| turn.update(|turn| *turn = (*turn + 1) % 4);
    let way = back.clone();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let now = corners.get_untracked();
        let corners = (now != WHOLE).then(|| ten_thousandths(now));
        let (turn, clean) = (turn.get_untracked(), clean.get_untracked());
        let correction = Correction { corners, turn, clean };
        let (go, way) = (go.clone(), way.clone());
        tasks::start(async move {
            services.papers.correct(services, &id.get_value(), correction).await;
            go(way);
        });
    };
    let words = CornerWords {
        picture: t().crop_photo(),
        choose: t().crop_corner(),
        corners: [
            t().crop_corner_1(),
            t().crop_corner_2(),
            t().crop_corner_3(),
            t().crop_corner_4(),
        ],
        step: t().crop_move(),
        steps: [t().crop_left(), t().crop_right(), t().crop_up(), t().crop_down()],
    };
    view! {
        <Page
            title=t().crop_title(&number.to_string())
            back=Some(Back { href: back, label: t().back().to_owned() })
        >
            {move || failed.get().then(|| view! {
                <Notice tone=Tone::Bad live=true><p>{t().file_unreadable()}</p></Notice>
            })}
            <p>{t().crop_lead()}</p>
            <form novalidate on:submit=save>
                <Corners picture=preview corners=corners words=words/>
                {flat.map(|page| view! {
                    <div class="turned">
                        {move || services.pictures.find(&page).map(|picture| view! {
                            <img src=picture alt=t().capture_photo_of(&number.to_string()) style:transform=turned/>
                        })}
                    </div>
                })}
                <div class="actions grid">
                    <Button label=t().crop_rotate().to_owned() quiet=true on_press=rotate/>
                    <Button label=t().crop_whole().to_owned() quiet=true on_press=whole/>
                    <Button label=t().crop_find().to_owned() quiet=true on_press=find/>
                    <button
                        type="button"
                        class="btn btn-2"
                        aria-pressed=move || clean.get().to_string()
                        on:click=move |_| clean.update(|clean| *clean = !*clean)
                    >
                        {t().crop_clean()}
                    </button>
                </div>
                <Button label=t().crop_save().to_owned() submit=true/>
            </form>
        </Page>
    }
}
