//! Every shape that is understood and every trick that is refused.

use super::*;
use crate::citizen::CitizenNumberError;
use proptest::prelude::*;

const UUID: &str = "019d2bfd-8e22-77ef-819f-e49460350904";
const KEY: &str = "abcdefghijklmnop_-12";

fn hosts() -> TrustedHosts {
    TrustedHosts {
        own: vec!["motcua.example.vn".into(), "127.0.0.1:8080".into()],
        portals: vec!["dichvucong.gov.vn".into(), "dichvucong.*.gov.vn".into()],
    }
}

fn read(text: &str) -> Result<Meaning, Refusal> {
    let ids = PortalIds::from([(UUID.to_owned(), code("2.000815"))]);
    meaning(text, &hosts(), &ids)
}

fn code(text: &str) -> ProcedureCode {
    ProcedureCode::parse(text).unwrap()
}

#[test]
fn reads_posters_of_every_known_shape() {
    for text in [
        "https://motcua.example.vn/thu-tuc/1.001193",
        "HTTPS://MOTCUA.EXAMPLE.VN/thu-tuc/1.001193",
        "https://motcua.example.vn:443/thu-tuc/1.001193",
        "http://127.0.0.1:8080/nop/1.001193/bat-dau?x=1",
        "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.001193",
        "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-dung-chung.html?ma_thu_tuc=1.001193",
        "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-nganh-doc.html?x=&ma_thu_tuc=1.001193",
        "https://dichvucong.gov.vn/p/home/dvc-danh-sach-dich-vu-cong.html?a=b&ma_tt=1.001193.000.00.00.H24",
        "https://dichvucong.gov.vn/p/home/x.html?a=b&amp;ma_thu_tuc=1.001193",
        "https://haiphong.dichvucong.gov.vn/x?maThuTuc=1,001193",
        "https://dichvucong.haiphong.gov.vn/x?maThuTuc=1%2C001193",
        "https://dichvucong.gov.vn/x?maThuTuc=1%2e001193",
        "https://dichvucong.bacninh.gov.vn/chi-tiet?maThuTucHanhChinh=1.001193",
        "https://dichvucong.gov.vn/nop-ho-so?MaTTHCDP=1.001193.000.00.00.H55&MaCoQuanThucHien=H55.242&MaDVC=2.000815.000.00.00.H55.02",
        "https://dichvucong.gov.vn/nop-ho-so?MaTTHC=1.001193",
        "https://dichvucong.gov.vn/nop-ho-so?MaDVC=1.001193.01",
        "https://lienthong.dichvucong.gov.vn/#/ke-khai/1.001193",
        "https://lienthong.dichvucong.gov.vn/#/ke-khai?ma_tt=1.001193",
        "https://dichvucong.gov.vn/thu-tuc/1.001193",
        "dichvucong.gov.vn/thu-tuc/1.001193",
        "127.0.0.1:8080/thu-tuc/1.001193",
        "1.001193",
        "1,001193",
        " 1.001193.000.00.00.H61\n",
        "1.001193.H36",
    ] {
        assert_eq!(read(text), Ok(Meaning::Procedure(code("1.001193"))), "{text}");
    }
    for text in [UUID.to_owned(), UUID.to_uppercase()] {
        let text = format!("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{text}?tab=1");
        assert_eq!(read(&text), Ok(Meaning::Procedure(code("2.000815"))), "{text}");
    }
}

