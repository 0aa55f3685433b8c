//! Draws the marks of each page. Knows where things stand, not what they say.

use crate::layout::{CODE, HEIGHT, Mark, WIDTH};
use crate::{Faces, Sheet, SheetError};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;
use qrcode::{Color, QrCode};

/// Draws the sheet on pages of the document.
pub fn draw(
    document: &mut Document,
    sheet: &Sheet,
    pages: &[Vec<Mark>],
    faces: &Faces,
) -> Result<(), SheetError> {
    document.set_metadata(
        Metadata::new()
            .title(sheet.title.clone())
            .language("vi".to_owned())
            .authors(vec![sheet.issuer.clone()]),
    );
    let code = QrCode::new(sheet.qr.as_bytes()).map_err(|_| SheetError::Code)?;
    for marks in pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT)
            .ok_or_else(|| SheetError::Document("page size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let paint = rgb::Color::new(0, 0, 0).into();
        surface.set_fill(Some(Fill { paint, ..Fill::default() }));
        for mark in marks {
            match mark {
                Mark::Line { x, base, size, bold, text } => {
                    let kind = if *bold { &faces.bold } else { &faces.regular };
                    let (point, direction) =
                        (Point::from_xy(*x, *base), TextDirection::LeftToRight);
                    surface.draw_text(point, kind.font.clone(), *size, text, false, direction);
                }
                Mark::Code { x, y } => draw_code(&mut surface, &code, *x, *y),
            }
        }
        surface.finish();
        page.finish();
    }
    Ok(())
}

fn draw_code(surface: &mut Surface<'_>, code: &QrCode, x: f32, y: f32) {
    let side = code.width();
    let module = CODE / (side as f32 + 8.0);
    let (left, top) = (x + 4.0 * module, y + 4.0 * module);
    let mut path = PathBuilder::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        let (column, row) = ((index % side) as f32, (index / side) as f32);
        let square = Rect::from_xywh(left + column * module, top + row * module, module, module);
        if let (Color::Dark, Some(square)) = (color, square) {
            path.push_rect(square);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
