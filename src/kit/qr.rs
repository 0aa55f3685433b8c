//! A QR code as a picture. Knows nothing of what its text means.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// The code of a text; nothing when the text is too long for one.
#[component]
pub fn QrPicture(
    /// The text in the code.
    #[prop(into)]
    text: String,
    /// What the picture is, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let path = path_of(&code.to_colors(), width);
    // The quiet zone of four modules is part of the code.
    let area = format!("-4 -4 {} {}", width + 8, width + 8);
    Some(view! {
        <div class="qr" role="img" aria-label=label data-text=text>
            <svg viewBox=area shape-rendering="crispEdges" aria-hidden="true" focusable="false">
                <path d=path fill="#000"></path>
            </svg>
        </div>
    })
}

/// The dark modules as runs of one row.
fn path_of(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (row, line) in colors.chunks(width.max(1)).enumerate() {
        let mut column = 0;
        while column < line.len() {
            let run = line[column..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{column} {row}h{run}v1h-{run}z"));
            }
            column += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_runs() {
        use Color::{Dark, Light};
        let colors = [Dark, Dark, Light, Light, Dark, Light, Light, Light, Light];
        assert_eq!(path_of(&colors, 3), "M0 0h2v1h-2zM1 1h1v1h-1z");
    }
}
