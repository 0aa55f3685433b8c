//! Messages to citizens: written in the transaction of what they tell of, sent later by an adapter, not at
//! night. Knows no turn of a dossier; the words are its caller's.

mod messenger;

pub use messenger::{Handed, Messenger};

use crate::app::App;
use crate::database::Tx;
use crate::dossiers::Dossier;
use crate::error::Result;
use crate::push;
use motcua_domain::date::Moment;
use motcua_domain::feedback::FeedbackCode;
use sqlx::Row;

/// From this minute of the day on nobody is woken (21:00) …
const QUIET_FROM: u16 = 21 * 60;
/// … until this one (7:00).
const QUIET_UNTIL: u16 = 7 * 60;
/// So often a message is tried.
const TRIES: i64 = 5;
/// Most messages that are sent at a look.
const AT_A_TIME: i64 = 50;

/// When a message may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At once: the citizen waits for it.
    Now,
    /// Not between 21:00 and 7:00 in Vietnam.
    ByDay,
}

/// The first moment at which a message may go out.
fn not_before(when: When, now: Moment) -> Moment {
    let minute = now.minute_of_day();
    match when {
        When::Now => now,
        When::ByDay if minute >= QUIET_FROM => Moment::at(now.date().plus_days(1), QUIET_UNTIL),
        When::ByDay if minute < QUIET_UNTIL => Moment::at(now.date(), QUIET_UNTIL),
        When::ByDay => now,
    }
}

/// Writes what there is to tell about a dossier, to be told by day: a notice for each device that wants
/// them, a message to the applicant's phone. A message ends with the dossier's address; a notice opens it.
pub async fn tell(
    app: &App,
    tx: &mut Tx,
    dossier: &Dossier,
    kind: &str,
    words: &str,
) -> Result<()> {
    let now = app.clock.now();
    let code = dossier.code.as_str();
    push::write(tx, code, words, now, not_before(When::ByDay, now)).await?;
    let text = format!("{words} Xem: {}/tra-cuu/{code}", app.settings.origin);
    write(app, tx, dossier, kind, &text, When::ByDay).await?;
    Ok(())
}

