//! Requests to the office about one's data, each with its two clocks and what became of it.

use super::{Around, name_of, removal_words, why};
use crate::app::my_data;
use crate::browser::intl;
use crate::i18n::t;
use crate::kit::Removal;
use leptos::prelude::*;
use motcua_contract::my_data::{DataRequestView, DataTable};
use motcua_domain::data_rights::{DataRequestState, Wish};

/// What is asked for, in words.
pub fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::Correct => t().mydata_correct(),
        Wish::Delete => t().mydata_delete(),
        Wish::Stop => t().mydata_stop(),
        Wish::Object => t().mydata_object(),
    }
}

fn state(state: DataRequestState) -> &'static str {
    match state {
        DataRequestState::Asked => t().mydata_asked(),
        DataRequestState::Answered => t().mydata_answered(),
        DataRequestState::Done => t().mydata_done(),
        DataRequestState::Refused => t().mydata_refused(),
        DataRequestState::Cancelled => t().mydata_taken(),
    }
}

/// The requests.
#[component]
pub fn RequestsPart(
    /// What the page shares.
    around: Around,
    /// The table, once it is here.
    table: Option<DataTable>,
    /// The requests.
    requests: Vec<DataRequestView>,
) -> impl IntoView {
    let none = requests.is_empty();
    let rows = requests.into_iter().map(|request| row(around, request)).collect_view();
    view! {
        <h3>{name_of(&table, "rights")}</h3>
        {why(&table, "rights")}
        {none.then(|| view! { <p>{t().mydata_nothing()}</p> })}
        <ul>{rows}</ul>
    }
}

fn row(around: Around, request: DataRequestView) -> impl IntoView {
    let open = request.state.is_open();
    let asked = intl::day(t().locale(), request.asked_at.0);
    let about = request.dossier.as_ref().map(|code| format!(", {code}")).unwrap_or_default();
    let answer_by = (request.state == DataRequestState::Asked)
        .then(|| t().mydata_answer_by(&request.answer_by.written()));
    let done_by = open.then(|| t().mydata_done_by(&request.carry_out_by.written()));
    let said = [request.answer, request.extension, request.outcome, request.rule];
    let said = said.into_iter().flatten().map(|text| view! { <p>{text}</p> }).collect_view();
    let code = request.code.clone();
    view! {
        <li>
            <b>{wish(request.wish)}</b> {about} " " <span class="hint">{request.code.clone()} ", " {asked}</span>
            <p>{request.words}</p>
            <p><b>{state(request.state)}</b> " " {answer_by} " " {done_by}</p>
            {said}
            {open.then(|| view! {
                <Removal
                    id=format!("request-{code}")
                    name=code.clone()
                    words=removal_words(t().mydata_take_back(), t().mydata_cancel_ask())
                    on_remove=around.removes(my_data::Removal::Request(code.clone()))
                />
            })}
        </li>
    }
}
