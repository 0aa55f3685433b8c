//! The figures that the commune is judged by, in words: what each is, how it is counted, and numbers as
//! the reader's language writes them.

use super::{Language, t};
use motcua_domain::figures::FigureId;

/// What a figure is.
pub fn figure_name(id: FigureId) -> &'static str {
    match id {
        FigureId::Online => t().figure_online(),
        FigureId::PaidOnline => t().figure_paid_online(),
        FigureId::OnTime => t().figure_on_time(),
        FigureId::Digitised => t().figure_digitised(),
        FigureId::Reused => t().figure_reused(),
        FigureId::Satisfied => t().figure_satisfied(),
    }
}

/// How a figure is counted, in a sentence.
pub fn figure_how(id: FigureId) -> &'static str {
    match id {
        FigureId::Online => t().figure_online_how(),
        FigureId::PaidOnline => t().figure_paid_online_how(),
        FigureId::OnTime => t().figure_on_time_how(),
        FigureId::Digitised => t().figure_digitised_how(),
        FigureId::Reused => t().figure_reused_how(),
        FigureId::Satisfied => t().figure_satisfied_how(),
    }
}

/// A number of dossiers: `4.466`, in English `4,466`.
pub fn figure_count(count: u64) -> String {
    let separator = if t() == Language::Vi { '.' } else { ',' };
    let digits = count.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

/// Hundredths of a percent: `55,59%`, in English `55.59%`; whole ones without a fraction.
pub fn percent_words(hundredths: u64) -> String {
    let point = if t() == Language::Vi { ',' } else { '.' };
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, fraction) => format!("{whole}{point}{fraction:02}%"),
    }
}