/// Whether messages about a dossier go out from here on. What waits for the morning goes no more either; a code
/// that was asked for comes in any case.
pub async fn choose(tx: &mut Tx, dossier: &str, wanted: bool) -> Result<()> {
    sqlx::query("UPDATE dossiers SET messages_off = ?1 WHERE code = ?2")
        .bind(!wanted)
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    if !wanted {
        sqlx::query(
            "UPDATE messages SET gave_up = 'not wanted' \
             WHERE dossier = ?1 AND sent_at IS NULL AND gave_up IS NULL AND kind <> 'pass'",
        )
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Writes a message to the applicant's phone, and to nobody who follows the dossier beside. Gives whether one
/// will go.
pub async fn write(
    app: &App,
    tx: &mut Tx,
    dossier: &Dossier,
    kind: &str,
    words: &str,
    when: When,
) -> Result<bool> {
    let now = app.clock.now();
    // Who wants none gets none, but for what was asked for just now.
    let unwanted = dossier.messages_off && when == When::ByDay;
    if dossier.applicant_phone.is_empty() || unwanted {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO messages (dossier, kind, phone, words, written_at, not_before) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(dossier.code.as_str())
    .bind(kind)
    .bind(&dossier.applicant_phone)
    .bind(words)
    .bind(now.0)
    .bind(not_before(when, now).0)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Writes a message to the phone that a sender of feedback left.
pub async fn write_of_feedback(
    tx: &mut Tx,
    code: &FeedbackCode,
    phone: &str,
    kind: &str,
    words: &str,
    now: Moment,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO feedback_messages (feedback, kind, phone, words, written_at, not_before) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(code.as_str())
    .bind(kind)
    .bind(phone)
    .bind(words)
    .bind(now.0)
    .bind(not_before(When::ByDay, now).0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How long after a try that failed the next one comes, in seconds: one minute, two, four, …
fn pause(tries: i64) -> i64 {
    60 << tries.clamp(0, 10)
}

/// Where what is to be sent stands; all tables have the columns of a try.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Table {
    Messages,
    OfFeedback,
    Pushes,
}

/// Notes what came of a try, after so many before it. Gives whether it was taken. What was not is tried again
/// later, or given up.
pub(crate) async fn note_try(
    app: &App,
    table: Table,
    id: i64,
    tries: i64,
    handed: &Handed,
) -> Result<bool> {
    let now = app.clock.now();
    let last = tries + 1 >= TRIES;
    let (sent_at, gave_up) = match handed {
        Handed::Taken => (Some(now.0), None),
        Handed::Later(_) if !last => (None, None),
        Handed::Later(why) | Handed::Never(why) => (None, Some(why)),
    };
    if let Some(why) = gave_up {
        tracing::error!(?table, id, "not sent: {why}");
    }
    let sql = match table {
        Table::Messages => {
            "UPDATE messages SET sent_at = ?1, gave_up = ?2, tries = tries + 1, not_before = ?3 \
             WHERE id = ?4"
        }
        Table::OfFeedback => {
            "UPDATE feedback_messages SET sent_at = ?1, gave_up = ?2, tries = tries + 1, \
             not_before = ?3 WHERE id = ?4"
        }
        Table::Pushes => {
            "UPDATE pushes SET sent_at = ?1, gave_up = ?2, tries = tries + 1, not_before = ?3 \
             WHERE id = ?4"
        }
    };
    sqlx::query(sql)
        .bind(sent_at)
        .bind(gave_up)
        .bind(now.0 + pause(tries))
        .bind(id)
        .execute(&app.db)
        .await?;
    Ok(sent_at.is_some())
}

/// Sends what may go out now. Gives how many went.
pub async fn send_due(app: &App) -> Result<usize> {
    let messages = "SELECT id, phone, words, tries FROM messages \
                    WHERE sent_at IS NULL AND gave_up IS NULL AND not_before <= ?1 \
                    ORDER BY id LIMIT ?2";
    let of_feedback = "SELECT id, phone, words, tries FROM feedback_messages \
                       WHERE sent_at IS NULL AND gave_up IS NULL AND not_before <= ?1 \
                       ORDER BY id LIMIT ?2";
    let sent = send_from(app, Table::Messages, messages).await?;
    Ok(sent + send_from(app, Table::OfFeedback, of_feedback).await?)
}

/// Sends what waits in a table.
async fn send_from(app: &App, table: Table, waiting: &'static str) -> Result<usize> {
    let now = app.clock.now();
    let rows = sqlx::query(waiting).bind(now.0).bind(AT_A_TIME).fetch_all(&app.db).await?;
    let mut sent = 0;
    for row in &rows {
        let (id, tries): (i64, i64) = (row.try_get("id")?, row.try_get("tries")?);
        let (phone, words): (String, String) = (row.try_get("phone")?, row.try_get("words")?);
        let handed = app.messenger.send(&app.http, id, &phone, &words).await;
        sent += usize::from(note_try(app, table, id, tries, &handed).await?);
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_woken_at_night() {
        let day = |text: &str| text.parse().unwrap();
        let at = |date: &str, hour: u16| Moment::at(day(date), hour * 60);
        let by_day = |moment| not_before(When::ByDay, moment);
        assert_eq!(by_day(at("2026-12-31", 9)), at("2026-12-31", 9));
        assert_eq!(by_day(at("2026-12-31", 21)), at("2027-01-01", 7));
        assert_eq!(by_day(at("2027-01-01", 3)), at("2027-01-01", 7));
        assert_eq!(not_before(When::Now, at("2027-01-01", 3)), at("2027-01-01", 3));
    }
}
