//! Ends what is past its time, by the table of what is kept (`catalogue/retention.json`): rows go, fields
//! are emptied. Uploads, hand-overs, codes and the like have sweeps of their own, which the table names.
//! Serves the table to the app. Decides no period.

use crate::app::App;
use crate::error::{Error, Result};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use motcua_contract::my_data::{DataTable, KeptGroup};
use motcua_domain::procedure::Proof;
use motcua_domain::retention::{Kind, Place, RetentionTable, Run};
use sqlx::{Row, SqlitePool};

/// What must hold besides the time, so that nothing under way loses what it needs.
fn guard(table: &str) -> &'static str {
    match table {
        // A message that still waits needs its phone.
        "messages" | "pushes" | "feedback_messages" => {
            " AND (sent_at IS NOT NULL OR gave_up IS NOT NULL)"
        }
        // The gateway is told the address again while an attempt is open.
        "attempts" => " AND live = 0",
        // Who filed must not answer for the applicant.
        "dossiers" => " AND consent <> 'waiting'",
        _ => "",
    }
}

/// What empties a field: nothing, where the column may hold nothing.
async fn emptied(db: &SqlitePool, run: &Run<'_>) -> Result<String> {
    let sql = "SELECT name, \"notnull\" AS must FROM pragma_table_info(?1)";
    let rows = sqlx::query(sql).bind(run.table).fetch_all(db).await?;
    let mut sets = vec![];
    for row in rows {
        let (name, must): (String, bool) = (row.try_get("name")?, row.try_get("must")?);
        if run.fields.contains(&name.as_str()) {
            sets.push(format!("{name} = {}", if must { "''" } else { "NULL" }));
        }
    }
    if sets.len() != run.fields.len() {
        return Err(Error::Internal(format!("retention: {} has no such fields", run.table)));
    }
    Ok(sets.join(", "))
}

/// Does one run. Gives how many rows it touched.
async fn carry_out(app: &App, run: &Run<'_>) -> Result<u64> {
    let (table, after, guard) = (run.table, run.after, guard(run.table));
    let sql = if run.fields.is_empty() {
        format!("DELETE FROM {table} WHERE {after} <= ?1{guard}")
    } else {
        let full = run.fields.iter().map(|field| format!("{field} <> ''")).collect::<Vec<_>>();
        let (sets, full) = (emptied(&app.db, run).await?, full.join(" OR "));
        format!("UPDATE {table} SET {sets} WHERE {after} <= ?1 AND ({full}){guard}")
    };
    // Names only: the table was checked to hold nothing else when it was read.
    let sql = sqlx::AssertSqlSafe(sql);
    let done = sqlx::query(sql).bind(app.clock.now().0 - run.seconds).execute(&app.db).await?;
    Ok(done.rows_affected())
}

/// Ends everything that is past its time. Gives how many rows were touched.
pub async fn sweep(app: &App) -> Result<u64> {
    let mut touched = 0;
    for run in app.catalogue.retention.runs() {
        touched += carry_out(app, &run).await?;
    }
    Ok(touched)
}

/// The table as a person is told of it.
fn view(table: &RetentionTable) -> DataTable {
    let stores = |place| match place {
        Place::Office => &table.tables,
        Place::Phone => &table.phone,
    };
    let groups = table.groups.iter().filter_map(|group| {
        let (ground, period) =
            (table.grounds.get(&group.ground)?, table.periods.get(&group.keep.period)?);
        let mut fields = stores(group.place)
            .values()
            .filter(|store| store.group == group.id)
            .flat_map(|store| store.fields.values());
        Some(KeptGroup {
            id: group.id.clone(),
            place: group.place,
            name: group.name.clone(),
            purpose: group.purpose.clone(),
            ground: ground.name.clone(),
            unverified: ground.proof == Proof::Unverified,
            period: period.name.clone(),
            end: group.keep.end,
            sensitive: fields.any(|field| field.kind == Kind::Sensitive),
        })
    });
    DataTable {
        notice: table.notice.clone(),
        rights: table.rights.clone(),
        groups: groups.collect(),
    }
}

/// `GET /data-table`.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    app.data_table.answer(&view(&app.catalogue.retention), &headers).map_err(Error::Internal)
}
