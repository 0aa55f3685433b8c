//! Notices on devices (Web Push, RFC 8030), beside the messages to phones: written in the transaction of what
//! they tell of, sent later to the device's push service, not at night. Sealed for the device (RFC 8291), so
//! that the service in between learns nothing but that there is one. Knows no turn of a dossier.

pub mod devices;
pub mod key;
mod sealed;
mod services;

use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use crate::outbox::{Table, note_try};
use motcua_contract::push::{PushDevice, PushDeviceKeys};
use motcua_domain::date::Moment;
use sqlx::Row;

/// Most notices that are sent at a look.
const AT_A_TIME: i64 = 50;

/// Writes a notice for every device that wants those of a dossier.
pub async fn write(
    tx: &mut Tx,
    dossier: &str,
    words: &str,
    now: Moment,
    not_before: Moment,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO pushes (device, words, written_at, not_before) \
         SELECT id, ?1, ?2, ?3 FROM push_devices WHERE dossier = ?4",
    )
    .bind(words)
    .bind(now.0)
    .bind(not_before.0)
    .bind(dossier)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sends what may go out now. Gives how many went.
pub async fn send_due(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let rows = sqlx::query(
        "SELECT pushes.id, device, words, tries, dossier, endpoint, p256dh, auth \
         FROM pushes JOIN push_devices ON push_devices.id = device \
         WHERE sent_at IS NULL AND gave_up IS NULL AND not_before <= ?1 \
         ORDER BY pushes.id LIMIT ?2",
    )
    .bind(now.0)
    .bind(AT_A_TIME)
    .fetch_all(&app.db)
    .await?;
    let mut sent = 0;
    for row in &rows {
        let (id, tries): (i64, i64) = (row.try_get("id")?, row.try_get("tries")?);
        let (dossier, words): (String, String) = (row.try_get("dossier")?, row.try_get("words")?);
        let device = PushDevice {
            endpoint: row.try_get("endpoint")?,
            keys: PushDeviceKeys { p256dh: row.try_get("p256dh")?, auth: row.try_get("auth")? },
        };
        let Some(handed) = services::hand(app, &device, &dossier, &words).await else {
            devices::forget(app, row.try_get("device")?).await?;
            continue;
        };
        sent += usize::from(note_try(app, Table::Pushes, id, tries, &handed).await?);
    }
    Ok(sent)
}
