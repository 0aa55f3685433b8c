//! The wasm module's exports, called by `public/workers/paper.js`: plain numbers and addresses, so that
//! no glue is downloaded beside the module. What it holds between calls is the last input, the last
//! answer, a page or a PDF, and what the camera's frames were like.
//!
//! The worker asks for room, writes the input there, and calls. Each call gives the address of an
//! answer as `answer` lays it out, which stays until the next call.

use crate::answer::{Answer, marked};
use crate::jobs::{self, Flatten, Placed, Refused};
use crate::pdf::Binder;
use crate::{Unbindable, find_head};
use motcua_paper::{Corners, Point, Rgba, Watch};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static ANSWER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static LARGE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static WATCH: RefCell<Watch> = RefCell::default();
    static BINDER: Cell<Option<Binder>> = const { Cell::new(None) };
}

fn answered(answer: Result<Vec<u8>, &'static str>) -> *const u8 {
    let answer = marked(answer);
    let at = answer.as_ptr();
    ANSWER.set(answer);
    at
}

fn picture(width: usize, height: usize, pixels: Vec<u8>) -> Result<Rgba, &'static str> {
    Rgba::new(width, height, pixels).map_err(|_| Refused::NoPicture.reason())
}

/// Where the worker writes the input's bytes, so many, before the call that takes them.
#[wasm_bindgen]
pub fn room(bytes: usize) -> *mut u8 {
    // Frames are all of one size: the room of the last one is the room of the next.
    let mut room = ROOM.take();
    if room.capacity() < bytes {
        // What is in it need not be carried over.
        room = Vec::new();
        room.reserve_exact(bytes);
    }
    room.resize(bytes, 0);
    let at = room.as_mut_ptr();
    ROOM.set(room);
    at
}

/// Of a file's first bytes: the picture's width and height as it is shown, a JPEG's orientation or 0.
#[wasm_bindgen]
pub fn head() -> *const u8 {
    let head = find_head(&ROOM.take()).ok_or("the file is no picture");
    answered(head.map(|head| {
        let orientation = head.orientation.map_or(0, usize::from);
        Answer::default().number(head.width).number(head.height).number(orientation).done()
    }))
}

/// Of a camera frame's RGBA: what `jobs::frame` says.
#[wasm_bindgen]
pub fn frame(width: usize, height: usize) -> *const u8 {
    let answer = picture(width, height, ROOM.take()).map(|frame| {
        let answer = WATCH.with_borrow_mut(|watch| jobs::frame(watch, &frame));
        ROOM.set(frame.into_bytes());
        answer
    });
    answered(answer)
}

/// Of a photo's RGBA: what `jobs::look` says.
#[wasm_bindgen]
pub fn look(width: usize, height: usize) -> *const u8 {
    answered(picture(width, height, ROOM.take()).map(|photo| jobs::look(&photo)))
}

/// Of the RGBA of a photo or a part of it: the page's width and height, faults, fingerprint; its RGBA is
/// `large`. Behind the pixels stand twelve 32-bit floats: the corners' eight shares of the whole photo,
/// the whole's width and height, the part's left and top in it; or nothing, when the whole is the page.
#[wasm_bindgen]
pub fn flatten(width: usize, height: usize, turn: u32, clean: bool) -> *const u8 {
    let mut room = ROOM.take();
    let pixels = width.saturating_mul(height).saturating_mul(4);
    let place = room.get(pixels..).and_then(placed);
    room.truncate(pixels);
    let how = Flatten { place, turn, clean };
    let flat = picture(width, height, room)
        .and_then(|photo| jobs::flatten(photo, &how).map_err(Refused::reason));
    answered(flat.map(|flat| {
        let answer = Answer::default()
            .number(flat.page.width())
            .number(flat.page.height())
            .faults(&flat.faults)
            .bytes(&flat.fingerprint.to_bytes())
            .done();
        LARGE.set(flat.page.into_bytes());
        answer
    }))
}

fn placed(bytes: &[u8]) -> Option<Placed> {
    let (numbers, _) = bytes.as_chunks::<4>();
    let number = |i: usize| numbers.get(i).copied().map(f32::from_le_bytes);
    let mut corners = Corners::default();
    for (i, at) in corners.iter_mut().enumerate() {
        *at = Point::new(number(2 * i)?, number(2 * i + 1)?);
    }
    let part = Point::new(number(10)?, number(11)?);
    Some(Placed { corners, whole: (number(8)?, number(9)?), part })
}

/// Of fingerprints one behind the other: which are of one page, two numbers for each two.
#[wasm_bindgen]
pub fn same() -> *const u8 {
    answered(jobs::same(&ROOM.take()).map_err(Refused::reason))
}

/// Begins a PDF: the title in `room`, room for so many bytes of pages.
#[wasm_bindgen]
pub fn bind_begin(bytes: usize) -> *const u8 {
    let title = String::from_utf8(ROOM.take()).map_err(|_| "the title is no text");
    answered(title.map(|title| {
        BINDER.set(Some(Binder::new(&title, bytes)));
        Vec::new()
    }))
}

/// Puts the JPEG in `room` behind the other pages.
#[wasm_bindgen]
pub fn bind_page() -> *const u8 {
    let page = ROOM.take();
    let mut binder = BINDER.take();
    let put = binder.as_mut().ok_or(Unbindable::NoPages).and_then(|binder| binder.page(&page));
    BINDER.set(binder);
    answered(put.map(|()| Vec::new()).map_err(Unbindable::reason))
}

/// Ends the PDF: its length; the file is `large`.
#[wasm_bindgen]
pub fn bind_end() -> *const u8 {
    let file = BINDER.take().ok_or(Unbindable::NoPages).and_then(Binder::finish);
    answered(file.map_err(Unbindable::reason).map(|file| {
        let answer = Answer::default().number(file.len()).done();
        LARGE.set(file);
        answer
    }))
}

/// Where the page's pixels or the PDF of the last answer are, until the next call that makes one.
#[wasm_bindgen]
pub fn large() -> *const u8 {
    let large = LARGE.take();
    let at = large.as_ptr();
    LARGE.set(large);
    at
}
