//! ZaloPay: the order is made by a call. It calls back only after a success; everything else is asked.

use super::{
    Driver, Heard, Opened, Page, RefundTold, Told, call, notice_url, order_text, refund_text,
    return_url, stamp,
};
use crate::app::App;
use crate::error::{Error, Result};
use crate::payments::attempts::Attempt;
use crate::payments::refunds::Refund;
use motcua_gateways::Created;
use motcua_gateways::zalopay::create::embed_data;
use motcua_gateways::zalopay::{
    Callback, CreateRequest, CreateResponse, QueryRequest, QueryResponse, RefundQuery,
    RefundRequest, RefundResponse, SubCode, numbered,
};

pub async fn open(app: &App, attempt: &Attempt) -> Result<Opened> {
    let milliseconds = u64::try_from(attempt.created_at.0).unwrap_or(0) * 1_000;
    let lasts = u32::try_from(Driver::Zalopay.open_seconds()).ok();
    let request = CreateRequest {
        order_id: attempt.reference.clone(),
        app_user: "motcua".to_owned(),
        // Frozen with the attempt: a retry is the same order, and its number has this day.
        app_time: milliseconds,
        lasts_seconds: lasts,
        amount: attempt.amount,
        description: order_text(attempt),
        item: "[]".to_owned(),
        embed_data: embed_data(&return_url(app, attempt), &[]),
        callback_url: notice_url(app, Driver::Zalopay),
        bank_code: String::new(),
    };
    let body = request.signed(&app.zalopay).map_err(call::ours)?;
    let url = format!("{}/v2/create", app.settings.zalopay_url);
    let raw = match call::post(app, Driver::Zalopay, &url, body).await {
        Ok(raw) => raw,
        Err(Error::Problem(_)) => return Ok(Opened::Again),
        Err(fault) => return Err(fault),
    };
    let answer = match CreateResponse::parse(&raw) {
        Ok(answer) => answer,
        Err(why) => {
            tracing::warn!("zalopay create: {why}");
            return Ok(Opened::Again);
        }
    };
    Ok(match answer.created() {
        Created::Ready => Opened::Ready(Page { url: answer.order_url, qr: answer.qr_code }),
        Created::Exists => Opened::Exists,
        Created::Again => Opened::Again,
        Created::Refused(reason) => Opened::Refused(reason, answer.sub_code.code().to_owned()),
    })
}

pub async fn query(app: &App, attempt: &Attempt) -> Result<Told> {
    let request = QueryRequest { order_id: attempt.reference.clone() };
    let body = request.signed(&app.zalopay).map_err(call::ours)?;
    let url = format!("{}/v2/query", app.settings.zalopay_url);
    let raw = call::post(app, Driver::Zalopay, &url, body).await?;
    let answer = QueryResponse::parse(&raw).map_err(call::unbelievable)?;
    Ok(Told {
        outcome: answer.outcome(),
        not_found: answer.sub_code == SubCode::NotFound,
        amount: answer.amount,
        code: Some(answer.sub_code.code().to_owned()),
        reference: answer.trans_id.clone(),
        paid_at: answer.server_time.and_then(call::moment),
        raw,
    })
}

/// The number of a refund carries the day and our number at ZaloPay.
pub fn refund_id(app: &App, random: &str) -> String {
    numbered(stamp(app.clock.now()), &format!("{}_{random}", app.zalopay.app_id))
}

fn milliseconds(app: &App) -> u64 {
    u64::try_from(app.clock.now().0).unwrap_or(0) * 1_000
}

pub async fn refund(app: &App, attempt: &Attempt, order: &Refund) -> Result<RefundTold> {
    let request = RefundRequest {
        refund_id: order.id.clone(),
        trans_id: attempt.gateway_reference.clone().unwrap_or_default(),
        amount: attempt.amount,
        timestamp: milliseconds(app),
        description: refund_text(attempt),
    };
    let body = request.signed(&app.zalopay).map_err(call::ours)?;
    let raw =
        call::post(app, Driver::Zalopay, &format!("{}/v2/refund", app.settings.zalopay_url), body)
            .await?;
    refund_told(raw)
}

pub async fn query_refund(app: &App, order: &Refund) -> Result<Option<RefundTold>> {
    let request = RefundQuery { refund_id: order.id.clone(), timestamp: milliseconds(app) };
    let body = request.signed(&app.zalopay).map_err(call::ours)?;
    let url = format!("{}/v2/query_refund", app.settings.zalopay_url);
    let raw = call::post(app, Driver::Zalopay, &url, body).await?;
    let answer = RefundResponse::parse(&raw).map_err(call::unbelievable)?;
    if answer.sub_code == SubCode::NotFound {
        return Ok(None);
    }
    refund_told(raw).map(Some)
}

fn refund_told(raw: String) -> Result<RefundTold> {
    let answer = RefundResponse::parse(&raw).map_err(call::unbelievable)?;
    let code = Some(answer.sub_code.code().to_owned());
    Ok(RefundTold {
        outcome: answer.outcome(),
        whole: true,
        code,
        reference: answer.refund_id,
        raw,
    })
}

pub fn notice(app: &App, raw: &str) -> std::result::Result<Heard, String> {
    let callback = Callback::verify(raw, &app.zalopay).map_err(|error| error.to_string())?;
    let told = Told {
        outcome: Some(callback.outcome()),
        not_found: false,
        amount: Some(callback.amount),
        code: Some("1".to_owned()),
        reference: Some(callback.trans_id.clone()),
        paid_at: call::moment(callback.server_time),
        raw: raw.to_owned(),
    };
    Ok(Heard { reference: callback.order_id, told })
}
