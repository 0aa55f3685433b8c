//! Words for files, on their way and kept: how large, how far, how long, why one waits, why one is refused. Decides nothing.

use super::{Language, t};
use motcua_contract::uploads::UploadFault;
use motcua_journeys::upload::{Pause, Progress, Refusal};

/// How far a file is, and how long the rest will take.
pub fn progress_words(progress: Progress) -> String {
    let (sent, size) = (size_words(progress.sent), size_words(progress.size));
    let far = t().upload_far(&sent, &size);
    let left = match progress.seconds_left {
        None => t().upload_left_unknown().to_owned(),
        Some(seconds) if seconds < 60 => t().upload_left_seconds().to_owned(),
        Some(seconds) => t().upload_left_minutes(&seconds.div_ceil(60).to_string()),
    };
    let again =
        if progress.restarted { format!("{} ", t().upload_restarted()) } else { String::new() };
    format!("{again}{far} {left}")
}

/// Bytes as people say them, to a tenth of a megabyte, rounded down: what is said has arrived.
pub fn size_words(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes / 1_000);
    }
    let mark = if t() == Language::Vi { ',' } else { '.' };
    format!("{}{mark}{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// Why files wait: in short, and what one can do.
pub fn pause_words(pause: Pause) -> (&'static str, &'static str) {
    match pause {
        Pause::Offline => (t().paper_stalled(), t().upload_offline()),
        Pause::Saver => (t().upload_paused(), t().upload_saver()),
        Pause::Mobile => (t().upload_waits_for_wifi(), t().upload_mobile()),
    }
}

/// Why the backend will not have a file, and what to do about it.
pub fn refusal_of_file_words(reason: Refusal) -> &'static str {
    match reason {
        Refusal::TooLarge => t().file_too_large(),
        Refusal::Empty => t().file_empty(),
        Refusal::WrongKind => t().file_wrong_kind(),
        Refusal::Lost => t().file_lost(),
        Refusal::Other => t().file_refused(),
        Refusal::Fault(fault) => match fault {
            UploadFault::WrongKind => t().file_wrong_kind(),
            UploadFault::Heic => t().file_heic_sent(),
            UploadFault::Damaged => t().file_damaged(),
            UploadFault::TooManyPixels => t().file_too_many_pixels(),
            UploadFault::TooSmall => t().file_too_small(),
            UploadFault::Animated => t().file_animated(),
            UploadFault::Mixed => t().file_mixed(),
            UploadFault::PdfLocked => t().file_pdf_locked(),
            UploadFault::PdfActive => t().file_pdf_active(),
            UploadFault::PdfAttachment => t().file_pdf_attachment(),
            UploadFault::PdfTooLong => t().file_pdf_too_long(),
            UploadFault::Infected => t().file_infected(),
        },
    }
}
