//! MoMo: the order is made by a call, and has a page, a code and a link that opens the app.

use super::{
    Driver, Heard, Opened, Page, RefundTold, Told, call, notice_url, order_text, refund_text,
    return_url,
};
use crate::app::App;
use crate::error::{Error, Result};
use crate::payments::attempts::Attempt;
use crate::payments::refunds::Refund;
use crate::secrets;
use motcua_gateways::momo::{
    CreateRequest, CreateResponse, Lang, Notice, QueryRequest, QueryResponse, RefundRequest,
    RefundResponse, RequestType, ResultCode,
};
use motcua_gateways::{Created, Outcome};

fn lang(attempt: &Attempt) -> Lang {
    if attempt.language == "en" { Lang::English } else { Lang::Vietnamese }
}

pub async fn open(app: &App, attempt: &Attempt) -> Result<Opened> {
    let request = CreateRequest {
        // The same number for a retry: MoMo then answers what it answered before.
        request_id: attempt.reference.clone(),
        amount: attempt.amount,
        order_id: attempt.reference.clone(),
        order_info: order_text(attempt),
        redirect_url: return_url(app, attempt),
        ipn_url: notice_url(app, Driver::Momo),
        request_type: RequestType::CaptureWallet,
        extra_data: String::new(),
        lang: lang(attempt),
    };
    let body = request.signed(&app.momo).map_err(call::ours)?;
    let url = format!("{}/v2/gateway/api/create", app.settings.momo_url);
    let raw = match call::post(app, Driver::Momo, &url, body).await {
        Ok(raw) => raw,
        Err(Error::Problem(_)) => return Ok(Opened::Again),
        Err(fault) => return Err(fault),
    };
    let answer = match CreateResponse::parse(&raw, &app.momo, &request) {
        Ok(answer) => answer,
        Err(why) => {
            tracing::warn!("momo create: {why}");
            return Ok(Opened::Again);
        }
    };
    Ok(match answer.created() {
        Created::Ready => Opened::Ready(Page { url: answer.pay_url, qr: answer.qr_code }),
        Created::Exists => Opened::Exists,
        Created::Again => Opened::Again,
        Created::Refused(reason) => Opened::Refused(reason, answer.result_code.code().to_owned()),
    })
}

async fn ask(app: &App, attempt: &Attempt) -> Result<(QueryResponse, String)> {
    let request = QueryRequest {
        request_id: secrets::reference()?,
        order_id: attempt.reference.clone(),
        lang: lang(attempt),
    };
    let body = request.signed(&app.momo).map_err(call::ours)?;
    let url = format!("{}/v2/gateway/api/query", app.settings.momo_url);
    let raw = call::post(app, Driver::Momo, &url, body).await?;
    let answer = QueryResponse::parse(&raw, &app.momo, &request).map_err(call::unbelievable)?;
    Ok((answer, raw))
}

pub async fn query(app: &App, attempt: &Attempt) -> Result<Told> {
    let (answer, raw) = ask(app, attempt).await?;
    Ok(Told {
        outcome: answer.outcome(),
        not_found: answer.result_code == ResultCode::OrderNotFound,
        amount: answer.amount,
        code: Some(answer.result_code.code().to_owned()),
        reference: answer.trans_id.clone(),
        paid_at: answer.response_time.and_then(call::moment),
        raw,
    })
}

pub async fn refund(app: &App, attempt: &Attempt, order: &Refund) -> Result<RefundTold> {
    let request = RefundRequest {
        request_id: order.id.clone(),
        order_id: order.id.clone(),
        amount: attempt.amount,
        trans_id: attempt.gateway_reference.clone().unwrap_or_default(),
        description: refund_text(attempt),
        lang: lang(attempt),
    };
    let body = request.signed(&app.momo).map_err(call::ours)?;
    let url = format!("{}/v2/gateway/api/refund", app.settings.momo_url);
    let raw = call::post(app, Driver::Momo, &url, body).await?;
    let answer = RefundResponse::parse(&raw, &app.momo, &request).map_err(call::unbelievable)?;
    let code = Some(answer.result_code.code().to_owned());
    // It was proven to be the whole, or is not done yet.
    Ok(RefundTold { outcome: answer.outcome(), whole: true, code, reference: answer.trans_id, raw })
}

/// MoMo is asked about the payment, and lists its refunds.
pub async fn query_refund(
    app: &App,
    attempt: &Attempt,
    order: &Refund,
) -> Result<Option<RefundTold>> {
    let (answer, raw) = ask(app, attempt).await?;
    let row = answer.refunds.into_iter().find(|row| row.order_id == order.id);
    Ok(row.map(|row| RefundTold {
        outcome: row.result_code.refunded(),
        whole: row.amount == attempt.amount,
        code: Some(row.result_code.code().to_owned()),
        reference: Some(row.trans_id),
        raw,
    }))
}

pub fn notice(app: &App, raw: &str) -> std::result::Result<Heard, String> {
    let notice = Notice::verify_ipn(raw, &app.momo).map_err(|error| error.to_string())?;
    let outcome = notice.outcome();
    let told = Told {
        outcome: Some(outcome),
        not_found: false,
        amount: Some(notice.amount),
        code: Some(notice.result_code.code().to_owned()),
        // After a cancellation it is a number that looks like one and is none.
        reference: (outcome == Outcome::Paid).then(|| notice.trans_id.clone()),
        paid_at: call::moment(notice.response_time),
        raw: raw.to_owned(),
    };
    Ok(Heard { reference: notice.order_id, told })
}
