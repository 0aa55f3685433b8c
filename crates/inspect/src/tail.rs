//! What stands behind a file's end, and files that hide in another. Knows the marks by which other
//! programs find them, not what they hold.

use super::Refusal;
use memchr::memmem;

/// How far from its end a ZIP archive may say so: its record and the longest comment (APPNOTE 4.3.16).
const ZIP_END_REACH: usize = 22 + 65_535;

/// Marks of files that another program would find in this one.
const FOREIGN: [&[u8]; 6] =
    [b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MZ", b"\x7fELF"];

/// Marks of pages and scripts, in lower case.
const MARKUP: [&[u8]; 7] =
    [b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"<iframe", b"<body"];

/// Whether a ZIP archive ends where these bytes end: then they are an archive too. Its list of files must
/// be there as well; without it, one in 100,000 files would pass for an archive by chance.
pub fn ends_as_zip(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(ZIP_END_REACH);
    let end = bytes.get(from..).unwrap_or_default();
    memmem::find_iter(end, b"PK\x05\x06").any(|at| {
        let comment = end.get(at + 20..at + 22).and_then(|two| two.try_into().ok());
        let fits =
            comment.is_some_and(|two| at + 22 + usize::from(u16::from_le_bytes(two)) <= end.len());
        let before = bytes.get(..from + at).unwrap_or_default();
        fits && memmem::rfind(before, b"PK\x01\x02").is_some()
    })
}

/// Whether these bytes begin as a program or an archive.
pub fn begins_as_foreign(bytes: &[u8]) -> bool {
    FOREIGN.iter().any(|mark| bytes.starts_with(mark))
}

/// Whether there is markup or a script anywhere in these bytes.
pub fn holds_markup(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    MARKUP.iter().any(|mark| memmem::find(&lower, mark).is_some())
}

/// Whether these bytes are only padding.
pub fn is_padding(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n' | 0xFF))
}

/// What phones themselves put behind a JPEG: padding, further pictures (CIPA DC-007), the film of a
/// moving photo, Samsung's notes. It is left behind when the picture is drawn anew.
pub fn check_behind_jpeg(tail: &[u8]) -> Result<(), Refusal> {
    let further_picture = tail.starts_with(&[0xFF, 0xD8, 0xFF]);
    let film = tail.get(4..8) == Some(b"ftyp");
    let samsung = tail.ends_with(b"SEFT");
    if is_padding(tail) || ((further_picture || film || samsung) && !ends_as_zip(tail)) {
        Ok(())
    } else {
        Err(Refusal::Mixed)
    }
}
