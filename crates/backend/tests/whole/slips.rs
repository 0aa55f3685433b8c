//! Slips of the office: each form with what it says, masked to strangers, whole to the holder, as PDF, and
//! unchanged by what happens afterwards.

use crate::turns::{Turn, turns_of};
use crate::world::{HUONG, World, extract, problem_of};
use motcua_contract::slips::SlipForm;
use motcua_contract::slips::{SlipMatter, SlipView};
use reqwest::Method;
use serde_json::json;

impl Turn<'_> {
    /// The newest slip of a form, as its holder sees it.
    async fn slip(&self, form: SlipForm) -> (String, SlipView) {
        let now = self.now().await;
        let link = turns_of(&now).slips.iter().find(|slip| slip.form == form).unwrap();
        let path = format!("/slips/{}", link.token);
        let view = self.call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
        (link.token.clone(), view)
    }

    /// The text of its PDF, pages in order.
    async fn pdf_of(&self, slip: &SlipView) -> Vec<String> {
        let address = format!("{}{}", self.world.origin, slip.detail.as_ref().unwrap().file);
        let answer = reqwest::get(address).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        assert_eq!(answer.headers()["cache-control"], "private, no-store");
        let document = lopdf::Document::load_mem(&answer.bytes().await.unwrap()).unwrap();
        document.get_pages().keys().map(|page| document.extract_text(&[*page]).unwrap()).collect()
    }
}

fn contains_all(text: &str, parts: &[&str]) {
    // Lines are broken where the page ends.
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(flat.contains(part), "{part} is not in {flat}");
    }
}

#[tokio::test]
async fn an_intake_receipt_says_papers_fees_and_the_hour_of_the_appointment() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    turn.staff("intake", json!({})).await;
    let (token, slip) = turn.slip(SlipForm::Intake).await;
    assert_eq!((slip.newest, slip.dossier.as_str()), (true, turn.code()));
    assert_eq!(slip.dated.vi, "Hải Phòng, ngày 26 tháng 11 năm 2026");
    let pdf = turn.pdf_of(&slip).await.concat();
    contains_all(
        &pdf,
        &[
            "Trung tâm Phục vụ hành chính công xã Kim Thành",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Hải Phòng, ngày 26 tháng 11 năm 2026",
            "(mẫu số 01)",
            turn.code(),
            "Phạm Thị Thu Hương",
            "đã nộp",
            "17 giờ 00, thứ Năm, ngày 26 tháng 11 năm 2026",
            "0220 000 1022",
            "chưa có chữ ký số",
        ],
    );

    // What happens afterwards changes nothing that the slip said.
    turn.staff("stop", json!({ "reason": "Hồ sơ nộp trùng" })).await;
    assert_eq!(turn.slip(SlipForm::Intake).await.1, slip);

    // Who has the code learns form, number and day, and nothing of a person.
    let stranger = world.visitor();
    let answer = stranger.call(Method::GET, &format!("/slips/{token}")).send().await.unwrap();
    let seen: SlipView = answer.json().await.unwrap();
    assert_eq!((seen.form, &seen.number), (slip.form, &slip.number));
    assert_eq!(seen.detail, None);
    let text = serde_json::to_string(&seen).unwrap();
    for secret in ["Hương", turn.code(), HUONG, "slip-files", "đã nộp"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // Neither the code nor a guess opens the file.
    for unknown in [token.as_str(), "AAAAAAAAAAAAAAAAAAAAAA", "x"] {
        let path = format!("/slip-files/{unknown}");
        let answer = stranger.call(Method::GET, &path).send().await.unwrap();
        assert_eq!(problem_of(answer).await, (404, "not-found".to_owned()));
    }
}

#[tokio::test]
async fn twenty_items_with_long_reasons_take_the_pages_that_they_need() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let reason = "Ảnh chụp bị mờ, mất góc, không đọc được số. ".repeat(20);
    let items: Vec<_> = (1..=20)
        .map(|n| {
            json!({ "id": n.to_string(), "title": format!("Giấy tờ thứ {n}"),
                    "reason": reason, "ask": { "kind": "paper" } })
        })
        .collect();
    turn.staff("supplement", json!({ "items": items })).await;
    let (_, first) = turn.slip(SlipForm::Supplement).await;
    let pages = turn.pdf_of(&first).await;
    assert!(pages.len() > 3, "{} pages", pages.len());
    let all = pages.concat();
    for n in 1..=20 {
        contains_all(&all, &[&format!("Giấy tờ thứ {n}")]);
    }
    contains_all(&all, &["PHIẾU YÊU CẦU BỔ SUNG", "ngày 17 tháng 12 năm 2026", "mất góc"]);
}

