//! Owns the e-receipt (biên lai) as a PDF, drawn from what INIT told. Knows no HTTP.
//!
//! The fonts that every reader of PDF has know no Vietnamese letters, so the words have lost their
//! marks, as on the receipts of many tills.

use motcua_gateways::Stamp;
use motcua_gateways::platform::InitRequest;
use motcua_gateways::text::plain;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::paying::order::Order;

/// A5, upright, in points.
const PAPER: Rect = Rect { x1: 0.0, y1: 0.0, x2: 420.0, y2: 595.0 };
const LEFT: f32 = 36.0;
const TOP: f32 = 548.0;
const LINE: f32 = 20.0;
/// The longest text that stands on a line.
const LONGEST: usize = 60;

/// The receipt of a paid order.
pub(super) fn draw(order: &Order, init: &InitRequest) -> Vec<u8> {
    let (catalog, tree, page, font, content) =
        (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4), Ref::new(5));
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).lang(TextStr("vi"));
    pdf.document_info(Ref::new(6)).title(TextStr("Biên lai thu phí, lệ phí (giả lập)"));
    pdf.pages(tree).kids([page]).count(1);
    let mut leaf = pdf.page(page);
    leaf.media_box(PAPER).parent(tree).contents(content);
    leaf.resources().fonts().pair(Name(b"F"), font);
    leaf.finish();
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    let mut text = Content::new();
    text.begin_text().set_font(Name(b"F"), 12.0).next_line(LEFT, TOP).set_leading(LINE);
    for line in lines(order, init) {
        text.show(Str(line.as_bytes())).next_line_using_leading();
    }
    text.end_text();
    pdf.stream(content, &text.finish());
    pdf.finish()
}

fn lines(order: &Order, init: &InitRequest) -> Vec<String> {
    let receipt = &init.receipt;
    let fact = |label: &str, value: &str| format!("{label}: {}", plain(value, LONGEST));
    let ended = order.ended.as_ref();
    let at = ended.map(|ended| Stamp::from_unix(ended.at_ms / 1000).to_string());
    let number = ended.map(|ended| ended.number.clone()).unwrap_or_default();
    let mut lines = vec![
        "BIEN LAI THU PHI, LE PHI".to_owned(),
        "BO GIA LAP - KHONG CO GIA TRI".to_owned(),
        String::new(),
        fact("Don vi", &receipt.office_name),
        format!("Ma ho so: {}", receipt.dossier_code),
        fact("Thu tuc", &receipt.procedure_name),
        fact("Nguoi nop", &receipt.payer.name),
    ];
    for line in &receipt.lines {
        lines.push(format!("{}: {} VND", plain(&line.name, LONGEST), line.amount.0));
    }
    lines.extend([
        format!("Tong cong: {} VND", order.amount),
        format!("So giao dich: {number}"),
        format!("Thoi gian: {}", at.unwrap_or_default()),
        fact("Ngan hang", &order.bank),
    ]);
    lines
}
