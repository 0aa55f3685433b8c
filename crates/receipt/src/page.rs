//! The page from top to bottom. Knows where things stand, not what they say.

use crate::lines::{broken, width};
use crate::{Row, Sheet, SheetError, Type};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;
use qrcode::{Color, QrCode};

// A5, in points of 1/72 inch.
const WIDTH: f32 = 419.53;
const HEIGHT: f32 = 595.28;
const MARGIN: f32 = 34.0;
const BROAD: f32 = WIDTH - 2.0 * MARGIN;
/// Where values begin.
const VALUES: f32 = MARGIN + 132.0;
/// Side of the code with its margin of four modules, which readers need.
const CODE: f32 = 104.0;

/// Draws the sheet on a page of the document.
pub fn draw(
    document: &mut Document,
    sheet: &Sheet,
    regular: &Type,
    bold: &Type,
) -> Result<(), SheetError> {
    document.set_metadata(
        Metadata::new()
            .title(sheet.title.clone())
            .language("vi".to_owned())
            .authors(vec![sheet.issuer.clone()]),
    );
    let settings = PageSettings::from_wh(WIDTH, HEIGHT)
        .ok_or_else(|| SheetError::Document("page size".to_owned()))?;
    let mut page = document.start_page_with(settings);
    let end = fill(page.surface(), sheet, regular, bold)?;
    page.finish();
    if end > HEIGHT - MARGIN / 2.0 { Err(SheetError::Full) } else { Ok(()) }
}

/// Draws everything; gives where it ends.
fn fill(
    surface: Surface<'_>,
    sheet: &Sheet,
    regular: &Type,
    bold: &Type,
) -> Result<f32, SheetError> {
    let mut pen = Pen { surface, y: MARGIN };
    pen.centred(&sheet.issuer, bold, 10.0);
    pen.y += 8.0;
    pen.centred(&sheet.title, bold, 15.0);
    pen.centred(&sheet.title_en, regular, 9.0);
    if let Some(warning) = &sheet.warning {
        pen.y += 4.0;
        pen.centred(warning, bold, 12.0);
    }
    pen.y += 10.0;
    for row in &sheet.rows {
        pen.row(row, regular, bold);
    }
    pen.y += 6.0;
    pen.code(&sheet.qr, &sheet.qr_words, regular)?;
    pen.y += 6.0;
    for line in broken(&sheet.foot, regular, 7.5, BROAD) {
        pen.line(&line, MARGIN, regular, 7.5);
    }
    Ok(pen.y)
}

struct Pen<'a> {
    surface: Surface<'a>,
    /// The upper edge of what comes next.
    y: f32,
}

impl Pen<'_> {
    fn line(&mut self, text: &str, x: f32, kind: &Type, size: f32) {
        self.ink();
        let base = Point::from_xy(x, self.y + size);
        let direction = TextDirection::LeftToRight;
        self.surface.draw_text(base, kind.font.clone(), size, text, false, direction);
        self.y += size * 1.35;
    }

    fn ink(&mut self) {
        let paint = rgb::Color::new(0, 0, 0).into();
        self.surface.set_fill(Some(Fill { paint, ..Fill::default() }));
    }

    fn centred(&mut self, text: &str, kind: &Type, size: f32) {
        for line in broken(text, kind, size, BROAD) {
            let x = (WIDTH - width(&line, kind, size)) / 2.0;
            self.line(&line, x, kind, size);
        }
    }

    /// The label with its English below it, the value beside both.
    fn row(&mut self, row: &Row, regular: &Type, bold: &Type) {
        let top = self.y;
        let room = VALUES - MARGIN - 8.0;
        for (label, size) in [(&row.label, 9.5), (&row.label_en, 7.0)] {
            for line in broken(label, regular, size, room) {
                self.line(&line, MARGIN, regular, size);
            }
        }
        let bottom = self.y;
        self.y = top;
        let (kind, size) = if row.strong { (bold, 12.0) } else { (regular, 9.5) };
        for line in broken(&row.value, kind, size, WIDTH - MARGIN - VALUES) {
            self.line(&line, VALUES, kind, size);
        }
        self.y = self.y.max(bottom) + 4.0;
    }

    /// The code, and beside it what it is for.
    fn code(&mut self, text: &str, words: &str, regular: &Type) -> Result<(), SheetError> {
        let code = QrCode::new(text.as_bytes()).map_err(|_| SheetError::Code)?;
        let side = code.width();
        let module = CODE / (side as f32 + 8.0);
        let (left, top) = (MARGIN + 4.0 * module, self.y + 4.0 * module);
        let mut path = PathBuilder::new();
        for (index, color) in code.to_colors().into_iter().enumerate() {
            let (x, y) = ((index % side) as f32, (index / side) as f32);
            let square = Rect::from_xywh(left + x * module, top + y * module, module, module);
            if let (Color::Dark, Some(square)) = (color, square) {
                path.push_rect(square);
            }
        }
        self.ink();
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        let below = self.y + CODE;
        self.y += CODE / 3.0;
        for line in broken(words, regular, 9.0, BROAD - CODE - 12.0) {
            self.line(&line, MARGIN + CODE + 12.0, regular, 9.0);
        }
        self.y = self.y.max(below);
        Ok(())
    }
}
