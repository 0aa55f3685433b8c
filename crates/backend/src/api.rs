//! The API's routes, built from the contract's endpoint table. What each does is elsewhere.

pub mod body;
pub mod query;
pub mod stored;

use crate::app::App;
use crate::error::{Error, Result, problem};
use crate::sessions;
use crate::{
    changes, confirmations, consents, dossiers, feedback, figures, hand_overs, headers, login,
    my_data, papers, payments, push, receipts, retention, slips, staff, submission, turns, uploads,
};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, head, options, patch, post};
use axum::{Json, Router, middleware};
use motcua_contract::endpoints::{self as e, Endpoint};
use motcua_contract::problem::ProblemType;
use motcua_domain::procedure::ProcedureCode;

/// Every endpoint with its handler. A test holds this equal to the contract's table.
pub fn table() -> Vec<(Endpoint, MethodRouter<App>)> {
    // Other bodies keep axum's own, smaller limit.
    let result_limit = DefaultBodyLimit::max(papers::handlers::MAX_RESULT);
    vec![
        (e::GET_CATALOGUE, get(get_catalogue)),
        (e::LIST_PROCEDURES, get(list_procedures)),
        (e::GET_PROCEDURE, get(get_procedure)),
        (e::GET_UNITS, get(get_units)),
        (e::GET_SESSION, get(get_session)),
        (e::DISCOVER_UPLOADS, options(uploads::handlers::discover)),
        (e::CREATE_UPLOAD, post(uploads::handlers::create)),
        (e::GET_UPLOAD_OFFSET, head(uploads::handlers::offset)),
        (e::APPEND_UPLOAD, patch(uploads::handlers::append)),
        (e::DELETE_UPLOAD, delete(uploads::handlers::terminate)),
        (e::SUBMIT_DOSSIER, post(submission::submit)),
        (e::GET_DOSSIER, get(dossiers::track)),
        (e::WATCH_DOSSIER, get(changes::watch)),
        (e::SEND_PASS, post(turns::passes::send)),
        (e::CLAIM_PASS, post(turns::passes::claim)),
        (e::ANSWER_SUPPLEMENT, post(turns::supplements::answer)),
        (e::ASK_WITHDRAWAL, post(turns::withdrawals::ask)),
        (e::CANCEL_WITHDRAWAL, delete(turns::withdrawals::cancel)),
        (e::ANSWER_DRAFT, post(turns::drafts::answer)),
        (e::CHOOSE_DELIVERY, post(turns::results::choose_delivery)),
        (e::CHOOSE_MESSAGES, post(turns::messages::choose)),
        (e::CHOOSE_PUSH, post(push::devices::choose)),
        (e::RENEW_PUSH, post(push::devices::renew)),
        (e::RATE_DOSSIER, post(turns::ratings::rate)),
        (e::GET_CALENDAR_FILE, get(turns::calendar_file::give)),
        (e::GET_HOLDER_FILE, get(turns::holder_files::give)),
        (e::LIST_PAPERS, get(papers::handlers::list)),
        (e::GET_PAPER, get(papers::handlers::get)),
        (e::REMOVE_PAPER, delete(papers::handlers::remove)),
        (e::GET_DATA_TABLE, get(retention::show)),
        (e::GET_MY_DATA, get(my_data::show)),
        (e::EXPORT_MY_DATA, get(my_data::export::give)),
        (e::SET_CONSENT, post(consents::set)),
        (e::REMOVE_MY_UPLOADS, delete(my_data::own::remove_uploads)),
        (e::END_OTHER_SESSIONS, delete(my_data::own::end_other_sessions)),
        (e::CHANGE_CONTACT, post(my_data::own::change_contact)),
        (e::ASK_ABOUT_DATA, post(my_data::requests::ask)),
        (e::CANCEL_DATA_REQUEST, delete(my_data::requests::cancel)),
        (e::LIST_DATA_REQUESTS, get(my_data::desk::list)),
        (e::ACT_ON_DATA_REQUEST, post(my_data::desk::act)),
        (e::OPEN_CONFIRMATION, post(confirmations::open)),
        (e::FIND_CONFIRMATION, post(confirmations::find_by_digits)),
        (e::GET_CONFIRMATION, get(confirmations::show)),
        (e::DECIDE_CONFIRMATION, post(confirmations::decide)),
        (e::OPEN_HAND_OVER, post(hand_overs::handlers::open)),
        (e::CLAIM_HAND_OVER, post(hand_overs::handlers::claim)),
        (e::GET_HAND_OVER, get(hand_overs::handlers::show)),
        (e::TELL_HAND_OVER, post(hand_overs::handlers::tell)),
        (e::PUT_HAND_OVER_PART, post(hand_overs::handlers::put_part)),
        (e::GET_HAND_OVER_PART, get(hand_overs::handlers::get_part)),
        (e::CLOSE_HAND_OVER, post(hand_overs::handlers::close)),
        (e::END_HAND_OVER, delete(hand_overs::handlers::end)),
        (e::CREATE_ATTEMPT, post(payments::handlers::create)),
        (e::GET_ATTEMPT, get(payments::handlers::show)),
        (e::ASK_TO_PAY, post(payments::requests::ask)),
        (e::GET_PAYMENT_REQUEST, get(payments::requests::show)),
        (e::CANCEL_PAYMENT_REQUEST, delete(payments::requests::cancel)),
        (e::PAY_REQUEST, post(payments::requests::pay)),
        (e::GET_RECEIPT, get(receipts::show)),
        (e::GET_RECEIPT_FILE, get(receipts::give_file)),
        (e::GET_PLATFORM_BILL, get(receipts::give_platform_file)),
        (e::GET_SLIP, get(slips::show)),
        (e::GET_SLIP_FILE, get(slips::give_file)),
        (e::SEND_FEEDBACK, post(feedback::sending::send)),
        (e::LIST_PUBLISHED_ANSWERS, get(feedback::reading::list_published)),
        (e::GET_FEEDBACK, get(feedback::reading::show)),
        (e::WATCH_FEEDBACK, get(feedback::reading::watch)),
        (e::ADD_TO_FEEDBACK, post(feedback::sending::add)),
        (e::GET_FIGURES, get(figures::handlers::show)),
        (e::GET_FIGURES_TABLE, get(figures::handlers::table)),
        (e::CHANGE_STATUS, post(staff::change_status)),
        (e::TAKE_IN, post(turns::appointments::take_in)),
        (e::PROCESS_DOSSIER, post(turns::appointments::process)),
        (e::REQUEST_SUPPLEMENT, post(turns::supplements::request)),
        (e::DECIDE_WITHDRAWAL, post(turns::withdrawals::decide)),
        (e::REFUSE_DOSSIER, post(turns::endings::refuse)),
        (e::STOP_DOSSIER, post(turns::endings::stop)),
        (e::SEND_DRAFT, post(turns::drafts::send).layer(result_limit)),
        (e::REAPPOINT, post(turns::appointments::reappoint)),
        (e::FINISH_DOSSIER, post(turns::results::finish)),
        (e::RETURN_RESULT, post(turns::results::hand_out)),
        (e::CONFIRM_AT_COUNTER, post(confirmations::at_counter)),
        (e::ENTER_PAGE_COUNT, post(staff::enter_page_count)),
        (e::DECIDE_EXEMPTION, post(staff::decide_exemption)),
        (e::ADD_RESULT, post(papers::handlers::add_result).layer(result_limit)),
        (e::COUNT_REUSE, get(papers::handlers::count)),
        (e::SYNC_DOSSIERS, post(figures::handlers::sync)),
        (e::PAID_IN_CASH, post(payments::bookkeeping::paid_in_cash)),
        (e::VOID_RECEIPT, post(receipts::void)),
        (e::IMPORT_STATEMENT, post(payments::bookkeeping::import_statement)),
        (e::RECONCILE, post(payments::bookkeeping::reconcile)),
        (e::GET_TOTALS, get(payments::bookkeeping::totals)),
        (e::LIST_REFUNDS, get(payments::refund_desk::list)),
        (e::ORDER_REFUND, post(payments::refund_desk::order)),
        (e::REFUND_BY_HAND, post(payments::refund_desk::by_hand)),
        (e::LIST_FEEDBACK, get(feedback::acts::list)),
        (e::ASK_SENDER, post(feedback::acts::ask)),
        (e::ANSWER_FEEDBACK, post(feedback::acts::answer)),
        (e::REFUSE_FEEDBACK, post(feedback::acts::refuse)),
        (e::PUBLISH_FEEDBACK, post(feedback::acts::publish)),
        (e::LIST_STAFF_FILES, get(uploads::serving::list)),
        (e::GET_STAFF_FILE, get(uploads::serving::give)),
        (e::GET_OPENAPI, get(get_openapi)),
    ]
}

