//! Makes PDFs: by hand with a table that is true, and by two libraries that others write with.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, SaveOptions, Stream, dictionary};
use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str};
use std::io::Write as _;

/// A PDF by hand: objects from 1 on; the first is the catalogue.
pub struct ByHand {
    pub header: &'static str,
    pub objects: Vec<Vec<u8>>,
    pub trailer: String,
    pub line: &'static str,
}

pub fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

pub fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

const SAYS: &[u8] = b"BT /F1 18 Tf 72 720 Td (To khai dang ky khai sinh) Tj ET";

impl ByHand {
    /// One page with words on it: catalogue 1, pages 2, page 3, words 4, font 5.
    pub fn new() -> Self {
        Self::with_catalogue("")
    }

    /// The same with more in the catalogue.
    pub fn with_catalogue(more: &str) -> Self {
        Self::with(more, "")
    }

    /// The same with more in the page.
    pub fn with_page(more: &str) -> Self {
        Self::with("", more)
    }

    fn with(catalogue: &str, page: &str) -> Self {
        let objects = vec![
            text(&format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>")),
            text("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            text(&format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R >> >> {page} >>"
            )),
            stream("", SAYS),
            text("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
        ];
        Self { header: "%PDF-1.7", objects, trailer: String::new(), line: "\n" }
    }

    pub fn and(mut self, object: Vec<u8>) -> Self {
        self.objects.push(object);
        self
    }

    pub fn write(&self) -> Vec<u8> {
        let line = self.line;
        let mut out = text(&format!("{}{line}", self.header));
        out.extend(b"%\xE2\xE3\xCF\xD3");
        out.extend(line.as_bytes());
        let mut places = vec![];
        for (index, object) in self.objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj{line}", index + 1).into_bytes());
            out.extend(object);
            out.extend(format!("{line}endobj{line}").into_bytes());
        }
        let table = out.len();
        out.extend(
            format!("xref{line}0 {}{line}0000000000 65535 f\r\n", places.len() + 1).into_bytes(),
        );
        places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n\r\n").into_bytes()));
        let more = &self.trailer;
        let size = places.len() + 1;
        out.extend(
            format!("trailer{line}<< /Size {size} /Root 1 0 R {more} >>{line}startxref{line}{table}{line}%%EOF{line}")
                .into_bytes(),
        );
        out
    }
}

/// An older revision, and one more page behind it (ISO 32000-2 section 7.5.6).
pub fn changed_once(more: &str) -> Vec<u8> {
    let first = ByHand::new().write();
    let text_of = String::from_utf8_lossy(&first).into_owned();
    let table = text_of.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    let mut out = first;
    let place = out.len();
    out.extend(
        format!("1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) {more} >>\nendobj\n")
            .into_bytes(),
    );
    let new_table = out.len();
    out.extend(
        format!(
            "xref\n1 1\n{place:010} 00000 n\r\ntrailer\n<< /Size 6 /Root 1 0 R /Prev {table} >>\nstartxref\n{new_table}\n%%EOF\n"
        )
        .into_bytes(),
    );
    out
}

/// Pages with a scanned photo each, as scanning apps write them.
pub fn scanned(pages: usize, photo: &[u8], size: (u32, u32)) -> Vec<u8> {
    let mut objects = vec![text("<< /Type /Catalog /Pages 2 0 R >>"), vec![]];
    let mut kids = String::new();
    for page in 0..pages {
        let at = 3 + page * 3;
        kids += &format!("{at} 0 R ");
        objects.push(text(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /XObject << /Im0 {} 0 R >> >> >>",
            at + 1,
            at + 2
        )));
        objects.push(stream("/Filter /FlateDecode", &packed(b"q 595 0 0 842 0 0 cm /Im0 Do Q")));
        let how = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
            size.0, size.1
        );
        objects.push(stream(&how, photo));
    }
    objects[1] = text(&format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>"));
    ByHand { header: "%PDF-1.4", objects, trailer: String::new(), line: "\n" }.write()
}

/// A document of lopdf with so many pages.
pub fn lopdf_document(pages: usize) -> Document {
    let mut document = Document::with_version("1.5");
    let pages_id = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman",
    });
    let kids: Vec<Object> = (0..pages)
        .map(|page| {
            let says = format!("BT /F1 12 Tf 72 700 Td (Trang {page}) Tj ET");
            let content = document.add_object(Stream::new(dictionary! {}, says.into_bytes()));
            let page = document.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => pages_id,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Contents" => content,
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            });
            page.into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(pages_id, tree.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    document.trailer.set("Root", root);
    document.trailer.set(
        "ID",
        vec![
            Object::string_literal("0123456789abcdef"),
            Object::string_literal("0123456789abcdef"),
        ],
    );
    document
}

pub fn saved(mut document: Document) -> Vec<u8> {
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}

pub fn saved_with(mut document: Document, options: SaveOptions) -> Vec<u8> {
    let mut out = Vec::new();
    document.save_with_options(&mut out, options).unwrap();
    out
}

/// A page of pdf-writer with words, a link and a heading to go to.
pub fn pdf_writer_page() -> Vec<u8> {
    let (catalog, tree, page, font, content, link, outline, heading) = (
        Ref::new(1),
        Ref::new(2),
        Ref::new(3),
        Ref::new(4),
        Ref::new(5),
        Ref::new(6),
        Ref::new(7),
        Ref::new(8),
    );
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).outlines(outline);
    pdf.outline(outline).first(heading).last(heading).count(1);
    pdf.outline_item(heading)
        .title(pdf_writer::TextStr("Trang 1"))
        .parent(outline)
        .dest()
        .page(page)
        .fit();
    pdf.pages(tree).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet
        .media_box(Rect::new(0.0, 0.0, 595.0, 842.0))
        .parent(tree)
        .contents(content)
        .annotations([link]);
    sheet.resources().fonts().pair(Name(b"F1"), font);
    sheet.finish();
    let mut annotation = pdf.annotation(link);
    annotation
        .subtype(pdf_writer::types::AnnotationType::Link)
        .rect(Rect::new(70.0, 700.0, 300.0, 720.0));
    annotation
        .action()
        .action_type(pdf_writer::types::ActionType::Uri)
        .uri(Str(b"https://dichvucong.gov.vn/"));
    annotation.finish();
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    let mut words = Content::new();
    words
        .begin_text()
        .set_font(Name(b"F1"), 14.0)
        .next_line(108.0, 734.0)
        .show(Str(b"Giay chung sinh"))
        .end_text();
    pdf.stream(content, &words.finish());
    pdf.finish()
}

use pdf_writer::Finish as _;
