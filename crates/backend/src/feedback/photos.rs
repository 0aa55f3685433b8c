//! The photos of feedback: uploads that were inspected and drawn anew like all others, bound to it.

use crate::database::Tx;
use crate::error::{Result, problem};
use crate::uploads::binding::{claim, refused_component};
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{StaffFile, UploadReference};
use motcua_domain::date::Moment;
use motcua_domain::feedback::{FeedbackCode, MAX_PHOTOS};
use sqlx::{Row, SqliteConnection};

/// What stands for a component of photos that came with the feedback, and later.
const FIRST: &str = "photos";
const LATER: &str = "added";

/// Binds photos to feedback. `later` for those that came when more was asked for.
pub async fn bind(
    tx: &mut Tx,
    owner: &str,
    code: &FeedbackCode,
    photos: &[UploadReference],
    later: bool,
    now: Moment,
) -> Result<()> {
    if photos.len() > MAX_PHOTOS {
        return Err(problem(ProblemType::MalformedBody, format!("photos: at most {MAX_PHOTOS}")));
    }
    for (at, photo) in photos.iter().enumerate() {
        if !claim(tx, owner, code.as_str(), photo, now).await? {
            return Err(refused_component(FIRST, "unknown, not whole, or another file"));
        }
        let bound = sqlx::query(
            "INSERT INTO feedback_photos (feedback, position, later, upload, sha256) \
             SELECT ?1, ?2, ?3, id, ?5 FROM uploads WHERE id = ?4 AND kept_type LIKE 'image/%'",
        )
        .bind(code.as_str())
        .bind(i64::try_from(if later { MAX_PHOTOS + at } else { at }).unwrap_or(i64::MAX))
        .bind(later)
        .bind(&photo.id)
        .bind(&photo.sha256)
        .execute(&mut **tx)
        .await?;
        if bound.rows_affected() == 0 {
            return Err(refused_component(FIRST, "not a photo"));
        }
    }
    Ok(())
}

/// The photos of feedback, in order, for staff.
pub async fn of(connection: &mut SqliteConnection, code: &FeedbackCode) -> Result<Vec<StaffFile>> {
    let rows = sqlx::query(
        "SELECT p.upload, p.position, p.later, p.sha256 AS sent, u.kept_type, u.kept_length, \
         u.kept_sha256 FROM feedback_photos p JOIN uploads u ON u.id = p.upload \
         WHERE p.feedback = ?1 ORDER BY p.position",
    )
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let later: bool = row.try_get("later")?;
            Ok(StaffFile {
                id: row.try_get("upload")?,
                component: if later { LATER } else { FIRST }.to_owned(),
                position: u32::try_from(row.try_get::<i64, _>("position")?).unwrap_or(u32::MAX),
                sent_sha256: row.try_get("sent")?,
                media_type: row.try_get("kept_type")?,
                length: row.try_get::<i64, _>("kept_length")?.unsigned_abs(),
                sha256: row.try_get("kept_sha256")?,
            })
        })
        .collect()
}
