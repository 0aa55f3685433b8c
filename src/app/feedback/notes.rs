//! Notes of feedback on this device, sealed like drafts: each is on the disk before anything of it is sent,
//! and leaves only when the office has it or the citizen throws it away.

use crate::app::papers::kept_paper;
use crate::app::{Failure, vault, wire};
use crate::browser::image::{self, Picked};
use crate::browser::locks::{self, Lock};
use crate::browser::storage::Shelf;
use crate::browser::{crypto, tasks};
use motcua_domain::feedback::FeedbackCode;
use motcua_journeys::draft::Paper;
use motcua_journeys::feedback::{Note, Opened};

/// What a photo is called at the office.
const PHOTO: &str = "anh.jpg";

fn key_of(note: &Note) -> String {
    format!("note-{}", note.id)
}

/// Every note of this device. One that cannot be read is left alone.
pub async fn all() -> Vec<Note> {
    let texts = vault::texts(Shelf::Feedback).await.unwrap_or_default();
    texts.iter().filter_map(|text| wire::read(text).ok()).collect()
}

/// The notes that wait to be sent.
pub async fn waiting() -> Vec<Note> {
    let mut notes = all().await;
    notes.retain(|note| note.queued);
    notes
}

/// A note of this name.
pub async fn find(id: &str) -> Option<Note> {
    all().await.into_iter().find(|note| note.id == id)
}

/// The note to write on: one that was begun and that no other window writes on, or a new one. With the lock
/// that keeps other windows from it.
pub async fn open(to: Option<Opened>) -> Result<(Note, Option<Lock>), Failure> {
    let code_of = |to: &Option<Opened>| to.as_ref().map(|to| to.code.clone());
    for note in all().await {
        if note.queued || code_of(&note.to) != code_of(&to) {
            continue;
        }
        if let Some(lock) = lock(&note).await {
            return Ok((note, Some(lock)));
        }
    }
    let note = Note::new(crypto::random_key().map_err(|_| Failure::NotKept)?, to);
    let lock = lock(&note).await;
    Ok((note, lock))
}

async fn lock(note: &Note) -> Option<Lock> {
    locks::take(&key_of(note), false, || {}).await
}

/// Keeps a note as it is now; returns when it is on the disk.
pub async fn keep(note: &Note) -> Result<(), Failure> {
    let text = serde_json::to_string(note).map_err(|_| Failure::Strange)?;
    vault::put_text(Shelf::Feedback, &key_of(note), &text).await.map_err(|why| {
        tasks::log_failure("keep note", &why);
        Failure::NotKept
    })
}

/// Removes a note with its photos.
pub async fn remove(note: &Note) {
    for photo in &note.photos {
        forget_photo(&photo.id).await;
    }
    if let Err(why) = vault::remove(Shelf::Feedback, &key_of(note)).await {
        tasks::log_failure("remove note", &why);
    }
}

/// Keeps a picked photo, made smaller and without what a camera adds; none where it cannot be opened.
pub async fn keep_photo(picked: &Picked) -> Result<Option<Paper>, Failure> {
    let Ok(small) = image::shrink(picked.blob()).await else { return Ok(None) };
    let kept = kept_paper(PHOTO.to_owned(), "image/jpeg", &small, vec![]).await;
    kept.map(Some).map_err(|_| Failure::NotKept)
}

/// Removes a photo's bytes.
pub async fn forget_photo(id: &str) {
    if let Err(why) = vault::remove_blob(Shelf::Papers, id).await {
        tasks::log_failure("remove photo", &why);
    }
}

/// Removes what was begun about feedback that takes no more.
pub async fn remove_additions(code: &FeedbackCode) {
    for note in all().await {
        if !note.queued && note.to.as_ref().is_some_and(|to| to.code == *code) {
            remove(&note).await;
        }
    }
}
