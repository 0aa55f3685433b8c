//! What happens to an upload whose last byte arrived: joined, compared with the hash that was told,
//! scanned, inspected, kept. Knows no HTTP.

use super::scanner::Finding;
use super::store::{self, Kept, Upload};
use super::{protocol, store::file_path};
use crate::app::App;
use crate::error::{Error, Result};
use bytes::Bytes;
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::UploadFault;
use motcua_inspect::{Accepted, Refusal, inspect};
use object_store::{ObjectStore, PutPayload};
use sha2::{Digest, Sha256};

/// Finishes a whole upload. Fails with the fault when it is no file that an office reads; that is
/// remembered, and its bytes are removed. Where the scanner does not answer nothing changes, so that the
/// next request tries again.
pub async fn finish(app: &App, upload: &Upload) -> Result<()> {
    let whole = store::join(app, upload).await?;
    let sha256 = hex::encode(Sha256::digest(&whole));
    if protocol::told_sha256(&upload.metadata).is_some_and(|told| told != sha256) {
        // Something between phone and office changed it: it must be sent again, as a new upload.
        store::remove(app, &upload.id).await?;
        return Err(ProblemType::UploadChecksumMismatch.into());
    }
    let looked = match look(app, whole).await {
        Err(Error::Fault(fault)) => {
            store::refuse(app, &upload.id, fault).await?;
            return Err(Error::Fault(fault));
        }
        looked => looked?,
    };
    let Looked { sent_type, media_type, bytes } = looked;
    let (length, kept_sha256) = (bytes.len() as u64, hex::encode(Sha256::digest(&bytes)));
    app.files.put(&file_path(&upload.id), PutPayload::from_bytes(bytes)).await?;
    let kept = Kept { media_type, length, sha256: kept_sha256 };
    store::keep(app, &upload.id, sent_type, &sha256, &kept).await
}

/// A file that was looked at and is taken.
#[derive(Debug)]
pub struct Looked {
    /// Media type of what was sent.
    pub sent_type: &'static str,
    /// Media type of what is to be kept.
    pub media_type: &'static str,
    /// What is to be kept: a photo drawn anew, a PDF as it was sent.
    pub bytes: Bytes,
}

/// Scans and inspects a whole file, whoever sent it. Fails with the fault of a file that is not taken.
pub async fn look(app: &App, whole: Bytes) -> Result<Looked> {
    if scan(app, &whole).await? == Finding::Infected {
        return Err(Error::Fault(UploadFault::Infected));
    }
    let accepted = judge(app, whole.clone()).await?.map_err(Error::Fault)?;
    Ok(Looked {
        sent_type: accepted.sent.media_type(),
        media_type: accepted.kept.media_type(),
        bytes: accepted.redrawn.map_or(whole, Bytes::from),
    })
}

async fn scan(app: &App, whole: &Bytes) -> Result<Finding> {
    let Some(scanner) = &app.scanner else { return Ok(Finding::Clean) };
    scanner.scan(whole.clone()).await.map_err(|why| {
        tracing::error!("virus scanner: {why}");
        ProblemType::UploadScannerUnavailable.into()
    })
}

/// Inspects on a thread of its own; a few at a time, since a photo takes up to 400 MB while it is drawn.
async fn judge(app: &App, whole: Bytes) -> Result<std::result::Result<Accepted, UploadFault>> {
    let fault = |error: &dyn std::fmt::Display| Error::Internal(format!("inspection: {error}"));
    let permit = app.inspections.acquire().await.map_err(|error| fault(&error))?;
    let judged = tokio::task::spawn_blocking(move || inspect(&whole)).await;
    drop(permit);
    Ok(judged.map_err(|error| fault(&error))?.map_err(fault_of))
}

fn fault_of(refusal: Refusal) -> UploadFault {
    match refusal {
        Refusal::WrongKind => UploadFault::WrongKind,
        Refusal::Heic => UploadFault::Heic,
        Refusal::Damaged => UploadFault::Damaged,
        Refusal::TooManyPixels => UploadFault::TooManyPixels,
        Refusal::TooSmall => UploadFault::TooSmall,
        Refusal::Animated => UploadFault::Animated,
        Refusal::Mixed => UploadFault::Mixed,
        Refusal::PdfLocked => UploadFault::PdfLocked,
        Refusal::PdfActive => UploadFault::PdfActive,
        Refusal::PdfAttachment => UploadFault::PdfAttachment,
        Refusal::PdfTooLong => UploadFault::PdfTooLong,
    }
}