/// The routes below the API's base address.
pub fn router(app: &App) -> Router<App> {
    let routes = table()
        .into_iter()
        .fold(Router::new(), |router, (endpoint, handler)| router.route(endpoint.path, handler));
    routes
        .fallback(async || problem(ProblemType::NotFound, "no such endpoint"))
        .method_not_allowed_fallback(async || {
            problem(ProblemType::MethodNotAllowed, "see openapi.json")
        })
        .layer(middleware::from_fn_with_state(app.clone(), headers::guard))
}

/// The routes of login and of the gateways' returns and notices, outside the API's base address.
pub fn outside_router(app: &App) -> Router<App> {
    use payments::handlers::{come_back, come_back_registered};
    Router::new()
        .route("/auth/login", get(login::login))
        .route("/auth/callback", get(login::callback))
        .route("/auth/logout", post(login::logout))
        .layer(middleware::from_fn_with_state(app.clone(), headers::guard))
        .route("/pay/go/{token}", get(payments::handlers::go))
        // Some wallets come back by POST, to which the browser adds no cookie: none is needed.
        .route("/pay/return/{token}", get(come_back).post(come_back))
        .route("/pay/return", get(come_back_registered).post(come_back_registered))
        .route("/pay/ipn/vnpay", get(payments::notices::vnpay))
        .route("/pay/ipn/momo", post(payments::notices::momo))
        .route("/pay/ipn/zalopay", post(payments::notices::zalopay))
        .route("/DvcPayment/Confirm", post(payments::notices::platform))
}

