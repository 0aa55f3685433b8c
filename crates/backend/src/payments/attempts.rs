//! Attempts as stored, and as anyone with the token may see them. Decides nothing.

use crate::app::App;
use crate::database::{Tx, from_column, to_column};
use crate::error::Result;
use crate::payments::drivers::{Driver, Page, transfer};
use crate::receipts;
use crate::secrets;
use motcua_contract::payments::{AttemptView, TransferView};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FailureReason, HoldReason};
use motcua_gateways::vietqr::banks;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// An attempt as stored.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Its capability.
    pub token: String,
    /// The dossier's code.
    pub dossier: String,
    /// The fee line.
    pub fee: String,
    /// Channel id.
    pub channel: String,
    /// Ours at the gateway.
    pub reference: String,
    /// Frozen when the attempt was made.
    pub amount: Vnd,
    /// `vi` or `en`.
    pub language: String,
    /// Where the citizen's request came from.
    pub payer_address: String,
    /// The gateway's page, once the order is open.
    pub pay_url: Option<String>,
    /// The text of the code that a wallet or bank reads.
    pub qr: Option<String>,
    /// Where it stands.
    pub state: AttemptState,
    /// Why the gateway took no money.
    pub failure: Option<FailureReason>,
    /// Why money may be taken though nothing is paid.
    pub hold: Option<HoldReason>,
    /// The gateway's code of its last word.
    pub gateway_code: Option<String>,
    /// The gateway's number.
    pub gateway_reference: Option<String>,
    /// When it was made; the gateway knows it by this too.
    pub created_at: Moment,
    /// Until when the gateway's page works.
    pub expires_at: Moment,
    /// When the money was taken.
    pub paid_at: Option<Moment>,
    /// When the gateway was last asked.
    pub last_query_at: Option<Moment>,
    /// The token of the request that it answers; none when the dossier's holder pays.
    pub request: Option<String>,
}

fn read(row: &SqliteRow) -> Result<Attempt> {
    let moment = |name| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(name)?.map(Moment));
    let failure: Option<String> = row.try_get("failure")?;
    let hold: Option<String> = row.try_get("hold")?;
    Ok(Attempt {
        token: row.try_get("token")?,
        dossier: row.try_get("dossier")?,
        fee: row.try_get("fee")?,
        channel: row.try_get("channel")?,
        reference: row.try_get("reference")?,
        amount: Vnd(u64::try_from(row.try_get::<i64, _>("amount")?).unwrap_or(0)),
        language: row.try_get("language")?,
        payer_address: row.try_get("payer_address")?,
        pay_url: row.try_get("pay_url")?,
        qr: row.try_get("qr")?,
        state: from_column(row.try_get("state")?)?,
        failure: failure.map(from_column).transpose()?,
        hold: hold.map(from_column).transpose()?,
        gateway_code: row.try_get("gateway_code")?,
        gateway_reference: row.try_get("gateway_reference")?,
        created_at: Moment(row.try_get("created_at")?),
        expires_at: Moment(row.try_get("expires_at")?),
        paid_at: moment("paid_at")?,
        last_query_at: moment("last_query_at")?,
        request: row.try_get("request")?,
    })
}

/// Whether an attempt in this state keeps others from being made. An attempt under review keeps
/// them away too, but may be one of two: it became so after another was made.
pub fn is_open(state: AttemptState) -> bool {
    state.is_live() && state != AttemptState::UnderReview
}

/// The attempt with this token.
pub async fn get(connection: &mut SqliteConnection, token: &str) -> Result<Attempt> {
    let row = sqlx::query("SELECT * FROM attempts WHERE token = ?1")
        .bind(token)
        .fetch_optional(connection)
        .await?;
    read(&row.ok_or(ProblemType::NotFound)?)
}

