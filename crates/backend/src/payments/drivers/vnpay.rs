//! VNPAY: the order travels with the citizen's own redirect, so opening it is signing an address.

use super::{
    Driver, Heard, Opened, Page, RefundTold, Told, call, order_text, refund_text, return_url, stamp,
};
use crate::app::App;
use crate::error::Result;
use crate::payments::attempts::Attempt;
use crate::payments::refunds::Refund;
use crate::secrets;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use motcua_domain::payment::FailureReason;
use motcua_gateways::RefundOutcome;
use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::vnpay::{
    Amount, ApiCode, IpnAck, Locale, Notice, NoticeError, OrderInfo, PayRequest, QueryRequest,
    QueryResponse, RefundKind, RefundRequest, RefundResponse, TransactionStatus,
};

pub fn open(app: &App, attempt: &Attempt) -> Result<Opened> {
    let Ok(amount) = Amount::from_dong(attempt.amount.0) else {
        return Ok(Opened::Refused(FailureReason::AmountOutOfRange, "32".to_owned()));
    };
    let request = PayRequest {
        txn_ref: attempt.reference.clone(),
        amount,
        order_info: OrderInfo::new(&order_text(attempt)),
        order_type: "other".to_owned(),
        return_url: return_url(app, attempt),
        ip_addr: attempt.payer_address.clone(),
        created: stamp(attempt.created_at),
        expires: Some(stamp(attempt.expires_at)),
        locale: if attempt.language == "en" { Locale::English } else { Locale::Vietnamese },
        bank_code: None,
    };
    let url = request.signed_url(&app.settings.vnpay_pay_url, &app.vnpay).map_err(call::ours)?;
    Ok(Opened::Ready(Page { url: Some(url), qr: None }))
}

async fn ask(app: &App, attempt: &Attempt) -> Result<(QueryResponse, String)> {
    let request = QueryRequest {
        request_id: secrets::reference()?,
        txn_ref: attempt.reference.clone(),
        transaction_date: stamp(attempt.created_at),
        created: stamp(app.clock.now()),
        ip_addr: app.settings.listen.ip().to_string(),
        order_info: OrderInfo::new(&format!("Truy van {}", attempt.reference)),
    };
    let body = request.signed(&app.vnpay).map_err(call::ours)?;
    let raw = call::post(app, Driver::Vnpay, &app.settings.vnpay_api_url, body).await?;
    let answer = QueryResponse::verify(&raw, &app.vnpay, &request).map_err(call::unbelievable)?;
    Ok((answer, raw))
}

pub async fn query(app: &App, attempt: &Attempt) -> Result<Told> {
    let (answer, raw) = ask(app, attempt).await?;
    let agreed = Amount::from_dong(attempt.amount.0).is_ok_and(|amount| answer.is_for(amount));
    Ok(Told {
        outcome: answer.outcome().map(Into::into),
        not_found: answer.response_code == ApiCode::NotFound,
        amount: agreed.then_some(attempt.amount),
        code: answer.transaction_status.as_ref().map(|status| status.code().to_owned()),
        reference: answer.transaction_no.clone(),
        paid_at: answer.pay_date.map(|at| Moment(at.unix())),
        raw,
    })
}

pub async fn refund(app: &App, attempt: &Attempt, order: &Refund) -> Result<RefundTold> {
    let amount = Amount::from_dong(attempt.amount.0).map_err(call::ours)?;
    let request = RefundRequest {
        request_id: order.id.clone(),
        kind: RefundKind::Full,
        txn_ref: attempt.reference.clone(),
        amount_hundredths: amount.hundredths(),
        transaction_no: attempt.gateway_reference.clone(),
        transaction_date: stamp(attempt.created_at),
        created_by: "motcua".to_owned(),
        created: stamp(app.clock.now()),
        ip_addr: app.settings.listen.ip().to_string(),
        order_info: OrderInfo::new(&refund_text(attempt)),
    };
    let body = request.signed(&app.vnpay).map_err(call::ours)?;
    let raw = call::post(app, Driver::Vnpay, &app.settings.vnpay_api_url, body).await?;
    let answer = RefundResponse::verify(&raw, &app.vnpay, &request).map_err(call::unbelievable)?;
    let outcome = match answer.response_code {
        // 94 also means that this payment has a refund: asking tells.
        ApiCode::Success | ApiCode::Duplicate | ApiCode::General | ApiCode::Other(_) => {
            RefundOutcome::Pending
        }
        _ => RefundOutcome::Refused,
    };
    let code = Some(answer.response_code.code().to_owned());
    // Nothing is done yet: the whole was ordered, and asking tells what became of it.
    Ok(RefundTold { outcome, whole: true, code, reference: answer.transaction_no.clone(), raw })
}

/// VNPAY is asked about the payment: once it has a refund, it speaks of that.
pub async fn query_refund(app: &App, attempt: &Attempt) -> Result<Option<RefundTold>> {
    let (answer, raw) = ask(app, attempt).await?;
    let kind = answer.transaction_type.as_deref();
    if !matches!(kind, Some("02" | "03")) {
        return Ok(None);
    }
    let agreed = Amount::from_dong(attempt.amount.0).is_ok_and(|amount| answer.is_for(amount));
    let whole = kind == Some("02") && agreed;
    let outcome = match &answer.transaction_status {
        Some(TransactionStatus::Success) => RefundOutcome::Done,
        Some(TransactionStatus::RefundRefused) => RefundOutcome::Refused,
        _ => RefundOutcome::Pending,
    };
    let code = answer.transaction_status.as_ref().map(|status| status.code().to_owned());
    Ok(Some(RefundTold { outcome, whole, code, reference: answer.transaction_no, raw }))
}

pub fn notice(app: &App, raw: &str) -> std::result::Result<Heard, String> {
    let notice = Notice::verify(raw, &app.vnpay).map_err(|error| match error {
        NoticeError::Malformed(what) => format!("malformed {what}"),
        other => other.to_string(),
    })?;
    let told = Told {
        outcome: Some(notice.outcome().into()),
        not_found: false,
        amount: dong(notice.amount_hundredths),
        code: Some(notice.response_code.code().to_owned()),
        reference: notice.transaction_no.clone(),
        paid_at: notice.pay_date.map(|at| Moment(at.unix())),
        raw: raw.to_owned(),
    };
    Ok(Heard { reference: notice.txn_ref, told })
}

/// VNPAY counts in hundredths of a đồng; a part of one is no amount of ours.
fn dong(hundredths: u64) -> Option<Vnd> {
    hundredths.is_multiple_of(100).then_some(Vnd(hundredths / 100))
}

/// VNPAY reads `RspCode`: 00 and 02 end the notice, the others make it call again.
pub fn answer(verdict: Verdict) -> Answer {
    IpnAck::from(verdict).into()
}