#[test]
fn reads_our_own_links_of_every_kind() {
    let dossier = DossierCode::parse("H24.31-261122-000042").unwrap();
    let receipt = format!("https://motcua.example.vn/tra-cuu/{dossier}#k={KEY}");
    assert_eq!(
        read(&receipt),
        Ok(Meaning::Dossier { code: dossier.clone(), key: Some(KEY.to_owned()) })
    );
    let page = format!("https://motcua.example.vn/ho-so/{dossier}/da-nop");
    assert_eq!(read(&page), Ok(Meaning::Dossier { code: dossier, key: None }));
    assert_eq!(
        read(&format!("https://motcua.example.vn/thanh-toan/{KEY}")),
        Ok(Meaning::Payment { token: KEY.to_owned() })
    );
    assert_eq!(
        read(&format!("https://motcua.example.vn/bien-lai/{KEY}")),
        Ok(Meaning::FeeReceipt { token: KEY.to_owned() })
    );
    assert_eq!(
        read(&format!("https://motcua.example.vn/phieu/{KEY}")),
        Ok(Meaning::OfficeSlip { token: KEY.to_owned() })
    );
    assert_eq!(
        read(&format!("https://motcua.example.vn/xac-nhan/{KEY}")),
        Ok(Meaning::Confirmation { token: KEY.to_owned() })
    );
    assert_eq!(
        read(&format!("https://motcua.example.vn/ban-giao/{KEY}#k={KEY}")),
        Ok(Meaning::HandOver { slot: KEY.to_owned(), key: KEY.to_owned() })
    );
    // A hand-over without what opens it leads nowhere.
    for tail in ["", "#k=", "#k=short", "#k=%3Cscript%3E"] {
        let text = format!("https://motcua.example.vn/ban-giao/{KEY}{tail}");
        assert_eq!(read(&text), Err(Refusal::NoProcedure), "{text}");
    }
}

#[test]
fn reads_dossier_codes_in_their_forms() {
    for text in [
        "H24.31-261122-000042",
        "h24.31 - 261122 - 000042",
        "G09.20-20260609-0092637",
        "G01.899.108-260609-0001",
        "H24.31–261122–000042",
    ] {
        assert!(matches!(read(text), Ok(Meaning::Dossier { key: None, .. })), "{text}");
    }
    for text in ["H24.31-2611-000042", "H24.31-261122-1", "Z24-261122-000042"] {
        assert_eq!(read(text), Err(Refusal::NotUnderstood), "{text}");
    }
}

#[test]
fn reads_cards_and_transfers_or_says_what_is_wrong_with_them() {
    let card = "030094001234||NGUYỄN VĂN AN|05011994|Nam|Kim Thành|10042021";
    assert!(matches!(read(card), Ok(Meaning::CitizenCard(_))));
    assert_eq!(read(&card.replace("Nam", "Nữ")), Err(Refusal::Card(CardError::Contradiction)));
    assert_eq!(
        read(&card.replace("030094001234", "1")),
        Err(Refusal::Card(CardError::Number(CitizenNumberError::NotTwelveDigits)))
    );
    let transfer = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN6304";
    assert!(matches!(read(&format!("{transfer}4F52")), Ok(Meaning::Transfer(_))));
    assert_eq!(read(&format!("{transfer}4F53")), Err(Refusal::Transfer(TransferError::Damaged)));
}

