//! A PDF: its envelope, then everything that is in it. It is kept as it was sent, so what does more than
//! show pages is refused.

mod contents;
mod envelope;

use super::{MAX_PAGES, Refusal};
use lopdf::{Document, Error, LoadOptions};

/// Most bytes that one compressed stream of objects may become.
const MAX_STREAM: usize = 8 * 1024 * 1024;

/// Checks a whole PDF.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    envelope::check(bytes)?;
    // As its tables say, and as a reader finds it that mends a broken file: what one does not see,
    // another might run.
    let pages = check_read(bytes, false)?;
    check_read(bytes, true)?;
    match pages {
        0 => Err(Refusal::Damaged),
        1..=MAX_PAGES => Ok(()),
        _ => Err(Refusal::PdfTooLong),
    }
}

/// Reads it one way; gives how many pages it shows, counting no further than one too many.
fn check_read(bytes: &[u8], force_reconstruct: bool) -> Result<usize, Refusal> {
    let options = LoadOptions {
        force_reconstruct,
        max_decompressed_size: Some(MAX_STREAM),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::InvalidPassword | Error::Decryption(_) | Error::AlreadyEncrypted => {
                Refusal::PdfLocked
            }
            _ => Refusal::Damaged,
        })?;
    // Without a password to type it is decrypted while it is read.
    if document.encryption_state.is_some() || document.trailer.has(b"Encrypt") {
        return Err(Refusal::PdfLocked);
    }
    contents::check(&document)?;
    Ok(document.page_iter().take(MAX_PAGES + 1).count())
}