async fn get_catalogue(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    app.document.answer(app.catalogue.document(), &headers).map_err(Error::Internal)
}

async fn list_procedures(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    app.list.answer(&app.catalogue.list(), &headers).map_err(Error::Internal)
}

async fn get_procedure(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let code = ProcedureCode::parse(&code).map_err(|_| ProblemType::NotFound)?;
    let procedure = app.catalogue.find(&code).ok_or(ProblemType::NotFound)?;
    stored::answer(procedure, &headers).map_err(Error::Internal)
}

async fn get_units(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    app.units.answer(app.catalogue.units(), &headers).map_err(Error::Internal)
}

/// Gives the cookie too where there is none, so that uploads have an owner from the first one on.
async fn get_session(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let (session, cookie) = sessions::find_or_create(&app, &headers).await?;
    let mut response = Json(session.view()).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn get_openapi() -> impl IntoResponse {
    Json(motcua_contract::openapi::document())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_router_has_every_endpoint_of_the_contract_and_no_other() {
        let mut built: Vec<&str> = table().iter().map(|(endpoint, _)| endpoint.id).collect();
        let mut agreed: Vec<&str> = e::ALL.iter().map(|endpoint| endpoint.id).collect();
        built.sort_unstable();
        agreed.sort_unstable();
        assert_eq!(built, agreed);
    }
}
