//! What stands where, on as many pages as it takes. Knows no PDF: a list of marks for each page.

use crate::lines::{broken, width};
use crate::{Faces, Row, Sheet, SheetError, Type};

// A5, in points of 1/72 inch.
pub const WIDTH: f32 = 419.53;
pub const HEIGHT: f32 = 595.28;
const MARGIN: f32 = 34.0;
const BROAD: f32 = WIDTH - 2.0 * MARGIN;
/// The lowest edge of what is said; the number of the page is below.
const BOTTOM: f32 = HEIGHT - MARGIN;
/// Where values begin.
const VALUES: f32 = MARGIN + 132.0;
/// Side of the code with its margin of four modules, which readers need.
pub const CODE: f32 = 104.0;
/// A line's height, in sizes of its letters.
const LINE: f32 = 1.35;
/// Most pages: far more than twenty long requests take.
const MOST_PAGES: usize = 40;

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line of words.
    Line {
        /// Its left edge.
        x: f32,
        /// Where its letters stand.
        base: f32,
        /// Size of the letters.
        size: f32,
        /// Whether they are bold.
        bold: bool,
        /// The words.
        text: String,
    },
    /// The sheet's code.
    Code {
        /// Its left edge.
        x: f32,
        /// Its upper edge.
        y: f32,
    },
}

/// The marks of each page.
///
/// # Errors
/// When there are more words than [`MOST_PAGES`] pages hold.
pub fn pages_of(sheet: &Sheet, faces: &Faces) -> Result<Vec<Vec<Mark>>, SheetError> {
    let mut pen = Pen { pages: vec![vec![]], y: MARGIN, faces };
    pen.centred(&sheet.issuer, true, 10.0);
    pen.y += 8.0;
    pen.centred(&sheet.title, true, 15.0);
    pen.centred(&sheet.title_en, false, 9.0);
    if let Some(dated) = &sheet.dated {
        pen.y += 2.0;
        pen.centred(dated, false, 9.5);
    }
    if let Some(warning) = &sheet.warning {
        pen.y += 4.0;
        pen.centred(warning, true, 12.0);
    }
    pen.y += 10.0;
    for row in &sheet.rows {
        pen.row(row);
    }
    pen.y += 6.0;
    pen.code(&sheet.qr_words);
    pen.y += 6.0;
    for line in broken(&sheet.foot, &faces.regular, 7.5, BROAD) {
        pen.line(&line, MARGIN, false, 7.5);
    }
    let count = pen.pages.len();
    if count > MOST_PAGES {
        return Err(SheetError::Full);
    }
    if count > 1 {
        for (index, page) in pen.pages.iter_mut().enumerate() {
            let text = format!("{}/{count}", index + 1);
            let x = WIDTH - MARGIN - width(&text, &faces.regular, 7.5);
            page.push(Mark::Line { x, base: HEIGHT - MARGIN / 2.0, size: 7.5, bold: false, text });
        }
    }
    Ok(pen.pages)
}

struct Pen<'a> {
    pages: Vec<Vec<Mark>>,
    /// The upper edge of what comes next.
    y: f32,
    faces: &'a Faces,
}

impl<'a> Pen<'a> {
    fn kind(&self, bold: bool) -> &'a Type {
        if bold { &self.faces.bold } else { &self.faces.regular }
    }

    /// A new page, unless so much has room on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(vec![]);
            self.y = MARGIN;
        }
    }

    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn line(&mut self, text: &str, x: f32, bold: bool, size: f32) {
        self.room(size * LINE);
        let base = self.y + size;
        self.put(Mark::Line { x, base, size, bold, text: text.to_owned() });
        self.y += size * LINE;
    }

    fn centred(&mut self, text: &str, bold: bool, size: f32) {
        for line in broken(text, self.kind(bold), size, BROAD) {
            let x = (WIDTH - width(&line, self.kind(bold), size)) / 2.0;
            self.line(&line, x, bold, size);
        }
    }

    /// The label with its English below it, the value beside both. A row stays whole where a page can hold
    /// it; a longer one goes on over the page.
    fn row(&mut self, row: &Row) {
        let room = VALUES - MARGIN - 8.0;
        let labels: Vec<(String, f32)> = [(&row.label, 9.5), (&row.label_en, 7.0)]
            .into_iter()
            .flat_map(|(label, size)| {
                let lines = broken(label, &self.faces.regular, size, room);
                lines.into_iter().map(move |line| (line, size))
            })
            .collect();
        let size = if row.strong { 12.0 } else { 9.5 };
        let values = broken(&row.value, self.kind(row.strong), size, WIDTH - MARGIN - VALUES);
        let label_height: f32 = labels.iter().map(|(_, size)| size * LINE).sum();
        let height = label_height.max(values.len() as f32 * size * LINE);
        self.room(if height > BOTTOM - MARGIN { label_height } else { height });
        let (top, page) = (self.y, self.pages.len());
        for (label, size) in &labels {
            self.line(label, MARGIN, false, *size);
        }
        let bottom = self.y;
        self.y = top;
        for line in &values {
            self.line(line, VALUES, row.strong, size);
        }
        if self.pages.len() == page {
            self.y = self.y.max(bottom);
        }
        self.y += 4.0;
    }

    /// The code, and beside it what it is for.
    fn code(&mut self, words: &str) {
        self.room(CODE);
        let top = self.y;
        self.put(Mark::Code { x: MARGIN, y: top });
        self.y += CODE / 3.0;
        for line in broken(words, &self.faces.regular, 9.0, BROAD - CODE - 12.0) {
            self.line(&line, MARGIN + CODE + 12.0, false, 9.0);
        }
        self.y = self.y.max(top + CODE);
    }
}
