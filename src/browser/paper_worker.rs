//! The worker that makes pages of photos, off the main thread: its messages and nothing else. It is
//! fetched when first needed. Knows nothing of what a page belongs to.

use super::Refused;
use super::worker::{Asked, field, texts};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, ImageBitmap};

const ADDRESS: &str = "/workers/paper.js";
/// A worker that says nothing for so long is given up: a large photo takes seconds on an old phone.
const PATIENCE_MS: i32 = 60_000;

/// Corners of a page, x and y four times, clockwise from the upper left, as shares of the picture's
/// width and height.
pub type Corners = [f64; 8];

/// What the camera's frame shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The page, where one stands out.
    pub corners: Option<Corners>,
    /// Whether nothing moves.
    pub steady: bool,
    /// Whether it is in focus.
    pub sharp: bool,
    /// Names of its faults.
    pub faults: Vec<String>,
}

/// What a photo shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The page, where one stands out.
    pub corners: Option<Corners>,
    /// Quarter turns clockwise that put it upright.
    pub turn: u8,
}

/// A page made of a photo.
pub struct Flat {
    /// A JPEG without anything that a camera adds.
    pub page: Blob,
    /// Names of its faults.
    pub faults: Vec<String>,
    /// What pages are compared by.
    pub fingerprint: String,
}

/// A running worker; ended when dropped.
pub struct PaperWorker(Asked);

fn corners_in(value: &JsValue) -> Option<Corners> {
    let found = field(value, "corners");
    if found.is_null() || found.is_undefined() {
        return None;
    }
    let numbers: Vec<f64> =
        js_sys::Array::from(&found).iter().filter_map(|number| number.as_f64()).collect();
    numbers.try_into().ok()
}

fn corners_out(corners: Option<Corners>) -> JsValue {
    corners.map_or(JsValue::NULL, |corners| {
        corners.iter().map(|number| JsValue::from_f64(*number)).collect::<js_sys::Array>().into()
    })
}

fn blob_in(value: &JsValue, name: &str) -> Result<Blob, Refused> {
    field(value, name).dyn_into().map_err(Refused::from)
}

impl PaperWorker {
    /// Starts the worker and waits until it is ready.
    pub async fn start() -> Result<Self, Refused> {
        Asked::start(ADDRESS, PATIENCE_MS).await.map(Self)
    }

    /// The page in a camera's frame, which is given away.
    pub async fn see(&self, frame: &ImageBitmap) -> Result<Outline, Refused> {
        let parts = [("bitmap", JsValue::from(frame))];
        let answer = self.0.ask("frame", &parts, &js_sys::Array::of1(frame)).await?;
        Ok(Outline {
            corners: corners_in(&answer),
            steady: field(&answer, "steady").is_truthy(),
            sharp: field(&answer, "sharp").is_truthy(),
            faults: texts(&field(&answer, "faults")),
        })
    }

    /// The page in a photo of whatever size.
    pub async fn look(&self, photo: &Blob) -> Result<Look, Refused> {
        let answer = self.0.ask("look", &[("photo", photo.into())], &js_sys::Array::new()).await?;
        let turn = field(&answer, "turn").as_f64().unwrap_or(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
        Ok(Look { corners: corners_in(&answer), turn: (turn as u8) % 4 })
    }

    /// The page cut out of a photo, or the whole photo as a page; of at most so many bytes.
    pub async fn flatten(
        &self,
        photo: &Blob,
        corners: Option<Corners>,
        turn: u8,
        clean: bool,
        most: u32,
    ) -> Result<Flat, Refused> {
        let parts = [
            ("photo", photo.into()),
            ("corners", corners_out(corners)),
            ("turn", turn.into()),
            ("clean", clean.into()),
            ("most", most.into()),
        ];
        let answer = self.0.ask("flatten", &parts, &js_sys::Array::new()).await?;
        Ok(Flat {
            page: blob_in(&answer, "page")?,
            faults: texts(&field(&answer, "faults")),
            fingerprint: field(&answer, "fingerprint").as_string().unwrap_or_default(),
        })
    }

    /// A smaller copy of a photo: its longest edge, and its bytes at most.
    pub async fn reduce(&self, photo: &Blob, edge: u32, most: u32) -> Result<Blob, Refused> {
        let parts = [("photo", photo.into()), ("edge", edge.into()), ("most", most.into())];
        blob_in(&self.0.ask("reduce", &parts, &js_sys::Array::new()).await?, "page")
    }

    /// Which of these pages, by their fingerprints, are the same.
    pub async fn same(&self, fingerprints: &[String]) -> Result<Vec<(usize, usize)>, Refused> {
        let list: js_sys::Array = fingerprints.iter().map(|text| JsValue::from_str(text)).collect();
        let parts = [("fingerprints", list.into())];
        let answer = self.0.ask("same", &parts, &js_sys::Array::new()).await?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let place = |pair: &js_sys::Array, at| pair.get(at).as_f64().map(|number| number as usize);
        let pairs = js_sys::Array::from(&field(&answer, "pairs"));
        Ok(pairs
            .iter()
            .filter_map(|pair| {
                let pair = js_sys::Array::from(&pair);
                Some((place(&pair, 0)?, place(&pair, 1)?))
            })
            .collect())
    }

    /// Pages as one PDF.
    pub async fn bind(&self, pages: &[Blob], title: &str) -> Result<Blob, Refused> {
        let list: js_sys::Array = pages.iter().collect();
        let parts = [("pages", list.into()), ("title", title.into())];
        blob_in(&self.0.ask("bind", &parts, &js_sys::Array::new()).await?, "file")
    }
}