#[tokio::test]
async fn refusal_apology_and_stop_say_why_and_a_newer_slip_is_told() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let why = json!({ "reason": "Không thuộc thẩm quyền", "basis": "Điều 63 Luật Hộ tịch",
        "advice": "Nộp tại xã đã đăng ký" });
    turn.staff("refusal", why).await;
    let (_, refusal) = turn.slip(SlipForm::Refusal).await;
    let pdf = turn.pdf_of(&refusal).await.concat();
    let said = ["PHIẾU TỪ CHỐI", "Không thuộc thẩm quyền", "Điều 63 Luật Hộ tịch", "Nộp tại xã"];
    contains_all(&pdf, &said);

    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    turn.staff("intake", json!({})).await;
    let put_off = json!({ "day": "2026-11-30", "reason": "Phải xác minh thêm" });
    turn.staff("apology", put_off).await;
    let (_, apology) = turn.slip(SlipForm::Apology).await;
    let Some(SlipMatter::Apology { new, .. }) = apology.detail.as_ref().map(|d| &d.matter) else {
        panic!("{apology:?}")
    };
    assert_eq!(new.date().to_string(), "2026-11-30");
    let pdf = turn.pdf_of(&apology).await.concat();
    contains_all(&pdf, &["PHIẾU XIN LỖI", "thứ Hai, ngày 30 tháng 11 năm 2026", "xác minh thêm"]);

    // Asked twice: the first request is not the newest any more, and its print says so.
    let item = json!({ "items": [{ "id": "1", "title": "Nơi sinh", "reason": "Ghi rõ.",
        "ask": { "kind": "answer" } }] });
    turn.staff("supplement", item.clone()).await;
    let (token, _) = turn.slip(SlipForm::Supplement).await;
    let reply = json!({ "round": 1, "replies": [{ "item": "1", "answer": "Xã Kim Anh" }] });
    let path = format!("/dossiers/{}/supplement", turn.code());
    let answer = turn
        .call(Method::POST, &path)
        .header("Idempotency-Key", "\"an-answer-of-the-slips\"")
        .json(&reply)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let mut again = item;
    again["counts_as_overdue"] = json!(true);
    turn.staff("supplement", again).await;
    let path = format!("/slips/{token}");
    let first: SlipView = turn.call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    assert!(!first.newest);
    contains_all(&turn.pdf_of(&first).await.concat(), &["ĐÃ CÓ PHIẾU MỚI HƠN"]);

    turn.staff("stop", json!({ "reason": "Quá hạn bổ sung" })).await;
    let (_, stop) = turn.slip(SlipForm::Stop).await;
    let pdf = turn.pdf_of(&stop).await.concat();
    contains_all(&pdf, &["THÔNG BÁO DỪNG", "Quá hạn bổ sung"]);
}

#[tokio::test]
async fn what_is_handed_out_stands_on_a_slip_with_the_way_it_went() {
    let world = World::open().await;
    for (way, said) in [
        (None, "tại quầy"),
        (
            Some(
                json!({ "way": "post", "to": { "recipient": "Phạm Văn Nam", "phone": "0912345678",
                "address": "Số 5, thôn Kim Anh, xã Kim Thành, Hải Phòng" } }),
            ),
            "qua bưu điện đến Phạm Văn Nam, Số 5, thôn Kim Anh",
        ),
    ] {
        let turn = Turn::of(&world, &extract()).await;
        turn.pays().await;
        turn.staff("intake", json!({})).await;
        if let Some(way) = way {
            turn.citizen("delivery", way).await;
        }
        turn.staff("finish", json!({ "without_file": true })).await;
        turn.staff("return", json!({})).await;
        let (_, slip) = turn.slip(SlipForm::Handed).await;
        assert!(slip.number.starts_with("H24.31-PT26-"), "{}", slip.number);
        let pdf = turn.pdf_of(&slip).await.concat();
        contains_all(&pdf, &["PHIẾU TRẢ KẾT QUẢ", said, "ngày 26 tháng 11 năm 2026"]);
    }
}