/// The attempt with our reference at a gateway.
pub async fn find_by_reference(
    connection: &mut SqliteConnection,
    channel: &str,
    reference: &str,
) -> Result<Option<Attempt>> {
    let row = sqlx::query("SELECT * FROM attempts WHERE channel = ?1 AND reference = ?2")
        .bind(channel)
        .bind(reference)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The attempts of a fee that are live.
pub async fn live_of_fee(
    connection: &mut SqliteConnection,
    dossier: &str,
    fee: &str,
) -> Result<Vec<Attempt>> {
    let rows = sqlx::query(
        "SELECT * FROM attempts WHERE dossier = ?1 AND fee = ?2 \
         AND (live = 1 OR state = 'under_review')",
    )
    .bind(dossier)
    .bind(fee)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// The attempts that the watch should ask about now.
pub async fn to_query(connection: &mut SqliteConnection, now: Moment) -> Result<Vec<Attempt>> {
    let rows = sqlx::query(
        "SELECT * FROM attempts WHERE next_query_at IS NOT NULL AND next_query_at <= ?1 \
         ORDER BY next_query_at LIMIT 50",
    )
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// What an attempt is made of.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// The dossier's code.
    pub dossier: String,
    /// The fee line.
    pub fee: String,
    /// Channel id.
    pub channel: String,
    /// How much.
    pub amount: Vnd,
    /// `vi` or `en`.
    pub language: String,
    /// Where the citizen's request came from.
    pub payer_address: String,
}

/// Writes a new attempt down. The gateway hears of it after that.
pub async fn insert(app: &App, tx: &mut Tx, new: NewAttempt) -> Result<Attempt> {
    let now = app.clock.now();
    let driver = Driver::find(&new.channel).ok_or(ProblemType::ChannelUnavailable)?;
    let attempt = Attempt {
        token: secrets::token()?,
        dossier: new.dossier,
        fee: new.fee,
        channel: new.channel,
        reference: driver.reference(now)?,
        amount: new.amount,
        language: new.language,
        payer_address: new.payer_address,
        pay_url: None,
        qr: None,
        state: AttemptState::Created,
        failure: None,
        hold: None,
        gateway_code: None,
        gateway_reference: None,
        created_at: now,
        expires_at: now.plus_seconds(driver.open_seconds()),
        paid_at: None,
        last_query_at: None,
        request: None,
    };
    sqlx::query(
        "INSERT INTO attempts (token, dossier, fee, channel, reference, amount, language, \
         payer_address, state, live, created_at, expires_at, next_query_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )
    .bind(&attempt.token)
    .bind(&attempt.dossier)
    .bind(&attempt.fee)
    .bind(&attempt.channel)
    .bind(&attempt.reference)
    .bind(i64::try_from(attempt.amount.0).unwrap_or(i64::MAX))
    .bind(&attempt.language)
    .bind(&attempt.payer_address)
    .bind(to_column(&attempt.state)?)
    .bind(is_open(attempt.state))
    .bind(now.0)
    .bind(attempt.expires_at.0)
    .bind(super::watch::next_query(&attempt, now).map(|moment| moment.0))
    .execute(&mut **tx)
    .await?;
    Ok(attempt)
}

/// Who pays, when it is not the dossier's holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The token of the request that they answer.
    pub request: String,
    /// As they wrote it.
    pub name: Option<String>,
}

/// Notes who took an attempt over; nobody is the dossier's holder.
pub async fn set_payer(tx: &mut Tx, attempt: &mut Attempt, payer: Option<Payer>) -> Result<()> {
    let (request, name) = payer.map(|payer| (payer.request, payer.name)).unzip();
    attempt.request = request;
    sqlx::query("UPDATE attempts SET request = ?1, payer_name = ?2 WHERE token = ?3")
        .bind(&attempt.request)
        .bind(name.flatten())
        .bind(&attempt.token)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what the gateway gave to pay with.
pub async fn set_page(app: &App, token: &str, page: &Page) -> Result<()> {
    sqlx::query("UPDATE attempts SET pay_url = ?1, qr = ?2 WHERE token = ?3")
        .bind(&page.url)
        .bind(&page.qr)
        .bind(token)
        .execute(&app.db)
        .await?;
    Ok(())
}

/// An attempt as anyone with its token may see it.
pub async fn view(
    app: &App,
    connection: &mut SqliteConnection,
    attempt: &Attempt,
) -> Result<AttemptView> {
    let row = sqlx::query("SELECT name, state FROM fees WHERE dossier = ?1 AND id = ?2")
        .bind(&attempt.dossier)
        .bind(&attempt.fee)
        .fetch_one(&mut *connection)
        .await?;
    let receipt = receipts::find_of_attempt(connection, &attempt.token).await?;
    let fee_state: motcua_domain::payment::FeeState = from_column(row.try_get("state")?)?;
    let can_pay = matches!(
        attempt.state,
        AttemptState::Ready | AttemptState::Redirected | AttemptState::ReturnedUnverified
    ) && app.clock.now() < attempt.expires_at
        && fee_state.is_open();
    let go = format!("{}/pay/go/{}", app.settings.origin, attempt.token);
    let pay_url = attempt.pay_url.as_ref().filter(|_| can_pay).map(|_| go);
    let transfer = Driver::find(&attempt.channel) == Some(Driver::Transfer);
    let transfer = (transfer && can_pay).then(|| TransferView {
        bank: app.settings.transfer_bank.clone(),
        bank_name: banks::find_bank(&app.settings.transfer_bank)
            .map(|bank| bank.name.to_owned())
            .unwrap_or_default(),
        account: app.settings.transfer_account.clone(),
        holder: app.settings.transfer_holder.clone(),
        words: transfer::words(&attempt.reference),
    });
    Ok(AttemptView {
        token: attempt.token.clone(),
        state: attempt.state,
        failure: attempt.failure,
        hold: attempt.hold,
        gateway_code: attempt.gateway_code.clone(),
        amount: attempt.amount,
        fee_name: serde_json::from_str(row.try_get("name")?)?,
        fee_state,
        channel: attempt.channel.clone(),
        dossier_hint: hint(&attempt.dossier),
        pay_url,
        qr: attempt.qr.clone().filter(|_| can_pay),
        transfer,
        expires_at: attempt.expires_at,
        paid_at: attempt.paid_at,
        gateway_reference: attempt.gateway_reference.clone(),
        request: attempt.request.clone(),
        receipt,
    })
}

/// `H24.31-261122-000042` with its middle hidden.
pub fn hint(dossier: &str) -> String {
    let first = dossier.split('-').next().unwrap_or_default();
    let last = dossier.rsplit('-').next().unwrap_or_default();
    format!("{first}-…-{last}")
}
