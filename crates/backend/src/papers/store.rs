//! Kept papers in the database. Decides nothing.

use crate::app::App;
use crate::consents::{self, Said};
use crate::database::{Tx, from_column, to_column};
use crate::error::Result;
use motcua_contract::papers::{KeptPaper, ReusedPaper};
use motcua_contract::problem::ProblemType;
use motcua_domain::consent::Purpose;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::dossier::DossierCode;
use motcua_domain::reuse::PaperOrigin;
use motcua_domain::text::Text;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// A paper as stored.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id, random.
    pub id: String,
    /// Whose list it is in: who filed the dossier that it came with.
    pub subject: String,
    /// Its kind.
    pub kind: String,
    /// What it is called.
    pub name: Text,
    /// Whether it was handed in or is a result.
    pub origin: PaperOrigin,
    /// Citizen number of the person it is about.
    pub owner: String,
    /// That person's name.
    pub owner_name: String,
    /// The dossier that it came with or from.
    pub dossier: DossierCode,
    /// The number of the result.
    pub number: Option<String>,
    /// Where its bytes are in the object store.
    pub object: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// When it came.
    pub added_at: Moment,
    /// The last day on which it serves.
    pub good_until: Option<CivilDate>,
}

impl Kept {
    /// As its citizen sees it.
    pub fn view(self) -> KeptPaper {
        KeptPaper {
            id: self.id,
            kind: self.kind,
            name: self.name,
            origin: self.origin,
            owner: self.owner,
            owner_name: self.owner_name,
            dossier: self.dossier,
            number: self.number,
            added_at: self.added_at,
            good_until: self.good_until,
            media_type: self.media_type,
            size: self.size,
        }
    }
}

fn read(row: &SqliteRow) -> Result<Kept> {
    let until: Option<String> = row.try_get("good_until")?;
    Ok(Kept {
        id: row.try_get("id")?,
        subject: row.try_get("subject")?,
        kind: row.try_get("kind")?,
        name: serde_json::from_str(row.try_get("name")?)?,
        origin: from_column(row.try_get("origin")?)?,
        owner: row.try_get("owner")?,
        owner_name: row.try_get("owner_name")?,
        dossier: from_column(row.try_get("dossier")?)?,
        number: row.try_get("number")?,
        object: row.try_get("object")?,
        media_type: row.try_get("media_type")?,
        size: u64::try_from(row.try_get::<i64, _>("size")?).unwrap_or(0),
        sha256: row.try_get("sha256")?,
        added_at: Moment(row.try_get("added_at")?),
        good_until: until.map(from_column).transpose()?,
    })
}

/// Keeps a paper.
pub async fn insert(tx: &mut Tx, kept: &Kept) -> Result<()> {
    sqlx::query(
        "INSERT INTO kept_papers (id, subject, kind, name, origin, owner, owner_name, dossier, \
         number, object, media_type, size, sha256, added_at, good_until) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )
    .bind(&kept.id)
    .bind(&kept.subject)
    .bind(&kept.kind)
    .bind(serde_json::to_string(&kept.name)?)
    .bind(to_column(&kept.origin)?)
    .bind(&kept.owner)
    .bind(&kept.owner_name)
    .bind(kept.dossier.as_str())
    .bind(&kept.number)
    .bind(&kept.object)
    .bind(&kept.media_type)
    .bind(i64::try_from(kept.size).unwrap_or(i64::MAX))
    .bind(&kept.sha256)
    .bind(kept.added_at.0)
    .bind(kept.good_until.as_ref().map(to_column).transpose()?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The papers of a citizen, newest first.
pub async fn of_subject(app: &App, subject: &str) -> Result<Vec<Kept>> {
    let rows =
        sqlx::query("SELECT * FROM kept_papers WHERE subject = ?1 AND removed_at IS NULL ORDER BY added_at DESC, id")
            .bind(subject)
            .fetch_all(&app.db)
            .await?;
    rows.iter().map(read).collect()
}

/// A paper of this citizen. Another's is as good as not there.
pub async fn get_own(connection: &mut SqliteConnection, subject: &str, id: &str) -> Result<Kept> {
    let row = sqlx::query(
        "SELECT * FROM kept_papers WHERE id = ?1 AND subject = ?2 AND removed_at IS NULL",
    )
    .bind(id)
    .bind(subject)
    .fetch_optional(connection)
    .await?;
    read(&row.ok_or(ProblemType::NotFound)?)
}

/// Notes that a dossier uses a paper, and that the citizen agreed to it.
pub async fn note_use(
    tx: &mut Tx,
    dossier: &str,
    component: &str,
    paper: &Kept,
    agreed: &ReusedPaper,
    now: Moment,
) -> Result<()> {
    sqlx::query("INSERT INTO dossier_reuses (dossier, component, paper) VALUES (?1, ?2, ?3)")
        .bind(dossier)
        .bind(component)
        .bind(&paper.id)
        .execute(&mut **tx)
        .await?;
    let said = Said {
        subject: &paper.subject,
        purpose: Purpose::Reuse,
        given: true,
        dossier: Some(dossier),
        about: &paper.id,
        shown: agreed.shown,
        said_at: agreed.consented_at,
    };
    consents::note(tx, &said, now).await
}

/// Takes a paper out of a citizen's list: it is offered no more. The dossiers that it came with and that
/// used it keep what they have.
pub async fn remove(tx: &mut Tx, subject: &str, id: &str, now: Moment) -> Result<()> {
    get_own(tx, subject, id).await?;
    sqlx::query("UPDATE kept_papers SET removed_at = ?1 WHERE id = ?2")
        .bind(now.0)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The same for all papers of a dossier.
pub async fn remove_of_dossier(tx: &mut Tx, dossier: &str, now: Moment) -> Result<()> {
    sqlx::query("UPDATE kept_papers SET removed_at = ?1 WHERE dossier = ?2 AND removed_at IS NULL")
        .bind(now.0)
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
