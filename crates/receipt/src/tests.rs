//! What is on the page is what was said, small enough for a slow link, and bounded.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use super::*;

fn row(label: &str, value: &str) -> Row {
    Row { label: label.into(), label_en: "Label".into(), value: value.into(), strong: false }
}

fn sheet() -> Sheet {
    Sheet {
        issuer: "Trung tâm Phục vụ hành chính công xã Kim Thành".into(),
        title: "BIÊN LAI THU PHÍ, LỆ PHÍ".into(),
        title_en: "Receipt for fees and charges".into(),
        dated: None,
        warning: None,
        rows: vec![
            row("Số biên lai", "H24.31-BL26-0000001"),
            row("Bằng chữ", "tám nghìn đồng chẵn"),
            Row {
                strong: true, ..row("Người nộp", "Nguyễn Thị Ưu Điểm ằẳẵặ ỗộ ữự ỷỹỵ Đ")
            },
        ],
        qr: "https://motcua.example.vn/bien-lai/AAAAAAAAAAAAAAAAAAAAAA".into(),
        qr_words: "Quét mã để kiểm tra biên lai.".into(),
        foot: "Chưa ký số.".into(),
    }
}

/// The text of each page.
fn pages_of(bytes: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    document.get_pages().keys().map(|page| document.extract_text(&[*page]).unwrap()).collect()
}

fn text_of(bytes: &[u8]) -> String {
    let pages = pages_of(bytes);
    assert_eq!(pages.len(), 1);
    pages.concat()
}

#[test]
fn every_vietnamese_letter_is_there_and_can_be_copied() {
    let bytes = pdf(&sheet()).unwrap();
    let text = text_of(&bytes);
    for said in [
        "Trung tâm Phục vụ hành chính công xã Kim Thành",
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "tám nghìn đồng chẵn",
        "Nguyễn Thị Ưu Điểm ằẳẵặ ỗộ ữự ỷỹỵ",
        "H24.31-BL26-0000001",
        "Chưa ký số.",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
}

#[test]
fn the_font_has_a_glyph_for_each_letter_of_the_language() {
    let letters =
        "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ";
    for bytes in [REGULAR, BOLD] {
        let face = Type::read(bytes).unwrap().face;
        for letter in letters.chars().chain(letters.to_uppercase().chars()) {
            assert!(face.glyph_index(letter).is_some(), "{letter}");
        }
    }
}

#[test]
fn a_long_sheet_goes_on_over_the_page_and_loses_nothing() {
    let mut long = sheet();
    long.dated = Some("Hải Phòng, ngày 26 tháng 11 năm 2026".into());
    // Twenty rows, and one that is longer than a page.
    long.rows = (1..=20).map(|n| row(&format!("Mục {n}"), "Thiếu trang hai.\nNộp lại.")).collect();
    let lines: Vec<String> = (1..=60).map(|n| format!("dòng {n}.")).collect();
    long.rows.push(row("Rất dài", &lines.join("\n")));
    let pages = pages_of(&pdf(&long).unwrap());
    assert!(pages.len() >= 3, "{} pages", pages.len());
    assert!(pages[0].contains("Hải Phòng, ngày 26 tháng 11 năm 2026"));
    let all = pages.concat();
    for n in 1..=20 {
        assert!(all.contains(&format!("Mục {n}")), "row {n}");
    }
    for n in 1..=60 {
        assert!(all.contains(&format!("dòng {n}.")), "line {n}");
    }
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("{}/{}", index + 1, pages.len())), "{page}");
    }
    assert!(pages.last().unwrap().contains("Chưa ký số."));
}

#[test]
fn nothing_stands_outside_the_page() {
    let faces = Faces { regular: Type::read(REGULAR).unwrap(), bold: Type::read(BOLD).unwrap() };
    for rows in 0..40 {
        let mut sheet = sheet();
        sheet.rows = vec![row("Nhãn", "giá trị"); rows];
        for mark in layout::pages_of(&sheet, &faces).unwrap().into_iter().flatten() {
            let (left, low) = match &mark {
                layout::Mark::Line { x, base, .. } => (*x, *base),
                layout::Mark::Code { x, y } => (*x, *y + layout::CODE),
            };
            assert!(left > 0.0 && low < layout::HEIGHT - 10.0, "{rows} rows: {mark:?}");
        }
    }
}

#[test]
fn long_words_are_broken_and_too_many_are_refused() {
    let mut long = sheet();
    long.rows.push(row("Tên rất dài", &"Nguyễn".repeat(40)));
    assert!(text_of(&pdf(&long).unwrap()).contains("Nguyễn"));
    long.rows = vec![row("Dòng", "giá trị"); 2_000];
    assert_eq!(pdf(&long), Err(SheetError::Full));
    let mut coded = sheet();
    coded.qr = "x".repeat(5_000);
    assert_eq!(pdf(&coded), Err(SheetError::Code));
}

#[test]
fn lines_are_no_wider_than_asked() {
    let kind = Type::read(REGULAR).unwrap();
    let text = "Lệ phí cấp giấy xác nhận tình trạng hôn nhân Nguyễnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
    let lines = lines::broken(text, &kind, 9.5, 120.0);
    assert!(lines.len() > 2);
    assert!(lines.iter().all(|line| lines::width(line, &kind, 9.5) <= 120.0), "{lines:?}");
    let joined: String = lines.concat().replace(' ', "");
    assert_eq!(joined, text.replace(' ', ""));
}
