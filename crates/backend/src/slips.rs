//! The slips that the office gives: forms 01 to 04 and the notice of stopping. Each has a number without
//! gaps and a code, given in the transaction of what it tells of. Knows no words of them.

use crate::app::App;
use crate::database::{Tx, from_column, to_column};
use crate::error::Result;
use crate::secrets;
use crate::serials;
use motcua_contract::turns::{SlipForm, SlipLink};
use motcua_domain::date::Moment;
use sqlx::{Row, SqliteConnection};

/// Gives a slip. `about` is the round of a supplement.
pub async fn issue(
    app: &App,
    tx: &mut Tx,
    form: SlipForm,
    dossier: &str,
    about: Option<u32>,
) -> Result<()> {
    let now = app.clock.now();
    let series = format!("P{}{:02}", form.number().unwrap_or("D"), now.date().year() % 100);
    let serial = serials::next(tx, &app.settings.agency, &series).await?;
    sqlx::query(
        "INSERT INTO slips (token, file_key, form, number, dossier, about, issued_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(secrets::token()?)
    .bind(secrets::token()?)
    .bind(to_column(&form)?)
    .bind(format!("{}-{series}-{serial:06}", app.settings.agency))
    .bind(dossier)
    .bind(about.map(i64::from))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The slips of a dossier, newest first.
pub async fn of_dossier(connection: &mut SqliteConnection, dossier: &str) -> Result<Vec<SlipLink>> {
    let rows = sqlx::query(
        "SELECT token, form, number, issued_at FROM slips WHERE dossier = ?1 \
         ORDER BY issued_at DESC, rowid DESC",
    )
    .bind(dossier)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SlipLink {
                token: row.try_get("token")?,
                form: from_column(row.try_get("form")?)?,
                number: row.try_get("number")?,
                at: Moment(row.try_get("issued_at")?),
            })
        })
        .collect()
}
