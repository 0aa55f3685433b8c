//! Receipts of paid fees: given in the transaction that pays the fee, shown masked to who holds the printed
//! code and whole to the dossier's holder, voided with the cash that they stood for. Knows no gateway.

mod handlers;
mod sheet;

pub use handlers::{give_file, give_platform_file, pdf, show, void};

use crate::app::App;
use crate::database::{Tx, from_column};
use crate::dossiers::Dossier;
use crate::error::Result;
use crate::payments::attempts::hint;
use crate::payments::drivers::Driver;
use crate::secrets;
use crate::serials;
use motcua_contract::problem::ProblemType;
use motcua_contract::receipts::{ReceiptState, ReceiptView};
use motcua_domain::amount_words::in_words;
use motcua_domain::date::Moment;
use motcua_domain::fee::FeeKind;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
use motcua_domain::text::Text;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// A payment that is receipted.
#[derive(Debug, Clone, Copy)]
pub struct Paid<'a> {
    /// The dossier's code.
    pub dossier: &'a str,
    /// The fee line.
    pub fee: &'a str,
    /// Channel id, or `cash`.
    pub channel: &'a str,
    /// The attempt; none for cash.
    pub attempt: Option<&'a str>,
    /// How much.
    pub amount: Vnd,
    /// When the money was taken.
    pub at: Moment,
}

/// Gives a receipt; gives its number. In the transaction that pays the fee, so that neither is without
/// the other and no number is lost or used twice.
pub async fn issue(app: &App, tx: &mut Tx, paid: Paid<'_>) -> Result<String> {
    let now = app.clock.now();
    let series = format!("BL{:02}", now.date().year() % 100);
    let serial = serials::next(tx, &app.settings.agency, &series).await?;
    let number = format!("{}-{series}-{serial:07}", app.settings.agency);
    sqlx::query(
        "INSERT INTO receipts (token, file_key, number, dossier, fee, channel, attempt, amount, \
         paid_at, issued_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .bind(secrets::token()?)
    .bind(secrets::token()?)
    .bind(&number)
    .bind(paid.dossier)
    .bind(paid.fee)
    .bind(paid.channel)
    .bind(paid.attempt)
    .bind(i64::try_from(paid.amount.0).unwrap_or(i64::MAX))
    .bind(paid.at.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(number)
}

/// A receipt as stored, with what its fee and its attempt say.
#[derive(Debug, Clone)]
struct Receipt {
    token: String,
    file_key: String,
    number: String,
    dossier: String,
    fee: String,
    channel: String,
    /// The token of the attempt that paid; none for cash.
    attempt: Option<String>,
    amount: Vnd,
    paid_at: Moment,
    state: ReceiptState,
    reason: Option<String>,
    fee_name: Text,
    kind: FeeKind,
    citation: Text,
    gateway_reference: Option<String>,
}

fn read(row: &SqliteRow) -> Result<Receipt> {
    let voided: Option<i64> = row.try_get("voided_at")?;
    let attempt: Option<String> = row.try_get("attempt_state")?;
    let attempt: Option<AttemptState> = attempt.map(from_column).transpose()?;
    let state = match attempt {
        _ if voided.is_some() => ReceiptState::Voided,
        Some(AttemptState::Refunded) => ReceiptState::Refunded,
        Some(AttemptState::RefundDue | AttemptState::RefundPending) => ReceiptState::Refunding,
        _ => ReceiptState::Valid,
    };
    Ok(Receipt {
        token: row.try_get("token")?,
        file_key: row.try_get("file_key")?,
        number: row.try_get("number")?,
        dossier: row.try_get("dossier")?,
        fee: row.try_get("fee")?,
        channel: row.try_get("channel")?,
        attempt: row.try_get("attempt")?,
        amount: Vnd(row.try_get::<i64, _>("amount")?.unsigned_abs()),
        paid_at: Moment(row.try_get("paid_at")?),
        state,
        reason: row.try_get("reason")?,
        fee_name: serde_json::from_str(row.try_get("fee_name")?)?,
        kind: from_column(row.try_get("kind")?)?,
        citation: serde_json::from_str(row.try_get("citation")?)?,
        gateway_reference: row.try_get("gateway_reference")?,
    })
}

/// A column by which a receipt is found.
#[derive(Debug, Clone, Copy)]
enum By {
    Token,
    FileKey,
}

async fn get(connection: &mut SqliteConnection, by: By, value: &str) -> Result<Receipt> {
    let column = match by {
        By::Token => "token",
        By::FileKey => "file_key",
    };
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT receipts.*, fees.name AS fee_name, fees.kind, fees.citation, \
         attempts.state AS attempt_state, attempts.gateway_reference \
         FROM receipts JOIN fees ON fees.dossier = receipts.dossier AND fees.id = receipts.fee \
         LEFT JOIN attempts ON attempts.token = receipts.attempt WHERE receipts.{column} = ?1"
    ));
    let row = sqlx::query(sql).bind(value).fetch_optional(connection).await?;
    read(&row.ok_or(ProblemType::NotFound)?)
}

/// The newest receipt of an attempt.
pub async fn find_of_attempt(
    connection: &mut SqliteConnection,
    attempt: &str,
) -> Result<Option<String>> {
    let row = sqlx::query("SELECT token FROM receipts WHERE attempt = ?1")
        .bind(attempt)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get("token")).transpose()?)
}

impl Receipt {
    fn view(&self, app: &App, dossier: &Dossier, whole: bool) -> ReceiptView {
        let file = || format!("{}/receipt-files/{}", app.config.api_base, self.file_key);
        let name = &dossier.submitter_name;
        ReceiptView {
            number: self.number.clone(),
            state: self.state,
            issuer: app.config.office_address.clone(),
            dossier: if whole { self.dossier.clone() } else { hint(&self.dossier) },
            payer: if whole { name.clone() } else { masked(name) },
            fee_name: self.fee_name.clone(),
            kind: self.kind,
            citation: self.citation.clone(),
            amount: self.amount,
            words: in_words(self.amount),
            channel: self.channel.clone(),
            gateway_reference: self.gateway_reference.clone().filter(|_| whole),
            paid_at: self.paid_at,
            file: whole.then(file),
            platform_file: (whole && self.channel == Driver::Platform.id())
                .then(|| format!("{}/platform", file())),
        }
    }

    /// The address in the code.
    fn address(&self, app: &App) -> String {
        format!("{}/bien-lai/{}", app.settings.origin, self.token)
    }
}

/// `Phạm Thị Thu Hương` as `Phạm T. T. H.`: who knows the person recognises the name, nobody else.
fn masked(name: &str) -> String {
    let mut words = name.split_whitespace();
    let family = words.next().unwrap_or_default().to_owned();
    let others = words.filter_map(|word| word.chars().next()).map(|letter| format!("{letter}."));
    std::iter::once(family).chain(others).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_masked_to_their_first_letters() {
        assert_eq!(masked("Phạm Thị Thu Hương"), "Phạm T. T. H.");
        assert_eq!(masked("Đỗ Ánh"), "Đỗ Á.");
        assert_eq!(masked(""), "");
    }
}
