//! The PDF as another library reads it: pages, sheets, pictures byte for byte, title.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use lopdf::{Document, Object, decode_text_string};
use motcua_paper_worker::{Binder, Unbindable};
use proptest::prelude::*;

/// A JPEG's header, and bytes that stand for its pixels.
fn jpeg(width: u16, height: u16, channels: u8) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 8 + 3 * channels, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.push(channels);
    bytes.extend((0..channels).flat_map(|i| [i + 1, 0x11, 0]));
    bytes.extend([0xFF, 0xDA]);
    bytes.extend((0..5_000u32).map(|i| (i * i / 7) as u8));
    bytes
}

fn bound(title: &str, pages: &[Vec<u8>]) -> Document {
    let mut binder = Binder::new(title, pages.iter().map(Vec::len).sum());
    for page in pages {
        binder.page(page).unwrap();
    }
    Document::load_mem(&binder.finish().unwrap()).unwrap()
}

/// The sheet in points, the picture's bytes and its colours.
fn page(document: &Document, number: u32) -> (Vec<i64>, Vec<u8>, String) {
    let page = document.get_dictionary(document.get_pages()[&number]).unwrap();
    let sheet = page.get(b"MediaBox").unwrap().as_array().unwrap();
    let sheet = sheet.iter().map(|side| side.as_i64().unwrap()).collect();
    let resources = page.get(b"Resources").unwrap().as_dict().unwrap();
    let pictures = resources.get(b"XObject").unwrap().as_dict().unwrap();
    let id = pictures.get(b"P").unwrap().as_reference().unwrap();
    let Object::Stream(picture) = document.get_object(id).unwrap() else {
        panic!("the picture is no stream");
    };
    assert_eq!(picture.dict.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode");
    let colours = picture.dict.get(b"ColorSpace").unwrap().as_name().unwrap();
    (sheet, picture.content.clone(), String::from_utf8(colours.to_vec()).unwrap())
}

#[test]
fn pages_keep_their_order_their_bytes_and_get_a_fitting_sheet() {
    let pages = [
        (jpeg(1_654, 2_339, 3), [0, 0, 595, 842], "DeviceRGB"),
        (jpeg(2_339, 1_654, 1), [0, 0, 842, 595], "DeviceGray"),
        // Within 4 % of A4.
        (jpeg(1_600, 2_339, 3), [0, 0, 595, 842], "DeviceRGB"),
        // An identity card at 200 dots an inch.
        (jpeg(674, 425, 3), [0, 0, 243, 153], "DeviceRGB"),
    ];
    let document = bound("Giấy khai sinh của Bùi Thị Đào", &pages.clone().map(|(page, ..)| page));
    assert_eq!(document.get_pages().len(), 4);
    for (number, (bytes, sheet, colours)) in (1..).zip(pages) {
        assert_eq!(page(&document, number), (sheet.to_vec(), bytes, colours.to_owned()));
    }
}

#[test]
fn the_title_is_read_as_it_was_written() {
    let title = "Giấy khai sinh (bản chính) \\ của Bùi Thị Đào";
    let document = bound(title, &[jpeg(100, 100, 3)]);
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let written = document.get_dictionary(info).unwrap().get(b"Title").unwrap();
    assert_eq!(decode_text_string(written).unwrap(), title);
}

#[test]
fn what_is_no_page_is_refused_and_the_others_stay() {
    let mut binder = Binder::new("", 0);
    assert_eq!(binder.page(b"%PDF-1.7"), Err(Unbindable::NoJpeg));
    assert_eq!(binder.page(&jpeg(100, 100, 4)), Err(Unbindable::NoJpeg));
    assert_eq!(Binder::new("", 0).finish(), Err(Unbindable::NoPages));
    binder.page(&jpeg(100, 100, 3)).unwrap();
    let document = Document::load_mem(&binder.finish().unwrap()).unwrap();
    assert_eq!(document.get_pages().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_of_any_size_makes_a_pdf(width in 1u16.., height in 1u16.., title in ".*") {
        let document = bound(&title, &[jpeg(width, height, 3)]);
        let (sheet, ..) = page(&document, 1);
        prop_assert!(sheet[2] >= 1 && sheet[3] >= 1);
    }
}
