//! A receipt or a slip as PDF (A5, as many pages as it takes): words and a QR code in, bytes out. Pure; knows
//! neither fees nor where the words come from. The font (Be Vietnam Pro, OFL) is embedded as far as it is used, so that every
//! phone and printer has the Vietnamese letters.

mod layout;
mod lines;
mod page;

use krilla::text::Font;
use krilla::{Document, SerializeSettings};

/// What a receipt or a slip says. Texts are in composed form (NFC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who gives it.
    pub issuer: String,
    /// What it is.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Where and when it was written, as papers write it.
    pub dated: Option<String>,
    /// What a reader must know first, such as that it is void.
    pub warning: Option<String>,
    /// The facts, one below the other.
    pub rows: Vec<Row>,
    /// The text of the QR code.
    pub qr: String,
    /// What the code is for.
    pub qr_words: String,
    /// The small print.
    pub foot: String,
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// What it says.
    pub value: String,
    /// Whether it is what readers look for.
    pub strong: bool,
}

/// Why there is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// The embedded font cannot be read.
    #[error("the font cannot be read")]
    Font,
    /// The code's text is too long for a code.
    #[error("the text does not fit a QR code")]
    Code,
    /// More words than forty pages hold.
    #[error("the words do not fit the pages")]
    Full,
    /// The document could not be written.
    #[error("the document cannot be written: {0}")]
    Document(String),
}

const REGULAR: &[u8] = include_bytes!("../fonts/be-vietnam-pro-400.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/be-vietnam-pro-700.ttf");

/// A weight of the font: to draw with, and to measure by.
struct Type {
    font: Font,
    face: ttf_parser::Face<'static>,
}

impl Type {
    fn read(bytes: &'static [u8]) -> Result<Self, SheetError> {
        let font = Font::new(bytes.to_vec().into(), 0).ok_or(SheetError::Font)?;
        let face = ttf_parser::Face::parse(bytes, 0).map_err(|_| SheetError::Font)?;
        Ok(Self { font, face })
    }
}

/// The weights in use.
struct Faces {
    regular: Type,
    bold: Type,
}

/// The pages.
///
/// # Errors
/// When the words do not fit them, or the code's text a code.
pub fn pdf(sheet: &Sheet) -> Result<Vec<u8>, SheetError> {
    let mut document = Document::new_with(SerializeSettings::default());
    let faces = Faces { regular: Type::read(REGULAR)?, bold: Type::read(BOLD)? };
    let pages = layout::pages_of(sheet, &faces)?;
    page::draw(&mut document, sheet, &pages, &faces)?;
    document.finish().map_err(|why| SheetError::Document(format!("{why:?}")))
}

#[cfg(test)]
mod tests;
