//! What waits for the citizen, first of all: each with why, until when, and the button that does it.

use crate::app::turns::Held;
use crate::browser::intl;
use crate::i18n::t;
use crate::kit::{LinkButton, Notice, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::{DossierView, FeeView};
use motcua_contract::turns::{DraftView, SupplementState, SupplementView};
use motcua_domain::date::Moment;
use motcua_domain::payment::AttemptState;
use motcua_domain::turns::draft_result::DraftState;

/// What waits for the citizen. Nothing where nothing does.
#[component]
pub fn Todo(
    /// The dossier.
    dossier: DossierView,
    /// The dossier's code and key.
    held: Held,
) -> impl IntoView {
    let detail = dossier.detail?;
    let turns = detail.turns;
    let code = dossier.code;
    let to = move |route: Route| held.address(&route);
    let supplement = turns
        .supplement
        .filter(|request| request.state != SupplementState::Answered)
        .map(|request| ask(&request, to(Route::Supplement(code.clone()))));
    let draft = turns
        .draft
        .filter(|draft| draft.state == DraftState::Waiting)
        .map(|draft| look(&draft, to(Route::DraftResult(code.clone()))));
    let due: Vec<&FeeView> = detail.fees.iter().filter(|fee| fee.payable).collect();
    let last = due.iter().find_map(|fee| last_try(fee));
    let fee = (!due.is_empty()).then(|| {
        view! {
            {last}
            <p>{t().receipt_fee_due()}</p>
            <LinkButton href=to(Route::Fee(code.clone())) label=t().fee_go_pay()/>
        }
    });
    Some(view! { {supplement} {draft} {fee} })
}

/// What came of the last time somebody began to pay: its own page tells why, and whether money was taken.
fn last_try(fee: &FeeView) -> Option<impl IntoView + use<>> {
    use AttemptState as State;
    let (title, label) = match fee.attempt_state? {
        State::Failed | State::Expired => (t().todo_pay_failed(), t().todo_pay_why()),
        State::ReturnedUnverified | State::PendingGateway | State::UnderReview => {
            (t().todo_pay_checking(), t().todo_pay_look())
        }
        _ => return None,
    };
    let href = Route::Payment(fee.attempt.clone()?).to_string();
    Some(view! {
        <Notice tone=Tone::Warning>
            <p>{title}</p>
            <p><a href=href>{label}</a></p>
        </Notice>
    })
}

fn ask(request: &SupplementView, href: String) -> impl IntoView + use<> {
    let count = request.items.len().to_string();
    let last = intl::day(t().locale(), Moment::at(request.last_day, 0).0);
    let open = request.state == SupplementState::Open;
    let until = match request.days_left {
        Some(days) if open => t().todo_supplement_last(&last, &days.to_string()),
        _ => t().todo_supplement_lapsed().to_owned(),
    };
    let titles: Vec<String> = request.items.iter().map(|item| item.title.clone()).collect();
    view! {
        <Notice tone=Tone::Warning>
            <h2>{t().todo_supplement_title(&count)}</h2>
            <ul>{titles.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}</ul>
            <p>{until}</p>
        </Notice>
        {open.then(|| view! { <LinkButton href=href label=t().todo_supplement_go()/> })}
    }
}

fn look(draft: &DraftView, href: String) -> impl IntoView + use<> {
    let until = intl::moment(t().locale(), draft.last_moment.0);
    view! {
        <Notice tone=Tone::Warning>
            <h2>{t().todo_draft_title()}</h2>
            <p>{t().todo_draft_text(&until)}</p>
        </Notice>
        <LinkButton href=href label=t().todo_draft_go()/>
    }
}
