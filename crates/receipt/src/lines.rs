//! Breaking words into lines by their width. Knows no page.

use crate::Type;

/// How wide a text is at a size, in points.
pub fn width(text: &str, kind: &Type, size: f32) -> f32 {
    let units: u32 = text
        .chars()
        .map(|letter| {
            let glyph = kind.face.glyph_index(letter).unwrap_or_default();
            u32::from(kind.face.glyph_hor_advance(glyph).unwrap_or_default())
        })
        .sum();
    units as f32 * size / f32::from(kind.face.units_per_em())
}

/// The lines of a text that are no wider than `most`; a single word that is wider is cut.
pub fn broken(text: &str, kind: &Type, size: f32, most: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer, kind, size) <= most {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if width(&line, kind, size) > most && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
    }
    lines
}
