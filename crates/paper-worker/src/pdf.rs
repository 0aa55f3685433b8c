//! Pages as JPEGs into one PDF, without touching their pixels. Knows nothing of where pages come from.

use crate::jpeg::find_jpeg;
use pdf_writer::{Filter, Finish, Name, Pdf, Ref, TextStr};

// Sizes are whole points (a third of a millimetre): printing fractions would take 25 kB of the module.

/// A4 upright, in points (ISO 216: 210 by 297 mm).
const A4: (i32, i32) = (595, 842);
/// Proportions within so much of A4's are A4's, in shares.
const NEAR_A4: f32 = 0.04;
/// Dots an inch of a page of other proportions.
const DOTS: f32 = 200.0;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
/// Each page takes three numbers from here on: page, picture, content.
const FIRST: i32 = 4;

/// Why pages make no PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbindable {
    /// A page is not a JPEG in grey or in colours.
    NoJpeg,
    /// There are no pages.
    NoPages,
}

impl Unbindable {
    /// The reason for the log; the citizen's words are the app's.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NoJpeg => "a page is no JPEG",
            Self::NoPages => "there are no pages",
        }
    }
}

/// A PDF that pages are put into one after the other.
#[derive(Debug)]
pub struct Binder {
    pdf: Pdf,
    title: String,
    pages: Vec<Ref>,
}

impl Binder {
    /// An empty one with a title, room for so many bytes of pages.
    pub fn new(title: &str, bytes: usize) -> Self {
        // Grown by doubling it would need three times the room for a moment.
        let pdf = Pdf::with_capacity(bytes.saturating_add(bytes / 32).saturating_add(16_384));
        Self { pdf, title: title.to_owned(), pages: Vec::new() }
    }

    /// Puts a page behind the others: A4, upright or lying, when its proportions are about A4's; else
    /// so large that it has 200 dots an inch.
    ///
    /// # Errors
    /// [`Unbindable::NoJpeg`] when it is not a JPEG in grey or in colours.
    pub fn page(&mut self, bytes: &[u8]) -> Result<(), Unbindable> {
        let jpeg = find_jpeg(bytes).ok_or(Unbindable::NoJpeg)?;
        let grey = match jpeg.channels {
            1 => true,
            3 => false,
            _ => return Err(Unbindable::NoJpeg),
        };
        let number = FIRST.saturating_add(i32::try_from(self.pages.len()).unwrap_or(0) * 3);
        let (page_ref, picture_ref, content_ref) =
            (Ref::new(number), Ref::new(number + 1), Ref::new(number + 2));
        let (wide, high) = (f32::from(jpeg.width), f32::from(jpeg.height));
        let sheet = sheet(wide, high);
        let smaller = (sheet.0 as f32 / wide).min(sheet.1 as f32 / high);
        let (across, down) = (whole(wide * smaller), whole(high * smaller));
        let (left, below) = ((sheet.0 - across) / 2, (sheet.1 - down) / 2);

        let mut page = self.pdf.page(page_ref);
        page.insert(Name(b"MediaBox")).array().items([0, 0, sheet.0, sheet.1]);
        page.parent(PAGES).contents(content_ref);
        page.resources().x_objects().pair(Name(b"P"), picture_ref);
        page.finish();
        let content = format!("{across} 0 0 {down} {left} {below} cm /P Do");
        self.pdf.stream(content_ref, content.as_bytes());
        let mut picture = self.pdf.image_xobject(picture_ref, bytes);
        picture.filter(Filter::DctDecode);
        picture.bits_per_component(8);
        picture.width(i32::from(jpeg.width)).height(i32::from(jpeg.height));
        let space = picture.color_space();
        if grey {
            space.device_gray()
        } else {
            space.device_rgb()
        };
        picture.finish();
        self.pages.push(page_ref);
        Ok(())
    }

    /// The PDF.
    ///
    /// # Errors
    /// [`Unbindable::NoPages`] when none was put in.
    pub fn finish(mut self) -> Result<Vec<u8>, Unbindable> {
        if self.pages.is_empty() {
            return Err(Unbindable::NoPages);
        }
        let mut catalog = self.pdf.catalog(CATALOG);
        catalog.pages(PAGES).lang(TextStr("vi"));
        catalog.viewer_preferences().display_doc_title(true);
        catalog.finish();
        let count = i32::try_from(self.pages.len()).unwrap_or(i32::MAX);
        self.pdf.pages(PAGES).kids(self.pages.iter().copied()).count(count);
        self.pdf.document_info(INFO).title(TextStr(&self.title));
        Ok(self.pdf.finish())
    }
}

/// How large the sheet is, in points.
fn sheet(wide: f32, high: f32) -> (i32, i32) {
    let near = |(across, down): (i32, i32)| {
        (wide / high * down as f32 / across as f32 - 1.0).abs() < NEAR_A4
    };
    let lying = (A4.1, A4.0);
    if near(A4) {
        A4
    } else if near(lying) {
        lying
    } else {
        (whole(wide / DOTS * 72.0), whole(high / DOTS * 72.0))
    }
}

fn whole(points: f32) -> i32 {
    ((points + 0.5) as i32).max(1)
}