#[test]
fn refuses_what_is_not_ours() {
    for (text, refusal) in [
        ("", Refusal::Empty),
        (" \n ", Refusal::Empty),
        ("https://example.com/thu-tuc/1.001193", Refusal::StrangeLink),
        ("example.com/thu-tuc/1.001193", Refusal::NotUnderstood),
        ("https://dichvucong.gov.vn.evil.com/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://evildichvucong.gov.vn/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://dichvucong.evil.com/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://dichvucong.a.b.gov.vn.evil.vn/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://dichvucong..gov.vn/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://gov.vn/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://dichvucong.gov.vn:8443/?ma_tt=1.001193", Refusal::StrangeLink),
        ("https://127.0.0.1:9090/thu-tuc/1.001193", Refusal::StrangeLink),
        ("https://dichvucong.gov.vn@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://dichvucong.gov.vn:x@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://xn--dchvucong-x4a.gov.vn/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://dịchvucong.gov.vn/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://dichvuсong.gov.vn/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://dichvucong.gov.vn\\@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://dichvucong.gov.vn%2F@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
        ("https://motcua.example.vn./thu-tuc/1.001193", Refusal::SuspiciousLink),
        ("https:///thu-tuc/1.001193", Refusal::SuspiciousLink),
        ("https:motcua.example.vn", Refusal::SuspiciousLink),
        ("javascript:alert(1)", Refusal::Command),
        ("JaVaScRiPt:alert(1)", Refusal::Command),
        ("javascript://dichvucong.gov.vn/%0aalert(1)?ma_tt=1.001193", Refusal::Command),
        ("data:text/html,x", Refusal::Command),
        ("blob:https://dichvucong.gov.vn/1.001193", Refusal::Command),
        ("file:///thu-tuc/1.001193", Refusal::Command),
        ("intent://scan/#Intent;end", Refusal::Command),
        ("tel:19001234", Refusal::Command),
        ("WIFI:S:net;;", Refusal::Command),
        ("https://motcua.example.vn/", Refusal::NoProcedure),
        ("https://motcua.example.vn/thu-tuc/../ban-giao", Refusal::NoProcedure),
        ("https://motcua.example.vn/thanh-toan/short", Refusal::NoProcedure),
        ("https://dichvucong.gov.vn/", Refusal::NoProcedure),
        ("https://dichvucong.gov.vn/?ma_tt=<script>", Refusal::NoProcedure),
        ("dichvucong.gov.vn", Refusal::NoProcedure),
        (
            "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd-0000-77ef-819f-e49460350904",
            Refusal::UnknownId,
        ),
        ("xin chào", Refusal::NotUnderstood),
        ("giá: 5000", Refusal::NotUnderstood),
    ] {
        assert_eq!(read(text), Err(refusal), "{text}");
    }
    assert_eq!(read(&"1".repeat(4_000)), Err(Refusal::TooLong));
    let long = format!("https://dichvucong.gov.vn/?ma_tt=1.001193&x={}", "y".repeat(3_000));
    assert_eq!(read(&long), Err(Refusal::TooLong));
}

#[test]
fn finds_the_link_in_a_pasted_message() {
    let pasted = |text: &str| meaning_of_pasted(text, &hosts(), &PortalIds::new());
    for text in [
        "Chị xem thủ tục này nhé: https://motcua.example.vn/thu-tuc/1.001193.",
        "Mã thủ tục 1.001193, nộp ở xã",
        "<https://dichvucong.gov.vn/x?ma_tt=1.001193>",
    ] {
        assert_eq!(pasted(text), Ok(Meaning::Procedure(code("1.001193"))), "{text}");
    }
    assert!(matches!(pasted("Mã hồ sơ: H24.31-261122-000042"), Ok(Meaning::Dossier { .. })));
    assert_eq!(pasted("bấm vào https://evil.com/1.001193 đi"), Err(Refusal::StrangeLink));
    assert_eq!(pasted("khai sinh cho con"), Err(Refusal::NotUnderstood));
}

proptest! {
    #[test]
    fn any_text_has_a_verdict(text in "(https?://|[a-z.]{0,20})?\\PC{0,80}") {
        let _ = read(&text);
        let _ = meaning_of_pasted(&text, &hosts(), &PortalIds::new());
    }

    #[test]
    fn only_listed_hosts_mean_anything(host in "[a-z.]{1,12}(dichvucong)?[a-z.]{0,12}(\\.gov\\.vn)?") {
        let text = format!("https://{host}/?ma_tt=1.001193");
        if read(&text).is_ok() {
            let labels: Vec<&str> = host.split('.').collect();
            let by_name = host == "dichvucong.gov.vn" || host.ends_with(".dichvucong.gov.vn");
            let by_province = labels.len() >= 4
                && labels.ends_with(&["gov", "vn"])
                && labels[labels.len() - 4] == "dichvucong";
            prop_assert!(by_name || by_province, "{}", host);
        }
    }
}
