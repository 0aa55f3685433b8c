//! Opening the database: SQLite in WAL mode, brought to the newest schema; and names of the wire as
//! they stand in columns. Knows no table.

use crate::error::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::time::Duration;

/// A transaction that may write.
pub type Tx = Transaction<'static, Sqlite>;

/// Opens (or makes) the database in a folder.
pub async fn open(folder: &Path) -> std::result::Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("motcua.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A dossier or a payment that was acknowledged must survive a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
    sqlx::migrate!().run(&pool).await.map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    Ok(pool)
}

/// Begins a transaction that takes the write lock at once, so that what it reads still holds when
/// it writes.
pub async fn begin(pool: &SqlitePool) -> std::result::Result<Tx, sqlx::Error> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

/// A name of the wire (such as `awaiting_amount`) as it stands in a column.
pub fn to_column(value: &impl Serialize) -> Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(name) => Ok(name),
        other => Err(Error::Internal(format!("not a name: {other}"))),
    }
}

/// A value from the name in a column.
pub fn from_column<T: DeserializeOwned>(name: String) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(name))?)
}
