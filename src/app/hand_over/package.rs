//! A draft and the bytes of its papers as one file, and back. The draft's text comes first, its
//! length before it; then the papers in the order of the list.

use crate::app::{Failure, vault, wire};
use crate::browser::image::{self, Blob};
use crate::browser::storage::Shelf;
use crate::browser::tasks;
use motcua_journeys::draft::Draft;
use motcua_journeys::upload::Phase;

/// Bytes before the draft's text: its length.
const HEAD: u64 = 8;

/// Packs a draft. Nothing of this device's goes with it: no upload's address, no submission.
pub async fn pack(draft: &Draft) -> Result<Blob, Failure> {
    let mut travelling = draft.clone().without_sheets();
    travelling.submission = None;
    travelling.queued = false;
    travelling.slip = None;
    for paper in travelling.papers.values_mut().flatten() {
        paper.upload = Phase::Waiting;
    }
    let text = serde_json::to_string(&travelling).map_err(|_| Failure::Strange)?;
    let length = (text.len() as u64).to_be_bytes();
    let blob = |bytes: &[u8]| image::blob_of(bytes, "").map_err(|_| Failure::NotKept);
    let mut pieces = vec![blob(&length)?, blob(text.as_bytes())?];
    for paper in travelling.papers.values().flatten() {
        let bytes = vault::find_blob(Shelf::Papers, &paper.id).await.ok().flatten();
        pieces.push(bytes.ok_or(Failure::NotKept)?);
    }
    image::join(&pieces).map_err(|_| Failure::NotKept)
}

/// Unpacks a draft and keeps its papers on this device; the draft itself is not kept yet.
pub async fn unpack(package: &Blob) -> Result<Draft, Failure> {
    let read = async |from: u64, to: u64| {
        image::bytes(package, from, to).await.map_err(|_| Failure::Strange)
    };
    let head: [u8; 8] = read(0, HEAD).await?.try_into().map_err(|_| Failure::Strange)?;
    let mut at = HEAD.saturating_add(u64::from_be_bytes(head));
    let text = String::from_utf8(read(HEAD, at).await?).map_err(|_| Failure::Strange)?;
    let draft: Draft = wire::read(&text).map_err(|_| Failure::Strange)?;
    if !draft.is_readable() {
        return Err(Failure::Strange);
    }
    for paper in draft.papers.values().flatten() {
        let bytes = read(at, at + paper.size).await?;
        at += paper.size;
        let blob = image::blob_of(&bytes, &paper.media_type).map_err(|_| Failure::Strange)?;
        vault::put_blob(Shelf::Papers, &paper.id, &blob).await.map_err(|why| {
            tasks::log_failure("keep paper", &why);
            Failure::NotKept
        })?;
    }
    Ok(draft)
}
