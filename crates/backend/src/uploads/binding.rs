//! Binding an upload to a dossier's component, or to feedback: it is this person's, whole, in no other dossier, and has
//! the hash that the phone computed. Knows neither procedures nor what a component is for.

use crate::database::Tx;
use crate::error::{Error, Result};
use motcua_contract::problem::{Problem, ProblemType};
use motcua_contract::uploads::UploadReference;
use motcua_domain::date::Moment;

/// A component whose files will not do.
pub fn refused_component(component: &str, detail: &str) -> Error {
    Problem {
        components: vec![component.to_owned()],
        ..Problem::new(ProblemType::UploadInvalid).with_detail(detail)
    }
    .into()
}

/// Where files go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The component's id.
    pub component: String,
    /// The place of the first one among the component's files.
    pub first: i64,
}

/// Takes an upload for the dossier or the feedback with this code. Gives whether it was there to be taken.
pub async fn claim(
    tx: &mut Tx,
    owner: &str,
    code: &str,
    upload: &UploadReference,
    now: Moment,
) -> Result<bool> {
    let taken = sqlx::query(
        "UPDATE uploads SET dossier = ?1 WHERE id = ?2 AND owner = ?3 AND sha256 = ?4 \
         AND received = length AND dossier IS NULL AND expires_at > ?5",
    )
    .bind(code)
    .bind(&upload.id)
    .bind(owner)
    .bind(&upload.sha256)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Binds the file that is so many pages behind the first.
pub async fn bind(
    tx: &mut Tx,
    owner: &str,
    dossier: &str,
    place: &Place,
    page: usize,
    upload: &UploadReference,
    now: Moment,
) -> Result<()> {
    if !claim(tx, owner, dossier, upload, now).await? {
        let detail = "unknown, not whole, or another file";
        return Err(refused_component(&place.component, detail));
    }
    sqlx::query(
        "INSERT INTO dossier_files (dossier, component, position, upload, sha256) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(dossier)
    .bind(&place.component)
    .bind(place.first + i64::try_from(page).unwrap_or(i64::MAX / 2))
    .bind(&upload.id)
    .bind(&upload.sha256)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
