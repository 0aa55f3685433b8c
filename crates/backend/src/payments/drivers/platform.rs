//! The national portal's PaymentPlatform: INIT opens, CONFIRM tells, QUERY asks. The receipt (biên lai)
//! is made there, from the lines that INIT carries.

use super::{Driver, Heard, Opened, Page, Told, call, order_text, stamp};
use crate::app::App;
use crate::database;
use crate::dossiers;
use crate::error::{Error, Result};
use crate::payments::attempts::Attempt;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::fee::FeeKind as Kind;
use motcua_domain::text::Text;
use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::platform::receipt::{Beneficiary, FeeKind, FeeLine, Payer, Receipt};
use motcua_gateways::platform::{
    BillRequest, Confirm, InitRequest, InitResponse, QueryRequest, QueryResponse,
};
use motcua_gateways::text::OrderInfo;
use motcua_gateways::{Created, Outcome, platform};
use sqlx::Row;

pub async fn open(app: &App, attempt: &Attempt) -> Result<Opened> {
    let request = InitRequest {
        reference: attempt.reference.clone(),
        amount: attempt.amount,
        order_info: OrderInfo::new(&order_text(attempt)),
        created: stamp(attempt.created_at),
        ip_addr: app.settings.listen.ip().to_string(),
        receipt: receipt(app, attempt).await?,
    };
    let body = request.signed(&app.platform).map_err(call::ours)?;
    let raw = match call::post(
        app,
        Driver::Platform,
        &format!("{}/Init", app.settings.platform_url),
        body,
    )
    .await
    {
        Ok(raw) => raw,
        Err(Error::Problem(_)) => return Ok(Opened::Again),
        Err(fault) => return Err(fault),
    };
    let answer = match InitResponse::parse(&raw) {
        Ok(answer) => answer,
        Err(why) => {
            tracing::warn!("platform init: {why}");
            return Ok(Opened::Again);
        }
    };
    Ok(match (answer.created(), answer) {
        (_, InitResponse::Ready(url)) => Opened::Ready(Page { url: Some(url), qr: None }),
        (Created::Refused(reason), InitResponse::Refused(code, _)) => Opened::Refused(reason, code),
        _ => Opened::Again,
    })
}

/// What the receipt is made from. The payer's name is known to the platform anyway, which the citizen
/// signs in to.
async fn receipt(app: &App, attempt: &Attempt) -> Result<Receipt> {
    let mut connection = app.db.acquire().await?;
    let dossier = dossiers::get(&mut connection, &attempt.dossier).await?;
    let row = sqlx::query("SELECT name, kind FROM fees WHERE dossier = ?1 AND id = ?2")
        .bind(&attempt.dossier)
        .bind(&attempt.fee)
        .fetch_one(&mut *connection)
        .await?;
    let name: Text = serde_json::from_str(row.try_get("name")?)?;
    let kind: Kind = database::from_column(row.try_get("kind")?)?;
    let procedure = app.catalogue.find(&dossier.procedure).ok_or(ProblemType::NotFound)?;
    let settings = &app.settings;
    Ok(Receipt {
        procedure_code: procedure.code.to_string(),
        procedure_name: procedure.name.get(true).to_owned(),
        office_code: settings.agency.clone(),
        office_name: app.config.commune_name.get(true).to_owned(),
        dossier_code: attempt.dossier.clone(),
        purpose: order_text(attempt),
        beneficiary: Beneficiary {
            account: settings.transfer_account.clone(),
            bank: settings.transfer_bank.clone(),
            name: settings.transfer_holder.clone(),
        },
        payer: Payer {
            name: dossier.submitter_name,
            identity_number: None,
            address: String::new(),
            district: String::new(),
            province: String::new(),
        },
        lines: vec![FeeLine {
            kind: if kind == Kind::Fee { FeeKind::Fee } else { FeeKind::Charge },
            code: attempt.fee.clone(),
            name: name.get(true).to_owned(),
            amount: attempt.amount,
        }],
    })
}

pub async fn query(app: &App, attempt: &Attempt) -> Result<Told> {
    let request =
        QueryRequest { reference: attempt.reference.clone(), created: stamp(attempt.created_at) };
    let body = request.signed(&app.platform).map_err(call::ours)?;
    let raw =
        call::post(app, Driver::Platform, &format!("{}/Query", app.settings.platform_url), body)
            .await?;
    let answer = QueryResponse::parse(&raw, &app.platform, &request).map_err(call::unbelievable)?;
    Ok(Told {
        outcome: answer.outcome(),
        not_found: answer.status.is_none(),
        amount: answer.amount,
        code: Some(answer.code.code().to_owned()),
        reference: answer.transaction.clone(),
        paid_at: None,
        raw,
    })
}

/// The receipt that the platform made of a paid attempt, as PDF (GET_BILL).
///
/// # Errors
/// `gateway-unavailable` when it gives none: it is made a little after the payment, and nothing says when.
pub async fn bill(app: &App, attempt: &Attempt) -> Result<Vec<u8>> {
    let created = stamp(attempt.created_at);
    let request = BillRequest { reference: attempt.reference.clone(), created };
    let body = request.signed(&app.platform).map_err(call::ours)?;
    let url = format!("{}/GetBill", app.settings.platform_url);
    let file = call::post_for_file(app, Driver::Platform, &url, body).await?;
    if platform::query::is_pdf(&file) {
        Ok(file)
    } else {
        Err(call::unbelievable("GET_BILL gave no PDF"))
    }
}

pub fn notice(app: &App, raw: &str) -> std::result::Result<Heard, String> {
    let confirm = Confirm::verify(raw, &app.platform).map_err(|error| error.to_string())?;
    let outcome = confirm.outcome();
    let told = Told {
        outcome: Some(outcome),
        not_found: false,
        amount: Some(confirm.amount),
        code: Some(confirm.code.code().to_owned()),
        reference: confirm.transaction.clone(),
        paid_at: (outcome == Outcome::Paid).then(|| Moment(confirm.at.unix())),
        raw: raw.to_owned(),
    };
    Ok(Heard { reference: confirm.reference, told })
}

/// The answer repeats the notice, so that it is read again.
pub fn answer(app: &App, raw: &str, verdict: Verdict) -> Answer {
    let confirm = Confirm::verify(raw, &app.platform).ok();
    platform::ack::answer(verdict, confirm.as_ref(), &app.platform)
}
