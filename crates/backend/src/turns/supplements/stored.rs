//! Supplement requests as they stand in the table, and as the holder sees them. Decides nothing.

use crate::app::App;
use crate::database::Tx;
use crate::dossiers::Dossier;
use crate::error::{Error, Result};
use crate::fees;
use motcua_contract::turns::{SupplementState, SupplementView};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::dossier::DossierStatus;
use motcua_domain::turns::supplement::{Ask, Item, days_left};
use sqlx::{Row, SqliteConnection};

/// A request as stored.
pub(super) struct Request {
    pub(super) round: u32,
    pub(super) items: Vec<Item>,
    pub(super) asked_at: Moment,
    pub(super) last_day: CivilDate,
    pub(super) back_to: DossierStatus,
    pub(super) answered_at: Option<Moment>,
    pub(super) lapsed: bool,
}

impl Request {
    pub(super) fn is_open(&self) -> bool {
        self.answered_at.is_none() && !self.lapsed
    }
}

/// The newest request of a dossier.
pub(super) async fn newest(
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<Request>> {
    let row = sqlx::query(
        "SELECT round, items, asked_at, last_day, back_to, answered_at, \
         lapsed_at IS NOT NULL AS lapsed FROM supplements \
         WHERE dossier = ?1 ORDER BY round DESC LIMIT 1",
    )
    .bind(dossier)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let last_day: String = row.try_get("last_day")?;
    let back_to: i64 = row.try_get("back_to")?;
    Ok(Some(Request {
        round: u32::try_from(row.try_get::<i64, _>("round")?).unwrap_or(u32::MAX),
        items: serde_json::from_str(row.try_get("items")?)?,
        asked_at: Moment(row.try_get("asked_at")?),
        last_day: last_day.parse().map_err(|_| Error::Internal(format!("day {last_day}")))?,
        back_to: DossierStatus::from_code(u16::try_from(back_to).unwrap_or(u16::MAX)),
        answered_at: row.try_get::<Option<i64>, _>("answered_at")?.map(Moment),
        lapsed: row.try_get("lapsed")?,
    }))
}

/// The fee lines of a request that need no money any more.
pub(super) async fn settled_fees(
    connection: &mut SqliteConnection,
    dossier: &Dossier,
    items: &[Item],
) -> Result<Vec<String>> {
    let lines = fees::of_dossier(connection, dossier.code.as_str(), dossier.status).await?;
    let asked = items.iter().filter_map(|item| match &item.ask {
        Ask::Fee { fee } => Some(fee),
        _ => None,
    });
    let settled = |fee: &&String| {
        lines.iter().any(|line| line.view.id == **fee && !line.view.state.is_open())
    };
    Ok(asked.filter(settled).cloned().collect())
}

/// The newest request, as the holder sees it.
pub async fn find(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &Dossier,
) -> Result<Option<SupplementView>> {
    let Some(request) = newest(connection, dossier.code.as_str()).await? else { return Ok(None) };
    let settled_fees = settled_fees(connection, dossier, &request.items).await?;
    let left = days_left(app.clock.now().date(), request.last_day, &app.catalogue.holidays);
    let state = match request.answered_at {
        Some(_) => SupplementState::Answered,
        None if request.lapsed || left.is_none() => SupplementState::Lapsed,
        None => SupplementState::Open,
    };
    Ok(Some(SupplementView {
        round: request.round,
        state,
        asked_at: request.asked_at,
        last_day: request.last_day,
        days_left: left,
        items: request.items,
        settled_fees,
        answered_at: request.answered_at,
    }))
}

/// Ends an open request without an answer: the dossier itself ended.
pub async fn lapse(tx: &mut Tx, dossier: &str, now: Moment) -> Result<()> {
    sqlx::query(
        "UPDATE supplements SET lapsed_at = ?1 \
         WHERE dossier = ?2 AND answered_at IS NULL AND lapsed_at IS NULL",
    )
    .bind(now.0)
    .bind(dossier)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
