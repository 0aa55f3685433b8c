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

fn text_of(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    document.extract_text(&[1]).unwrap()
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
fn long_words_are_broken_and_too_many_are_refused() {
    let mut long = sheet();
    long.rows.push(row("Tên rất dài", &"Nguyễn".repeat(40)));
    assert!(text_of(&pdf(&long).unwrap()).contains("Nguyễn"));
    long.rows = vec![row("Dòng", "giá trị"); 60];
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
